//! By a descriptor, which hangs up with an error.

use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use tokio::io::unix::AsyncFd;

use crate::port::descriptor::{make_raw, watched};

/// An open port in raw mode.
#[derive(Debug)]
pub(super) struct Port(AsyncFd<OwnedFd>);

impl Port {
    /// Opens it. Call it inside a tokio runtime.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let port = rustix::fs::open(path, flags, Mode::empty())?;
        make_raw(&port)?;
        Ok(Self(watched(port)?))
    }

    pub(super) async fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let mut ready = self.0.readable().await?;
            match ready.try_io(|port| Ok(rustix::io::read(port, &mut *buffer)?)) {
                Ok(Err(error)) if hung_up(&error) => return Ok(0),
                Ok(read) => return read,
                Err(_) => {}
            }
        }
    }

    pub(super) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let mut ready = self.0.writable().await?;
            if let Ok(written) = ready.try_io(|port| Ok(rustix::io::write(port, rest)?)) {
                rest = rest.get(written?..).unwrap_or_default();
            }
        }
        Ok(())
    }
}

/// What a port gives whose other side was plugged out.
fn hung_up(error: &io::Error) -> bool {
    [Errno::IO, Errno::NODEV, Errno::NXIO]
        .iter()
        .any(|errno| error.raw_os_error() == Some(errno.raw_os_error()))
}
