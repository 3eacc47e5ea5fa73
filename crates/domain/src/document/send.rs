//! `opensim.send/1`: what went to the operator's collector, or would go.

use serde::{Deserialize, Serialize};

use super::{Body, Fault, HistoryKind, Note, Word};

/// What `opensim send` gives.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Sending {
    /// The collector's folder; `null` where none is configured.
    pub collector: Option<String>,
    /// Whether it was only asked what would go.
    pub dry_run: bool,
    /// Every document that waited, the oldest first.
    pub documents: Vec<SentRow>,
    /// What a user should know.
    pub warnings: Vec<Note>,
}

impl Body for Sending {
    const SCHEMA: &'static str = "opensim.send/1";

    fn warnings(&mut self) -> Option<&mut Vec<Note>> {
        Some(&mut self.warnings)
    }

    fn notes(&mut self) -> Vec<&mut Note> {
        self.warnings.iter_mut().collect()
    }

    fn faults(&mut self) -> Vec<&mut Fault> {
        self.documents
            .iter_mut()
            .filter_map(|row| row.error.as_mut())
            .collect()
    }
}

/// A document that waited in the outbox.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SentRow {
    /// Its file's name, which is its name on the collector too.
    pub file: String,
    /// What it is; `null` where it cannot be read.
    pub kind: Option<Word<HistoryKind>>,
    /// When it was made, UTC, RFC 3339; `null` where it cannot be read.
    pub at: Option<String>,
    /// Its size.
    pub bytes: u64,
    /// What became of it.
    pub outcome: Word<SendOutcome>,
    /// The status of the collector's answer; `null` where none came.
    pub status: Option<u16>,
    /// What the collector said of a refusal, in its own words.
    pub reason: Option<String>,
    /// What went wrong on the way there.
    pub error: Option<Fault>,
}

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SendOutcome {
    /// It would be sent.
    Waiting,
    /// The collector has it, and it waits no more.
    Sent,
    /// The collector refused it, and it was put aside.
    Refused,
    /// It was not sent, and waits for the next time.
    Left,
}
