//! `opensim doctor` on virtual modems, and where there is none: what each check finds in which world.

use serde_json::Value;

use super::support::{Opensim, Ran};

/// The checks of a document that ended otherwise than they should, as `id outcome code`; a check that is blocked is left
/// out, since another one says why.
fn found(document: &Value) -> Vec<String> {
    let rows = document["checks"].as_array().expect("checks");
    let told = rows.iter().filter(|row| row["outcome"] != "pass");
    let told = told.filter(|row| row["outcome"] != "skipped");
    told.map(|row| {
        let word = |key: &str| row[key].as_str().expect("a word").to_owned();
        format!("{} {} {}", word("id"), word("outcome"), word("code"))
    })
    .collect()
}

fn outcome(document: &Value, id: &str) -> String {
    let rows = document["checks"].as_array().expect("checks");
    let row = rows.iter().find(|row| row["id"] == id);
    let row = row.unwrap_or_else(|| panic!("no {id}: {document:#}"));
    row["outcome"].as_str().expect("a word").to_owned()
}

/// The checks of the modem and what it stands on, which the worlds below are about.
const OF_MODEM: &str = "modem,port,permissions,sim,pin,selection,registration,radio,apn";

/// A world, how the command ends, and what is not as it should be.
const WORLDS: &[(&str, i32, &[&str])] = &[
    ("sim:home", 0, &[]),
    (
        "sim:automatic",
        0,
        &["selection warn selection.automatic_now"],
    ),
    ("sim:no-sim", 9, &["sim fail sim.absent"]),
    ("sim:pin", 9, &["pin fail sim.pin_required"]),
    ("sim:puk", 9, &["pin fail sim.puk_required"]),
    ("/dev/ttyNOWHERE", 9, &["modem fail modem.absent"]),
    ("usb:9-9", 9, &["modem fail modem.absent"]),
    ("mm:0", 9, &["modem fail manager.absent"]),
    ("/dev/null", 9, &["modem fail modem.not_a_port"]),
];

#[test]
fn each_world_is_found_to_be_as_it_is() {
    let opensim = Opensim::new();
    for (modem, code, expected) in WORLDS {
        let line = ["--json", "--modem", modem, "doctor", "--only", OF_MODEM];
        let ran = opensim.run(&line);
        let document = ran.json();
        assert_eq!(found(&document), *expected, "{modem}: {document:#}");
        assert_eq!(ran.code(), *code, "{modem}");
        assert!(document.get("error").is_none(), "{modem}: {document:#}");
    }
}

/// Worlds of a file's own, and what is not as it should be in them.
const WRITTEN: &[(&str, &[&str])] = &[
    (
        "base = \"denied\"\n[start]\nplmn = \"20810\"\n",
        &["registration fail doctor.unregistered"],
    ),
    (
        "base = \"denied\"\n[start]\nplmn = \"20820\"\n",
        &["registration fail doctor.unregistered"],
    ),
    (
        "base = \"home\"\n[start]\nmode = \"deregistered\"\n",
        &[
            "selection fail doctor.selection_none",
            "registration fail doctor.unregistered",
        ],
    ),
    (
        "base = \"legacy\"\n[start]\nplmn = \"20810\"\n",
        &["registration warn access.legacy"],
    ),
    (
        "base = \"home\"\n[start]\nplmn = \"20820\"\n",
        &["radio warn doctor.radio_poor"],
    ),
];

#[test]
fn what_the_network_does_is_found() {
    let opensim = Opensim::new();
    for (at, (scenario, expected)) in WRITTEN.iter().enumerate() {
        let file = opensim.file(&format!("{at}.toml"), scenario);
        let modem = format!("sim:{file}");
        let line = ["--json", "--modem", &modem, "doctor", "--only", OF_MODEM];
        let document = opensim.run(&line).json();
        assert_eq!(found(&document), *expected, "{scenario}: {document:#}");
    }
}

#[test]
fn a_check_that_rests_on_one_that_failed_says_on_which() {
    let opensim = Opensim::new();
    let line = ["--json", "--modem", "sim:no-sim", "doctor"];
    let document = opensim.run(&line).json();
    let rows = document["checks"].as_array().expect("checks");
    for id in ["pin", "registration", "apn"] {
        let row = rows.iter().find(|row| row["id"] == id).expect(id);
        assert_eq!(row["outcome"], "skipped", "{id}");
        assert_eq!(row["details"]["check"], "sim", "{id}");
    }
    assert_eq!(outcome(&document, "radio"), "pass");
}

#[test]
fn what_stands_in_the_way_of_a_check_is_told_though_it_was_not_asked_for() {
    let opensim = Opensim::new();
    let of = |modem: &str, only: &str| {
        let line = ["--json", "--modem", modem, "doctor", "--only", only];
        let document = opensim.run(&line).json();
        let rows = document["checks"].as_array().expect("checks").clone();
        let ids = rows
            .iter()
            .map(|row| row["id"].as_str().expect("id").to_owned());
        ids.collect::<Vec<_>>()
    };
    assert_eq!(of("sim:no-sim", "registration"), ["sim", "registration"]);
    assert_eq!(of("sim:home", "registration,sim"), ["sim", "registration"]);
}

#[test]
fn what_is_left_out_is_not_told() {
    let opensim = Opensim::new();
    let line = [
        "--json",
        "--modem",
        "sim:automatic",
        "doctor",
        "--skip",
        "selection",
    ];
    let document = opensim.run(&line).json();
    let rows = document["checks"].as_array().expect("checks");
    assert!(
        rows.iter().all(|row| row["id"] != "selection"),
        "{document:#}"
    );
    assert!(rows.iter().any(|row| row["id"] == "registration"));
}

#[test]
fn a_word_that_is_no_check_is_answered_with_the_nearest() {
    let opensim = Opensim::new();
    for option in ["--only", "--skip"] {
        let ran = opensim.run(&["doctor", option, "registraton"]);
        assert_eq!(ran.code(), 2);
        assert!(ran.stderr().contains("registration\"?"), "{}", ran.stderr());
    }
}

#[test]
fn what_can_be_no_modem_is_a_fault_of_usage() {
    let opensim = Opensim::new();
    let ran = opensim.run(&["--json", "--modem", "sim:nowhere", "doctor"]);
    assert_eq!(ran.code(), 2);
    assert_eq!(ran.json()["error"]["code"], "usage.scenario");
}

fn page(lang: &str, modem: &str) -> Ran {
    let opensim = Opensim::new();
    let line = [
        "--lang", lang, "--modem", modem, "doctor", "--only", OF_MODEM,
    ];
    opensim.run(&line)
}

/// The page without its levels: a signal that fades is another one at each reading, and how many readings there are is a
/// matter of how quick the computer is.
fn without_levels(page: &str) -> String {
    let mut parts = page.split("(RSRP ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let rest = part.split_once(')').map_or("", |(_, rest)| rest);
        text + "(RSRP, SINR)" + rest
    })
}

#[test]
fn the_page_reads_as_it_was_agreed() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for lang in ["fr", "en"] {
            for world in ["home", "automatic", "pin"] {
                let page = page(lang, &format!("sim:{world}")).stdout();
                insta::assert_snapshot!(format!("doctor_{world}.{lang}"), without_levels(&page));
            }
        }
    });
}

#[test]
fn every_form_is_written() {
    let opensim = Opensim::new();
    for (format, holds) in [
        ("csv", "sim,fail,sim.absent,"),
        ("html", "<h2>To fix</h2>"),
        ("text", "To fix"),
        ("json", "\"sim.absent\""),
    ] {
        let line = ["--modem", "sim:no-sim", "doctor", "--format", format];
        let ran = opensim.run(&line);
        assert!(ran.stdout().contains(holds), "{format}: {}", ran.stdout());
        assert_eq!(ran.code(), 9);
    }
}
