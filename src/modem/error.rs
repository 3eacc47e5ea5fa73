//! What can go wrong with a modem, by who has to do something about it.

use crate::at::result::Final;
use crate::domain::Plmn;

/// A fault of a modem or of the way to it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// The port is there and somebody else has it.
    #[error("{port} is in use by {holder}")]
    Busy {
        /// The port.
        port: String,
        /// Who, as far as can be seen.
        holder: String,
    },
    /// The port is there and this user may not open it.
    #[error("no permission to open {port} (group {group})")]
    Permission {
        /// The port.
        port: String,
        /// The group that may.
        group: String,
    },
    /// The port is not there, or the modem left the bus.
    #[error("{port} is gone")]
    Gone {
        /// The port.
        port: String,
    },
    /// There is no modem.
    #[error("no modem found")]
    None,
    /// Several modems and no choice made.
    #[error("several modems: {0:?}")]
    Several(Vec<String>),
    /// It does not answer.
    #[error("no answer to {command} within {seconds} s")]
    Silent {
        /// What was asked.
        command: String,
        /// How long was waited.
        seconds: u64,
    },
    /// It answered something that cannot be read.
    #[error("unreadable answer to {command}: {line:?}")]
    Unreadable {
        /// What was asked.
        command: String,
        /// The offending line.
        line: String,
    },
    /// It refused a command.
    #[error("{command} refused: {end}")]
    Refused {
        /// What was asked.
        command: String,
        /// How it ended.
        end: Final,
    },
    /// The guard refused to let a command out.
    #[error("not sent: {command}")]
    Guarded {
        /// The command.
        command: String,
        /// The rule, as a code for the catalogues.
        rule: &'static str,
    },
    /// The SIM stands in the way.
    #[error("SIM: {0:?}")]
    Sim(SimFault),
    /// The network stands in the way.
    #[error("network {plmn}: {fault:?}")]
    Network {
        /// Which.
        plmn: Plmn,
        /// How.
        fault: NetworkFault,
    },
}

/// What a SIM can be short of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SimFault {
    /// There is none.
    Absent,
    /// It asks for its PIN.
    PinRequired,
    /// The PIN given was wrong.
    PinWrong,
    /// Too few tries are left to risk one: how many.
    TriesLeft(u8),
    /// It asks for its PUK.
    PukRequired,
    /// It is locked otherwise.
    Locked,
    /// It is still waking up.
    Busy,
    /// It does not work.
    Failed,
}

/// How a network can refuse or be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NetworkFault {
    /// Not heard here.
    NotAvailable,
    /// It refused; its cause in the modem's words where known.
    Denied(Option<String>),
    /// It did not come within the time given, in seconds.
    TimedOut(u64),
    /// Registered, then lost.
    Lost,
}
