//! `tokio-serial` opens the port and moves the bytes; what a modem needs beside that is done here. A second handle
//! reads the port's settings before they are touched, takes away the hang-up on close (a data session of the same
//! modem would end with it), and puts the settings back. Nothing here ever drains: waiting until a port has sent
//! everything blocks the whole runtime when the modem has stopped taking bytes.

use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::termios::{ControlModes, OptionalActions, QueueSelector, Termios};
use tokio_serial::{SerialPortBuilderExt as _, SerialStream};

use super::PortError;
use crate::port::devices::Sysfs;
use crate::port::holder::{Holder, ProcRoot};

mod terminal;

/// Opens a port as the room's own `open` says.
pub(super) fn open(
    path: &Path,
    sysfs: &Sysfs,
    proc: &ProcRoot,
) -> Result<(Kept, SerialStream), PortError> {
    let opening = Opening { path, sysfs, proc };
    opening.check()?;
    let handle = opening.handle()?;
    let found = rustix::termios::tcgetattr(&handle).map_err(|e| opening.refused(e))?;
    let builder = tokio_serial::new(opening.port(), 115_200);
    let stream = builder
        .open_native_async()
        .map_err(|error| opening.failed(error))?;
    let kept = Kept {
        port: opening.port(),
        handle,
        found,
    };
    kept.keep_session().map_err(|e| opening.refused(e))?;
    Ok((kept, stream))
}

/// What an open port is kept by. Dropping it puts the port's settings back.
#[derive(Debug)]
pub(super) struct Kept {
    port: String,
    handle: OwnedFd,
    /// The settings as they were.
    found: Termios,
}

impl Kept {
    /// Takes away the hang-up on close and what had arrived for somebody else.
    fn keep_session(&self) -> Result<(), Errno> {
        let mut settings = rustix::termios::tcgetattr(&self.handle)?;
        settings.control_modes.remove(ControlModes::HUPCL);
        rustix::termios::tcsetattr(&self.handle, OptionalActions::Now, &settings)?;
        rustix::termios::tcflush(&self.handle, QueueSelector::IFlush)
    }
}

impl Drop for Kept {
    /// Bytes that the modem never took are dropped, or closing would wait for them. The hang-up stays away: put back,
    /// it would act at once.
    fn drop(&mut self) {
        let mut settings = self.found.clone();
        settings.control_modes.remove(ControlModes::HUPCL);
        let flushed = rustix::termios::tcflush(&self.handle, QueueSelector::OFlush);
        let put_back = rustix::termios::tcsetattr(&self.handle, OptionalActions::Now, &settings);
        if let Err(error) = flushed.and(put_back) {
            tracing::debug!(port = self.port, %error, "settings not put back");
        }
    }
}

/// A port on its way to being open, with what is needed to say why it is not.
struct Opening<'a> {
    path: &'a Path,
    sysfs: &'a Sysfs,
    proc: &'a ProcRoot,
}

impl Opening<'_> {
    fn port(&self) -> String {
        self.path.display().to_string()
    }

    /// Looks before anything is touched.
    fn check(&self) -> Result<(), PortError> {
        let port = self.port();
        match fs::metadata(self.path) {
            // Some devices act on being opened (a watchdog restarts the computer), so what it is comes first. So does
            // who has it: every program has `/dev/null`.
            Ok(metadata) if !terminal::may_be(&metadata, self.sysfs, self.proc) => {
                return Err(PortError::NotAPort { port });
            }
            Ok(_) => {}
            Err(error) => return Err(self.unseen(error)),
        }
        match self.proc.look().holders_of(self.path).into_iter().next() {
            None => Ok(()),
            holder => Err(PortError::Busy {
                port,
                holder,
                likely: None,
            }),
        }
    }

    /// Why it cannot even be looked at.
    fn unseen(&self, error: io::Error) -> PortError {
        let port = self.port();
        match error.kind() {
            // A link that leads nowhere is what is left of a modem that was there.
            io::ErrorKind::NotFound if fs::symlink_metadata(self.path).is_ok() => {
                PortError::Gone { port }
            }
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => PortError::Absent { port },
            _ if Errno::from_io_error(&error) == Some(Errno::LOOP) => PortError::NotAPort { port },
            _ => self.unopened(error),
        }
    }

    fn handle(&self) -> Result<OwnedFd, PortError> {
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        rustix::fs::open(self.path, flags, Mode::empty()).map_err(|errno| self.refused(errno))
    }

    fn refused(&self, errno: Errno) -> PortError {
        let port = self.port();
        match errno {
            Errno::BUSY => self.busy(),
            Errno::NOTTY | Errno::INVAL | Errno::ISDIR => PortError::NotAPort { port },
            other => self.unopened(other.into()),
        }
    }

    fn failed(&self, error: tokio_serial::Error) -> PortError {
        match error.kind {
            // Whoever holds the kernel's exclusive mode or the lock; an absent device is `NotFound`.
            tokio_serial::ErrorKind::NoDevice => self.busy(),
            _ => self.unopened(error.into()),
        }
    }

    fn unopened(&self, error: io::Error) -> PortError {
        let port = self.port();
        match error.kind() {
            io::ErrorKind::NotFound => PortError::Gone { port },
            io::ErrorKind::PermissionDenied => PortError::Permission {
                port,
                group: self.sysfs.group_to_join(self.path),
            },
            _ if hung_up(&error) => PortError::Gone { port },
            _ => PortError::Failed {
                port,
                source: error,
            },
        }
    }

    /// Refused by the kernel, so somebody has it, seen or not.
    fn busy(&self) -> PortError {
        let seen = self.proc.look();
        let holder = seen.holders_of(self.path).into_iter().next();
        let hidden = |manager: &Holder| holder.is_none() && !seen.sees(manager);
        PortError::Busy {
            port: self.port(),
            likely: seen.modem_manager().filter(hidden),
            holder,
        }
    }
}

/// What the kernel answers about a device that is no longer there.
pub(super) fn hung_up(error: &io::Error) -> bool {
    let gone = [Errno::IO, Errno::NXIO, Errno::NODEV];
    Errno::from_io_error(error).is_some_and(|errno| gone.contains(&errno))
}

#[cfg(test)]
mod tests;
