//! The whole question at once: does the link carry the need each way and a call beside it?
//!
//! The call runs from start to end; both transfers run beside it, paced a little above the need, and are held at the need once
//! they meet it. Where a way falls short, all stops, drains, and the call is heard alone. It takes a server that paces what
//! comes down and reflects a call: `opensim serve`. Others are asked one thing after the other.

mod course;
mod flows;
mod live;
#[cfg(test)]
mod simulation;

use std::ops::Range;
use std::time::Duration;

use tokio::io::AsyncReadExt;

use self::course::{Course, End, HARD, Hearing, PACKETS, PUSH, Seen, Terms, WaySeen, span};
use self::flows::{DownFlow, UpFlow};
use self::live::LiveCall;
use super::plan::{Because, Beside, CallSetting, Missing, Part, Plan, VoicePlan};
use super::transfer::{ServerPath, UploadCount};
use crate::error::MeasureError;
use crate::net::bill::Headers;
use crate::net::bind::Via;
use crate::number::whole;
use crate::servers::pace::PaceTerms;
use crate::throughput::{Clearance, Drive, Goodput, SEGMENT, Stop};
use crate::voice::{Call, CallProbe, payload};
use opensim_domain::time::Instant;
use opensim_os::net::interface::Interfaces;

/// A way is looked at this often where nothing happens.
const GLANCE: Duration = Duration::from_millis(5);
/// Undecided after so long, of the longest that a test of one way may take (8 s where nothing was said).
const LONGEST: f64 = 0.75;
/// Seconds' worth of both needs: what there must be to begin with, and after which it is undecided.
const LEAST: f64 = 3.7;
const MOST: f64 = 8.0;
/// Less of a need than this left to TCP beside the call is not paced.
const SHARE: f64 = 0.25;
/// Bytes that a window has at least, and at most for the usual need; and what it is for.
const WINDOW: (f64, f64) = (8_192.0, 131_072.0);
const USUAL_NEED: f64 = 25_000.0;
const SPARE: f64 = 0.1;
/// What is on its way is let in, this long at the most; nothing is where nothing has come for so long beyond a round trip.
const DRAIN: Duration = Duration::from_secs(3);
const STANDSTILL: Duration = Duration::from_millis(120);
/// Packets of the call alone, where the link falls short.
const ALONE: u32 = 150;
/// The fewest packets that say something about a call.
const FEWEST: usize = 50;
/// A call that nobody has answered after so long has no reflector after all.
const SILENT: Duration = Duration::from_millis(1_500);
/// Dispersion of a flow, bytes, above which the link is rough: a paced flow on a steady one is more regular than segments by
/// chance.
const ROUGH: f64 = 1448.0;

/// What came of it.
pub(super) struct Together {
    pub(super) down: Option<Goodput>,
    pub(super) up: Option<Goodput>,
    pub(super) call: Option<Call>,
    pub(super) setting: CallSetting,
    pub(super) missing: Vec<Missing>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
struct Design {
    voice: VoicePlan,
    /// Down and up, bytes of TCP payload a second.
    needs: [f64; 2],
    headers: Headers,
    longest: Duration,
    most: u64,
}

impl Design {
    /// Of a link that may be asked so; `None` where the one thing after the other is to be asked.
    fn of(plan: &Plan, path: &ServerPath<'_>) -> Option<Self> {
        let voice = plan.voice?;
        let design = Self {
            voice,
            needs: [plan.need.down_bps, plan.need.up_bps].map(|bps| bps as f64 / 8.0),
            headers: path.via.headers(path.address),
            longest: plan.allowance.longest.mul_f64(LONGEST),
            most: 0,
        };
        let sum: f64 = design.needs.iter().sum();
        let longer = (design.longest.as_secs_f64() / 6.0).max(1.0);
        let call = PACKETS * design.packet();
        let is_paced = design.needs.iter().all(|need| need - call >= SHARE * need);
        let is_wanted = plan.together && !plan.all && !voice.loaded;
        let is_known = plan.reflector.is_none() && plan.upload_count == UploadCount::Acknowledged;
        let has_budget = path.bill.left_of(path.budget) >= whole(LEAST * sum);
        (is_wanted && is_known && is_paced && has_budget && !path.multiplies).then_some(Self {
            most: whole(MOST * sum * longer),
            ..design
        })
    }

    /// Of a segment's bytes on the wire, those that are payload.
    fn payload_share(&self) -> f64 {
        SEGMENT as f64 / (SEGMENT + self.headers.tcp()) as f64
    }

    /// What a packet of the call is worth in TCP payload.
    fn packet(&self) -> f64 {
        let size = payload(self.voice.codec).max(crate::voice::LEAST_PACKET);
        self.headers.datagram(size as u64) as f64 * self.payload_share()
    }

    /// The same of a bare acknowledgement.
    fn acknowledgement(&self) -> f64 {
        self.headers.tcp() as f64 * self.payload_share()
    }

    fn pace(&self, need: f64, round_trip: Duration) -> PaceTerms {
        let rate = |share: f64| share * need - PACKETS * self.packet();
        let most = WINDOW.1 * (need / USUAL_NEED).max(1.0);
        let window = 2.0 * rate(PUSH) * (round_trip.as_secs_f64() + SPARE);
        PaceTerms {
            push: whole(rate(PUSH)),
            hard: whole(rate(HARD)),
            hold: whole(rate(1.0)),
            window: whole(window.clamp(WINDOW.0, most)),
        }
    }

    /// Bytes of a body that is never at its end before the test is.
    fn body(&self) -> u64 {
        let sum: f64 = self.needs.iter().sum();
        self.most + whole(4.0 * sum)
    }
}

impl ServerPath<'_> {
    /// Asks the whole question at once; `None` where this server, or this budget, takes one thing after the other.
    pub(super) async fn together(&self, plan: &Plan) -> Result<Option<Together>, MeasureError> {
        let Some(design) = Design::of(plan, self) else {
            return Ok(None);
        };
        let before = self.bill.total();
        let socket = self.via.udp(self.address)?;
        let probe = CallProbe {
            codec: design.voice.codec,
            headers: design.headers,
            longest: design.longest,
            clock: self.clock,
            bill: self.bill,
            budget: self.budget,
        };
        let mut call = LiveCall::new(&probe, &socket);
        let terms = design.needs.map(|need| design.pace(need, self.round_trip));
        let opened = tokio::select! {
            opened = self.open_both(terms, design.body()) => opened,
            never = call.go_on() => match never {},
        };
        // Whoever was silent when it was asked so may say why when it is asked as before.
        let Ok(Some((down, up))) = opened else {
            return Ok(None);
        };
        let run = Run {
            path: self,
            course: Course::new(Terms {
                needs: design.needs,
                packet: design.packet(),
                round_trip: self.round_trip,
                open: self.clock.now(),
                longest: design.longest,
                most: design.most,
            }),
            design,
            call,
            down,
            up,
            before,
            settled: self.clock.now(),
        };
        run.whole().await
    }
}

/// A test under way.
struct Run<'a> {
    path: &'a ServerPath<'a>,
    design: Design,
    course: Course,
    call: LiveCall<'a>,
    down: DownFlow,
    up: UpFlow,
    /// What the bill had on it.
    before: u64,
    settled: Instant,
}

impl Run<'_> {
    async fn whole(mut self) -> Result<Option<Together>, MeasureError> {
        let end = self.data().await;
        let nothing_came = self.down.count().is_none() || self.up.count().is_none();
        if nothing_came || self.call.is_multiplied() || self.call.queues.answers() == 0 {
            self.drain().await;
            return Ok(None);
        }
        let from = self.call.packets();
        self.drain().await;
        let ways = self.goodputs(&end);
        let Self {
            path,
            course,
            mut call,
            down,
            up,
            design,
            ..
        } = self;
        drop((down, up));
        if let Via::Interface(name) = path.via
            && ways.iter().any(|way| way.verdict != Clearance::Meets)
        {
            Interfaces::system().check(name)?;
        }
        let (part, beside) = match end {
            End::Heard(part) => (part, Beside::Need),
            End::Undecided(_, part) => (part, Beside::Load),
            End::Below => {
                let spoken = alone(path, &mut call, &design).await;
                (from..from + spoken, Beside::Nothing)
            }
        };
        let is_near = course.ways.iter().any(|way| way.is_near);
        let is_rough = course.is_rough || course.ways.iter().any(|way| way.test.spread() > ROUGH);
        let mut together = Together::of(ways);
        together.setting = CallSetting {
            beside,
            at_best: beside == Beside::Need && (is_near || is_rough),
        };
        together.hear(&call, part);
        Ok(Some(together))
    }

    /// What each way carried, down and up, once it ended so.
    fn goodputs(&mut self, end: &End) -> [Goodput; 2] {
        let because = match end {
            End::Undecided(because, _) => *because,
            End::Below | End::Heard(_) => Stop::Decided,
        };
        let bytes = [&mut self.down.connection, &mut self.up.connection];
        let bytes = bytes.map(|connection| connection.metered().wire());
        [0, 1].map(|way| self.course.ways[way].test.goodput(because, bytes[way]))
    }

    /// Both transfers beside the call, until it is over.
    async fn data(&mut self) -> End {
        let clock = self.path.clock;
        let mut buffer = vec![0; 16 * 1024];
        loop {
            let now = clock.now();
            self.call.speak_if_due(now);
            let seen = self.see(now);
            if let Some(end) = self.course.look(&seen, &self.call) {
                return end;
            }
            if let Some(because) = self.obstacle(now) {
                return self.course.stop(because, self.call.packets());
            }
            let [down, up] = self.course.drives();
            if self.down.drive(down).await.is_err() {
                return self.course.stop(Stop::ConnectionLost, self.call.packets());
            }
            self.up.drive(up, now);
            let is_offered = self.up.has_offer();
            let next = [self.call.due(), self.course.next(), self.up.due()];
            let next = next.into_iter().flatten().min().unwrap_or(now + GLANCE);
            // What is due and may not go yet waits for a word that comes by itself.
            let next = next.max(now + Duration::from_millis(1)).min(now + GLANCE);
            let Self { call, down, up, .. } = self;
            let lost = tokio::select! {
                biased;
                () = call.hear() => false,
                wrote = up.write(), if is_offered => wrote.is_err(),
                read = down.connection.read(&mut buffer) => match read {
                    Ok(bytes) => {
                        down.body += bytes as u64;
                        bytes == 0
                    }
                    Err(_) => true,
                },
                () = clock.sleep_until(Some(next)) => false,
            };
            if lost {
                return self.course.stop(Stop::ConnectionLost, self.call.packets());
            }
        }
    }

    fn see(&mut self, now: Instant) -> Seen {
        let design = self.design;
        let packets = self.call.packets();
        let (packet, acknowledgement) = (design.packet(), design.acknowledgement());
        let worth = |tcp: u64, answers: u32, segments: u64| {
            tcp as f64 + packet * f64::from(answers) + acknowledgement * segments as f64
        };
        let queues = &self.call.queues;
        let (answers, reflected) = (queues.answers(), queues.reflected(packets));
        let segments = [self.up.acknowledgements(), self.down.acknowledgements()];
        Seen {
            now,
            down: WaySeen {
                count: self
                    .down
                    .count()
                    .map(|tcp| worth(tcp, answers, segments[0])),
                queue_ms: queues.down_ms(),
                is_hard: self.down.is_hard(now),
            },
            up: WaySeen {
                count: self
                    .up
                    .count()
                    .map(|tcp| worth(tcp, reflected, segments[1])),
                queue_ms: queues.up_ms(),
                is_hard: self.up.is_hard(),
            },
            answered: self.call.answered(),
            packets,
            wire: self.path.bill.total().saturating_sub(self.before),
        }
    }

    /// Why it cannot go on, if so.
    fn obstacle(&mut self, now: Instant) -> Option<Stop> {
        if self.call.is_multiplied()
            || self.call.queues.answers() == 0 && now - self.call.answered() >= SILENT
        {
            return Some(Stop::Ended);
        }
        if now - self.settled < GLANCE * 4 {
            return None;
        }
        self.settled = now;
        let [down, up] = [&mut self.down.connection, &mut self.up.connection];
        let [down, up] = [down.metered(), up.metered()];
        down.settle();
        up.settle();
        // What is on its way and in the buffers, what may come twice, and the call's answers.
        let pending = 2 * down.in_flight + 2 * up.unacknowledged() + down.again() + up.again();
        let least = pending + pending / 4 + 8_000;
        (self.path.bill.left_of(self.path.budget) < least).then_some(Stop::Budget)
    }

    /// Lets in what is on its way while nothing more is given.
    async fn drain(&mut self) {
        let path = self.path;
        let clock = path.clock;
        // A server that does not hear it is waited for no longer.
        let _ = self.down.drive(Drive::Pause).await;
        let start = clock.now();
        let (mut last, mut since) = (self.down.received(), start);
        let mut buffer = vec![0; 16 * 1024];
        self.call.stop();
        loop {
            let now = clock.now();
            let received = self.down.received();
            if received != last {
                (last, since) = (received, now);
            }
            let still = path.round_trip + STANDSTILL;
            let is_acknowledged = self.up.connection.metered().unacknowledged() == 0;
            // What is lost is not waited for once nothing else comes.
            let is_answered = self.call.is_answered() || now - self.call.answered() >= still;
            let is_at_rest = now - since >= still && is_acknowledged && is_answered;
            if is_at_rest || now - start >= DRAIN {
                break;
            }
            let Self { call, down, .. } = self;
            tokio::select! {
                () = call.hear() => {}
                read = down.connection.read(&mut buffer) => match read {
                    Ok(bytes) if bytes > 0 => down.body += bytes as u64,
                    // It is over: what is still to come comes or not by itself.
                    _ => clock.sleep_until(Some(now + GLANCE)).await,
                },
                () = clock.sleep_until(Some(now + GLANCE)) => {}
            }
        }
        let metered = self.down.connection.metered();
        if clock.now() - since >= path.round_trip + STANDSTILL {
            metered.in_flight = 0;
        }
        metered.settle();
        self.up.connection.metered().settle();
    }
}

impl Together {
    /// Of both ways, and no call yet. A way that was not through when the other fell short was not measured.
    fn of([down, up]: [Goodput; 2]) -> Self {
        let is_below = [&down, &up]
            .map(|way| way.verdict)
            .contains(&Clearance::Below);
        let known =
            |way: Goodput| Some(way).filter(|way| !is_below || way.verdict != Clearance::Uncertain);
        let mut together = Self {
            down: known(down),
            up: known(up),
            call: None,
            setting: CallSetting::default(),
            missing: Vec::new(),
        };
        if together.down.is_none() {
            together.miss(Part::Down, Because::Below);
        }
        if together.up.is_none() {
            together.miss(Part::Up, Because::Below);
        }
        together
    }

    /// With this part of the call, if enough of it was heard.
    fn hear(&mut self, call: &LiveCall<'_>, part: Range<usize>) {
        let packets = part.len();
        let rated = call.rate(part);
        if call.is_multiplied() {
            self.miss(Part::Voice, Because::Multiplied);
        } else if packets < FEWEST || rated.mos.is_none() {
            let packets = u32::try_from(packets).unwrap_or(u32::MAX);
            self.miss(Part::Voice, Because::TooFew { packets });
        } else {
            self.call = Some(rated);
        }
    }

    fn miss(&mut self, part: Part, because: Because) {
        self.missing.push(Missing { part, because });
    }
}

/// The call with nothing beside it; how many packets of it were said.
async fn alone(path: &ServerPath<'_>, call: &mut LiveCall<'_>, design: &Design) -> usize {
    let clock = path.clock;
    let size = payload(design.voice.codec).max(crate::voice::LEAST_PACKET);
    let each = 2 * design.headers.datagram(size as u64);
    let affordable = path.bill.left_of(path.budget) / each;
    let packets = usize::try_from(affordable.min(u64::from(ALONE))).unwrap_or_default();
    if packets < FEWEST {
        return 0;
    }
    let before = call.packets();
    call.speak(packets);
    let end = clock.now() + span(ALONE);
    tokio::select! {
        never = call.go_on() => match never {},
        () = clock.sleep_until(Some(end)) => {}
    }
    call.stop();
    let tail = clock.now() + call.tail(path.round_trip);
    while !call.is_answered() && clock.now() < tail {
        tokio::select! {
            () = call.hear() => {}
            () = clock.sleep_until(Some(tail)) => {}
        }
    }
    call.packets() - before
}
