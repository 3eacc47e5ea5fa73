//! Scan, switch and recover at the binary, on a virtual modem behind a pseudo-terminal: what they leave behind
//! when all goes well, when it fails, and when they are killed.

use std::io::BufReader;
use std::process::Child;

use serde_json::Value;

use super::support::{Opensim, Ran, wait_for_line};

fn plmn_in_use(opensim: &Opensim, modem: &str) -> String {
    let status = opensim.run(&["--json", "--modem", modem, "status"]).json();
    status["registration"]["plmn"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn a_scan_leaves_the_modem_where_it_was_and_nothing_to_recover() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "50");
    let scan = opensim.run(&[
        "--json",
        "--modem",
        modem.path(),
        "scan",
        "--yes",
        "--no-measure",
    ]);
    let document = scan.json();
    assert_eq!(scan.code(), 0, "{document:#}");
    assert_eq!(
        (&document["restored"], &document["complete"]),
        (&Value::from(true), &Value::from(true))
    );
    assert_eq!(document["carriers"].as_array().unwrap().len(), 3);
    assert_eq!(document["selection_after"]["mode"], "manual");
    assert_eq!(plmn_in_use(&opensim, modem.path()), "20801");
    assert!(opensim.journal().is_empty());
    assert_eq!(opensim.audit()[0]["outcome"], "restored");
}

#[test]
fn a_switch_moves_and_says_so_and_a_second_one_is_already_there() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "50");
    let line = [
        "--json",
        "--modem",
        modem.path(),
        "switch",
        "sfr",
        "--yes",
        "--reason",
        "ticket 12",
    ];
    let moved = opensim.run(&line);
    let document = moved.json();
    assert_eq!(
        (moved.code(), &document["outcome"]),
        (0, &Value::from("switched")),
        "{document:#}"
    );
    assert_eq!(
        (&document["confirmed"], &document["from"]["carrier"]),
        (&Value::from(true), &Value::from("orange"))
    );
    assert_eq!(plmn_in_use(&opensim, modem.path()), "20810");
    assert_eq!(opensim.run(&line).json()["outcome"], "already_there");
    let audit = opensim.audit();
    assert_eq!(
        (audit.len(), &audit[0]["reason"]),
        (1, &Value::from("ticket 12"))
    );
    assert!(opensim.journal().is_empty());
}

#[test]
fn a_switch_that_is_refused_rolls_back() {
    let opensim = Opensim::new();
    let modem = opensim.modem("denied", "50");
    let before = plmn_in_use(&opensim, modem.path());
    let ran = opensim.run(&[
        "--json",
        "--modem",
        modem.path(),
        "switch",
        "bouygues",
        "--yes",
    ]);
    let document = ran.json();
    assert_eq!(
        (ran.code(), &document["outcome"]),
        (10, &Value::from("rolled_back")),
        "{document:#}"
    );
    assert_eq!(plmn_in_use(&opensim, modem.path()), before);
    assert!(opensim.journal().is_empty());
}

#[test]
fn killed_half_way_the_next_run_warns_and_recover_puts_back() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "4");
    let mut scan = start(
        &opensim,
        &[
            "-v",
            "--lang",
            "en",
            "--modem",
            modem.path(),
            "scan",
            "--yes",
        ],
    );
    let mut stderr = BufReader::new(scan.stderr.take().unwrap());
    wait_for_line(&mut stderr, "SFR");
    scan.kill().unwrap();
    scan.wait().unwrap();
    assert_eq!(opensim.journal().len(), 1);

    let status = opensim
        .run(&["--json", "--modem", modem.path(), "status"])
        .json();
    let warned = status["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .any(|w| w["code"] == "recover.pending");
    assert!(warned, "{status:#}");

    let recover = opensim.run(&["--json", "--modem", modem.path(), "recover"]);
    let document = recover.json();
    assert_eq!(
        (recover.code(), &document["restored"]),
        (0, &Value::from(true)),
        "{document:#}"
    );
    assert_eq!(plmn_in_use(&opensim, modem.path()), "20801");
    assert!(opensim.journal().is_empty());
    let again = opensim.run(&["--json", "--modem", modem.path(), "recover"]);
    assert_eq!(
        (again.code(), &again.json()["needed"]),
        (0, &Value::from(false))
    );
}

#[test]
fn the_first_ctrl_c_puts_back_and_gives_what_there_is() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "4");
    let mut scan = start(
        &opensim,
        &[
            "-v",
            "--lang",
            "en",
            "--json",
            "--modem",
            modem.path(),
            "scan",
            "--yes",
        ],
    );
    let mut stderr = BufReader::new(scan.stderr.take().unwrap());
    wait_for_line(&mut stderr, "SFR");
    let pid = rustix::process::Pid::from_child(&scan);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    wait_for_line(&mut stderr, "Orange");
    let ran = Ran(scan.wait_with_output().unwrap());
    let document = ran.json();
    assert_eq!(ran.code(), 130, "{document:#}");
    assert_eq!(
        (&document["restored"], &document["complete"]),
        (&Value::from(true), &Value::from(false))
    );
    assert_eq!(plmn_in_use(&opensim, modem.path()), "20801");
    assert!(opensim.journal().is_empty());
}

#[test]
fn a_modem_unplugged_half_way_is_11_and_leaves_its_journal() {
    let opensim = Opensim::new();
    let mut modem = opensim.modem("home", "4");
    let path = modem.path().to_owned();
    let mut scan = start(
        &opensim,
        &[
            "-v", "--lang", "en", "--json", "--modem", &path, "scan", "--yes",
        ],
    );
    let mut stderr = BufReader::new(scan.stderr.take().unwrap());
    wait_for_line(&mut stderr, "SFR");
    modem.unplug();
    let ran = Ran(scan.wait_with_output().unwrap());
    let document = ran.json();
    assert_eq!(
        (ran.code(), &document["error"]["code"]),
        (11, &Value::from("change.not_restored")),
        "{document:#}"
    );
    assert_eq!(opensim.journal().len(), 1);
}

#[test]
fn automatic_selection_is_never_restored_and_that_is_said() {
    let opensim = Opensim::new();
    let modem = opensim.modem("automatic", "50");
    let scan = opensim
        .run(&["--json", "--modem", modem.path(), "scan", "--yes"])
        .json();
    assert_eq!(scan["selection_before"]["was_automatic"], true, "{scan:#}");
    assert_eq!(scan["selection_after"]["mode"], "manual");
    let said = scan["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .any(|w| w["code"] == "selection.was_automatic");
    assert!(said, "{scan:#}");
}

#[test]
fn a_pin_is_tried_once_and_shown_nowhere() {
    let opensim = Opensim::new();
    let modem = opensim.modem("pin", "50");
    let trace = opensim.state.path().join("trace.at");
    let line = [
        "-vvv",
        "--modem",
        modem.path(),
        "--trace",
        trace.to_str().unwrap(),
        "switch",
        "sfr",
        "--yes",
    ];
    let wrong = Ran(opensim
        .command(&line)
        .env("OPENSIM_PIN", "9876")
        .output()
        .unwrap());
    assert_eq!(wrong.code(), 5, "{}", wrong.stderr());
    let status = opensim
        .run(&["--json", "--modem", modem.path(), "status"])
        .json();
    assert_eq!(status["sim"]["pin_tries_left"], 2);
    let right = Ran(opensim
        .command(&line)
        .env("OPENSIM_PIN", "1234")
        .output()
        .unwrap());
    assert_eq!(right.code(), 0, "{}", right.stderr());
    let text = std::fs::read_to_string(trace).unwrap();
    for said in [wrong.stderr(), right.stderr(), text] {
        assert!(!said.contains("9876") && !said.contains("1234"), "{said}");
    }
}

#[test]
fn the_last_try_of_a_pin_is_left_to_the_person() {
    let opensim = Opensim::new();
    let scenario = opensim.state.path().join("one-try.toml");
    std::fs::write(&scenario, "base = \"pin\"\n[sim]\npin_tries = 1\n").unwrap();
    let modem = opensim.modem(scenario.to_str().unwrap(), "50");
    let line = ["--json", "--modem", modem.path(), "switch", "sfr", "--yes"];
    let output = opensim.command(&line).env("OPENSIM_PIN", "1234").output();
    let ran = Ran(output.unwrap());
    let document = ran.json();
    assert_eq!(
        (ran.code(), &document["error"]["code"]),
        (5, &Value::from("sim.pin_tries")),
        "{document:#}"
    );
    let status = opensim
        .run(&["--json", "--modem", modem.path(), "status"])
        .json();
    assert_eq!(status["sim"]["pin_tries_left"], 1);
}

fn start(opensim: &Opensim, args: &[&str]) -> Child {
    opensim.command(args).spawn().expect("the binary starts")
}
