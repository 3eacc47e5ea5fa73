//! The matrix through a daemon: every command over a `ModemManager` as odd as daemons are, and over a modem behind it that
//! is found in several states, judged by the same laws as a modem on a port (`tests/field`), whose modules these are.
//!
//! Every habit meets every command once; beyond that cases of up to three habits are generated, as many as
//! `OPENSIM_MATRIX_CASES` says, and shrunk to the smallest that breaks a law. What was found is kept below by name.
//! `OPENSIM_MATRIX_SHOW` prints the calls and documents of a case that breaks a law (`all`: of every case).

use std::fmt;
use std::time::Duration;

use proptest::prelude::*;

use crate::domain::Plmn;
use crate::sim::Scenario;

#[path = "../../../../../tests/field/case.rs"]
#[expect(dead_code, reason = "families and quirks are of a modem on a port")]
mod case;
mod daemon;
#[path = "../../../../../tests/field/desk.rs"]
#[expect(dead_code, reason = "a modem on a port is opened there")]
mod desk;
mod habit;
#[path = "../../../../../tests/field/judge.rs"]
mod judge;
#[path = "../../../../../tests/field/run.rs"]
#[expect(dead_code, reason = "values are compared with the world on a port")]
mod run;

use case::{ACTS, Act, FOUND, Found, act, assert_kept, assert_kept_together};
use daemon::Managed;
use desk::Desk;
use habit::{Code, End, FOR_GOOD, Fate, Habit, List, No, When, catalogue};
use judge::{Terms, judge};
use run::play;

/// Cases that are generated where nothing else is said.
const CASES: u32 = 150;

/// One round.
#[derive(Clone, PartialEq, Eq)]
struct Case {
    habits: Vec<Habit>,
    found: Found,
    act: Act,
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { habits, found, act } = self;
        write!(f, "{habits:?} found {found:?}: {act:?}")
    }
}

impl Case {
    /// Whether anything tells where the modem is. Nothing does where the daemon shows for good what was and there is no
    /// list; and without levels to wait for no time passes in which it could be seen to stray.
    fn is_knowable(&self) -> bool {
        let any = |of: fn(&Habit) -> bool| self.habits.iter().any(of);
        let shows_former = any(|habit| matches!(habit, Habit::ShowsFormer(_)));
        let listless = any(|habit| matches!(habit, Habit::List(list) if *list != List::Slow));
        let strays = any(|habit| matches!(habit, Habit::Strays(_)));
        let levelless = any(|habit| matches!(habit, Habit::Levels(_)));
        let unknowable = (shows_former && listless) || (strays && levelless);
        !unknowable
    }

    fn terms(&self) -> Terms {
        let hinders = |habit: &Habit| {
            matches!(
                habit,
                Habit::Refuses(_, When::Always | When::Later, _)
                    | Habit::Strays(When::Always | When::Later)
                    | Habit::Connected
                    // What it believes to be so it never asks of the modem.
                    | Habit::ShowsFormer(FOR_GOOD)
            )
        };
        let withholds = |habit: &Habit| {
            matches!(
                habit,
                Habit::Refuses(No::Unanswered, ..)
                    | Habit::Code(Code::Nothing)
                    | Habit::ShowsFormer(_)
                    | Habit::At(..)
                    // Longer than one step may take: it arrives when it was given up.
                    | Habit::AnswersLate(_)
            )
        };
        Terms {
            tells: !self.habits.iter().any(withholds),
            act: self.act,
            lost: self.found == Found::Lost,
            can_come_back: !self.habits.iter().any(hinders),
            managed: true,
        }
    }
}

/// What a case breaks, in virtual time on a thread of its own making.
fn broken(case: &Case) -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .unwrap();
    let modem = case::Case {
        house: "home",
        quirks: Vec::new(),
        found: case.found,
        act: case.act,
    };
    let round = runtime.block_on(async {
        let mut desk = Desk::new();
        desk.reveal = false;
        let managed = Managed::new(&modem.scenario(), &case.habits);
        play(&mut desk, &managed, case.act).await
    });
    let broken = judge(&case.terms(), &round);
    if std::env::var_os("OPENSIM_MATRIX_SHOW").is_some_and(|v| v == "all" || !broken.is_empty()) {
        println!("{case:?}\n  {}", round.wire.join("\n  "));
        println!("{:?}\n{:?}", round.act, round.recover);
    }
    broken
}

#[test]
fn a_daemon_without_habits_keeps_the_laws() {
    let cases = FOUND.into_iter().flat_map(|found| {
        ACTS.into_iter().map(move |act| Case {
            habits: Vec::new(),
            found,
            act,
        })
    });
    assert_kept(cases, broken);
}

/// Every habit with every command, the states in turn.
fn singles(part: usize, parts: usize) -> impl Iterator<Item = Case> {
    let acts = ACTS.into_iter().enumerate();
    acts.flat_map(move |(a, act)| {
        let habits = catalogue().into_iter().enumerate();
        let habits = habits.filter(move |(h, _)| (a + h) % parts == part);
        habits.map(move |(h, habit)| Case {
            habits: vec![habit],
            found: FOUND[(a + h / 3) % FOUND.len()],
            act,
        })
    })
}

#[test]
fn every_habit_meets_every_command_part_1() {
    assert_kept(singles(0, 2), broken);
}

#[test]
fn every_habit_meets_every_command_part_2() {
    assert_kept(singles(1, 2), broken);
}

fn cases() -> impl Strategy<Value = Case> {
    let ends = prop_oneof![
        Just(End::Dies),
        Just(End::Hangs),
        Just(End::Deaf),
        Just(End::Loses)
    ];
    let habit = prop_oneof![
        4 => proptest::sample::select(catalogue()),
        1 => (1..120_usize, ends).prop_map(|(call, end)| Habit::At(call, end)),
    ];
    (
        proptest::collection::vec(habit, 0..=3),
        proptest::sample::select(FOUND.to_vec()),
        act(150, 80),
    )
        .prop_map(|(habits, found, act)| Case { habits, found, act })
        .prop_filter(
            "where nothing can tell, nothing is judged",
            Case::is_knowable,
        )
}

#[test]
fn habits_together_keep_the_laws() {
    assert_kept_together(CASES, &cases(), broken);
}

/// A case by name, for what the matrix found.
fn kept(habits: &[Habit], found: Found, act: Act) {
    let case = Case {
        habits: habits.to_vec(),
        found,
        act,
    };
    assert_kept([case], broken);
}

#[test]
fn a_daemon_that_shows_the_first_network_through_two_moves_is_not_believed() {
    kept(&[Habit::ShowsFormer(FOR_GOOD)], Found::Automatic, Act::Scan);
}

#[test]
fn a_daemon_that_shows_the_former_network_after_a_refusal_is_doubted() {
    for span in [Duration::from_secs(25), FOR_GOOD] {
        for found in [Found::Automatic, Found::Manual] {
            kept(&[Habit::ShowsFormer(span)], found, Act::SwitchRefused);
        }
    }
}

#[test]
fn what_an_interrupted_run_left_is_not_back_because_the_daemon_shows_what_was() {
    for act in [
        Act::KilledScan(34),
        Act::KilledScan(19),
        Act::StoppedScan(34),
    ] {
        kept(&[Habit::ShowsFormer(FOR_GOOD)], Found::Manual, act);
    }
}

#[test]
fn a_way_back_that_is_refused_and_taken_all_the_same_is_waited_for() {
    for no in [No::Timeout, No::Failed, No::Cancelled] {
        let habit = Habit::Refuses(no, When::Always, Fate::Moved);
        kept(&[habit], Found::Manual, Act::Scan);
        kept(&[habit], Found::Automatic, Act::StoppedScan(34));
    }
}

#[test]
fn a_network_whose_name_alone_is_told_is_come_back_to() {
    for code in [Code::Name, Code::Empty, Code::Number] {
        kept(&[Habit::Code(code)], Found::Automatic, Act::Switch);
        kept(&[Habit::Code(code)], Found::Manual, Act::SwitchAbsent);
        kept(&[Habit::Code(code)], Found::Manual, Act::KilledSwitch(22));
    }
}

#[test]
fn a_modem_that_strays_on_the_way_back_is_not_back() {
    kept(
        &[Habit::Strays(When::Later)],
        Found::Manual,
        Act::SwitchAbsent,
    );
    kept(
        &[Habit::Strays(When::Later)],
        Found::Manual,
        Act::KilledSwitch(22),
    );
}
