//! The commands of V.250 and 3GPP TS 27.007 that opensim uses, one type each: what is sent, how long it may take,
//! whether it can be aborted, and how its answer is read.
//!
//! A reader takes every shape met in the field and guesses none: a field that is absent, a marker of "not known" or
//! out of its range is `None`; an answer with nothing to read in it is a [`ParseError`]. Whether the command was
//! refused is for the caller to see first, in the reply's result code.

use super::Request;
use super::result::{Line, Reply};

pub mod context;
pub mod equipment;
pub mod errors;
mod line;
pub mod network_list;
pub mod operator;
pub mod registration;
pub mod signal;
pub mod sim;

pub use context::{Address, Apn, ContextDetails};
pub use equipment::{
    CharacterSet, Functionality, Identify, Manufacturer, Model, Revision, SerialNumber,
};
pub use errors::{CmeeRead, CmeeSet, ExtendedError};
pub use operator::{OperatorFormat, OperatorRead, SelectOperator};
pub use registration::{RegistrationRead, RegistrationSet};
pub use signal::{Cesq, Csq};
pub use sim::{EnterPin, ImsiRead, PinTries, SimStatus};

/// A command and the way to read its answer.
pub trait Command {
    /// What its answer says.
    type Reply;

    /// The line to send, and what its answer looks like.
    fn request(&self) -> Request;

    /// Reads the answer.
    ///
    /// # Errors
    /// When nothing in it can be read.
    fn parse(&self, reply: &Reply) -> Result<Self::Reply, ParseError>;
}

/// An answer that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unreadable answer to {command}: {line:?}")]
pub struct ParseError {
    /// The command line, secrets masked.
    pub command: String,
    /// The offending line, identifiers masked; empty where there was none.
    pub line: String,
}

impl ParseError {
    /// The error of a command whose answer cannot be read, with the line to blame.
    pub fn new(command: &impl Command, line: Option<&Line>) -> Self {
        let sent = command.request().line;
        let mask = |bytes: &[u8]| opensim_domain::trace::mask::line(bytes, sent.as_bytes());
        let shown = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Self {
            line: line.map(|l| shown(mask(l.bytes()))).unwrap_or_default(),
            command: super::masked(sent.as_bytes()),
        }
    }

    /// The error of a command, blamed on the first line of its answer.
    pub(crate) fn in_reply(command: &impl Command, reply: &Reply) -> Self {
        Self::new(command, reply.lines.first())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::Final;

    /// A reply of these lines that ended well.
    pub(super) fn reply(lines: &[&str]) -> Reply {
        Reply {
            lines: lines.iter().map(|line| Line::from(*line)).collect(),
            end: Final::Ok,
        }
    }

    proptest::proptest! {
        #[test]
        fn any_line_is_read_or_refused(text in "\\+?[A-Z0-9]{0,6}[: ]{0,2}[ -~]{0,40}", raw: Vec<u8>) {
            for line in [Line::from(text.as_str()), Line::new(raw)] {
                let reply = Reply { lines: vec![line.clone()], end: Final::Ok };
                let _ = (OperatorRead.parse(&reply), Apn.parse(&reply), registration::parse_urc(&line));
                let _ = (Csq.parse(&reply), Cesq.parse(&reply), SerialNumber.parse(&reply));
            }
        }
    }
}
