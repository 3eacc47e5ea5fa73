//! How a use case fails.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::document::Fault;
use crate::domain::Plmn;

use crate::domain::codes::Code;
use crate::measure::MeasureError;
use crate::modem;
use crate::store;
use crate::trace::mask;

/// A use case's fault.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The modem, its SIM or the network stands in the way; nothing was changed.
    #[error(transparent)]
    Modem(#[from] modem::Error),
    /// The disk refused; nothing was changed after that.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The change failed and the former carrier is back.
    #[error("the change failed, the former carrier is back: {}", .0.cause)]
    RolledBack(Box<Failed>),
    /// The change failed and the former carrier is not back.
    #[error("the change failed, the former carrier is not back: {}", .failed.cause)]
    NotRestored {
        /// What failed.
        failed: Box<Failed>,
        /// What `recover` works from.
        journal: PathBuf,
    },
    /// A change was interrupted, and whether it was this modem's cannot be told; nothing was changed.
    #[error("whether the interrupted change was this modem's cannot be told")]
    WhichModem(Box<store::Change>),
    /// Nothing could be measured.
    #[error(transparent)]
    Measure(MeasureError),
    /// No server to measure against was named.
    #[error("no server to measure against")]
    NoServer,
    /// Its radio is switched off; nothing was changed, and nothing is switched on unasked.
    #[error("the modem's radio is switched off")]
    RadioOff,
    /// It is on a network whose code it does not tell, so that it could not be put back; nothing was changed.
    #[error("the network in use has no code")]
    Unnamed,
    /// The change was refused, and the modem never left the former carrier.
    #[error("the change was refused, the modem never left: {}", .0.cause)]
    NeverLeft(Box<Failed>),
    /// None of the carriers asked for can be had here.
    #[error("no carrier can be had here")]
    Nobody,
    /// A survey read of one carrier at the most, and others may be here.
    #[error("nothing could be compared")]
    NothingCompared {
        /// The id of the only one that was read.
        only: Option<String>,
    },
    /// The history holds nothing of that name.
    #[error("nothing in the history is called {wanted}")]
    NotInHistory {
        /// What was named.
        wanted: String,
        /// The places that it knows.
        places: Vec<String>,
    },
    /// The collector refused documents, which were put aside.
    #[error("{count} documents were refused")]
    SendRefused {
        /// How many.
        count: usize,
        /// Where they are.
        folder: PathBuf,
    },
    /// The collector answered and did not take documents now; they wait.
    #[error("{count} documents were not taken")]
    SendLeft {
        /// How many.
        count: usize,
    },
    /// The person stopped it; the modem is where it was.
    #[error("interrupted")]
    Interrupted,
}

/// A change that failed.
#[derive(Debug)]
pub struct Failed {
    /// What made it fail.
    pub cause: modem::Error,
    /// The network in use before.
    pub from: Option<Plmn>,
    /// The network that was named; `None` for a survey.
    pub to: Option<Plmn>,
}

impl Failed {
    /// The cause's own values, so that it can be told in its own words, and both ends.
    fn values(&self) -> Vec<(&'static str, Value)> {
        let mut values = self.cause.values();
        values.retain(|(name, _)| *name != "cause");
        values.extend([
            ("cause", json!(self.cause.code())),
            ("from", json!(self.from)),
            ("to", json!(self.to)),
        ]);
        values
    }
}

impl From<MeasureError> for Error {
    fn from(error: MeasureError) -> Self {
        match error {
            MeasureError::Interrupted => Self::Interrupted,
            error => Self::Measure(error),
        }
    }
}

impl Error {
    /// As a document carries it; its words come later.
    pub fn fault(&self) -> Fault {
        let values = self
            .values()
            .into_iter()
            .map(|(name, value)| (name.to_owned(), mask::error_value(name, value)))
            .collect();
        Fault::new(self.code(), values)
    }

    /// Whether it tells that the link carries no data, rather than that nothing could be found out.
    pub(super) fn is_of_the_link(&self) -> bool {
        match self {
            Self::Modem(modem::Error::Data(_)) => true,
            Self::Measure(error) => matches!(
                error,
                MeasureError::InterfaceDown { .. }
                    | MeasureError::NoRoute { .. }
                    | MeasureError::NameServerSilent { .. }
                    | MeasureError::Unreachable { .. }
                    | MeasureError::NotTheServer { .. }
                    | MeasureError::Broken { .. }
            ),
            _ => false,
        }
    }

    /// Stable, in JSON and docs/errors.md.
    pub fn code(&self) -> Code {
        match self {
            Self::Modem(error) => error.code(),
            Self::Store(error) => error.code(),
            Self::RolledBack(_) => Code::CHANGE_ROLLED_BACK,
            Self::NotRestored { .. } => Code::CHANGE_NOT_RESTORED,
            Self::WhichModem(_) => Code::RECOVER_WHICH_MODEM,
            Self::Measure(error) => error.code(),
            Self::NoServer => Code::MEASURE_NO_SERVER,
            Self::RadioOff => Code::MODEM_RADIO_OFF,
            Self::Unnamed => Code::NETWORK_UNNAMED,
            Self::NeverLeft(_) => Code::CHANGE_NEVER_LEFT,
            Self::Nobody => Code::NETWORK_NOBODY,
            Self::NothingCompared { .. } => Code::SCAN_NOTHING_COMPARED,
            Self::NotInHistory { .. } => Code::HISTORY_NOT_FOUND,
            Self::SendRefused { .. } => Code::SEND_REFUSED,
            Self::SendLeft { .. } => Code::SEND_LEFT,
            Self::Interrupted => Code::INTERRUPTED,
        }
    }

    /// The exit status of the contract.
    pub fn exit(&self) -> u8 {
        self.code().exit()
    }

    /// The values its sentence needs.
    pub fn values(&self) -> Vec<(&'static str, Value)> {
        match self {
            Self::Modem(error) => error.values(),
            Self::Store(error) => error.values(),
            Self::RolledBack(failed) | Self::NeverLeft(failed) => failed.values(),
            Self::NotRestored { failed, journal } => {
                let mut values = failed.values();
                values.push(("journal", json!(journal)));
                values
            }
            Self::WhichModem(change) => {
                vec![("since", json!(change.at)), ("modem", json!(change.imei))]
            }
            Self::Measure(error) => error.values(),
            Self::NotInHistory { wanted, places } => {
                let places = Some(places).filter(|places| !places.is_empty());
                vec![("wanted", json!(wanted)), ("candidates", json!(places))]
            }
            Self::SendRefused { count, folder } => {
                vec![("count", json!(count)), ("file", json!(folder))]
            }
            Self::SendLeft { count } => vec![("count", json!(count))],
            Self::NothingCompared { only } => vec![("carrier", json!(only))],
            Self::NoServer | Self::Nobody | Self::RadioOff | Self::Unnamed | Self::Interrupted => {
                Vec::new()
            }
        }
    }
}
