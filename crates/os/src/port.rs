//! Serial ports, and what stands for one.
//!
//! - [`serial`]: a port opened for this process alone; [`holder`]: who else has it
//! - [`devices`]: what is plugged in
//! - [`pty`]: a pseudo-terminal with a program in a device's place
//! - [`device_end`]: a port that is there, the device's end of it
//! - [`local_socket`]: a socket of this computer that stands for a port

#[cfg(any(test, target_os = "windows"))]
mod com;
#[cfg(target_os = "linux")]
mod descriptor;
pub mod device_end;
pub mod devices;
#[cfg(all(target_os = "linux", any(test, feature = "fixture")))]
pub mod fixture;
pub mod holder;
pub mod local_socket;
pub mod pty;
pub mod serial;
