//! `opensim history` at the binary: listed, shown, compared, imported, exported, forgotten.

use serde_json::{Value, json};

use super::support::{Opensim, Ran, warns};

/// A survey of these signals of SFR and Orange, as it would have been saved.
pub(crate) fn survey(at: &str, label: &str, sfr: f64, orange: Option<f64>) -> Value {
    let text = include_str!("../../testdata/history/survey.json");
    let mut survey: Value = serde_json::from_str(text).expect("a document");
    survey["at"] = json!(at);
    survey["label"] = json!(label);
    let carriers = survey["carriers"].as_array_mut().expect("carriers");
    for carrier in carriers {
        let rsrp = match carrier["carrier"].as_str() {
            Some("sfr") => Some(sfr),
            _ => orange,
        };
        match rsrp {
            Some(rsrp) => carrier["radio"]["rsrp_dbm"] = json!(rsrp),
            None => carrier["radio"] = Value::Null,
        }
    }
    survey
}

/// A file of these surveys, a line each.
pub(crate) fn export(opensim: &Opensim, surveys: &[Value]) -> String {
    let lines: Vec<String> = surveys.iter().map(Value::to_string).collect();
    opensim.file("surveys.ndjson", &format!("{}\n", lines.join("\n")))
}

fn json(opensim: &Opensim, args: &[&str]) -> Value {
    run(opensim, args).json()
}

fn run(opensim: &Opensim, args: &[&str]) -> Ran {
    opensim.run(&[&["--json", "history"], args].concat())
}

/// A lounge whose SFR got worse in the second half of November, and where Orange went.
fn lounge(opensim: &Opensim) {
    let mut surveys = Vec::new();
    for day in 1..=14 {
        let at = format!("2026-11-{day:02}T0{}:00:00Z", day % 3 + 7);
        let noise = f64::from(day % 3);
        surveys.push(survey(&at, "Salon", -90.0 - noise, Some(-100.0)));
    }
    for day in 15..=20 {
        let at = format!("2026-11-{day:02}T19:30:00Z");
        surveys.push(survey(&at, "Salon", -104.0 - f64::from(day % 3), None));
    }
    surveys.push(survey(
        "2026-11-20T20:00:00Z",
        "Grenier",
        -80.0,
        Some(-85.0),
    ));
    let file = export(opensim, &surveys);
    let imported = json(opensim, &["import", &file]);
    assert_eq!(imported["done"]["added"], 21, "{imported:#}");
}

#[test]
fn nothing_is_kept_yet_is_no_error_and_makes_nothing() {
    let opensim = Opensim::new();
    let listed = json(&opensim, &[]);
    assert_eq!(
        (&listed["total"], &listed["entries"]),
        (&json!(0), &json!([]))
    );
    let page = opensim.run(&["--lang", "en", "history"]);
    assert!(
        page.stdout().contains("Nothing is kept yet"),
        "{}",
        page.stdout()
    );
    assert!(
        !opensim
            .state
            .path()
            .join("state/opensim/history.db")
            .exists()
    );
    for nothing in [
        &["show", "last"][..],
        &["show", "3"],
        &["compare"],
        &["compare", "last", "Salon"],
    ] {
        let ran = run(&opensim, nothing);
        let is_found = nothing == ["compare"];
        assert_eq!(ran.code(), if is_found { 0 } else { 2 }, "{nothing:?}");
    }
    assert_eq!(run(&opensim, &["export"]).stdout(), "");
}

#[test]
fn a_survey_is_listed_shown_and_exported_as_it_was() {
    let opensim = Opensim::new();
    let args = [
        "--json", "--modem", "sim:home", "scan", "--yes", "--label", "Salon",
    ];
    let scan = opensim.run(&args).json();
    opensim.run(&["--modem", "sim:home", "switch", "sfr", "--yes"]);
    let listed = json(&opensim, &["list"]);
    let kinds: Vec<&Value> = listed["entries"]
        .as_array()
        .expect("entries")
        .iter()
        .map(|e| &e["kind"])
        .collect();
    assert_eq!(kinds, ["switch", "scan"]);
    let entry = &listed["entries"][1];
    assert_eq!(
        (&entry["label"], &entry["demonstration"]),
        (&json!("Salon"), &json!(true))
    );
    assert_eq!(
        entry["carriers"][0]["carrier"],
        scan["carriers"][0]["carrier"]
    );
    let id = entry["id"].to_string();
    for which in ["last", &id] {
        let shown: Value =
            serde_json::from_str(&run(&opensim, &["show", which]).stdout()).expect("JSON");
        assert_eq!(shown, scan, "{which}");
    }
    let exported = run(&opensim, &["export"]).stdout();
    let lines: Vec<Value> = exported
        .lines()
        .map(|line| serde_json::from_str(line).expect("a document"))
        .collect();
    assert_eq!((lines.len(), &lines[0]), (2, &scan));
    let rows = opensim
        .run(&["history", "export", "--format", "csv"])
        .stdout();
    assert!(rows.contains("sfr") && rows.lines().count() > 4, "{rows}");
}

#[test]
fn an_export_is_imported_again_and_twice_is_once() {
    let opensim = Opensim::new();
    lounge(&opensim);
    let file = opensim.file("export.ndjson", &run(&opensim, &["export"]).stdout());
    let again = json(&opensim, &["import", &file, &file]);
    assert_eq!(
        (&again["done"]["added"], &again["done"]["known"]),
        (&json!(0), &json!(42))
    );
    let other = Opensim::new();
    assert_eq!(json(&other, &["import", &file])["done"]["added"], 21);
    assert_eq!(
        run(&other, &["export"]).stdout(),
        run(&opensim, &["export"]).stdout()
    );
}

#[test]
fn foreign_files_are_refused_with_their_reason_and_nothing_of_them_is_kept() {
    let opensim = Opensim::new();
    let good = survey("2026-11-01T08:00:00Z", "Salon", -90.0, None);
    let good_file = export(&opensim, std::slice::from_ref(&good));
    let mut cut = good.clone();
    cut.as_object_mut().expect("an object").remove("carriers");
    let second = format!("{good}\n{{\"schema\":\"weather/1\"}}\n");
    let broken = format!("{good}\n{{\"sch\n");
    for (name, text, code, named) in [
        (
            "photo.json",
            "\u{1}\u{2}",
            "report.not_a_document",
            "photo.json",
        ),
        (
            "weather.json",
            "{\"schema\": \"weather/1\"}",
            "report.unknown_schema",
            "weather.json",
        ),
        ("list.json", "[1, 2]", "report.unknown_schema", "list.json"),
        (
            "second.ndjson",
            second.as_str(),
            "report.unknown_schema",
            "second.ndjson:2",
        ),
        (
            "broken.ndjson",
            broken.as_str(),
            "report.not_a_document",
            "broken.ndjson",
        ),
        (
            "cut.json",
            &cut.to_string(),
            "report.not_of_its_schema",
            "cut.json",
        ),
        (
            "status.json",
            "{\"schema\": \"opensim.status/1\"}",
            "history.other_kind",
            "status.json",
        ),
    ] {
        let file = opensim.file(name, text);
        let ran = run(&opensim, &["import", &good_file, &file]);
        let refused = ran.json();
        assert_eq!(
            (ran.code(), &refused["error"]["code"]),
            (2, &json!(code)),
            "{name}"
        );
        let values = refused["error"]["values"]["file"].as_str().expect("a file");
        assert!(values.contains(named), "{values}");
        assert_eq!(
            json(&opensim, &[])["total"],
            0,
            "{name}: half of it was kept"
        );
    }
}

#[test]
fn what_changed_beyond_the_noise_is_told_carrier_by_carrier() {
    let opensim = Opensim::new();
    lounge(&opensim);
    let compared = json(
        &opensim,
        &[
            "compare",
            "2026-11-01..2026-11-14",
            "2026-11-15..2026-11-20",
            "--place",
            "Salon",
        ],
    );
    let row = |id: &str| {
        let rows = compared["rows"].as_array().expect("rows");
        rows.iter()
            .find(|row| row["carrier"] == id)
            .expect("its row")
            .clone()
    };
    assert_eq!(row("sfr")["signal"], "worse", "{compared:#}");
    assert_eq!(row("orange")["signal"], "vanished");
    assert_eq!(
        (
            &row("sfr")["before"]["surveys"],
            &row("sfr")["after"]["surveys"]
        ),
        (&json!(14), &json!(6))
    );
    assert!(!warns(&compared, "history.too_few"));
    let page = opensim.run(&[
        "--lang", "fr", "history", "compare", "morning", "soir", "--place", "Salon",
    ]);
    let text = page.stdout().replace(['\u{a0}', '\u{202f}'], " ");
    assert!(text.contains("Moins bien qu’avant : "), "{text}");
    assert!(
        text.contains("Ce qui a changé : le matin, puis le soir"),
        "{text}"
    );
    let few = json(&opensim, &["compare", "Salon", "Grenier"]);
    assert!(warns(&few, "history.too_few"), "{few:#}");
    let rows = few["rows"].as_array().expect("rows");
    assert!(rows.iter().all(|row| row["signal"] == "too_few"), "{few:#}");
    let one = json(&opensim, &["compare", "1", "last"]);
    assert_eq!(one["before"]["by"], "survey");
    let unknown = run(&opensim, &["compare", "Cave", "last"]);
    assert_eq!(unknown.json()["error"]["code"], "history.not_found");
    assert_eq!(
        unknown.json()["error"]["values"]["candidates"],
        json!(["Grenier", "Salon"])
    );
}

#[test]
fn forgetting_asks_and_what_is_forgotten_is_gone_from_the_file() {
    let opensim = Opensim::new();
    lounge(&opensim);
    let unasked = run(&opensim, &["forget", "--place", "Grenier"]);
    assert_eq!(
        (unasked.code(), &unasked.json()["error"]["code"]),
        (2, &json!("history.consent"))
    );
    assert_eq!(json(&opensim, &[])["total"], 21);
    let forgotten = json(&opensim, &["forget", "--place", "Grenier", "--yes"]);
    assert_eq!(forgotten["done"]["removed"], 1);
    let file = opensim.state.path().join("state/opensim/history.db");
    let bytes = std::fs::read(file).expect("there");
    assert!(
        !bytes.windows(7).any(|window| window == b"Grenier"),
        "still in the file"
    );
    assert_eq!(
        json(&opensim, &["forget", "--before", "2026-11-10", "--yes"])["done"]["removed"],
        9
    );
    assert_eq!(
        json(&opensim, &["forget", "20", "--yes"])["done"]["removed"],
        1
    );
    assert_eq!(
        run(&opensim, &["forget", "--yes"]).code(),
        2,
        "nothing named"
    );
    assert_eq!(json(&opensim, &["forget", "--all", "--yes"])["total"], 0);
}

#[test]
fn the_index_is_made_anew_from_the_documents() {
    let opensim = Opensim::new();
    lounge(&opensim);
    let before = json(&opensim, &["--limit", "0"]);
    let rebuilt = json(&opensim, &["rebuild"]);
    assert_eq!(rebuilt["done"]["rebuilt"], 21);
    let after = json(&opensim, &["--limit", "0"]);
    assert_eq!(before["entries"], after["entries"]);
}

#[test]
fn a_page_of_a_place_is_kept_by_its_ending_and_loads_nothing() {
    let opensim = Opensim::new();
    lounge(&opensim);
    let page = opensim.state.path().join("salon.html");
    let out = page.to_str().expect("a plain path");
    let ran = opensim.run(&[
        "--lang", "fr", "history", "--place", "Salon", "--limit", "0", "--out", out,
    ]);
    assert_eq!(ran.code(), 0, "{}", ran.stderr());
    let page = std::fs::read_to_string(page).expect("text");
    assert!(
        page.contains("<svg role=\"img\"") && page.contains("Au fil du temps"),
        "{page}"
    );
    assert!(!page.contains("http://") && !page.contains("src="));
    let narrow = opensim
        .command(&["--lang", "fr", "history", "--place", "Salon"])
        .output()
        .expect("runs");
    let text = String::from_utf8(narrow.stdout).expect("text");
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
}
