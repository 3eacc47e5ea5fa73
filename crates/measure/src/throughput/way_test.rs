//! The test of one way of a link on which the other way and a call are under way too: a count a tick in, a word out.
//!
//! It differs from the test of a way alone ([`super::RateTest`]) in what may hold a flow up that is no fault of its own: the
//! acknowledgements that wait in the other way's queue, and the pauses in which nothing was offered. So a way is called slow
//! only while it runs, slower than the need, with its own queue standing; and one that meets the need goes on, held at the
//! need, until it stops doing so. It reads no clock and knows no socket.

use super::dispersion::TICK_S;
use super::report::{Clearance, Goodput, Stop};
use crate::number::whole;

/// Half the width of the zone around the need in which no verdict is promised, as a share of it.
const ZONE: f64 = 0.15;
/// The chance of a wrong verdict outside the zone, each way.
const ERROR: f64 = 0.01;
/// Dispersion (variance over mean, bytes) that is assumed before anything is seen: a full segment, for paced counts are
/// regular.
const PRIOR: f64 = 1448.0;
/// How many observations that assumption weighs.
const PRIOR_WEIGHT: f64 = 3.0;
/// Dispersion is never taken to be less.
const FLOOR: f64 = 400.0;
/// Block lengths in ticks: 0.1, 0.2, 0.4 and 0.8 s.
const SCALES: [usize; 4] = [2, 4, 8, 16];
/// Seconds before anything is judged: the first flight, the acknowledgements' clock.
const WARM_UP: f64 = 0.4;
/// No way is called slow sooner, seconds.
const SHORTEST: f64 = 1.0;
/// A share of the need; what runs as fast as this is not called slow.
const NEARLY: f64 = 0.95;
/// The latest part of a flow, in ticks and in seconds.
const LATELY: (usize, f64) = (6, 0.3);
/// After so many seconds a flow that pauses or catches up may be called slow too, and one whose call is not answered.
const PATIENCE: f64 = 3.0;
/// The queue of a way that is its own bottleneck, seconds at least.
const QUEUE: f64 = 0.05;
/// A call without an answer for so long tells nothing of the queues, milliseconds.
const SILENCE: f64 = 300.0;
/// The evidence that a way meets the need has melted at this share of what it was.
const MELTED: f64 = 0.25;
/// Sums of ticks in binary fractions; a nanosecond decides nothing.
const SLACK: f64 = 1e-9;

/// How careful the test is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct WayRule {
    /// Dispersion that is assumed of a way before it is called slow, bytes,
    pub(crate) below_prior: f64,
    /// where it runs at this share of the need or more; elsewhere the usual one.
    pub(crate) from_share: f64,
}

impl WayRule {
    /// As it is measured by. Twice as much was tried (docs/measuring.md, "A more careful test").
    pub(crate) const USUAL: Self = Self {
        below_prior: PRIOR,
        from_share: 0.0,
    };
}

/// What is seen of one way at a tick.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct WayTick {
    /// What crossed it since its first payload, the call and the other way's acknowledgements too, in bytes of TCP payload.
    pub(crate) count: f64,
    /// Its queue, as the call's last answer shows it; where nothing tells, more than any.
    pub(crate) own_ms: f64,
    /// Way up: the queue down, in which acknowledgements and answers wait. Way down: none.
    pub(crate) late_ms: f64,
    /// How long the need's line has stood still so far, since less than the need was offered.
    pub(crate) still_ms: f64,
    /// Since the call's last answer.
    pub(crate) silent_ms: f64,
}

/// What a way's test says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WayWord {
    /// Nothing yet.
    GoOn,
    /// It meets the need, as far as was seen.
    Meets,
    /// It does not; that stays so.
    Below,
}

/// One way's test under way.
#[derive(Debug, Clone)]
pub(crate) struct WayTest {
    /// Bytes of TCP payload a second.
    need: f64,
    rule: WayRule,
    /// One count a tick; tick 0 has none.
    counts: Vec<f64>,
    /// The tick that the judging starts at.
    warm: Option<usize>,
    /// The band that was cleared, while it is.
    met: Option<f64>,
    /// When, and how long the need's line had stood still by then.
    met_at: Option<(usize, f64)>,
    /// Seconds that the need's line has stood still.
    still: f64,
    is_below: bool,
}

impl WayTest {
    /// Of this need, in bytes of TCP payload a second.
    pub(crate) fn new(need: f64) -> Self {
        Self::of(need, WayRule::USUAL)
    }

    /// The same by another rule.
    pub(crate) fn of(need: f64, rule: WayRule) -> Self {
        Self {
            need,
            rule,
            counts: vec![0.0],
            warm: None,
            met: None,
            met_at: None,
            still: 0.0,
            is_below: false,
        }
    }

    /// Takes what was seen at the next tick, 50 ms after the one before, from the way's first byte of payload on.
    pub(crate) fn feed(&mut self, tick: WayTick) -> WayWord {
        if self.is_below {
            return WayWord::Below;
        }
        self.counts.push(tick.count);
        self.still = tick.still_ms / 1000.0;
        let now = self.counts.len() - 1;
        if self.warm.is_none() && seconds(now) >= WARM_UP - SLACK {
            self.warm = Some(now);
        }
        if let Some(warm) = self.warm {
            self.judge(&tick, now, warm);
        }
        self.word()
    }

    /// What it said last.
    pub(crate) fn word(&self) -> WayWord {
        if self.is_below {
            WayWord::Below
        } else if self.met.is_some() {
            WayWord::Meets
        } else {
            WayWord::GoOn
        }
    }

    fn judge(&mut self, tick: &WayTick, now: usize, warm: usize) {
        let odds = ((1.0 - ERROR) / ERROR).ln();
        // At the longer scales little has been seen: an assumption of the same length says less there. To call a way slow it
        // keeps its whole weight.
        let spread = self.dispersion(now, warm, PRIOR, 0.0);
        let careful = spread.max(self.dispersion(now, warm, self.below_prior(now, warm), 1.0));
        let above = odds * spread / (2.0 * ZONE);
        let short = (odds + std::f64::consts::LN_2) * careful / (2.0 * ZONE);
        let (time, still) = (seconds(now), self.still);
        let whole = tick.count - self.need * (time - still);
        let lead =
            tick.count - self.counts[warm] - self.need * (time - warm as f64 * TICK_S - still);
        // In doubt it has arrived already.
        let late = self.need * tick.late_ms / 1000.0;
        match self.met {
            None if lead >= above => {
                self.met = Some(above);
                self.met_at = Some((now, still));
            }
            Some(met) if lead < MELTED * met => self.met = None,
            None if time >= SHORTEST - SLACK
                && (whole + late <= -short || lead + late <= -short) =>
            {
                self.is_below =
                    !self.once_met(now, warm) && self.runs_slowly(now) && is_its_own(tick, time);
            }
            _ => {}
        }
    }

    /// What is assumed before it is called slow.
    fn below_prior(&self, now: usize, warm: usize) -> f64 {
        let needed = self.need * (seconds(now - warm) - self.still);
        let is_near = self.counts[now] - self.counts[warm] >= self.rule.from_share * needed;
        if is_near {
            self.rule.below_prior
        } else {
            PRIOR
        }
    }

    /// Nominal time since the first payload byte.
    pub(crate) fn seconds(&self) -> f64 {
        seconds(self.counts.len() - 1)
    }

    /// Variance over mean of what was counted, in bytes.
    pub(crate) fn spread(&self) -> f64 {
        let now = self.counts.len() - 1;
        self.warm
            .map_or(PRIOR, |warm| self.dispersion(now, warm, PRIOR, 0.0))
    }

    /// What it concludes, where it ended for this reason; `bytes` is what it cost. Of a way that meets the need the rate is
    /// the one seen when that was known: more was not asked of it.
    pub(crate) fn goodput(&self, because: Stop, bytes: u64) -> Goodput {
        let now = self.counts.len() - 1;
        let (verdict, (end, still)) = match (self.word(), self.met_at) {
            (WayWord::Meets, Some(met)) => (Clearance::Meets, met),
            (WayWord::Below, _) => (Clearance::Below, (now, self.still)),
            _ => (Clearance::Uncertain, (now, self.still)),
        };
        let because = if verdict == Clearance::Uncertain {
            because
        } else {
            Stop::Decided
        };
        let interval = self.interval(end, still);
        // The verdict rules out what is beyond the zone on the other side, by its own error.
        let (least, most, errors) = match verdict {
            Clearance::Meets => (self.need * (1.0 - ZONE), f64::INFINITY, 2.0),
            Clearance::Below => (0.0, self.need * (1.0 + ZONE), 2.0),
            Clearance::Uncertain => (0.0, f64::INFINITY, 1.0),
        };
        // What came while it was watched is no estimate: it carried that.
        let carried = match verdict {
            Clearance::Meets => self.carried(),
            Clearance::Below | Clearance::Uncertain => 0.0,
        };
        let bits = |rate: f64| whole(rate * 8.0);
        Goodput {
            verdict,
            estimate_bps: interval.map(|(rate, _)| bits(rate)),
            low_bps: interval
                .map(|(rate, width)| bits((rate - width).max(least).max(carried).min(rate))),
            high_bps: interval
                .map(|(rate, width)| bits((rate + width).min(most).max(rate)))
                .filter(|_| verdict != Clearance::Meets),
            confidence: interval.map(|_| 1.0 - errors * ERROR),
            bytes,
            seconds: self.seconds(),
            stopped_because: because,
        }
    }

    /// Bytes a second, of all the time that anything was offered.
    fn carried(&self) -> f64 {
        let span = self.seconds() - self.still;
        let count = self.counts.last().copied().unwrap_or(0.0);
        if span > 0.0 { count / span } else { 0.0 }
    }

    /// Rate and half width in bytes a second at a tick: the normal mixture confidence sequence, which holds at whatever
    /// moment the test stops (Robbins; Howard et al. 2021).
    fn interval(&self, tick: usize, still: f64) -> Option<(f64, f64)> {
        let warm = self.warm.filter(|&warm| warm < tick)?;
        let seconds = seconds(tick - warm) - still;
        if seconds <= 0.0 {
            return None;
        }
        let rate = (self.counts[tick] - self.counts[warm]) / seconds;
        let variance = self.dispersion(tick, warm, PRIOR, 1.0) * self.need * seconds;
        let mixture = 2.0 * PRIOR * self.need;
        let sum = variance + mixture;
        let width = (sum * (2.0 * (1.0 / ERROR).ln() + (sum / mixture).ln())).sqrt();
        Some((rate, width / seconds))
    }

    /// Whether a third of the time ran at the need: that is a fade, and no slow link.
    fn once_met(&self, now: usize, warm: usize) -> bool {
        let third = (now - warm) / 3;
        let met = NEARLY * self.need * third as f64 * TICK_S;
        third > 0
            && (0..3).any(|part| {
                self.counts[now - part * third] - self.counts[now - (part + 1) * third] >= met
            })
    }

    /// Whether it ran lately, and slower than the need: a pause, and catching up after one, say nothing yet.
    fn runs_slowly(&self, now: usize) -> bool {
        let lately = self.counts[now] - self.counts[now.saturating_sub(LATELY.0)];
        lately > 0.0 && lately < NEARLY * self.need * LATELY.1 || seconds(now) >= PATIENCE
    }

    /// Variance over mean of the counts, on the scale where it is greatest, each shrunk towards the prior. The prior weighs
    /// as many observations at every scale, or (`share` 0) as much time.
    fn dispersion(&self, now: usize, warm: usize, prior: f64, share: f64) -> f64 {
        let greatest = SCALES
            .iter()
            .filter_map(|&scale| self.of_scale(now, warm, scale, (prior, share)))
            .fold(0.0, f64::max);
        let estimate = if greatest > 0.0 { greatest } else { prior };
        estimate.max(FLOOR)
    }

    fn of_scale(
        &self,
        now: usize,
        warm: usize,
        scale: usize,
        (prior, share): (f64, f64),
    ) -> Option<f64> {
        let blocks = (now - warm) / scale;
        if blocks < 2 {
            return None;
        }
        let counts = &self.counts;
        let many = blocks as f64;
        let mean = (counts[now] - counts[now - blocks * scale]) / many;
        let mut spread = 0.0;
        if mean > 0.0 {
            for block in 0..blocks {
                let off = counts[now - block * scale] - counts[now - (block + 1) * scale] - mean;
                spread += off * off;
            }
            // Fading multiplies: above the need it is brought back to the need.
            spread = spread / mean * (self.need * scale as f64 * TICK_S / mean).min(1.0);
        }
        let weight = PRIOR_WEIGHT * (2.0 / scale as f64).powf(1.0 - share);
        Some((weight * prior + spread) / (weight + many - 1.0))
    }
}

/// Whether the shortfall is this way's own: its queue stands, or the call is not answered at all.
fn is_its_own(tick: &WayTick, time: f64) -> bool {
    tick.own_ms / 1000.0 >= QUEUE || tick.silent_ms > SILENCE && time >= PATIENCE
}

fn seconds(ticks: usize) -> f64 {
    ticks as f64 * TICK_S
}

#[cfg(test)]
mod tests;
