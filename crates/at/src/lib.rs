//! AT commands without a port: a sans-IO engine, 27.007 as types, what differs between vendors, and the guard.
//!
//! Nothing here opens a port, reads a clock or waits: bytes and deadlines go in, bytes and events come out, so that an
//! hour with a slow modem is a test of a millisecond. Which modem it is, is for [`dialect`] alone to know; the engine and
//! the guard take what they need of vendors from its tables.
//!
//! ```
//! use opensim_at::engine::{Engine, Event};
//! use opensim_at::standard::{Command as _, OperatorRead};
//! use opensim_domain::time::Instant;
//!
//! let mut engine = Engine::default();
//! let now = Instant::ZERO;
//! let ticket = engine.submit(OperatorRead.request());
//! let out = engine.poll_transmit(now).expect("a command to write");
//! assert_eq!(out.bytes, b"AT+COPS?\r");
//!
//! // The modem answers, in whatever pieces the port gives.
//! engine.handle_input(now, b"\r\n+COPS: 1,2,\"208");
//! engine.handle_input(now, b"10\",7\r\n\r\nOK\r\n");
//! let Some(Event::Done { ticket: done, outcome: Ok(reply) }) = engine.poll_event() else {
//!     panic!("the command has ended");
//! };
//! assert_eq!(done, ticket);
//! assert_eq!(OperatorRead.parse(&reply)?.plmn, Some("20810".parse()?));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Before the bytes are written they pass the [`guard`], which knows a person's order from a program's whim:
//!
//! ```
//! use opensim_at::guard::{Leave, Rule, check};
//!
//! assert_eq!(check(b"AT+COPS?\r", &Leave::NONE), Ok(()));
//! assert_eq!(check(b"AT+COPS=0\r", &Leave::NONE), Err(Rule::AutomaticSelection));
//! assert_eq!(check(b"AT+COPS=1,2,\"20810\"\r", &Leave::NONE), Err(Rule::NoOrder));
//! ```
//!
//! Command lines are written by the builder of the `at-commands` crate ([`standard`]), which gets separators and quotes
//! right; a text that would break out of its quotes is refused before it comes there. Answers are read here and not by
//! that crate, whose parser takes an empty field for a part of the next.
//!
//! The rooms, from the ground up; each knows only those before it:
//!
//! - [`value`], [`result`]: the fields of a line, the lines of a reply and how it ended
//! - `frame`: bytes into lines
//! - [`Request`]: a command line, and what its answer looks like
//! - [`standard`]: the commands of 27.007 and V.250, one type each
//! - [`engine`]: one command in flight, and whose each line is
//! - [`dialect`]: one file a vendor
//! - [`guard`]: what may be sent

pub mod dialect;
pub mod engine;
mod frame;
pub mod guard;
mod request;
pub mod result;
pub mod standard;
pub mod value;

pub use frame::MAX_LINE;
pub use request::{QUERY, Request};

/// A line as it may be shown: secrets and identifiers masked.
fn masked(line: &[u8]) -> String {
    String::from_utf8_lossy(&opensim_domain::trace::mask::line(line, b"")).into_owned()
}
