//! What is kept of what was done, at the binary; and a history that is broken, full, newer or not to be written, none of
//! which changes what a survey gives.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use super::support::{Opensim, Ran, warns};

const SURVEY: [&str; 5] = ["--modem", "sim:home", "scan", "--yes", "--no-measure"];

fn database(opensim: &Opensim) -> PathBuf {
    opensim.state.path().join("state/opensim/history.db")
}

fn surveyed(opensim: &Opensim) -> Ran {
    opensim.run(&[&["--json"], &SURVEY[..]].concat())
}

/// What a document says but for its date, the time it took, and this warning.
fn facts(ran: &Ran, without: &str) -> Value {
    let mut document = ran.json();
    document["at"] = Value::Null;
    document["cost"] = Value::Null;
    document["carriers"]
        .as_array_mut()
        .expect("carriers")
        .iter_mut()
        .for_each(|carrier| {
            carrier["registered_in_s"] = Value::Null;
            carrier["radio"] = Value::Null;
            carrier["why"] = Value::Null;
        });
    let warnings = document["warnings"].as_array_mut().expect("warnings");
    warnings.retain(|note| note["code"] != without);
    document
}

#[test]
fn a_survey_is_kept_unless_it_is_told_not_to_be() {
    let opensim = Opensim::new();
    let without = [&SURVEY[..], &["--no-history"]].concat();
    assert_eq!(opensim.run(&without).code(), 0);
    assert!(!database(&opensim).exists());
    assert_eq!(surveyed(&opensim).code(), 0);
    assert!(database(&opensim).exists());
}

#[test]
fn what_was_not_begun_is_not_kept() {
    let opensim = Opensim::new();
    assert_eq!(opensim.run(&["--modem", "sim:home", "scan"]).code(), 2);
    assert_eq!(
        opensim
            .run(&["--modem", "sim:home", "switch", "sfr"])
            .code(),
        2
    );
    assert!(!database(&opensim).exists());
}

#[test]
fn a_history_that_takes_nothing_changes_nothing_but_a_warning() {
    let well = surveyed(&Opensim::new());
    let wanted = facts(&well, "");
    let broken = "-- not a database, and long enough to be looked at as one ".repeat(9);
    for (code, spoil) in [
        ("history.unavailable", "folder"),
        ("history.begun_anew", broken.as_str()),
    ] {
        let opensim = Opensim::new();
        let file = database(&opensim);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("made");
        if spoil == "folder" {
            std::fs::create_dir(&file).expect("in its place");
        } else {
            std::fs::write(&file, spoil).expect("written");
        }
        let ran = surveyed(&opensim);
        assert_eq!(ran.code(), well.code());
        assert!(warns(&ran.json(), code), "{:#}", ran.json());
        assert_eq!(facts(&ran, code), wanted);
        let page = opensim.run(&[&["--lang", "fr"], &SURVEY[..]].concat());
        let told = page.stdout().contains("historique");
        assert_eq!(
            told,
            spoil == "folder",
            "a new one is told once: {}",
            page.stdout()
        );
    }
}

/// A command in a shell that mounts a disk on the state's folder first, without which the test says that it is skipped.
fn on_a_disk(mount: &str, args: &[&str]) -> Option<Ran> {
    let opensim = Opensim::new();
    let state = opensim.state.path().join("state");
    std::fs::create_dir_all(state.join("opensim")).expect("made");
    let plain = opensim.command(&[&["--json"], args].concat());
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-ec"]);
    command.arg(format!("{mount}; exec \"$@\"")).arg(&state);
    command.arg(plain.get_program()).args(plain.get_args());
    command
        .env_clear()
        .env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
    for (name, value) in plain.get_envs() {
        command.env(name, value.expect("set"));
    }
    let ran = Ran(command.output().ok()?);
    if ran.stdout().is_empty() {
        let why = ran.stderr();
        // Past the harness, which shows what a passing test prints to nobody.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: no mount of one's own here: {why}"
        );
        return None;
    }
    Some(ran)
}

#[test]
fn a_full_disk_and_one_that_takes_nothing_are_warnings() {
    // Room for the journal and its lock, not for a database and its log.
    let full = "mount -t tmpfs -o size=36k,mode=700 none \"$0/opensim\"";
    let read_only = "mount -t tmpfs -o ro none \"$0/opensim\"";
    let measure = ["--modem", "sim:home", "measure"];
    for (mount, args, expected) in [
        (full, &SURVEY[..], "os.full"),
        (read_only, &measure[..], "os.read_only"),
    ] {
        let Some(ran) = on_a_disk(mount, args) else {
            return;
        };
        let document = ran.json();
        assert_eq!(ran.code(), 0, "{document:#}");
        let mut warnings = document["warnings"].as_array().expect("warnings").iter();
        let told = warnings.find(|note| note["code"] == "history.unavailable");
        let told = told.unwrap_or_else(|| panic!("{document:#}"));
        assert_eq!(told["values"]["detail"], expected);
    }
}
