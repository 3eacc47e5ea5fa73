//! Descriptors of terminals on Linux, as the modules beside this one use them.

use std::io;
use std::os::fd::OwnedFd;

use rustix::termios::{self, OptionalActions};
use tokio::io::unix::AsyncFd;

/// A descriptor that the runtime watches. It has to be one that does not wait.
#[expect(
    deprecated,
    reason = "its successor is unsafe, for the sake of types whose descriptor can change; an `OwnedFd` keeps its own"
)]
pub(super) fn watched(descriptor: OwnedFd) -> io::Result<AsyncFd<OwnedFd>> {
    AsyncFd::new(descriptor)
}

/// Bytes as they are: no echo, no lines, no signals.
pub(super) fn make_raw(terminal: &OwnedFd) -> io::Result<()> {
    let mut settings = termios::tcgetattr(terminal)?;
    settings.make_raw();
    termios::tcsetattr(terminal, OptionalActions::Now, &settings)?;
    Ok(())
}
