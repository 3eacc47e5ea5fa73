//! A document as a spreadsheet reads it: one row a carrier, a link, a port, an answer; keys of the JSON document as
//! headings, RFC 4180.
//!
//! Never translated, decimal points everywhere, unknown is an empty cell. Names come from modems and files, so a
//! text that a spreadsheet would take for a formula is given as text.

mod history;
mod rows;

use crate::document::{Body, Document};
use crate::i18n::is_hidden;

/// A body that has rows.
pub trait Rows: Body {
    /// The columns' names.
    #[doc(hidden)]
    const COLUMNS: &'static [&'static str];

    /// The rows, a cell for each column.
    #[doc(hidden)]
    fn rows(&self) -> Vec<Vec<Field>>;
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Field {
    /// Unknown.
    Empty,
    /// A number of ours, which may begin with a minus.
    Number(String),
    /// A text, perhaps somebody else's.
    Text(String),
}

/// The column in which a document that failed says by which code. It is the last.
const FAILURE: &str = "document_error";

/// The rows of a document under their headings. Each row begins with the document's schema and date. A document that
/// failed with nothing in it has one row, of its error.
pub(super) fn csv<B: Rows>(doc: &Document<B>) -> String {
    let mut out = String::new();
    let headings = ["schema", "at"].iter().chain(B::COLUMNS).chain(&[FAILURE]);
    line(&mut out, headings.map(|name| (*name).to_owned()));
    let mut rows = doc.body.rows();
    if rows.is_empty() && doc.error.is_some() {
        rows.push(vec![Field::Empty; B::COLUMNS.len()]);
    }
    let error = doc.error.as_ref();
    let error = error.map_or(Field::Empty, |error| text(error.code.as_str()));
    for row in rows {
        let lead = [text(&doc.schema), text(&doc.at)];
        let row = lead.into_iter().chain(row).chain([error.clone()]);
        line(&mut out, row.map(Field::cell));
    }
    out
}

fn maybe<T>(value: Option<T>, field: impl FnOnce(T) -> Field) -> Field {
    value.map_or(Field::Empty, field)
}

fn number(value: impl std::fmt::Display) -> Field {
    Field::Number(value.to_string())
}

fn text(text: &str) -> Field {
    Field::Text(text.to_owned())
}

/// The word by which the JSON document names a state.
fn word(state: &impl serde::Serialize) -> Field {
    text(&super::word::code(state))
}

impl Field {
    fn cell(self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Number(digits) => digits,
            Self::Text(text) => csv_text(&text),
        }
    }
}

/// A text as a cell that no spreadsheet takes for anything else and no terminal obeys, quoted where it has to be.
pub fn csv_text(text: &str) -> String {
    quoted(&defused(guarded(text.to_owned())))
}

/// A text that a spreadsheet takes for a formula gets an apostrophe in front, which spreadsheets hide. They look past
/// blanks, and some past a control character, so these are looked past here too.
fn guarded(text: String) -> String {
    let first =
        text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || is_hidden(c));
    let is_formula = first.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if is_formula { format!("'{text}") } else { text }
}

/// Without what drives a terminal or hides in a text. A line end stays: it is quoted, and a cell may have several lines.
fn defused(text: String) -> String {
    let drives = |c: char| is_hidden(c) || c.is_control() && c != '\n';
    if !text.contains(drives) {
        return text;
    }
    let shown = text.chars().filter(|c| !is_hidden(*c));
    let plain = shown.map(|c| if c.is_control() && c != '\n' { ' ' } else { c });
    plain.collect()
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r', ';', '\t']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = cells.collect();
    out.push_str(&cells.join(","));
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_from_a_modem_stays_a_text() {
        for hostile in [
            "=1+1", "=\"x\"", "+33", "-2", "@SUM(A1)", " =1", "\t=1", "\u{1}=1",
        ] {
            let cell = text(hostile).cell();
            assert!(cell.trim_start_matches('"').starts_with('\''), "{cell:?}");
        }
        assert_eq!(number(-95).cell(), "-95");
        assert_eq!(text("Bouygues Telecom").cell(), "Bouygues Telecom");
    }

    #[test]
    fn a_comma_or_a_quote_stays_in_its_cell() {
        assert_eq!(text("a,b \"c\"\nd").cell(), "\"a,b \"\"c\"\"\nd\"");
    }
}
