//! What a carrier's link carries: rate, delay, jitter, loss, and the bucket that a network gives before it holds back.

use std::time::Duration;

/// A carrier's link, as the data path shapes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkShape {
    /// Bits a second to the user, of IP packets; 0 carries nothing.
    pub down_bps: u64,
    /// From the user.
    pub up_bps: u64,
    /// One way.
    pub delay: Duration,
    /// At most so much more, evenly spread.
    pub jitter: Duration,
    /// Packets lost of a million, each way.
    pub loss_ppm: u32,
    /// Bytes each way that pass at once before the rate holds.
    pub bucket: u64,
}

impl Default for LinkShape {
    /// A good cell: 20 and 8 Mbit/s, 25 ms one way.
    fn default() -> Self {
        Self {
            down_bps: 20_000_000,
            up_bps: 8_000_000,
            delay: Duration::from_millis(25),
            jitter: Duration::from_millis(4),
            loss_ppm: 0,
            bucket: 0,
        }
    }
}
