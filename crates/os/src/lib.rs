//! What opensim needs of an operating system, so that the rest names none.
//!
//! - [`clock`]: the one source of time
//! - [`files`]: plain files, opened without waiting and read up to a bound
//! - [`net`]: sockets and network interfaces
//! - [`port`]: serial ports, and what stands for one

pub mod clock;
pub mod files;
pub mod net;
pub mod port;
