//! What a measurement has cost so far, in bytes on the wire, and what is left of the budget.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes as the link carries them, headers included, both ways. Clones write on the same bill, so that what an
/// interrupted or failed measurement cost is still known.
#[derive(Debug, Clone, Default)]
pub struct Bill(Arc<AtomicU64>);

impl Bill {
    /// Puts these on it.
    pub fn add(&self, bytes: u64) {
        self.0.fetch_add(bytes, Ordering::Relaxed);
    }

    /// The sum.
    pub fn total(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// What is left of a budget that covers all that is on it.
    pub fn left_of(&self, budget: u64) -> u64 {
        budget.saturating_sub(self.total())
    }
}

/// Headers of an IP and a UDP packet.
pub(super) fn udp_headers(ipv6: bool) -> u64 {
    if ipv6 { 48 } else { 28 }
}

/// Headers of an IP and a TCP packet with timestamps.
pub(super) fn tcp_headers(ipv6: bool) -> u64 {
    if ipv6 { 72 } else { 52 }
}
