//! A port that never answers a command, and what comes from it all the same.

use std::time::Duration;

use super::VirtualModem;
use crate::quirks::Dead;
use opensim_domain::time::Instant;

/// A request to configure a PPP link (RFC 1661 5.1) in HDLC framing: what a port in a data session repeats.
const PPP: &[u8] = b"\x7e\xff\x7d\x23\xc0\x21\x7d\x21\x7d\x21\x7d\x20\x7d\x2e\x7d\x22\x7d\x26\x7d\x20\x7d\x20\x7d\x20\x7d\x20\x7d\x27\x7d\x22\x7d\x28\x7d\x22\x70\x34\x7e";

impl VirtualModem {
    pub(super) fn is_dead(&self) -> bool {
        self.state.quirks.dead != Dead::No
    }

    /// When a dead port emits something next.
    pub(super) fn next_frame(&self, now: Instant) -> Option<Instant> {
        match self.state.quirks.dead {
            Dead::No | Dead::Silent => None,
            Dead::Noise => Some(now + Duration::from_millis(400)),
            Dead::Ppp => Some(now + Duration::from_secs(3)),
        }
    }

    /// Says what nobody asked for and no text is.
    pub(super) fn emit_frame(&mut self) {
        match self.state.quirks.dead {
            Dead::No | Dead::Silent => {}
            Dead::Noise => self.output.frame(self.state.now),
            Dead::Ppp => self.output.bytes(self.state.now, PPP),
        }
    }
}
