//! A socket held to one network interface.

use std::io;

use socket2::SockRef;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "windows")]
use windows as system;

/// Whether a measurement over a socket that is held so has been shown to be right on this system. Where not, none is to be
/// made: it would be taken for one.
pub fn is_dependable() -> bool {
    system::DEPENDABLE
}

/// Has a socket send and receive by this interface or not at all, whatever the routing table says. To be called before
/// it is bound or connected.
///
/// # Errors
/// When there is no such interface, or this user may not hold a socket to one.
pub fn hold<'s>(socket: impl Into<SockRef<'s>>, interface: &str) -> io::Result<()> {
    system::hold(&socket.into(), interface)
}
