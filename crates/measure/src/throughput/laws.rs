//! What holds of the test whatever it is fed.
#![expect(clippy::cast_possible_truncation, reason = "test data fits")]

use std::time::Duration;

use proptest::prelude::*;

use super::{Clearance, Decision, RateRule, RateTest, Stop, TICK, TestStep, Ticks};
use opensim_domain::time::Instant;

fn usual() -> RateTest {
    RateTest::new(RateRule::down(200_000, Duration::from_secs(8)), false)
}

fn run(counts: impl IntoIterator<Item = u64>) -> Option<(usize, Decision)> {
    let mut test = usual();
    let mut counts = counts.into_iter().enumerate();
    counts.find_map(|(index, count)| match test.feed(count) {
        TestStep::Done(decision) => Some((index + 1, decision)),
        _ => None,
    })
}

/// Cumulative counts of any shape.
fn flow() -> impl Strategy<Value = Vec<u64>> {
    let any = prop::collection::vec(0_u64..8_000, 200);
    let lumpy = prop::collection::vec(prop_oneof![3 => Just(0_u64), 1 => 0_u64..20_000], 200);
    prop_oneof![any, lumpy].prop_map(|mut counts| {
        let mut sum = 0;
        for count in &mut counts {
            sum += *count;
            *count = sum;
        }
        counts
    })
}

/// Looks at a flow at these moments (ms), as the driver does: every due tick takes the count of now.
fn looked_at(moments: &[u64], count: impl Fn(u64) -> u64) -> Option<Decision> {
    let mut test = usual();
    let mut ticks = Ticks::from(Instant::ZERO);
    for &ms in moments {
        while ticks.take(Instant::at(Duration::from_millis(ms))) {
            if let TestStep::Done(decision) = test.feed(count(ms)) {
                return Some(decision);
            }
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_flow_ends_in_time_and_a_verdict_never_comes_before_a_second(counts in flow()) {
        let (ticks, decision) = run(counts.clone()).unwrap();
        prop_assert!(ticks <= 160);
        if decision.verdict != Clearance::Uncertain {
            prop_assert!(ticks >= 20, "{ticks} {decision:?}");
        }
        // It goes on past the cap only while it is on hold with the evidence there.
        if ticks > 20 {
            prop_assert!(counts[ticks - 2] < 262_144);
        }
    }

    #[test]
    fn looks_between_the_ticks_and_jitter_of_them_change_no_verdict(
        kbit in prop_oneof![10_u64..140, 280_u64..20_000],
        lateness in prop::collection::vec(0_u64..20, 170),
        between in prop::collection::vec(0_u64..8_200, 0..200),
    ) {
        let count = |ms: u64| kbit * ms / 8;
        let on_time: Vec<u64> = (1..=170).map(|tick| tick * 50).collect();
        let mut jittered: Vec<u64> = on_time.iter().zip(&lateness).map(|(t, late)| t + late).collect();
        jittered.extend(between);
        jittered.sort_unstable();
        let plain = looked_at(&on_time, count).unwrap();
        prop_assert_eq!(looked_at(&jittered, count).unwrap(), plain);
        let above = kbit > 200;
        prop_assert_eq!(plain.verdict, if above { Clearance::Meets } else { Clearance::Below });
    }

    #[test]
    fn looks_between_the_ticks_feed_nothing(between in prop::collection::vec(0_u64..8_200, 0..99)) {
        let mut ticks = Ticks::from(Instant::ZERO);
        let mut moments = between;
        moments.sort_unstable();
        let taken = moments.iter().filter(|&&ms| {
            let now = Instant::at(Duration::from_millis(ms));
            let mut any = false;
            while ticks.take(now) { any = true; }
            any
        }).count();
        let last = moments.last().copied().unwrap_or(0);
        prop_assert_eq!(ticks.next(), Instant::ZERO + TICK * (last as u32 / 50 + 1));
        prop_assert!(taken <= last as usize / 50);
    }

    #[test]
    fn more_bytes_at_the_last_tick_never_turn_meets_into_below(counts in flow(), more in 0_u64..100_000) {
        let (ticks, decision) = run(counts.clone()).unwrap();
        if decision.verdict == Clearance::Meets {
            let mut counts = counts[..ticks].to_vec();
            counts[ticks - 1] += more;
            let verdict = run(counts).map(|(_, decision)| decision.verdict);
            prop_assert_ne!(verdict, Some(Clearance::Below));
        }
    }

    #[test]
    fn an_even_flow_is_never_taken_for_the_wrong_side(per_tick in 0_u64..6_000) {
        let (_, decision) = run((1..=200).map(|tick| tick * per_tick)).unwrap();
        let wrong = if per_tick >= 1_250 { Clearance::Below } else { Clearance::Meets };
        prop_assert_ne!(decision.verdict, wrong);
    }

    #[test]
    fn the_bands_grow_with_the_dispersion(low in 0.0_f64..1e6, more in 0.0_f64..1e6) {
        let rule = RateRule::down(200_000, Duration::from_secs(8));
        let (narrow, wide) = (rule.bands(low), rule.bands(low + more));
        prop_assert!(narrow.0 <= wide.0 && narrow.1 <= wide.1);
        prop_assert!(narrow.0 <= narrow.1);
    }

    #[test]
    fn an_interval_holds_its_estimate_and_a_verdict_does_not_gainsay_it(counts in flow()) {
        let mut test = usual();
        let decision = counts.iter().find_map(|&count| match test.feed(count) {
            TestStep::Done(decision) => Some(decision),
            _ => None,
        }).unwrap();
        let goodput = test.goodput(0).unwrap();
        let estimate = goodput.estimate_bps.unwrap();
        prop_assert!(goodput.low_bps.unwrap() <= estimate);
        prop_assert!(goodput.high_bps.is_none_or(|high| high >= estimate));
        if decision.verdict == Clearance::Meets {
            prop_assert!(estimate >= 200_000, "{goodput:?}");
        }
    }

    #[test]
    fn what_ends_it_from_outside_is_uncertain_and_stays(counts in flow(), after in 0_usize..60) {
        let mut test = usual();
        for &count in &counts[..after] {
            test.feed(count);
        }
        let ended = test.goodput(0).is_some();
        let decision = test.stop(Stop::ConnectionLost);
        prop_assert!(ended || decision.verdict == Clearance::Uncertain);
        prop_assert_eq!(test.feed(u64::MAX), TestStep::Done(decision));
    }
}
