//! A row of `#MONI`: labels and values in words, after a network's name that may be several words or none.

use crate::value::Value;

/// The words of a row. A value is asked for by its label.
#[derive(Debug)]
pub(super) struct Labels(Vec<String>);

impl Labels {
    /// Reads the text after the prefix.
    pub(super) fn of(text: &[u8]) -> Self {
        let text = String::from_utf8_lossy(text);
        Self(text.split_whitespace().map(str::to_owned).collect())
    }

    /// The text after `label:`, without the unit that powers have (`-68dbm`). The last word with that label counts: a
    /// network's name stands first and could hold anything.
    pub(super) fn text(&self, label: &str) -> Option<&str> {
        let value = self.0.iter().rev().find_map(|word| {
            let (name, value) = word.split_once(':')?;
            (name == label).then_some(value)
        })?;
        let value = value.strip_suffix("dbm").unwrap_or(value);
        (!value.is_empty()).then_some(value)
    }

    /// A whole number.
    pub(super) fn int(&self, label: &str) -> Option<i32> {
        self.text(label)?.parse().ok()
    }

    /// A whole number of any size.
    pub(super) fn long(&self, label: &str) -> Option<u64> {
        self.text(label)?.parse().ok()
    }

    /// A number in tenths.
    pub(super) fn tenths(&self, label: &str) -> Option<i32> {
        self.value(label)?.tenths()
    }

    /// A hexadecimal number.
    pub(super) fn hex(&self, label: &str) -> Option<u64> {
        self.value(label)?.hex()
    }

    fn value(&self, label: &str) -> Option<Value> {
        Some(Value::Bare(self.text(label)?.as_bytes().to_vec()))
    }
}
