//! The test itself: one count a tick in, a step out.

use std::time::Duration;

use super::dispersion::{TICK_S, dispersion};
use super::report::{Clearance, Goodput, Stop};
use super::rule::RateRule;
use crate::number::whole;

/// Sums of 50 ms ticks in binary fractions; a nanosecond decides nothing.
const SLACK: f64 = 1e-9;
/// Let through beyond the burst that is not judged, so that what a shaper lets through at once is not judged either.
const MORE_SKIP: f64 = 8.0 * 1024.0;
/// Let through beyond what decides: two segments, so that neither a late look nor a late segment undecides it.
const MARGIN: f64 = 2.0 * 1448.0;

/// What to do after a tick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TestStep {
    /// Go on.
    Continue,
    /// The evidence is there and the time is not: go on, no faster than the need.
    Hold,
    /// It is over.
    Done(Decision),
}

/// The conclusion and its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decision {
    /// The conclusion.
    pub(crate) verdict: Clearance,
    /// Why it ended.
    pub(crate) because: Stop,
}

impl Decision {
    fn uncertain(because: Stop) -> Self {
        Self {
            verdict: Clearance::Uncertain,
            because,
        }
    }
}

/// A test under way.
#[derive(Debug, Clone)]
pub(crate) struct RateTest {
    rule: RateRule,
    /// Payload since the first segment, one a tick; tick 0 has none.
    counts: Vec<f64>,
    /// The tick that the judging starts at.
    warm: Option<usize>,
    /// The same counts without the ticks in which the flow was held back: all that tells of its dispersion.
    free: Vec<f64>,
    /// How many of those there were when the judging started.
    free_warm: usize,
    /// Since when the evidence for `Meets` has been there without a gap, and the dispersion then.
    held_since: Option<(usize, f64)>,
    /// Whether it was ever held back: it may carry more than it showed.
    held_back: bool,
    window_limited: bool,
    decision: Option<Decision>,
}

impl RateTest {
    /// A test by this rule. With `window_limited` (the window granted is itself near the need) it never says
    /// `Below`.
    pub(crate) fn new(rule: RateRule, window_limited: bool) -> Self {
        Self {
            rule,
            counts: vec![0.0],
            warm: None,
            free: vec![0.0],
            free_warm: 0,
            held_since: None,
            held_back: false,
            window_limited,
            decision: None,
        }
    }

    /// The count at the next tick, 50 ms of nominal time after the one before: bytes of payload after the first
    /// segment (download: read; upload: acknowledged). A count that falls is taken as one that stands still.
    /// After the end it says the end again.
    pub(crate) fn feed(&mut self, bytes: u64) -> TestStep {
        self.take(bytes, false)
    }

    /// The same of a flow that was held back since the last tick ([`RateTest::enough`]): how evenly that was done
    /// says nothing of the link, so the dispersion stays what it was. A link that does not even carry the need then
    /// still shows itself, for the count is judged as ever.
    pub(crate) fn feed_held(&mut self, bytes: u64) -> TestStep {
        self.take(bytes, true)
    }

    /// The payload after which nothing more is needed by the next tick, and so much time ahead of it: what lies
    /// beyond would decide nothing and cost all the same, on a fast link megabytes in a tick. Before the judging
    /// starts it is the burst that is not judged; then what meets the need, which on hold grows as the need does.
    pub(crate) fn enough(&self, ahead: Duration) -> f64 {
        let rule = &self.rule;
        let Some(warm) = self.warm else {
            return rule.burst_skip + MORE_SKIP;
        };
        let (above, _) = rule.bands(self.dispersion());
        let time = self.time(self.counts.len()) + secs(ahead) - self.time(warm);
        self.counts[warm] + rule.need * time + above + MARGIN
    }

    /// Of the flow where it was not held back.
    fn dispersion(&self) -> f64 {
        dispersion(&self.free[self.free_warm..], &self.rule)
    }

    fn take(&mut self, bytes: u64, held: bool) -> TestStep {
        if let Some(decision) = self.decision {
            return TestStep::Done(decision);
        }
        let last = self.counts.last().copied().unwrap_or(0.0);
        let bytes = (bytes as f64).max(last);
        self.counts.push(bytes);
        if held {
            self.held_back = true;
        } else {
            let free = self.free.last().copied().unwrap_or(0.0);
            self.free.push(free + bytes - last);
        }
        let step = self.judge();
        if let TestStep::Done(decision) = step {
            self.decision = Some(decision);
        }
        step
    }

    /// The test ends for a reason outside it: uncertain, unless it had ended, or (`NoData`) nothing came at all.
    pub(crate) fn stop(&mut self, because: Stop) -> Decision {
        let decision = match because {
            Stop::NoData => Decision {
                verdict: Clearance::Below,
                because,
            },
            _ => Decision::uncertain(because),
        };
        *self.decision.get_or_insert(decision)
    }

    fn judge(&mut self) -> TestStep {
        let tick = self.counts.len() - 1;
        let (time, bytes) = (self.time(tick), self.counts[tick]);
        let rule = &self.rule;
        if self.warm.is_none() && (bytes >= rule.burst_skip || time >= secs(rule.warm_up)) {
            self.warm = Some(tick);
            self.free_warm = self.free.len() - 1;
        }
        let spread = self.dispersion();
        let (above, short) = rule.bands(spread);
        let whole = bytes - rule.need * time;
        let lead = self.warm.map(|warm| self.lead(warm, tick));
        let long_enough = time >= secs(rule.shortest) - SLACK;

        if lead.is_some_and(|lead| lead >= above) {
            self.held_since.get_or_insert((tick, spread));
            return if long_enough {
                TestStep::Done(Decision {
                    verdict: Clearance::Meets,
                    because: Stop::Decided,
                })
            } else {
                TestStep::Hold
            };
        }
        self.held_since = None;
        if long_enough && (whole <= -short || lead.is_some_and(|lead| lead <= -short)) {
            return TestStep::Done(if self.window_limited {
                Decision::uncertain(Stop::WindowLimited)
            } else {
                Decision {
                    verdict: Clearance::Below,
                    because: Stop::Decided,
                }
            });
        }
        if time >= secs(rule.longest) - SLACK {
            return TestStep::Done(Decision::uncertain(Stop::MaxTime));
        }
        if bytes >= rule.most_bytes {
            return TestStep::Done(Decision::uncertain(Stop::MaxBytes));
        }
        TestStep::Continue
    }

    /// Bytes above the need's line since the judging started.
    fn lead(&self, warm: usize, tick: usize) -> f64 {
        self.counts[tick] - self.counts[warm] - self.rule.need * (self.time(tick) - self.time(warm))
    }

    #[expect(clippy::unused_self, reason = "reads as the time of this test's tick")]
    fn time(&self, tick: usize) -> f64 {
        tick as f64 * TICK_S
    }

    /// Seconds of nominal time since the first payload byte.
    pub(crate) fn seconds(&self) -> f64 {
        self.time(self.counts.len() - 1)
    }

    /// What it concludes, or `None` while it goes on. `bytes` is what it cost on the wire.
    pub(crate) fn goodput(&self, bytes: u64) -> Option<Goodput> {
        let decision = self.decision?;
        let held = (decision.verdict == Clearance::Meets)
            .then_some(self.held_since)
            .flatten();
        let end = self.counts.len() - 1;
        let (tick, spread) = held.unwrap_or_else(|| (end, self.dispersion()));
        let interval = self.interval(tick, spread);
        let held_back = self.held_back || tick < end;
        let rule = &self.rule;
        // The verdict rules out what is beyond the zone on the other side, by its own error.
        let (least, most, errors) = match decision {
            Decision {
                verdict: Clearance::Meets,
                because: Stop::Decided,
            } => (rule.need * (1.0 - rule.zone), f64::INFINITY, 2.0),
            Decision {
                verdict: Clearance::Below,
                because: Stop::Decided,
            } => (0.0, rule.need * (1.0 + rule.zone), 2.0),
            _ => (0.0, f64::INFINITY, 1.0),
        };
        Some(Goodput {
            verdict: decision.verdict,
            estimate_bps: interval.map(|(rate, _)| bits(rate)),
            low_bps: interval.map(|(rate, width)| bits((rate - width).max(least).min(rate))),
            high_bps: interval
                .map(|(rate, width)| bits((rate + width).min(most).max(rate)))
                .filter(|_| !self.window_limited)
                .filter(|_| !held_back || decision.verdict == Clearance::Below),
            confidence: interval.map(|_| 1.0 - errors * rule.error),
            bytes,
            seconds: self.seconds(),
            stopped_because: decision.because,
        })
    }

    /// Estimate and half width in bytes a second at a tick: the normal mixture confidence sequence, which holds at
    /// whatever moment the test stops (Robbins; Howard et al. 2021).
    fn interval(&self, tick: usize, spread: f64) -> Option<(f64, f64)> {
        let warm = self.warm.filter(|&warm| warm < tick)?;
        let rule = &self.rule;
        let seconds = self.time(tick) - self.time(warm);
        let estimate = (self.counts[tick] - self.counts[warm]) / seconds;
        let variance = spread * rule.need * seconds;
        let mixture = 2.0 * rule.prior * rule.need;
        let sum = variance + mixture;
        let width = (sum * (2.0 * (1.0 / rule.error).ln() + (sum / mixture).ln())).sqrt();
        Some((estimate, width / seconds))
    }
}

fn secs(duration: Duration) -> f64 {
    duration.as_secs_f64()
}

/// Bytes a second as bit/s; below nothing is nothing.
fn bits(bytes_per_second: f64) -> u64 {
    whole(bytes_per_second * 8.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usual() -> RateTest {
        RateTest::new(RateRule::down(200_000, Duration::from_secs(8)), false)
    }

    /// Feeds an even flow until it ends; ticks and decision.
    fn even(test: &mut RateTest, per_tick: u64) -> (usize, Decision) {
        for (ticks, tick) in (1..=400).enumerate() {
            if let TestStep::Done(decision) = test.feed(per_tick * tick) {
                return (ticks + 1, decision);
            }
        }
        panic!("never ended");
    }

    #[test]
    fn a_fast_link_is_held_until_it_could_have_shown_a_shaper() {
        let mut test = usual();
        let steps: Vec<TestStep> = (1..20).map(|tick| test.feed(tick * 12_500)).collect();
        assert_eq!(steps[1], TestStep::Continue);
        assert!(steps[8..].iter().all(|step| *step == TestStep::Hold));
        assert_eq!(test.goodput(0), None);
        assert!(matches!(
            test.feed(250_000),
            TestStep::Done(Decision {
                verdict: Clearance::Meets,
                because: Stop::Decided
            })
        ));
        let goodput = test.goodput(260_000).unwrap();
        assert!(goodput.low_bps > Some(200_000), "{goodput:?}");
        assert_eq!((goodput.high_bps, goodput.bytes), (None, 260_000));
    }

    #[test]
    fn a_bucket_that_runs_dry_on_hold_never_passes() {
        let mut test = usual();
        let flow = |tick: u64| (tick * 12_500).min(80_000 + tick * 400);
        let mut held = false;
        for tick in 1..400 {
            match test.feed(flow(tick)) {
                TestStep::Done(decision) => {
                    assert!(held);
                    assert_ne!(decision.verdict, Clearance::Meets);
                    return;
                }
                step => held |= step == TestStep::Hold,
            }
        }
        panic!("never ended");
    }

    #[test]
    fn a_link_that_is_held_back_is_not_taken_for_an_uneven_one() {
        let mut test = usual();
        let mut count = 0;
        let mut held = 0;
        for tick in 1..=20 {
            count += if held > 0 { 1_250 } else { 12_500 };
            let step = if held > 0 {
                test.feed_held(count)
            } else {
                test.feed(count)
            };
            held += u32::from(step == TestStep::Hold);
            assert_eq!(held > 0, tick >= 6, "{tick}");
        }
        let goodput = test.goodput(0).unwrap();
        assert_eq!(goodput.verdict, Clearance::Meets);
        assert!(goodput.estimate_bps > Some(1_900_000));
    }

    #[test]
    fn a_hold_that_slips_for_a_tick_is_taken_up_where_it_was() {
        let mut test = usual();
        let mut steps = Vec::new();
        for tick in 1..=20 {
            // For three ticks nothing comes; then what had been let on.
            let stands = (10..=12).contains(&tick);
            let count = if stands {
                0
            } else {
                whole(test.enough(Duration::ZERO))
            };
            steps.push(test.feed_held(count));
        }
        let held: Vec<bool> = steps.iter().map(|step| *step == TestStep::Hold).collect();
        let expected: Vec<bool> = (1..=20).map(|t| (2..20).contains(&t) && t != 12).collect();
        assert_eq!(held, expected, "{steps:?}");
        let goodput = test.goodput(0).unwrap();
        assert_eq!(
            (goodput.verdict, goodput.high_bps),
            (Clearance::Meets, None)
        );
        assert!(test.counts[20] < 100_000.0, "{:?}", test.counts);
    }

    #[test]
    fn what_the_link_did_before_the_hold_is_what_is_said_of_it() {
        let (mut held, mut free) = (usual(), usual());
        for tick in 1..=6 {
            assert_eq!(held.feed(tick * 12_500), free.feed(tick * 12_500));
        }
        let at_hold = free.interval(6, free.dispersion());
        for tick in 7..=20 {
            held.feed_held(75_000 + (tick - 6) * 1_250);
        }
        let (goodput, (rate, width)) = (held.goodput(0).unwrap(), at_hold.unwrap());
        assert_eq!(goodput.verdict, Clearance::Meets);
        assert_eq!(goodput.estimate_bps, Some(bits(rate)));
        assert_eq!(goodput.low_bps, Some(bits(rate - width)));
        assert_eq!(goodput.high_bps, None);
    }

    #[test]
    fn a_link_that_does_not_carry_the_need_while_it_is_held_is_let_go() {
        let mut test = usual();
        let burst = [12_500, 25_000, 37_500, 50_000, 62_500, 75_000];
        let steps: Vec<TestStep> = burst.into_iter().map(|count| test.feed(count)).collect();
        assert_eq!(steps.last(), Some(&TestStep::Hold));
        let slow = |tick: u64| 75_000 + tick * 100;
        let steps: Vec<TestStep> = (1..300).map(|tick| test.feed_held(slow(tick))).collect();
        let held = steps
            .iter()
            .take_while(|step| **step == TestStep::Hold)
            .count();
        assert!((1..20).contains(&held), "{steps:?}");
        let end = Decision {
            verdict: Clearance::Below,
            because: Stop::Decided,
        };
        assert_eq!(steps.last(), Some(&TestStep::Done(end)));
    }

    #[test]
    fn a_slow_link_never_ends_before_a_second_and_at_the_need_never_decides() {
        let (ticks, decision) = even(&mut usual(), 0);
        assert_eq!(decision.verdict, Clearance::Below);
        assert!(ticks >= 20);
        let (ticks, decision) = even(&mut usual(), 1250);
        assert_eq!((ticks, decision), (160, Decision::uncertain(Stop::MaxTime)));
    }

    #[test]
    fn a_window_that_holds_the_rate_is_no_evidence_against_the_link() {
        let mut test = RateTest::new(RateRule::down(200_000, Duration::from_secs(8)), true);
        let (_, decision) = even(&mut test, 400);
        assert_eq!(decision, Decision::uncertain(Stop::WindowLimited));
        assert_eq!(test.goodput(0).unwrap().high_bps, None);
    }

    #[test]
    fn nothing_at_all_is_below_and_has_no_estimate() {
        let mut test = usual();
        let decision = test.stop(Stop::NoData);
        assert_eq!(decision.verdict, Clearance::Below);
        assert_eq!(test.feed(9_999_999), TestStep::Done(decision));
        assert_eq!(test.stop(Stop::Budget), decision);
        let goodput = test.goodput(300).unwrap();
        assert_eq!((goodput.estimate_bps, goodput.confidence), (None, None));
    }

    #[test]
    fn a_count_that_falls_is_one_that_stands_still() {
        let mut test = usual();
        test.feed(5_000);
        test.feed(1_000);
        assert_eq!(test.counts, [0.0, 5_000.0, 5_000.0]);
    }

    #[test]
    fn the_interval_holds_the_rate_it_was_fed() {
        for per_tick in [300_u64, 625, 1000, 1600, 2500] {
            let mut test = usual();
            even(&mut test, per_tick);
            let goodput = test.goodput(0).unwrap();
            let rate = Some(per_tick * 20 * 8);
            assert!(goodput.low_bps <= rate, "{goodput:?}");
            assert!(goodput.high_bps.is_none() || goodput.high_bps >= rate);
            assert!(goodput.confidence >= Some(0.98));
        }
    }

    #[test]
    fn the_bounds_of_an_even_flow_are_those_of_the_confidence_sequence_and_the_verdict() {
        // Computed apart from this code: bytes a tick, ticks to the end, bit/s (low, estimate, high), per cent.
        let table = [
            (300, 34, (0, 48_000, 230_000), 98.0),
            (1_000, 90, (57_175, 160_000, 230_000), 98.0),
            (1_250, 160, (142_519, 200_000, 257_481), 99.0),
            (1_600, 74, (170_000, 256_000, 382_337), 98.0),
            (2_500, 31, (170_000, 400_000, 688_623), 98.0),
        ];
        for (per_tick, ticks, (low, estimate, high), percent) in table {
            let mut test = usual();
            assert_eq!(even(&mut test, per_tick).0, ticks, "{per_tick}");
            let goodput = test.goodput(7).unwrap();
            let bounds = (goodput.low_bps, goodput.estimate_bps, goodput.high_bps);
            assert_eq!(
                bounds,
                (Some(low), Some(estimate), Some(high)),
                "{per_tick}"
            );
            let confidence = goodput.confidence.unwrap() * 100.0;
            assert!((confidence - percent).abs() < 1e-9, "{confidence}");
            assert!((goodput.seconds - ticks as f64 * 0.05).abs() < 1e-9);
            assert_eq!(goodput.bytes, 7);
        }
    }

    #[test]
    fn a_test_that_ends_on_the_tick_that_its_judging_starts_on_has_no_estimate() {
        let mut test = usual();
        assert_eq!(test.feed(20_000), TestStep::Continue);
        test.stop(Stop::Ended);
        let goodput = test.goodput(0).unwrap();
        assert_eq!((goodput.estimate_bps, goodput.confidence), (None, None));
    }
}
