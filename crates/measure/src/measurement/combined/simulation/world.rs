//! A simulated link with what is on it: the call, its reflector, both transfers and the server that paces one of them.

use std::ops::Range;
use std::time::Duration;

use super::super::course::Hearing;
use super::flow::Flow;
use super::link::{Dice, LinkSpec, Load, OneWay};
use crate::servers::pace::PaceTerms;
use crate::throughput::{Drive, Pacer, SEGMENT};
use crate::voice::{Call, Codec, Duplicates, Ntp, PacketExchange, PacketReply, Queues, Stamps};
use opensim_domain::time::Instant;

/// Milliseconds from one packet to the next.
const EACH: u64 = 20;
/// The reflector's clock is another one.
const OFFSET: Duration = Duration::from_hours(9);

/// Of the simulation's milliseconds.
pub(super) fn at(ms: u64) -> Instant {
    Instant::at(span(ms))
}

pub(super) fn span(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// The call as the client has it, and the reflector's count.
#[derive(Debug, Default)]
pub(super) struct Speech {
    exchanges: Vec<PacketExchange>,
    /// Since when, from which packet on, and until which, where it is not silent.
    sending: Option<(u64, usize, usize)>,
    reflected: u32,
    pub(super) queues: Queues,
}

impl Speech {
    pub(super) fn speak(&mut self, now: u64, packets: usize) {
        let first = self.packets();
        self.sending = Some((now, first, first.saturating_add(packets)));
    }

    pub(super) fn stop(&mut self) {
        self.sending = None;
    }

    pub(super) fn packets(&self) -> usize {
        self.exchanges.len()
    }

    pub(super) fn is_answered(&self) -> bool {
        usize::try_from(self.queues.answers()).is_ok_and(|answers| answers >= self.packets())
    }

    /// The packet that is due now, if one is.
    fn due(&mut self, now: u64) -> Option<Load> {
        let (from, first, until) = self.sending?;
        let number = self.packets();
        if number >= until || now < from + EACH * (number - first) as u64 {
            return None;
        }
        self.exchanges.push(PacketExchange {
            sequence: u32::try_from(number).unwrap_or(u32::MAX),
            sent: span(now),
            reply: None,
        });
        Some(Load::Call(number))
    }

    fn reflect(&mut self, number: usize, now: u64) -> Load {
        self.reflected += 1;
        Load::Answer(number, now, self.reflected - 1)
    }

    fn hear(&mut self, number: usize, reflected: u64, sequence: u32, now: u64) {
        let stamp = Ntp::since_unix(OFFSET + span(reflected));
        let exchange = &mut self.exchanges[number];
        exchange.reply = Some(PacketReply {
            arrived: span(now),
            stamps: Some(Stamps {
                sequence,
                received: stamp,
                sent: stamp,
            }),
        });
        self.queues.hear(exchange, at(now));
    }
}

impl Hearing for Speech {
    fn sent_by(&self, moment: Instant) -> usize {
        let moment = moment.since_start();
        self.exchanges
            .partition_point(|exchange| exchange.sent < moment)
    }

    fn rate(&self, part: Range<usize>) -> Call {
        Call::of_part(&self.exchanges, part, &Duplicates::default(), Codec::G711)
    }
}

/// All of it.
#[derive(Debug)]
pub(super) struct World {
    dice: Dice,
    /// Milliseconds since the start.
    pub(super) now: u64,
    /// Down and up.
    pub(super) ways: [OneWay; 2],
    pub(super) flows: [Flow; 2],
    pub(super) speech: Speech,
    /// The server's pace of what comes down, once it was asked.
    server: Option<Pacer>,
    /// Acknowledgements that crossed each way, as the client's sockets count them.
    pub(super) acks: [u64; 2],
    /// Milliseconds there and back.
    pub(super) round_trip: u64,
    is_connected: bool,
}

impl World {
    pub(super) fn new(spec: &LinkSpec, seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        // No two in step.
        let half = spec.round_trip as f64 / 2.0 * (0.95 + 0.1 * dice.share());
        let half = crate::number::whole(half).max(1);
        let ways = [0, 1].map(|way| OneWay::new(spec, way, half, &mut dice));
        Self {
            ways,
            flows: [0, 1].map(|_| Flow::new(2 * half)),
            speech: Speech::default(),
            server: None,
            acks: [0; 2],
            round_trip: 2 * half,
            is_connected: true,
            now: 0,
            dice,
        }
    }

    /// Up to a whole packet's time, by chance.
    pub(super) fn phase(&mut self) -> u64 {
        crate::number::whole(19.0 * self.dice.share())
    }

    /// Bytes on the wire so far, and what waits.
    pub(super) fn wire(&self) -> f64 {
        self.ways.iter().map(|way| way.carried + way.queued).sum()
    }

    /// The server is asked for what comes down.
    pub(super) fn ask(&mut self, terms: &PaceTerms, drive: Drive) {
        let mut server = Pacer::new(terms.rates(), terms.window, at(self.now));
        server.switch(drive, 0);
        self.server = Some(server);
    }

    /// Tells the server how to drive it.
    pub(super) fn tell(&mut self, drive: Drive) {
        self.ways[1].offer(Load::Word(drive));
    }

    /// Both connections are gone.
    pub(super) fn hang_up(&mut self) {
        self.is_connected = false;
    }

    /// So many packets of the call, from now on.
    pub(super) fn speak(&mut self, packets: usize) {
        self.speech.speak(self.now, packets);
    }

    /// A millisecond passes.
    pub(super) fn pass(&mut self) {
        self.now += 1;
        for way in &mut self.ways {
            way.step(self.now, &mut self.dice);
        }
        for way in 0..2 {
            while let Some(load) = self.ways[way].arrived(self.now) {
                self.arrive(way, load);
            }
        }
        if self.is_connected {
            self.transfer();
        }
        if let Some(packet) = self.speech.due(self.now) {
            self.ways[1].offer(packet);
        }
    }

    fn transfer(&mut self) {
        let now = self.now;
        if let Some(server) = &mut self.server {
            let flow = &mut self.flows[0];
            server.advance(at(now), flow.given(), flow.done());
            while server.allows(SEGMENT, flow.given(), flow.done()) {
                flow.give();
            }
        }
        for way in 0..2 {
            if let Some(ack) = self.flows[way].acknowledges(now) {
                // The client counts what it sends, and what it gets when it comes.
                self.acks[1] += u64::from(way == 0);
                self.ways[1 - way].offer(ack);
            }
            self.flows[way].send(now, &mut self.ways[way]);
        }
    }

    fn arrive(&mut self, way: usize, load: Load) {
        let now = self.now;
        match load {
            Load::Data(_) | Load::Ack(_) | Load::Word(_) if !self.is_connected => {}
            Load::Data(number) => self.flows[way].take(number, now),
            Load::Ack(next) => {
                self.acks[0] += u64::from(way == 0);
                self.flows[1 - way].hear(next, now);
            }
            Load::Call(number) => {
                let answer = self.speech.reflect(number, now);
                self.ways[0].offer(answer);
            }
            Load::Answer(number, reflected, sequence) => {
                self.speech.hear(number, reflected, sequence, now);
            }
            Load::Word(drive) => {
                let given = self.flows[0].given();
                if let Some(server) = &mut self.server {
                    server.switch(drive, given);
                }
            }
        }
    }
}
