//! How many files and sockets the process may have open.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "windows")]
use windows as system;

/// Asks for the right to so many open files and sockets, all of the process's counted; how many there may be then.
/// `None`: as many as it likes.
pub fn raise(needed: u64) -> Option<u64> {
    system::raise(needed)
}
