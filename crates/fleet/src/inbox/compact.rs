//! A document on one line, without the name that a person gave the place.

use std::ops::Range;

/// The key that is left out: what a person calls the place says where a home is.
const LABEL: &str = "label";

/// JSON without the blanks between its signs, and where in it the top level's `label` stands, its comma included. The text is
/// known to be JSON.
pub fn compact(json: &str) -> (Vec<u8>, Vec<Range<usize>>) {
    let mut scan = Scan {
        out: Vec::with_capacity(json.len()),
        labels: Vec::new(),
        depth: 0,
        text: None,
        is_escaped: false,
        key: None,
        label_from: None,
    };
    for byte in json.bytes() {
        scan.take(byte);
    }
    (scan.out, scan.labels)
}

struct Scan {
    out: Vec<u8>,
    labels: Vec<Range<usize>>,
    depth: usize,
    /// Where the text begins that is being read.
    text: Option<usize>,
    is_escaped: bool,
    /// The last text of the top level, which may turn out to be a key.
    key: Option<Range<usize>>,
    /// Where a label begins that has not ended yet.
    label_from: Option<usize>,
}

impl Scan {
    fn take(&mut self, byte: u8) {
        if let Some(from) = self.text {
            self.out.push(byte);
            let ends = byte == b'"' && !self.is_escaped;
            self.is_escaped = byte == b'\\' && !self.is_escaped;
            if ends {
                self.text = None;
                if self.depth == 1 {
                    self.key = Some(from..self.out.len());
                }
            }
            return;
        }
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => return,
            b'"' => self.text = Some(self.out.len()),
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                if self.depth == 1 {
                    self.end_of_pair(false);
                }
                self.depth = self.depth.saturating_sub(1);
            }
            b',' if self.depth == 1 => self.end_of_pair(true),
            b':' if self.depth == 1 => {
                let key = self.key.take();
                self.label_from = key.filter(|key| self.is_label(key)).map(|key| key.start);
            }
            _ => {}
        }
        self.out.push(byte);
    }

    /// At what follows a pair of the top level, before it is put out.
    fn end_of_pair(&mut self, has_next: bool) {
        let Some(from) = self.label_from.take() else {
            return;
        };
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

    fn is_label(&self, key: &Range<usize>) -> bool {
        let quoted = &self.out[key.clone()];
        let text: Result<String, _> = serde_json::from_slice(quoted);
        text.is_ok_and(|text| text == LABEL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without_label(json: &str) -> String {
        let (out, labels) = compact(json);
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
}
