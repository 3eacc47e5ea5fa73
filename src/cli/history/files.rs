//! The files that are imported: documents in JSON, or several, a line each, as `history export` gives them.

use std::path::Path;

use crate::error::Error;
use crate::os::fault;
use crate::os::files::named;
use crate::store::history::{Record, Unfit};

/// The largest file that is read: some ten thousand surveys.
const LARGEST: u64 = 200_000_000;

/// The documents of a file.
///
/// # Errors
/// When it cannot be read, or anything in it is no document that is kept.
pub(super) fn records(file: &Path) -> Result<Vec<Record>, Error> {
    let name = file.display().to_string();
    let (text, _) = named::read(file, LARGEST).map_err(|error| Error::File {
        file: name.clone(),
        detail: fault::detail(&error),
    })?;
    let lines: Vec<(usize, &str)> = (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty())
        .collect();
    // One that is a document by itself on its first line has a document on each.
    let is_export = lines.len() > 1
        && lines
            .first()
            .is_some_and(|(_, line)| !matches!(Record::of(line), Err(Unfit::Syntax(_))));
    if !is_export {
        let record = Record::of(&text).map_err(|unfit| refused(&name, unfit, 1))?;
        return Ok(vec![record]);
    }
    lines
        .into_iter()
        .map(|(at, line)| {
            Record::of(line).map_err(|unfit| refused(&format!("{name}:{at}"), unfit, at))
        })
        .collect()
}

/// What is wrong with a file; `first` is the line that the document begins in.
fn refused(name: &str, unfit: Unfit, first: usize) -> Error {
    let file = name.to_owned();
    match unfit {
        Unfit::Syntax(line) => Error::NotADocument {
            file,
            line: first + line.saturating_sub(1),
        },
        Unfit::Shape { schema, detail } => Error::NotOfItsSchema {
            file,
            schema,
            detail,
        },
        Unfit::OtherKind(schema) => Error::OtherKind { file, schema },
        Unfit::Schema(schema) => Error::UnknownSchema { file, schema },
    }
}
