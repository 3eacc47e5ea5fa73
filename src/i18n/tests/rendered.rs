//! Every sentence as a person reads it: each code of the table, in both languages, with each of its variants.

use serde_json::{Value, json};

use super::{Lang, arguments, entries};
use crate::document::Values;
use crate::domain::codes::Code;
use crate::i18n::{Catalogue, codes};

/// English that no French sentence needs. Words that French writes too (on, or, but, main, note) cannot be told apart.
const ENGLISH: &[&str] = &[
    "the",
    "of",
    "and",
    "with",
    "without",
    "from",
    "to",
    "by",
    "for",
    "not",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "has",
    "have",
    "had",
    "this",
    "that",
    "these",
    "it",
    "its",
    "which",
    "what",
    "who",
    "when",
    "where",
    "here",
    "there",
    "cannot",
    "could",
    "would",
    "should",
    "will",
    "can",
    "may",
    "must",
    "you",
    "your",
    "found",
    "failed",
    "failure",
    "unknown",
    "invalid",
    "missing",
    "expected",
    "unexpected",
    "already",
    "error",
    "wrong",
    "closed",
    "broken",
    "refused",
    "denied",
    "answer",
    "answered",
    "network",
    "card",
    "file",
    "field",
    "given",
    "held",
    "busy",
    "none",
    "null",
];

/// The libraries that opensim is built on, which nobody who reads a sentence knows.
const LIBRARIES: &[&str] = &[
    "rustls",
    "webpki",
    "zbus",
    "serde",
    "serde_json",
    "tokio",
    "hyper",
    "fluent",
    "jiff",
    "nix",
    "rustix",
    "clap",
    "httparse",
    "reqwest",
    "ureq",
    "rusqlite",
    "thiserror",
    "anyhow",
    "socket2",
    "errno",
    "enoent",
];

/// The units that stand behind a no-break space.
const UNITS: &[&str] = &[
    "dB", "dBm", "MHz", "ms", "s", "min", "h", "o", "ko", "Mo", "Go", "octets", "bit/s", "kbit/s",
    "Mbit/s",
];

/// A value of this name as documents carry it.
fn sample(name: &str) -> Value {
    match name {
        "plmn" => json!("20810"),
        "carrier" | "carriers" | "from" | "above" => json!("orange"),
        "to" | "over" | "back" => json!("sfr"),
        "with" => json!(["sfr", "bouygues"]),
        "candidates" => json!(["orange", "sfr"]),
        "port" | "instead" => json!("/dev/ttyUSB2"),
        "wanted" => json!("Grenier"),
        "fewest" => json!(3),
        "kept_as" => json!("/tmp/opensim/history.db.bad-20261123T081244Z"),
        "file" | "journal" => json!("/tmp/opensim/20.json"),
        "command" => json!("AT+COPS?"),
        "line" => json!("+COPS: 0"),
        "cause" => json!("modem.silent"),
        "detail" => json!("file.not_plain"),
        "rule" => json!("guard.no_order"),
        "since" | "at" => json!("2026-11-23T08:12:00Z"),
        "unusable" => json!([{ "id": "usb:1-1", "reason": "router", "usb": null, "page": null }]),
        "tried" => json!([{ "port": "/dev/ttyUSB2", "cause": "modem.gone" }]),
        "stopped_because" => json!("max_time"),
        "quality" => json!("fair"),
        "verdict" => json!("suitable"),
        "access" => json!("umts"),
        "way" => json!("up"),
        "part" => json!("voice"),
        "state" => json!("denied"),
        "tries" | "seconds" | "status" | "cells" | "packets" | "doubled" | "budget" | "needed" => {
            json!(42)
        }
        _ if name.ends_with("_bps") => json!(1_250_000),
        _ if ["_db", "_dbm", "_ms", "_percent", "mos"]
            .iter()
            .any(|end| name.ends_with(end)) =>
        {
            json!(3.5)
        }
        _ => json!("X1"),
    }
}

/// The value that makes a sentence take this variant.
fn taking(variant: &str, name: &str) -> Value {
    match variant {
        "other" => sample(name),
        "none" => Value::Null,
        "one" => json!(1),
        number if number.parse::<u32>().is_ok() => json!(number.parse::<u32>().ok()),
        word => json!(word),
    }
}

/// The ways through a text: on each, what it selects on and which variant it takes, the outer ones first.
fn paths(text: &str) -> Vec<Vec<(String, String)>> {
    let mut open: Vec<(String, String)> = Vec::new();
    let mut paths = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        if line.starts_with('}') {
            open.pop();
        }
        let key = line.trim_start_matches('*').strip_prefix('[');
        if let (Some((key, _)), Some(last)) =
            (key.and_then(|key| key.split_once(']')), open.last_mut())
        {
            key.clone_into(&mut last.1);
            paths.push(open.clone());
        }
        let selects = line
            .strip_suffix("->")
            .and_then(|line| line.rsplit_once('$'));
        open.extend(selects.map(|(_, name)| (name.trim().to_owned(), String::new())));
    }
    paths
}

/// The values of these names, as usual and on each way through the text.
fn ways(text: &str, names: &[String]) -> Vec<Values> {
    let usual = names.iter().map(|name| (name.clone(), sample(name)));
    let usual: Values = usual.collect();
    let on = |path: Vec<(String, String)>| {
        let mut values = usual.clone();
        for (name, variant) in path {
            values.insert(name.clone(), taking(&variant, &name));
        }
        values
    };
    let mut ways: Vec<Values> = paths(text).into_iter().map(on).collect();
    ways.push(usual);
    ways
}

/// Each key with its sentence, in each way that it can be said. A code's sentence is given what its row carries.
fn said(lang: Lang) -> Vec<(String, String)> {
    let words = Catalogue::new(lang);
    let carried = |key: &str| {
        let families = ["error-", "hint-", "note-", "advice-"];
        let code = Code::all().find(|c| families.iter().any(|f| codes::key(f, c.as_str()) == key));
        code.map(|code| {
            code.values()
                .iter()
                .map(|name| (*name).to_owned())
                .collect()
        })
    };
    let mut said = Vec::new();
    for (key, text) in entries(lang) {
        let used = || arguments(&text.replace("$USER", "")).into_iter().collect();
        let names: Vec<String> = carried(&key).unwrap_or_else(used);
        for values in ways(&text, &names) {
            said.push((key.clone(), words.text_with(&key, &values)));
        }
    }
    said
}

/// The words of a sentence, without what it quotes: commands, names, what others said.
fn own_words(text: &str) -> Vec<String> {
    let mut parts = text
        .split(['«', '»'])
        .step_by(2)
        .collect::<Vec<_>>()
        .join(" ");
    parts.retain(|c| !matches!(c, '(' | ')' | ',' | ';'));
    let tokens = parts.split_whitespace();
    let is_word = |token: &&str| {
        token
            .chars()
            .all(|c| c.is_alphabetic() || "’.:_".contains(c))
    };
    let whole = |token: &str| token.trim_matches(['.', ':']).to_lowercase();
    tokens.filter(is_word).map(whole).collect()
}

#[test]
fn no_value_is_left_unsaid() {
    for lang in Lang::ALL {
        for (key, text) in said(lang) {
            let left = text.replace("$USER", "");
            assert!(!left.contains(['{', '}', '$']), "{lang:?} {key}: {text}");
            for sign in [" . ", " ,", "()", ",,", "..", "( ", " )"] {
                assert!(!text.contains(sign), "{lang:?} {key}: {text}");
            }
        }
    }
}

#[test]
fn a_detail_is_the_end_of_a_sentence_that_has_its_own_mark() {
    for lang in Lang::ALL {
        for (key, text) in said(lang)
            .into_iter()
            .filter(|(key, _)| key.starts_with("detail-"))
        {
            assert!(!text.ends_with(['.', '!', '?']), "{lang:?} {key}: {text}");
            assert!(!text.contains(". "), "{lang:?} {key}: {text}");
        }
    }
}

#[test]
fn no_english_word_stands_in_a_french_sentence() {
    for (key, text) in said(Lang::Fr)
        .into_iter()
        .filter(|(key, _)| !key.ends_with("-examples"))
    {
        let words = own_words(&text);
        let english = words.iter().find(|word| ENGLISH.contains(&word.as_str()));
        assert_eq!(english, None, "{key}: {text}");
    }
}

#[test]
fn no_library_is_named_to_a_person() {
    for lang in Lang::ALL {
        for (key, text) in said(lang) {
            let text = text.to_lowercase();
            let mut words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            let library = words.find(|word| LIBRARIES.contains(word));
            assert_eq!(library, None, "{lang:?} {key}: {text}");
        }
    }
}

#[test]
fn no_french_line_can_break_before_its_mark_or_its_unit() {
    for (key, text) in said(Lang::Fr) {
        let breaks = |c: char| text.contains(&format!(" {c}"));
        for mark in [':', ';', '!', '?', '%', '»'] {
            // A shell's own line, which a person copies.
            assert!(!breaks(mark) || key.ends_with("-examples"), "{key}: {text}");
        }
        assert!(!text.contains("« "), "{key}: {text}");
        let mut words = text.split(' ').peekable();
        while let (Some(word), Some(next)) = (words.next(), words.peek()) {
            let unit = next.trim_end_matches([')', '.', ',']);
            let is_number = word.ends_with(|c: char| c.is_ascii_digit());
            assert!(!is_number || !UNITS.contains(&unit), "{key}: {text}");
        }
        let percents = text
            .match_indices('%')
            .map(|(at, _)| text[..at].chars().next_back());
        for before in percents {
            assert_eq!(before, Some('\u{202f}'), "{key}: {text}");
        }
    }
}

#[test]
fn an_english_percent_stands_at_its_number_and_quotes_are_straight() {
    for (key, text) in said(Lang::En) {
        for space in [' ', '\u{a0}', '\u{202f}'] {
            assert!(!text.contains(&format!("{space}%")), "{key}: {text}");
        }
        assert!(!text.contains(['’', '‘', '“', '”']), "{key}: {text}");
    }
}

#[test]
fn each_variant_of_a_sentence_is_said() {
    let text = " = A { $a ->\n    [none] b\n   *[other] { $c ->\n        [one] d\n       *[other] e\n    }\n} f";
    let ways = ways(text, &["a", "c", "g"].map(str::to_owned));
    let taken: Vec<_> = ways
        .iter()
        .map(|way| (way["a"].is_null(), way["c"] == json!(1)))
        .collect();
    let (usual, one) = ((false, false), (false, true));
    assert_eq!(taken, [(true, false), usual, one, usual, usual]);
    // The law has something to hold.
    assert!(said(Lang::Fr).len() > entries(Lang::Fr).len() + 100);
}
