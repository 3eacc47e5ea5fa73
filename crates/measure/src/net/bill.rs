//! What a measurement has cost so far, in bytes on the wire, and what is left of the budget.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::MeasureError;

/// Bytes as the link carries them, headers included, both ways. Clones write on the same bill, so that what an
/// interrupted or failed measurement cost is still known.
#[derive(Debug, Clone, Default)]
pub struct Bill(Arc<Sums>);

#[derive(Debug, Default)]
struct Sums {
    spent: AtomicU64,
    /// What is reserved: others may not spend it.
    reserved: AtomicU64,
}

impl Bill {
    /// Puts these on it.
    pub(crate) fn add(&self, bytes: u64) {
        self.0.spent.fetch_add(bytes, Ordering::Relaxed);
    }

    /// The sum.
    pub fn total(&self) -> u64 {
        self.0.spent.load(Ordering::Relaxed)
    }

    /// What is left of a budget that covers all that is on it, and all that is reserved for what runs beside.
    pub fn left_of(&self, budget: u64) -> u64 {
        let reserved = self.0.reserved.load(Ordering::Relaxed);
        budget.saturating_sub(self.total()).saturating_sub(reserved)
    }

    /// Too little is left of a budget for a step: told by the whole of both, as a person gives it.
    pub(crate) fn too_small(&self, budget: u64, step: u64) -> MeasureError {
        MeasureError::Budget {
            budget,
            needed: self.total() + step,
        }
    }

    /// Reserves so many bytes, which nobody else may spend, until it is dropped.
    pub(crate) fn reserve(&self, bytes: u64) -> Reservation {
        self.0.reserved.fetch_add(bytes, Ordering::Relaxed);
        Reservation {
            bill: self.clone(),
            bytes,
        }
    }
}

/// Bytes reserved for what runs beside others; it is less the more of them are spent.
#[derive(Debug)]
pub(crate) struct Reservation {
    bill: Bill,
    bytes: u64,
}

impl Reservation {
    /// No more than so many are still needed.
    pub(crate) fn shrink_to(&mut self, bytes: u64) {
        let less = self.bytes.saturating_sub(bytes);
        self.bill.0.reserved.fetch_sub(less, Ordering::Relaxed);
        self.bytes -= less;
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.shrink_to(0);
    }
}

/// Bytes of a packet at the most, on the links that are measured. Where it is more (loopback), a long datagram seems to
/// cost a hundredth too much.
const PACKET: u64 = 1500;

/// What a link and its protocols put around a payload, bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Headers {
    /// The link's own, where its interface counts them (Ethernet's 14).
    pub(crate) link: u64,
    pub(crate) ipv6: bool,
}

impl Headers {
    fn ip(self) -> u64 {
        self.link + if self.ipv6 { 40 } else { 20 }
    }

    /// Of a UDP packet.
    pub(crate) fn udp(self) -> u64 {
        self.ip() + 8
    }

    /// A datagram with so many bytes of payload, as the link carries it: in pieces, where it is longer than a packet.
    pub(crate) fn datagram(self, payload: u64) -> u64 {
        let packet = PACKET - if self.ipv6 { 40 } else { 20 };
        let whole = payload + 8;
        if whole <= packet {
            return payload + self.udp();
        }
        // IPv6 says in a header of its own which piece it is; all but the last are multiples of 8 long.
        let piece_header = if self.ipv6 { 8 } else { 0 };
        let piece = (packet - piece_header) / 8 * 8;
        whole + whole.div_ceil(piece) * (self.ip() + piece_header)
    }

    /// Of a TCP segment with timestamps.
    pub(crate) fn tcp(self) -> u64 {
        self.ip() + 32
    }

    /// Of a segment that opens a connection, with its options.
    pub(crate) fn opening(self) -> u64 {
        self.ip() + 40
    }

    /// What a connection costs that is opened and reset at once: three segments to open it, and the reset.
    pub(crate) fn handshake(self) -> u64 {
        2 * self.opening() + 2 * self.tcp()
    }

    /// What was sent to open a connection that nobody answered in six seconds: seven tries at the most.
    pub(crate) fn unanswered(self) -> u64 {
        7 * self.opening()
    }

    /// What bytes that are still on their way when their connection is reset cost beyond themselves: a segment's
    /// headers for each of them, and the reset that answers it.
    pub(crate) fn in_flight(self, bytes: u64, segment: u64) -> u64 {
        bytes.div_ceil(segment.max(1)) * (self.tcp() + self.ip() + 20)
    }

    /// Asking for a neighbour's address before the first packet, and the answer.
    pub(crate) fn neighbour(self) -> u64 {
        if self.link > 0 {
            2 * (self.link + 28)
        } else {
            0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_nobody_elses_until_it_is_spent_or_given_up() {
        let bill = Bill::default();
        bill.add(100);
        let mut reservation = bill.reserve(300);
        assert_eq!((bill.left_of(1_000), bill.total()), (600, 100));
        bill.add(200);
        reservation.shrink_to(100);
        assert_eq!(bill.left_of(1_000), 600);
        reservation.shrink_to(500);
        assert_eq!(bill.left_of(1_000), 600);
        drop(reservation);
        assert_eq!((bill.left_of(1_000), bill.left_of(200)), (700, 0));
    }

    #[test]
    fn headers_are_as_long_as_the_protocols_say() {
        let raw = Headers {
            link: 0,
            ipv6: false,
        };
        let lan = Headers {
            link: 14,
            ipv6: true,
        };
        assert_eq!((raw.udp(), raw.tcp(), raw.opening()), (28, 52, 60));
        assert_eq!((lan.udp(), lan.tcp(), lan.opening()), (62, 86, 94));
        assert_eq!(
            (raw.handshake(), raw.neighbour(), lan.neighbour()),
            (224, 0, 84)
        );
        // One packet; then two, and forty-one.
        assert_eq!((raw.datagram(172), raw.datagram(1472)), (200, 1500));
        assert_eq!(
            (raw.datagram(1473), lan.datagram(1453)),
            (1521, 1453 + 8 + 2 * 62)
        );
        assert_eq!(raw.datagram(60_000), 60_008 + 41 * 20);
        assert_eq!(
            (raw.in_flight(0, 1448), raw.in_flight(1449, 1448)),
            (0, 184)
        );
    }
}
