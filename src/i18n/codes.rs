//! The catalogue's keys of codes.

/// The catalogue's key of a code in a family: the text with dashes for dots.
pub(crate) fn key(family: &str, code: &str) -> String {
    format!("{family}{}", code.replace('.', "-"))
}
