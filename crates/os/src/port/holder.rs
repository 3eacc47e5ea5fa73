//! Who has a port open: by its open files, its locks, and whether that is `ModemManager`.
//!
//! Two programs on one AT port take each other's answers, and for root the kernel's exclusive mode is no obstacle;
//! so opensim looks before it opens, and names who is there. One look at the processes serves every port.
//!
//! What it cannot see: the open files of other users' processes, unless it runs as root ([`Occupancy::blind`]
//! says so; names, locks and lock files are seen all the same), and processes of another PID namespace. `ModemManager`
//! is known by its process name and the ports it holds; whether it manages a modem over a port that it keeps closed
//! only its bus interface could tell, and that is another backend's matter.

use std::fmt;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "windows")]
use windows as system;

pub use system::{Occupancy, ProcRoot};

/// Whether `ModemManager` may hold a port of this system.
pub const MANAGED: bool = cfg!(target_os = "linux");

const MODEM_MANAGER: &str = "ModemManager";

/// A process that holds a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Its name, as the kernel keeps it (15 characters); `None` where that is hidden.
    pub name: Option<String>,
    /// Its number.
    pub pid: u32,
}

impl Holder {
    /// Whether it is `ModemManager`.
    pub fn is_modem_manager(&self) -> bool {
        self.name.as_deref() == Some(MODEM_MANAGER)
    }

    /// Whether it is one of the processes that hold a control channel in `ModemManager`'s stead, among others'.
    pub fn is_proxy(&self) -> bool {
        matches!(self.name.as_deref(), Some("qmi-proxy" | "mbim-proxy"))
    }
}

impl fmt::Display for Holder {
    /// `minicom (pid 812)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} (pid {})", self.pid),
            None => write!(f, "pid {}", self.pid),
        }
    }
}
