//! The binary beside the real `ModemManager`, the virtual modem behind both: what a person gets, what the modem is
//! sent, and what is left when something dies in the middle.

#[expect(
    dead_code,
    reason = "the helpers of the binary's other tests, of which these use a part"
)]
#[path = "../cli/support.rs"]
mod support;

mod contract;
#[expect(
    clippy::unused_self,
    reason = "a method on the bus has the shape that the bus gives it"
)]
mod network;
mod rig;

use std::io::BufReader;
use std::time::{Duration, Instant};

use serde_json::Value;

use rig::Rig;
use support::wait_for_line;

const PACE: &str = "10";

#[test]
fn modems_and_status_come_through_the_daemon() {
    let Some(rig) = Rig::new("generic-home", PACE) else {
        return;
    };
    let modems = rig.run(&["--json", "modems"]).json();
    let row = &modems["modems"][0];
    assert_eq!(row["id"], "mm:0", "{modems:#}");
    assert_eq!(row["managed_by"], "modemmanager");
    // What it is, is the daemon's to say: nobody else has asked it.
    for key in ["manufacturer", "model"] {
        assert!(row[key].is_string(), "{key}: {modems:#}");
        let page = rig.run(&["modems"]).stdout();
        assert!(page.contains(row[key].as_str().unwrap_or("?")), "{page}");
    }
    // Looking changes nothing: a modem that the daemon has switched off stays so, and that is said.
    let asleep = rig.run(&["--json", "status"]).json();
    assert!(codes(&asleep).contains(&"manager.disabled"), "{asleep:#}");
    assert_eq!(asleep["registration"]["plmn"], Value::Null);
    assert!(rig.mmcli(&["-m", "0"]).contains("disabled"));
    rig.enable();
    // Of no modem plugged in and one of the daemon's, the daemon's is the only one.
    for args in [
        &["--json", "status"][..],
        &["--json", "--modem", "mm:0", "status"],
    ] {
        let ran = rig.run(args);
        let status = ran.json();
        assert_eq!(ran.code(), 0, "{status:#}");
        assert_eq!(status["modem"]["backend"], "manager");
        assert_eq!(status["modem"]["port"], "mm:0");
        assert_eq!(status["registration"]["state"], "home");
        assert_eq!(status["registration"]["carrier"], "orange");
        assert_eq!(status["registration"]["access"], "lte");
        assert_eq!(status["sim"]["state"], "ready");
        // Who chose is not told, and so it is not known.
        assert_eq!(status["selection"]["mode"], "unknown");
        let rsrp = status["radio"]["rsrp_dbm"].as_f64();
        assert!(rsrp.is_some_and(|level| level < -60.0), "{status:#}");
        assert_eq!(status["radio"]["sinr_db"], Value::Null);
    }
    let absent = rig.run(&["--json", "--modem", "mm:7", "status"]);
    assert_eq!(absent.code(), 3);
    assert_eq!(absent.json()["error"]["code"], "modem.absent");
    rig.assert_never_automatic();
}

#[test]
fn a_scan_visits_three_carriers_and_is_back_where_it_was() {
    let Some(rig) = Rig::new("generic-home", PACE) else {
        return;
    };
    let ran = rig.run(&["--json", "scan", "--yes", "--no-measure", "--samples", "1"]);
    let scan = ran.json();
    assert_eq!(ran.code(), 0, "{scan:#}");
    assert_eq!(scan["restored"], true, "{scan:#}");
    let rows = scan["carriers"].as_array().expect("rows");
    let known = |row: &&Value| row["radio"]["rsrp_dbm"].is_number();
    assert_eq!(rows.iter().filter(known).count(), 3, "{scan:#}");
    assert_eq!(rig.truth(), "20801");
    assert!(rig.opensim.journal().is_empty());
    let selected: Vec<String> = rig
        .commands()
        .into_iter()
        .filter(|c| c.starts_with("AT+COPS=1"))
        .collect();
    assert_eq!(selected.len(), 3, "{selected:?}");
    rig.assert_never_automatic();
}

#[test]
fn a_switch_moves_and_the_daemon_shows_it() {
    let Some(rig) = Rig::new("generic-home", PACE) else {
        return;
    };
    let ran = rig.run(&["--json", "switch", "sfr", "--yes", "--no-verify-data"]);
    let document = ran.json();
    assert_eq!(ran.code(), 0, "{document:#}");
    assert_eq!(document["outcome"], "switched");
    assert_eq!(document["confirmed"], true);
    assert_eq!(rig.truth(), "20810");
    assert_eq!(rig.operator(), "20810");
    assert!(rig.opensim.journal().is_empty());
    rig.assert_never_automatic();
}

#[test]
fn a_carrier_that_is_not_to_be_had_is_rolled_back() {
    let Some(rig) = Rig::new("denied", "20") else {
        return;
    };
    for carrier in ["bouygues", "sfr"] {
        let ran = rig.run(&["--json", "switch", carrier, "--yes", "--no-verify-data"]);
        let document = ran.json();
        assert_eq!(ran.code(), 10, "{carrier}: {document:#}");
        assert_eq!(document["outcome"], "rolled_back");
        assert_eq!(rig.truth(), "20801");
    }
    assert!(rig.opensim.journal().is_empty());
    rig.assert_never_automatic();
}

#[test]
fn killed_half_way_recover_puts_back_through_the_daemon() {
    let Some(rig) = Rig::new("generic-home", "4") else {
        return;
    };
    let mut scan = rig
        .command(&["-v", "--lang", "en", "scan", "--yes", "--no-measure"])
        .spawn()
        .expect("the binary starts");
    let mut stderr = BufReader::new(scan.stderr.take().expect("a pipe"));
    wait_for_line(&mut stderr, "SFR");
    scan.kill().expect("it runs");
    scan.wait().expect("it ends");
    assert_eq!(rig.opensim.journal().len(), 1);
    let ran = rig.run(&["--json", "recover"]);
    let document = ran.json();
    assert_eq!(ran.code(), 0, "{document:#}");
    assert_eq!(document["restored"], true);
    assert_eq!(rig.truth(), "20801");
    assert!(rig.opensim.journal().is_empty());
    rig.assert_never_automatic();
}

#[test]
fn a_daemon_that_is_killed_half_way_is_said_and_recovered_from() {
    let Some(mut rig) = Rig::new("generic-home", "4") else {
        return;
    };
    let mut switch = rig
        .command(&["--json", "-v", "--lang", "en", "switch", "sfr", "--yes"])
        .spawn()
        .expect("the binary starts");
    let mut stderr = BufReader::new(switch.stderr.take().expect("a pipe"));
    wait_for_line(&mut stderr, "SFR");
    rig.kill_manager();
    let ended = support::Ran(switch.wait_with_output().expect("it ends"));
    let document = ended.json();
    assert_eq!(ended.code(), 11, "{document:#}");
    assert_eq!(document["error"]["values"]["cause"], "manager.lost");
    assert_eq!(rig.opensim.journal().len(), 1);
    let status = rig.run(&["--json", "--modem", "mm:0", "status"]);
    assert_eq!(status.code(), 3);
    assert_eq!(status.json()["error"]["code"], "manager.absent");
    rig.start_manager();
    let ran = rig.run(&["--json", "recover"]);
    assert_eq!(ran.code(), 0, "{:#}", ran.json());
    assert_eq!(rig.truth(), "20801");
    rig.assert_never_automatic();
}

#[test]
fn a_modem_that_leaves_in_the_middle_is_said() {
    let scenario = tempfile::tempdir().expect("a folder");
    let file = scenario.path().join("leaves.toml");
    let text = "base = \"generic-home\"\n[faults]\nunplug_on_select = \"20810\"\n";
    std::fs::write(&file, text).expect("a file");
    let Some(rig) = Rig::new(file.to_str().expect("a path"), PACE) else {
        return;
    };
    let ran = rig.run(&["--json", "--timeout", "8s", "switch", "sfr", "--yes"]);
    let document = ran.json();
    assert_eq!(ran.code(), 11, "{document:#}");
    assert_eq!(rig.opensim.journal().len(), 1);
    rig.assert_never_automatic();
}

#[test]
fn what_polkit_forbids_is_said_with_the_way_out() {
    let Some(rig) = Rig::new("generic-home", PACE) else {
        return;
    };
    // Once, so that the daemon has it switched on: it needs no more right for reading.
    assert_eq!(rig.run(&["--json", "status"]).code(), 0);
    rig.allow(false);
    let direct = rig.run(&["--json", "--lang", "en", "--direct", "status"]);
    let document = direct.json();
    assert_eq!(direct.code(), 4, "{document:#}");
    assert_eq!(document["error"]["code"], "manager.denied");
    let hint = document["error"]["hint"].as_str().unwrap_or_default();
    assert!(hint.contains("polkit"), "{hint}");
}

#[test]
fn direct_speaks_at_while_the_daemon_lets_go_and_gives_the_modem_back() {
    let Some(rig) = Rig::new("generic-home", PACE) else {
        return;
    };
    rig.until_shown(|| {
        let ran = rig.run(&["--json", "--direct", "status"]);
        let status = ran.json();
        assert_eq!(ran.code(), 0, "{status:#}");
        assert_eq!(status["modem"]["backend"], "at");
        assert_eq!(status["selection"]["mode"], "manual");
    });
    assert_eq!(rig.modems(), 1);
    rig.assert_never_automatic();
}

#[test]
fn killed_while_direct_the_daemon_takes_the_modem_back_by_itself() {
    let Some(rig) = Rig::new("generic-home", "4") else {
        return;
    };
    let mut scan = rig
        .command(&["-v", "--lang", "en", "--direct", "scan", "--yes"])
        .arg("--no-measure")
        .spawn()
        .expect("the binary starts");
    let mut stderr = BufReader::new(scan.stderr.take().expect("a pipe"));
    wait_for_line(&mut stderr, "SFR");
    assert_eq!(rig.modems(), 0);
    rig.until_shown(|| {
        scan.kill().expect("it runs");
        scan.wait().expect("it ends");
    });
    assert_eq!(rig.modems(), 1);
    // A daemon that got to know the modem while it was joining a network may not have learnt its number, by which the
    // journal is found. Then it is not told that there is nothing to put back; by talking AT it is found.
    let ran = rig.run(&["--json", "recover"]);
    let document = ran.json();
    let outcome = (ran.code(), &document["needed"], &document["error"]["code"]);
    let learnt = (0, &Value::Bool(true), &Value::Null);
    let unlearnt = (11, &Value::Null, &Value::from("recover.which_modem"));
    assert!(outcome == learnt || outcome == unlearnt, "{document:#}");
    let ran = rig.run(&["--json", "--direct", "recover"]);
    assert_eq!(ran.code(), 0, "{:#}", ran.json());
    assert_eq!(rig.truth(), "20801", "{:#}", ran.json());
    rig.assert_never_automatic();
}

fn codes(document: &Value) -> Vec<&str> {
    let notes = document["warnings"].as_array().expect("warnings");
    notes
        .iter()
        .filter_map(|note| note["code"].as_str())
        .collect()
}

#[test]
fn a_switch_lasts_in_networkmanager_and_its_secrets_are_kept() {
    let Some(mut rig) = Rig::new("generic-home", PACE) else {
        return;
    };
    let profile = network::profile(None);
    rig.with_network(profile.clone());
    rig.enable();
    let status = rig.run(&["--json", "status"]).json();
    assert!(codes(&status).contains(&"nm.would_undo"), "{status:#}");
    let ran = rig.run(&["--json", "switch", "sfr", "--yes", "--no-verify-data"]);
    let document = ran.json();
    assert_eq!(ran.code(), 0, "{document:#}");
    assert!(codes(&document).contains(&"nm.set"), "{document:#}");
    let of_gsm = |name: &str| network::text(&profile, "gsm", name);
    assert_eq!(of_gsm("network-id").as_deref(), Some("20810"));
    assert_eq!(of_gsm("password").as_deref(), Some("secret"));
    assert_eq!(of_gsm("apn").as_deref(), Some("internet"));
    let status = rig.run(&["--json", "status"]).json();
    assert!(
        !codes(&status).iter().any(|code| code.starts_with("nm.")),
        "{status:#}"
    );
    rig.assert_never_automatic();
}

#[test]
fn a_choice_lasts_where_the_modem_need_not_move_for_it_too() {
    let Some(mut rig) = Rig::new("generic-home", PACE) else {
        return;
    };
    let profile = network::profile(None);
    rig.with_network(profile.clone());
    rig.enable();
    let ran = rig.run(&["--json", "switch", "orange", "--yes", "--no-verify-data"]);
    let document = ran.json();
    assert_eq!(ran.code(), 0, "{document:#}");
    assert_eq!(document["outcome"], "already_there", "{document:#}");
    assert!(codes(&document).contains(&"nm.set"), "{document:#}");
    let of_gsm = |name: &str| network::text(&profile, "gsm", name);
    assert_eq!(of_gsm("network-id").as_deref(), Some("20801"));
    assert_eq!(of_gsm("password").as_deref(), Some("secret"));
    rig.assert_never_automatic();
}

#[test]
fn what_networkmanager_had_comes_back_with_the_carrier() {
    let Some(mut rig) = Rig::new("denied", "20") else {
        return;
    };
    // Not the carrier in use: what the person had there is put back all the same.
    let profile = network::profile(Some("20820"));
    rig.with_network(profile.clone());
    rig.enable();
    let status = rig.run(&["--json", "status"]).json();
    assert!(codes(&status).contains(&"nm.would_move"), "{status:#}");
    let ran = rig.run(&["--json", "switch", "sfr", "--yes", "--no-verify-data"]);
    assert_eq!(ran.code(), 10, "{:#}", ran.json());
    let written = network::written(&profile);
    let named: Vec<&str> = written.iter().flatten().map(String::as_str).collect();
    assert_eq!(named, ["20810", "20801", "20820"]);
    assert_eq!(rig.truth(), "20801");
    assert_eq!(
        network::text(&profile, "gsm", "password").as_deref(),
        Some("secret")
    );
}

#[test]
fn recover_puts_back_what_networkmanager_had_before_the_run_that_was_killed() {
    let Some(mut rig) = Rig::new("generic-home", "4") else {
        return;
    };
    let profile = network::profile(None);
    rig.with_network(profile.clone());
    let mut switch = rig
        .command(&["-v", "--lang", "en", "switch", "sfr", "--yes"])
        .spawn()
        .expect("the binary starts");
    network::until_written(&profile);
    switch.kill().expect("it runs");
    switch.wait().expect("it ends");
    assert_eq!(
        network::text(&profile, "gsm", "network-id").as_deref(),
        Some("20810")
    );
    let ran = rig.run(&["--json", "recover"]);
    assert_eq!(ran.code(), 0, "{:#}", ran.json());
    assert_eq!(network::text(&profile, "gsm", "network-id"), None);
    assert_eq!(rig.truth(), "20801");
    rig.assert_never_automatic();
}

/// Not a claim to be held: figures for whoever reads the log (`--nocapture`).
#[test]
fn what_each_sends_and_how_long_it_takes() {
    let start = Instant::now();
    let Some(rig) = Rig::new("generic-home", PACE) else {
        return;
    };
    let mut sent = 0;
    let mut row = |what: &str, took: Duration| {
        let all = rig.commands();
        let fresh = &all[sent..];
        let selecting = fresh.iter().filter(|c| c.contains("+COPS=")).count();
        println!(
            "| {what} | {:.2} s | {} | {selecting} |",
            took.as_secs_f64(),
            fresh.len()
        );
        sent = all.len();
    };
    println!("| what (modem at {PACE} times its pace) | time | AT commands | of them +COPS= |");
    println!("|---|---|---|---|");
    row("bus, daemon and modem up to `mmcli -L`", start.elapsed());
    let timed = |act: &dyn Fn()| {
        let start = Instant::now();
        act();
        start.elapsed()
    };
    let run = |args: &[&str]| {
        let ran = rig.run(args);
        assert_eq!(ran.code(), 0, "{}", ran.stderr());
    };
    row("`mmcli -m 0`", timed(&|| drop(rig.mmcli(&["-m", "0"]))));
    row(
        "`mmcli -m 0 -e`, until it is registered",
        timed(&|| rig.enable()),
    );
    row("`opensim status`", timed(&|| run(&["status"])));
    let to = |code: &str| format!("--3gpp-register-in-operator={code}");
    row(
        "`mmcli -m 0 --3gpp-register-in-operator=20810`",
        timed(&|| {
            assert!(
                rig.mmcli(&["-m", "0", &to("20810")])
                    .contains("successfully")
            );
        }),
    );
    row(
        "`opensim switch orange`",
        timed(&|| run(&["switch", "orange", "--yes"])),
    );
    row(
        "`opensim --direct status`",
        timed(&|| {
            rig.until_shown(|| run(&["--direct", "status"]));
        }),
    );
    assert_eq!(rig.truth(), "20801");
}
