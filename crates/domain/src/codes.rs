//! The one table of codes: every error, note and rule by the text that never changes, with what hangs on it.
//!
//! A row gives the code, the exit status of an error, and the values that its sentences may use. The exit of a command,
//! the completeness of both catalogues and docs/errors.md follow from it, so a new error is a variant where it arises, a
//! row here, and its sentences. There is no other way to make a [`Code`] than a row, and logic compares codes, never
//! their text. The words are not here: they are the catalogues'.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[cfg(test)]
mod tests;

/// Makes the constant of each row, and the list of them all.
macro_rules! table {
    ($list:ident: $(
        $name:ident = $text:literal, $kind:ident $(($exit:literal))?, [$($value:ident)*]
        $(, $means:literal, $todo:literal)?;
    )*) => {
        impl Code {
            $(
                #[doc = concat!("`", $text, "`" $(, ": ", $means, ". What to do: ", $todo)?, ".")]
                pub const $name: Self = Self(&$crate::codes::Row {
                    name: $text,
                    kind: $crate::codes::Kind::$kind $(($exit))?,
                    values: &[$(stringify!($value)),*],
                    #[cfg(test)]
                    page: [$([$means, $todo])?].first().copied(),
                });
            )*
        }

        pub(super) const $list: &[Code] = &[$(Code::$name),*];
    };
}

mod bundle;
mod details;
mod doctor;
mod errors;
mod history;
mod notes;

pub use details::Detail;

/// A code of the table. Two codes are the same where their texts are.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code(&'static Row);

/// What the table says of a code.
#[derive(PartialEq, Eq, Hash)]
struct Row {
    name: &'static str,
    kind: Kind,
    values: &'static [&'static str],
    /// What it means and what to do, as docs/errors.md says it.
    #[cfg(test)]
    page: Option<[&'static str; 2]>,
}

/// What a code is the code of.
#[derive(PartialEq, Eq, Hash)]
enum Kind {
    /// What stops a command, with this exit status.
    Error(u8),
    /// The same, where it also stands as a note in words of its own.
    ErrorAndNote(u8),
    /// A reason or a warning in a document.
    Note,
    /// What the guard holds a command back by.
    Rule,
}

impl Code {
    /// The code of this text; `None` for what is in no row.
    pub fn of(text: &str) -> Option<Self> {
        Self::all().find(|code| code.as_str() == text)
    }

    /// The whole table: the errors, the notes, the rules.
    pub fn all() -> impl Iterator<Item = Self> {
        let errors = errors::SECTIONS.iter().flat_map(|(_, codes)| *codes);
        let notes = notes::NOTES
            .iter()
            .chain(doctor::FINDINGS)
            .chain(history::NOTES);
        errors.chain(notes).chain(notes::RULES).copied()
    }

    /// The text that documents carry, which never changes.
    pub const fn as_str(self) -> &'static str {
        self.0.name
    }

    /// The exit status of a command that ends with it; 1, a bug, for what is no error.
    pub const fn exit(self) -> u8 {
        match self.0.kind {
            Kind::Error(exit) | Kind::ErrorAndNote(exit) => exit,
            Kind::Note | Kind::Rule => 1,
        }
    }

    /// The names of the values that its sentences may use, each at home under one meaning: `seconds`, `estimate_bps`.
    pub const fn values(self) -> &'static [&'static str] {
        self.0.values
    }

    /// Whether it can stop a command. Each that can has a message and a hint.
    pub const fn is_error(self) -> bool {
        matches!(self.0.kind, Kind::Error(_) | Kind::ErrorAndNote(_))
    }

    /// Whether it has a note's sentence.
    pub const fn is_note(self) -> bool {
        matches!(self.0.kind, Kind::Note | Kind::ErrorAndNote(_))
    }

    /// Whether it is a rule of the guard.
    pub const fn is_rule(self) -> bool {
        matches!(self.0.kind, Kind::Rule)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl From<Code> for serde_json::Value {
    fn from(code: Code) -> Self {
        code.as_str().into()
    }
}

/// Against a text that comes from outside; logic names the code.
impl PartialEq<&str> for Code {
    fn eq(&self, text: &&str) -> bool {
        self.as_str() == *text
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let unknown = || serde::de::Error::custom(format_args!("no code {text:?}"));
        Self::of(&text).ok_or_else(unknown)
    }
}
