//! What opensim needs of an operating system, so that the rest names none.
//!
//! - [`clock`]: the one source of time
//! - [`fault`]: what an error of the system means
//! - [`files`]: plain files, opened without waiting and read up to a bound
//! - [`net`]: sockets and network interfaces
//! - [`port`]: serial ports, and what stands for one

pub mod clock;
pub mod fault;
pub mod files;
pub mod net;
pub mod port;
