//! What a person does on a computer with Windows: looks, surveys, moves, goes back, keeps reports.

use std::path::Path;
use std::sync::mpsc;

use opensim::sim::Scenario;
use opensim::sim::world::Selection;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::computer::Computer;
use super::matrix::code;
use super::modem::Modem;

const EN: [&str; 5] = ["--lang", "en", "--json", "--modem", "COM5"];
const SURVEY: [&str; 3] = ["scan", "--no-measure", "--yes"];

fn scenario(text: &str) -> Scenario {
    Scenario::from_toml(text, "windows").expect("a scenario")
}

/// A computer and the house's modem at COM5.
fn house() -> Option<(Computer, Modem)> {
    let computer = Computer::new()?;
    let modem = Modem::new(&scenario("base = \"home\""), computer.folder());
    computer.plug(5, modem.link());
    Some((computer, modem))
}

/// The command lines that choose a network.
fn selections(modem: &Modem) -> Vec<String> {
    let wire = modem.wire().into_iter();
    wire.filter(|line| {
        line.contains("+COPS=") && !line.contains("COPS=?") && !line.contains("COPS=3")
    })
    .collect()
}

fn on(place: super::run::Place) -> (String, bool) {
    let on = place.on.map_or_else(String::new, |plmn| plmn.to_string());
    (on, matches!(place.selection, Selection::Manual(..)))
}

#[test]
fn the_virtual_house_is_surveyed_in_memory_and_no_verdict_is_made_up() {
    let Some(computer) = Computer::new() else {
        return;
    };
    let version = computer.run(&["--version"]);
    assert!(
        version.stdout().starts_with("opensim "),
        "{}",
        version.stderr
    );
    let ran = computer.run(&["--json", "scan", "--modem", "sim:home", "--yes"]);
    let survey = ran.json();
    let rows = survey["carriers"].as_array().expect("carriers");
    assert_eq!(rows.len(), 3, "{survey:#}");
    for row in rows {
        assert_eq!(row["verdict"], "not_measured", "{row:#}");
        assert!(row["radio"]["rsrp_dbm"].is_number(), "{row:#}");
        assert_eq!(row["throughput"], Value::Null, "{row:#}");
    }
    let text = survey.to_string();
    assert!(text.contains("measure.unproven"), "{survey:#}");
    assert_eq!(ran.code, Some(0), "{survey:#}");
}

#[test]
fn a_day_at_a_com_port_is_one_selection_by_hand_for_each_order() {
    let Some((computer, modem)) = house() else {
        return;
    };
    let status = computer.run(&[&EN[..], &["status"]].concat());
    let document = status.json();
    assert_eq!(status.code, Some(0), "{document:#}");
    assert_eq!(document["registration"]["plmn"], "20801", "{document:#}");
    let asked = computer.run(&[&EN[..], &["at", "AT+CSQ"]].concat());
    assert!(
        asked.json().to_string().contains("+CSQ:"),
        "{}",
        asked.stdout()
    );
    assert!(selections(&modem).is_empty(), "{:?}", selections(&modem));

    let survey = computer.run(&[&EN[..], &SURVEY].concat());
    let document = survey.json();
    assert_eq!(survey.code, Some(0), "{document:#}");
    assert_eq!(document["carriers"][0]["carrier"], "sfr", "{document:#}");
    assert_eq!(document["restored"], true, "{document:#}");
    let before = selections(&modem).len();
    assert_eq!(on(modem.settled()), ("20801".to_owned(), true));

    let moved = computer.run(&[&EN[..], &["switch", "sfr", "--yes"]].concat());
    let document = moved.json();
    assert_eq!(document["outcome"], "switched", "{document:#}");
    assert_eq!(moved.code, Some(0));
    assert_eq!(on(modem.settled()), ("20810".to_owned(), true));
    let sent = selections(&modem).split_off(before);
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert!(sent[0].contains("+COPS=1,2,\"20810\""), "{sent:?}");

    // All of it is remembered, and what is remembered can be shown.
    let kept = computer.run(&["--json", "--lang", "en", "history"]);
    let document = kept.json();
    assert_eq!(document["total"], 2, "{document:#}");
    let state = computer.disk("users");
    assert!(
        holds(&state, "audit.jsonl"),
        "an audit log in the user's profile"
    );
}

/// Whether a folder has a file of this name, however deep.
fn holds(folder: &Path, name: &str) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.into_iter().any(|entry| {
        entry.file_name() == name || (entry.path().is_dir() && holds(&entry.path(), name))
    })
}

#[test]
fn a_switch_that_was_killed_is_told_and_taken_back() {
    let Some((computer, modem)) = house() else {
        return;
    };
    let mut running = computer.start(&[&EN[..], &["switch", "sfr", "--yes"]].concat());
    let pid = Pid::from_child(&running.child);
    modem.at(11, move || {
        let _ = kill_process(pid, Signal::KILL);
    });
    let status = running.child.wait().expect("a child");
    modem.forget();
    assert_eq!(status.code(), None, "it was killed: {:?}", modem.wire());
    let owed = computer.run(&[&EN[..], &["status"]].concat()).json();
    assert!(owed.to_string().contains("recover.pending"), "{owed:#}");
    let back = computer.run(&[&EN[..], &["recover", "--yes"]].concat());
    assert_eq!(back.code, Some(0), "{}", back.stdout());
    assert_eq!(on(modem.settled()), ("20801".to_owned(), true));
    let again = computer
        .run(&[&EN[..], &["recover", "--yes"]].concat())
        .json();
    assert_eq!(again["needed"], false, "{again:#}");
}

#[test]
fn a_modem_pulled_out_in_a_survey_is_told_at_once_and_put_back_when_it_returns() {
    let Some((computer, mut modem)) = house() else {
        return;
    };
    let (reached, is_reached) = mpsc::channel();
    modem.at(34, move || reached.send(()).expect("somebody waits"));
    let running = computer.start(&[&EN[..], &SURVEY].concat());
    is_reached.recv().expect("the survey came so far");
    modem.unplug();
    computer.unplug(5);
    let ended = running.end();
    let document = ended.json();
    assert_eq!(ended.code, Some(11), "{document:#}");
    assert_eq!(code(&document), "change.not_restored", "{document:#}");
    modem.plug();
    computer.plug(5, modem.link());
    let back = computer.run(&[&EN[..], &["recover", "--yes"]].concat());
    assert_eq!(back.code, Some(0), "{}", back.stdout());
    assert_eq!(on(modem.settled()), ("20801".to_owned(), true));
}

#[test]
fn ctrl_c_in_a_survey_brings_the_modem_back_to_its_carrier() {
    let Some((computer, modem)) = house() else {
        return;
    };
    // The modem says nothing more until the program has heard of it.
    let (reached, is_reached) = mpsc::channel();
    let (go, goes_on) = mpsc::channel::<()>();
    modem.at(14, move || {
        reached.send(()).expect("somebody waits");
        goes_on.recv().expect("somebody says when");
    });
    let line = [&["--lang", "en", "--modem", "COM5"][..], &SURVEY].concat();
    let mut console = computer.start_in_console(&line);
    is_reached.recv().expect("the survey came so far");
    console.type_(b"\x03");
    console.wait_for("Stopping");
    go.send(()).expect("the modem waits");
    assert_eq!(console.end(), Some(130));
    assert_eq!(on(modem.settled()), ("20801".to_owned(), true));
    let owed = computer
        .run(&[&EN[..], &["recover", "--yes"]].concat())
        .json();
    assert_eq!(owed["needed"], false, "{owed:#}");
}

#[test]
fn the_modems_that_windows_knows_are_listed_with_the_roles_of_their_ports() {
    let Some((computer, modem)) = house() else {
        return;
    };
    let enumerated = r"HKLM\System\CurrentControlSet\Enum\USB\VID_2C7C&PID_0125&MI_02\6&1&0&0002";
    computer.know(
        enumerated,
        &[
            ("ClassGUID", "{4d36e978-e325-11ce-bfc1-08002be10318}"),
            ("Class", "Ports"),
            ("FriendlyName", "Quectel USB AT Port (COM5)"),
            ("Mfg", "Quectel Wireless Solutions"),
            ("HardwareID", r"USB\VID_2C7C&PID_0125&REV_0318&MI_02"),
        ],
    );
    let parameters = format!(r"{enumerated}\Device Parameters");
    computer.know(&parameters, &[("PortName", "COM5")]);
    let listed = computer.run(&["--json", "--lang", "en", "modems"]);
    let document = listed.json();
    let row = &document["modems"][0];
    assert_eq!(row["usb"]["vendor_id"], "2c7c", "{document:#}");
    assert_eq!(row["usb"]["product_id"], "0125", "{document:#}");
    assert_eq!(row["ports"][0]["path"], "COM5", "{document:#}");
    assert_eq!(row["ports"][0]["role"], "at", "{document:#}");
    // The only one there is taken unasked.
    let status = computer.run(&["--json", "--lang", "en", "status"]);
    let document = status.json();
    assert_eq!(document["registration"]["plmn"], "20801", "{document:#}");
    drop(modem);
}
