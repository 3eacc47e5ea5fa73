//! A query as text: whether it is one and nothing else, and its parameters put in.
//!
//! Everything that an engine is given passes here: this program's own questions, and SQL of a person's own. One query that
//! reads, so nothing that ends it early, steps out of the brackets round it, or is read by one engine as a text and by another
//! as a command.

use std::collections::BTreeMap;

use crate::error::Error;

/// The longest text of a query.
const LONGEST: usize = 64 * 1024;

/// One query that reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement(String);

/// The values that stand for `:name`, as SQL.
pub type Literals = BTreeMap<&'static str, String>;

impl Statement {
    /// A query with its parameters put in. A parameter that is not given is `NULL`, whatever its name.
    pub fn new(text: &str, literals: &Literals) -> Result<Self, Error> {
        let refused = |why| Err(Error::Statement { why });
        if text.len() > LONGEST {
            return refused("long");
        }
        if text.contains('\0') {
            return refused("text");
        }
        let text = text.trim().trim_end_matches([';', ' ', '\n', '\r', '\t']);
        let mut out = String::with_capacity(text.len());
        let (mut depth, mut word) = (0_u32, None);
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let taken = match first {
                '\'' | '"' | '`' => match quoted(rest, first) {
                    Some(length) => length,
                    None => return refused("quote"),
                },
                '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
                '/' if rest.starts_with("/*") => match comment(rest) {
                    Some(length) => length,
                    None => return refused("comment"),
                },
                ';' => return refused("several"),
                // Texts of DuckDB's own kind, and what Spark replaces: what is a text to one is none to another.
                '$' | '\\' | '#' => return refused("text"),
                '(' => {
                    depth += 1;
                    1
                }
                ')' => {
                    let Some(left) = depth.checked_sub(1) else {
                        return refused("brackets");
                    };
                    depth = left;
                    1
                }
                ':' if rest.starts_with("::") => 2,
                ':' => {
                    let name = &rest[1..=letters(&rest[1..])];
                    if name.is_empty() {
                        return refused("text");
                    }
                    let value = literals.get(name).map_or("NULL", String::as_str);
                    out.push_str(value);
                    rest = &rest[1 + name.len()..];
                    continue;
                }
                first if first.is_alphabetic() => {
                    let length = letters(rest).max(first.len_utf8());
                    word.get_or_insert_with(|| rest[..length].to_ascii_lowercase());
                    length
                }
                first => first.len_utf8(),
            };
            out.push_str(&rest[..taken]);
            rest = &rest[taken..];
        }
        if depth > 0 {
            return refused("brackets");
        }
        match word.as_deref() {
            Some("select" | "with") => Ok(Self(out)),
            _ => refused("reads"),
        }
    }

    /// As an engine gets it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The most characters of a text that is asked about: as many as a registry may have.
const WIDEST: usize = 80;

/// A text as a literal; `None` where engines would not read the same text. An apostrophe is put in by its number: how it is
/// written within a text is not the same for all.
pub fn literal(text: &str) -> Option<String> {
    let is_plain = |c: char| !c.is_control() && !matches!(c, '"' | '\\' | '$' | '`' | ';');
    if text.is_empty() || text.chars().count() > WIDEST || !text.chars().all(is_plain) {
        return None;
    }
    let parts: Vec<String> = text.split('\'').map(|part| format!("'{part}'")).collect();
    Some(match parts.as_slice() {
        [one] => one.clone(),
        parts => format!("concat({})", parts.join(", chr(39), ")),
    })
}

/// How long what is quoted is, with its quotes. A backslash before a quote ends the text for one engine and not for another.
fn quoted(text: &str, quote: char) -> Option<usize> {
    let mut before = ' ';
    for (at, c) in text.char_indices().skip(1) {
        if c == quote {
            return (before != '\\').then_some(at + c.len_utf8());
        }
        before = c;
    }
    None
}

/// How long a comment is. One inside another ends both for one engine and one for another.
fn comment(text: &str) -> Option<usize> {
    let inside = &text[2..];
    let end = inside.find("*/")?;
    (!inside[..end].contains("/*")).then_some(end + 4)
}

fn letters(text: &str) -> usize {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.find(|c| !is_part(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(text: &str) -> Result<String, &'static str> {
        let values = [("since", "DATE '2026-11-01'".to_owned())];
        match Statement::new(text, &values.into()) {
            Ok(made) => Ok(made.0),
            Err(Error::Statement { why }) => Err(why),
            Err(_) => Err("another"),
        }
    }

    #[test]
    fn parameters_are_put_in_where_they_are_no_text() {
        let said =
            made("SELECT ':since', x::int -- :since\n FROM t WHERE day >= :since AND y = :none;\n");
        let told = "SELECT ':since', x::int -- :since\n FROM t WHERE day >= DATE '2026-11-01' AND y = NULL";
        assert_eq!(said.as_deref(), Ok(told));
        assert!(made("/* a; ' */ with a AS (SELECT 1) SELECT * FROM a").is_ok());
        assert!(made("SELECT 'it''s; é', \"a;b\", `c;`").is_ok());
    }

    #[test]
    fn what_is_not_one_query_that_reads_is_refused() {
        for (text, why) in [
            ("", "reads"),
            ("-- nothing", "reads"),
            ("DROP TABLE surveys", "reads"),
            ("COPY surveys TO '/tmp/x'", "reads"),
            (".shell ls", "reads"),
            ("! ls", "reads"),
            ("SELECT 1; DROP TABLE t", "several"),
            ("SELECT 1) AS a; COPY (SELECT 1", "brackets"),
            ("SELECT (1", "brackets"),
            ("SELECT 'a", "quote"),
            ("SELECT 'a\\'; DROP TABLE t --'", "quote"),
            ("SELECT $$a; b$$", "text"),
            ("SELECT ${env:HOME}", "text"),
            ("SELECT \\'", "text"),
            ("SELECT 1 # a", "text"),
            ("SELECT 1 : ", "text"),
            ("SELECT 1\0", "text"),
            ("SELECT /* /* */ 1", "comment"),
            ("SELECT /* 1", "comment"),
        ] {
            assert_eq!(made(text), Err(why), "{text}");
        }
        let long = format!("SELECT {}", "1,".repeat(LONGEST));
        assert_eq!(made(&long), Err("long"));
    }

    #[test]
    fn a_text_that_engines_read_differently_is_no_literal() {
        assert_eq!(literal("p0007").as_deref(), Some("'p0007'"));
        assert_eq!(
            literal("Réseau d’Armor").as_deref(),
            Some("'Réseau d’Armor'")
        );
        assert_eq!(
            literal("L'Or' OR 1=1 --").as_deref(),
            Some("concat('L', chr(39), 'Or', chr(39), ' OR 1=1 --')")
        );
        for text in ["", "a\\", "a\nb", "a;b", "${x}", &"x".repeat(81)] {
            assert_eq!(literal(text), None, "{text}");
        }
    }
}
