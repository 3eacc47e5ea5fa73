//! The AT engine: bytes and deadlines in, bytes and events out. No port, no clock, no vendor.
//!
//! See [`engine`] for how a line is given to the command it belongs to, and why a late reply never reaches the
//! next one.

pub mod engine;
pub mod frame;
pub mod result;
pub mod standard;
pub mod value;

use std::borrow::Cow;
use std::time::Duration;

/// A command to send, and what its answer looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The command line without its end, e.g. `AT+COPS?`. Printable ASCII.
    pub line: String,
    /// Prefixes of the information lines that are its own, with their colon, e.g. `+COPS:`.
    pub prefixes: Vec<Cow<'static, str>>,
    /// Whether lines without a registered prefix are its own too (`ATI`, `+CGSN`).
    pub bare: bool,
    /// How long it may take before the engine drains and resynchronises.
    pub timeout: Duration,
    /// Whether a character sent while it runs ends it (27.007: the network list and the selection).
    pub abortable: bool,
}

impl Request {
    /// A query that is answered by lines of one prefix, within the usual time.
    pub fn new(line: impl Into<String>, prefix: &'static str) -> Self {
        Self {
            line: line.into(),
            prefixes: vec![prefix.into()],
            bare: false,
            timeout: QUERY,
            abortable: false,
        }
    }

    /// A command that answers with its result code alone.
    pub fn plain(line: impl Into<String>) -> Self {
        Self {
            line: line.into(),
            prefixes: Vec::new(),
            bare: false,
            timeout: QUERY,
            abortable: false,
        }
    }

    /// A query whose information lines have no prefix.
    pub fn bare(line: impl Into<String>) -> Self {
        Self {
            bare: true,
            ..Self::plain(line)
        }
    }

    /// The same with another time limit.
    pub fn within(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }
}

/// What a query that touches no network may take.
pub const QUERY: Duration = Duration::from_secs(5);
