//! The words of closed lists.

/// The word by which a document names a state, which is also the end of its key in the catalogues.
pub fn code(state: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(state);
    let word = value.ok().and_then(|v| v.as_str().map(str::to_owned));
    word.unwrap_or_default()
}
