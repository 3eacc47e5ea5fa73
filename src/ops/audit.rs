//! The audit log's line, and the warning where it could not be written.

use super::Context;
use crate::document::Note;
use crate::domain::codes::Code;
use crate::store::{self, AuditEntry};

/// Adds a line. What was done is done whether it can be logged or not, so a failure is a warning of the document.
pub(super) fn log(context: &Context<'_>, entry: &AuditEntry) -> Option<Note> {
    let error = store::append(context.store, entry).err()?;
    let note = Note::new(Code::AUDIT_NOT_WRITTEN);
    let values = error.values().into_iter();
    Some(values.fold(note, |note, (name, value)| note.with(name, value)))
}
