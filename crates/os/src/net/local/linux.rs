//! A unix socket.

use std::io;
use std::path::Path;

/// What libraries for local protocols take.
pub use tokio::net::UnixStream as LocalSocket;

pub(super) async fn connect(path: &Path) -> io::Result<LocalSocket> {
    LocalSocket::connect(path).await
}
