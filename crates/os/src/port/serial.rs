//! A serial port or a pseudo terminal as a link: opened for this process alone, and left as it was found.
//!
//! Who else has the port is looked up before it is opened, since the kernel's exclusive mode lets root through and
//! a program may hold a port without it.

use std::io;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_serial::SerialStream;

use super::devices::Sysfs;
use super::holder::{Holder, ProcRoot};

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "windows")]
use windows as system;

/// Why a port could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum PortError {
    /// Another program has it.
    #[error("{port} is in use{}", by(.holder.as_ref(), .likely.as_ref()))]
    Busy {
        /// The port.
        port: String,
        /// Who has it, where that can be seen.
        holder: Option<Holder>,
        /// Where it cannot: `ModemManager`, if it runs. It is the usual one, and that is all that is known.
        likely: Option<Holder>,
    },
    /// This user may not open it.
    #[error("no permission to open {port}{}", of(.group.as_deref()))]
    Permission {
        /// The port.
        port: String,
        /// The group whose members may, where joining it would help.
        group: Option<String>,
    },
    /// Nothing has this name.
    #[error("there is no {port}")]
    Absent {
        /// The name.
        port: String,
    },
    /// It was there a moment ago, or its modem has left the bus.
    #[error("{port} is gone")]
    Gone {
        /// The port.
        port: String,
    },
    /// There is something else of that name.
    #[error("{port} is not a serial port")]
    NotAPort {
        /// The name.
        port: String,
    },
    /// The system refused for a reason of its own.
    #[error("cannot open {port}")]
    Failed {
        /// The port.
        port: String,
        /// What it said.
        source: io::Error,
    },
}

/// What reading or writing gives once the modem has left the bus, inside an [`io::Error`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{port} is gone")]
pub struct Gone {
    /// The port.
    pub port: String,
}

/// Whether an error of a link says that its port is gone.
pub fn is_gone(error: &io::Error) -> bool {
    let inner = error.get_ref();
    inner.is_some_and(|inner| inner.downcast_ref::<Gone>().is_some()) || system::hung_up(error)
}

/// Opens a port: raw, 115200 8N1 without flow control (a USB modem takes any), for this process alone. What had
/// arrived before is thrown away; it answers somebody else. To be called inside a tokio runtime.
///
/// # Errors
/// Why it is not open.
pub fn open(path: &Path, sysfs: &Sysfs, proc: &ProcRoot) -> Result<SerialLink, PortError> {
    let (kept, stream) = system::open(path, sysfs, proc)?;
    Ok(SerialLink {
        port: path.display().to_string(),
        _kept: kept,
        stream,
    })
}

/// An open port. Dropping it leaves the port as it was found.
#[derive(Debug)]
pub struct SerialLink {
    port: String,
    // Dropped before the stream, which closes the port.
    _kept: system::Kept,
    stream: SerialStream,
}

impl SerialLink {
    /// The port's path, as it was given.
    pub fn port(&self) -> &str {
        &self.port
    }

    fn gone(&self) -> io::Error {
        let port = self.port.clone();
        io::Error::new(io::ErrorKind::NotConnected, Gone { port })
    }

    fn gone_or(&self, error: io::Error) -> io::Error {
        if system::hung_up(&error) {
            self.gone()
        } else {
            error
        }
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

fn by(holder: Option<&Holder>, likely: Option<&Holder>) -> String {
    match (holder, likely) {
        (Some(holder), _) => format!(" by {holder}"),
        (None, Some(likely)) => format!(", probably by {likely}"),
        (None, None) => String::new(),
    }
}

fn of(group: Option<&str>) -> String {
    group.map_or_else(String::new, |group| format!(" (group {group})"))
}
