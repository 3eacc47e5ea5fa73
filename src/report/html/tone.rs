//! What is good, fair or bad, as the style names it.

use crate::report::layout::Tone;

/// The class of what works, somehow or not at all; colour and shape repeat what the words say.
pub(super) fn class(tone: Tone) -> Option<&'static str> {
    match tone {
        Tone::Good => Some("good"),
        Tone::Fair => Some("fair"),
        Tone::Bad => Some("bad"),
        Tone::Plain | Tone::Strong | Tone::Dim => None,
    }
}
