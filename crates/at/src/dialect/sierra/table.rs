//! Sierra's two kinds of table as text: labels with their values, and columns under a heading.
//!
//! It knows where a value stands and not what it means.

use crate::result::Reply;
use crate::value::Value;

/// A table of `label: value` in columns parted by tabs or by two blanks and more.
#[derive(Debug)]
pub(super) struct Table(Vec<String>);

impl Table {
    /// Every line of a reply. A row's text is kept whole: where the second column begins is for the look-up to see.
    pub(super) fn of(reply: &Reply) -> Self {
        Self(reply.lines.iter().map(|l| l.text().into_owned()).collect())
    }

    /// The first word after a label; `None` for `--`.
    pub(super) fn text(&self, label: &str) -> Option<String> {
        let word = self.0.iter().find_map(|row| first_word(row, label))?;
        (!word.is_empty() && !word.starts_with("--")).then(|| word.to_owned())
    }

    /// A whole number.
    pub(super) fn long(&self, label: &str) -> Option<u64> {
        self.text(label)?.parse().ok()
    }

    /// A number in tenths.
    pub(super) fn tenths(&self, label: &str) -> Option<i32> {
        bare(&self.text(label)?).tenths()
    }

    /// A hexadecimal number with the same in decimal in parentheses behind it; `None` where the two differ.
    pub(super) fn hex(&self, label: &str) -> Option<u64> {
        let value = self.0.iter().find_map(|row| value_after(row, label))?;
        let mut words = value.split_whitespace();
        let number = bare(words.next()?).hex()?;
        let again = words
            .next()
            .and_then(|word| word.strip_prefix('(')?.strip_suffix(')'));
        again
            .is_none_or(|decimal| decimal.parse() == Ok(number))
            .then_some(number)
    }

    /// The number in `B20` or `n78`.
    pub(super) fn after_letter(&self, label: &str, letter: char) -> Option<i32> {
        self.text(label)?.strip_prefix(letter)?.parse().ok()
    }

    /// A number in tenths of the column `label` in the row whose first column is `first`.
    pub(super) fn tenths_beside(&self, first: &str, label: &str) -> Option<i32> {
        let row = self.0.iter().find(|row| first_word(row, first).is_some())?;
        bare(first_word(row, label)?).tenths()
    }
}

fn bare(word: &str) -> Value {
    Value::Bare(word.as_bytes().to_vec())
}

/// The word after `label:`.
fn first_word<'a>(row: &'a str, label: &str) -> Option<&'a str> {
    value_after(row, label).map(|value| value.split_whitespace().next().unwrap_or(""))
}

/// What follows `label:` where the label opens a column: `RSRP (dBm)` is not the end of `NR5G RSRP (dBm)`.
fn value_after<'a>(row: &'a str, label: &str) -> Option<&'a str> {
    row.match_indices(label).find_map(|(at, _)| {
        let before = &row[..at];
        let opens = before.trim().is_empty() || before.ends_with('\t') || before.ends_with("  ");
        let value = row[at + label.len()..].trim_start().strip_prefix(':')?;
        opens.then_some(value)
    })
}

/// A row under a heading such as `Serving:   EARFCN MCC MNC`, read from its end: values are never absent on the right.
#[derive(Debug)]
pub(super) struct Columns {
    block: String,
    names: Vec<String>,
    values: Vec<String>,
}

impl Columns {
    /// Whether it stands under that heading.
    pub(super) fn of(&self, block: &str) -> bool {
        self.block.eq_ignore_ascii_case(block)
    }

    /// A column's text; `None` for `--`.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let at = self.names.iter().position(|n| n == name)?;
        let value = self.values.get(at)?;
        (!value.starts_with("--")).then_some(value)
    }

    /// A whole number.
    pub(super) fn int(&self, name: &str) -> Option<i32> {
        self.text(name)?.parse().ok()
    }

    /// A whole number of any size.
    pub(super) fn long(&self, name: &str) -> Option<u64> {
        self.text(name)?.parse().ok()
    }

    /// A number in tenths.
    pub(super) fn tenths(&self, name: &str) -> Option<i32> {
        bare(self.text(name)?).tenths()
    }

    /// A hexadecimal number.
    pub(super) fn hex(&self, name: &str) -> Option<u64> {
        bare(self.text(name)?).hex()
    }
}

/// Every row of a reply under the heading above it. A row with more or fewer values than its heading has names is cut
/// or another line between: left out.
pub(super) fn blocks(reply: &Reply) -> Vec<Columns> {
    let mut heading: Option<(String, Vec<String>)> = None;
    let mut rows = Vec::new();
    for line in &reply.lines {
        let text = line.text();
        let words = |text: &str| {
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        if let Some((block, names)) = text.split_once(':') {
            let block = block.trim();
            let plain = block.chars().all(|c| c.is_ascii_alphanumeric());
            heading = plain.then(|| (block.to_owned(), words(names)));
        } else if let Some((block, names)) = &heading {
            let values = words(&text);
            if values.len() == names.len() {
                rows.push(Columns {
                    block: block.clone(),
                    names: names.clone(),
                    values,
                });
            }
        }
    }
    rows
}
