//! The audit log: who changed what, when, why, and how it ended; and what a person forced past the guard. JSON lines, added to and never rewritten.

use serde::{Deserialize, Serialize};

use super::{Error, Store, file};
use crate::domain::Plmn;

/// One change, after it ended; a forced command, before it is sent and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// When it ended, RFC 3339.
    pub at: String,
    /// The user, and the one who logged in where that is another.
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
    /// The command line that a person had sent by force, its secrets masked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// `switched`, `rolled_back`, `restored`, `not_restored`, `interrupted`... For `at`: `sending` before the line is
    /// sent, then `ok`, `refused` or `not_answered`.
    pub outcome: String,
}

/// Adds an entry; on disk when this returns.
///
/// # Errors
/// When the disk refuses.
pub fn append(store: &Store, entry: &AuditEntry) -> Result<(), Error> {
    let path = store.audit();
    file::directory(store.root())?;
    let mut line = serde_json::to_vec(entry).map_err(|error| Error::Read {
        path: path.clone(),
        detail: error.to_string(),
    })?;
    line.push(b'\n');
    file::append(&path, &line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_was_torn_does_not_swallow_the_next() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("audit.jsonl");
        std::fs::write(&path, "{\"at\":\"2026-1").unwrap();
        file::append(&path, b"{}\n").unwrap();
        file::append(&path, b"{}\n").unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text, "{\"at\":\"2026-1\n{}\n{}\n");
    }
}
