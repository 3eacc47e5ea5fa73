//! opensim: which carrier will carry a teleworker's day here, how sure is that, and a move to the one a person names.
//!
//! The rooms, from the ground up; each imports only rooms above it in this list (`tests/house/architecture.rs` checks it).
//! Those down to [`sim`] are crates of their own under `crates/`, which this one gathers under one name:
//!
//! - [`domain`]: the words of the trade as types, the ranking, and the policy that a person decides
//! - [`document`]: the versioned documents that are printed, kept and sent
//! - [`time`]: a point in time, as an argument
//! - [`trace`]: the one text format of a modem conversation, with identifiers masked
//! - [`os`]: what is asked of the operating system: clock, files, network interfaces, serial ports, console, programs
//! - [`at`]: the sans-IO AT engine
//! - [`dialect`]: what differs between vendors
//! - [`guard`]: what may be sent to a modem
//! - [`measure`]: throughput and voice over one named interface, and the server for both
//! - [`sim`]: the virtual modem, which shares nothing with `at`, `dialect` and `link`
//! - [`link`]: ports, and the task that owns a link
//! - [`bus`]: the one way to D-Bus, with a gate before it; with feature `manager` alone
//! - [`session`]: ways that data takes over a modem
//! - [`modem`]: a modem as the use cases see it
//! - [`store`]: the journal of a change under way, the audit log, the history, and the outbox
//! - [`ops`]: the use cases
//! - [`i18n`]: every sentence a user reads, in French and English
//! - [`report`]: a document in, bytes out
//! - [`tui`]: the signal as a picture that changes
//! - [`cli`]: the command line
//!
//! [`error`] is the one facade over the rooms' errors: a stable code, a hint, an exit status.
//!
//! The program itself is `main.rs`, a few lines over [`cli`]. What others may want of the library is below that: a document
//! that was kept, in the words of its reader:
//!
//! ```
//! use opensim::i18n::{Catalogue, Lang};
//! use opensim::report::{Format, Saved, Style};
//!
//! let kept = r#"{
//!     "schema": "opensim.recover/1", "opensim": "0.1.0", "at": "2026-11-23T08:00:00Z",
//!     "needed": false, "interrupted_at": null, "command": null, "to": null, "found": null,
//!     "restored": null, "registered_in_s": null, "journal": null, "warnings": []
//! }"#;
//! let words = Catalogue::new(Lang::En);
//! let mut saved = Saved::read(kept)?;
//! saved.fill(&words);
//! let page = saved.render(Format::Text, &words, Style::default());
//! assert!(page.starts_with("Nothing to restore"), "{page}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

// Tests of the rooms share modules with those beside the library, which call it by its name.
#[cfg(test)]
extern crate self as opensim;

pub use opensim_at as at;
pub use opensim_at::{dialect, guard};
pub use opensim_domain as domain;
pub use opensim_domain::{VERSION, document, time, trace};
pub use opensim_measure as measure;
pub use opensim_os as os;
pub use opensim_sim as sim;

#[cfg(feature = "manager")]
pub mod bus;
pub mod cli;
pub mod error;
pub mod i18n;
pub mod link;
pub mod modem;
pub mod ops;
pub mod report;
pub mod session;
pub mod store;
pub mod tui;
