//! What can go wrong between opensim and the daemon, beside what can go wrong with a modem.

use serde_json::{Value, json};

use crate::domain::codes::Code;

/// A fault of the daemon or of the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ManagerFault {
    /// No system bus, or no daemon on it.
    Absent {
        /// What was said of it.
        detail: String,
    },
    /// Polkit, or the bus's own policy, says no.
    Denied {
        /// The call.
        call: String,
    },
    /// It is there and did not answer.
    Silent {
        /// The call.
        call: String,
        /// How long was waited.
        seconds: u64,
    },
    /// It answered something that cannot be read.
    Unreadable {
        /// The call.
        call: String,
        /// What is wrong with it.
        detail: String,
    },
    /// It left the bus in the middle of the work.
    Lost,
    /// It goes on showing the network that the modem was taken away from, so that it cannot be asked to go back there.
    Stale,
    /// It is doing something of the kind already, for another program.
    InProgress {
        /// The call.
        call: String,
    },
    /// The modem is in a state that does not allow it.
    WrongState {
        /// The call.
        call: String,
        /// The daemon's words.
        detail: String,
    },
    /// Another program ended it.
    Cancelled {
        /// The call.
        call: String,
    },
    /// It refused otherwise.
    Refused {
        /// The call.
        call: String,
        /// The daemon's words.
        detail: String,
    },
}

impl ManagerFault {
    /// Stable, in JSON and docs/errors.md.
    pub fn code(&self) -> Code {
        match self {
            Self::Absent { .. } => Code::MANAGER_ABSENT,
            Self::Denied { .. } => Code::MANAGER_DENIED,
            Self::Silent { .. } => Code::MANAGER_SILENT,
            Self::Unreadable { .. } => Code::MANAGER_UNREADABLE,
            Self::Lost => Code::MANAGER_LOST,
            Self::Stale => Code::MANAGER_STALE,
            Self::InProgress { .. } => Code::MANAGER_IN_PROGRESS,
            Self::WrongState { .. } => Code::MANAGER_WRONG_STATE,
            Self::Cancelled { .. } => Code::MANAGER_CANCELLED,
            Self::Refused { .. } => Code::MANAGER_REFUSED,
        }
    }

    /// The values its sentence needs.
    pub fn values(&self) -> Vec<(&'static str, Value)> {
        match self {
            Self::Lost | Self::Stale => Vec::new(),
            Self::Absent { detail } => vec![("detail", json!(detail))],
            Self::Denied { call } | Self::InProgress { call } | Self::Cancelled { call } => {
                vec![("command", json!(call))]
            }
            Self::Silent { call, seconds } => {
                vec![("command", json!(call)), ("seconds", json!(seconds))]
            }
            Self::WrongState { call, detail }
            | Self::Refused { call, detail }
            | Self::Unreadable { call, detail } => {
                vec![("command", json!(call)), ("detail", json!(detail))]
            }
        }
    }
}
