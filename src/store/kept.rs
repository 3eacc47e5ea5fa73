//! The last conversation of each command that support asks about after the fact, with the document it gave.
//!
//! A scan that went wrong yesterday cannot be made again today. So what the modem said, masked as every trace is, and what
//! came of it are kept: one of each command, each bounded, its owner's alone, in the place of the one before.

use super::{Error, Store, file};
use crate::os::files::{self, Links};

/// Where they are, under the root.
const LAST: &str = "last";
/// The commands whose last is kept, by the names of their documents.
const COMMANDS: &[&str] = &["scan", "switch", "recover", "measure", "status", "error"];
/// The longest conversation or document that is read again.
const LONGEST: u64 = 4_000_000;

/// What is kept of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The command's name.
    pub command: String,
    /// The conversation, a trace; `None` where there was none.
    pub trace: Option<String>,
    /// The document, JSON without words.
    pub document: Option<String>,
}

impl Store {
    /// Keeps this in the place of what was kept of the same command; nothing of a command that is none of those.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn keep(&self, kept: &Kept) -> Result<(), Error> {
        if !COMMANDS.contains(&kept.command.as_str()) {
            return Ok(());
        }
        for (ending, text) in [("at", &kept.trace), ("json", &kept.document)] {
            let path = self
                .root
                .join(LAST)
                .join(format!("{}.{ending}", kept.command));
            match text {
                Some(text) => drop(file::replace(&path, text.as_bytes(), None)?),
                None => file::remove(&path)?,
            }
        }
        Ok(())
    }

    /// All that is kept and can be read.
    pub fn kept(&self) -> Vec<Kept> {
        let read = |command: &str, ending: &str| {
            let path = self.root.join(LAST).join(format!("{command}.{ending}"));
            let read = files::read(&path, LONGEST, Links::Refused);
            read.ok().map(|(text, _)| text)
        };
        let all = COMMANDS.iter().map(|command| Kept {
            command: (*command).to_owned(),
            trace: read(command, "at"),
            document: read(command, "json"),
        });
        all.filter(|kept| kept.trace.is_some() || kept.document.is_some())
            .collect()
    }

    /// The last lines of the log of changes.
    pub fn last_changes(&self, most: usize) -> Vec<String> {
        let read = files::read(&self.audit(), LONGEST, Links::Refused);
        let text = read.map(|(text, _)| text).unwrap_or_default();
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines[lines.len().saturating_sub(most)..].to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_a_command_is_kept_for_its_owner_and_another_takes_its_place() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let store = Store::at(dir.path());
        let kept = |command: &str, trace: Option<&str>| Kept {
            command: command.to_owned(),
            trace: trace.map(str::to_owned),
            document: Some("{}".to_owned()),
        };
        assert_eq!(store.kept(), []);
        store.keep(&kept("scan", Some("> AT\n"))).unwrap();
        store.keep(&kept("../scan", Some("> AT\n"))).unwrap();
        let mode = dir.path().join("last/scan.at").metadata().unwrap();
        assert_eq!(mode.permissions().mode() & 0o777, 0o600);
        assert_eq!(store.kept(), [kept("scan", Some("> AT\n"))]);
        store.keep(&kept("scan", None)).unwrap();
        assert_eq!(store.kept(), [kept("scan", None)]);
    }
}
