//! Scan, switch and recover at the binary, on a virtual modem behind a pseudo-terminal: what they leave behind
//! when all goes well, when it fails, and when they are killed.

use std::io::BufReader;
use std::process::Child;

use serde_json::Value;

use super::support::{Opensim, Ran, plmn_in_use, wait_for_line, warns};

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

/// A scan of the scenario `home` that is killed while it is on another carrier than the one it had found.
pub(super) fn killed_on_the_way(opensim: &Opensim, modem: &str) {
    let args = ["-v", "--lang", "en", "--modem", modem, "scan", "--yes"];
    let mut scan = start(opensim, &args);
    let mut stderr = BufReader::new(scan.stderr.take().expect("a pipe"));
    wait_for_line(&mut stderr, "SFR");
    scan.kill().expect("it runs");
    scan.wait().expect("it ends");
    assert_eq!(opensim.journal().len(), 1);
}

#[test]
fn a_modem_that_tells_no_number_is_neither_taken_for_the_interrupted_one_nor_told_that_all_is_well()
{
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "4");
    killed_on_the_way(&opensim, modem.path());
    drop(modem);
    let nameless = opensim.file("nameless.toml", "base = \"home\"\n[modem]\nimei = \"\"\n");
    let modem = opensim.modem(&nameless, "4");
    let before = plmn_in_use(&opensim, modem.path());

    let recover = opensim.run(&["--json", "--modem", modem.path(), "recover"]);
    let document = recover.json();
    assert_eq!(
        (
            recover.code(),
            &document["error"]["code"],
            &document["needed"]
        ),
        (11, &Value::from("recover.which_modem"), &Value::Null),
        "{document:#}"
    );
    assert!(document["journal"].is_string(), "{document:#}");
    assert_eq!(plmn_in_use(&opensim, modem.path()), before);
    assert_eq!(opensim.journal().len(), 1);

    let status = opensim
        .run(&["--json", "--modem", modem.path(), "status"])
        .json();
    assert!(warns(&status, "recover.perhaps"), "{status:#}");
    let switch = opensim.run(&["--json", "--modem", modem.path(), "switch", "sfr", "--yes"]);
    assert_eq!(switch.code(), 0, "{:#}", switch.json());
    assert_eq!(
        opensim.journal().len(),
        1,
        "another's change is not this one's to close"
    );
}

#[test]
fn killed_half_way_the_next_run_warns_and_recover_puts_back() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "4");
    killed_on_the_way(&opensim, modem.path());

    let status = opensim
        .run(&["--json", "--modem", modem.path(), "status"])
        .json();
    assert!(warns(&status, "recover.pending"), "{status:#}");

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

/// Leaves the modem on Bouygues Telecom with a journal that says Orange.
fn interrupted_switch(opensim: &Opensim, modem: &str) {
    let line = [
        "-v", "--lang", "en", "--modem", modem, "switch", "bouygues", "--yes",
    ];
    let mut switch = start(opensim, &line);
    let mut stderr = BufReader::new(switch.stderr.take().expect("a pipe"));
    wait_for_line(&mut stderr, "Joining");
    switch.kill().expect("it runs");
    switch.wait().expect("it ends");
}

#[test]
fn what_an_interrupted_run_owes_stays_owed_after_a_scan() {
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
    wait_for_line(&mut stderr, "on SFR");
    scan.kill().unwrap();
    scan.wait().unwrap();
    let again = [
        "--json",
        "--modem",
        modem.path(),
        "scan",
        "--yes",
        "--carriers",
        "bouygues",
    ];
    let document = opensim.run(&again).json();
    assert_eq!(document["restored"], true, "{document:#}");
    let in_use = document["selection_before"]["plmn"].clone();
    assert_eq!(
        document["selection_after"]["plmn"], in_use,
        "back where this run found it"
    );
    if in_use != "20801" {
        assert_eq!(opensim.journal().len(), 1);
    }
    let recover = opensim.run(&["--json", "--modem", modem.path(), "recover"]);
    assert_eq!(recover.code(), 0);
    assert_eq!(plmn_in_use(&opensim, modem.path()), "20801");
    assert!(opensim.journal().is_empty());
}

#[test]
fn naming_the_carrier_that_an_interrupted_run_left_settles_it() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "4");
    interrupted_switch(&opensim, modem.path());
    let line = [
        "--json",
        "--modem",
        modem.path(),
        "switch",
        "bouygues",
        "--yes",
    ];
    let document = opensim.run(&line).json();
    let outcome = document["outcome"].as_str().unwrap();
    assert!(
        ["already_there", "switched"].contains(&outcome),
        "{document:#}"
    );
    assert!(opensim.journal().is_empty(), "{document:#}");
    assert_eq!(plmn_in_use(&opensim, modem.path()), "20820");
}

#[test]
fn a_modem_that_was_just_unlocked_comes_back_to_its_carrier() {
    let opensim = Opensim::new();
    let modem = opensim.modem("pin", "20");
    let line = ["--json", "--modem", modem.path(), "scan", "--yes"];
    let output = opensim.command(&line).env("OPENSIM_PIN", "1234").output();
    let document = Ran(output.unwrap()).json();
    assert_eq!(document["restored"], true, "{document:#}");
    assert_eq!(plmn_in_use(&opensim, modem.path()), "20801");
}

#[test]
fn a_switch_out_of_automatic_selection_says_so_also_when_it_fails() {
    let opensim = Opensim::new();
    let modem = opensim.modem("automatic", "50");
    let line = ["--json", "--modem", modem.path(), "switch", "free", "--yes"];
    let ran = opensim.run(&line);
    let document = ran.json();
    assert_eq!(ran.code(), 10, "{document:#}");
    assert!(warns(&document, "selection.was_automatic"), "{document:#}");
}

#[test]
fn a_file_that_cannot_be_written_is_said_before_the_modem_is_touched() {
    let opensim = Opensim::new();
    let line = [
        "--json",
        "--modem",
        "sim:home",
        "scan",
        "--yes",
        "--out",
        "/nonexistent/x.json",
    ];
    let ran = opensim.run(&line);
    let document = ran.json();
    assert_eq!(
        (ran.code(), &document["error"]["code"]),
        (2, &Value::from("usage.file"))
    );
    assert_eq!(document["modem"], Value::Null);
}

#[test]
fn a_damaged_journal_is_a_warning_of_status() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "4");
    interrupted_switch(&opensim, modem.path());
    std::fs::write(&opensim.journal()[0], "{").unwrap();
    let ran = opensim.run(&["--json", "--modem", modem.path(), "status"]);
    let document = ran.json();
    assert_eq!(ran.code(), 0, "{document:#}");
    assert!(warns(&document, "recover.unreadable"), "{document:#}");
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
    assert!(warns(&scan, "selection.was_automatic"), "{scan:#}");
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
