//! One survey: opensim's own command line in a process of its own, in a virtual modem's world; and what it printed, dated
//! and named as the outbox would have.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jiff::Timestamp;
use ring::digest::{SHA256, digest};
use serde_json::Value;

use super::household::Household;
use crate::folder::hex;

/// The first argument by which this program is opensim, so that the demo needs no second one.
pub const AS_OPENSIM: &str = "as-opensim";

/// How many times as fast as real the modem lives; slower where that failed, since its patience shrinks with it.
const PACES: [u32; 3] = [25, 10, 3];

/// What a survey looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Depth {
    /// Speed and a call, over the virtual link.
    Call,
    /// Speed.
    Speed,
    /// Levels.
    Levels,
}

/// A survey to be made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Visit<'a> {
    pub(super) home: &'a Household,
    pub(super) depth: Depth,
    /// When it is said to have been made.
    pub(super) at: Timestamp,
    /// The same in days before the demo's own day.
    pub(super) days_ago: i64,
}

/// A document as a collector would have it.
#[derive(Debug)]
pub(super) struct Letter {
    pub(super) name: String,
    pub(super) text: String,
    /// How often its world was too fast.
    pub(super) retries: usize,
}

impl Visit<'_> {
    /// Makes it in a folder of its own.
    ///
    /// # Errors
    /// When no process can be started, the disk refuses, or opensim made no survey.
    pub(super) fn make(&self, program: &Path, folder: &Path) -> io::Result<Letter> {
        std::fs::create_dir_all(folder)?;
        let made = self.made(program, folder);
        std::fs::remove_dir_all(folder)?;
        made
    }

    fn made(&self, program: &Path, folder: &Path) -> io::Result<Letter> {
        let mut failed = String::new();
        for (retries, pace) in PACES.into_iter().enumerate() {
            let scenario = folder.join("home.toml");
            std::fs::write(&scenario, self.home.scenario(self.days_ago, pace))?;
            let ran = self.command(program, folder, &scenario).output()?;
            // 9: measured, and no carrier suffices.
            if matches!(ran.status.code(), Some(0 | 9)) {
                let (name, text) = dated(&ran.stdout, self.at)?;
                return Ok(Letter {
                    name,
                    text,
                    retries,
                });
            }
            failed = String::from_utf8_lossy(&ran.stdout).into_owned()
                + &String::from_utf8_lossy(&ran.stderr);
        }
        Err(io::Error::other(format!("{}: {failed}", self.home.site)))
    }

    fn command(&self, program: &Path, folder: &Path, scenario: &Path) -> Command {
        let mut modem = std::ffi::OsString::from("sim:");
        modem.push(scenario);
        let mut command = Command::new(program);
        command.arg(AS_OPENSIM).arg("--modem").arg(modem);
        command.args(["--json", "--lang", "en", "scan", "--yes", "--no-history"]);
        match self.depth {
            Depth::Call => {}
            Depth::Speed => drop(command.arg("--no-voice")),
            Depth::Levels => drop(command.arg("--no-measure")),
        }
        // Nothing of the person's own is read or written.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("OPENSIM") {
                command.env_remove(name);
            }
        }
        let own = |name: &str| -> PathBuf { folder.join(name) };
        command
            .env("HOME", folder)
            .env("XDG_CONFIG_HOME", own("config"))
            .env("XDG_STATE_HOME", own("state"))
            .env("XDG_DATA_HOME", own("data"))
            .env("XDG_CACHE_HOME", own("cache"))
            .stdin(Stdio::null());
        command
    }
}

/// A document under another date, as compact as the outbox has it, and the name that it has there.
fn dated(document: &[u8], at: Timestamp) -> io::Result<(String, String)> {
    let mut document: Value = serde_json::from_slice(document)?;
    let Some(held) = document.get_mut("at") else {
        return Err(io::Error::other("a document without its date"));
    };
    *held = Value::String(at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
    // Where the demo's world lies is nobody's affair.
    if let Some(port) = document.pointer_mut("/modem/port") {
        *port = Value::String("sim".to_owned());
    }
    let text = document.to_string();
    let hash = digest(&SHA256, text.as_bytes());
    let hash = hex(&hash.as_ref()[..8]);
    let name = format!("{}-scan-{hash}.json", at.strftime("%Y%m%dT%H%M%SZ"));
    Ok((name, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_gets_its_date_and_the_name_that_follows_from_its_bytes() {
        let document = br#"{ "schema": "opensim.scan/1", "at": "2026-11-28T07:34:30Z", "modem": { "port": "sim:/tmp/x" } }"#;
        let at: Timestamp = "2026-10-30T09:12:05Z".parse().expect("a time");
        let (name, text) = dated(document, at).expect("a document");
        assert_eq!(
            text,
            r#"{"at":"2026-10-30T09:12:05Z","modem":{"port":"sim"},"schema":"opensim.scan/1"}"#
        );
        let hash = digest(&SHA256, text.as_bytes());
        let hash = u64::from_be_bytes(hash.as_ref()[..8].try_into().expect("eight"));
        assert_eq!(name, format!("20261030T091205Z-scan-{hash:016x}.json"));
        assert!(dated(b"{}", at).is_err() && dated(b"noise", at).is_err());
    }
}
