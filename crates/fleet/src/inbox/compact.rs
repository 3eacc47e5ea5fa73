//! A document on one line, without the name that a person gave the place, and what it says of itself: found in one go, since
//! a fleet reads thousands a second.

use std::borrow::Cow;
use std::ops::Range;

/// The key that is left out: what a person calls the place says where a home is.
const LABEL: &str = "label";

/// JSON without the blanks between its signs.
#[derive(Debug)]
pub(super) struct Compacted<'a> {
    /// All of it.
    pub(super) whole: Vec<u8>,
    /// Where in it the top level's `label` stands, its comma included.
    pub(super) labels: Vec<Range<usize>>,
    /// The values of the top level's keys that were asked for, each as often as it is there.
    pub(super) values: Vec<(&'static str, &'a str)>,
}

/// Takes the blanks out, and finds the label and the values of some keys of the top level. What is no JSON gives something
/// that is none.
pub(super) fn compact<'a>(json: &'a str, wanted: &'static [&'static str]) -> Compacted<'a> {
    let mut scan = Scan {
        json,
        source: json.as_bytes(),
        wanted,
        out: Vec::with_capacity(json.len()),
        copied: 0,
        labels: Vec::new(),
        values: Vec::new(),
        depth: 0,
        key: None,
        label_from: None,
        value_from: None,
    };
    let mut at = 0;
    while let Some(byte) = scan.source.get(at) {
        // Digits, words, and what parts pairs below the top level: nothing to see.
        let is_sign = matches!(byte, b'"' | b'{' | b'}' | b'[' | b']')
            || byte.is_ascii_whitespace()
            || scan.depth == 1 && matches!(byte, b',' | b':');
        at = if is_sign {
            scan.take(*byte, at)
        } else {
            at + 1
        };
    }
    scan.copy(at);
    Compacted {
        whole: scan.out,
        labels: scan.labels,
        values: scan.values,
    }
}

struct Scan<'a> {
    json: &'a str,
    source: &'a [u8],
    wanted: &'static [&'static str],
    out: Vec<u8>,
    /// Up to where the source is in `out`: what has no blanks is copied in one go.
    copied: usize,
    labels: Vec<Range<usize>>,
    values: Vec<(&'static str, &'a str)>,
    depth: usize,
    /// Where in the source the last text of the top level stands, which may turn out to be a key.
    key: Option<Range<usize>>,
    /// Where in `out` a label begins that has not ended yet.
    label_from: Option<usize>,
    /// Where in the source a value begins that is wanted and has not ended yet.
    value_from: Option<(&'static str, usize)>,
}

impl Scan<'_> {
    /// Looks at a byte outside of texts; where to go on.
    fn take(&mut self, byte: u8, at: usize) -> usize {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => {
                self.copy(at);
                self.copied = at + 1;
            }
            b'"' => {
                let end = end_of_text(self.source, at);
                if self.depth == 1 {
                    self.key = Some(at..end);
                }
                return end;
            }
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                if self.depth == 1 {
                    self.end_of_pair(at, false);
                }
                self.depth = self.depth.saturating_sub(1);
            }
            b',' if self.depth == 1 => self.end_of_pair(at, true),
            b':' if self.depth == 1 => {
                if let Some(key) = self.key.take() {
                    self.key(&key, at);
                }
            }
            _ => {}
        }
        at + 1
    }

    /// Brings the source into `out`, up to a byte.
    fn copy(&mut self, end: usize) {
        self.out.extend_from_slice(&self.source[self.copied..end]);
        self.copied = end;
    }

    /// At the colon behind a key of the top level.
    fn key(&mut self, key: &Range<usize>, at: usize) {
        let quoted = self.source.get(key.clone()).unwrap_or_default();
        let named = if quoted.contains(&b'\\') {
            serde_json::from_slice(quoted).unwrap_or_default()
        } else {
            let inner = quoted.get(1..quoted.len().saturating_sub(1));
            String::from_utf8_lossy(inner.unwrap_or_default())
        };
        let named: Cow<'_, str> = named;
        if named == LABEL {
            let quoted = quoted.len();
            self.copy(at);
            self.label_from = Some(self.out.len() - quoted);
        } else if let Some(wanted) = self.wanted.iter().find(|wanted| named == **wanted) {
            self.value_from = Some((wanted, at + 1));
        }
    }

    /// At what follows a pair of the top level, before it is put out.
    fn end_of_pair(&mut self, at: usize, has_next: bool) {
        if let Some((key, from)) = self.value_from.take() {
            let value = self.json.get(from..at).unwrap_or_default();
            self.values.push((key, value));
        }
        let Some(from) = self.label_from.take() else {
            return;
        };
        self.copy(at);
        // With those right before it, so that what is cut is whole pairs and the commas between them.
        let mut start = from;
        while let Some(before) = self.labels.pop_if(|cut| cut.end == start) {
            start = before.start;
        }
        // The comma behind goes with it; behind the last pair, the one before.
        let end = self.out.len() + usize::from(has_next);
        if !has_next && start > 0 && self.out.get(start - 1) == Some(&b',') {
            start -= 1;
        }
        self.labels.push(start..end);
    }
}

/// The byte behind a text that begins at a quote.
fn end_of_text(source: &[u8], from: usize) -> usize {
    let mut at = from + 1;
    while let Some(byte) = source.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    source.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without_label(json: &str) -> String {
        let Compacted {
            whole: out, labels, ..
        } = compact(json, &[]);
        let mut kept = Vec::new();
        let mut at = 0;
        for cut in labels {
            kept.extend_from_slice(&out[at..cut.start]);
            at = cut.end;
        }
        kept.extend_from_slice(&out[at..]);
        String::from_utf8(kept).expect("text")
    }

    #[test]
    fn blanks_go_and_the_label_of_the_top_level_alone() {
        for (json, kept) in [
            (
                r#"{ "a" : 1, "label": "x", "b": " y " }"#,
                r#"{"a":1,"b":" y "}"#,
            ),
            (r#"{"label":"=1+1","b":2}"#, r#"{"b":2}"#),
            (
                r#"{"b":2,"label":{"a":[1,{"label":2}],"c":3}}"#,
                r#"{"b":2}"#,
            ),
            (r#"{"label":null}"#, "{}"),
            (r#"{"label":1,"label":2}"#, "{}"),
            (r#"{"a":0,"label":1,"label":2}"#, r#"{"a":0}"#),
            (r#"{"l\u0061bel":"x","b":"la\"bel"}"#, r#"{"b":"la\"bel"}"#),
            (
                r#"{"a":{"label":"in"},"b":["label","x"]}"#,
                r#"{"a":{"label":"in"},"b":["label","x"]}"#,
            ),
            (r#"{"a":"label","b":"\\"}"#, r#"{"a":"label","b":"\\"}"#),
            (r#"["label", "x"]"#, r#"["label","x"]"#),
        ] {
            assert_eq!(without_label(json), kept, "{json}");
        }
    }

    #[test]
    fn values_of_the_top_level_are_found_as_often_as_they_are_there() {
        let json = r#"{"schema" : "a\"/1", "x":{"at":1}, "\u0061t":
            "now" ,"schema":null}"#;
        let found = compact(json, &["schema", "at"]).values;
        let found: Vec<_> = found
            .iter()
            .map(|(key, value)| (*key, value.trim()))
            .collect();
        assert_eq!(
            found,
            [
                ("schema", r#""a\"/1""#),
                ("at", "\"now\""),
                ("schema", "null")
            ]
        );
    }

    #[test]
    fn what_is_no_json_harms_nobody() {
        for json in [
            "",
            "{",
            "\"",
            "{\"label\",:1}",
            "{\"label\":",
            "{\"at\":}",
            "}}]:\"\\",
            "{:,}",
            "{\"é\\",
        ] {
            compact(json, &["at"]);
        }
    }
}
