//! What is wrong with a scenario: where, and in a form that both languages can word.

use std::fmt;

/// A scenario that was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{origin}{}: {problem}", Where(*line))]
pub struct ScenarioError {
    /// The file or the name it came from.
    pub origin: String,
    /// The line, counted from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong there.
    pub problem: Problem,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A key that no scenario has.
    UnknownKey {
        /// The key.
        key: String,
        /// The known key that looks most like it.
        near: Option<String>,
    },
    /// A key that must be there.
    MissingKey(String),
    /// A value that names nothing known.
    UnknownValue {
        /// The key.
        key: &'static str,
        /// Its value.
        value: String,
        /// What it could be.
        known: String,
    },
    /// A number out of its range.
    OutOfRange {
        /// The key.
        key: &'static str,
        /// Its value.
        value: String,
        /// The range.
        range: &'static str,
    },
    /// A network code that none of the carriers has.
    NoSuchCarrier {
        /// The key.
        key: &'static str,
        /// The network code.
        plmn: String,
    },
    /// A network code that two carriers have.
    TwoCarriers(String),
    /// `base` leads back to itself.
    CircularBase(String),
    /// Not TOML, or a value of another kind; in the parser's words.
    Malformed(String),
}

impl Problem {
    /// A stable code for messages.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownKey { .. } => "unknown_key",
            Self::MissingKey(_) => "missing_key",
            Self::UnknownValue { .. } => "unknown_value",
            Self::OutOfRange { .. } => "out_of_range",
            Self::NoSuchCarrier { .. } => "no_such_carrier",
            Self::TwoCarriers(_) => "two_carriers",
            Self::CircularBase(_) => "circular_base",
            Self::Malformed(_) => "malformed",
        }
    }

    /// From the parser's message.
    pub(super) fn from_parser(message: &str) -> Self {
        let ticked: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
        match ticked.as_slice() {
            [key, known @ ..] if message.starts_with("unknown field") => Self::UnknownKey {
                key: (*key).to_owned(),
                near: nearest(key, known),
            },
            [key] if message.starts_with("missing field") => Self::MissingKey((*key).to_owned()),
            _ => Self::Malformed(message.trim_end().to_owned()),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownKey { key, near: None } => write!(f, "unknown key `{key}`"),
            Self::UnknownKey {
                key,
                near: Some(near),
            } => write!(f, "unknown key `{key}`, is it `{near}`?"),
            Self::MissingKey(key) => write!(f, "`{key}` is missing"),
            Self::UnknownValue { key, value, known } => {
                write!(f, "`{key}` is {value:?}, but can be {known}")
            }
            Self::OutOfRange { key, value, range } => {
                write!(f, "`{key}` is {value}, but must be {range}")
            }
            Self::NoSuchCarrier { key, plmn } => {
                write!(f, "`{key}` is {plmn}, which no carrier has")
            }
            Self::TwoCarriers(plmn) => write!(f, "{plmn} belongs to two carriers"),
            Self::CircularBase(name) => write!(f, "`base` leads back to {name:?}"),
            Self::Malformed(message) => f.write_str(message),
        }
    }
}

struct Where(Option<usize>);

impl fmt::Display for Where {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |line| write!(f, ", line {line}"))
    }
}

/// The known key that needs the fewest letters changed, when that is few.
fn nearest(key: &str, known: &[&str]) -> Option<String> {
    known
        .iter()
        .map(|other| (distance(key, other), *other))
        .min()
        .filter(|(distance, _)| *distance <= 1 + key.len() / 4)
        .map(|(_, other)| other.to_owned())
}

/// Letters to change, add or drop (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let change = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_key_is_told_its_neighbour() {
        let problem =
            Problem::from_parser("unknown field `early_okay`, expected one of `early_ok`, `seed`");
        assert_eq!(
            problem.to_string(),
            "unknown key `early_okay`, is it `early_ok`?"
        );
        let problem = Problem::from_parser("unknown field `weather`, expected `early_ok`");
        assert_eq!(problem.to_string(), "unknown key `weather`");
    }
}
