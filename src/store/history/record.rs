//! A document as it is kept: its text, and the columns by which it is found and compared.
//!
//! The text is the truth and the columns are an index, made from it here and nowhere else. What is read may come from
//! anybody's file: it is a document of a kind that is kept, or it is refused with the reason.

use jiff::Timestamp;
use ring::digest::{SHA256, digest};

use crate::document::{
    At, Body, CarrierResult, Carriers, Compare, Direction, Document, History, Measure, ModemInfo,
    Modems, Recover, Scan, Status, Switch, Unbegun, Word,
};
use crate::domain::Plmn;

/// The longest document that is kept; a survey of everything has some ten thousand bytes.
pub const LONGEST: usize = 4_000_000;

/// What every virtual modem's port begins with.
const VIRTUAL: &str = "sim:";

/// Documents of which nothing is kept: they tell of a moment, or of the history itself.
const OTHERS: &[&str] = &[
    Status::SCHEMA,
    Carriers::SCHEMA,
    Modems::SCHEMA,
    Recover::SCHEMA,
    At::SCHEMA,
    History::SCHEMA,
    Compare::SCHEMA,
    Unbegun::SCHEMA,
];

/// Why a text is not kept.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// No JSON, from this line on.
    #[error("no JSON from line {0} on")]
    Syntax(usize),
    /// A document of opensim of a kind that is not kept.
    #[error("{0} is not kept")]
    OtherKind(String),
    /// No document of opensim, or one of a schema that is not known here.
    #[error("unknown schema {0:?}")]
    Schema(String),
    /// Not what its schema says.
    #[error("{schema}: {detail}")]
    Shape {
        /// The schema.
        schema: String,
        /// What is wrong, for programmers.
        detail: String,
    },
}

/// A document with its columns.
#[derive(Debug)]
pub struct Record {
    /// JSON without the blanks between its signs, every sign else as it was.
    pub(super) text: String,
    pub(super) hash: Vec<u8>,
    pub(super) columns: Columns,
}

/// What a document is found by.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) kind: &'static str,
    pub(super) schema_no: i64,
    pub(super) at: Timestamp,
    pub(super) opensim: String,
    pub(super) place: Option<String>,
    pub(super) modem: Option<String>,
    pub(super) demonstration: bool,
    pub(super) subject: Option<String>,
    pub(super) outcome: Option<String>,
    pub(super) carriers: Vec<CarrierResult>,
    /// The network in use before the survey.
    pub(super) in_use: Option<Plmn>,
}

/// A kind of document that is kept.
trait Kept: Body + serde::de::DeserializeOwned {
    const KIND: &'static str;

    fn columns(self, columns: &mut Columns);
}

impl Record {
    /// Reads a document's JSON.
    ///
    /// # Errors
    /// When it is none, or none that is kept.
    pub fn of(text: &str) -> Result<Self, Unfit> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let value: serde_json::Value =
            serde_json::from_str(text).map_err(|error| Unfit::Syntax(error.line()))?;
        let schema = value.get("schema").and_then(serde_json::Value::as_str);
        let schema = schema.unwrap_or_default().to_owned();
        let columns = match schema.as_str() {
            Scan::SCHEMA => columns::<Scan>(value, &schema)?,
            Switch::SCHEMA => columns::<Switch>(value, &schema)?,
            Measure::SCHEMA => columns::<Measure>(value, &schema)?,
            other if OTHERS.contains(&other) => return Err(Unfit::OtherKind(schema)),
            _ => return Err(Unfit::Schema(schema.chars().take(60).collect())),
        };
        let text = compact(text);
        let hash = digest(&SHA256, text.as_bytes()).as_ref().to_vec();
        Ok(Self {
            text,
            hash,
            columns,
        })
    }

    /// The document, on one line.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// When it was made.
    pub fn at(&self) -> Timestamp {
        self.columns.at
    }

    /// What it is: `scan`, `switch`, `measure`.
    pub fn kind(&self) -> &'static str {
        self.columns.kind
    }

    /// The same, known to come from a virtual modem, which not every document tells.
    #[must_use]
    pub fn of_demonstration(mut self, is_one: bool) -> Self {
        self.columns.demonstration |= is_one;
        self
    }
}

fn columns<B: Kept>(value: serde_json::Value, schema: &str) -> Result<Columns, Unfit> {
    let wrong = |detail: String| Unfit::Shape {
        schema: schema.to_owned(),
        detail,
    };
    let document: Document<B> =
        serde_json::from_value(value).map_err(|error| wrong(error.to_string()))?;
    let at: Timestamp = document
        .at
        .parse()
        .map_err(|error: jiff::Error| wrong(format!("at: {error}")))?;
    let mut columns = Columns {
        kind: B::KIND,
        schema_no: 1,
        at,
        opensim: document.opensim,
        place: None,
        modem: None,
        demonstration: false,
        subject: None,
        outcome: None,
        carriers: Vec::new(),
        in_use: None,
    };
    document.body.columns(&mut columns);
    Ok(columns)
}

impl Kept for Scan {
    const KIND: &'static str = "scan";

    fn columns(self, columns: &mut Columns) {
        let label = self.label.map(|label| label.trim().to_owned());
        columns.place = label.filter(|label| !label.is_empty());
        if let Some(modem) = self.modem {
            columns.of_modem(modem);
        }
        columns.in_use = self.selection_before.and_then(|before| before.plmn);
        columns.carriers = self.carriers;
    }
}

impl Kept for Switch {
    const KIND: &'static str = "switch";

    fn columns(self, columns: &mut Columns) {
        let to = self.to;
        columns.subject = to.and_then(|to| to.carrier.or_else(|| to.plmn.map(|p| p.to_string())));
        columns.outcome = self.outcome.map(|outcome| Word::Known(outcome).to_string());
    }
}

impl Kept for Measure {
    const KIND: &'static str = "measure";

    fn columns(self, columns: &mut Columns) {
        columns.subject = self.interface;
        columns.outcome = Some(Word::Known(self.verdict).to_string());
    }
}

impl Columns {
    fn of_modem(&mut self, modem: ModemInfo) {
        self.demonstration = modem.port.starts_with(VIRTUAL);
        self.modem = Some(modem.imei.unwrap_or(modem.port));
    }
}

/// A rate as a column takes it.
pub(super) fn rate(way: Option<&Direction>, of: fn(&Direction) -> Option<u64>) -> Option<i64> {
    way.and_then(of).map(whole)
}

/// What does not fit is beyond all that a network has.
pub(super) fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// JSON without the blanks between its signs; what is no JSON comes out as something else that is none.
fn compact(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut in_text, mut escaped) = (false, false);
    for c in json.chars() {
        if in_text {
            in_text = escaped || c != '"';
            escaped = c == '\\' && !escaped;
        } else if c == '"' {
            in_text = true;
        } else if c.is_ascii_whitespace() {
            continue;
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::json;
    use crate::report::sample;

    #[test]
    fn a_document_printed_wide_or_on_one_line_is_the_same_record() {
        let wide = json(&sample::scan());
        let one = Record::of(&wide).unwrap();
        assert!(!one.text.contains('\n'));
        assert_eq!(Record::of(&one.text).unwrap().hash, one.hash);
        let marked = format!("\u{feff}{wide}\n\n");
        assert_eq!(Record::of(&marked).unwrap().hash, one.hash);
        let as_values: serde_json::Value = serde_json::from_str(&wide).unwrap();
        assert_eq!(
            as_values,
            serde_json::from_str::<serde_json::Value>(&one.text).unwrap()
        );
    }

    #[test]
    fn what_is_not_kept_is_told_with_its_reason() {
        assert_eq!(Record::of("{\n no").unwrap_err(), Unfit::Syntax(2));
        for (text, schema) in [
            ("{}", ""),
            ("[]", ""),
            (r#"{"schema":"opensim.scan/2"}"#, "opensim.scan/2"),
        ] {
            let unfit = Record::of(text).unwrap_err();
            assert_eq!(unfit, Unfit::Schema(schema.to_owned()));
        }
        let status = Record::of(r#"{"schema":"opensim.status/1"}"#).unwrap_err();
        assert_eq!(status, Unfit::OtherKind("opensim.status/1".to_owned()));
        let cut = r#"{"schema":"opensim.scan/1","opensim":"0.1.0","at":"2026-11-23T08:12:44Z"}"#;
        assert!(matches!(Record::of(cut), Err(Unfit::Shape { .. })));
        let mut undated = sample::scan();
        undated.at = "yesterday".to_owned();
        let undated = json(&undated);
        assert!(matches!(Record::of(&undated), Err(Unfit::Shape { .. })));
    }

    proptest! {
        #[test]
        fn texts_keep_every_sign_and_values_stay_what_they_were(text in "[ \"\\\\\n\ta{}\u{e9}]*", n in -1e9..1e9) {
            let value = serde_json::json!({ "a": text, "b": [n, null, { " c ": text }] });
            let wide = serde_json::to_string_pretty(&value).unwrap();
            prop_assert_eq!(compact(&wide), serde_json::to_string(&value).unwrap());
        }
    }
}
