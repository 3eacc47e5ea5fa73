//! What asks this process to stop or to pause.

use std::io;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "windows")]
use windows as system;

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interrupt {
    /// To stop.
    Stop {
        /// Whether it is a Ctrl-C that was typed at the terminal.
        typed: bool,
    },
    /// To pause, as Ctrl-Z does.
    Pause,
}

/// Listens from now on. What is read goes to `read`, on a thread of its own where there is one to be had; `caught` is
/// called for a signal to stop that could not be read. To be called inside a tokio runtime, before other threads are
/// started.
///
/// # Errors
/// When the system gives no way to.
pub fn listen(
    caught: impl Fn() + Clone + Send + 'static,
    read: impl FnMut(Interrupt) + Send + 'static,
) -> io::Result<()> {
    system::listen(caught, read)
}

/// Stops as the terminal's Ctrl-Z does; returns when the shell lets it go on.
pub fn pause() {
    system::pause();
}

/// Has a file that reaches its limit give an error instead of ending the process, from now on.
pub fn outlive_full_files() {
    system::outlive_full_files();
}
