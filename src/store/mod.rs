//! What opensim keeps on disk: the journal of a change under way, the audit log of changes, the
//! history, and the outbox.
//!
//! It keeps and gives back; it decides nothing. Everything is under one directory of mode 0700, files 0600:
//! `$XDG_STATE_HOME/opensim`, or `/var/lib/opensim` where there is no home; `%LOCALAPPDATA%\opensim` on Windows.

mod audit;
pub mod bundle;
mod file;
pub mod history;
mod journal;
mod kept;
pub mod outbox;
mod place;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::domain::codes::Code;
use crate::os::fault;
use crate::os::files::folders;
pub use crate::os::process::who;
pub use audit::{AuditEntry, append};
pub use journal::{Change, Done, Journal, Lock, of_numbered, pending};
pub use kept::Kept;

/// What can go wrong with the disk.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or directory could not be written; nothing was sent to the modem after it.
    #[error("cannot write {path}: {source}")]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file could not be read or is not what it should be.
    #[error("cannot read {path}: {detail}")]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        detail: String,
    },
    /// A journal of another version; what it says is not known, so it is kept and nothing is changed.
    #[error("{path} is of another version ({schema})")]
    Schema {
        /// Which.
        path: PathBuf,
        /// What it says it is.
        schema: String,
    },
    /// The system refused the lock: not because another has it. Without it nothing is changed.
    #[error("cannot lock {path}: {source}")]
    Lock {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The history cannot be opened, read or written. What it was to keep, or is asked for, is not touched by that.
    #[error("the history {path}: {detail}")]
    History {
        /// Its file.
        path: PathBuf,
        /// Why.
        detail: String,
    },
    /// Another opensim is sending what waits.
    #[error("another opensim has the outbox (lock {path})")]
    OutboxInUse {
        /// Its lock.
        path: PathBuf,
    },
    /// Another opensim is changing this modem.
    #[error("another opensim is changing this modem (lock {path})")]
    UnderWay {
        /// Its lock.
        path: PathBuf,
    },
}

/// Where the journals are, under the root.
const CHANGES: &str = "changes";

/// The directory of everything that is kept.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
}

impl Store {
    /// The user's own directory.
    pub fn of_user() -> Self {
        Self {
            root: folders::state("opensim"),
        }
    }

    /// Another directory.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    fn journal(&self, modem: &ModemKey) -> PathBuf {
        self.root.join(CHANGES).join(format!("{}.json", modem.name))
    }

    fn lock(&self, modem: &ModemKey) -> PathBuf {
        self.root.join(CHANGES).join(format!("{}.lock", modem.name))
    }

    /// The audit log's file.
    pub fn audit(&self) -> PathBuf {
        self.root.join("audit.jsonl")
    }

    /// The folder of what waits to be sent.
    pub fn outbox(&self) -> PathBuf {
        self.root.join("outbox")
    }

    pub(crate) fn history(&self) -> PathBuf {
        self.root.join("history.db")
    }

    fn root(&self) -> &Path {
        &self.root
    }
}

/// How one modem is known on the disk: by its own number, where it tells one, and the place that it is plugged in at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModemKey {
    /// Of its number, or of its port where it tells none.
    stem: String,
    /// The file name: the stem, with the place where that is known.
    name: String,
    /// Whether it tells its number.
    numbered: bool,
    place: Option<String>,
    port: String,
}

impl ModemKey {
    /// From the modem's own number where it is known, from its port otherwise. Digests (FNV-1a), so that a listing of
    /// the directory names no equipment; they hide nothing from somebody who has the number.
    pub fn new(imei: Option<&crate::domain::Imei>, port: &str) -> Self {
        Self::among(imei, port, &place::plugged_in())
    }

    fn among(
        imei: Option<&crate::domain::Imei>,
        port: &str,
        found: &[crate::link::discover::FoundModem],
    ) -> Self {
        let number = imei.map(|imei| format!("imei {}", imei.reveal()));
        let of = number.clone().unwrap_or_else(|| format!("port {port}"));
        let stem = format!("modem-{:016x}", digest(&of));
        let place = place::of(port, found);
        let name = match place.as_deref().filter(|_| number.is_some()) {
            Some(place) => format!("{stem}-{:016x}", digest(&place::name(place))),
            None => stem.clone(),
        };
        Self {
            stem,
            name,
            numbered: number.is_some(),
            place,
            port: port.to_owned(),
        }
    }
}

/// Bytes as two digits each.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

impl Error {
    /// Stable, in JSON and docs/errors.md.
    pub fn code(&self) -> Code {
        match self {
            Self::Write { .. } => Code::STORE_WRITE,
            Self::Read { .. } => Code::STORE_READ,
            Self::Schema { .. } => Code::STORE_UNKNOWN_SCHEMA,
            Self::Lock { .. } => Code::STORE_LOCK,
            Self::History { .. } => Code::HISTORY_UNAVAILABLE,
            Self::OutboxInUse { .. } => Code::SEND_UNDER_WAY,
            Self::UnderWay { .. } => Code::CHANGE_UNDER_WAY,
        }
    }

    /// The values its sentence needs.
    pub fn values(&self) -> Vec<(&'static str, Value)> {
        match self {
            Self::Write { path, source } | Self::Lock { path, source } => {
                vec![
                    ("file", json!(path)),
                    ("detail", json!(fault::detail(source))),
                ]
            }
            Self::Read { path, detail } | Self::History { path, detail } => {
                vec![("file", json!(path)), ("detail", json!(detail))]
            }
            Self::Schema { path, schema } => {
                vec![("file", json!(path)), ("schema", json!(schema))]
            }
            Self::UnderWay { path } | Self::OutboxInUse { path } => vec![("file", json!(path))],
        }
    }
}
