//! A transfer under way as the test sees it: when to count, how far it may go, and the end.

use std::time::Duration;

use super::rate_test::{Decision, RateTest, TestStep};
use super::report::{Goodput, Stop};
use super::rule::RateRule;
use super::ticks::Ticks;
use crate::number::whole;
use opensim_domain::time::Instant;

/// How long the first byte of payload is waited for after the request.
const PATIENCE: Duration = Duration::from_secs(6);
/// How often it is looked for.
const GLANCE: Duration = Duration::from_millis(10);

/// A test fed from a socket's count of bytes.
#[derive(Debug)]
pub(crate) struct Sampler {
    test: RateTest,
    /// The share of the socket's bytes that is payload.
    share: f64,
    asked: Instant,
    ticks: Option<Ticks>,
    /// The socket's count with the first segment of payload.
    base: Option<u64>,
    held: bool,
}

impl Sampler {
    /// Of a request that left at `asked`, over a socket whose bytes are payload to this share.
    pub(crate) fn new(rule: &RateRule, window_limited: bool, share: f64, asked: Instant) -> Self {
        Self {
            test: RateTest::new(rule.clone(), window_limited),
            share,
            asked,
            ticks: None,
            base: None,
            held: false,
        }
    }

    /// The first segment of payload came (or was acknowledged) at this moment, with this count.
    pub(crate) fn start(&mut self, at: Instant, count: u64) {
        self.ticks = Some(Ticks::from(at));
        self.base = Some(count);
    }

    /// Whether payload has come.
    pub(crate) fn has_started(&self) -> bool {
        self.ticks.is_some()
    }

    /// When to count next.
    pub(crate) fn next_look(&self, now: Instant) -> Instant {
        self.ticks.as_ref().map_or(now + GLANCE, Ticks::next)
    }

    /// Takes the socket's count at this moment, and whether it had come to its limit ([`Sampler::limit`]); the end, if
    /// this is it.
    pub(crate) fn look(&mut self, now: Instant, count: u64, limited: bool) -> Option<Decision> {
        let Some(ticks) = &mut self.ticks else {
            let silent = now - self.asked >= PATIENCE;
            return silent.then(|| self.test.stop(Stop::NoData));
        };
        if ticks.blind(now) {
            return Some(self.test.stop(Stop::Stalled));
        }
        let base = self.base.unwrap_or(count);
        let payload = whole(count.saturating_sub(base) as f64 * self.share);
        let mut due = 0;
        while ticks.take(now) {
            due += 1;
        }
        (0..due).find_map(|_| self.feed(payload, limited))
    }

    /// Takes the other end's count of payload on its own next tick; the end, if this is it.
    pub(crate) fn feed(&mut self, payload: u64, limited: bool) -> Option<Decision> {
        let step = if self.held || limited {
            self.test.feed_held(payload)
        } else {
            self.test.feed(payload)
        };
        self.held = step == TestStep::Hold;
        match step {
            TestStep::Continue | TestStep::Hold => None,
            TestStep::Done(decision) => Some(decision),
        }
    }

    /// Whether the evidence is there and the time is not.
    pub(crate) fn is_held(&self) -> bool {
        self.held
    }

    /// The socket's count that it need not pass by the next tick, and so much time ahead of it. Before payload has
    /// come it starts from `before`.
    pub(crate) fn limit(&self, before: u64, ahead: Duration) -> u64 {
        let enough = self.test.enough(ahead) / self.share;
        self.base.unwrap_or(before) + whole(enough.ceil()) + 1
    }

    /// It ends for a reason outside the test.
    pub(crate) fn stop(&mut self, because: Stop) -> Decision {
        self.test.stop(because)
    }

    /// What it concludes, once it has ended; `bytes` is what it cost.
    pub(crate) fn goodput(&self, bytes: u64) -> Option<Goodput> {
        self.test.goodput(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::throughput::Clearance;

    fn at(ms: u64) -> Instant {
        Instant::at(Duration::from_millis(ms))
    }

    fn sampler(share: f64) -> Sampler {
        let rule = RateRule::down(200_000, Duration::from_secs(8));
        Sampler::new(&rule, false, share, at(1_000))
    }

    #[test]
    fn nothing_for_six_seconds_is_no_data() {
        let mut sampler = sampler(1.0);
        assert_eq!(sampler.look(at(6_999), 0, false), None);
        assert_eq!(sampler.next_look(at(6_999)), at(7_009));
        let end = sampler.look(at(7_000), 0, false).unwrap();
        assert_eq!((end.verdict, end.because), (Clearance::Below, Stop::NoData));
    }

    #[test]
    fn a_process_that_was_not_run_blames_nobody() {
        let mut sampler = sampler(1.0);
        sampler.start(at(1_100), 0);
        assert_eq!(sampler.look(at(1_150), 1_000, false), None);
        let end = sampler.look(at(2_000), 1_000, false).unwrap();
        assert_eq!(
            (end.verdict, end.because),
            (Clearance::Uncertain, Stop::Stalled)
        );
    }

    #[test]
    fn a_fast_link_is_let_on_to_what_decides_and_then_at_the_need() {
        let mut sampler = sampler(0.985);
        let skip = sampler.limit(300, Duration::ZERO);
        assert_eq!(skip, 300 + 24_952);
        sampler.start(at(1_000), 500);
        let mut limits = Vec::new();
        let mut end = None;
        for tick in 1..=20 {
            // The link is as fast as it is let.
            limits.push(sampler.limit(0, Duration::ZERO));
            end = sampler.look(at(1_000 + tick * 50), limits[limits.len() - 1], true);
            assert_eq!(sampler.is_held(), (2..20).contains(&tick), "{tick}");
        }
        assert_eq!(end.map(|end| end.verdict), Some(Clearance::Meets));
        assert!(limits[1] - limits[0] < 50_000, "{limits:?}");
        let steps: Vec<u64> = limits[1..]
            .windows(2)
            .map(|pair| pair[1] - pair[0])
            .collect();
        assert!(
            steps.iter().all(|step| (1_268..=1_270).contains(step)),
            "{steps:?}"
        );
        let goodput = sampler.goodput(0).unwrap();
        assert!(goodput.estimate_bps > Some(5_000_000) && goodput.high_bps.is_none());
        assert!(limits[19] < 100_000, "{limits:?}");
    }

    #[test]
    fn a_link_that_stops_on_hold_is_let_go_again() {
        let mut sampler = sampler(1.0);
        sampler.start(at(1_000), 500);
        let mut count = 500;
        for tick in 1..=6 {
            count += 12_500;
            assert_eq!(sampler.look(at(1_000 + tick * 50), count, false), None);
        }
        assert!(sampler.is_held());
        let ends = (7..=160).find_map(|tick| sampler.look(at(1_000 + tick * 50), count, false));
        assert!(!sampler.is_held());
        assert_ne!(ends.unwrap().verdict, Clearance::Meets);
    }

    #[test]
    fn what_is_ahead_may_be_let_on_too() {
        let mut sampler = sampler(1.0);
        sampler.start(at(1_000), 0);
        sampler.look(at(1_050), 20_000, true);
        let ahead = sampler.limit(0, Duration::from_secs(1)) - sampler.limit(0, Duration::ZERO);
        assert_eq!(ahead, 25_000);
    }

    #[test]
    fn only_payload_is_counted() {
        let mut sampler = sampler(0.5);
        sampler.start(at(1_000), 10_000);
        sampler.look(at(1_050), 20_000, false);
        sampler.stop(Stop::Ended);
        let goodput = sampler.goodput(7).unwrap();
        assert_eq!((goodput.bytes, goodput.estimate_bps), (7, None));
    }

    /// Feeds an even flow, so many bytes on the socket each tick, and gives how long it took and what it concludes.
    fn even(share: f64, per_tick: u64, limited: bool) -> (u64, Goodput) {
        let mut sampler = sampler(share);
        assert!(!sampler.has_started());
        sampler.start(at(1_000), 700);
        assert!(sampler.has_started());
        let end = (1..=160).find(|tick| {
            let count = 700 + tick * per_tick;
            let look = sampler.look(at(1_000 + tick * 50), count, limited);
            look.is_some()
        });
        (end.unwrap(), sampler.goodput(0).unwrap())
    }

    #[test]
    fn what_is_no_payload_changes_nothing() {
        let plain = even(1.0, 1_600, false);
        assert_eq!(plain.1.verdict, Clearance::Meets);
        assert_eq!(even(0.5, 3_200, false), plain);
    }

    #[test]
    fn a_flow_that_came_to_its_limit_may_be_faster_than_it_showed() {
        let (_, free) = even(1.0, 1_600, false);
        let (_, limited) = even(1.0, 1_600, true);
        assert!(free.high_bps.is_some() && limited.high_bps.is_none());
    }
}
