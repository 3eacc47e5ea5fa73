//! One simulated measurement, as the client makes it: what it does at which moment, and what it says in the end.

use std::ops::Range;

use super::super::course::{Course, End, Hearing, Seen, Terms, WaySeen};
use super::super::{ALONE, DRAIN, Design, ROUGH, STANDSTILL};
use super::link::LinkSpec;
use super::world::{World, at, span};
use crate::measurement::plan::VoicePlan;
use crate::net::bill::Headers;
use crate::throughput::{Drive, Pacer, SEGMENT, WayRule, WayTest, WayWord};
use opensim_domain::time::Instant;

/// Bytes a second: 200 kbit/s.
const NEED: f64 = 25_000.0;
/// What two connections cost that are opened and reset.
const CONNECTIONS: f64 = 1_800.0;
/// A minute of a call, and what of it is not rated: the start, and what may still be answered. Milliseconds.
const MINUTE: u64 = 60_000;
const START: u64 = 2_000;
const REST: u64 = 1_500;

/// What came of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outcome {
    /// Down and up; `GoOn` where it was not decided.
    pub(super) words: [WayWord; 2],
    /// Of the whole measurement.
    pub(super) seconds: f64,
    /// Bytes on the wire, both ways.
    pub(super) wire: f64,
    /// The rated call.
    pub(super) mos: Option<f64>,
    /// Whether a minute's call may be worse.
    pub(super) at_best: bool,
    /// What each way could have carried while it was undecided, as a share of the need.
    pub(super) could: [f64; 2],
}

/// Measures such a link.
pub(super) fn measure(spec: &LinkSpec, rule: WayRule, seed: u64) -> Outcome {
    let mut run = Run::open(spec, rule, seed);
    let end = run.data();
    let from = run.world.speech.packets();
    run.drain();
    run.world.hang_up();
    let (part, is_beside) = match end {
        End::Heard(part) => (part, true),
        End::Undecided(_, part) => (part, false),
        End::Below => (from..from + run.alone(), false),
    };
    run.outcome(part, is_beside)
}

/// The rating of a minute's call over it, with the day's data beside it or alone.
pub(super) fn minute(spec: &LinkSpec, is_beside: bool, seed: u64) -> Option<f64> {
    let mut world = World::new(spec, seed);
    let terms = design().pace(NEED, span(world.round_trip));
    let mut up = Pacer::new(terms.rates(), terms.window, at(0));
    up.switch(Drive::Hold, 0);
    if is_beside {
        world.ask(&terms, Drive::Hold);
    }
    world.speak(usize::MAX);
    while world.now < MINUTE {
        world.pass();
        if is_beside {
            give(&mut up, &mut world);
        }
    }
    let from = world.speech.sent_by(at(START));
    let until = world.speech.sent_by(at(MINUTE - REST - world.round_trip));
    world.speech.rate(from..until).mos
}

/// What is usually asked of Ethernet: the day's need and a call.
fn design() -> Design {
    Design {
        voice: VoicePlan::default(),
        needs: [NEED; 2],
        headers: Headers {
            link: 14,
            ipv6: false,
        },
        longest: span(6_000),
        most: 400_000,
    }
}

/// Writes what may be written now.
fn give(pacer: &mut Pacer, world: &mut World) {
    let flow = &mut world.flows[1];
    pacer.advance(at(world.now), flow.given(), flow.done());
    while pacer.allows(SEGMENT, flow.given(), flow.done()) {
        flow.give();
    }
}

/// One under way.
struct Run {
    world: World,
    design: Design,
    course: Course,
    /// Of what goes up.
    up: Pacer,
    /// How much would have come down by now at the push.
    owed: Pacer,
    is_started: bool,
    drive: Drive,
    /// When the call began, for which nothing has been heard yet.
    spoke: Instant,
    /// Bytes of payload that each way could have carried while it was undecided, and for how many milliseconds.
    could: [(f64, f64); 2],
}

impl Run {
    /// Two packets for the round trip, the call, both connections at once.
    fn open(spec: &LinkSpec, rule: WayRule, seed: u64) -> Self {
        let mut world = World::new(spec, seed);
        let design = design();
        let trip = span(world.round_trip);
        let terms = design.pace(NEED, trip);
        let call = 2 * world.round_trip + world.phase();
        let asked = 3 * world.round_trip + world.round_trip / 2;
        while world.now < 4 * world.round_trip {
            if world.now == call {
                world.speak(usize::MAX);
            }
            if world.now == asked {
                world.ask(&terms, Drive::Push);
            }
            world.pass();
        }
        let open = at(world.now);
        let mut course = Course::new(Terms {
            needs: design.needs,
            packet: design.packet(),
            round_trip: trip,
            open,
            longest: design.longest,
            most: design.most,
        });
        for way in &mut course.ways {
            way.test = WayTest::of(NEED, rule);
        }
        Self {
            world,
            design,
            course,
            up: Pacer::new(terms.rates(), terms.window, open),
            owed: Pacer::new(terms.rates(), u64::MAX, open),
            is_started: false,
            drive: Drive::Push,
            spoke: at(call),
            could: [(0.0, 0.0); 2],
        }
    }

    /// Both transfers beside the call, until it is over.
    fn data(&mut self) -> End {
        loop {
            let seen = self.see();
            if let Some(end) = self.course.look(&seen, &self.world.speech) {
                return end;
            }
            let [down, up] = self.course.drives();
            if down != self.drive {
                self.drive = down;
                self.owed.switch(down, self.world.flows[0].read());
                self.world.tell(down);
            }
            let flow = &self.world.flows[1];
            self.up
                .advance(at(self.world.now), flow.given(), flow.done());
            self.up.switch(up, flow.given());
            give(&mut self.up, &mut self.world);
            self.world.pass();
            for way in 0..2 {
                if self.course.ways[way].test.word() == WayWord::GoOn {
                    self.could[way].0 += self.world.ways[way].offered;
                    self.could[way].1 += 1.0;
                }
            }
        }
    }

    fn see(&mut self) -> Seen {
        let world = &self.world;
        let now = at(world.now);
        let body = world.flows[0].read();
        if !self.is_started {
            self.is_started = body > 0;
            self.owed.restart(now, body);
        }
        self.owed.advance(now, body, body);
        let (packet, acknowledgement) = (self.design.packet(), self.design.acknowledgement());
        let packets = world.speech.packets();
        let queues = &world.speech.queues;
        let worth = |tcp: u64, answers: u32, acks: u64| {
            let sum = tcp as f64 + packet * f64::from(answers) + acknowledgement * acks as f64;
            (tcp > 0).then_some(sum)
        };
        Seen {
            now,
            down: WaySeen {
                count: worth(body, queues.answers(), world.acks[0]),
                queue_ms: queues.down_ms(),
                is_hard: self.owed.is_hard(),
            },
            up: WaySeen {
                count: worth(
                    world.flows[1].done(),
                    queues.reflected(packets),
                    world.acks[1],
                ),
                queue_ms: queues.up_ms(),
                is_hard: self.up.is_hard(),
            },
            answered: self.answered(),
            packets,
            wire: crate::number::whole(CONNECTIONS + world.wire()),
        }
    }

    fn answered(&self) -> Instant {
        self.world.speech.queues.last().unwrap_or(self.spoke)
    }

    /// Lets in what is on its way.
    fn drain(&mut self) {
        self.world.tell(Drive::Pause);
        self.world.speech.stop();
        let start = self.world.now;
        let still = span(self.world.round_trip) + STANDSTILL;
        let (mut last, mut since) = (0, at(start));
        loop {
            let now = at(self.world.now);
            let received = self.world.flows[0].read();
            if received != last {
                (last, since) = (received, now);
            }
            let up = &self.world.flows[1];
            let is_acknowledged = up.done() == up.given();
            let is_answered = self.world.speech.is_answered() || now - self.answered() >= still;
            let is_at_rest = now - since >= still && is_acknowledged && is_answered;
            if is_at_rest || now - at(start) >= DRAIN {
                return;
            }
            self.world.pass();
        }
    }

    /// The call with nothing beside it; how many packets of it were said.
    fn alone(&mut self) -> usize {
        let before = self.world.speech.packets();
        let packets = usize::try_from(ALONE).unwrap_or(usize::MAX);
        self.world.speak(packets);
        let end = self.world.now + 20 * u64::from(ALONE);
        while self.world.now < end {
            self.world.pass();
        }
        self.world.speech.stop();
        let queues = &self.world.speech.queues;
        let queue = queues.up_ms().max(queues.down_ms()).clamp(0.0, 1_000.0);
        let tail = end + self.world.round_trip + crate::number::whole(queue) + 50;
        while !self.world.speech.is_answered() && self.world.now < tail {
            self.world.pass();
        }
        self.world.speech.packets() - before
    }

    fn outcome(&self, part: Range<usize>, is_beside: bool) -> Outcome {
        let ways = &self.course.ways;
        let is_rough = self.course.is_rough || ways.iter().any(|way| way.test.spread() > ROUGH);
        let share = |(sum, ms): (f64, f64)| {
            if ms > 0.0 {
                sum / ms * 1000.0 / NEED
            } else {
                0.0
            }
        };
        Outcome {
            words: [0, 1].map(|way| ways[way].test.word()),
            seconds: self.world.now as f64 / 1000.0,
            wire: CONNECTIONS + self.world.wire(),
            mos: self.world.speech.rate(part).mos,
            at_best: is_beside && (is_rough || ways.iter().any(|way| way.is_near)),
            could: self.could.map(share),
        }
    }
}
