//! What ends a change: on a terminal of its own, with the virtual modem on another, judged by where the modem is in the
//! end. Only a second Ctrl-C that is typed leaves at once.

use std::io::{BufRead as _, BufReader};

use rustix::process::{Pid, Signal, kill_process};

use super::support::{Opensim, plmn_in_use};
use super::window::Window;

/// From the modem's state: where it is, and that nothing is left to recover.
fn assert_back(opensim: &Opensim, modem: &str, case: &str) {
    assert_eq!(plmn_in_use(opensim, modem), "20801", "{case}");
    assert!(opensim.journal().is_empty(), "{case}");
    let log = opensim.state.path().join("commands.log");
    let wire = std::fs::read_to_string(log).unwrap_or_default();
    let automatic = ["+COPS=0", "+COPS=4", "+COPS=3,0;+COPS=0"];
    assert!(!automatic.iter().any(|line| wire.contains(line)), "{case}");
}

/// The steps of a scan during which it is interrupted; at each the modem is on its way or elsewhere.
const MOMENTS: &[&str] = &["Joining SFR", "on SFR", "Joining Bouygues", "Returning"];

fn scan(modem: &str) -> Vec<&str> {
    let line = "-v --lang en --modem";
    let mut args: Vec<&str> = line.split(' ').collect();
    args.push(modem);
    args.extend(["scan", "--yes", "--no-measure"]);
    args
}

#[test]
fn a_window_that_is_closed_never_leaves_the_modem_elsewhere() {
    for moment in MOMENTS {
        for signals in [
            &[Signal::HUP][..],
            &[Signal::TERM, Signal::HUP],
            &[Signal::INT, Signal::HUP, Signal::QUIT],
        ] {
            let opensim = Opensim::new();
            let modem = opensim.modem("home", "30");
            let mut window = Window::open(&opensim, &scan(modem.path()));
            window.wait_for(moment);
            window.close();
            let code = window.hammer(signals);
            let case = format!("{moment}, {signals:?}: {code:?}");
            assert!(code.is_some(), "{case}: a signal ended it");
            assert_back(&opensim, modem.path(), &case);
        }
    }
}

#[test]
fn signals_of_other_programs_never_leave_the_modem_elsewhere_however_often() {
    for signal in [
        Signal::INT,
        Signal::TERM,
        Signal::QUIT,
        Signal::USR1,
        Signal::ALARM,
        Signal::XCPU,
        Signal::TSTP,
    ] {
        let opensim = Opensim::new();
        let modem = opensim.modem("home", "30");
        let mut window = Window::open(&opensim, &scan(modem.path()));
        window.wait_for("on SFR");
        // The first one is orderly, whatever comes after.
        kill_process(Pid::from_child(&window.child), Signal::TERM).expect("it is there");
        window.wait_for("Returning");
        let code = window.hammer(&[signal]);
        assert_eq!(code, Some(130), "{signal:?}");
        assert_back(&opensim, modem.path(), &format!("{signal:?}"));
    }
}

#[test]
fn ctrl_c_and_then_the_window_is_an_orderly_end() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "30");
    let mut window = Window::open(&opensim, &scan(modem.path()));
    window.wait_for("on SFR");
    window.type_(b"\x03");
    window.wait_for("Stopping");
    window.close();
    let code = window.hammer(&[Signal::HUP, Signal::TERM]);
    assert_eq!(code, Some(130));
    assert_back(&opensim, modem.path(), "Ctrl-C, closed");
}

#[test]
fn a_second_ctrl_c_that_is_typed_leaves_at_once_and_the_journal_tells_recover() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "2");
    let mut window = Window::open(&opensim, &scan(modem.path()));
    window.wait_for("on SFR");
    window.type_(b"\x03");
    window.wait_for("Stopping");
    window.type_(b"\x03");
    window.wait_for("opensim recover");
    assert_eq!(window.hammer(&[]), Some(130));
    assert_eq!(opensim.journal().len(), 1);
    let recover = opensim.run(&["--json", "--modem", modem.path(), "recover"]);
    assert_eq!(recover.code(), 0);
    assert_back(&opensim, modem.path(), "recovered");
}

#[test]
fn what_nobody_can_read_any_more_does_not_end_the_way_back() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "30");
    let mut args = scan(modem.path());
    args[0] = "-vvv";
    let mut scan = opensim.command(&args);
    let mut scan = scan.spawn().expect("the binary starts");
    let mut stderr = BufReader::new(scan.stderr.take().expect("a pipe"));
    super::support::wait_for_line(&mut stderr, "on SFR");
    drop((stderr, scan.stdout.take()));
    kill_process(Pid::from_child(&scan), Signal::HUP).expect("it is there");
    assert_eq!(scan.wait().expect("it ends").code(), Some(130));
    assert_back(&opensim, modem.path(), "pipes without a reader");
}

#[test]
fn a_terminal_that_was_told_to_wait_does_not_hold_up_the_way_back() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "30");
    let mut window = Window::open(&opensim, &scan(modem.path()));
    window.wait_for("on SFR");
    window.type_(b"\x13");
    kill_process(Pid::from_child(&window.child), Signal::TERM).expect("it is there");
    // Whoever waits for the terminal would never come to this.
    while !opensim.journal().is_empty() {
        std::thread::yield_now();
    }
    window.close();
    window.hammer(&[Signal::HUP]);
    assert_back(&opensim, modem.path(), "told to wait");
}

#[test]
fn a_pause_before_anything_is_interrupted_is_a_pause() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "30");
    let mut args = scan(modem.path());
    args.extend(["--carriers", "sfr"]);
    let mut command = opensim.command(&args);
    let mut scan = command.spawn().expect("the binary starts");
    let mut stderr = BufReader::new(scan.stderr.take().expect("a pipe"));
    super::support::wait_for_line(&mut stderr, "on SFR");
    let pid = Pid::from_child(&scan);
    kill_process(pid, Signal::STOP).expect("it is there");
    kill_process(pid, Signal::TSTP).expect("it is there");
    kill_process(pid, Signal::CONT).expect("it is there");
    kill_process(pid, Signal::TERM).expect("it is there");
    kill_process(pid, Signal::CONT).expect("it is there");
    std::thread::spawn(move || stderr.lines().for_each(drop));
    loop {
        if let Some(status) = scan.try_wait().expect("a child") {
            assert_eq!(status.code(), Some(130));
            break;
        }
        // A shell's `fg`, whenever it has stopped.
        kill_process(pid, Signal::CONT).expect("it is there");
        std::thread::yield_now();
    }
    assert_back(&opensim, modem.path(), "paused");
}
