//! The last pass over what leaves the house: takes out of a text, a document or a trace whatever names a person, their
//! machine, their line or their place.
//!
//! A trace is masked line by line as it is written ([`mask`]); a support bundle gathers much else that was never a
//! modem's line. So every text in it is read once more, by what is known of this machine ([`Private`]) and by shape:
//! addresses, telephone numbers, secrets with their name, positions, long numbers; each in plain, in the hexadecimal of
//! a text, and where a line ends in the middle of it (`view`). It is no mask for a conversation under way: a text grows
//! and shrinks here.
//!
//! What stands for a value is the same wherever the value stood, so that members of one bundle can be compared, and a
//! masked trace still gives the masked document when it is replayed.

use std::net::IpAddr;

use serde_json::Value;

use super::mask;

mod address;
mod hex;
mod number;
mod secret;
mod view;
mod words;

use address::Addresses;
use view::{Ends, View};
use words::Word;

/// What is known of the machine and of who uses it. Whatever is too short or too common to name anybody is not looked for.
#[derive(Debug, Clone, Default)]
pub struct Private {
    /// Names of this machine.
    pub hosts: Vec<String>,
    /// Names of its people.
    pub users: Vec<String>,
    /// Their folders.
    pub homes: Vec<String>,
    /// PINs, passwords.
    pub secrets: Vec<String>,
    /// Addresses of its interfaces.
    pub addresses: Vec<IpAddr>,
    /// Hardware addresses of its interfaces.
    pub stations: Vec<[u8; 6]>,
}

/// Takes private things out of texts; one for all that goes together.
#[derive(Debug)]
pub struct Redactor {
    words: Vec<Word>,
    addresses: Addresses,
}

/// What a text is, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Lines of words.
    Text,
    /// A conversation with a modem, masked before: its lines keep their digits' places.
    Trace,
}

/// How often a text is read again: what was taken out may bring together what stood apart.
const PASSES: usize = 6;

/// Keys of documents whose texts are a person's own words, or name one.
const OWN_WORDS: &[&str] = &["label", "reason", "who"];
/// Keys of documents that are a position.
const PLACES: &[&str] = &["lat", "latitude", "lon", "longitude", "position"];
/// Stands for a person's own words.
const HIDDEN: &str = "***";

impl Redactor {
    /// For what is known, and for the secrets that conversations of this process held.
    pub fn new(private: &Private) -> Self {
        Self {
            words: words::of(private),
            addresses: Addresses::of(private),
        }
    }

    /// A text of lines: a log, a configuration.
    pub fn text(&mut self, text: &str) -> String {
        self.settled(text, Kind::Text)
    }

    /// A conversation, masked line by line before.
    pub fn trace(&mut self, text: &str) -> String {
        self.settled(text, Kind::Trace)
    }

    /// The texts of a document. Numbers stay, since none of a document's is anybody's, but those of a position.
    pub fn json(&mut self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.text(text),
            Value::Array(items) => self.items(items),
            Value::Object(fields) => {
                for (key, field) in fields.iter_mut() {
                    if PLACES.contains(&key.as_str()) {
                        *field = Value::Null;
                    } else if OWN_WORDS.contains(&key.as_str()) && field.is_string() {
                        *field = HIDDEN.into();
                    } else {
                        self.json(field);
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Texts in a row may be lines of one.
    fn items(&mut self, items: &mut [Value]) {
        let lines: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
        let whole = lines.map(|lines| lines.join("\n"));
        if let Some(whole) = whole {
            let whole = self.text(&whole);
            let lines: Vec<&str> = whole.split('\n').collect();
            if lines.len() == items.len() {
                for (item, line) in items.iter_mut().zip(lines) {
                    *item = line.into();
                }
                return;
            }
        }
        for item in items {
            self.json(item);
        }
    }

    /// Reads a text again until nothing more is found in it.
    fn settled(&mut self, text: &str, kind: Kind) -> String {
        let mut text = text.to_owned();
        for _ in 0..PASSES {
            let mut view = View::plain(&text);
            self.pass(&mut view, kind, false);
            let mut next = view.whole();
            for ends in [Ends::All, Ends::Odd, Ends::Even] {
                let mut view = View::joined(&next, kind == Kind::Trace, ends);
                self.pass(&mut view, kind, true);
                next = view.whole();
            }
            if next == text {
                break;
            }
            text = next;
        }
        text
    }

    /// One reading; of a text whose lines are `joined` only what goes over a line's end counts, since the rest was read.
    fn pass(&mut self, view: &mut View, kind: Kind, joined: bool) {
        let edits = words::find(&self.words, view, joined);
        view.replace(edits);
        let edits = self.addresses.find(view, joined);
        view.replace(edits);
        let fill = if kind == Kind::Trace { b'0' } else { b'*' };
        view.overwrite(joined, |bytes| {
            secret::hide(bytes);
            number::hide(bytes, fill);
            mask::hide_places(bytes, fill);
            mask::hide_known(bytes, fill);
            // A trace's lines were masked one by one, which kept more of them.
            if joined || kind == Kind::Text {
                mask::hide_shapes(bytes, fill);
            }
        });
        let edits = hex::find(view, joined, |text| {
            let mut inner = View::plain(text);
            self.pass(&mut inner, Kind::Text, false);
            inner.whole()
        });
        view.replace(edits);
    }
}

#[cfg(test)]
mod tests;
