//! Documents of other minor versions are read: older ones lack keys, newer ones have keys and words of their own.

use serde_json::{Value, json};

use super::*;
use crate::measured::Stop;
use crate::verdict::Verdict;
use crate::{Availability, RegistrationState, SelectionMode};

fn read<B: Body + serde::de::DeserializeOwned>(document: Value) -> Document<B> {
    serde_json::from_value(document).unwrap()
}

/// A row of a survey, as a newer version of the same schema might write it.
fn row() -> Value {
    json!({
        "rank": 1, "carrier": "sfr", "name": "SFR", "plmn": "20810", "weather": "snow",
        "availability": "by_appointment", "access": "leo", "registered_in_s": null, "radio": null,
        "throughput": {
            "down": {
                "verdict": "nearly", "estimate_bps": 1, "low_bps": null, "high_bps": null,
                "confidence": null, "bytes": 1, "seconds": 0.5, "stopped_because": "storm"
            },
            "up": {
                "verdict": "meets", "estimate_bps": 1, "low_bps": null, "high_bps": null,
                "confidence": null, "bytes": 1, "seconds": 0.5, "stopped_because": "decided"
            }
        },
        "voice": null, "verdict": "splendid", "tied_with": [], "same_cell_as": null,
        "why": [{ "code": "weather.snow", "message": "It snows.", "values": {} }],
        "error": { "code": "sky.fell", "message": "", "hint": null, "values": {} }
    })
}

fn survey() -> Value {
    json!({
        "schema": "opensim.scan/1", "opensim": "9.9.9", "at": "2030-01-01T00:00:00Z",
        "modem": {
            "manufacturer": null, "model": null, "revision": null, "imei": null, "dialect": null,
            "port": "x", "backend": "telepathy"
        },
        "label": null, "requirement": null, "method": "divination", "carriers": [row()],
        "networks": [], "restored": null, "complete": true, "cost": null, "warnings": [],
        "selection_before": { "mode": "lunar", "plmn": null, "was_automatic": false },
        "selection_after": null
    })
}

#[test]
fn a_document_of_a_newer_minor_is_read_and_its_words_are_unknown() {
    let scan = read::<Scan>(survey()).body;
    assert_eq!(scan.method, Some(Word::Foreign("divination".to_owned())));
    let mode = scan.selection_before.map(|before| before.mode);
    assert_eq!(mode, Some(SelectionMode::Unknown));
    let row = &scan.carriers[0];
    assert_eq!(row.availability, Availability::Unknown);
    assert_eq!((row.access, row.verdict), (None, Verdict::NotMeasured));
    assert_eq!(row.why[0].code, Word::Foreign("weather.snow".to_owned()));
    assert_eq!(row.error.as_ref().map(|error| error.code.exit()), Some(1));
    let ways = row.throughput.as_ref().unwrap();
    let stopped = |way: &Option<Direction>| way.as_ref().unwrap().stopped_because.known();
    assert_eq!(stopped(&ways.down), None);
    assert_eq!(stopped(&ways.up), Some(Stop::Decided));
    let state: RegistrationState = serde_json::from_value(json!("on_the_moon")).unwrap();
    assert_eq!(state, RegistrationState::Unknown);
}

#[test]
fn a_foreign_word_is_written_as_it_was_read() {
    let again = serde_json::to_value(read::<Scan>(survey())).unwrap();
    for at in [
        "/method",
        "/modem/backend",
        "/carriers/0/throughput/down/verdict",
        "/carriers/0/throughput/down/stopped_because",
        "/carriers/0/why/0/code",
        "/carriers/0/error/code",
    ] {
        assert_eq!(again.pointer(at), survey().pointer(at), "{at}");
    }
}

#[test]
fn a_document_of_an_older_minor_is_read_and_what_it_lacks_is_unknown() {
    let mut older = survey();
    let row = older["carriers"][0].as_object_mut().unwrap();
    // These came later under the same number.
    row.insert("verdict".to_owned(), json!("suitable"));
    row.insert(
        "voice".to_owned(),
        json!({
            "mos": 4.1, "r_factor": 82.0, "rtt_ms": 60.0, "jitter_ms": 3.0, "loss": 0.0,
            "packets": 500, "codec": "g711"
        }),
    );
    let scan = read::<Scan>(older).body;
    let row = &scan.carriers[0];
    assert_eq!(row.verdict, Verdict::Suitable);
    assert_eq!((&row.loaded_voice, row.cost), (&None, None));
    let voice = row.voice.as_ref().unwrap();
    assert_eq!((&voice.method, voice.doubled), (&None, None));
}

#[test]
fn a_word_that_is_no_text_is_refused() {
    for wrong in [json!(7), json!(null), json!({ "code": "x" })] {
        let mut document = survey();
        document["carriers"][0]["verdict"] = wrong.clone();
        let read: Result<Document<Scan>, _> = serde_json::from_value(document);
        assert!(read.is_err(), "{wrong}");
    }
}
