//! The words of the trade, as types: networks, carriers, radio levels, registration, verdicts, ranking, policy; and the
//! documents made of them.
//!
//! Everything above speaks in these. Nothing here does I/O, reads a clock or knows what AT is, so every rule
//! that decides something for a user can be tested as a plain function. What was not read is `None`, never 0.
//!
//! Two carriers that were read on the antenna, put in order:
//!
//! ```
//! use opensim_domain::radio::{Rsrp, Sinr};
//! use opensim_domain::rank::{Candidate, rank};
//! use opensim_domain::verdict::Verdict;
//!
//! let read = |id: &str, rsrp, sinr| Candidate {
//!     id: id.to_owned(),
//!     verdict: Verdict::NotMeasured,
//!     nearness: None,
//!     rsrp: Rsrp::new(rsrp),
//!     sinr: Sinr::new(sinr),
//!     spread_db: Some(2.0),
//!     low_bps: None,
//!     need_bps: 200_000,
//! };
//! let places = rank(&[read("orange", -112, -1), read("sfr", -88, 14)]);
//! assert_eq!(places[0].index, 1, "sfr stands first");
//! assert!(places[0].tied_with.is_empty());
//! ```
//!
//! A document that was kept, read again without a modem:
//!
//! ```
//! use opensim_domain::document::{Carriers, Document};
//!
//! let kept = r#"{
//!     "schema": "opensim.carriers/1", "opensim": "0.1.0", "at": "2026-11-27T10:00:00Z",
//!     "carriers": [{ "id": "sfr", "name": "SFR", "plmns": ["20810"], "bands": ["B20"], "in_profile": true }]
//! }"#;
//! let carriers: Document<Carriers> = serde_json::from_str(kept)?;
//! assert_eq!(carriers.body.carriers[0].name, "SFR");
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! The rooms: [`plmn`], [`carrier`], [`identity`], [`equipment`], [`sim`] and [`network`] name things; [`registration`] and
//! [`radio`] say how things stand; [`verdict`], [`rank`] and [`compare`] conclude; [`doctor`] lists the checks of a
//! check-up; [`policy`] is a person's order; [`document`] is what is printed, kept and sent; [`trace`] is how a conversation with a modem is written down; [`time`] is a point in time as
//! an argument.

pub mod carrier;
pub mod codes;
pub mod compare;
pub mod doctor;
pub mod document;
pub mod equipment;
pub mod identity;
pub mod measured;
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
pub mod watch;

pub use carrier::{Carrier, Profile};
pub use equipment::{Backend, Identity, ManagedBy, PortRole, Unusable, UsbId};
pub use identity::{Iccid, Imei, Imsi};
pub use network::{Availability, ConnectionProfile};
pub use plmn::Plmn;
pub use registration::{Access, Domain, RegistrationState, SelectionMode};
pub use sim::SimState;

/// The version of opensim, of which all its crates have the same.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
