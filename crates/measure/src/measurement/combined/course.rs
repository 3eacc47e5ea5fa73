//! The course of the combined test: what is seen of both ways and of the call goes in, how they are to be driven and when it
//! is over comes out. It reads no clock and knows no socket.

use std::ops::Range;
use std::time::Duration;

use crate::throughput::{Drive, SEGMENT, Stop, TICK, Ticks, WayTest, WayTick, WayWord};
use crate::voice::{Call, INTERVAL};
use opensim_domain::time::Instant;

/// Pushed at so much of the need; where the link is slower than that, at this.
pub(super) const PUSH: f64 = 1.2;
pub(super) const HARD: f64 = 3.0;
/// Packets of the call a second.
pub(super) const PACKETS: f64 = 50.0;
/// What the push had queued has drained when a packet waits no longer than this, and is not waited for longer.
const DRAINED_MS: f64 = 30.0;
const DRAIN: Duration = Duration::from_millis(600);
/// So much of the call beside the need rates it.
const RATED: usize = 100;
/// How often it is looked whether all of it was clean.
const LOOK: Duration = Duration::from_millis(100);
/// What came before, with a round trip, is not looked at: the first burst.
const HEAD: Duration = Duration::from_millis(300);
/// What is younger, with a round trip, may still be answered.
const TAIL: Duration = Duration::from_millis(40);
/// Clean with such a variation in milliseconds, over so many packets.
const CLEAN: [(f64, usize); 2] = [(20.0, 125), (60.0, 150)];
/// Of an undecided run the last so many packets are rated.
const LAST: usize = 125;
/// So far behind the push at the end, bytes, or with a queue that was never shorter than this over the last ticks,
/// milliseconds, the link is not much faster than the need.
const BEHIND: f64 = 1.5 * SEGMENT as f64;
const STANDING_MS: f64 = 30.0;
const LAST_TICKS: usize = 6;

/// One way, as a bystander sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct WaySeen {
    /// What crossed it so far, in bytes of TCP payload's worth; `None` before its first payload.
    pub(super) count: Option<f64>,
    pub(super) queue_ms: f64,
    /// Whether it is pushed hard: the link is slower than the push.
    pub(super) is_hard: bool,
}

/// What is seen at a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Seen {
    pub(super) now: Instant,
    pub(super) down: WaySeen,
    pub(super) up: WaySeen,
    /// When the call's last answer came.
    pub(super) answered: Instant,
    /// Packets of the call sent.
    pub(super) packets: usize,
    /// Bytes on the wire.
    pub(super) wire: u64,
}

/// The call, as far as it is asked for.
pub(super) trait Hearing {
    /// How many packets had been sent by a moment.
    fn sent_by(&self, moment: Instant) -> usize;

    /// The rating of a part of it.
    fn rate(&self, part: Range<usize>) -> Call;
}

/// What is to be tested.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    /// Down and up, bytes of TCP payload a second.
    pub(super) needs: [f64; 2],
    /// What a packet of the call is worth.
    pub(super) packet: f64,
    pub(super) round_trip: Duration,
    /// When the connections were open.
    pub(super) open: Instant,
    /// Undecided after so long, or so many bytes on the wire.
    pub(super) longest: Duration,
    pub(super) most: u64,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum End {
    /// A way falls short: the call is to be heard alone.
    Below,
    /// Both ways meet the need, and this part of the call was heard beside it.
    Heard(Range<usize>),
    /// Undecided, and why; this part of the call is the last.
    Undecided(Stop, Range<usize>),
}

/// The course of one way.
#[derive(Debug)]
pub(super) struct Way {
    pub(super) test: WayTest,
    need: f64,
    /// TCP's share of the need.
    share: f64,
    ticks: Option<Ticks>,
    base: f64,
    still_ms: f64,
    /// Its queue at the last ticks.
    queues_ms: [f64; LAST_TICKS],
    /// Whether the link is near the need, as the evidence came.
    pub(super) is_near: bool,
}

/// Both ways meet the need.
#[derive(Debug, Clone, Copy)]
struct Met {
    since: Instant,
    /// The first packet that is heard beside the need alone; `None` while the queues drain.
    from: Option<usize>,
}

/// A test under way.
#[derive(Debug)]
pub(super) struct Course {
    terms: Terms,
    pub(super) ways: [Way; 2],
    met: Option<Met>,
    last: Instant,
    looked: Instant,
    /// Whether the evidence melted once.
    pub(super) is_rough: bool,
}

impl Course {
    pub(super) fn new(terms: Terms) -> Self {
        let way = |need: f64| Way {
            test: WayTest::new(need),
            need,
            share: need - PACKETS * terms.packet,
            ticks: None,
            base: 0.0,
            still_ms: 0.0,
            queues_ms: [0.0; LAST_TICKS],
            is_near: false,
        };
        Self {
            terms,
            ways: terms.needs.map(way),
            met: None,
            last: terms.open,
            looked: terms.open,
            is_rough: false,
        }
    }

    /// How each way is to be driven, down and up.
    pub(super) fn drives(&self) -> [Drive; 2] {
        let is_paused = self.met.is_some_and(|met| met.from.is_none());
        [0, 1].map(|way| match self.ways[way].test.word() {
            _ if is_paused => Drive::Pause,
            WayWord::Meets => Drive::Hold,
            WayWord::GoOn | WayWord::Below => Drive::Push,
        })
    }

    /// When the next tick is due.
    pub(super) fn next(&self) -> Option<Instant> {
        let ticks = self.ways.iter().filter_map(|way| way.ticks.as_ref());
        ticks.map(Ticks::next).min()
    }

    /// Takes what is seen; the end, if this is it.
    pub(super) fn look(&mut self, seen: &Seen, hearing: &impl Hearing) -> Option<End> {
        let passed = (seen.now - self.last).as_secs_f64() * 1000.0;
        self.last = seen.now;
        let is_paused = self.met.is_some_and(|met| met.from.is_none());
        for (index, way) in self.ways.iter_mut().enumerate() {
            if is_paused {
                way.still_ms += passed * way.share / way.need;
            }
            let before = way.test.word();
            if way.look(seen, index == 1) {
                return Some(undecided(Stop::Stalled, seen));
            }
            self.is_rough |= before == WayWord::Meets && way.test.word() != WayWord::Meets;
        }
        let words = [0, 1].map(|way| self.ways[way].test.word());
        if words.contains(&WayWord::Below) {
            return Some(End::Below);
        }
        if words == [WayWord::Meets; 2] {
            return self.hold(seen, hearing);
        }
        self.met = None;
        let over = if seen.now - self.terms.open >= self.terms.longest {
            Stop::MaxTime
        } else if seen.wire >= self.terms.most {
            Stop::MaxBytes
        } else {
            return None;
        };
        Some(undecided(over, seen))
    }

    /// The end where nothing more may be sent, or nothing more comes.
    pub(super) fn stop(&self, because: Stop, packets: usize) -> End {
        match self.met {
            Some(Met {
                from: Some(from), ..
            }) => End::Heard(from..packets),
            _ => End::Undecided(because, packets.saturating_sub(LAST)..packets),
        }
    }

    fn hold(&mut self, seen: &Seen, hearing: &impl Hearing) -> Option<End> {
        let met = self.met.get_or_insert(Met {
            since: seen.now,
            from: None,
        });
        if met.from.is_none() {
            let queue = seen.down.queue_ms.max(seen.up.queue_ms);
            if queue < DRAINED_MS || seen.now - met.since > DRAIN {
                met.from = Some(seen.packets);
            }
        }
        let from = met.from;
        if seen.now - self.looked >= LOOK {
            self.looked = seen.now;
            if let Some(part) = self.clean(seen.now, hearing) {
                return Some(End::Heard(part));
            }
        }
        let from = from?;
        (seen.packets >= from + RATED).then_some(End::Heard(from..seen.packets))
    }

    /// All of the call since the first burst, where it was clean for long enough: it was heard beside the need or more.
    fn clean(&self, now: Instant, hearing: &impl Hearing) -> Option<Range<usize>> {
        let trip = self.terms.round_trip;
        let from = hearing.sent_by(self.terms.open + HEAD + trip);
        let settled = now.since_start().saturating_sub(trip + TAIL);
        let part = from..hearing.sent_by(Instant::at(settled));
        if part.len() < CLEAN[0].1 {
            return None;
        }
        let call = hearing.rate(part.clone());
        let varied = call.variation_ms.filter(|_| call.loss == Some(0.0))?;
        let is_clean = |(ms, packets)| varied < ms && part.len() >= packets;
        CLEAN.into_iter().any(is_clean).then_some(part)
    }
}

fn undecided(because: Stop, seen: &Seen) -> End {
    End::Undecided(because, seen.packets.saturating_sub(LAST)..seen.packets)
}

impl Way {
    /// Takes what is seen of it; whether this computer was too busy to see it.
    fn look(&mut self, seen: &Seen, is_up: bool) -> bool {
        let (own, other) = if is_up {
            (seen.up, seen.down)
        } else {
            (seen.down, seen.up)
        };
        let Some(count) = own.count else {
            return false;
        };
        let Some(ticks) = &mut self.ticks else {
            self.ticks = Some(Ticks::from(seen.now));
            self.base = count;
            return false;
        };
        if ticks.blind(seen.now) {
            return true;
        }
        while ticks.take(seen.now) {
            self.queues_ms.rotate_left(1);
            self.queues_ms[LAST_TICKS - 1] = own.queue_ms;
            let before = self.test.word();
            let word = self.test.feed(WayTick {
                count: count - self.base,
                own_ms: own.queue_ms,
                // Its acknowledgements and the call's answers wait there.
                late_ms: if is_up { other.queue_ms } else { 0.0 },
                still_ms: self.still_ms,
                silent_ms: (seen.now - seen.answered).as_secs_f64() * 1000.0,
            });
            if word == WayWord::Meets && before != word {
                let behind = PUSH * self.need * self.test.seconds() - (count - self.base);
                let stands = self.queues_ms.iter().all(|queue| *queue >= STANDING_MS);
                self.is_near |= own.is_hard || behind >= BEHIND || stands;
            }
        }
        false
    }
}

/// As long as so many packets take.
pub(super) fn span(packets: u32) -> Duration {
    INTERVAL * packets
}

const _: () = assert!(TICK.as_millis() == 50);

#[cfg(test)]
mod tests;
