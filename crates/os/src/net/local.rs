//! A stream socket of this computer, as D-Bus has one.

use std::io;
use std::path::Path;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
use linux as system;

pub use system::LocalSocket;

/// Connects to the socket at a path; one that begins with a zero is in no file system. Call it inside a tokio runtime.
///
/// # Errors
/// When nobody listens there.
pub async fn connect(path: &Path) -> io::Result<LocalSocket> {
    system::connect(path).await
}
