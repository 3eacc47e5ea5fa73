//! A simulated link: a queue each way that drops what does not fit, a service that is as uneven as a radio's, and a delay.
//!
//! It moves on by a millisecond at a time. What is left of one that nothing waited for is lost, as it is on a radio.

use std::collections::VecDeque;

use crate::throughput::Drive;

/// Bytes on the wire of a full segment, of a bare acknowledgement, and of a packet of the call; Ethernet's header is in them.
pub(super) const SEGMENT_WIRE: f64 = 1514.0;
pub(super) const BARE_WIRE: f64 = 66.0;
pub(super) const CALL_WIRE: f64 = 214.0;
/// Of a full segment's bytes, those that are payload.
const SHARE: f64 = 1448.0 / SEGMENT_WIRE;
/// How much faster and slower than on average a link is that fades.
const FADE: f64 = 0.3;
/// The line before a token bucket, kbit/s of payload.
const LINE: f64 = 20_000.0;

/// How a link serves what waits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Service {
    Steady,
    /// Now 30 % above its mean and now 30 % below, for exponential times of this mean, seconds.
    Fade(f64),
    /// Whole segments at random moments.
    Poisson,
    /// At twice its mean and not at all, for exponential times of this mean, seconds.
    Stops(f64),
    /// At the line's rate until so many bytes are gone, then at its own.
    Bucket(f64),
}

/// What a link is like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LinkSpec {
    /// kbit/s of TCP payload in full segments, down and up.
    pub(super) kbit: [f64; 2],
    /// Milliseconds there and back.
    pub(super) round_trip: u64,
    /// How long the queue is, in seconds of the mean rate.
    pub(super) buffer: f64,
    pub(super) service: Service,
}

/// What is in a packet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Load {
    /// A segment, by its number.
    Data(usize),
    /// All segments before this one have come.
    Ack(usize),
    /// A packet of the call, by its number.
    Call(usize),
    /// Its answer, and when it was reflected, as which.
    Answer(usize, u64, u32),
    /// How the server is to drive what comes down.
    Word(Drive),
}

impl Load {
    fn bytes(self) -> f64 {
        match self {
            Self::Data(_) => SEGMENT_WIRE,
            Self::Ack(_) => BARE_WIRE,
            Self::Word(_) => BARE_WIRE + 1.0,
            Self::Call(_) | Self::Answer(..) => CALL_WIRE,
        }
    }
}

/// What is left to chance, the same for a seed.
#[derive(Debug)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        // Seeds that follow each other are to have nothing in common.
        Self(mixed(seed ^ 0x5851_f42d_4c95_7f2d))
    }

    /// From 0 to 1.
    pub(super) fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        (mixed(self.0) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// An exponential time of this mean.
    fn waiting(&mut self, mean: f64) -> f64 {
        -mean * (1.0 - self.share()).ln()
    }

    /// How many of what comes at random, so many on average (Knuth).
    fn arrivals(&mut self, mean: f64) -> f64 {
        let least = (-mean).exp();
        let (mut many, mut product) = (0.0, self.share());
        while product > least {
            many += 1.0;
            product *= self.share();
        }
        many
    }
}

/// splitmix64 (Steele et al. 2014).
fn mixed(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

/// One way of it.
#[derive(Debug)]
pub(super) struct OneWay {
    /// Bytes on the wire a millisecond.
    rate: f64,
    limit: f64,
    service: Service,
    is_fast: bool,
    /// Until that changes, milliseconds.
    left: f64,
    tokens: f64,
    credit: f64,
    queue: VecDeque<Load>,
    /// Bytes in it.
    pub(super) queued: f64,
    flying: VecDeque<(u64, Load)>,
    delay: u64,
    /// Bytes that were served.
    pub(super) carried: f64,
    /// Bytes that it could have served in the last millisecond, in payload.
    pub(super) offered: f64,
}

impl OneWay {
    pub(super) fn new(spec: &LinkSpec, way: usize, delay: u64, dice: &mut Dice) -> Self {
        let rate = spec.kbit[way] * 0.125 / SHARE;
        Self {
            rate,
            limit: (spec.buffer * rate * 1000.0).max(2.5 * SEGMENT_WIRE),
            service: spec.service,
            is_fast: dice.share() < 0.5,
            left: match spec.service {
                Service::Fade(mean) | Service::Stops(mean) => dice.waiting(mean * 1000.0),
                Service::Steady | Service::Poisson | Service::Bucket(_) => f64::INFINITY,
            },
            tokens: match spec.service {
                Service::Bucket(depth) => depth,
                _ => 0.0,
            },
            credit: 0.0,
            queue: VecDeque::new(),
            queued: 0.0,
            flying: VecDeque::new(),
            delay,
            carried: 0.0,
            offered: 0.0,
        }
    }

    /// Takes a packet, if there is room.
    pub(super) fn offer(&mut self, load: Load) {
        if self.queued + load.bytes() <= self.limit {
            self.queued += load.bytes();
            self.queue.push_back(load);
        }
    }

    /// Moves on by a millisecond, to `now`.
    pub(super) fn step(&mut self, now: u64, dice: &mut Dice) {
        let able = self.able(dice);
        self.offered = able * SHARE;
        if let Service::Bucket(depth) = self.service {
            self.tokens = (self.tokens + able).min(depth.max(SEGMENT_WIRE));
        }
        if self.queue.is_empty() {
            self.credit = 0.0;
            return;
        }
        self.credit = match self.service {
            Service::Bucket(_) => (self.credit + LINE * 0.125 / SHARE).min(self.tokens),
            _ => self.credit + able,
        };
        while let Some(&load) = self.queue.front()
            && self.credit >= load.bytes()
        {
            self.credit -= load.bytes();
            self.tokens = (self.tokens - load.bytes()).max(0.0);
            self.queued -= load.bytes();
            self.carried += load.bytes();
            self.queue.pop_front();
            self.flying.push_back((now + self.delay, load));
        }
        if self.queue.is_empty() {
            self.credit = 0.0;
        }
    }

    /// The next packet that has come by now.
    pub(super) fn arrived(&mut self, now: u64) -> Option<Load> {
        let (_, load) = self.flying.pop_front_if(|(due, _)| *due <= now)?;
        Some(load)
    }

    /// Bytes that it may serve in this millisecond.
    fn able(&mut self, dice: &mut Dice) -> f64 {
        self.left -= 1.0;
        if self.left <= 0.0
            && let Service::Fade(mean) | Service::Stops(mean) = self.service
        {
            self.is_fast = !self.is_fast;
            self.left = dice.waiting(mean * 1000.0);
        }
        match self.service {
            Service::Steady | Service::Bucket(_) => self.rate,
            Service::Fade(_) if self.is_fast => self.rate * (1.0 + FADE),
            Service::Fade(_) => self.rate * (1.0 - FADE),
            Service::Stops(_) if self.is_fast => 2.0 * self.rate,
            Service::Stops(_) => 0.0,
            Service::Poisson => SEGMENT_WIRE * dice.arrivals(self.rate / SEGMENT_WIRE),
        }
    }
}
