//! The one facade over the rooms' errors: a stable code, the values of its sentence, an exit status.
//!
//! The words are in the catalogues, under `error-CODE` and `hint-CODE`; [`codes`](crate::domain::codes) has the table.

use serde_json::{Value, json};

use crate::domain::carrier::NotACarrier;
use crate::domain::codes::Code;
use crate::measure::reach::ProfileError;
use crate::modem;
use crate::modem::connect::OpenError;
use crate::ops;
use crate::os::fault;
use crate::store::bundle::BundleError;
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
    /// What is a conversation was asked for where nobody can talk.
    #[error("a terminal is needed")]
    TerminalNeeded,
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
        /// What may have been meant.
        near: Option<String>,
    },
    /// A variable of the environment says what it cannot.
    #[error("{variable}: {detail}")]
    Environment {
        /// Which.
        variable: &'static str,
        /// Why.
        detail: String,
    },
    /// A configuration file cannot be used.
    #[error("{file}: {detail}")]
    Config {
        /// Which.
        file: String,
        /// Where in it, from 1, where it is known.
        line: Option<usize>,
        /// The key, where one is meant: `measure.server`.
        key: Option<String>,
        /// Why.
        detail: String,
    },
    /// What was typed names no server.
    #[error("--{option} {word}")]
    Server {
        /// The option.
        option: String,
        /// What was typed.
        word: String,
        /// What names one.
        forms: String,
        /// What may have been meant.
        suggestion: Option<String>,
    },
    /// What was typed names nothing that could be reached.
    #[error("--check {0}")]
    Target(String),
    /// A VPN's profile cannot be used.
    #[error(transparent)]
    Profile(ProfileError),
    /// A file that was named cannot be read or written.
    #[error("{file}: {detail}")]
    File {
        /// Which.
        file: String,
        /// Why.
        detail: String,
    },
    /// A file's ending is that of no form in which documents are written.
    #[error("{file}: unknown ending {ending}")]
    Ending {
        /// The file.
        file: String,
        /// Its ending.
        ending: String,
    },
    /// What should be a saved document is no JSON.
    #[error("{file}:{line}: no JSON")]
    NotADocument {
        /// The file.
        file: String,
        /// Where it stops being one.
        line: usize,
    },
    /// A saved document is not what its schema says.
    #[error("{file}: {schema}: {detail}")]
    NotOfItsSchema {
        /// The file.
        file: String,
        /// What it says it is.
        schema: String,
        /// What is wrong, in the reader's words for programmers.
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
    /// A document of a kind that the history does not keep.
    #[error("{file}: {schema} is not kept")]
    OtherKind {
        /// The file.
        file: String,
        /// What it says it is.
        schema: String,
    },
    /// No collector is configured.
    #[error("no collector is configured")]
    NoCollector,
    /// Something would be removed for good, and nobody is there to agree.
    #[error("consent to forget needed")]
    ForgetConsent,
    /// A support bundle cannot be read or written.
    #[error("{file}: {source}")]
    Bundle {
        /// Which.
        file: String,
        /// Why.
        source: BundleError,
    },
    /// The measurement server cannot listen there.
    #[error("{address}: {detail}")]
    Listen {
        /// Where.
        address: String,
        /// Why.
        detail: String,
    },
    /// This system has no measurement server.
    #[error("no measurement server on this system")]
    NoServing,
    /// This system has nothing that a virtual modem could be offered to other programs on.
    #[error("no pseudo-terminal on this system")]
    NoTerminal,
    /// The modem could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A use case failed.
    #[error(transparent)]
    Ops(#[from] ops::Error),
    /// The result could not be written to standard output.
    #[error("standard output: {0}")]
    Output(std::io::Error),
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
    pub fn code(&self) -> Code {
        match self {
            Self::Usage(_) => Code::USAGE_INVALID,
            Self::ConsentNeeded => Code::USAGE_CONSENT_NEEDED,
            Self::TerminalNeeded => Code::USAGE_TERMINAL_NEEDED,
            Self::Declined => Code::USAGE_DECLINED,
            Self::Carrier {
                source: NotACarrier::Automatic(_),
                ..
            } => Code::USAGE_CARRIER_AUTOMATIC,
            Self::Carrier {
                source: NotACarrier::Unknown(_),
                ..
            } => Code::USAGE_CARRIER_UNKNOWN,
            Self::Environment { .. } => Code::USAGE_ENVIRONMENT,
            Self::Config { .. } => Code::USAGE_CONFIG,
            Self::Server { .. } => Code::USAGE_SERVER,
            Self::Target(_) => Code::USAGE_CHECK,
            Self::Profile(_) => Code::USAGE_PROFILE,
            Self::File { .. } => Code::USAGE_FILE,
            Self::Ending { .. } => Code::USAGE_ENDING,
            Self::NotADocument { .. } => Code::REPORT_NOT_A_DOCUMENT,
            Self::NotOfItsSchema { .. } => Code::REPORT_NOT_OF_ITS_SCHEMA,
            Self::UnknownSchema { .. } => Code::REPORT_UNKNOWN_SCHEMA,
            Self::OtherKind { .. } => Code::HISTORY_OTHER_KIND,
            Self::ForgetConsent => Code::HISTORY_CONSENT,
            Self::NoCollector => Code::SEND_NOT_CONFIGURED,
            Self::Bundle { source, .. } => source.code(),
            Self::Listen { .. } => Code::SERVE_LISTEN,
            Self::NoServing => Code::SERVE_NOT_HERE,
            Self::NoTerminal => Code::SIM_NO_TERMINAL,
            Self::Open(error) => error.code(),
            Self::Ops(error) => error.code(),
            Self::Output(_) => Code::OUTPUT_NOT_WRITTEN,
            Self::System(_) => Code::SYSTEM_REFUSED,
            Self::Bug(_) => Code::INTERNAL_BUG,
        }
    }

    /// The values its sentence needs. Unknown is null.
    pub fn values(&self) -> Vec<(&'static str, Value)> {
        match self {
            Self::Usage(detail) | Self::Bug(detail) => vec![("detail", json!(detail))],
            Self::ConsentNeeded
            | Self::TerminalNeeded
            | Self::ForgetConsent
            | Self::NoCollector
            | Self::NoServing
            | Self::NoTerminal
            | Self::Declined => Vec::new(),
            Self::Carrier {
                source,
                known,
                near,
            } => {
                let (NotACarrier::Automatic(word) | NotACarrier::Unknown(word)) = source;
                let word = Some(word.trim()).filter(|word| !word.is_empty());
                vec![
                    ("carrier", json!(word)),
                    ("candidates", json!(known)),
                    ("suggestion", json!(near)),
                ]
            }
            Self::Environment { variable, detail } => {
                vec![("variable", json!(variable)), ("detail", json!(detail))]
            }
            Self::Config {
                file,
                line,
                key,
                detail,
            } => vec![
                ("file", json!(file)),
                ("line_number", json!(line)),
                ("key", json!(key)),
                ("detail", json!(detail)),
            ],
            Self::File { file, detail } => {
                vec![("file", json!(file)), ("detail", json!(detail))]
            }
            Self::Bundle { file, source } => {
                let mut values = source.values();
                values.push(("file", json!(file)));
                values
            }
            Self::Ending { file, ending } => {
                vec![("file", json!(file)), ("ending", json!(ending))]
            }
            Self::NotADocument { file, line } => {
                vec![("file", json!(file)), ("line_number", json!(line))]
            }
            Self::NotOfItsSchema {
                file,
                schema,
                detail,
            } => vec![
                ("file", json!(file)),
                ("schema", json!(schema)),
                ("detail", json!(detail)),
            ],
            Self::Server {
                option,
                word,
                forms,
                suggestion,
            } => vec![
                ("option", json!(option)),
                ("server", json!(word)),
                ("candidates", json!(forms)),
                ("suggestion", json!(suggestion)),
            ],
            Self::Target(word) => vec![("server", json!(word))],
            Self::Profile(error) => vec![
                ("file", json!(error.file)),
                ("line_number", json!(error.line)),
                ("detail", json!(error.detail)),
            ],
            Self::OtherKind { file, schema } => {
                vec![("file", json!(file)), ("schema", json!(schema))]
            }
            Self::UnknownSchema { file, schema } => {
                vec![("file", json!(file)), ("detail", json!(schema))]
            }
            Self::Listen { address, detail } => {
                vec![("address", json!(address)), ("detail", json!(detail))]
            }
            Self::Open(error) => error.values(),
            Self::Ops(error) => error.values(),
            Self::Output(error) | Self::System(error) => {
                vec![("detail", json!(fault::detail(error)))]
            }
        }
    }

    /// The exit status of the contract.
    pub fn exit(&self) -> u8 {
        self.code().exit()
    }

    /// As a document carries it; its words come later.
    pub fn fault(&self) -> crate::document::Fault {
        let values = self
            .values()
            .into_iter()
            .map(|(name, value)| (name.to_owned(), mask::error_value(name, value)))
            .collect();
        crate::document::Fault::new(self.code(), values)
    }
}
