//! The values of a note or an error, made ready for a sentence: codes become words, ids become names.

use fluent_bundle::{FluentArgs, FluentValue};
use serde_json::{Map, Value};

use super::format::clean;
use super::{Catalogue, codes};
use crate::document::Values;
use crate::domain::Plmn;
use crate::domain::codes::Code;

/// What an unknown value is to a sentence: it can be selected on, and is never printed where the catalogue minds it.
const NONE: &str = "none";

/// Values that a sentence minds the lack of.
const OPTIONAL: &[&str] = &[
    "cause",
    "refusal",
    "detail",
    "detail_code",
    "suggestion",
    "tries",
    "to",
    "from",
    "instead",
    "unusable",
    "name",
    "usb",
    "page",
    "driver",
    "line_number",
    "key",
];

/// The guard's rules about the carrier: what to do instead is to choose one.
const OF_CHOICE: &[Code] = &[
    Code::GUARD_AUTOMATIC_SELECTION,
    Code::GUARD_DEREGISTER,
    Code::GUARD_NO_ORDER,
    Code::GUARD_UNREADABLE,
];

/// Messages whose detail is in the reader's own words, or an address: nobody is quoted.
const OWN_WORDS: &[&str] = &[
    "error-usage-invalid",
    "error-report-unknown_schema",
    "note-check-captive",
];

/// The values as Fluent takes them, for the message of a key.
pub(super) fn arguments(words: &Catalogue, key: &str, values: &Values) -> FluentArgs<'static> {
    let mut arguments = FluentArgs::with_capacity(values.len() + OPTIONAL.len());
    // A later value of the same name replaces an earlier one.
    for name in OPTIONAL {
        arguments.set(*name, NONE);
    }
    if let Some(Value::String(plmn)) = values.get("plmn") {
        arguments.set("carrier", words.carrier(plmn));
    }
    if let Some(first) = values.get("candidates").and_then(first) {
        arguments.set("first", clean(first));
    }
    for (name, value) in values {
        arguments.set(name.clone(), worded(words, name, value));
    }
    if let Some(finding) = values.get("finding").and_then(Value::as_str) {
        arguments.set("finding", words.finding(finding, values));
    }
    if let Some(rule) = values.get("rule").and_then(Value::as_str) {
        let is_of_choice = Code::of(rule).is_some_and(|rule| OF_CHOICE.contains(&rule));
        arguments.set("rule_of", if is_of_choice { "choice" } else { "other" });
    }
    if let Some(detail) = values.get("detail").and_then(Value::as_str) {
        arguments.set("detail_code", detail.replace('.', "-"));
        if !OWN_WORDS.contains(&key) {
            arguments.set("detail", words.detail(detail, values));
        }
    }
    arguments
}

/// The first of a list, which comes as an array or as one text.
fn first(list: &Value) -> Option<&str> {
    match list {
        Value::Array(items) => items.first()?.as_str(),
        Value::String(text) => text.split(", ").next(),
        _ => None,
    }
}

fn worded(words: &Catalogue, name: &str, value: &Value) -> FluentValue<'static> {
    match value {
        Value::Null => words.unknown(name).into(),
        Value::Number(number) => match number.as_f64() {
            Some(_) if name.ends_with("_bps") => words.rate(number.as_u64().unwrap_or(0)).into(),
            Some(_) if name == "bytes" => words.bytes(number.as_u64().unwrap_or(0)).into(),
            Some(number) if matches!(name, "mos" | "need_mos") => words.decimal(number).into(),
            Some(number) => number.into(),
            None => clean(&number.to_string()).into(),
        },
        // Counted, so a number wherever it comes from.
        Value::String(text) if matches!(name, "tries" | "seconds") => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => number.into(),
            _ => words.word(name, text).into(),
        },
        Value::String(text) => words.word(name, text).into(),
        Value::Array(items) if items.is_empty() => words.unknown(name).into(),
        Value::Array(items) if name == "unusable" => {
            let told: Vec<String> = items.iter().map(|stick| words.unusable(stick)).collect();
            told.join(" ").into()
        }
        Value::Array(items) => {
            let told = |item: &Value| match item {
                Value::String(text) => Some(words.word(name, text)),
                Value::Object(facts) => Some(words.text_with("tried-one", &values_of(facts))),
                _ => None,
            };
            let texts: Vec<String> = items.iter().filter_map(told).collect();
            words.list(&texts).into()
        }
        other => clean(&other.to_string()).into(),
    }
}

fn values_of(facts: &Map<String, Value>) -> Values {
    let facts = facts.iter();
    facts
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

impl Catalogue {
    /// A carrier's name by its id or by one of its network codes; what names no carrier as it is.
    pub fn carrier(&self, id: &str) -> String {
        let by_id = || self.profile.carriers.iter().find(|c| c.id == id).cloned();
        let by_code = || self.profile.owner(id.parse::<Plmn>().ok()?);
        let in_france = || self.profile.named(id).ok().filter(|c| c.id == id);
        let carrier = by_id().or_else(by_code).or_else(in_france);
        carrier.map_or_else(|| clean(id), |c| clean(&c.name))
    }

    /// What a stick is that cannot be used, and what to do, by its facts; its reason alone where that is not known.
    pub fn unusable(&self, stick: &Value) -> String {
        let mut values = stick.as_object().map(values_of).unwrap_or_default();
        let reason = values.get("reason").and_then(Value::as_str).unwrap_or(NONE);
        let key = codes::key("unusable-", reason);
        if !self.has(&key) {
            return clean(reason);
        }
        let label = self.text_with("stick-label", &values);
        values.insert("stick".to_owned(), label.into());
        self.text_with(&key, &values)
    }

    fn word(&self, name: &str, text: &str) -> String {
        match name {
            _ if text.is_empty() => self.unknown(name),
            "quality" | "verdict" | "access" => self.family(name, text),
            "stopped_because" => self.family("stopped", text),
            "check" => self.family("doctor-check", text),
            "rule" => self.coded("", text),
            "cause" => self.cause(text),
            "refusal" => self.refusal(text),
            "since" => self.moment(&clean(text)),
            "carrier" | "from" | "to" | "over" | "above" | "with" => self.carrier(text),
            _ => clean(text),
        }
    }

    /// An error of ours in a few words, a modem's number with its meaning, a modem's own words as they are.
    fn cause(&self, text: &str) -> String {
        let number = text.strip_prefix("+CME ERROR:").map(str::trim);
        let key = format!("cme-{}", number.unwrap_or_default());
        if number.is_none() || !self.has(&key) {
            return self.coded("cause-", text);
        }
        let values = [("meaning", self.text(&key)), ("line", clean(text))];
        self.text_of("cme-shown", values)
    }

    /// What stands behind another finding, in its own sentence, which uses the same values.
    fn finding(&self, code: &str, values: &Values) -> String {
        let keys = ["note-", "error-"].map(|family| codes::key(family, code));
        let others = values.iter().filter(|(name, _)| *name != "finding");
        let others = others.map(|(name, value)| (name.clone(), value.clone()));
        match keys.iter().find(|key| self.has(key)) {
            Some(key) => self.text_with(key, &others.collect()),
            None => clean(code),
        }
    }

    /// A network's refusal as a modem tells it: the meaning of its number, where there is one that is known (24.301
    /// clause 9.9.3.9), with what the modem said.
    fn refusal(&self, text: &str) -> String {
        let (_, rest) = text.split_once("cause ").unwrap_or_default();
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let key = format!("emm-{}", &rest[..digits]);
        if digits == 0 || !self.has(&key) {
            return clean(text);
        }
        let values = [("meaning", self.text(&key)), ("line", clean(text))];
        self.text_of("cme-shown", values)
    }

    /// A detail of ours in words, which may use the other values of its error; else what another program or a library
    /// says, quoted: it is in no language of the reader's.
    fn detail(&self, text: &str, values: &Values) -> String {
        let key = codes::key("detail-", text);
        if text.is_empty() {
            NONE.to_owned()
        } else if self.has(&key) {
            let others = values.iter().filter(|(name, _)| *name != "detail");
            let others = others.map(|(name, value)| (name.clone(), value.clone()));
            self.text_with(&key, &others.collect())
        } else {
            self.text_of("foreign-quoted", [("text", clean(text))])
        }
    }

    fn coded(&self, family: &str, code: &str) -> String {
        let key = codes::key(family, code);
        if self.has(&key) {
            self.text(&key)
        } else {
            clean(code)
        }
    }

    /// The word of a family (`quality-good`); what is in no family as it is.
    pub fn family(&self, family: &str, word: &str) -> String {
        let key = format!("{family}-{word}");
        if self.has(&key) {
            self.text(&key)
        } else {
            clean(word)
        }
    }

    fn unknown(&self, name: &str) -> String {
        match name {
            "quality" | "access" => self.family(name, "unknown"),
            _ => NONE.to_owned(),
        }
    }
}
