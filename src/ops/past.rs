//! What becomes history: a finished document is kept, and a history that takes nothing is a warning in it.

use crate::document::{Measure, Note, Scan, Switch};
use crate::domain::codes::Code;
use crate::store::history::{Database, Record};
use crate::store::{Error, Store};

/// A document of which there may be something to look back at.
pub trait Past {
    /// Whether something was found or changed: what was not even begun is no part of a history.
    fn has_happened(&self) -> bool;
}

impl Past for Scan {
    fn has_happened(&self) -> bool {
        !self.carriers.is_empty() || !self.networks.is_empty()
    }
}

impl Past for Switch {
    fn has_happened(&self) -> bool {
        self.outcome.is_some()
    }
}

impl Past for Measure {
    fn has_happened(&self) -> bool {
        !self.links.is_empty()
    }
}

/// Keeps a document, as it is printed, in the history; one of a virtual modem as a demonstration. What was done is done whether it can be kept or not, so whatever
/// goes wrong is a warning.
pub fn keep(store: &Store, printed: &str, is_virtual: bool) -> Vec<Note> {
    let kept = Database::open(store).and_then(|(mut history, set_aside)| {
        let record = Record::of(printed);
        let fresh = record.map_or(Ok(0), |record| {
            history.keep(&[record.of_demonstration(is_virtual)])
        });
        fresh.map(|_| (history.path().display().to_string(), set_aside))
    });
    match kept {
        Ok((_, None)) => Vec::new(),
        Ok((file, Some(aside))) => {
            let note = Note::new(Code::HISTORY_BEGUN_ANEW).with("file", file);
            vec![note.with("kept_as", aside.display().to_string())]
        }
        Err(error) => vec![unavailable(&error)],
    }
}

/// An error of the history as a warning.
fn unavailable(error: &Error) -> Note {
    let values = error.values().into_iter();
    values.fold(
        Note::new(Code::HISTORY_UNAVAILABLE),
        |note, (name, value)| note.with(name, value),
    )
}
