//! A document that came in, as far as all kinds are alike: whose, which, when, and on one line.

use std::borrow::Cow;

use jiff::Timestamp;
use opensim_domain::document::{
    At, Body as _, Carriers, Compare, Doctor, FleetIngest, History, Measure, Modems,
    MonitorReading, Recover, Scan, Sending, Status, Switch, Unbegun,
};
use ring::digest::{SHA256, digest};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::compact::{Compacted, compact};
use super::refusal::Refusal;
use crate::columns::Table;
use crate::folder::first_eight;

/// Documents of which a fleet keeps nothing.
const OTHERS: &[&str] = &[
    Modems::SCHEMA,
    Carriers::SCHEMA,
    Recover::SCHEMA,
    Doctor::SCHEMA,
    MonitorReading::SCHEMA,
    At::SCHEMA,
    History::SCHEMA,
    Compare::SCHEMA,
    Sending::SCHEMA,
    FleetIngest::SCHEMA,
    Unbegun::SCHEMA,
    "opensim.bundle/1",
    "opensim.fleet_answer/1",
    "opensim.gateway/1",
];

/// The kinds that are kept, and the newest number of each that can be read.
const KEPT: &[(&str, Table)] = &[
    (Scan::SCHEMA, Table::Surveys),
    (Switch::SCHEMA, Table::Switches),
    (Measure::SCHEMA, Table::Measures),
    (Status::SCHEMA, Table::Statuses),
];

/// How far a document may be ahead of its reception.
const AHEAD: i64 = 24 * 3600;
/// Before this there was no opensim: 2024-01-01.
const BEGINNING: i64 = 1_704_067_200;

/// What every document begins with.
const TOP: &[&str] = &["schema", "at", "opensim"];

/// What of it a document has, each once and a text.
#[derive(Debug, Default)]
struct Top<'a> {
    schema: Option<Cow<'a, str>>,
    at: Option<Cow<'a, str>>,
    opensim: Option<Cow<'a, str>>,
}

impl<'a> Top<'a> {
    fn of(values: &[(&str, &'a str)]) -> Result<Self, Refusal> {
        let mut top = Self::default();
        for (at, (key, json)) in values.iter().enumerate() {
            let is_repeated = values[..at].iter().any(|value| value.0 == *key);
            let text: Option<Option<Text<'a>>> = serde_json::from_str(json).ok();
            let (Some(text), false) = (text, is_repeated) else {
                return Err(Refusal::SchemaUnknown);
            };
            let text = text.map(|text| text.0);
            match *key {
                "schema" => top.schema = text,
                "at" => top.at = text,
                _ => top.opensim = text,
            }
        }
        Ok(top)
    }
}

/// A text that is borrowed where it has no escapes.
#[derive(Debug, Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// Whether a text is JSON.
pub fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Which document it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// The table that its rows are of.
    pub table: Table,
    /// Its schema's number.
    pub schema_no: u16,
    /// Whether its schema is one that can be read.
    pub known: NewestKnown,
    /// When.
    pub at: Timestamp,
    /// The version that made it, where it says one.
    pub opensim: Option<String>,
}

/// Whether a schema's number can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewestKnown {
    /// It can.
    Within,
    /// It is newer than this version.
    Beyond,
}

/// A document that came in.
#[derive(Debug)]
pub struct Arrived {
    /// The first 64 bits of the digest of its bytes, without the blanks between signs.
    pub doc: u64,
    /// The document on one line, without the name of the place.
    pub line: Vec<u8>,
    /// Whether it had the name of a place.
    had_label: bool,
    /// Which it is; `None` for one of a kind that is not kept.
    pub head: Option<Head>,
}

impl Arrived {
    /// Looks at what came in under a name, at a time. One of a known schema is JSON only if rows can be made of it.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn read(name: Option<&str>, bytes: &[u8], now: Timestamp) -> Result<Self, Refusal> {
        let text = std::str::from_utf8(bytes).map_err(|_| Refusal::Utf8)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let looked_at = Self::looked_at(name, bytes, text, now);
        // Whoever makes rows reads it to its end. What is refused, or not read on, may be no JSON at all, which is why then.
        let is_read_on = looked_at.as_ref().is_ok_and(|arrived| {
            let head = arrived.head.as_ref();
            !arrived.had_label && head.is_some_and(|head| head.known == NewestKnown::Within)
        });
        if is_read_on || is_json(text) {
            looked_at
        } else {
            Err(Refusal::Json)
        }
    }

    fn looked_at(
        name: Option<&str>,
        bytes: &[u8],
        text: &str,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        let Compacted {
            whole,
            labels,
            values,
        } = compact(text, TOP);
        let doc = hash(&whole);
        if let Some(named) = name.and_then(digest_of_name)
            && named != doc
            && named != hash(bytes)
        {
            return Err(Refusal::Name);
        }
        let head = head(&Top::of(&values)?, now)?;
        Ok(Self {
            doc,
            had_label: !labels.is_empty(),
            line: without(whole, &labels),
            head,
        })
    }
}

impl Head {
    /// Looks at a document that was kept: what could not be read then may be readable now.
    pub fn of_kept(document: &str) -> Option<Self> {
        let top = Top::of(&compact(document, TOP).values).ok()?;
        head(&top, Timestamp::MAX).ok().flatten()
    }
}

fn head(top: &Top<'_>, now: Timestamp) -> Result<Option<Head>, Refusal> {
    let schema = top.schema.as_deref().ok_or(Refusal::SchemaUnknown)?;
    if OTHERS.contains(&schema) {
        return Ok(None);
    }
    let (name, number) = schema.rsplit_once('/').ok_or(Refusal::SchemaUnknown)?;
    let number = Some(number).filter(|n| !n.starts_with(['+', '0']));
    let number: Option<u16> = number.and_then(|n| n.parse().ok());
    let number = number.filter(|n| i16::try_from(*n).is_ok());
    let schema_no = number.ok_or(Refusal::SchemaUnknown)?;
    let known = KEPT.iter().find_map(|(schema, table)| {
        let (known, newest) = schema.rsplit_once('/')?;
        (known == name).then(|| (*table, newest.parse::<u16>().unwrap_or(1)))
    });
    let (table, newest) = known.ok_or(Refusal::SchemaUnknown)?;
    let at: Option<Timestamp> = top.at.as_deref().and_then(|at| at.parse().ok());
    let at = at.ok_or(Refusal::SchemaInvalid)?;
    if at.as_second() < BEGINNING || at.as_second() > now.as_second().saturating_add(AHEAD) {
        return Err(Refusal::Clock);
    }
    let is_version = |text: &&str| {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'+');
        text.len() <= 40 && text.bytes().all(plain) && !text.starts_with(['-', '+'])
    };
    let opensim = top.opensim.as_deref().filter(is_version);
    Ok(Some(Head {
        table,
        schema_no,
        known: if schema_no > newest {
            NewestKnown::Beyond
        } else {
            NewestKnown::Within
        },
        at,
        opensim: opensim.map(str::to_owned),
    }))
}

fn hash(bytes: &[u8]) -> u64 {
    first_eight(digest(&SHA256, bytes).as_ref())
}

/// The digest in a name as the outbox gives it: `20261123T183205Z-scan-0123456789abcdef.json`.
fn digest_of_name(name: &str) -> Option<u64> {
    let stem = name.strip_suffix(".json")?;
    let (_, digits) = stem.rsplit_once('-')?;
    let is_digest = crate::sites::is_number(digits);
    is_digest
        .then(|| u64::from_str_radix(digits, 16).ok())
        .flatten()
}

fn without(whole: Vec<u8>, cuts: &[std::ops::Range<usize>]) -> Vec<u8> {
    if cuts.is_empty() {
        return whole;
    }
    let mut kept = Vec::with_capacity(whole.len());
    let mut at = 0;
    for cut in cuts {
        kept.extend_from_slice(&whole[at..cut.start]);
        at = cut.end;
    }
    kept.extend_from_slice(&whole[at..]);
    kept
}
