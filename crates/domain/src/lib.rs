//! The words of the trade, as types: networks, carriers, radio levels, registration, verdicts, ranking, policy.
//!
//! Everything above speaks in these. Nothing here does I/O, reads a clock or knows what AT is, so every rule
//! that decides something for a user can be tested as a plain function.

pub mod carrier;
pub mod document;
pub mod equipment;
pub mod exit;
pub mod identity;
pub mod network;
pub mod plmn;
pub mod policy;
pub mod radio;
pub mod rank;
pub mod registration;
pub mod sim;
pub mod time;
pub mod trace;
pub mod verdict;

pub use carrier::{Carrier, Profile};
pub use equipment::{Backend, Identity, PortRole, Unusable, UsbId};
pub use identity::{Iccid, Imei, Imsi};
pub use network::{Availability, ConnectionProfile};
pub use plmn::Plmn;
pub use registration::{Access, Domain, RegistrationState, SelectionMode};
pub use sim::SimState;

/// The version of opensim, of which all its crates have the same.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
