//! What became of a line that was sent as a person typed it.

use std::fmt;

/// What a modem answered to a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawAnswer {
    /// Its lines as they came, without their ends and without the last, which says how it ended.
    pub lines: Vec<Vec<u8>>,
    /// How it ended.
    pub end: Ending,
}

/// How a command ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Done, in the modem's word for that: `OK`.
    Done(String),
    /// Refused, in the modem's words.
    Refused(String),
    /// It was answered, and no word came of how it ended.
    Untold,
}

impl Ending {
    /// Whether the command did what it was asked.
    pub fn is_done(&self) -> bool {
        matches!(self, Self::Done(_))
    }
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done(word) | Self::Refused(word) => f.write_str(word),
            Self::Untold => f.write_str("no result code"),
        }
    }
}
