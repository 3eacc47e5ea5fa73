//! A serial port that is there already, the device's end of it: of a USB gadget, of a null-modem cable.
//!
//! Whether anybody listens at the other end cannot be seen here: what is said to nobody waits in the kernel's buffer,
//! as much as it takes, and greets the next client, as with many a real modem.

use std::io;
use std::path::Path;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "windows")]
use windows as system;

/// An open port in raw mode.
#[derive(Debug)]
pub struct DeviceEnd(system::Port);

impl DeviceEnd {
    /// Opens it. Call it inside a tokio runtime.
    ///
    /// # Errors
    /// When it is not there, no terminal, or another's.
    pub fn open(path: &Path) -> io::Result<Self> {
        system::Port::open(path).map(Self)
    }

    /// Reads what the other side wrote; nothing means that it was plugged out. Safe to drop at any time.
    ///
    /// # Errors
    /// What the system says otherwise.
    pub async fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).await
    }

    /// Writes to the other side.
    ///
    /// # Errors
    /// What the system says.
    pub async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write(bytes).await
    }
}
