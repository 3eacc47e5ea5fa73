//! A word of a document's closed lists, as this version or another one writes it.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::codes::Code;

/// A word of the list `T`, or one that only another version of opensim has in it: a newer one of the same schema may
/// add words, and its documents are read all the same. What is foreign is kept as it stands and means nothing here.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Word<T> {
    /// Of this version's list.
    Known(T),
    /// Of another version's.
    Foreign(String),
}

impl<T: Copy> Word<T> {
    /// The word, where this version knows it.
    pub fn known(&self) -> Option<T> {
        match self {
            Self::Known(word) => Some(*word),
            Self::Foreign(_) => None,
        }
    }
}

impl Word<Code> {
    /// Its text.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Known(code) => code.as_str(),
            Self::Foreign(text) => text,
        }
    }

    /// The exit status of a command that ends with it; 1, a bug, for what this version does not know.
    pub fn exit(&self) -> u8 {
        self.known().map_or(1, Code::exit)
    }
}

impl<T> From<T> for Word<T> {
    fn from(word: T) -> Self {
        Self::Known(word)
    }
}

impl<T: PartialEq> PartialEq<T> for Word<T> {
    fn eq(&self, word: &T) -> bool {
        matches!(self, Self::Known(known) if known == word)
    }
}

/// Against a text that comes from outside; logic names the code.
impl PartialEq<&str> for Word<Code> {
    fn eq(&self, text: &&str) -> bool {
        self.as_str() == *text
    }
}

impl<T: Serialize> fmt::Display for Word<T> {
    /// As it stands in the document.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(word) => match serde_json::to_value(word) {
                Ok(serde_json::Value::String(text)) => f.write_str(&text),
                _ => Ok(()),
            },
            Self::Foreign(text) => f.write_str(text),
        }
    }
}

/// The schema of what is written, which is of this version's list.
#[cfg(test)]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Word<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        T::schema_id()
    }

    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::json_schema(generator)
    }
}

/// Reads a word that is not known here as an unknown one.
pub(super) fn or_unknown<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Copy + Deserialize<'de>,
{
    let word = Option::<Word<T>>::deserialize(deserializer)?;
    Ok(word.and_then(|word| word.known()))
}

/// Reads a conclusion that is not known here as none.
pub(super) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Copy + Default + Deserialize<'de>,
{
    let word = Word::<T>::deserialize(deserializer)?;
    Ok(word.known().unwrap_or_default())
}
