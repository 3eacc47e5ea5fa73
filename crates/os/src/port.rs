//! Serial ports, and what stands for one.
//!
//! - [`pty`]: a pseudo-terminal with a program in a device's place
//! - [`device_end`]: a port that is there, the device's end of it
//! - [`local_socket`]: a socket of this computer that stands for a port

#[cfg(target_os = "linux")]
mod descriptor;
pub mod device_end;
pub mod local_socket;
pub mod pty;
