//! What can go wrong with a modem, by who has to do something about it.

use serde_json::{Value, json};

use super::raw::Ending;
use crate::domain::Plmn;
use crate::domain::codes::Code;
use crate::link::discover::Stick;
use crate::link::holder::MANAGED;
use crate::session::DataFault;

mod manager;

pub use manager::ManagerFault;

/// A fault of a modem or of the way to it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// The port is there and somebody else has it.
    #[error("{port} is in use{}", holder.as_ref().map(|holder| format!(" by {holder}")).unwrap_or_default())]
    Busy {
        /// The port.
        port: String,
        /// Who, as far as can be seen.
        holder: Option<String>,
    },
    /// The port is there and this user may not open it.
    #[error("no permission to open {port}")]
    Permission {
        /// The port.
        port: String,
        /// The group that may, where joining it would help.
        group: Option<String>,
    },
    /// The port is there and the system does not open it.
    #[error("{port} cannot be opened: {detail}")]
    NotOpened {
        /// The port.
        port: String,
        /// What the system said.
        detail: String,
    },
    /// The port is not there, or the modem left the bus.
    #[error("{port} is gone")]
    Gone {
        /// The port.
        port: String,
    },
    /// The port is there, and reading or writing it failed for a reason of the system's own.
    #[error("{port} failed: {detail}")]
    Broken {
        /// The port.
        port: String,
        /// What the system said.
        detail: String,
    },
    /// This process or this computer has as many files open as it may.
    #[error("{port} cannot be opened: too many open files")]
    Descriptors {
        /// The port.
        port: String,
    },
    /// There is something else of that name.
    #[error("{port} is not a serial port")]
    NotAPort {
        /// The name.
        port: String,
    },
    /// There is no modem.
    #[error("no modem found")]
    None {
        /// The sticks that cannot be used.
        unusable: Vec<Stick>,
    },
    /// The one named is not there.
    #[error("no modem {wanted}; found: {found:?}")]
    Absent {
        /// What was asked for.
        wanted: String,
        /// Those there are.
        found: Vec<String>,
        /// The sticks that cannot be used.
        unusable: Vec<Stick>,
    },
    /// It is there and shows no port that could be for AT.
    #[error("{id} has no AT port")]
    NoAtPort {
        /// Which.
        id: String,
        /// Why, where that is known.
        why: Option<Box<Stick>>,
    },
    /// The port named is for diagnostics, which a text would confuse.
    #[error("{port} is the diagnostics port")]
    Diagnostics {
        /// The port.
        port: String,
        /// The AT port of the same modem.
        instead: Option<String>,
    },
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
    /// None of its ports answers.
    #[error("no port of {modem} answers: {tried:?}")]
    NoAnswer {
        /// Which.
        modem: String,
        /// Each port, and what it did.
        tried: Vec<Tried>,
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
        end: Ending,
    },
    /// The guard refused to let a command out.
    #[error("not sent: {command}")]
    Guarded {
        /// The command.
        command: String,
        /// The rule, as a code for the catalogues.
        rule: Code,
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
    /// There is no way for data.
    #[error("data: {0:?}")]
    Data(DataFault),
    /// The program that keeps the modem stands in the way.
    #[error("ModemManager: {0:?}")]
    Manager(ManagerFault),
}

/// A port that was tried.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// The port.
    pub port: String,
    /// What it did.
    pub error: Error,
}

/// What a SIM can be short of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SimFault {
    /// There is none.
    Absent,
    /// It asks for its PIN.
    PinRequired,
    /// The PIN given was wrong: how many tries are left, where the modem tells.
    PinWrong(Option<u8>),
    /// Too few tries are left to risk one, or the modem does not tell and the PIN is a stored one.
    TriesLeft(Option<u8>),
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

impl Error {
    /// Nothing has this name.
    pub fn absent(wanted: String) -> Self {
        Self::Absent {
            wanted,
            found: Vec::new(),
            unusable: Vec::new(),
        }
    }

    /// Whether nothing more can be asked over this port: the modem left it, or the port failed.
    pub fn is_over(&self) -> bool {
        matches!(self, Self::Gone { .. } | Self::Broken { .. })
    }

    /// Whether a selection that ends so never began: the modem is where it was, and the way back would be refused too.
    pub fn is_refusal_beforehand(&self) -> bool {
        let Self::Manager(fault) = self else {
            return false;
        };
        // A modem that is connected registers nowhere else: the daemon says so before it sends anything.
        matches!(
            fault,
            ManagerFault::Denied { .. } | ManagerFault::WrongState { .. }
        )
    }

    /// Whether a selection that ends so may still come to be: the modem was asked, and nothing sure was said of it.
    pub fn is_vague(&self) -> bool {
        let Self::Manager(fault) = self else {
            return matches!(self, Self::Refused { .. });
        };
        matches!(
            fault,
            ManagerFault::Refused { .. } | ManagerFault::Cancelled { .. }
        )
    }

    /// Stable, in JSON and docs/errors.md.
    pub fn code(&self) -> Code {
        match self {
            Self::Busy { .. } => Code::MODEM_BUSY,
            Self::Permission { .. } => Code::MODEM_PERMISSION,
            Self::Gone { .. } => Code::MODEM_GONE,
            Self::Broken { .. } => Code::MODEM_PORT_FAILED,
            Self::Descriptors { .. } => Code::MODEM_DESCRIPTORS,
            Self::NotAPort { .. } => Code::MODEM_NOT_A_PORT,
            Self::None { .. } => Code::MODEM_NONE,
            Self::Absent { .. } => Code::MODEM_ABSENT,
            Self::NoAtPort { .. } => Code::MODEM_NO_AT_PORT,
            Self::Diagnostics { .. } => Code::MODEM_DIAGNOSTICS_PORT,
            Self::Several(_) => Code::MODEM_SEVERAL,
            Self::NotOpened { .. } => Code::MODEM_NOT_OPENED,
            Self::Silent { .. } => Code::MODEM_SILENT,
            Self::NoAnswer { .. } => Code::MODEM_NO_ANSWER,
            Self::Unreadable { .. } => Code::MODEM_UNREADABLE,
            Self::Refused {
                end: Ending::Untold,
                ..
            } => Code::MODEM_QUERY_UNANSWERED,
            Self::Refused { .. } => Code::MODEM_REFUSED,
            Self::Guarded { .. } => Code::MODEM_GUARDED,
            Self::Sim(fault) => fault.code(),
            Self::Network { fault, .. } => fault.code(),
            Self::Data(fault) => fault.code(),
            Self::Manager(fault) => fault.code(),
        }
    }

    /// The values its sentence needs, under the names the catalogues use. Unknown is null.
    pub fn values(&self) -> Vec<(&'static str, Value)> {
        match self {
            Self::Busy { port, holder } => vec![
                ("port", json!(port)),
                ("holder", json!(holder)),
                ("program", json!(program(holder.as_deref()))),
            ],
            Self::Permission { port, group } => {
                vec![("port", json!(port)), ("group", json!(group))]
            }
            Self::Gone { port } | Self::NotAPort { port } | Self::Descriptors { port } => {
                vec![("port", json!(port))]
            }
            Self::None { unusable } => vec![("unusable", facts(unusable))],
            Self::Absent {
                wanted,
                found,
                unusable,
            } => vec![
                ("wanted", json!(wanted)),
                ("candidates", json!(found)),
                ("unusable", facts(unusable)),
            ],
            Self::NotOpened { port, detail } | Self::Broken { port, detail } => {
                vec![("port", json!(port)), ("detail", json!(detail))]
            }
            Self::NoAnswer { modem, tried } => {
                let told = |tried: &Tried| {
                    let port = &tried.port;
                    json!({ "port": port, "cause": tried.error.code() })
                };
                let tried: Vec<Value> = tried.iter().map(told).collect();
                vec![("modem", json!(modem)), ("tried", json!(tried))]
            }
            Self::NoAtPort { id, why } => {
                let why = why.as_deref().map_or(&[][..], std::slice::from_ref);
                vec![("port", json!(id)), ("unusable", facts(why))]
            }
            Self::Diagnostics { port, instead } => {
                vec![("port", json!(port)), ("instead", json!(instead))]
            }
            Self::Several(ids) => vec![("candidates", json!(ids))],
            Self::Silent { command, seconds } => {
                vec![("command", json!(command)), ("seconds", json!(seconds))]
            }
            Self::Unreadable { command, line } => {
                vec![("command", json!(command)), ("line", json!(line))]
            }
            Self::Refused { command, end } => vec![
                ("command", json!(command)),
                ("cause", json!(end.to_string())),
            ],
            Self::Guarded { command, rule } => {
                vec![("command", json!(command)), ("rule", json!(rule))]
            }
            Self::Sim(SimFault::PinWrong(tries) | SimFault::TriesLeft(tries)) => {
                vec![("tries", json!(tries))]
            }
            Self::Sim(_) => Vec::new(),
            Self::Data(fault) => fault.values(),
            Self::Manager(fault) => fault.values(),
            Self::Network { plmn, fault } => {
                let mut values = vec![("plmn", json!(plmn))];
                match fault {
                    NetworkFault::Denied(cause) => values.push(("cause", json!(cause))),
                    NetworkFault::TimedOut(seconds) => values.push(("seconds", json!(seconds))),
                    NetworkFault::NotAvailable | NetworkFault::Lost => {}
                }
                values
            }
        }
    }
}

fn facts(sticks: &[Stick]) -> Value {
    sticks.iter().map(Stick::facts).collect()
}

impl SimFault {
    /// Stable, in JSON and docs/errors.md.
    pub fn code(self) -> Code {
        match self {
            Self::Absent => Code::SIM_ABSENT,
            Self::PinRequired => Code::SIM_PIN_REQUIRED,
            Self::PinWrong(_) => Code::SIM_PIN_WRONG,
            Self::TriesLeft(_) => Code::SIM_PIN_TRIES,
            Self::PukRequired => Code::SIM_PUK_REQUIRED,
            Self::Locked => Code::SIM_LOCKED,
            Self::Busy => Code::SIM_BUSY,
            Self::Failed => Code::SIM_FAILED,
        }
    }
}

impl NetworkFault {
    /// Stable, in JSON and docs/errors.md.
    pub fn code(&self) -> Code {
        match self {
            Self::NotAvailable => Code::NETWORK_NOT_AVAILABLE,
            Self::Denied(_) => Code::NETWORK_DENIED,
            Self::TimedOut(_) => Code::NETWORK_TIMEOUT,
            Self::Lost => Code::NETWORK_LOST,
        }
    }
}

/// Which program a hint speaks of: the holder's name; what cannot be `ModemManager`, where there is none.
fn program(holder: Option<&str>) -> Option<&str> {
    let named = holder.and_then(|holder| holder.split(' ').next());
    named.or((!MANAGED).then_some("not_managed"))
}
