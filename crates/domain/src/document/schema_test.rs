//! The JSON Schemas of `docs/schema/`, made from the document types, so that they cannot say something else.
//!
//! `OPENSIM_UPDATE=1 cargo test --lib schema_test` writes them anew after a key was added. A key is never renamed,
//! retyped or dropped under the same number: look at the difference before it is committed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::{
    At, Body, Carriers, Compare, Doctor, Document, FleetAnswer, FleetDemo, FleetIngest, FleetPages,
    History, Measure, Modems, MonitorReading, Recover, Scan, Sending, Status, Switch, Unbegun,
};

/// Every document: the file's name and its schema.
fn schemas() -> Vec<(String, Value)> {
    let mut failure = schema::<Unbegun>();
    if let Some(required) = failure.1["required"].as_array_mut() {
        required.push(json!("error"));
    }
    failure.1["properties"]["error"] = json!({ "$ref": "#/$defs/Fault" });
    vec![
        schema::<Modems>(),
        schema::<Status>(),
        schema::<Carriers>(),
        schema::<Scan>(),
        schema::<Measure>(),
        schema::<Switch>(),
        schema::<Recover>(),
        schema::<Doctor>(),
        schema::<MonitorReading>(),
        schema::<At>(),
        schema::<History>(),
        schema::<Compare>(),
        schema::<Sending>(),
        schema::<FleetIngest>(),
        schema::<FleetAnswer>(),
        schema::<FleetPages>(),
        schema::<FleetDemo>(),
        failure,
    ]
}

/// The schema of what is written, not of what is read: an unknown value is a `null` that is there.
fn schema<B: Body + JsonSchema>() -> (String, Value) {
    let generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    let mut schema = generator.into_root_schema_for::<Document<B>>().to_value();
    let name = B::SCHEMA.replace('/', ".");
    schema["title"] = json!(B::SCHEMA);
    schema["properties"]["schema"]["const"] = json!(B::SCHEMA);
    schema["properties"]["at"]["format"] = json!("date-time");
    (format!("{name}.json"), schema)
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema")
}

#[test]
fn the_schemas_on_paper_are_those_of_the_types() {
    let update = std::env::var_os("OPENSIM_UPDATE").is_some_and(|v| v == "1");
    let mut written = BTreeSet::new();
    for (name, schema) in schemas() {
        let made = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        let file = folder().join(&name);
        if update {
            std::fs::create_dir_all(folder()).unwrap();
            std::fs::write(&file, &made).unwrap();
        }
        let paper = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(
            paper == made,
            "docs/schema/{name} is not what the types say; \
             run `OPENSIM_UPDATE=1 cargo test --lib schema_test` and look at the difference"
        );
        assert!(written.insert(name));
    }
    let on_paper: BTreeSet<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(on_paper, written, "a schema that no document has");
}

#[test]
fn no_key_is_ever_absent_but_the_error() {
    for (name, schema) in schemas() {
        let mut optional = BTreeSet::new();
        collect_optional(&schema, &mut optional);
        let allowed: &[&str] = if name == "opensim.error.1.json" {
            &[]
        } else {
            &["error"]
        };
        assert!(optional.iter().eq(allowed), "{name}: {optional:?}");
    }
}

#[test]
fn every_key_says_what_it_is() {
    for (name, schema) in schemas() {
        let mut silent = BTreeSet::new();
        collect_silent(&schema, &mut silent);
        silent.remove("error");
        assert!(silent.is_empty(), "{name}: {silent:?}");
    }
}

#[test]
fn an_empty_document_fits_its_schema() {
    fn fits<B: Body + JsonSchema>() {
        let document =
            serde_json::to_value(Document::new(B::default(), jiff::Timestamp::UNIX_EPOCH));
        let (name, schema) = schema::<B>();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let document = document.unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&document)
            .map(|e| e.to_string())
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
    fits::<Modems>();
    fits::<Status>();
    fits::<Carriers>();
    fits::<Scan>();
    fits::<Switch>();
    fits::<Recover>();
    fits::<Doctor>();
    fits::<MonitorReading>();
    fits::<At>();
    fits::<History>();
    fits::<Compare>();
    fits::<Sending>();
    fits::<FleetIngest>();
    fits::<FleetAnswer>();
    fits::<FleetPages>();
    fits::<FleetDemo>();
}

/// The keys of every object in the schema, with the object they belong to.
fn objects<'s>(schema: &'s Value, visit: &mut dyn FnMut(&'s Map<String, Value>, &'s Value)) {
    if let Some(keys) = schema.get("properties").and_then(Value::as_object) {
        visit(keys, schema);
    }
    let inner: Box<dyn Iterator<Item = &Value>> = match schema {
        Value::Object(map) => Box::new(map.values()),
        Value::Array(list) => Box::new(list.iter()),
        _ => return,
    };
    for value in inner {
        objects(value, visit);
    }
}

fn collect_optional<'s>(schema: &'s Value, found: &mut BTreeSet<&'s str>) {
    objects(schema, &mut |keys, object| {
        let required = object["required"].as_array();
        let is_required = |key: &str| required.is_some_and(|list| list.iter().any(|r| r == key));
        found.extend(
            keys.keys()
                .map(String::as_str)
                .filter(|key| !is_required(key)),
        );
    });
}

fn collect_silent<'s>(schema: &'s Value, found: &mut BTreeSet<&'s str>) {
    objects(schema, &mut |keys, _| {
        let silent = keys.iter().filter(|(_, s)| s.get("description").is_none());
        found.extend(silent.map(|(key, _)| key.as_str()));
    });
}
