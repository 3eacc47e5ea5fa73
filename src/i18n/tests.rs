//! The laws of the catalogues: nothing missing, nothing left over, nothing in one language only.

mod rendered;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::json;

use super::*;
use crate::domain::PortRole;
use crate::domain::Unusable;
use crate::domain::codes::{Code, Detail};
use crate::domain::measured::Reachability;
use crate::domain::radio::{Quality, Rsrp, Sinr};
use crate::domain::rank::Reason;
use crate::domain::verdict::{Doubt, Verdict};
use crate::domain::{Access, RegistrationState, SelectionMode};
use crate::domain::{Availability, SimState};
use crate::link::discover::Stick;
use crate::measure::MeasureError;
use crate::measure::reach::Finding;
use crate::modem::{Error, NetworkFault, SimFault, Tried};

/// Families whose keys are put together from a code, each held by a law of its own.
const FAMILIES: &[&str] = &[
    "error-",
    "hint-",
    "note-",
    "guard-",
    "cause-",
    "detail-",
    "cme-",
    "help-",
    "value-",
    "expected-",
    "quality-",
    "verdict-",
    "access-",
    "availability-",
    "sim-state-",
    "mode-",
    "registration-",
    "role-",
    "stopped-",
    "doubt-",
    "reachability-",
    "unusable-",
    "part-",
    "advice-",
    "doctor-check-",
    "emm-",
    "line-",
    "vpn-",
    "trend-",
    "outcome-",
    "sending-",
    "kind-",
];

/// Each key of a language with its text as it stands in the file.
pub(crate) fn entries(lang: Lang) -> BTreeMap<String, String> {
    let mut entries: BTreeMap<String, String> = BTreeMap::new();
    for file in lang.files() {
        let mut last = None;
        for line in file.lines() {
            let starts = line.starts_with(|c: char| c.is_ascii_lowercase());
            if let Some((key, text)) = line.split_once(" =").filter(|_| starts) {
                let former = entries.insert(key.to_owned(), text.to_owned());
                assert_eq!(former, None, "{key} stands twice in {lang:?}");
                last = Some(key.to_owned());
            } else if let Some(text) = last.as_ref().and_then(|key| entries.get_mut(key))
                && !line.starts_with('#')
            {
                text.push('\n');
                text.push_str(line);
            }
        }
    }
    entries
}

/// The names of the values in a text: what follows a dollar sign inside braces.
pub(crate) fn arguments(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            '$' if depth > 0 => {
                let rest = text[at + 1..].chars();
                let name = rest.take_while(|c| c.is_ascii_alphanumeric() || *c == '_');
                names.insert(name.collect());
            }
            _ => {}
        }
    }
    names
}

/// A source up to its module of tests, where that stands in the same file.
fn shipped(text: &str) -> &str {
    let is_inside = |at: &usize| {
        let line = text[*at..].lines().nth(1);
        line.is_some_and(|line| line.ends_with('{'))
    };
    let modules = text.match_indices("#[cfg(test)]\nmod ").map(|(at, _)| at);
    modules
        .into_iter()
        .find(is_inside)
        .map_or(text, |at| &text[..at])
}

/// The source of every room, without what only tests see, by its path.
fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let name = path.display().to_string();
                let tests = ["tests.rs", "sample.rs"]
                    .iter()
                    .any(|end| name.ends_with(end));
                if !tests && !name.contains("/tests/") {
                    found.push((name, shipped(&text).to_owned()));
                }
            }
        }
    }
    let mut found = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    walk(&root.join("src"), &mut found);
    walk(&root.join("crates"), &mut found);
    found
}

/// The string literals of a source that could be keys or codes.
fn literals(source: &str) -> Vec<&str> {
    let mut literals = Vec::new();
    for line in source.lines().filter(|l| !l.trim_start().starts_with("//")) {
        literals.extend(line.split('"').skip(1).step_by(2));
    }
    literals
}

/// What a call of one of these methods is given as its key.
fn keys_asked_for(source: &str) -> Vec<&str> {
    let calls = [
        ".text(",
        ".text_of(",
        ".text_with(",
        ".word(",
        ".say(",
        ".say_with(",
    ];
    let after = calls.iter().flat_map(|call| source.split(call).skip(1));
    let quoted = after.filter_map(|rest| rest.trim_start().strip_prefix('"'));
    quoted.filter_map(|rest| rest.split('"').next()).collect()
}

fn is_key(text: &str) -> bool {
    let mut parts = text.split('-');
    let of = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    text.contains('-') && parts.all(of)
}

#[test]
fn every_file_of_the_catalogues_can_be_read_whole() {
    for lang in Lang::ALL {
        for file in lang.files() {
            let faults = FluentResource::try_new((*file).to_owned()).err();
            assert!(faults.is_none(), "{lang:?}: {:?}", faults.map(|f| f.1));
        }
        let words = Catalogue::new(lang);
        for key in entries(lang).keys() {
            assert!(words.has(key), "{key} in {lang:?}");
        }
    }
}

#[test]
fn both_languages_have_the_same_keys_with_the_same_values() {
    let (french, english) = (entries(Lang::Fr), entries(Lang::En));
    let keys =
        |entries: &BTreeMap<String, String>| entries.keys().cloned().collect::<BTreeSet<_>>();
    let (fr, en) = (keys(&french), keys(&english));
    assert_eq!(
        fr.symmetric_difference(&en).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
    for (key, text) in &french {
        assert_eq!(arguments(text), arguments(&english[key]), "{key}");
    }
}

#[test]
fn every_key_that_the_source_asks_for_exists() {
    let keys = entries(Lang::En);
    // A room's own keys begin with one of these words: what looks like one is meant as one.
    let rooms: BTreeSet<&str> = keys.keys().filter_map(|k| k.split('-').next()).collect();
    let families: Vec<&str> = FAMILIES.iter().map(|f| f.trim_end_matches('-')).collect();
    // Other rooms know no catalogue, and have methods of the same names.
    let speaks = |path: &str| {
        ["/cli/", "/report/", "/i18n/"]
            .iter()
            .any(|r| path.contains(r))
            // Another program, with sentences of its own beside these and a test of its own.
            && !path.contains("/crates/fleet/")
    };
    for (path, source) in sources().into_iter().filter(|(path, _)| speaks(path)) {
        for key in keys_asked_for(&source) {
            assert!(keys.contains_key(key), "{path} asks for {key:?}");
        }
        for literal in literals(&source).into_iter().filter(|l| is_key(l)) {
            let room = literal.split('-').next().unwrap_or_default();
            let known = keys.contains_key(literal) || families.contains(&literal);
            assert!(known || !rooms.contains(room), "{path} names {literal:?}");
        }
    }
}

#[test]
fn every_key_is_used() {
    let sources = sources();
    let used: BTreeSet<&str> = sources
        .iter()
        .flat_map(|(_, source)| literals(source))
        .collect();
    let exempt = |key: &str| FAMILIES.iter().any(|family| key.starts_with(family));
    let unused: Vec<String> = entries(Lang::En)
        .into_keys()
        .filter(|key| !used.contains(key.as_str()) && !exempt(key))
        .collect();
    assert_eq!(unused, Vec::<String>::new());
}

#[test]
fn every_code_has_its_words_and_all_words_have_a_code() {
    let keys = entries(Lang::En);
    let family = |family: &str| -> BTreeSet<String> {
        keys.keys()
            .filter(|k| k.starts_with(family))
            .cloned()
            .collect()
    };
    let keys_of = |name: &str, of: fn(Code) -> bool| -> BTreeSet<String> {
        let codes: Vec<Code> = Code::all().filter(|code| of(*code)).collect();
        let named = codes.iter().map(|code| codes::key(name, code.as_str()));
        let named: BTreeSet<String> = named.collect();
        assert_eq!(named.len(), codes.len(), "a code stands twice");
        named
    };
    assert_eq!(family("error-"), keys_of("error-", Code::is_error));
    assert_eq!(family("hint-"), keys_of("hint-", Code::is_error));
    assert_eq!(family("note-"), keys_of("note-", Code::is_note));
    assert_eq!(family("guard-"), keys_of("", Code::is_rule));
    // A note of a check-up may have advice beside it.
    assert!(family("advice-").is_subset(&keys_of("advice-", Code::is_note)));
    assert!(family("cause-").is_subset(&keys_of("cause-", Code::is_error)));
}

/// The names that a sentence may use for these values: a carrier is known by its network, a list has a first.
fn usable(values: &[&'static str]) -> BTreeSet<String> {
    let derived = values.iter().filter_map(|name| match *name {
        "plmn" => Some("carrier"),
        "candidates" => Some("first"),
        "detail" => Some("detail_code"),
        "rule" => Some("rule_of"),
        _ => None,
    });
    derived
        .chain(values.iter().copied())
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_detail_has_its_words_and_all_words_have_a_detail() {
    let keys = entries(Lang::En).into_keys();
    let worded: BTreeSet<String> = keys.filter(|key| key.starts_with("detail-")).collect();
    let listed: Vec<String> = Detail::all()
        .map(|detail| codes::key("detail-", detail.as_str()))
        .collect();
    assert_eq!(worded, listed.iter().cloned().collect());
    assert_eq!(worded.len(), listed.len(), "a detail stands twice");
}

#[test]
fn a_detail_of_ours_is_worded_and_anothers_words_are_quoted() {
    let said = |lang, detail: &str| {
        let values = Values::from([
            ("server".to_owned(), json!("mesure.example")),
            ("status".to_owned(), json!(302)),
            ("location".to_owned(), json!("http://login.example/")),
            ("detail".to_owned(), json!(detail)),
        ]);
        let said = Catalogue::new(lang).text_with("error-measure-broken", &values);
        let (_, detail) = said.split_once(": ").unwrap();
        detail.replace(['\u{a0}', '\u{202f}'], " ")
    };
    let moved = "http.moved";
    assert_eq!(
        said(Lang::Fr, moved),
        "la réponse 302 renvoie vers http://login.example/."
    );
    let words = "received corrupt message of type Foo\u{1b}[2J";
    assert_eq!(
        said(Lang::Fr, words),
        "« received corrupt message of type Foo [2J »."
    );
    assert_eq!(
        said(Lang::En, words),
        "\"received corrupt message of type Foo [2J\"."
    );
}

#[test]
fn a_sentence_uses_no_value_that_its_code_does_not_carry() {
    let texts = entries(Lang::En);
    for code in Code::all() {
        let families: &[&str] = if code.is_rule() {
            &[""]
        } else {
            &["error-", "hint-", "note-", "advice-"]
        };
        for family in families {
            let key = codes::key(family, code.as_str());
            // A shell's own variable is no value of ours.
            let text = texts.get(&key).map(|text| text.replace("$USER", ""));
            let used = text.map(|text| arguments(&text)).unwrap_or_default();
            assert!(used.is_subset(&usable(code.values())), "{key}: {used:?}");
        }
    }
}

#[test]
fn no_code_is_written_as_a_text_outside_the_table() {
    let table = |path: &str| path.contains("/domain/src/codes");
    for (path, source) in sources().into_iter().filter(|(path, _)| !table(path)) {
        // "interrupted" is also how a change ended, in the log.
        for literal in literals(&source).into_iter().filter(|l| l.contains('.')) {
            assert_eq!(Code::of(literal), None, "{path} writes {literal:?}");
        }
    }
}

#[test]
fn every_code_of_the_table_is_given_by_something() {
    let table = |path: &str| path.contains("/domain/src/codes");
    let shipped = sources().into_iter().filter(|(path, _)| !table(path));
    let shipped: String = shipped.map(|(_, source)| source).collect();
    let named = shipped.split("Code::").skip(1).filter_map(|rest| {
        let ends = |c: char| !c.is_ascii_alphanumeric() && c != '_';
        rest.split(ends).next()
    });
    let named: BTreeSet<&str> = named.collect();
    for code in Code::all() {
        let constant = code.as_str().to_uppercase().replace('.', "_");
        assert!(named.contains(constant.as_str()), "nothing gives {code}");
    }
}

#[test]
fn every_state_has_its_word() {
    use crate::document::Outcome::{AlreadyThere, NotRestored, RolledBack, Switched};
    use crate::domain::compare::Trend::{Appeared, Better, Same, TooFew, Vanished, Worse};
    use Availability::{Available, Current, Forbidden, Unknown};
    use PortRole::{At, At2, Diag, Nmea, Ppp};
    use Quality::{Excellent, Fair, Good, Poor, Unusable};
    use SimState::{Absent, Busy, Failed, Locked, PinRequired, PukRequired, Ready};
    use Verdict::{NotMeasured, Suitable, Unavailable, Uncertain, Unsuitable};

    let word = |family: &str, state: serde_json::Value| {
        let state = state.as_str().unwrap().to_owned();
        for lang in Lang::ALL {
            let key = format!("{family}-{state}");
            assert!(Catalogue::new(lang).has(&key), "{key}");
        }
    };
    for quality in [Excellent, Good, Fair, Poor, Unusable] {
        word("quality", json!(quality));
    }
    for verdict in [Suitable, Uncertain, NotMeasured, Unsuitable, Unavailable] {
        word("verdict", json!(verdict));
    }
    for act in 0..=20 {
        if let Some(access) = Access::from_act(act) {
            word("access", json!(access));
        }
        word("mode", json!(SelectionMode::from_mode(act)));
        word("registration", json!(RegistrationState::from_stat(act)));
    }
    for availability in [Available, Current, Forbidden, Unknown] {
        word("availability", json!(availability));
    }
    for state in [
        Ready,
        PinRequired,
        PukRequired,
        Locked,
        Absent,
        Busy,
        Failed,
        SimState::Unknown,
    ] {
        word("sim-state", json!(state));
    }
    for doubt in Doubt::ALL {
        word("doubt", json!(doubt.as_str()));
    }
    for reached in [
        Reachability::Reached,
        Reachability::NotReached,
        Reachability::Unknown,
    ] {
        word("reachability", json!(reached));
    }
    for outcome in [AlreadyThere, NotRestored, RolledBack, Switched] {
        word("outcome", json!(outcome));
    }
    for trend in [Appeared, Better, Same, TooFew, Vanished, Worse] {
        word("trend", json!(trend));
    }
    for role in [At, At2, Ppp, Diag, Nmea, PortRole::Unknown] {
        word("role", json!(role));
    }
}

/// Every reason that the rank gives, with and without what may be unknown.
fn reasons() -> Vec<Reason> {
    let (over, above) = ("orange".to_owned(), "sfr".to_owned());
    let (rsrp, sinr) = (Rsrp::new(-92).unwrap(), Sinr::new(7).unwrap());
    let (margin_db, noise_db) = (4.25, 3.0);
    let class = |rsrp, sinr| Reason::RadioClass {
        quality: Quality::Good,
        rsrp,
        sinr,
    };
    vec![
        class(Some(rsrp), Some(sinr)),
        class(Some(rsrp), None),
        class(None, Some(sinr)),
        Reason::RadioWeak { rsrp },
        Reason::SinrLow { sinr },
        Reason::RadioUnknown,
        Reason::OnlyOneRead,
        Reason::FirstByVerdict { over: over.clone() },
        Reason::FirstByNeed {
            over: over.clone(),
            share_percent: Some(69.0),
            other_percent: Some(0.0),
        },
        Reason::FirstByNeed {
            over: over.clone(),
            share_percent: Some(0.4),
            other_percent: None,
        },
        Reason::FirstByReading { over: over.clone() },
        Reason::FirstByClass { over: over.clone() },
        Reason::FirstByScore {
            over,
            margin_db,
            noise_db,
        },
        Reason::BelowVerdict {
            above: above.clone(),
            verdict: Verdict::Suitable,
        },
        Reason::BelowNeed {
            above: above.clone(),
            share_percent: Some(0.0),
            other_percent: Some(69.0),
        },
        Reason::BelowNeed {
            above: above.clone(),
            share_percent: None,
            other_percent: None,
        },
        Reason::BelowReading {
            above: above.clone(),
        },
        Reason::BelowClass {
            above: above.clone(),
            quality: None,
        },
        Reason::BelowClass {
            above: above.clone(),
            quality: Some(Quality::Fair),
        },
        Reason::BelowScore {
            above: above.clone(),
            margin_db,
            noise_db,
        },
        Reason::Tied {
            with: vec![above, "bouygues".to_owned()],
            noise_db,
        },
    ]
}

/// A stick of which as little is known as may be.
fn stick(reason: Unusable) -> Stick {
    Stick {
        id: "usb:1-1".to_owned(),
        usb: None,
        reason,
        driver: (reason == Unusable::NoDriver).then_some("option"),
        page: None,
    }
}

fn unusable_sticks() -> Vec<Stick> {
    [
        Unusable::StorageMode,
        Unusable::Router,
        Unusable::MbimOnly,
        Unusable::Broadband,
        Unusable::NoDriver,
        Unusable::Bootloader,
    ]
    .map(stick)
    .into_iter()
    .chain([Stick {
        driver: None,
        ..stick(Unusable::NoDriver)
    }])
    .collect()
}

fn modem_errors() -> Vec<Error> {
    let text = || "AT+COPS?".to_owned();
    let plmn = "20810".parse().unwrap();
    let network = |fault| Error::Network { plmn, fault };
    vec![
        Error::Busy {
            port: text(),
            holder: Some(text()),
        },
        Error::Busy {
            port: text(),
            holder: None,
        },
        Error::Permission {
            port: text(),
            group: Some(text()),
        },
        Error::Permission {
            port: text(),
            group: None,
        },
        Error::NotOpened {
            port: text(),
            detail: text(),
        },
        Error::Broken {
            port: text(),
            detail: text(),
        },
        Error::NoAnswer {
            modem: text(),
            tried: vec![
                Tried {
                    port: text(),
                    error: Error::Gone { port: text() },
                },
                Tried {
                    port: text(),
                    error: Error::NotAPort { port: text() },
                },
            ],
        },
        Error::Gone { port: text() },
        Error::NotAPort { port: text() },
        Error::None {
            unusable: Vec::new(),
        },
        Error::None {
            unusable: unusable_sticks(),
        },
        Error::Absent {
            wanted: text(),
            found: vec![text()],
            unusable: vec![stick(Unusable::Router)],
        },
        Error::absent(text()),
        Error::NoAtPort {
            id: text(),
            why: None,
        },
        Error::NoAtPort {
            id: text(),
            why: Some(Box::new(stick(Unusable::MbimOnly))),
        },
        Error::Diagnostics {
            port: text(),
            instead: Some(text()),
        },
        Error::Several(vec![text(), text()]),
        Error::Silent {
            command: text(),
            seconds: 5,
        },
        Error::Unreadable {
            command: text(),
            line: text(),
        },
        Error::Refused {
            command: text(),
            end: crate::modem::Ending::Refused("ERROR".to_owned()),
        },
        Error::Guarded {
            command: text(),
            rule: Code::GUARD_NO_ORDER,
        },
        Error::Guarded {
            command: text(),
            rule: Code::GUARD_PIN,
        },
        Error::Sim(SimFault::TriesLeft(Some(1))),
        Error::Sim(SimFault::TriesLeft(None)),
        Error::Sim(SimFault::PinWrong(Some(2))),
        network(NetworkFault::NotAvailable),
        network(NetworkFault::Denied(None)),
        network(NetworkFault::Denied(Some(text()))),
        network(NetworkFault::TimedOut(60)),
        network(NetworkFault::Lost),
    ]
}

/// A sentence shows neither the name of a value nor the mark of an unknown one, and ends as a sentence.
fn assert_said(key: &str, said: &str) {
    for sign in ["{", "$", "none", "  ", " .", "()"] {
        let dollar = sign == "$" && said.contains("$USER");
        let allowed = sign == "none" && said.contains("none of");
        assert!(!said.contains(sign) || dollar || allowed, "{key}: {said}");
    }
    assert!(
        said.ends_with(['.', '?']) || said.contains(": "),
        "{key}: {said}"
    );
}

#[test]
fn every_reason_and_every_fault_makes_a_whole_sentence() {
    for lang in Lang::ALL {
        let words = Catalogue::new(lang);
        let say = |family: &str, code: Code, values: Values| {
            let key = codes::key(family, code.as_str());
            assert!(words.has(&key), "{key}");
            assert_said(
                &key,
                &words
                    .text_with(&key, &values)
                    .replace(['\u{a0}', '\u{202f}'], " "),
            );
        };
        for reason in reasons() {
            let values = reason.values().into_iter().map(|(n, v)| (n.to_owned(), v));
            say("note-", reason.code(), values.collect());
        }
        for error in modem_errors() {
            let values = error
                .values()
                .into_iter()
                .map(|(n, v)| (n.to_owned(), json!(v)));
            let values: Values = values.collect();
            say("error-", error.code(), values.clone());
            say("hint-", error.code(), values);
        }
    }
}

#[test]
fn a_tied_carrier_is_named_and_numbers_take_their_comma() {
    let words = Catalogue::new(Lang::Fr);
    let reason = reasons().pop().unwrap();
    let values = reason.values().into_iter().map(|(n, v)| (n.to_owned(), v));
    let mut values: Values = values.collect();
    values.insert("noise_db".to_owned(), json!(3.5));
    assert_eq!(
        words.text_with("note-rank-tied", &values),
        "À égalité avec SFR et Bouygues Telecom\u{202f}: l’écart est plus petit que l’incertitude (3,5\u{a0}dB)."
    );
}

#[test]
fn zero_and_one_are_singular_in_french() {
    let words = Catalogue::new(Lang::Fr);
    let said = |tries: u32| words.text_of("status-pin_tries", [("tries", tries)]);
    assert_eq!(said(1), "1 essai restant pour le code PIN");
    assert_eq!(said(0), "aucun essai restant pour le code PIN");
    assert_eq!(said(3), "3 essais restants pour le code PIN");
    // A value kept as text counts like a number.
    let tries = |tries: serde_json::Value| {
        words.text_with(
            "error-sim-pin_wrong",
            &Values::from([("tries".to_owned(), tries)]),
        )
    };
    assert_eq!(tries(json!("1")), tries(json!(1)));
    assert!(tries(json!("1")).ends_with("Il reste un seul essai."));
    assert!(tries(json!(null)).ends_with("n’est pas connu."));
}

#[test]
fn a_cause_of_ours_is_worded_and_a_modems_own_is_kept() {
    let words = Catalogue::new(Lang::En);
    let said = |cause: &str| {
        let values = Values::from([
            ("to".to_owned(), json!("sfr")),
            ("cause".to_owned(), json!(cause)),
        ]);
        words.text_with("error-change-rolled_back", &values)
    };
    assert_eq!(
        said("network.denied"),
        "The move to SFR failed, and the modem is back on the previous carrier. Cause: the carrier refused the SIM card."
    );
    assert!(said("EPS services not allowed").ends_with("Cause: EPS services not allowed."));
    assert!(said("").ends_with("the previous carrier."));
}

#[test]
fn a_missing_key_shows_itself_and_a_hostile_value_is_harmless() {
    let words = Catalogue::new(Lang::Fr);
    assert_eq!(words.text("no-such_key"), "no-such_key");
    let values = Values::from([
        ("port".to_owned(), json!("\u{1b}[2J{ $group }")),
        ("holder".to_owned(), json!({ "deep": ["\u{202e}", 1e300] })),
    ]);
    let said = words.text_with("error-modem-busy", &values);
    assert!(!said.contains(['\u{1b}', '\u{202e}']), "{said:?}");
    assert!(
        said.contains("{ $group }"),
        "a value is not read as a sentence: {said}"
    );
}

#[test]
fn french_marks_stand_behind_narrow_no_break_spaces() {
    for (key, text) in entries(Lang::Fr) {
        let chars: Vec<char> = text.chars().collect();
        let at = |index: Option<usize>| index.and_then(|i| chars.get(i)).copied();
        for (index, c) in chars.iter().enumerate() {
            let (before, after) = (at(index.checked_sub(1)), at(Some(index + 1)));
            let ends = after.is_none_or(char::is_whitespace);
            match c {
                ':' | ';' | '!' | '?' if ends => {
                    assert_eq!(before, Some('\u{202f}'), "{key}: {text}");
                }
                '«' => assert_eq!(after, Some('\u{202f}'), "{key}: {text}"),
                '»' => assert_eq!(before, Some('\u{202f}'), "{key}: {text}"),
                // A shell's quotes are straight.
                '\'' if !key.ends_with("-examples") => panic!("{key}: {text}"),
                _ => {}
            }
        }
        assert!(!text.contains("..."), "{key}");
    }
}

#[test]
fn no_name_follows_a_word_that_french_would_elide() {
    // "que Orange" and "de Orange" are faults; which name comes is not known.
    let names = [
        "carrier", "carriers", "to", "from", "over", "above", "with", "back", "what",
    ];
    for (key, text) in entries(Lang::Fr) {
        for (name, word) in names.iter().flat_map(|n| ["que", "de"].map(|w| (n, w))) {
            assert!(
                !text.contains(&format!(" {word} {{ ${name} }}")),
                "{key}: {text}"
            );
        }
    }
}

#[test]
fn a_number_of_the_modem_is_shown_with_its_meaning() {
    let said = |cause: &str| {
        let values = Values::from([("cause".to_owned(), json!(cause))]);
        Catalogue::new(Lang::Fr).text_with("note-carrier-denied", &values)
    };
    let refused = "Cet opérateur a refusé la carte SIM";
    assert_eq!(
        said("+CME ERROR: 111"),
        format!("{refused} (réseau non autorisé [+CME ERROR: 111]).")
    );
    assert_eq!(
        said("+CME ERROR: 4711"),
        format!("{refused} (+CME ERROR: 4711).")
    );
    assert_eq!(said("EMM cause 15"), format!("{refused} (EMM cause 15)."));
}

#[test]
fn nothing_blames_a_law_that_nobody_found() {
    for lang in Lang::ALL {
        for (key, text) in entries(lang) {
            let text = text.to_lowercase();
            let blamed = text.split(|c: char| !c.is_alphabetic()).find(|word| {
                let laws = [
                    "loi", "lois", "légal", "légale", "décret", "arcep", "law", "laws",
                ];
                laws.contains(word) || ["legal", "illegal", "illégal"].contains(word)
            });
            assert_eq!(blamed, None, "{key}: {text}");
        }
    }
}

#[test]
fn every_finding_has_its_words_with_their_values_in_both_languages() {
    let text = || "x".to_owned();
    let findings = [
        Finding::SipAnswered {
            status: 200,
            reason: text(),
        },
        Finding::SipUnavailable {
            status: 503,
            reason: text(),
        },
        Finding::SipAlg {
            sent: text(),
            seen: text(),
        },
        Finding::OpenVpnAnswered,
        Finding::OpenVpnSilent,
        Finding::OpenVpnOpen,
        Finding::OpenVpnNoAnswer { seconds: 4 },
        Finding::OpenVpnRefused,
        Finding::Connected,
        Finding::Secured,
        Finding::Page { status: 200 },
        Finding::PageMoved {
            status: 302,
            location: text(),
        },
        Finding::PageFailed { status: 500 },
        Finding::Captive { location: None },
        Finding::Captive {
            location: Some(text()),
        },
        Finding::Stranger,
        Finding::NoAnswer { seconds: 4 },
        Finding::Failed(MeasureError::UnknownName { name: text() }),
    ];
    for finding in findings {
        let values = finding.values();
        let values = values
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value));
        let values = values.collect();
        for lang in Lang::ALL {
            let words = Catalogue::new(lang);
            let code = finding.code().as_str().replace('.', "-");
            let keys = [format!("note-{code}"), format!("error-{code}")];
            let key = keys.iter().find(|key| words.has(key));
            let said = words.text_with(key.expect(&code), &values);
            assert!(
                !said.contains('{') && !said.contains('$') && !said.contains("none"),
                "{said}"
            );
        }
    }
}
