//! The virtual modem: a world, a modem in it that speaks as one of the vendors, and ways to plug it in.
//!
//! It stands in for hardware in the tests, in the demonstration and for other programs ([`pty`]). It shares nothing
//! with the AT engine and the dialects: a fake that used the parser it is to test would prove nothing. What it does
//! follows from its scenario and from what it is given, so two runs can be compared byte by byte; minutes of it pass at
//! once where nobody waits for them.
//!
//! ```
//! use std::time::Duration;
//!
//! use opensim_domain::time::Instant;
//! use opensim_sim::{Scenario, VirtualModem};
//!
//! // A teleworker's house with a modem that keeps the operator's name for itself.
//! let toml = "base = \"home\"\n[quirks]\noperator_name = \"empty\"";
//! let mut modem = VirtualModem::new(&Scenario::from_toml(toml, "the example")?);
//!
//! let mut now = Instant::ZERO;
//! modem.handle_input(now, b"ATE0;+COPS?\r");
//! let mut answer = Vec::new();
//! while let Some(next) = modem.poll_timeout().filter(|next| next.since_start() < Duration::from_secs(1)) {
//!     now = next;
//!     modem.handle_timeout(now);
//!     while let Some(bytes) = modem.poll_transmit(now) {
//!         answer.extend(bytes);
//!     }
//! }
//! let answer = String::from_utf8(answer)?;
//! assert!(answer.ends_with("+COPS: 1,0,\"\",7\r\n\r\nOK\r\n"), "{answer}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The rooms, from the ground up; each knows only rooms above it in this list. Those without a link are its own affair:
//!
//! - `faults`: what goes wrong; `quirks`: how the modem is odd ([`Quirks`]); `identity`: who it says it is. Data alone
//! - `line`: a command line taken apart
//! - [`world`]: the truth (SIM, carriers, cells, registration), without AT
//! - `persona`: how a vendor words it
//! - [`scenario`]: what is simulated, in TOML
//! - `device`: what can be plugged in ([`Device`]), and served on a stream ([`spawn`])
//! - `modem`: the machine between world and persona, sans-IO ([`VirtualModem`])
//! - `replay`: a recorded conversation, served again ([`Replay`])
//! - `watched`: what the modem does, told to files ([`Watched`])
//! - [`pty`]: a terminal for other programs; [`socket`]: the same for ModemManager's tests
//! - [`plane`]: the place of the data path

mod device;
mod faults;
mod identity;
mod line;
mod modem;
mod persona;
pub mod plane;
pub mod pty;
mod quirks;
mod replay;
pub mod scenario;
pub mod socket;
mod watched;
pub mod world;

pub use device::{Device, Served, spawn};
pub use modem::VirtualModem;
pub use quirks::Quirks;
pub use replay::Replay;
pub use scenario::{Scenario, ScenarioError};
pub use watched::Watched;
