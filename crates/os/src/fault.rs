//! What the system means by an error, of a socket, a port or a file.

use std::io;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
use linux as system;

/// A meaning that the standard library does not tell apart, or not on every system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SystemFault {
    /// There is no such interface.
    NoInterface,
    /// This user may not.
    NotPermitted,
    /// The interface is down.
    Down,
    /// There is no way to the address.
    NoRoute,
    /// The other end took nothing, or broke off.
    Refused,
    /// The other end did not answer.
    Silent,
    /// The process or the system has no descriptor left.
    Descriptors,
}

impl SystemFault {
    /// What an error means, where it is one of these.
    pub fn of(error: &io::Error) -> Option<Self> {
        system::meaning(error)
    }
}
