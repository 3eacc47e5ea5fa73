//! Windows has no sockets of names that no file system has.

use std::io;

use tokio::io::DuplexStream;

/// No connection ever is one.
pub(super) type Stream = DuplexStream;

#[derive(Debug)]
pub(super) enum Listener {}

impl Listener {
    pub(super) fn bind(_: &str) -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }

    #[expect(
        clippy::unused_async,
        reason = "as where there is something to wait for"
    )]
    pub(super) async fn accept(&self) -> io::Result<Stream> {
        match *self {}
    }
}

pub(super) fn connect(_: &str) -> io::Result<Stream> {
    Err(io::ErrorKind::Unsupported.into())
}
