//! Why no modem was opened.

use serde_json::{Value, json};

use crate::domain::codes::Code;
use crate::link::discover::{PickError, Survey};
use crate::modem::Error;
use crate::sim::scenario::Problem;
use crate::sim::{Scenario, ScenarioError};

/// Why there is no modem.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The word is none of the kinds that `--modem` takes.
    #[error("not a modem: {0:?}")]
    Spec(String),
    /// The scenario cannot be played.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// A quirk of a virtual modem is none, or cannot be so.
    #[error("--quirk {quirk}: {problem}")]
    Quirk {
        /// As it was given.
        quirk: String,
        /// What is wrong with it.
        problem: Problem,
    },
    /// No built-in scenario has this name.
    #[error("no scenario {0:?}")]
    NoScenario(String),
    /// A trace cannot be read or written.
    #[error("{file}: {detail}")]
    File {
        /// Which.
        file: String,
        /// Why.
        detail: String,
    },
    /// The modem, or the way to it.
    #[error(transparent)]
    Modem(#[from] Error),
}

impl OpenError {
    /// Stable, in JSON and docs/errors.md.
    pub fn code(&self) -> Code {
        match self {
            Self::Spec(_) | Self::Quirk { .. } => Code::USAGE_INVALID,
            Self::Scenario(_) | Self::NoScenario(_) => Code::USAGE_SCENARIO,
            Self::File { .. } => Code::USAGE_FILE,
            Self::Modem(error) => error.code(),
        }
    }

    /// The values its sentence needs.
    pub fn values(&self) -> Vec<(&'static str, Value)> {
        match self {
            Self::Spec(word) => vec![("detail", json!(format!("--modem {word}")))],
            // The virtual modem's words are nobody's language: they stand as a quotation.
            Self::Quirk { quirk, problem } => {
                vec![("detail", json!(format!("--quirk {quirk}: \"{problem}\"")))]
            }
            Self::Scenario(error) => {
                let names: Vec<&str> = Scenario::names().collect();
                vec![
                    ("file", json!(error.origin)),
                    ("detail", json!(error.to_string())),
                    ("candidates", json!(names)),
                ]
            }
            Self::NoScenario(name) => {
                let names: Vec<&str> = Scenario::names().collect();
                vec![
                    ("file", json!(name)),
                    ("detail", json!(null)),
                    ("candidates", json!(names)),
                ]
            }
            Self::File { file, detail } => vec![("file", json!(file)), ("detail", json!(detail))],
            Self::Modem(error) => error.values(),
        }
    }
}

/// Why none was picked of those there are.
pub(super) fn pick_error(error: PickError, survey: &Survey) -> Error {
    let why = |id: &str| {
        let stick = survey.unusable.iter().find(|stick| stick.id == id);
        stick.cloned().map(Box::new)
    };
    match error {
        PickError::None => Error::None {
            unusable: survey.unusable.clone(),
        },
        PickError::Several(ids) => Error::Several(ids),
        PickError::Absent { wanted, found } => match why(&wanted) {
            Some(stick) => Error::NoAtPort {
                id: wanted,
                why: Some(stick),
            },
            None => Error::Absent {
                wanted,
                found,
                unusable: survey.unusable.clone(),
            },
        },
        PickError::NoAtPort { id } => {
            let why = why(&id);
            Error::NoAtPort { id, why }
        }
        PickError::Diagnostics { port, instead } => Error::Diagnostics { port, instead },
    }
}
