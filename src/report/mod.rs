//! The views of a document: a document in, bytes out, one file a format.
//!
//! [`fill`] puts the words of the reader's language into a document, and [`render`] gives it in any [`Format`]: `text`
//! makes the page a person reads, `json`, `csv` and `html` the forms that are kept and sent. [`Saved`] reads one again.
//! Nothing here computes, prints or asks a modem.

mod bundle;
mod chart;
mod csv;
mod fill;
mod format;
mod html;
mod json;
pub mod layout;
mod outline;
mod saved;
mod scale;
mod style;
mod text;
mod timeline;
mod word;

#[cfg(test)]
mod hostile_test;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

pub use bundle::bundle_index;
pub use csv::csv_text;
pub use fill::fill;
pub use format::{Format, Shown, UnknownEnding, render};
pub use html::closed_page;
pub use json::{json, json_line};
pub use saved::{Saved, Unreadable};
pub use style::Style;
pub use text::{fault, modem_name, moved_line, notice, reading_lines, surveyed_line};
pub use word::code as word_of;

use csv::{Rows, csv};
use html::html;
use text::{View, text};
