//! A serial port or a pseudo terminal as a link: opened for this process alone, and left as it was found.
//!
//! Who else has the port is looked up before it is opened, since the kernel's exclusive mode lets root through and
//! a program may hold a port without it.

use std::io;
use std::path::Path;

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

pub use system::SerialLink;

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
    system::open(path, sysfs, proc)
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
