//! What opensim needs of an operating system, so that the rest names none.
//!
//! - [`clock`]: the one source of time
//! - [`console`]: the terminal that a person sits at, and what asks to stop
//! - [`fault`]: what an error of the system means
//! - [`files`]: plain files, opened without waiting and read up to a bound
//! - [`net`]: sockets and network interfaces
//! - [`port`]: serial ports, and what stands for one
//! - [`process`]: other programs, and the user that this one runs for

pub mod clock;
pub mod console;
pub mod fault;
pub mod files;
pub mod net;
pub mod port;
pub mod process;
