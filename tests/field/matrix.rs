//! The matrix: every command over odd modems of every family, found in several states, judged by the five laws.
//!
//! Every quirk meets every command once, with the families in turn; beyond that cases of up to three quirks are
//! generated, others and as many as `OPENSIM_MATRIX_CASES` says where that is set, and shrunk to the smallest that breaks a law. What was found is
//! kept below by name.

use proptest::prelude::*;

use super::case::{
    ACTS, Act, Case, FOUND, Found, act, assert_kept, assert_kept_together, houses, quirks,
};
use super::desk::Desk;
use super::judge::{Terms, judge};
use super::run::play;
use super::values::values;
use super::wired::Wired;

/// Cases that are generated where nothing else is said.
const CASES: u32 = 600;

/// What a case breaks, in virtual time on a thread of its own making.
fn broken(case: &Case) -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    let round = runtime.block_on(async {
        let mut desk = Desk::new();
        desk.reveal = false;
        play(&mut desk, &Wired::new(case), case.act).await
    });
    let terms = Terms {
        act: case.act,
        lost: case.found == Found::Lost,
        can_come_back: !case.has("refuse-and-lost"),
        tells: true,
        managed: false,
    };
    let mut broken = judge(&terms, &round);
    broken.extend(values(case, &round));
    broken
}

/// Every quirk with every command, the families and the states in turn.
fn singles(part: usize, parts: usize) -> impl Iterator<Item = Case> {
    let houses = houses();
    let acts = ACTS.into_iter().enumerate();
    acts.flat_map(|(a, act)| {
        quirks()
            .into_iter()
            .enumerate()
            .map(move |(q, quirk)| (a, act, q, quirk))
    })
    .filter(move |(a, _, q, _)| (a + q) % parts == part)
    .map(move |(a, act, q, quirk)| Case {
        house: houses[(q * 5 + a * 3) % houses.len()],
        quirks: vec![quirk],
        found: FOUND[(a + q / 3) % FOUND.len()],
        act,
    })
}

#[test]
fn every_quirk_meets_every_command_part_1() {
    assert_kept(singles(0, 2), broken);
}

#[test]
fn every_quirk_meets_every_command_part_2() {
    assert_kept(singles(1, 2), broken);
}

#[test]
fn every_family_keeps_the_laws_without_a_quirk() {
    let cases = houses().into_iter().flat_map(|house| {
        FOUND.into_iter().flat_map(move |found| {
            ACTS.into_iter().map(move |act| Case {
                house,
                quirks: Vec::new(),
                found,
                act,
            })
        })
    });
    assert_kept(cases, broken);
}

fn case() -> impl Strategy<Value = Case> {
    (
        proptest::sample::select(houses()),
        proptest::collection::vec(proptest::sample::select(quirks()), 0..=3),
        proptest::sample::select(FOUND.to_vec()),
        act(90, 60),
    )
        .prop_map(|(house, quirks, found, act)| Case {
            house,
            quirks,
            found,
            act,
        })
}

#[test]
fn quirks_together_keep_the_laws() {
    assert_kept_together(CASES, &case(), broken);
}

/// A case by name, for what the matrix found.
fn kept(house: &'static str, quirks: &[&'static str], found: Found, act: Act) {
    let case = Case {
        house,
        quirks: quirks.to_vec(),
        found,
        act,
    };
    assert_kept([case], broken);
}

#[test]
fn a_modem_found_with_texts_only_goes_back_to_the_network_that_it_named() {
    kept("home", &["sms-only"], Found::Manual, Act::SwitchRefused);
    kept("home", &["sms-only"], Found::Manual, Act::Scan);
}

#[test]
fn a_modem_that_chose_by_itself_and_refused_everything_never_left() {
    kept("home", &["refuse-error"], Found::Automatic, Act::Scan);
    kept(
        "home",
        &["refuse-error", "sms-only"],
        Found::Automatic,
        Act::Scan,
    );
    kept(
        "home",
        &["refuse-error", "sms-only"],
        Found::Automatic,
        Act::Switch,
    );
}

#[test]
fn a_network_that_is_named_without_its_code_is_known_again_after_a_kill() {
    let stuck = "operator-format-stuck";
    kept("zte-home", &[stuck], Found::Manual, Act::KilledScan(20));
    kept("home", &[stuck, "sms-only"], Found::Manual, Act::Switch);
    let nameless = &[stuck, "operator-empty"];
    kept("zte-home", nameless, Found::Manual, Act::StoppedScan(23));
}

#[test]
fn a_row_that_says_nothing_names_no_network_to_come_back_to() {
    let quirks = &["empty-zero", "joined-refused"];
    kept("home", quirks, Found::Manual, Act::KilledSwitch(12));
    kept("home", &["empty-smallest"], Found::Manual, Act::Status);
}
