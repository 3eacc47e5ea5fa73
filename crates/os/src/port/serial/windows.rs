//! `tokio-serial` opens the port and moves the bytes. Windows opens a COM port for one program alone, and keeps no
//! settings that would have to be put back.

use std::io;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_serial::{SerialPort as _, SerialPortBuilderExt as _, SerialStream};

use super::{Gone, PortError};
use crate::port::com;
use crate::port::devices::Sysfs;
use crate::port::holder::ProcRoot;

pub(super) use com::hung_up;

/// Opens a port as the room's own `open` says.
pub(super) fn open(path: &Path, _: &Sysfs, _: &ProcRoot) -> Result<SerialLink, PortError> {
    let given = path.display().to_string();
    let Some(port) = com::name(&given) else {
        // A file, a pipe or a drive: opening alone may do something to it.
        return Err(match std::fs::symlink_metadata(path) {
            Ok(_) => PortError::NotAPort { port: given },
            Err(_) => PortError::Absent { port: given },
        });
    };
    let builder = tokio_serial::new(com::device(&port), 115_200);
    let mut stream = builder
        .open_native_async()
        .map_err(|error| refused(&port, error))?;
    // Many a modem says nothing to a computer that does not seem ready. A port without these lines refuses them.
    let lines = [
        stream.write_data_terminal_ready(true),
        stream.write_request_to_send(true),
    ];
    for error in lines.into_iter().filter_map(Result::err) {
        tracing::debug!(port, %error, "the line is not set");
    }
    // What had arrived for somebody else went with the port that they closed. Nothing is purged here: that ends the read
    // which is under way since the port is open, with the very error that a port gives whose device is gone.
    Ok(SerialLink { port, stream })
}

/// Why a port is not open. The library has one word for a port that is not there and for one that somebody else has; the
/// system's list of ports tells them apart.
fn refused(port: &str, error: tokio_serial::Error) -> PortError {
    let port = port.to_owned();
    match error.kind {
        tokio_serial::ErrorKind::NoDevice if com::is_listed(&port) => PortError::Busy {
            port,
            holder: None,
            likely: None,
        },
        tokio_serial::ErrorKind::NoDevice => PortError::Absent { port },
        _ => PortError::Failed {
            port,
            source: error.into(),
        },
    }
}

/// An open port.
#[derive(Debug)]
pub struct SerialLink {
    port: String,
    stream: SerialStream,
}

impl SerialLink {
    /// The port's name.
    pub fn port(&self) -> &str {
        &self.port
    }

    fn gone(&self) -> io::Error {
        let port = self.port.clone();
        io::Error::new(io::ErrorKind::NotConnected, Gone { port })
    }

    fn gone_or(&self, error: io::Error) -> io::Error {
        if hung_up(&error) { self.gone() } else { error }
    }
}

impl AsyncRead for SerialLink {
    /// A port at its end reads as [`Gone`]: it would read as empty for ever.
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let (before, room) = (buf.filled().len(), buf.remaining());
        let read = ready!(Pin::new(&mut self.stream).poll_read(cx, buf));
        let nothing = room > 0 && buf.filled().len() == before;
        Poll::Ready(match read {
            Ok(()) if nothing => Err(self.gone()),
            Ok(()) => Ok(()),
            Err(error) => Err(self.gone_or(error)),
        })
    }
}

impl AsyncWrite for SerialLink {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.stream).poll_write(cx, bytes));
        Poll::Ready(written.map_err(|error| self.gone_or(error)))
    }

    /// Nothing is held back here, and draining the port would block the runtime.
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    /// The port closes when it is dropped.
    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
