//! What opensim needs of an operating system, so that the rest names none.
//!
//! Each thing is a file that says what can be asked, in words of no system, with a file for each system behind it
//! (`x.rs`, `x/linux.rs`). It knows neither a modem nor a measurement: what an answer means is for others.
//!
//! ```
//! use opensim_os::net::interface::Interfaces;
//!
//! let interfaces = Interfaces::system();
//! assert!(interfaces.check("no-such0").is_err());
//! if let Some(name) = interfaces.default_interface() {
//!     // What it has carried so far, where it counts.
//!     let _ = interfaces.carried(&name);
//! }
//! ```
//!
//! - [`clock`]: the one source of time
//! - [`console`]: the terminal that a person sits at, and what asks to stop
//! - [`fault`]: what an error of the system means
//! - [`files`]: plain files, opened without waiting and read up to a bound
//! - [`host`]: what this computer is, what is plugged into it, and the names that support must not learn
//! - [`net`]: sockets and network interfaces
//! - [`port`]: serial ports, and what stands for one
//! - [`process`]: other programs, and the user that this one runs for
//! - [`software`]: programs that guard a computer or connect it to a company

pub mod clock;
pub mod console;
pub mod fault;
pub mod files;
pub mod host;
pub mod net;
pub mod port;
pub mod process;
#[cfg(target_os = "windows")]
mod registry;
pub mod software;
