//! A document as programs read it.

use crate::document::{Body, Document};

/// One JSON object, indented, with a line end.
pub fn json<B: Body>(doc: &Document<B>) -> String {
    // Documents hold string keys and finite numbers, so this does not fail; an empty object would show it at once.
    let mut text = serde_json::to_string_pretty(doc).unwrap_or_else(|_| "{}".to_owned());
    text.push('\n');
    text
}
