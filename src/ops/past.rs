//! What becomes history: a finished document is kept, and a history that takes nothing is a warning in it.

use std::path::Path;

use crate::document::{Measure, Note, Scan, Switch};
use crate::domain::codes::Code;
use crate::store::history::{Database, Record};
use crate::store::{Error, Store, outbox};

/// A document of which there may be something to look back at.
pub trait Past {
    /// Whether something was found or changed: what was not even begun is no part of a history.
    fn has_happened(&self) -> bool;

    /// Without what is the person's alone: what they call the place, whom they reach, where their files are.
    fn unnamed(&mut self);
}

impl Past for Scan {
    fn has_happened(&self) -> bool {
        !self.carriers.is_empty() || !self.networks.is_empty()
    }

    fn unnamed(&mut self) {
        self.label = None;
        self.warnings.retain(tells_no_file);
    }
}

impl Past for Switch {
    fn has_happened(&self) -> bool {
        self.outcome.is_some()
    }

    fn unnamed(&mut self) {
        self.journal = None;
        self.warnings.retain(tells_no_file);
    }
}

impl Past for Measure {
    fn has_happened(&self) -> bool {
        !self.links.is_empty()
    }

    fn unnamed(&mut self) {
        self.server = None;
        self.warnings.retain(tells_no_file);
        for link in &mut self.links {
            link.checks.clear();
        }
    }
}

/// Whether a warning names no file, whose path tells who somebody is.
fn tells_no_file(note: &Note) -> bool {
    !note.values.contains_key("file")
}

/// Keeps a document, as it is printed, in the history; one of a virtual modem as a demonstration. What was done is done whether it can be kept or not, so whatever
/// goes wrong is a warning.
pub fn keep(store: &Store, printed: &str, is_virtual: bool) -> Vec<Note> {
    let kept = Database::open(store).and_then(|(mut history, set_aside)| {
        let record = Record::of(printed);
        let fresh = record.map_or(Ok(0), |record| {
            history.keep(&[record.of_demonstration(is_virtual)])
        });
        fresh.map(|_| (history.path().to_owned(), set_aside))
    });
    match kept {
        Ok((_, None)) => Vec::new(),
        Ok((file, Some(aside))) => {
            vec![begun_anew(&file, &aside)]
        }
        Err(error) => vec![unavailable(&error)],
    }
}

/// Puts a document into the outbox, to be sent when the person says so. What goes wrong with that is a warning.
pub fn post(store: &Store, printed: &str) -> Option<Note> {
    let error = outbox::put(store, printed).err()?;
    let values = error.values().into_iter();
    let note = Note::new(Code::SEND_NOT_KEPT);
    Some(values.fold(note, |note, (name, value)| note.with(name, value)))
}

/// That a damaged history was set aside.
pub(super) fn begun_anew(file: &Path, aside: &Path) -> Note {
    let note = Note::new(Code::HISTORY_BEGUN_ANEW).with("file", file.display().to_string());
    note.with("kept_as", aside.display().to_string())
}

/// An error of the history as a warning.
fn unavailable(error: &Error) -> Note {
    let values = error.values().into_iter();
    values.fold(
        Note::new(Code::HISTORY_UNAVAILABLE),
        |note, (name, value)| note.with(name, value),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Body, Document, Outcome};
    use crate::report::{json, sample};

    /// A document as it would be sent.
    fn sent<B: Body + Past>(mut document: Document<B>) -> String {
        document.body.unnamed();
        json(&document)
    }

    #[test]
    fn what_is_sent_tells_neither_the_place_nor_whom_somebody_reaches_nor_their_files() {
        let mut scan = sample::scan();
        scan.body.label = Some("chez Léa".to_owned());
        let cut = Note::new(Code::TRACE_CUT).with("file", "/home/lea/trace.at");
        scan.body.warnings.push(cut);
        let mut measure = sample::measure();
        assert!(!measure.body.links[0].checks.is_empty());
        measure.body.server = Some("opensim://lea.example".to_owned());
        let target = measure.body.links[0].checks[0].target.clone();
        let switch = sample::switch(Some(Outcome::Switched));
        assert!(json(&switch).contains("/home/lea"));
        for text in [sent(scan), sent(switch), sent(measure)] {
            assert!(!text.contains("lea") && !text.contains("Léa"), "{text}");
            assert!(!text.contains(&target), "{text}");
        }
    }
}
