//! A simulated TCP connection that gives its segments one way: both ends of it, in one.
//!
//! Much as Linux does it: ten segments to begin with, loss found by what was acknowledged selectively, one reduction a
//! round trip to 0.7, a timer that is taken back where it fired too soon (F-RTO, RFC 5682), delayed acknowledgements.

use super::link::{Load, OneWay};
use crate::number::whole;
use crate::throughput::SEGMENT;

const FIRST_WINDOW: f64 = 10.0;
const LARGEST_WINDOW: f64 = 100.0;
/// What is left of the window after a loss.
const REDUCED: f64 = 0.7;
/// Segments a round trip, and what of it stands for CUBIC's faster growth.
const GROWTH: f64 = 0.93;
/// The least that a timer adds to the round trip, milliseconds.
const LEAST_TIMER: f64 = 200.0;
const LONGEST_BACKOFF: f64 = 16.0;
/// So long an acknowledgement waits for a second segment, milliseconds.
const DELAYED: u64 = 40;
/// So many later ones have come before a segment is taken for lost.
const REORDERED: usize = 3;

/// One segment.
#[derive(Debug, Clone, Copy, Default)]
struct Segment {
    sent_at: u64,
    is_repeated: bool,
    has_come: bool,
}

#[derive(Debug)]
pub(super) struct Flow {
    segments: Vec<Segment>,
    /// What the application gave, in segments.
    given: usize,
    /// The first that has not been acknowledged, and the first that was never sent.
    acknowledged: usize,
    unsent: usize,
    /// The first that has not come, and the highest that has.
    wanted: usize,
    highest: usize,
    /// The highest that the sender knows to have come.
    known: usize,
    window: f64,
    threshold: f64,
    /// Until this one is acknowledged what was lost is repeated.
    recovery: Option<usize>,
    smoothed: f64,
    varied: f64,
    round_trip: u64,
    timer: Option<u64>,
    backoff: f64,
    /// The window before the timer fired, while that may have been wrong.
    before_timer: Option<f64>,
    pending: u32,
    ack_at: Option<u64>,
}

impl Flow {
    pub(super) fn new(round_trip: u64) -> Self {
        Self {
            segments: Vec::new(),
            given: 0,
            acknowledged: 0,
            unsent: 0,
            wanted: 0,
            highest: 0,
            known: 0,
            window: FIRST_WINDOW,
            threshold: 1e9,
            recovery: None,
            smoothed: round_trip as f64,
            varied: round_trip as f64 / 2.0,
            round_trip,
            timer: None,
            backoff: 1.0,
            before_timer: None,
            pending: 0,
            ack_at: None,
        }
    }

    /// The application gives one more segment.
    pub(super) fn give(&mut self) {
        self.given += 1;
        self.segments.push(Segment::default());
    }

    /// Bytes that the application gave.
    pub(super) fn given(&self) -> u64 {
        bytes(self.given)
    }

    /// Bytes that were acknowledged.
    pub(super) fn done(&self) -> u64 {
        bytes(self.acknowledged)
    }

    /// Bytes that may be read at the other end.
    pub(super) fn read(&self) -> u64 {
        bytes(self.wanted)
    }

    /// At the other end a segment comes.
    pub(super) fn take(&mut self, number: usize, now: u64) {
        self.segments[number].has_come = true;
        self.highest = self.highest.max(number);
        let in_order = number == self.wanted;
        while self.segments.get(self.wanted).is_some_and(|s| s.has_come) {
            self.wanted += 1;
        }
        self.pending += 1;
        if self.pending >= 2 || !in_order || self.highest >= self.wanted {
            self.ack_at = Some(now);
        } else if self.ack_at.is_none() {
            self.ack_at = Some(now + DELAYED);
        }
    }

    /// What the other end acknowledges by now, if that is due.
    pub(super) fn acknowledges(&mut self, now: u64) -> Option<Load> {
        self.ack_at.take_if(|at| *at <= now)?;
        self.pending = 0;
        Some(Load::Ack(self.wanted))
    }

    /// An acknowledgement comes.
    pub(super) fn hear(&mut self, next: usize, now: u64) {
        self.known = self.known.max(self.highest);
        if next > self.acknowledged {
            self.advance(next, now);
        }
        let first = self.segments.get(self.acknowledged);
        let is_lost = self.known >= self.acknowledged + REORDERED
            && first.is_some_and(|segment| !segment.has_come);
        if self.recovery.is_none() && is_lost {
            self.threshold = (REDUCED * self.window).max(2.0);
            self.window = self.threshold;
            self.recover();
        }
    }

    fn advance(&mut self, next: usize, now: u64) {
        let many = (next - self.acknowledged) as f64;
        let last = self.segments[next - 1];
        let trip = (now - last.sent_at) as f64;
        if !last.is_repeated {
            self.varied += ((trip - self.smoothed).abs() - self.varied) / 4.0;
            self.smoothed += (trip - self.smoothed) / 8.0;
        } else if now < last.sent_at + self.round_trip
            && let Some(window) = self.before_timer.take()
        {
            // The repeated one cannot have come yet.
            self.window = window;
            self.threshold = self.threshold.max(window);
            self.recovery = None;
            self.known = if self.highest >= self.wanted {
                self.highest
            } else {
                0
            };
        }
        self.acknowledged = next;
        self.backoff = 1.0;
        if self.recovery.is_some_and(|until| next >= until) {
            self.recovery = None;
            self.known = self.highest;
        }
        if self.recovery.is_none() {
            let slow_start = self.window < self.threshold;
            let more = if slow_start {
                many
            } else {
                GROWTH * many / self.window
            };
            self.window = (self.window + more).min(LARGEST_WINDOW);
        }
        self.timer = (next < self.unsent).then(|| now + self.patience());
    }

    /// Gives the link what may be sent now.
    pub(super) fn send(&mut self, now: u64, link: &mut OneWay) {
        if self.timer.is_some_and(|at| now >= at) {
            self.time_out(now);
        }
        let outstanding = self.acknowledged..self.unsent;
        let mut pipe = outstanding
            .filter(|&number| self.is_on_its_way(number))
            .count() as f64;
        if let Some(until) = self.recovery {
            for number in self.acknowledged..self.unsent.min(until) {
                let segment = self.segments[number];
                let is_lost = !segment.has_come && number + REORDERED <= self.known;
                if pipe < self.window && is_lost && !segment.is_repeated {
                    self.segments[number].is_repeated = true;
                    self.segments[number].sent_at = now;
                    pipe += 1.0;
                    link.offer(Load::Data(number));
                }
            }
        }
        while pipe < self.window.floor() && self.unsent < self.given {
            self.segments[self.unsent].sent_at = now;
            link.offer(Load::Data(self.unsent));
            self.unsent += 1;
            pipe += 1.0;
            self.timer = self.timer.or(Some(now + self.patience()));
        }
    }

    fn is_on_its_way(&self, number: usize) -> bool {
        let segment = self.segments[number];
        let is_taken_for_lost =
            self.recovery.is_some() && !segment.is_repeated && number + REORDERED <= self.known;
        !segment.has_come && !is_taken_for_lost
    }

    fn time_out(&mut self, now: u64) {
        self.before_timer = Some(self.window);
        self.threshold = (REDUCED * self.window).max(2.0);
        self.window = 1.0;
        self.backoff = (self.backoff * 2.0).min(LONGEST_BACKOFF);
        // All that has not come is taken for lost.
        self.known = self.unsent + REORDERED;
        self.recover();
        self.timer = Some(now + whole(self.patience() as f64 * self.backoff));
    }

    fn recover(&mut self) {
        self.recovery = Some(self.unsent);
        for segment in &mut self.segments[self.acknowledged..self.unsent] {
            segment.is_repeated = false;
        }
    }

    fn patience(&self) -> u64 {
        whole(self.smoothed + (4.0 * self.varied).max(LEAST_TIMER))
    }
}

fn bytes(segments: usize) -> u64 {
    segments as u64 * SEGMENT
}
