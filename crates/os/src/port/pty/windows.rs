//! Windows has no pseudo-terminal that another program could open as a serial port.

use std::io;
use std::path::Path;

/// There is none.
#[derive(Debug)]
pub(super) enum Terminal {}

#[expect(
    clippy::unused_async,
    reason = "as where there is something to wait for"
)]
impl Terminal {
    pub(super) fn open() -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(super) fn path(&self) -> &Path {
        match *self {}
    }

    pub(super) async fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        match *self {}
    }

    pub(super) async fn write(&mut self, _: &[u8]) -> io::Result<()> {
        match *self {}
    }
}

pub(super) fn link(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
