//! The one facade over the rooms' errors: a stable code, the values of its sentence, an exit status.
//!
//! The words are in the catalogues, under `error-CODE` and `hint-CODE`; docs/errors.md has a row for each code.

use serde_json::{Value, json};

use crate::domain::carrier::NotACarrier;
use crate::domain::exit::exit_of;
use crate::modem;
use crate::modem::connect::OpenError;
use crate::ops;
use crate::trace::mask;

/// Whatever made a command fail.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The command line is not one.
    #[error("usage: {0}")]
    Usage(String),
    /// A question would have to be asked and nobody is there to answer.
    #[error("consent needed")]
    ConsentNeeded,
    /// The person said no.
    #[error("declined")]
    Declined,
    /// The word is not a carrier.
    #[error("{source}")]
    Carrier {
        /// Why not.
        source: NotACarrier,
        /// The ids of the profile's carriers.
        known: Vec<String>,
    },
    /// A configuration file cannot be used.
    #[error("{file}: {detail}")]
    Config {
        /// Which.
        file: String,
        /// Why.
        detail: String,
    },
    /// A file that was named cannot be read or written.
    #[error("{file}: {detail}")]
    File {
        /// Which.
        file: String,
        /// Why.
        detail: String,
    },
    /// A saved document of no known schema.
    #[error("{file}: unknown schema {schema}")]
    UnknownSchema {
        /// The file.
        file: String,
        /// What it says it is.
        schema: String,
    },
    /// The measurement server cannot listen there.
    #[error("{address}: {detail}")]
    Listen {
        /// Where.
        address: String,
        /// Why.
        detail: String,
    },
    /// The modem could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A use case failed.
    #[error(transparent)]
    Ops(#[from] ops::Error),
    /// The system gives no thread, or nothing to wait with.
    #[error("system: {0}")]
    System(std::io::Error),
    /// opensim fell over its own feet.
    #[error("panic: {0}")]
    Bug(String),
}

impl From<modem::Error> for Error {
    fn from(error: modem::Error) -> Self {
        Self::Ops(error.into())
    }
}

impl Error {
    /// Stable, in JSON and docs/errors.md.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Usage(_) => "usage.invalid",
            Self::ConsentNeeded => "usage.consent_needed",
            Self::Declined => "usage.declined",
            Self::Carrier {
                source: NotACarrier::Automatic(_),
                ..
            } => "usage.carrier_automatic",
            Self::Carrier {
                source: NotACarrier::Unknown(_),
                ..
            } => "usage.carrier_unknown",
            Self::Config { .. } => "usage.config",
            Self::File { .. } => "usage.file",
            Self::UnknownSchema { .. } => "report.unknown_schema",
            Self::Listen { .. } => "serve.listen",
            Self::Open(error) => error.code(),
            Self::Ops(error) => error.code(),
            Self::System(_) => "system.refused",
            Self::Bug(_) => "internal.bug",
        }
    }

    /// The values its sentence needs. Unknown is null.
    pub fn values(&self) -> Vec<(&'static str, Value)> {
        match self {
            Self::Usage(detail) | Self::Bug(detail) => vec![("detail", json!(detail))],
            Self::ConsentNeeded | Self::Declined => Vec::new(),
            Self::Carrier { source, known } => {
                let (NotACarrier::Automatic(word) | NotACarrier::Unknown(word)) = source;
                vec![("carrier", json!(word)), ("candidates", json!(known))]
            }
            Self::Config { file, detail } | Self::File { file, detail } => {
                vec![("file", json!(file)), ("detail", json!(detail))]
            }
            Self::UnknownSchema { file, schema } => {
                vec![("file", json!(file)), ("detail", json!(schema))]
            }
            Self::Listen { address, detail } => {
                vec![("address", json!(address)), ("detail", json!(detail))]
            }
            Self::Open(error) => error.values(),
            Self::Ops(error) => error.values(),
            Self::System(error) => vec![("detail", json!(error.to_string()))],
        }
    }

    /// The exit status of the contract.
    pub fn exit(&self) -> u8 {
        exit_of(self.code())
    }

    /// As a document carries it; its words come later.
    pub fn fault(&self) -> crate::document::Fault {
        let values = self
            .values()
            .into_iter()
            .map(|(name, value)| (name.to_owned(), mask::error_value(name, value)))
            .collect();
        crate::document::Fault {
            code: self.code().to_owned(),
            message: String::new(),
            hint: None,
            values,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::exit::EXITS;

    #[test]
    fn the_facade_and_the_catalogues_know_the_same_codes() {
        let words: std::collections::BTreeSet<&str> = crate::i18n::ERRORS.iter().copied().collect();
        let exits = EXITS.iter().map(|(code, _)| *code).collect();
        assert_eq!(words, exits);
    }

    #[test]
    fn each_code_stands_once_and_has_its_row_in_the_docs() {
        let docs = include_str!("../docs/errors.md");
        let mut seen = std::collections::BTreeSet::new();
        for (code, exit) in EXITS {
            assert!(seen.insert(code), "{code} twice");
            let row = docs
                .lines()
                .find(|line| line.starts_with(&format!("| `{code}` |")));
            let row = row.unwrap_or_else(|| panic!("{code} has no row in docs/errors.md"));
            assert!(row.contains(&format!("| {exit} |")), "{code}: {row}");
        }
    }
}
