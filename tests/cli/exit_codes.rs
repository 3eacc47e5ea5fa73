//! Every exit status of the contract, provoked at the binary by bad input or a bad world.

use serde_json::Value;

use super::support::{Opensim, Ran};

/// A modem word, the command, the exit status and the error's code.
const CASES: &[(&str, &[&str], i32, &str)] = &[
    ("sim:home", &["scan"], 2, "usage.consent_needed"),
    ("sim:home", &["switch", "sfr"], 2, "usage.consent_needed"),
    (
        "sim:home",
        &["switch", "best", "--yes"],
        2,
        "usage.carrier_automatic",
    ),
    (
        "sim:home",
        &["switch", "auto", "--yes"],
        2,
        "usage.carrier_automatic",
    ),
    (
        "sim:home",
        &["switch", "ornage", "--yes"],
        2,
        "usage.carrier_unknown",
    ),
    (
        "sim:home",
        &["scan", "--yes", "--carriers", "sfr,ornage"],
        2,
        "usage.carrier_unknown",
    ),
    ("sim:home", &["at", "AT+COPS=0"], 2, "modem.guarded"),
    (
        "sim:home",
        &["at", "AT+COPS=1,2,\"20810\""],
        2,
        "modem.guarded",
    ),
    ("sim:home", &["at", "ATD112;"], 2, "modem.guarded"),
    ("sim:home", &["at", "AT+CPIN=\"1234\""], 2, "modem.guarded"),
    ("sim:nowhere", &["status"], 2, "usage.scenario"),
    (
        "sim:home",
        &["sim", "--quirk", "joind=refused"],
        2,
        "usage.invalid",
    ),
    (
        "sim:home",
        &["sim", "--quirk", "joined=never"],
        2,
        "usage.invalid",
    ),
    ("mm:0", &["status"], 3, "manager.absent"),
    ("imei:12", &["status"], 2, "usage.invalid"),
    ("/dev/null/nothing", &["status"], 3, "modem.absent"),
    ("/dev/ttyNOWHERE", &["scan", "--yes"], 3, "modem.absent"),
    ("/dev/null", &["status"], 2, "modem.not_a_port"),
    ("/dev/ptmx", &["at", "AT"], 2, "modem.not_a_port"),
    ("/dev", &["switch", "sfr", "--yes"], 2, "modem.not_a_port"),
    ("usb:9-9", &["status"], 3, "modem.absent"),
    ("sim:no-sim", &["status"], 5, "sim.absent"),
    ("sim:no-sim", &["scan", "--yes"], 5, "sim.absent"),
    (
        "sim:puk",
        &["switch", "sfr", "--yes"],
        5,
        "sim.puk_required",
    ),
    (
        "sim:pin",
        &["switch", "sfr", "--yes"],
        5,
        "sim.pin_required",
    ),
    (
        "sim:denied",
        &["switch", "bouygues", "--yes"],
        10,
        "change.rolled_back",
    ),
];

#[test]
fn each_fault_has_its_status_its_code_and_one_document() {
    let opensim = Opensim::new();
    for (modem, args, code, error) in CASES {
        let mut line = vec!["--json", "--modem", modem];
        line.extend(*args);
        let ran = opensim.run(&line);
        let document = ran.json();
        assert_eq!(document["error"]["code"], *error, "{line:?}: {document:#}");
        assert_eq!(ran.code(), *code, "{line:?}");
        assert!(
            !document["error"]["message"]
                .as_str()
                .unwrap_or_default()
                .is_empty(),
            "{line:?}"
        );
    }
}

#[test]
fn a_fault_is_said_in_french_and_in_english_with_what_to_do() {
    let opensim = Opensim::new();
    for (modem, args, code, error) in CASES {
        let mut said = Vec::new();
        for lang in ["fr", "en"] {
            let mut line = vec!["--lang", lang, "--modem", modem];
            line.extend(*args);
            let ran = opensim.run(&line);
            assert_eq!(ran.code(), *code, "{line:?}");
            let text = ran.stderr();
            assert!(text.lines().count() >= 2, "{line:?}: no hint in {text:?}");
            assert!(
                !text.contains(&error.replace('.', "-")),
                "{line:?}: an untranslated key in {text:?}"
            );
            said.push(text);
        }
        assert_ne!(said[0], said[1], "{modem} {args:?} is said in one language");
    }
}

#[test]
fn a_quirk_that_is_none_is_told_with_those_that_are() {
    let opensim = Opensim::new();
    let ran = opensim.run(&["--lang", "en", "sim", "--quirk", "joind=refused"]);
    let said = ran.stderr();
    for known in ["joind", "joined", "registration", "dead"] {
        assert!(said.contains(known), "{known}: {said}");
    }
    let help = opensim.run(&["sim", "--help"]).stdout();
    assert!(help.contains("empty_rows"), "{help}");
}

#[test]
fn a_network_that_cannot_be_joined_from_nowhere_is_6() {
    let opensim = Opensim::new();
    let scenario = opensim.state.path().join("nowhere.toml");
    std::fs::write(
        &scenario,
        "base = \"denied\"\n[start]\nregistered = false\nmode = \"deregistered\"\n",
    )
    .unwrap();
    let modem = format!("sim:{}", scenario.display());
    let ran = opensim.run(&["--json", "--modem", &modem, "switch", "bouygues", "--yes"]);
    let document = ran.json();
    assert_eq!(
        (ran.code(), &document["error"]["code"]),
        (6, &Value::from("network.not_available")),
        "{document:#}"
    );
}

#[test]
fn nothing_is_changed_where_the_journal_cannot_be_written() {
    let opensim = Opensim::new();
    let line = ["--json", "--modem", "sim:home", "switch", "sfr", "--yes"];
    let mut command = opensim.command(&line);
    let ran = Ran(command
        .env("XDG_STATE_HOME", "/dev/null/state")
        .output()
        .unwrap());
    let document = ran.json();
    assert_eq!(
        (ran.code(), &document["error"]["code"]),
        (1, &Value::from("store.write")),
        "{document:#}"
    );
    assert_eq!(document["outcome"], Value::Null);
}

#[test]
fn usage_faults_give_a_document_too() {
    let opensim = Opensim::new();
    for args in [
        &["--json", "frobnicate"][..],
        &["--json", "scan", "--samples", "0"],
        &["--json", "scan", "--need-down", "fast"],
    ] {
        let ran = opensim.run(args);
        assert_eq!(
            (ran.code(), &ran.json()["error"]["code"]),
            (2, &Value::from("usage.invalid")),
            "{args:?}"
        );
    }
}

#[test]
fn a_broken_configuration_is_named_with_its_fault() {
    let opensim = Opensim::new();
    let file = opensim.state.path().join("broken.toml");
    std::fs::write(&file, "modemm = \"sim:home\"\n").unwrap();
    let ran = opensim.run(&["--json", "--config", file.to_str().unwrap(), "carriers"]);
    let document = ran.json();
    assert_eq!(
        (ran.code(), &document["error"]["code"]),
        (2, &Value::from("usage.config"))
    );
    assert!(
        document["error"]["message"]
            .as_str()
            .unwrap()
            .contains("modemm"),
        "{document:#}"
    );
}

#[test]
fn a_modem_that_left_the_bus_is_7() {
    let opensim = Opensim::new();
    let mut modem = opensim.modem("home", "50");
    let path = modem.path().to_owned();
    assert_eq!(opensim.run(&["--modem", &path, "status"]).code(), 0);
    modem.unplug();
    assert_eq!(opensim.run(&["--modem", &path, "status"]).code(), 7);
}

#[test]
fn a_port_that_another_program_holds_is_4_and_says_who() {
    use std::os::fd::AsFd as _;
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "50");
    let held = std::fs::OpenOptions::new()
        .read(true)
        .write(true)
        .open(modem.path())
        .unwrap();
    rustix::fs::flock(
        held.as_fd(),
        rustix::fs::FlockOperation::NonBlockingLockExclusive,
    )
    .unwrap();
    let ran = opensim.run(&["--json", "--modem", modem.path(), "status"]);
    assert_eq!(
        (ran.code(), &ran.json()["error"]["code"]),
        (4, &Value::from("modem.busy"))
    );
}
