//! The audit log: who changed what, when, why, and how it ended. JSON lines, added to and never rewritten.

use serde::{Deserialize, Serialize};

use super::{Error, Store, file};
use crate::domain::Plmn;

/// One change, after it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When it ended, RFC 3339.
    pub at: String,
    /// The user, and the one behind `sudo`.
    pub who: String,
    /// `scan`, `switch`, `recover` or `at`.
    pub command: String,
    /// The modem's number, masked.
    pub imei: Option<String>,
    /// The port it was reached at.
    pub port: String,
    /// The network before.
    pub from: Option<Plmn>,
    /// The networks named.
    pub to: Vec<Plmn>,
    /// The network after, where it is known.
    pub after: Option<Plmn>,
    /// Why, in the person's words.
    pub reason: Option<String>,
    /// `switched`, `rolled_back`, `restored`, `not_restored`, `interrupted`...
    pub outcome: String,
}

/// Adds an entry; on disk when this returns.
///
/// # Errors
/// When the disk refuses.
pub fn append(store: &Store, entry: &Entry) -> Result<(), Error> {
    let path = store.audit();
    file::directory(store.root())?;
    let mut line = serde_json::to_vec(entry).map_err(|error| Error::Read {
        path: path.clone(),
        detail: error.to_string(),
    })?;
    line.push(b'\n');
    file::append(&path, &line)
}

/// The user as the log names them: `marie`, or `root (sudo: marie)`.
pub fn who() -> String {
    let uid = rustix::process::getuid();
    let name = std::env::var("USER").or_else(|_| std::env::var("LOGNAME"));
    let name = name.unwrap_or_else(|_| format!("uid {}", uid.as_raw()));
    match std::env::var("SUDO_USER") {
        Ok(behind) if uid.is_root() => format!("{name} (sudo: {behind})"),
        _ => name,
    }
}
