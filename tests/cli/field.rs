//! The modem that misbehaves, seen from outside: each kind of what was reported from the field, at the binary, with the
//! document, the exit status and, where words were wrong, the sentence.
//!
//! `places` is where the modem is left; `rows` what is read of what it says; `lines` how it takes and answers commands;
//! `raw` what a person sends by hand; `sticks` what is plugged in, on a bench in a namespace; `pages` what is read.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::support::{Opensim, PtyModem, Ran, warns};

mod lines;
mod pages;
mod places;
mod raw;
mod rows;
mod sticks;

/// A virtual modem that goes on from one command to the next, and the files in which its world is told.
struct Bench {
    // Unplugged before the folder is removed.
    modem: PtyModem,
    state: PathBuf,
    log: PathBuf,
    limit: &'static str,
    opensim: Opensim,
}

impl Bench {
    /// A scenario's text.
    fn new(scenario: &str) -> Self {
        let opensim = Opensim::new();
        let file = opensim.file("scenario.toml", scenario);
        let state = opensim.state.path().join("network");
        let log = opensim.state.path().join("commands");
        let (state_text, log_text) = (state.display().to_string(), log.display().to_string());
        let modem = opensim.pty(
            "modem",
            &[
                "--scenario",
                &file,
                "--pace",
                "100",
                "--state",
                &state_text,
                "--log",
                &log_text,
            ],
        );
        Self {
            modem,
            state,
            log,
            limit: "20s",
            opensim,
        }
    }

    /// A step may take this long: where it is to end for want of an answer.
    fn within(mut self, limit: &'static str) -> Self {
        self.limit = limit;
        self
    }

    fn json(&self, args: &[&str]) -> Ran {
        self.run(&["--json", "--lang", "en"], args)
    }

    fn run(&self, first: &[&str], args: &[&str]) -> Ran {
        let modem = ["--timeout", self.limit, "--modem", self.modem.path()];
        self.opensim.run(&[first, &modem, args].concat())
    }

    /// The network that the modem is on, told by its world and not by what it says.
    fn on(&self) -> String {
        let told = std::fs::read_to_string(&self.state).expect("it tells");
        told.trim().to_owned()
    }

    /// The command lines that arrived.
    fn heard(&self) -> Vec<String> {
        let told = std::fs::read_to_string(&self.log).expect("it tells");
        let lines = told.lines().filter_map(|line| line.split_once('\t'));
        lines.map(|(_, line)| line.to_owned()).collect()
    }

    /// No automatic selection was sent, and none of another network than these.
    fn assert_selected_only(&self, plmns: &[&str]) {
        for line in self.heard() {
            let selects =
                line.contains("+COPS=") && !line.contains("+COPS=3") && !line.contains("=?");
            let named = plmns.iter().any(|plmn| line.contains(plmn));
            assert!(!selects || (named && line.contains("+COPS=1,2,")), "{line}");
        }
    }
}

/// `home` with these quirks and a persona.
fn home(persona: &str, quirks: &str) -> String {
    format!("base = \"home\"\npersona = \"{persona}\"\npace = 10\n[quirks]\n{quirks}\n")
}

/// `denied`, where SFR refuses the SIM, with these quirks and a persona.
fn denied(persona: &str, quirks: &str) -> String {
    format!("base = \"denied\"\npersona = \"{persona}\"\npace = 10\n[quirks]\n{quirks}\n")
}

/// One command on a virtual modem of its own.
fn once(scenario: &str, args: &[&str]) -> Ran {
    Bench::new(scenario).json(args)
}

/// One command on a virtual modem in memory, ten times as fast as real: where opensim waits for an answer in vain.
fn waited(scenario: &str, args: &[&str]) -> Ran {
    let opensim = Opensim::new();
    let modem = format!("sim:{}", opensim.file("scenario.toml", scenario));
    opensim.run(&[&["--json", "--lang", "en", "--modem", &modem], args].concat())
}

/// What is told to a person, on one line.
fn told(scenario: &str, lang: &str, args: &[&str]) -> (i32, String) {
    let bench = Bench::new(scenario).within("3s");
    let ran = bench.run(&["--lang", lang], args);
    let words = format!("{}\n{}", ran.stdout(), ran.stderr());
    let words: Vec<&str> = words.split_whitespace().collect();
    (ran.code(), words.join(" "))
}

/// The document of `status` on a modem that answers as this built-in one does, but for these commands: a recorded
/// conversation, its answers exchanged.
fn replayed(scenario: &str, answers: &[(&str, &str)]) -> Value {
    let opensim = Opensim::new();
    let trace = opensim.file("trace.at", "");
    let modem = format!("sim:{scenario}");
    let first = opensim.run(&["--json", "--modem", &modem, "--trace", &trace, "status"]);
    assert_eq!(first.code(), 0, "{:#}", first.json());
    let mut recorded = std::fs::read_to_string(&trace).expect("a trace");
    for (command, lines) in answers {
        // The one that is asked next is the first that stands there.
        let mut own = String::from("# opensim: 0.1.0\n");
        let _ = writeln!(own, "> {command}");
        for line in lines.lines() {
            let _ = write!(own, "< {line}\n<\n");
        }
        if !lines.ends_with("ERROR") {
            own.push_str("< OK\n");
        }
        recorded = own + &without(&recorded, command);
    }
    std::fs::write(&trace, recorded).expect("a trace");
    let modem = opensim.recorded(&trace);
    let ran = opensim.run(&["--json", "--modem", modem.path(), "status"]);
    let document = ran.json();
    assert_eq!(ran.code(), 0, "{document:#}");
    document
}

/// A trace without a command and its answer.
fn without(trace: &str, command: &str) -> String {
    let mut kept = String::new();
    let mut inside = false;
    for line in trace.lines() {
        if let Some(asked) = line.strip_prefix("> ") {
            inside = asked == command;
        }
        if !inside {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// Each case at the same time as the others: most of what they do is wait for a modem.
fn each<T: Sync>(cases: &[T], check: impl Fn(&T) + Sync) {
    std::thread::scope(|scope| {
        for case in cases {
            scope.spawn(|| check(case));
        }
    });
}

/// A carrier's row of a survey.
fn row<'d>(document: &'d Value, carrier: &str) -> &'d Value {
    let rows = document["carriers"].as_array().expect("carriers");
    rows.iter()
        .find(|row| row["carrier"] == carrier)
        .unwrap_or_else(|| panic!("no {carrier}: {document:#}"))
}

/// Whether the values of a document at these paths are these.
fn assert_at(document: &Value, values: &[(&str, Value)], case: &str) {
    for (path, value) in values {
        let found = document.pointer(path).unwrap_or(&Value::Null);
        assert_eq!(found, value, "{case}: {path}: {document:#}");
    }
}

fn error(document: &Value) -> &str {
    document["error"]["code"].as_str().unwrap_or("none")
}

const SCAN: [&str; 3] = ["scan", "--yes", "--no-measure"];
const SWITCH: [&str; 3] = ["switch", "sfr", "--yes"];
