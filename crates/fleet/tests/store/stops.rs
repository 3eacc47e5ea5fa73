//! Stopped at any moment, full, damaged: what is run again gives the same bytes.

use std::fs;
use std::process::{Command, Stdio};

use std::io::Read as _;

use super::desk::{A, B, Desk, Ran, scan};

/// Runs a command that is killed before its n-th change of the disk; whether it came so far.
fn killed_at(desk: &Desk, args: &[&str], step: usize) -> bool {
    let mut child = desk
        .command(args)
        .env("OPENSIM_FLEET_HELD_AT", step.to_string())
        .env("OPENSIM_FLEET_HELD", "/dev/stderr")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut told = [0];
    let stderr = child.stderr.as_mut().expect("a pipe");
    // It says that it is held, or it ends.
    let is_held = stderr.read(&mut told).expect("read") > 0;
    if is_held {
        child.kill().expect("killed");
    }
    let status = child.wait().expect("ended");
    assert_eq!(is_held, !status.success(), "{status}");
    is_held
}

/// Kills a command at every step, runs it again, and compares.
fn at_every_step(desk: &Desk, args: &[&str]) -> usize {
    let whole = desk.copy();
    whole.good(args);
    let (files, waiting) = (whole.files(), whole.waiting());
    let mut step = 1;
    loop {
        let stopped = desk.copy();
        if !killed_at(&stopped, args, step) {
            return step;
        }
        stopped.good(args);
        let again = stopped.files();
        let names: Vec<_> = again
            .keys()
            .filter(|name| files.get(*name) != again.get(*name))
            .collect();
        assert!(files == again, "killed at step {step}: {names:?}");
        assert_eq!(stopped.waiting(), waiting, "killed at step {step}");
        step += 1;
    }
}

fn with_documents() -> Desk {
    let desk = Desk::new();
    for site in [A, B] {
        desk.send(site, &scan("2025-03-04T08:00:00Z"));
        desk.ingest();
    }
    for site in [A, B] {
        desk.send(site, &scan("2025-03-04T09:00:00Z"));
        desk.send(site, &scan("2025-04-01T09:00:00Z"));
    }
    desk.put(A, "bad.json", "no");
    desk.put(
        B,
        "some.ndjson",
        format!("no\n{}\n", scan("2025-03-05T09:00:00Z")),
    );
    desk
}

#[test]
fn killed_at_every_step_and_run_again_the_files_are_the_same() {
    let desk = with_documents();
    let steps = at_every_step(&desk, &["ingest", "@inbox"]);
    assert!(steps > 20, "only {steps} steps were seen");
    desk.good(&["ingest", "@inbox"]);
    assert!(at_every_step(&desk, &["forget", A, "--inbox", "@inbox", "--yes"]) > 10);
    assert!(at_every_step(&desk, &["retain", "--raw", "1d"]) > 3);
    assert!(at_every_step(&desk, &["retain"]) > 5);
    assert!(at_every_step(&desk, &["rebuild"]) > 5);
}

#[test]
fn a_disk_that_fills_loses_nothing_and_leaves_nothing_half() {
    let desk = Desk::new();
    desk.send(A, &scan("2025-03-04T08:00:00Z"));
    desk.ingest();
    let before = desk.files();
    let waiting = 40;
    for minute in 0..waiting {
        desk.send(B, &scan(&format!("2025-03-04T09:{minute:02}:00Z")));
    }
    let mut refused = 0;
    // From no room at all to room for some of the files.
    for kilobytes in [0, 1, 2, 3, 4, 6, 8, 12] {
        let copy = desk.copy();
        let line = format!(
            "trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" --fleet \"$1\" ingest \"$2\" --json"
        );
        let output = Command::new("bash")
            .args(["-c", &line, env!("CARGO_BIN_EXE_opensim-fleet")])
            .args([copy.fleet(), copy.inbox()])
            .output()
            .expect("it runs");
        let ran = Ran::of(&output);
        if ran.exit == Some(0) {
            continue;
        }
        refused += 1;
        let json = ran.json();
        assert_eq!(
            (ran.exit, json["error"]["code"].as_str()),
            (Some(1), Some("fleet.write"))
        );
        assert!(
            json["error"]["message"]
                .as_str()
                .is_some_and(|m| !m.contains("os.")),
            "{json}"
        );
        assert_eq!(copy.waiting(), waiting, "{kilobytes} kB");
        let month = std::path::Path::new("surveys/month=2025-03/part-0.parquet");
        assert!(before[month] == copy.files()[month], "{kilobytes} kB");
        assert!(
            copy.files()
                .keys()
                .all(|name| !name.to_string_lossy().ends_with(".new"))
        );
        copy.good(&["ingest", "@inbox"]);
        let whole = desk.copy();
        whole.good(&["ingest", "@inbox"]);
        assert!(whole.files() == copy.files(), "{kilobytes} kB");
    }
    assert!(refused >= 3, "{refused}");
}

#[test]
fn a_torn_month_stays_as_it_is_until_it_is_made_anew_and_the_others_go_on() {
    let desk = Desk::new();
    for at in ["2025-03-04T08:00:00Z", "2025-04-04T08:00:00Z"] {
        desk.send(A, &scan(at));
    }
    desk.ingest();
    let whole = desk.files();
    let file = desk.fleet().join("surveys/month=2025-03/part-0.parquet");
    let bytes = fs::read(&file).expect("a month");
    for torn in [
        &bytes[..bytes.len() / 2],
        &bytes[..bytes.len() - 3],
        &[][..],
        b"PAR1PAR1",
    ] {
        fs::write(&file, torn).expect("torn");
        desk.send(B, &scan("2025-03-05T08:00:00Z"));
        desk.send(B, &scan("2025-04-05T08:00:00Z"));
        let ran = desk.ingest();
        let json = ran.json();
        assert_eq!(
            (ran.exit, json["error"]["code"].as_str()),
            (Some(1), Some("fleet.torn"))
        );
        assert!(
            json["torn"][0]
                .as_str()
                .is_some_and(|f| f.contains("month=2025-03")),
            "{json}"
        );
        let hint = json["error"]["hint"].as_str().unwrap_or_default();
        assert!(hint.contains("rebuild --month 2025-03"), "{hint}");
        assert_eq!(
            fs::read(&file).expect("a month"),
            torn,
            "it was written over"
        );
        assert_eq!(
            desk.waiting(),
            1,
            "what belongs in it waits, the other month's does not"
        );
        assert_eq!(desk.run(&["check"]).exit, Some(1));
        assert_eq!(desk.run(&["export"]).exit, Some(1));
        let rebuilt = desk
            .good(&["rebuild", "--month", "2025-03", "--json"])
            .json();
        assert_eq!(rebuilt["replaced"][0]["month"], "2025-03");
        assert_eq!(desk.ingest().exit, Some(0));
        assert_eq!((desk.waiting(), desk.rows("surveys").len()), (0, 4 * 3));
        desk.good(&["check"]);
    }
    // In the middle of its rows.
    let mut bent = fs::read(&file).expect("a month");
    let end = bent.len() / 3;
    bent[40..end].fill(0x55);
    fs::write(&file, bent).expect("torn");
    desk.send(B, &scan("2025-03-06T08:00:00Z"));
    let ran = desk.ingest();
    assert_eq!(ran.json()["error"]["code"], "fleet.torn", "{}", ran.err);
    assert!(whole.len() > 5);
}

#[test]
fn damaged_documents_of_a_day_stay_and_are_told() {
    let desk = Desk::new();
    desk.send(A, &scan("2025-03-04T08:00:00Z"));
    desk.ingest();
    let file = desk.fleet().join("raw/day=2025-03-04/part-0.ndjson.zst");
    let bytes = fs::read(&file).expect("a day");
    let mut bent = bytes.clone();
    let middle = bent.len() / 2;
    bent[middle] ^= 0xff;
    for torn in [&bytes[..bytes.len() - 1], &bent[..]] {
        fs::write(&file, torn).expect("torn");
        desk.send(B, &scan("2025-03-04T09:00:00Z"));
        let ran = desk.ingest();
        assert_eq!(ran.json()["error"]["code"], "fleet.damaged", "{}", ran.out);
        assert_eq!(
            (desk.waiting(), fs::read(&file).expect("a day") == torn),
            (1, true)
        );
    }
    fs::write(&file, &bytes).expect("put back");
    assert_eq!(desk.ingest().exit, Some(0));
    assert_eq!(desk.waiting(), 0);
}

#[test]
fn two_do_not_write_at_once() {
    let desk = Desk::new();
    let lock = desk.fleet().join(".lock");
    let held = fs::File::create(lock).expect("a lock");
    held.try_lock().expect("held");
    for args in [
        &["ingest", "@inbox", "--json"][..],
        &["retain", "--json"],
        &["rebuild", "--json"],
        &["forget", A, "--yes", "--json"],
    ] {
        let ran = desk.run(args);
        assert_eq!(
            (ran.exit, ran.json()["error"]["code"].as_str()),
            (Some(4), Some("fleet.in_use")),
            "{args:?}"
        );
    }
}
