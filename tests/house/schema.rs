//! The check that other tests put every printed document through: it lets good ones pass and bites on the rest.

#[path = "../support/schema.rs"]
mod checker;

use serde_json::{Value, json};

fn recovered() -> Value {
    json!({
        "schema": "opensim.recover/1",
        "opensim": "0.1.0",
        "at": "2026-11-23T08:00:00Z",
        "needed": true,
        "interrupted_at": "2026-11-23T07:58:00Z",
        "command": "scan",
        "to": { "carrier": "sfr", "name": "SFR", "plmn": "20810" },
        "found": null,
        "restored": true,
        "registered_in_s": 4.2,
        "journal": "/run/user/1000/opensim/journal.json",
        "warnings": [],
    })
}

#[test]
fn a_whole_document_passes() {
    checker::assert_valid(&recovered());
}

#[test]
fn a_failed_document_passes_with_its_error() {
    let mut failed = recovered();
    failed["error"] = json!({
        "code": "change.not_restored", "message": "x", "hint": null, "values": { "plmn": "20810" }
    });
    checker::assert_valid(&failed);
}

#[test]
#[should_panic(expected = "registered_in_s")]
fn an_absent_key_is_found() {
    let mut document = recovered();
    document
        .as_object_mut()
        .expect("an object")
        .remove("registered_in_s");
    checker::assert_valid(&document);
}

#[test]
#[should_panic(expected = "/restored")]
fn a_wrong_type_is_found() {
    let mut document = recovered();
    document["restored"] = json!("yes");
    checker::assert_valid(&document);
}

#[test]
#[should_panic(expected = "no schema for \"opensim.recover/2\"")]
fn an_unknown_schema_is_found() {
    let mut document = recovered();
    document["schema"] = json!("opensim.recover/2");
    checker::assert_valid(&document);
}
