//! A pseudo-terminal with a program in a device's place, so that any other can open it as a serial port.
//!
//! What is said while nobody has it open is lost, as on a USB modem, and so is what a client leaves unread; what it may
//! leave behind otherwise (settings, an exclusive lock) is undone.

use std::io;
use std::path::Path;

mod alias;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "windows")]
use windows as system;

pub use alias::{TerminalAlias, TerminalAliasError};

/// The device's end of a pseudo-terminal in raw mode.
#[derive(Debug)]
pub struct PseudoTerminal(system::Terminal);

impl PseudoTerminal {
    /// Opens a new one. Call it inside a tokio runtime.
    ///
    /// # Errors
    /// When the system has none to give.
    pub fn open() -> io::Result<Self> {
        system::Terminal::open().map(Self)
    }

    /// The path that a client opens.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Reads what a client wrote. Safe to drop at any time.
    ///
    /// # Errors
    /// What the system says.
    pub async fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).await
    }

    /// Writes to the client; to none, the bytes are lost.
    ///
    /// # Errors
    /// What the system says.
    pub async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write(bytes).await
    }
}
