//! Checks a document that the program printed against the schema it names.

use serde_json::Value;

/// Finds the schema by the document's own `schema` key (`opensim.scan/1`) and checks the whole document with it.
///
/// # Panics
/// When the document names no known schema, or is not what that says; with every fault and the document.
#[track_caller]
pub(crate) fn assert_valid(document: &Value) {
    let name = document["schema"].as_str().unwrap_or_default();
    let file = format!(
        "{}/docs/schema/{}.json",
        env!("CARGO_MANIFEST_DIR"),
        name.replace('/', ".")
    );
    let Ok(text) = std::fs::read_to_string(&file) else {
        panic!("no schema for {name:?} ({file}) in\n{document:#}");
    };
    let schema: Value = serde_json::from_str(&text).expect("a schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema is a schema");
    let faults: Vec<String> = validator
        .iter_errors(document)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{}\nin\n{document:#}", faults.join("\n"));
}
