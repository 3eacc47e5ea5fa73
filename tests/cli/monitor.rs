//! Following the signal: line after line for programs and for people, until it is to end or the modem is gone.

use std::io::{BufRead as _, BufReader};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::support::{Opensim, Ran, schema};

/// The documents of a stream, each valid under its schema.
fn documents(ran: &Ran) -> Vec<Value> {
    let of = |line: &str| {
        let document = serde_json::from_str(line).expect("a document a line");
        schema::assert_valid(&document);
        document
    };
    ran.stdout().lines().map(of).collect()
}

/// What `opensim monitor --json` gives on a scenario of these lines over `home`.
fn watched(scenario: &str, args: &[&str]) -> (Vec<Value>, Ran) {
    let opensim = Opensim::new();
    let file = opensim.file("place.toml", &format!("base = \"home\"\n{scenario}"));
    let modem = format!("sim:{file}");
    let ran = opensim.run(&[&["--json", "--modem", &modem, "monitor"], args].concat());
    (documents(&ran), ran)
}

#[test]
fn three_seconds_are_three_readings_one_a_line() {
    // At its own pace the modem's seconds and the wall's part; slowly enough that one reading fits in one.
    let (readings, ran) = watched("pace = 4", &["--for", "3s"]);
    assert_eq!(ran.code(), 0, "{}", ran.stderr());
    let numbers: Vec<u64> = readings
        .iter()
        .map(|r| r["number"].as_u64().unwrap())
        .collect();
    assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>());
    assert!((2..=3).contains(&numbers.len()), "{}", ran.stdout());
    for reading in &readings {
        assert_eq!(reading["schema"], "opensim.reading/1");
        assert_eq!(reading["registration"]["carrier"], "orange");
        assert_eq!(reading["radio"]["pci"], 214);
        assert!(reading["best"]["radio"]["rsrp_dbm"].is_number());
        assert!(reading.get("error").is_none());
    }
    assert!(ran.stderr().is_empty(), "{}", ran.stderr());
}

#[test]
fn nothing_that_it_sends_selects_anything() {
    let opensim = Opensim::new();
    let trace = opensim.state.path().join("exchange.at");
    let trace_text = trace.to_str().expect("a plain path");
    let ran = opensim.run(&[
        "--json", "--modem", "sim:home", "--trace", trace_text, "monitor", "--for", "20s",
    ]);
    assert_eq!(ran.code(), 0);
    let wire = std::fs::read_to_string(trace).expect("a trace");
    assert!(wire.contains("AT+QENG"), "{wire}");
    for line in ["+COPS=0", "+COPS=1", "+COPS=2", "+COPS=4", "+CFUN="] {
        assert!(!wire.contains(line), "{line}: {wire}");
    }
    assert!(opensim.journal().is_empty() && opensim.audit().is_empty());
}

#[test]
fn a_modem_that_leaves_or_falls_silent_is_said_in_a_last_line() {
    for (fault, code) in [
        ("unplug_at_s = 4", "modem.gone"),
        ("silent_from_s = 4", "modem.silent"),
    ] {
        let (mut readings, ran) = watched(&format!("[faults]\n{fault}"), &["--for", "10m"]);
        assert_eq!(ran.code(), 7, "{fault}: {}", ran.stdout());
        let last = readings.pop().expect("a last line");
        assert_eq!(last["error"]["code"], code);
        assert!(last["number"].is_null() && last["radio"].is_null());
        assert!(!readings.is_empty(), "{fault}");
        // What was the best is not lost with the modem.
        assert_eq!(
            last["best"]["number"],
            readings[readings.len() - 1]["best"]["number"],
            "{fault}"
        );
    }
}

#[test]
fn the_page_of_a_modem_that_left_has_what_was_the_best() {
    let opensim = Opensim::new();
    let file = opensim.file("place.toml", "base = \"home\"\n[faults]\nunplug_at_s = 4");
    let modem = format!("sim:{file}");
    let ran = opensim.run(&["--lang", "fr", "--modem", &modem, "monitor"]);
    assert_eq!(ran.code(), 7);
    assert!(
        ran.stdout().contains("Meilleure lecture  moyenne"),
        "{}",
        ran.stdout()
    );
    assert!(ran.stderr().contains("débranché"), "{}", ran.stderr());
}

#[test]
fn a_network_that_is_lost_is_no_end_and_the_best_stays() {
    let cells = r#"
[[carrier]]
name = "Orange F"
plmns = ["20801"]
[[carrier.cell]]
band = 20
earfcn = 6400
pci = 214
cell_id = 0x2B51C03
tac = 0x2F0A
bandwidth_mhz = 10
rsrp_dbm = -97
rsrq_db = -10.5
sinr_db = 9.5
[[event]]
at_s = 4
plmn = "20801"
availability = "absent"
"#;
    let (readings, ran) = watched(cells, &["--for", "40s"]);
    assert_eq!(ran.code(), 0, "{}", ran.stdout());
    let states: Vec<&Value> = readings
        .iter()
        .map(|r| &r["registration"]["state"])
        .collect();
    assert_eq!(states[0], "home");
    assert!(
        states.last().is_some_and(|last| *last != "home"),
        "{states:?}"
    );
    let last = &readings[readings.len() - 1];
    assert!(
        last["points"].is_null() && last["best"].is_object(),
        "{last:#}"
    );
}

#[test]
fn another_cell_is_told_once_and_counted() {
    let cell = |pci| {
        format!(
            "[[carrier.cell]]\nband = 20\nearfcn = 640{pci}\npci = {pci}\ncell_id = {pci}\ntac = 1\n\
             bandwidth_mhz = 10\nrsrp_dbm = -97\nrsrq_db = -10\nsinr_db = 9\nfading_db = 20\n"
        )
    };
    let carrier = "[[carrier]]\nname = \"Orange F\"\nplmns = [\"20801\"]\n";
    let place = format!("{carrier}{}{}", cell(1), cell(2));
    let (readings, ran) = watched(&place, &["--for", "3m"]);
    assert_eq!(ran.code(), 0, "{}", ran.stdout());
    let pci = |reading: &Value| reading["radio"]["pci"].as_u64();
    let mut changes = 0;
    for two in readings.windows(2) {
        let (former, now) = (&two[0], &two[1]);
        if pci(former) == pci(now) {
            assert!(now["cell_left"].is_null(), "{now:#}");
        } else {
            changes += 1;
            assert_eq!(now["cell_left"]["pci"].as_u64(), pci(former));
            assert!(now["trend"].is_null());
        }
        assert_eq!(now["cell_changes"], changes);
    }
    assert!(changes > 0, "{} readings in one cell", readings.len());
}

#[test]
fn a_reader_that_has_enough_ends_it_well() {
    let opensim = Opensim::new();
    let mut command = opensim.command(&["--json", "--modem", "sim:home", "monitor"]);
    let mut child = command.spawn().expect("the binary starts");
    let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut line = String::new();
    stdout.read_line(&mut line).expect("a line");
    drop(stdout);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn a_signal_ends_it_with_a_last_line_and_130() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let opensim = Opensim::new();
        let mut command = opensim.command(&["--json", "--modem", "sim:home", "monitor"]);
        let mut child = command.spawn().expect("the binary starts");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        lines.next().expect("a line").expect("text");
        kill_process(Pid::from_child(&child), signal).expect("it is there");
        let last = lines.last().expect("a line").expect("text");
        let last: Value = serde_json::from_str(&last).expect("a document");
        schema::assert_valid(&last);
        assert_eq!(last["error"]["code"], "interrupted");
        assert_eq!(
            child.wait().expect("it ends").code(),
            Some(130),
            "{signal:?}"
        );
    }
}

#[test]
fn without_a_terminal_a_person_reads_a_sentence_a_second() {
    let opensim = Opensim::new();
    let ran = opensim.run(&[
        "--lang", "fr", "--modem", "sim:home", "monitor", "--for", "1s",
    ]);
    assert_eq!(ran.code(), 0);
    let page = ran.stdout().replace(['\u{a0}', '\u{202f}'], " ");
    let lines: Vec<&str> = page.lines().collect();
    assert!(lines[0].starts_with("Réception de Quectel EC25"), "{page}");
    assert!(lines[1].starts_with("0 s : moyenne ; RSRP -9"), "{page}");
    assert!(page.contains("Meilleure lecture"), "{page}");
    assert!(!page.contains('\u{1b}'), "{page}");
}

#[test]
fn what_keeps_it_from_beginning_is_one_line_too() {
    let opensim = Opensim::new();
    let ran = opensim.run(&["--json", "--modem", "sim:nowhere", "monitor"]);
    assert_eq!(ran.code(), 2);
    let lines = documents(&ran);
    assert_eq!(
        (lines.len(), &lines[0]["error"]["code"]),
        (1, &Value::from("usage.scenario"))
    );
}
