//! What a stream of packets and their answers say of a call: round trip, jitter, loss each way, rating.
//!
//! Delay variation is taken each way from the stamps of both ends: the clocks' offset cancels. The worse way rates
//! the call, for a conversation needs both.

use std::collections::BTreeSet;
use std::ops::Range;
use std::time::Duration;

use super::codec::{Codec, look_ahead_ms};
use super::emodel::{Conversation, mos};
use super::stamp::Ntp;

/// What the sound card and its driver add, milliseconds.
const DEVICE_MS: f64 = 5.0;
/// What filling a packet takes, milliseconds.
const PACKET_MS: f64 = 20.0;
/// The playout buffers that a listener may have, milliseconds. The one that rates best is taken, as a player that adapts
/// comes to it: a longer one delays every packet, a shorter one comes too late for some (both are in the rating).
const BUFFERS_MS: [f64; 6] = [20.0, 40.0, 60.0, 80.0, 100.0, 120.0];

/// One packet and what became of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PacketExchange {
    /// Its number; each is one more than the one before.
    pub sequence: u32,
    /// When it left, on the sender's clock.
    pub sent: Duration,
    /// Its answer; `None` where there was none.
    pub reply: Option<PacketReply>,
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PacketReply {
    /// When it came, on the sender's clock.
    pub arrived: Duration,
    /// What the reflector wrote; `None` from a plain echo.
    pub stamps: Option<Stamps>,
}

/// A reflector's count and times, on its own clock.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stamps {
    /// How many packets of this stream it had answered before.
    pub sequence: u32,
    /// When the packet came in.
    pub received: Ntp,
    /// When the answer left.
    pub sent: Ntp,
}

/// Answers that came more than once: something on the way duplicates packets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Duplicates {
    /// How many came beyond the first of each.
    count: u32,
    /// What the reflector's count was in those that it made itself, for a packet that had come twice.
    sequences: BTreeSet<u32>,
}

impl Duplicates {
    /// One more answer to a packet that has this one.
    pub(crate) fn add(&mut self, first: &PacketReply, again: Option<Stamps>) {
        self.count = self.count.saturating_add(1);
        let first = first.stamps.map(|stamps| stamps.sequence);
        let again = again.map(|stamps| stamps.sequence);
        self.sequences
            .extend(again.filter(|again| first != Some(*again)));
    }

    /// How many of a reflector's counts, from one and before another, were duplicates.
    fn among(&self, counts: std::ops::Range<u32>) -> u32 {
        let among = if counts.is_empty() {
            0
        } else {
            self.sequences.range(counts).count()
        };
        u32::try_from(among).unwrap_or(u32::MAX)
    }
}

pub use opensim_domain::measured::Method;

/// A call's quality, as `voice` of the documents has it. Unknown is `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Mean opinion score, 1 to 4.5.
    pub mos: Option<f64>,
    /// Transmission rating, 0 to 100.
    pub r_factor: Option<f64>,
    /// Median round trip, without the reflector's own time.
    pub rtt_ms: Option<f64>,
    /// Interarrival jitter (RFC 3550) of the worse way.
    pub jitter_ms: Option<f64>,
    /// Share of packets lost, 0 to 1, of the worse way; those that came too late to be played not among them.
    pub loss: Option<f64>,
    /// Delay variation that 95 % of the packets stay under, of the worse way.
    pub variation_ms: Option<f64>,
    /// Packets sent.
    pub packets: u32,
    /// Answers that came more than once; `None` where that cannot be seen.
    pub doubled: Option<u32>,
    /// Whose pattern it was.
    pub codec: Codec,
    /// How it was probed.
    pub method: Method,
}

impl Call {
    /// Rates a stream, in the order sent. Without any answer nothing is known: no score, no loss.
    pub fn of(exchanges: &[PacketExchange], codec: Codec) -> Self {
        Self::of_stream(exchanges, &Duplicates::default(), codec)
    }

    /// Rates a stream of which some packets were answered more than once.
    pub(crate) fn of_stream(
        exchanges: &[PacketExchange],
        duplicates: &Duplicates,
        codec: Codec,
    ) -> Self {
        Self::of_part(exchanges, 0..exchanges.len(), duplicates, codec)
    }

    /// Rates a part of a stream. What is varied from, the quickest transit and the shortest round trip, is the whole
    /// stream's: in a part that waited in a queue throughout nothing shows how long.
    pub(crate) fn of_part(
        exchanges: &[PacketExchange],
        part: Range<usize>,
        duplicates: &Duplicates,
        codec: Codec,
    ) -> Self {
        let stamped = exchanges
            .iter()
            .any(|e| e.reply.is_some_and(|r| r.stamps.is_some()));
        let method = if stamped { Method::Stamp } else { Method::Echo };
        let directions = if stamped {
            each_way(exchanges, duplicates)
        } else {
            vec![round(exchanges)]
        };
        Self {
            doubled: Some(duplicates.count),
            ..Self::rate(exchanges, part, &directions, codec, method)
        }
    }

    /// Rates round trips that were made over TCP: the loss is hidden and unknown.
    pub(crate) fn of_connections(exchanges: &[PacketExchange], codec: Codec) -> Self {
        let answered: Vec<PacketExchange> = exchanges
            .iter()
            .copied()
            .filter(|e| e.reply.is_some())
            .collect();
        let whole = 0..answered.len();
        let call = Self::rate(&answered, whole, &[round(&answered)], codec, Method::Tcp);
        Self { loss: None, ..call }
    }

    /// Whether nothing was lost and the variation is small: a longer stream would say no more.
    pub(crate) fn is_clean(&self) -> bool {
        self.loss == Some(0.0) && self.variation_ms.is_some_and(|ms| ms < 20.0)
    }

    fn rate(
        exchanges: &[PacketExchange],
        part: Range<usize>,
        directions: &[OneWay],
        codec: Codec,
        method: Method,
    ) -> Self {
        let shortest = exchanges.iter().filter_map(round_trip_ms).reduce(f64::min);
        let heard = exchanges.get(part.clone()).unwrap_or_default();
        let mut trips: Vec<f64> = heard.iter().filter_map(round_trip_ms).collect();
        trips.sort_by(f64::total_cmp);
        let rated: Vec<OneWayQuality> = shortest
            .into_iter()
            .flat_map(|trip| directions.iter().map(move |way| (way, trip)))
            .filter_map(|(way, trip)| way.rate(part.clone(), trip, codec))
            .collect();
        let r_factor = rated.iter().map(|way| way.rating).reduce(f64::min);
        let worst = |of: fn(&OneWayQuality) -> f64| rated.iter().map(of).reduce(f64::max);
        Self {
            mos: r_factor.map(mos),
            r_factor: r_factor.map(|r| r.clamp(0.0, 100.0)),
            rtt_ms: trips.get(trips.len() / 2).copied(),
            jitter_ms: worst(|way| way.jitter),
            loss: worst(|way| way.loss),
            variation_ms: worst(|way| way.variation),
            packets: u32::try_from(heard.len()).unwrap_or(u32::MAX),
            doubled: None,
            codec,
            method,
        }
    }
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// A round trip without the time that the reflector says it took, as far as that can be.
fn round_trip_ms(exchange: &PacketExchange) -> Option<f64> {
    let reply = exchange.reply?;
    let whole = ms(reply.arrived.saturating_sub(exchange.sent));
    let inside = reply.stamps.map_or(0.0, |s| s.sent.ms_since(s.received));
    Some(whole - inside.clamp(0.0, whole))
}

/// What became of a packet one way.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Delivery {
    /// It took so long (ms, plus a constant unknown offset) and came at this moment.
    Arrived { transit: f64, at: f64 },
    /// It arrived, but the one who knows when could not say so.
    Unseen,
    /// It did not.
    Lost,
    /// It was not sent this way: the packet that it answers was lost on the other.
    Unsent,
}

/// One way, of each packet in the order sent.
#[derive(Debug, Default)]
struct OneWay(Vec<Delivery>);

/// What one way is like.
struct OneWayQuality {
    jitter: f64,
    variation: f64,
    loss: f64,
    rating: f64,
}

/// Both directions as one: all that an echo tells.
fn round(exchanges: &[PacketExchange]) -> OneWay {
    let delivery = |e: &PacketExchange| match e.reply {
        Some(reply) => Delivery::Arrived {
            transit: ms(reply.arrived.saturating_sub(e.sent)),
            at: ms(reply.arrived),
        },
        None => Delivery::Lost,
    };
    OneWay(exchanges.iter().map(delivery).collect())
}

/// There, and back. In a gap between two answers the reflector's own count says how many it had answered, those of
/// packets that had come to it before not among them; what follows the last answer is counted as lost on both directions.
fn each_way(exchanges: &[PacketExchange], duplicates: &Duplicates) -> Vec<OneWay> {
    let (mut there, mut back) = (OneWay::default(), OneWay::default());
    let origin = exchanges.iter().find_map(|e| e.reply?.stamps);
    let mut missing = 0_usize;
    let mut expected = 0_u32;
    for exchange in exchanges {
        let Some((reply, stamps)) = exchange.reply.and_then(|r| Some((r, r.stamps?))) else {
            missing += 1;
            continue;
        };
        let gap = stamps.sequence.saturating_sub(expected);
        let answered = gap - duplicates.among(expected..stamps.sequence).min(gap);
        let lost_back = usize::try_from(answered).unwrap_or(missing).min(missing);
        there.0.extend(vec![Delivery::Lost; missing - lost_back]);
        there.0.extend(vec![Delivery::Unseen; lost_back]);
        back.0.extend(vec![Delivery::Unsent; missing - lost_back]);
        back.0.extend(vec![Delivery::Lost; lost_back]);
        missing = 0;
        // Where two changed places on the way, the later count holds.
        expected = expected.max(stamps.sequence.saturating_add(1));

        let zero = origin.map_or(stamps.received, |o| o.received);
        let (received, left) = (stamps.received.ms_since(zero), stamps.sent.ms_since(zero));
        there.0.push(Delivery::Arrived {
            transit: received - ms(exchange.sent),
            at: received,
        });
        back.0.push(Delivery::Arrived {
            transit: ms(reply.arrived) - left,
            at: ms(reply.arrived),
        });
    }
    there.0.extend(vec![Delivery::Lost; missing]);
    back.0.extend(vec![Delivery::Lost; missing]);
    vec![there, back]
}

impl OneWay {
    /// Of a part of the packets; `None` where none of them was sent this way, or nothing of the whole arrived.
    fn rate(&self, part: Range<usize>, round_trip: f64, codec: Codec) -> Option<OneWayQuality> {
        let transits = self.0.iter().filter_map(Delivery::transit);
        let least = transits.reduce(f64::min)?;
        let part = self.0.get(part).unwrap_or_default();
        let sent: Vec<Delivery> = part
            .iter()
            .copied()
            .filter(|delivery| *delivery != Delivery::Unsent)
            .collect();
        if sent.is_empty() {
            return None;
        }
        let mut arrived: Vec<(f64, f64)> = sent
            .iter()
            .filter_map(|delivery| match delivery {
                Delivery::Arrived { transit, at } => Some((*at, *transit)),
                Delivery::Unseen | Delivery::Lost | Delivery::Unsent => None,
            })
            .collect();
        arrived.sort_by(|a, b| a.0.total_cmp(&b.0));
        let jitter = arrived.windows(2).fold(0.0, |jitter: f64, pair| {
            jitter + ((pair[1].1 - pair[0].1).abs() - jitter) / 16.0
        });
        let mut variations: Vec<f64> = arrived.iter().map(|a| a.1 - least).collect();
        variations.sort_by(f64::total_cmp);
        let last = (variations.len() * 95).div_ceil(100).saturating_sub(1);
        let lost = sent.iter().filter(|f| **f == Delivery::Lost).count();
        let ratings = BUFFERS_MS.into_iter().map(|buffer| {
            let delay = round_trip / 2.0 + buffer + PACKET_MS + look_ahead_ms(codec) + DEVICE_MS;
            heard_with(&sent, least, buffer, delay).rating(codec)
        });
        Some(OneWayQuality {
            jitter,
            variation: variations.get(last).copied().unwrap_or(0.0),
            loss: lost as f64 / sent.len() as f64,
            rating: ratings.reduce(f64::max)?,
        })
    }
}

impl Delivery {
    fn transit(&self) -> Option<f64> {
        match self {
            Self::Arrived { transit, .. } => Some(*transit),
            Self::Unseen | Self::Lost | Self::Unsent => None,
        }
    }
}

/// What a conversation suffers with such a playout buffer: what comes later than it waits is as good as lost.
fn heard_with(sent: &[Delivery], least: f64, buffer: f64, delay_ms: f64) -> Conversation {
    let unheard = |delivery: &Delivery| match delivery {
        Delivery::Arrived { transit, .. } => transit - least > buffer,
        Delivery::Unseen | Delivery::Unsent => false,
        Delivery::Lost => true,
    };
    let unheard: Vec<bool> = sent.iter().map(unheard).collect();
    let count = unheard.iter().filter(|u| **u).count() as f64;
    let runs = unheard.chunk_by(|a, b| a == b).filter(|run| run[0]).count();
    let share = count / sent.len() as f64;
    Conversation {
        delay_ms,
        loss_percent: 100.0 * share,
        burst_ratio: (count / runs.max(1) as f64 * (1.0 - share)).max(1.0),
    }
}

#[cfg(test)]
mod tests;
