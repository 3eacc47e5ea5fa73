//! Where a program keeps its files: the user's own, and the machine's.

use std::path::PathBuf;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "windows")]
use windows as system;

/// Where a program of this name keeps what it has to remember: the user's own folder, or the machine's where there is no
/// user with one.
pub fn state(program: &str) -> PathBuf {
    system::state(program)
}

/// Where the user's settings of a program are; `None` where the user has no folder.
pub fn settings(program: &str) -> Option<PathBuf> {
    system::settings(program)
}

/// Where the machine's settings of a program are, which hold for every user.
pub fn machine_settings(program: &str) -> PathBuf {
    system::machine_settings(program)
}
