//! Documents in each form, on standard output and in files.

use serde_json::Value;

use super::support::{Opensim, Ran};

fn code(ran: &Ran) -> (i32, String) {
    let document = ran.json();
    let code = document["error"]["code"].as_str().unwrap_or_default();
    (ran.code(), code.to_owned())
}

#[test]
fn every_document_is_shown_again_in_every_form() {
    let opensim = Opensim::new();
    for (command, schema) in [
        (&["scan", "--yes", "--no-measure"][..], "scan"),
        (&["status"], "status"),
        (&["measure", "--no-voice"], "measure"),
        (&["carriers"], "carriers"),
        (&["modems"], "modems"),
        (&["switch", "sfr", "--yes"], "switch"),
        (&["recover"], "recover"),
        (&["monitor", "--for", "1s"], "reading"),
        (&["at", "AT+CSQ"], "at"),
        (&["no-such-command"], "error"),
    ] {
        let document = opensim.run(&[&["--json", "--modem", "sim:home"], command].concat());
        assert_eq!(document.json()["schema"], format!("opensim.{schema}/1"));
        let saved = opensim.file("saved.json", &document.stdout());
        for (format, begins) in [
            ("html", "<!DOCTYPE html><html lang=\"fr\">"),
            ("csv", "schema,at,"),
            ("json", "{\n"),
            ("text", ""),
        ] {
            let shown = opensim.run(&["--lang", "fr", "report", &saved, "--format", format]);
            assert_eq!(shown.code(), 0, "{schema} as {format}: {}", shown.stderr());
            let page = shown.stdout();
            assert!(
                page.starts_with(begins) && page.len() > 20,
                "{schema} as {format}: {page}"
            );
            let file = opensim.file("again", "");
            let line = [
                "--lang", "fr", "report", &saved, "--format", format, "--out", &file,
            ];
            assert_eq!(opensim.run(&line).code(), 0, "{schema} as {format}");
            let kept = std::fs::read_to_string(&file).expect("text");
            assert_eq!(kept, page, "{schema} as {format}");
        }
    }
}

#[test]
fn an_ending_that_is_no_form_is_told_before_anything_is_done() {
    let opensim = Opensim::new();
    let saved = opensim.run(&["--json", "carriers"]).stdout();
    let saved = opensim.file("saved.json", &saved);
    let out = opensim.state.path().join("page.pdf");
    let file = out.to_str().expect("a plain path");
    for command in [&["scan", "--yes"][..], &["measure"], &["report", &saved]] {
        let line = [
            &["--json", "--modem", "sim:home"],
            command,
            &["--out", file],
        ]
        .concat();
        let ran = opensim.run(&line);
        assert_eq!(code(&ran), (2, "usage.ending".to_owned()), "{command:?}");
        assert!(
            ran.json().get("modem").is_none_or(Value::is_null),
            "{command:?}"
        );
        assert!(!out.exists(), "{command:?}");
        let told = opensim.run(&[&["--lang", "en"], &line[1..]].concat());
        assert!(told.stderr().contains("--format"), "{}", told.stderr());
        assert!(!out.exists(), "{command:?}");
    }
    let line = ["report", &saved, "--format", "html", "--out", file];
    assert_eq!(opensim.run(&line).code(), 0);
    let page = std::fs::read_to_string(&out).expect("text");
    assert!(page.starts_with("<!DOCTYPE html>"), "{page}");
}

#[test]
fn a_file_that_is_no_document_is_told_as_what_it_is() {
    let opensim = Opensim::new();
    let whole = opensim
        .run(&["--json", "--modem", "sim:home", "status"])
        .stdout();
    let half = &whole[..whole.len() / 2];
    for (text, expected) in [
        ("Relevé des opérateurs\n", "report.not_a_document"),
        ("", "report.not_a_document"),
        (half, "report.not_a_document"),
        (
            r#"{"schema": "opensim.status/1"}"#,
            "report.not_of_its_schema",
        ),
        (
            r#"{"schema": "opensim.weather/1"}"#,
            "report.unknown_schema",
        ),
        ("{}", "report.unknown_schema"),
    ] {
        let file = opensim.file("saved.json", text);
        let ran = opensim.run(&["--json", "report", &file]);
        assert_eq!(code(&ran), (2, expected.to_owned()), "{text:?}");
    }
    let gone = opensim.run(&["--json", "report", "/nonexistent/saved.json"]);
    assert_eq!(code(&gone), (2, "usage.file".to_owned()));
}

#[test]
fn a_document_that_begins_with_the_mark_of_its_encoding_is_read() {
    let opensim = Opensim::new();
    let list = opensim.run(&["--json", "carriers"]).stdout();
    let file = opensim.file("saved.json", &format!("\u{feff}{list}"));
    let ran = opensim.run(&["report", &file, "--format", "json"]);
    assert_eq!(ran.code(), 0, "{}", ran.stderr());
    assert_eq!(ran.stdout(), list);
}

#[test]
fn json_of_something_else_is_told_as_such() {
    let opensim = Opensim::new();
    let file = opensim.file("other.json", "[1, 2]");
    for (lang, part) in [
        ("en", "not a document of opensim"),
        ("fr", "pas un document d’opensim"),
    ] {
        let told = opensim.run(&["--lang", lang, "report", &file]).stderr();
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains(part) && !told.contains("none"), "{told}");
    }
}

#[test]
fn what_is_read_from_standard_input_is_called_by_its_name() {
    let opensim = Opensim::new();
    let ran = opensim.run(&["--json", "report", "-"]);
    assert_eq!(code(&ran), (2, "report.not_a_document".to_owned()));
    let told = ran.json()["error"]["message"].to_string();
    assert!(told.contains("/dev/stdin"), "{told}");
}

#[test]
fn a_measurement_is_kept_in_the_form_of_its_files_ending() {
    let opensim = Opensim::new();
    for (name, has) in [
        ("m.html", "<svg role=\"img\""),
        ("m.csv", "opensim.measure/1,"),
        ("m.json", "\"links\""),
    ] {
        let out = opensim.state.path().join(name);
        let file = out.to_str().expect("a plain path");
        let line = [
            "--json",
            "--modem",
            "sim:home",
            "measure",
            "--no-voice",
            "--out",
            file,
        ];
        let ran = opensim.run(&line);
        assert_eq!(ran.code(), 0, "{}", ran.stdout());
        assert_eq!(ran.json()["schema"], "opensim.measure/1");
        let kept = std::fs::read_to_string(&out).expect("text");
        assert!(kept.contains(has), "{kept}");
    }
    let line = [
        "--modem",
        "sim:home",
        "measure",
        "--no-voice",
        "--format",
        "csv",
    ];
    let sheet = opensim.run(&line).stdout();
    assert!(sheet.starts_with("schema,at,server,interface,"), "{sheet}");
}
