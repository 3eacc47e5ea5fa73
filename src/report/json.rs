//! A document as programs read it.

use std::fmt::Write as _;

use crate::document::{Body, Document};
use crate::i18n::is_hidden;

/// One JSON object, indented, with a line end.
pub fn json<B: Body>(doc: &Document<B>) -> String {
    // Documents hold string keys and finite numbers, so this does not fail; an empty object would show it at once.
    let mut text = serde_json::to_string_pretty(doc).unwrap_or_else(|_| "{}".to_owned());
    text.push('\n');
    defused(&text)
}

/// The same object in one line, for a stream of them.
pub fn json_line<B: Body>(doc: &Document<B>) -> String {
    let mut text = serde_json::to_string(doc).unwrap_or_else(|_| "{}".to_owned());
    text.push('\n');
    defused(&text)
}

/// The same object, with what drives a terminal or hides in a text written by its number. Such a character stands in
/// a string or nowhere: line ends and the blanks of the indentation are neither.
fn defused(text: &str) -> String {
    let drives = |c: char| is_hidden(c) || c.is_control() && c != '\n';
    if !text.contains(drives) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if drives(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a text cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}
