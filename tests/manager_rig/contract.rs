//! One contract over both backends: the same virtual modem, the same commands, asked over AT on a terminal and over
//! D-Bus through the real daemon. What differs is what a backend cannot know, and it says so.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::Child;

use serde_json::Value;

use super::rig::Rig;
use super::support::{Opensim, Ran};

/// A modem behind one of the backends; it keeps its state from one command to the next.
enum Side {
    At(Box<Port>),
    Manager(Box<Rig>),
}

/// A virtual modem on a terminal.
struct Port {
    opensim: Opensim,
    link: PathBuf,
    modem: Child,
}

impl Drop for Port {
    fn drop(&mut self) {
        let _ = self.modem.kill();
        let _ = self.modem.wait();
    }
}

impl Port {
    fn new(scenario: &str, pace: &str) -> Self {
        let opensim = Opensim::new();
        let link = opensim.state.path().join("tty");
        let [log, state] = ["at.log", "on"].map(|name| opensim.state.path().join(name));
        let mut modem = opensim
            .command(&["sim", "--scenario", scenario, "--pace", pace, "--link"])
            .arg(&link)
            .arg("--log")
            .arg(log)
            .arg("--state")
            .arg(state)
            .spawn()
            .expect("the virtual modem starts");
        let stderr = modem.stderr.take().expect("standard error is a pipe");
        let mut lines = BufReader::new(stderr).lines();
        lines.next().expect("a line").expect("text");
        std::thread::spawn(move || lines.for_each(drop));
        Self {
            opensim,
            link,
            modem,
        }
    }
}

impl Side {
    /// Both; `None` where the daemon is missing.
    fn both(scenario: &str, pace: &str) -> Option<[Self; 2]> {
        let rig = Rig::new(scenario, pace)?;
        let port = Port::new(scenario, pace);
        Some([Self::At(Box::new(port)), Self::Manager(Box::new(rig))])
    }

    fn backend(&self) -> &'static str {
        match self {
            Self::At(_) => "at",
            Self::Manager(_) => "manager",
        }
    }

    fn run(&self, args: &[&str]) -> Ran {
        match self {
            Self::At(port) => {
                let mut command = port.opensim.command(args);
                command.arg("--modem").arg(&port.link);
                Ran(command.output().expect("the binary runs"))
            }
            Self::Manager(rig) => rig.run(args),
        }
    }

    /// A command's document and its exit status.
    fn tell(&self, args: &[&str]) -> (Value, i32) {
        let mut line = vec!["--json"];
        line.extend(args);
        let ran = self.run(&line);
        (ran.json(), ran.code())
    }

    fn opensim(&self) -> &Opensim {
        match self {
            Self::At(port) => &port.opensim,
            Self::Manager(rig) => &rig.opensim,
        }
    }

    /// The network that the modem is truly on.
    fn truth(&self) -> String {
        let state = self.opensim().state.path().join("on");
        let text = std::fs::read_to_string(state).expect("the modem's own word");
        text.trim().to_owned()
    }

    fn never_automatic(&self) {
        let log = self.opensim().state.path().join("at.log");
        let log = std::fs::read_to_string(log).expect("the modem's log");
        assert!(log.lines().count() > 5, "{log}");
        for choice in ["COPS=0", "COPS=2", "COPS=4"] {
            assert!(!log.contains(choice), "{}: {log}", self.backend());
        }
    }
}

/// The keys of a document, however deep; those of values that a backend may not know count too.
fn keys(value: &Value, at: &str, into: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let at = format!("{at}.{key}");
                into.push(at.clone());
                keys(value, &at, into);
            }
        }
        Value::Array(list) => list.iter().take(1).for_each(|value| keys(value, at, into)),
        _ => {}
    }
}

fn shape(mut document: Value) -> Vec<String> {
    // Notes differ with what is known.
    document["warnings"] = Value::Null;
    let mut found = Vec::new();
    keys(&document, "", &mut found);
    found
}

#[test]
fn status_says_the_same_of_one_modem_over_both() {
    let Some(sides) = Side::both("generic-home", "10") else {
        return;
    };
    let [at, manager] = sides.map(|side| {
        if let Side::Manager(rig) = &side {
            rig.enable();
        }
        let (status, code) = side.tell(&["status"]);
        assert_eq!(code, 0, "{status:#}");
        assert_eq!(status["modem"]["backend"], side.backend());
        let rsrp = status["radio"]["rsrp_dbm"].as_f64().expect("a level");
        assert!((-105.0..-85.0).contains(&rsrp), "{status:#}");
        side.never_automatic();
        status
    });
    assert_eq!(shape(at.clone()), shape(manager.clone()));
    assert_eq!(at["modem"]["imei"], manager["modem"]["imei"]);
    // `ATI` has the maker before it.
    let model = manager["modem"]["model"].as_str().expect("a model");
    assert!(
        at["modem"]["model"]
            .as_str()
            .expect("a model")
            .ends_with(model)
    );
    for key in ["state", "iccid", "imsi"] {
        assert_eq!(at["sim"][key], manager["sim"][key], "{key}");
    }
    for key in ["state", "carrier", "plmn", "operator_name", "access"] {
        let of = |status: &Value| status["registration"][key].clone();
        assert_eq!(of(&at), of(&manager), "{key}");
    }
    for key in ["cell_id", "tac", "enodeb", "sector"] {
        assert_eq!(at["radio"][key], manager["radio"][key], "{key}");
    }
    assert_eq!(at["selection"]["plmn"], manager["selection"]["plmn"]);
}

#[test]
fn a_switch_and_a_scan_end_the_same_over_both() {
    let Some(sides) = Side::both("generic-home", "20") else {
        return;
    };
    for side in sides {
        let backend = side.backend();
        let moves = ["switch", "sfr", "--yes", "--no-verify-data"];
        let (moved, code) = side.tell(&moves);
        assert_eq!(code, 0, "{backend}: {moved:#}");
        assert_eq!(moved["outcome"], "switched");
        assert_eq!(moved["confirmed"], true);
        assert_eq!(moved["from"]["plmn"], "20801");
        assert_eq!(moved["to"]["plmn"], "20810");
        assert_eq!(side.truth(), "20810", "{backend}");
        let (again, code) = side.tell(&moves);
        assert_eq!((code, &again["outcome"]), (0, &"already_there".into()));
        let survey = ["scan", "--yes", "--no-measure", "--samples", "1"];
        let (scan, code) = side.tell(&survey);
        assert_eq!(code, 0, "{backend}: {scan:#}");
        let rows = scan["carriers"].as_array().expect("rows");
        let order: Vec<&str> = rows.iter().filter_map(|r| r["carrier"].as_str()).collect();
        assert_eq!(order, ["sfr", "orange", "bouygues"], "{backend}");
        assert_eq!(
            (&scan["restored"], &scan["complete"]),
            (&true.into(), &true.into())
        );
        assert_eq!(side.truth(), "20810", "{backend}");
        let (nothing, code) = side.tell(&["recover"]);
        assert_eq!(code, 0, "{backend}: {nothing:#}");
        assert!(side.opensim().journal().is_empty());
        side.never_automatic();
    }
}

#[test]
fn a_refusal_is_rolled_back_with_the_same_words_over_both() {
    let Some(sides) = Side::both("denied", "20") else {
        return;
    };
    for side in sides {
        let backend = side.backend();
        let (out_of_reach, code) = side.tell(&["switch", "bouygues", "--yes"]);
        assert_eq!(code, 10, "{backend}: {out_of_reach:#}");
        assert_eq!(out_of_reach["outcome"], "rolled_back");
        assert_eq!(out_of_reach["error"]["code"], "change.rolled_back");
        assert_eq!(side.truth(), "20801", "{backend}");
        let (unasked, code) = side.tell(&["switch", "sfr"]);
        assert_eq!(code, 2, "{backend}: {unasked:#}");
        assert_eq!(unasked["error"]["code"], "usage.consent_needed");
        let (raw, code) = side.tell(&["at", "AT+COPS=0"]);
        assert_ne!(code, 0, "{backend}: {raw:#}");
        side.never_automatic();
    }
}
