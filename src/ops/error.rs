//! How a use case fails.

use std::path::PathBuf;

use crate::modem;
use crate::store;

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
    #[error("the change failed, the former carrier is back: {0}")]
    RolledBack(modem::Error),
    /// The change failed and the former carrier is not back.
    #[error("the change failed, the former carrier is not back: {cause}")]
    NotRestored {
        /// What made it fail.
        cause: Box<modem::Error>,
        /// What `recover` works from.
        journal: PathBuf,
    },
    /// The person stopped it; the modem is where it was.
    #[error("interrupted")]
    Interrupted,
}

impl Error {
    /// Stable, in JSON and docs/errors.md.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Modem(error) => error.code(),
            Self::Store(error) => error.code(),
            Self::RolledBack(_) => "change.rolled_back",
            Self::NotRestored { .. } => "change.not_restored",
            Self::Interrupted => "interrupted",
        }
    }

    /// The values its sentence needs.
    pub fn values(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Modem(error) => error.values(),
            Self::Store(error) => error.values(),
            Self::RolledBack(cause) => vec![("cause", cause.code().to_owned())],
            Self::NotRestored { cause, journal } => {
                vec![("cause", cause.code().to_owned()), ("journal", journal.display().to_string())]
            }
            Self::Interrupted => Vec::new(),
        }
    }
}
