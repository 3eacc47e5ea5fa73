//! The views of a document: a document in, bytes out, one file a format.
//!
//! [`fill`] puts the words of the reader's language into a document, [`text`] makes the page a person reads,
//! [`json`], [`csv`] and [`html`] the forms that are kept and sent. Nothing here computes, prints or asks a modem.

mod csv;
mod fill;
mod html;
mod json;
mod layout;
mod text;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

pub use csv::{Rows, csv};
pub use fill::fill;
pub use html::html;
pub use json::json;
pub use text::{Style, View, fault, note, text};
