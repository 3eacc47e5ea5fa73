//! A sample of the matrix of quirks, families and refusals: the program on a COM port in the place of the use cases, the laws
//! the same. `OPENSIM_WINDOWS_CASES` says how many cases of it (24); all of them are some hundreds.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::case::{Act, Case, FOUND, Found, houses, quirks};
use super::computer::{Computer, Ran, Running};
use super::judge::{Terms, judge};
use super::modem::{self, Modem};
use super::run::{Gave, Round};
use super::values::values;

const CASES: usize = 24;
/// How many at a time: they wait for the modem, most of the time.
const TOGETHER: usize = 4;

const PORT: u8 = 5;

/// What a person does at a COM port. That it is stopped (Ctrl-C) is tried elsewhere: it takes a console.
const ACTS: [Act; 9] = [
    Act::Status,
    Act::Scan,
    Act::RadioOnly,
    Act::Switch,
    Act::SwitchRefused,
    Act::SwitchAbsent,
    Act::Recover,
    Act::KilledScan(20),
    Act::KilledSwitch(11),
];

/// Every quirk with every command, the families and the states in turn, spread evenly over the sample.
fn sample(wanted: usize) -> Vec<Case> {
    let houses = houses();
    let acts = ACTS.into_iter().enumerate();
    let all: Vec<Case> = acts
        .flat_map(|(a, act)| quirks().into_iter().enumerate().map(move |it| (a, act, it)))
        .map(|(a, act, (q, quirk))| Case {
            house: houses[(q * 5 + a * 3) % houses.len()],
            quirks: vec![quirk],
            found: FOUND[(a + q / 3) % FOUND.len()],
            act,
        })
        .collect();
    let step = (all.len() / wanted.max(1)).max(1);
    all.into_iter().step_by(step).take(wanted).collect()
}

/// What a case breaks.
fn broken(case: &Case) -> Option<Vec<String>> {
    let computer = Computer::new()?;
    let round = play(&computer, case);
    let terms = Terms {
        act: case.act,
        lost: case.found == Found::Lost,
        can_come_back: !case.has("refuse-and-lost"),
        tells: true,
        managed: false,
    };
    let mut broken = judge(&terms, &round);
    broken.extend(values(case, &round));
    Some(broken)
}

fn play(computer: &Computer, case: &Case) -> Round {
    let scenario = case.scenario();
    let modem = Modem::new(&scenario, computer.folder());
    computer.plug(PORT, modem.link());
    let act = perform(computer, &modem, case.act);
    let of_act = modem.wire().len();
    let after_act = modem.settled();
    let recover = gave(Instant::now(), &ask(computer, &["recover", "--yes"]).end());
    let after_recover = modem.settled();
    Round {
        carriers: modem.carriers(),
        before: modem::left_alone(&scenario),
        act,
        after_act,
        recover,
        after_recover,
        wire: modem.wire(),
        of_act,
        trace: String::new(),
    }
}

fn ask(computer: &Computer, command: &[&str]) -> Running {
    let first = [
        "--json",
        "--lang",
        "en",
        "--timeout",
        "3s",
        "--modem",
        "COM5",
    ];
    computer.start(&[&first, command].concat())
}

/// `None` where it was killed.
fn perform(computer: &Computer, modem: &Modem, act: Act) -> Option<Gave> {
    let scan: &[&str] = &["scan", "--no-measure", "--samples", "1", "--yes"];
    let command = match act {
        Act::Status => &["status"],
        Act::Scan | Act::KilledScan(_) | Act::StoppedScan(_) => scan,
        Act::RadioOnly => &["scan", "--radio-only", "--samples", "1", "--yes"],
        Act::Recover => &["recover", "--yes"],
        _ => &["switch", "sfr", "--yes"],
    };
    let started = Instant::now();
    let mut running = ask(computer, command);
    if let Act::KilledScan(count) | Act::KilledSwitch(count) = act {
        let pid = Pid::from_child(&running.child);
        modem.at(count, move || {
            // Reaped only after this was called, or forgotten.
            let _ = kill_process(pid, Signal::KILL);
        });
        let status = running.child.wait().unwrap();
        modem.forget();
        status.code()?;
    }
    Some(gave(started, &running.end()))
}

fn gave(started: Instant, ran: &Ran) -> Gave {
    let body = ran.json();
    let fault = body["error"]["code"].as_str().map(str::to_owned);
    Gave {
        body,
        fault,
        took: started.elapsed(),
    }
}

#[test]
fn a_sample_of_the_matrix_keeps_the_laws() {
    let wanted = std::env::var("OPENSIM_WINDOWS_CASES").ok();
    let wanted = wanted.and_then(|count| count.parse().ok()).unwrap_or(CASES);
    let cases = sample(wanted);
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..TOGETHER {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let Some(broken) = broken(case) else {
                        return;
                    };
                    if !broken.is_empty() {
                        let said = format!("{case:?}\n    {}", broken.join("\n    "));
                        wrong.lock().unwrap().push(said);
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    let all = cases.len();
    assert!(
        wrong.is_empty(),
        "{} of {all}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// What a document says of an error, for the tests beside this one.
pub(crate) fn code(document: &Value) -> &str {
    document["error"]["code"].as_str().unwrap_or_default()
}
