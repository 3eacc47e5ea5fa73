//! A transfer under way as the test sees it: when to count, how far it may go, and the end.

use std::time::Duration;

use super::rate_test::{Decision, RateTest, Step};
use super::report::{Goodput, Stop};
use super::rule::Rule;
use super::ticks::{TICK, Ticks};
use crate::clock::Instant;
use crate::measure::number::whole;

/// How long the first byte of payload is waited for after the request.
const PATIENCE: Duration = Duration::from_secs(6);
/// How often it is looked for.
const GLANCE: Duration = Duration::from_millis(10);

/// A test fed from a socket's count of bytes.
#[derive(Debug)]
pub(in crate::measure) struct Course {
    test: RateTest,
    need: f64,
    /// The share of the socket's bytes that is payload.
    share: f64,
    asked: Instant,
    ticks: Option<Ticks>,
    /// The socket's count with the first segment of payload.
    base: u64,
    held: Option<Hold>,
}

/// A test on hold.
#[derive(Debug, Clone, Copy)]
struct Hold {
    /// Since when.
    since: Instant,
    /// The socket's count then.
    count: u64,
    /// The last tick.
    tick: Instant,
}

impl Course {
    /// Of a request that left at `asked`, over a socket whose bytes are payload to this share.
    pub(in crate::measure) fn new(
        rule: &Rule,
        window_limited: bool,
        share: f64,
        asked: Instant,
    ) -> Self {
        Self {
            test: RateTest::new(rule.clone(), window_limited),
            need: rule.need,
            share,
            asked,
            ticks: None,
            base: 0,
            held: None,
        }
    }

    /// The first segment of payload came (or was acknowledged) at this moment, with this count.
    pub(in crate::measure) fn start(&mut self, at: Instant, count: u64) {
        self.ticks = Some(Ticks::from(at));
        self.base = count;
    }

    /// Whether payload has come.
    pub(in crate::measure) fn has_started(&self) -> bool {
        self.ticks.is_some()
    }

    /// When to count next.
    pub(in crate::measure) fn next_look(&self, now: Instant) -> Instant {
        self.ticks.as_ref().map_or(now + GLANCE, Ticks::next)
    }

    /// Takes the socket's count at this moment; the end, if this is it.
    pub(in crate::measure) fn look(&mut self, now: Instant, count: u64) -> Option<Decision> {
        let Some(ticks) = &mut self.ticks else {
            let silent = now - self.asked >= PATIENCE;
            return silent.then(|| self.test.stop(Stop::NoData));
        };
        if ticks.blind(now) {
            return Some(self.test.stop(Stop::Stalled));
        }
        let payload = whole(count.saturating_sub(self.base) as f64 * self.share);
        let mut due = 0;
        while ticks.take(now) {
            due += 1;
        }
        (0..due).find_map(|_| self.step(now, payload, count))
    }

    /// Takes the other end's count of payload on its own next tick; the end, if this is it. `count` is the socket's.
    pub(in crate::measure) fn told(
        &mut self,
        now: Instant,
        payload: u64,
        count: u64,
    ) -> Option<Decision> {
        self.step(now, payload, count)
    }

    fn step(&mut self, now: Instant, payload: u64, count: u64) -> Option<Decision> {
        let step = if self.held.is_some() {
            self.test.feed_held(payload)
        } else {
            self.test.feed(payload)
        };
        match step {
            Step::Continue => self.held = None,
            Step::Hold => {
                let hold = self.held.get_or_insert(Hold {
                    since: now,
                    count,
                    tick: now,
                });
                hold.tick = now;
            }
            Step::Done(decision) => return Some(decision),
        }
        None
    }

    /// What the socket may have moved by the next tick, where the test is on hold: the need and no more. It goes by
    /// ticks, so that nothing is moved by the byte.
    pub(in crate::measure) fn hold_at(&self) -> Option<u64> {
        let hold = self.held?;
        Some(hold.count + self.needed(hold.tick + TICK - hold.since))
    }

    /// At most so much that was let through on hold can still be on its way; `None` where it was not on hold for
    /// two round trips, and the whole window may be.
    pub(in crate::measure) fn held_in_flight(
        &self,
        now: Instant,
        round_trip: Duration,
    ) -> Option<u64> {
        let hold = self.held?;
        let span = round_trip * 2 + TICK;
        (now - hold.since >= span).then(|| self.needed(span))
    }

    /// Bytes of the socket that the need takes in a time.
    fn needed(&self, span: Duration) -> u64 {
        whole((self.need * span.as_secs_f64() / self.share).ceil())
    }

    /// It ends for a reason outside the test.
    pub(in crate::measure) fn stop(&mut self, because: Stop) -> Decision {
        self.test.stop(because)
    }

    /// What it concludes, once it has ended; `bytes` is what it cost.
    pub(in crate::measure) fn goodput(&self, bytes: u64) -> Option<Goodput> {
        self.test.goodput(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::throughput::Clearance;

    fn at(ms: u64) -> Instant {
        Instant::at(Duration::from_millis(ms))
    }

    fn course(share: f64) -> Course {
        let rule = Rule::down(200_000, Duration::from_secs(8));
        Course::new(&rule, false, share, at(1_000))
    }

    #[test]
    fn nothing_for_six_seconds_is_no_data() {
        let mut course = course(1.0);
        assert_eq!(course.look(at(6_999), 0), None);
        assert_eq!(course.next_look(at(6_999)), at(7_009));
        let end = course.look(at(7_000), 0).unwrap();
        assert_eq!((end.verdict, end.because), (Clearance::Below, Stop::NoData));
    }

    #[test]
    fn a_process_that_was_not_run_blames_nobody() {
        let mut course = course(1.0);
        course.start(at(1_100), 0);
        assert_eq!(course.look(at(1_150), 1_000), None);
        let end = course.look(at(2_000), 1_000).unwrap();
        assert_eq!(
            (end.verdict, end.because),
            (Clearance::Uncertain, Stop::Stalled)
        );
    }

    #[test]
    fn on_hold_it_may_go_on_at_the_need_and_is_let_go_again() {
        let mut course = course(0.985);
        course.start(at(1_000), 500);
        let mut count = 500;
        for tick in 1..=6 {
            count += 12_500;
            assert_eq!(course.look(at(1_000 + tick * 50), count), None);
        }
        let first = course.hold_at().unwrap();
        count += 1_250;
        assert_eq!(course.look(at(1_350), count), None);
        let later = course.hold_at().unwrap() - first;
        assert!((1_269..=1_270).contains(&later), "{later}");
        // The link stops: the evidence melts, and with it the hold.
        let end = (8..=160).find_map(|tick| course.look(at(1_000 + tick * 50), count));
        assert_eq!(course.hold_at(), None);
        assert_ne!(end.unwrap().verdict, Clearance::Meets);
    }

    #[test]
    fn only_payload_is_counted() {
        let mut course = course(0.5);
        course.start(at(1_000), 10_000);
        course.look(at(1_050), 20_000);
        course.stop(Stop::Ended);
        let goodput = course.goodput(7).unwrap();
        assert_eq!((goodput.bytes, goodput.estimate_bps), (7, None));
    }
}
