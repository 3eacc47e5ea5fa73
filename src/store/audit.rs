//! The audit log: who changed what, when, why, and how it ended; and what a person forced past the guard. JSON lines, added to and never rewritten.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Error, Store, file};
use crate::domain::Plmn;
use crate::os::files::{self as plain, Links};

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

/// The user as the log names them, by number, since a name can be claimed: `marie (uid 1000)`; and the one who logged in,
/// where that is another: `root (uid 0), logged in as marie (uid 1000)`. The environment is not asked.
pub fn who() -> String {
    let own = rustix::process::getuid().as_raw();
    let users = text("/etc/passwd");
    let login = text("/proc/self/loginuid").trim().parse().ok();
    // Where the kernel was not told, root's word is taken for it: root could write the log by hand too.
    let claimed = || std::env::var("SUDO_UID").ok()?.parse().ok();
    let behind = login.filter(|uid| *uid != NOBODY);
    let behind = behind.or_else(|| claimed().filter(|_| own == 0));
    described(own, behind, &users)
}

/// By which the kernel says that nobody logged in: a service, a container.
const NOBODY: u32 = u32::MAX;

fn described(own: u32, behind: Option<u32>, users: &str) -> String {
    let named = |uid: u32| match name_of(uid, users) {
        Some(name) => format!("{name} (uid {uid})"),
        None => format!("uid {uid}"),
    };
    match behind.filter(|uid| *uid != own) {
        Some(behind) => format!("{}, logged in as {}", named(own), named(behind)),
        None => named(own),
    }
}

/// From the machine's own list: a directory service may not answer, and the log is not to wait for it.
fn name_of(uid: u32, users: &str) -> Option<&str> {
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let (name, number) = (fields.next()?, fields.nth(1)?);
        (number.parse() == Ok(uid)).then_some(name)
    })
}

fn text(path: &str) -> String {
    let read = plain::read(Path::new(path), 1 << 20, Links::Followed);
    read.map(|(text, _)| text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_it_was_is_told_by_number_and_by_the_name_that_belongs_to_it() {
        let users = "root:x:0:0:root:/root:/bin/sh\nmarie:x:1000:1000::/home/marie:/bin/sh\n";
        assert_eq!(described(1000, None, users), "marie (uid 1000)");
        assert_eq!(described(1000, Some(1000), users), "marie (uid 1000)");
        assert_eq!(described(7, None, users), "uid 7");
        let sudo = described(0, Some(1000), users);
        assert_eq!(sudo, "root (uid 0), logged in as marie (uid 1000)");
    }

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
