//! opensim: which carrier will carry a teleworker's day here, how sure is that, and a move to the one a person names.
//!
//! The rooms, from the ground up; each imports only rooms above it in this list (`tests/architecture.rs` checks it):
//!
//! - [`domain`]: the words of the trade as types, the ranking, and the policy that a person decides
//! - [`time`]: a point in time, as an argument
//! - [`clock`]: the one source of time
//! - [`file`]: plain files, opened without waiting and read up to a bound
//! - [`trace`]: the one text format of a modem conversation, with identifiers masked
//! - [`at`]: the sans-IO AT engine
//! - [`dialect`]: what differs between vendors
//! - [`link`]: ports, the guard, and the task that owns a link
//! - [`measure`]: throughput and voice over one named interface, and the server for both
//! - [`sim`]: the virtual modem, which shares nothing with `at`, `dialect` and `link`
//! - [`modem`]: a modem as the use cases see it
//! - [`document`]: the versioned documents that are printed, kept and sent
//! - [`store`]: the journal of a change under way, and the audit log
//! - [`ops`]: the use cases
//! - [`i18n`]: every sentence a user reads, in French and English
//! - [`report`]: a document in, bytes out
//! - [`cli`]: the command line
//!
//! [`error`] is the one facade over the rooms' errors: a stable code, a hint, an exit status.
//!
//! [`file`]: mod@file

// Tests of the rooms share modules with those beside the library, which call it by its name.
#[cfg(test)]
extern crate self as opensim;

pub mod at;
pub mod cli;
pub mod clock;
pub mod dialect;
pub mod document;
pub mod domain;
pub mod error;
pub mod file;
pub mod i18n;
pub mod link;
pub mod measure;
pub mod modem;
pub mod ops;
pub mod report;
pub mod sim;
pub mod store;
pub mod time;
pub mod trace;

/// The version of opensim.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
