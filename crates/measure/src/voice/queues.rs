//! How long a call's packets waited on each way, by their stamps: what a transfer beside it has filled.
//!
//! A queue is how much longer the last answered packet took one way than the quickest so far: the clocks' offset cancels.

use super::quality::PacketExchange;
use super::stamp::Ntp;
use opensim_domain::time::Instant;

/// What the answers so far show.
#[derive(Debug, Clone, Default)]
pub(crate) struct Queues {
    zero: Option<Ntp>,
    /// The quickest transit there and back, milliseconds with the clocks' offset in them.
    least: Option<(f64, f64)>,
    /// The last one's beyond that.
    now: (f64, f64),
    answers: u32,
    reflected: u32,
    last: Option<Instant>,
}

impl Queues {
    /// Takes a packet that was answered now.
    pub(crate) fn hear(&mut self, exchange: &PacketExchange, now: Instant) {
        let Some(reply) = exchange.reply else {
            return;
        };
        self.answers += 1;
        self.last = Some(now);
        let Some(stamps) = reply.stamps else {
            return;
        };
        self.reflected = self.reflected.max(stamps.sequence.saturating_add(1));
        let zero = *self.zero.get_or_insert(stamps.received);
        let ms = |span: std::time::Duration| span.as_secs_f64() * 1000.0;
        let there = stamps.received.ms_since(zero) - ms(exchange.sent);
        let back = ms(reply.arrived) - stamps.sent.ms_since(zero);
        let (least_there, least_back) = self.least.unwrap_or((there, back));
        let least = (least_there.min(there), least_back.min(back));
        self.least = Some(least);
        self.now = (there - least.0, back - least.1);
    }

    /// The queue there, milliseconds.
    pub(crate) fn up_ms(&self) -> f64 {
        self.now.0
    }

    /// The queue back, milliseconds.
    pub(crate) fn down_ms(&self) -> f64 {
        self.now.1
    }

    /// Packets that came back.
    pub(crate) fn answers(&self) -> u32 {
        self.answers
    }

    /// Packets that the reflector had by the last answer, of so many that were sent: it may say anything.
    pub(crate) fn reflected(&self, sent: usize) -> u32 {
        self.reflected.min(u32::try_from(sent).unwrap_or(u32::MAX))
    }

    /// When the last answer came.
    pub(crate) fn last(&self) -> Option<Instant> {
        self.last
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::voice::{PacketReply, Stamps};

    #[test]
    fn what_waits_on_each_way_shows_whatever_the_reflectors_clock() {
        let at = |ms: u64| Duration::from_millis(ms);
        let mut queues = Queues::default();
        let trips = [
            (30, 20, 0.0, 0.0),
            (130, 20, 100.0, 0.0),
            (25, 90, 0.0, 70.0),
            (30, 20, 5.0, 0.0),
        ];
        for (sequence, (there, back, up, down)) in (0_u32..).zip(trips) {
            let sent = at(u64::from(sequence) * 20);
            let received = Ntp::since_unix(Duration::from_hours(9) + sent + at(there));
            let exchange = PacketExchange {
                sequence,
                sent,
                reply: Some(PacketReply {
                    arrived: sent + at(there + back),
                    stamps: Some(Stamps {
                        sequence: sequence + 1,
                        received,
                        sent: received,
                    }),
                }),
            };
            queues.hear(&exchange, Instant::at(sent));
            let near = |a: f64, b: f64| (a - b).abs() < 0.01;
            assert!(
                near(queues.up_ms(), up) && near(queues.down_ms(), down),
                "{queues:?}"
            );
        }
        assert_eq!(
            (queues.answers(), queues.reflected(9), queues.reflected(3)),
            (4, 5, 3)
        );
        assert_eq!(queues.last(), Some(Instant::at(at(60))));
    }
}
