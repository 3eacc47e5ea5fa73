//! What an engine prints: a JSON object a line, of which nothing is believed.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::EngineBounds;

/// The key by which a row says which query the rows after it are of.
pub(super) const PART: &str = "opensim_fleet_part";
/// The longest line.
pub(super) const LONGEST: usize = 1 << 20;

/// A row: its values in order, by their columns' names.
#[derive(Debug, Clone, PartialEq)]
pub struct Cells(pub Vec<(String, Value)>);

/// The rows of a query.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct QueryRows {
    /// The columns, where there is a row that names them.
    pub columns: Vec<String>,
    /// The values, in the columns' order.
    pub rows: Vec<Vec<Value>>,
    /// Whether there were more rows than may be.
    pub truncated: bool,
}

/// Rows as they come in, shared out among the queries.
#[derive(Debug)]
pub(super) struct Collector {
    parts: Vec<QueryRows>,
    /// Which query's rows come now; none before the first.
    now: Option<usize>,
    taken: usize,
    rows: usize,
    bytes: usize,
}

/// What a line did.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// It was a row, or nothing.
    On,
    /// It was the end.
    Done,
}

impl Collector {
    pub(super) fn new(parts: usize, bounds: &EngineBounds) -> Self {
        Self {
            parts: vec![QueryRows::default(); parts],
            now: None,
            taken: 0,
            rows: bounds.rows,
            bytes: bounds.bytes,
        }
    }

    /// Takes a line; one that is no row of the query under way is given back as what it is.
    pub(super) fn take(&mut self, line: &[u8]) -> Result<Taken, String> {
        let garbage = || String::from_utf8_lossy(&line[..line.len().min(80)]).into_owned();
        let text = std::str::from_utf8(line).map_err(|_| garbage())?.trim();
        if text.is_empty() {
            return Ok(Taken::On);
        }
        let Cells(cells) = parsed(text).ok_or_else(garbage)?;
        if let [(key, value)] = cells.as_slice()
            && key == PART
        {
            let part = value.as_u64().and_then(|part| usize::try_from(part).ok());
            let next = self.now.map_or(0, |now| now + 1);
            return match part {
                Some(part) if part == next && part < self.parts.len() => {
                    self.now = Some(part);
                    Ok(Taken::On)
                }
                Some(part) if part == next => Ok(Taken::Done),
                _ => Err(garbage()),
            };
        }
        let part = self.now.and_then(|now| self.parts.get_mut(now));
        let part = part.ok_or_else(garbage)?;
        self.taken += line.len();
        if part.rows.len() >= self.rows || self.taken > self.bytes {
            part.truncated = true;
            return Ok(Taken::On);
        }
        if part.rows.is_empty() {
            part.columns = cells.iter().map(|(key, _)| key.clone()).collect();
        } else if !part.columns.iter().eq(cells.iter().map(|(key, _)| key)) {
            return Err(garbage());
        }
        let row = cells.into_iter().map(|(_, value)| plain(value));
        part.rows.push(row.collect());
        Ok(Taken::On)
    }

    pub(super) fn finish(self) -> Vec<QueryRows> {
        self.parts
    }
}

/// What is no number is unknown, however an engine writes it.
fn plain(value: Value) -> Value {
    match value {
        Value::String(text) if text == "NaN" || text == "Infinity" || text == "-Infinity" => {
            Value::Null
        }
        value => value,
    }
}

fn parsed(text: &str) -> Option<Cells> {
    serde_json::from_str(text)
        .or_else(|_| serde_json::from_str(&without_nan(text)))
        .ok()
}

/// The same with what JSON has no number for as `null`: `DuckDB` writes it bare.
fn without_nan(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut is_text, mut is_escaped) = (false, false);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if !is_text {
            let bare = ["-Infinity", "Infinity", "-inf", "inf", "-nan", "NaN", "nan"];
            if let Some(word) = bare.iter().find(|word| rest.starts_with(**word)) {
                out.push_str("null");
                rest = &rest[word.len()..];
                continue;
            }
        }
        match c {
            '"' if !is_escaped => is_text = !is_text,
            _ => {}
        }
        is_escaped = is_text && c == '\\' && !is_escaped;
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
}

impl<'de> Deserialize<'de> for Cells {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Cells;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Cells, M::Error> {
                let mut cells = Vec::new();
                while let Some(cell) = map.next_entry()? {
                    cells.push(cell);
                }
                Ok(Cells(cells))
            }
        }
        from.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn collected(lines: &[&str], parts: usize, rows: usize) -> Result<Vec<QueryRows>, String> {
        let bounds = EngineBounds {
            rows,
            ..EngineBounds::default()
        };
        let mut collector = Collector::new(parts, &bounds);
        for line in lines {
            collector.take(line.as_bytes())?;
        }
        Ok(collector.finish())
    }

    #[test]
    fn rows_are_shared_out_among_the_queries_in_their_columns_order() {
        let lines = [
            r#"{"opensim_fleet_part":0}"#,
            r#"{"z":1,"a":"NaN","n":NaN,"t":"a \" inf","i":-Infinity}"#,
            "",
            r#"{"opensim_fleet_part":1}"#,
            r#"{"opensim_fleet_part":2}"#,
        ];
        let made = collected(&lines, 2, 9).expect("rows");
        assert_eq!(made[0].columns, ["z", "a", "n", "t", "i"]);
        let row = vec![
            json!(1),
            json!(null),
            json!(null),
            json!("a \" inf"),
            json!(null),
        ];
        assert_eq!(made[0].rows, [row]);
        assert_eq!(made[1], QueryRows::default());
    }

    #[test]
    fn what_is_no_row_of_the_query_under_way_is_garbage() {
        let start = r#"{"opensim_fleet_part":0}"#;
        for lines in [
            &["Welcome!"][..],
            &[r#"{"a":1}"#],
            &[start, "[1]"],
            &[start, r#"{"a":1}{"#],
            &[start, r#"{"a":1}"#, r#"{"b":1}"#],
            &[start, start],
            &[r#"{"opensim_fleet_part":1}"#],
            &[r#"{"opensim_fleet_part":"x"}"#],
        ] {
            let said = collected(lines, 1, 9);
            let last = lines.last().copied().unwrap_or_default();
            assert_eq!(said, Err(last.to_owned()));
        }
    }

    #[test]
    fn an_answer_is_bounded_and_says_so() {
        let lines = [r#"{"opensim_fleet_part":0}"#, r#"{"a":1}"#, r#"{"a":2}"#];
        let made = collected(&lines, 1, 1).expect("rows");
        assert_eq!((made[0].rows.len(), made[0].truncated), (1, true));
    }
}
