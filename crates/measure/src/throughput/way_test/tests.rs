use proptest::prelude::*;

use super::*;

const KEPT: &str = include_str!("../../../../../testdata/measure/combined.tsv");
const NEED: f64 = 25_000.0;

/// A way that is watched well and not held up: its queue stands, the call is answered.
fn watched(count: f64) -> WayTick {
    WayTick {
        count,
        own_ms: 200.0,
        late_ms: 0.0,
        still_ms: 0.0,
        silent_ms: 10.0,
    }
}

fn digit(word: WayWord) -> char {
    match word {
        WayWord::GoOn => '0',
        WayWord::Meets => '1',
        WayWord::Below => '2',
    }
}

fn say(ticks: impl IntoIterator<Item = WayTick>) -> String {
    let mut test = WayTest::new(NEED);
    ticks
        .into_iter()
        .map(|tick| digit(test.feed(tick)))
        .collect()
}

/// One tick as it is kept.
fn tick(text: &str) -> WayTick {
    let fields: Vec<f64> = text.split(':').map(|n| n.parse().unwrap()).collect();
    let [count, own_ms, late_ms, still, silent_ms] = fields[..] else {
        panic!("{text}");
    };
    WayTick {
        count: count / 10.0,
        own_ms,
        late_ms,
        still_ms: still / 1000.0,
        silent_ms,
    }
}

#[test]
fn it_says_at_every_tick_what_the_reference_says() {
    let (mut rows, mut ticks) = (0, 0);
    for row in KEPT.lines().filter(|row| !row.starts_with('#')) {
        let fields: Vec<&str> = row.split('\t').collect();
        let [link, way, words, seen] = fields[..] else {
            panic!("{row}");
        };
        assert_eq!(say(seen.split(' ').map(tick)), words, "{link} {way}");
        rows += 1;
        ticks += words.len();
    }
    assert_eq!((rows, ticks), (42, 2_616));
}

/// Bytes a tick of any shape: even, lumpy, fading.
fn flow() -> impl Strategy<Value = Vec<f64>> {
    let any = prop::collection::vec(0.0_f64..5_000.0, 1..200);
    let lumpy = prop::collection::vec(
        prop_oneof![3 => Just(0.0_f64), 1 => 0.0_f64..8_000.0],
        1..200,
    );
    let slow = prop::collection::vec(0.0_f64..1_500.0, 1..200);
    prop_oneof![any, lumpy, slow]
}

/// The same as ticks, with whatever a call shows of the queues.
fn ticks() -> impl Strategy<Value = Vec<WayTick>> {
    let seen = (
        0.0_f64..300.0,
        0.0_f64..200.0,
        0.0_f64..20.0,
        0.0_f64..900.0,
    );
    (flow(), prop::collection::vec(seen, 200)).prop_map(|(flow, seen)| {
        let (mut count, mut still) = (0.0, 0.0);
        flow.iter()
            .zip(seen)
            .map(|(bytes, (own_ms, late_ms, stood, silent_ms))| {
                count += bytes;
                still += stood;
                WayTick {
                    count,
                    own_ms,
                    late_ms,
                    still_ms: still,
                    silent_ms,
                }
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn below_is_never_said_within_a_second_and_stays_said(ticks in ticks()) {
        let said = say(ticks);
        if let Some(first) = said.find('2') {
            prop_assert!(first + 1 >= 20, "{said}");
            prop_assert!(said[first..].bytes().all(|word| word == b'2'), "{said}");
        }
        prop_assert!(said.bytes().take(7).all(|word| word == b'0'), "{said}");
    }

    #[test]
    fn a_way_without_a_queue_of_its_own_is_not_blamed_while_the_call_is_answered(ticks in ticks()) {
        let idle = ticks.into_iter().map(|tick| WayTick {
            own_ms: tick.own_ms.min(49.0),
            silent_ms: tick.silent_ms.min(300.0),
            ..tick
        });
        let said = say(idle);
        prop_assert!(!said.contains('2'), "{said}");
    }

    #[test]
    fn an_even_flow_is_never_taken_for_the_wrong_side(bytes in 0.0_f64..6_000.0) {
        let said = say((1..=160).map(|tick| watched(bytes * f64::from(tick))));
        let wrong = if bytes >= NEED * TICK_S { '2' } else { '1' };
        prop_assert!(!said.contains(wrong), "{said}");
    }

    #[test]
    fn an_even_flow_far_from_the_need_is_told_in_time(share in prop_oneof![0.05_f64..0.8, 1.2_f64..3.0]) {
        let said = say((1..=120).map(|tick| watched(share * NEED * TICK_S * f64::from(tick))));
        prop_assert!(said.contains(if share > 1.0 { '1' } else { '2' }), "{said}");
    }

    #[test]
    fn what_may_have_arrived_already_never_makes_a_way_slow(ticks in ticks(), more in 0.0_f64..500.0) {
        let before = say(ticks[..ticks.len() - 1].iter().copied());
        let last = ticks[ticks.len() - 1];
        let with = |late_ms| {
            let last = std::iter::once(WayTick { late_ms, ..last });
            say(ticks[..ticks.len() - 1].iter().copied().chain(last))
        };
        if !before.ends_with('2') && !with(last.late_ms).ends_with('2') {
            prop_assert!(!with(last.late_ms + more).ends_with('2'));
        }
    }

    #[test]
    fn more_bytes_at_the_last_tick_never_turn_meets_into_below(mut ticks in ticks(), more in 0.0_f64..50_000.0) {
        if say(ticks.iter().copied()).ends_with('1') {
            ticks.last_mut().unwrap().count += more;
            prop_assert!(!say(ticks.iter().copied()).ends_with('2'));
        }
    }

    #[test]
    fn a_pause_in_which_nothing_was_offered_takes_nothing_away(share in 1.0_f64..1.3, at in 30_usize..60, pause in 1_usize..12) {
        // It meets, and while the queues drain neither the count nor the need's line moves.
        let even = |tick: usize| NEED * TICK_S * share * tick as f64;
        let flow = (1..=100).map(|tick: usize| {
            let stood = tick.saturating_sub(at).min(pause);
            WayTick {
                still_ms: stood as f64 * TICK_S * 1000.0,
                ..watched(even(tick - stood))
            }
        });
        let said = say(flow);
        if let Some(first) = said.find('1') {
            prop_assert!(first >= at || said[first..].bytes().all(|word| word == b'1'), "{said}");
        }
    }
}

#[test]
fn a_link_that_stops_on_hold_is_undecided_again() {
    let fast = 20;
    let said = say((1..=80_u32).map(|tick| watched(3_000.0 * f64::from(tick.min(fast)))));
    let first = said.find('1').unwrap();
    let again = first + said[first..].find('0').unwrap();
    assert!(first < fast as usize && again > fast as usize, "{said}");
}

#[test]
fn a_third_of_the_time_at_the_need_is_a_fade() {
    // As many bytes, spread evenly or most of them in the first half.
    let even = say((1..=60_u32).map(|tick| watched(760.0 * f64::from(tick))));
    let rate = |tick: u32| if tick <= 28 { 1_400.0 } else { 200.0 };
    let fading = (1..=60).scan(0.0, |sum, tick| {
        *sum += rate(tick);
        Some(*sum)
    });
    let fading = say(fading.map(watched));
    assert!(
        even.contains('2') && !fading.contains('2'),
        "{even} {fading}"
    );
}

#[test]
fn a_flow_that_pauses_or_catches_up_is_not_called_slow_before_three_seconds() {
    let slow = |tick: u32| 400.0 * f64::from(tick);
    // Nothing came lately.
    let paused = say((1..=59_u32).map(|tick| watched(slow(tick.min(12)))));
    let on = say((1..=59_u32).map(|tick| watched(slow(tick))));
    assert!(on.contains('2') && !paused.contains('2'), "{on} {paused}");
    let after = say((1..=60_u32).map(|tick| watched(slow(tick.min(12)))));
    assert!(after.ends_with('2'), "{after}");
}
