//! Windows's own word of interfaces is not listened to: the wait that grows does.

use std::io;

#[derive(Debug)]
pub(super) enum Listener {}

impl Listener {
    pub(super) fn open() -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }

    #[expect(
        clippy::unused_async,
        reason = "as where there is something to wait for"
    )]
    pub(super) async fn word(&self) {
        match *self {}
    }
}
