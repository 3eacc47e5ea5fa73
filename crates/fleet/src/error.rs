//! The one facade over what makes a command fail: a stable code, the values of its sentence, an exit status.
//!
//! The words are in the catalogues under `error-CODE` and `hint-CODE` (a dash for each dot). The exit statuses are those of
//! `opensim`: 1 the disk or a bug, 2 what was typed, 4 in use by another, 9 measured and not good enough.

use std::io;
use std::path::{Path, PathBuf};

use opensim_domain::codes::Code;
use opensim_domain::document::Values;
use opensim_os::fault;
use serde_json::{Value, json};

/// Whatever made a command fail.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The command line is not one.
    #[error("usage: {0}")]
    Usage(String),
    /// There is no fleet in the folder.
    #[error("{folder}: no fleet")]
    NoFleet {
        /// Where it was looked for.
        folder: PathBuf,
    },
    /// The fleet's settings cannot be used.
    #[error("{file}: {detail}")]
    Settings {
        /// Which file.
        file: PathBuf,
        /// What is wrong.
        detail: String,
    },
    /// The fleet was made by a newer version.
    #[error("{file}: layout {layout}")]
    Layout {
        /// Which file says so.
        file: PathBuf,
        /// Its number.
        layout: i64,
    },
    /// The fleet's key is missing, not a key, or open to others.
    #[error("{file}: {detail}")]
    Key {
        /// Which file.
        file: PathBuf,
        /// What is wrong.
        detail: String,
    },
    /// Another one is writing to the fleet.
    #[error("{file}: in use")]
    InUse {
        /// The lock.
        file: PathBuf,
    },
    /// A file that was named cannot be used.
    #[error("{file}: {detail}")]
    File {
        /// Which.
        file: PathBuf,
        /// Why.
        detail: String,
    },
    /// A line of the registry of sites is not one.
    #[error("{file}:{line}: {detail}")]
    Registry {
        /// Which file.
        file: PathBuf,
        /// Which line, from 1.
        line: u64,
        /// What is wrong: a code of `fleet-registry-…`.
        detail: &'static str,
    },
    /// What was given is no site's number.
    #[error("{site}: no site")]
    Site {
        /// What was given.
        site: String,
    },
    /// No such site is registered.
    #[error("{site}: not registered")]
    SiteUnknown {
        /// Which.
        site: String,
    },
    /// What was given is no month.
    #[error("{month}: no month")]
    Month {
        /// What was given.
        month: String,
    },
    /// Something would be removed for good, and nobody agreed.
    #[error("consent needed")]
    Consent,
    /// What the fleet holds cannot be read.
    #[error("{file}: {detail}")]
    Read {
        /// Which file.
        file: PathBuf,
        /// Why.
        detail: String,
    },
    /// The fleet's folder takes nothing.
    #[error("{file}: {detail}")]
    Write {
        /// Which file.
        file: PathBuf,
        /// Why.
        detail: String,
    },
    /// Files of months are damaged.
    #[error("{} damaged files", files.len())]
    Torn {
        /// Which.
        files: Vec<PathBuf>,
        /// What is wrong with the first.
        detail: String,
        /// The first one's month.
        month: String,
    },
    /// A file of documents is damaged.
    #[error("{file}: {detail}")]
    Damaged {
        /// Which file.
        file: PathBuf,
        /// What is wrong.
        detail: String,
    },
    /// Rows of a site are still there after they were removed.
    #[error("{site}: {rows} left")]
    NotForgotten {
        /// Which.
        site: String,
        /// How many.
        rows: u64,
    },
    /// More of what came in cannot be used than may be.
    #[error("{quarantined} of {documents} quarantined")]
    Quarantined {
        /// How many cannot be used.
        quarantined: u64,
        /// Of how many.
        documents: u64,
    },
    /// No question has this name.
    #[error("{name}: no question")]
    Question {
        /// What was given.
        name: String,
    },
    /// What was given is not what a question can be asked about.
    #[error("--{option} {value}")]
    Value {
        /// Which option.
        option: &'static str,
        /// What was given.
        value: String,
    },
    /// The question cannot do without an option.
    #[error("--{option} missing")]
    Missing {
        /// Which option.
        option: &'static str,
    },
    /// What was given is not one query that reads.
    #[error("no query: {why}")]
    Statement {
        /// A code of `fleet-statement-…`.
        why: &'static str,
    },
    /// The engine did not take the query of a person.
    #[error("{engine}: {detail}")]
    Sql {
        /// Which engine.
        engine: &'static str,
        /// In its words.
        detail: String,
    },
    /// The engine's program is not there.
    #[error("{engine}: absent")]
    EngineAbsent {
        /// Which engine.
        engine: &'static str,
    },
    /// The engine ended without an answer.
    #[error("{engine}: {detail}")]
    EngineFailed {
        /// Which engine.
        engine: &'static str,
        /// In its words.
        detail: String,
    },
    /// The engine printed something that is no row.
    #[error("{engine}: {line}")]
    EngineGarbage {
        /// Which engine.
        engine: &'static str,
        /// What it printed.
        line: String,
    },
    /// The engine took longer than it may.
    #[error("{engine}: more than {seconds} s")]
    EngineDeadline {
        /// Which engine.
        engine: &'static str,
        /// How long it may.
        seconds: u64,
    },
    /// No home of the registry is this partner's.
    #[error("{partner}: no partner")]
    Partner {
        /// Which.
        partner: String,
    },
    /// A virtual home could not be surveyed.
    #[error("demo: {detail}")]
    DemoFailed {
        /// Why.
        detail: String,
    },
    /// The folder that the demo is to make is there.
    #[error("{file}: there already")]
    DemoThere {
        /// Which.
        file: PathBuf,
    },
    /// The result could not be written to standard output.
    #[error("standard output: {0}")]
    Output(io::Error),
}

impl Error {
    /// What the disk said when the fleet's file was read.
    pub fn read(file: &Path, error: &io::Error) -> Self {
        Self::Read {
            file: file.to_owned(),
            detail: fault::detail(error),
        }
    }

    /// What the disk said when the fleet's file was written.
    pub fn write(file: &Path, error: &io::Error) -> Self {
        Self::Write {
            file: file.to_owned(),
            detail: fault::detail(error),
        }
    }

    /// What the disk said of a file that a person named.
    pub fn file(file: &Path, error: &io::Error) -> Self {
        Self::File {
            file: file.to_owned(),
            detail: fault::detail(error),
        }
    }

    /// A month's file that is damaged.
    pub fn torn(file: &Path, detail: String) -> Self {
        let folder = file.parent().and_then(Path::file_name);
        let folder = folder.unwrap_or_default().to_string_lossy();
        Self::Torn {
            files: vec![file.to_owned()],
            detail,
            month: folder.trim_start_matches("month=").to_owned(),
        }
    }

    /// A day's file that is damaged.
    pub fn damaged(file: &Path, detail: &str) -> Self {
        Self::Damaged {
            file: file.to_owned(),
            detail: detail.to_owned(),
        }
    }

    /// Stable, in JSON.
    pub fn code(&self) -> &'static str {
        self.row().0
    }

    /// The exit status of a command that ends with it.
    pub fn exit(&self) -> u8 {
        self.row().1
    }

    /// The code and the exit status.
    fn row(&self) -> (&'static str, u8) {
        // What opensim has a code for already.
        let of = |code: Code| (code.as_str(), code.exit());
        match self {
            Self::Usage(_) => of(Code::USAGE_INVALID),
            Self::NoFleet { .. } => ("fleet.absent", 2),
            Self::Settings { .. } => ("fleet.settings", 2),
            Self::Layout { .. } => ("fleet.layout", 2),
            Self::Key { .. } => ("fleet.key", 2),
            Self::InUse { .. } => ("fleet.in_use", 4),
            Self::File { .. } => of(Code::USAGE_FILE),
            Self::Registry { .. } => ("fleet.registry", 2),
            Self::Site { .. } => ("fleet.site", 2),
            Self::SiteUnknown { .. } => ("fleet.site_unknown", 2),
            Self::Month { .. } => ("fleet.month", 2),
            Self::Consent => ("fleet.consent", 2),
            Self::Read { .. } => ("fleet.read", 1),
            Self::Write { .. } => ("fleet.write", 1),
            Self::Torn { .. } => ("fleet.torn", 1),
            Self::Damaged { .. } => ("fleet.damaged", 1),
            Self::NotForgotten { .. } => ("fleet.not_forgotten", 1),
            Self::Quarantined { .. } => ("fleet.quarantined", 9),
            Self::Question { .. } => ("fleet.question", 2),
            Self::Value { .. } => ("fleet.value", 2),
            Self::Missing { .. } => ("fleet.missing", 2),
            Self::Statement { .. } => ("fleet.statement", 2),
            Self::Sql { .. } => ("fleet.sql", 2),
            Self::EngineAbsent { .. } => ("fleet.engine_absent", 2),
            Self::EngineFailed { .. } => ("fleet.engine_failed", 1),
            Self::EngineGarbage { .. } => ("fleet.engine_garbage", 1),
            Self::EngineDeadline { .. } => ("fleet.engine_deadline", 1),
            Self::Partner { .. } => ("fleet.partner_unknown", 2),
            Self::DemoFailed { .. } => ("fleet.demo_failed", 1),
            Self::DemoThere { .. } => ("fleet.demo_there", 2),
            Self::Output(_) => of(Code::OUTPUT_NOT_WRITTEN),
        }
    }

    /// The values that its sentence needs.
    pub fn values(&self) -> Values {
        let of = |path: &Path| json!(path.display().to_string());
        let values: Vec<(&str, Value)> = match self {
            Self::Usage(detail) => vec![("detail", json!(detail))],
            Self::NoFleet { folder } => vec![("file", of(folder))],
            Self::Layout { file, layout } => vec![("file", of(file)), ("layout", json!(layout))],
            Self::InUse { file } | Self::DemoThere { file } => vec![("file", of(file))],
            Self::Settings { file, detail }
            | Self::Key { file, detail }
            | Self::File { file, detail }
            | Self::Read { file, detail }
            | Self::Damaged { file, detail }
            | Self::Write { file, detail } => vec![("file", of(file)), ("detail", json!(detail))],
            Self::Registry { file, line, detail } => vec![
                ("file", of(file)),
                ("line", json!(line)),
                ("why", json!(detail)),
            ],
            Self::Site { site } | Self::SiteUnknown { site } => vec![("site", json!(site))],
            Self::Month { month } => vec![("month", json!(month))],
            Self::Consent => Vec::new(),
            Self::Torn {
                files,
                detail,
                month,
            } => vec![
                ("file", json!(files.first().map(|f| of(f)))),
                (
                    "files",
                    json!(files.iter().map(|f| of(f)).collect::<Vec<_>>()),
                ),
                ("count", json!(files.len())),
                ("detail", json!(detail)),
                ("month", json!(month)),
            ],
            Self::NotForgotten { site, rows } => {
                vec![("site", json!(site)), ("count", json!(rows))]
            }
            Self::Quarantined {
                quarantined,
                documents,
            } => vec![
                ("quarantined", json!(quarantined)),
                ("count", json!(documents)),
            ],
            Self::Question { name } => vec![("name", json!(name))],
            Self::Value { option, value } => {
                vec![("option", json!(option)), ("value", json!(value))]
            }
            Self::Missing { option } => vec![("option", json!(option))],
            Self::Statement { why } => vec![("why", json!(why))],
            Self::EngineAbsent { engine } => vec![("engine", json!(engine))],
            Self::Sql { engine, detail } | Self::EngineFailed { engine, detail } => {
                vec![("engine", json!(engine)), ("detail", json!(detail))]
            }
            Self::EngineGarbage { engine, line } => {
                vec![("engine", json!(engine)), ("line", json!(line))]
            }
            Self::EngineDeadline { engine, seconds } => {
                vec![("engine", json!(engine)), ("seconds", json!(seconds))]
            }
            Self::Partner { partner } => vec![("name", json!(partner))],
            Self::DemoFailed { detail } => vec![("said", json!(detail))],
            Self::Output(error) => vec![("detail", json!(fault::detail(error)))],
        };
        let owned = values
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value));
        owned.collect()
    }
}
