//! Timestamps that never step: the date once, and from there the monotonic clock.

use std::time::Duration;

use super::stamp::Ntp;
use crate::clock::{Clock, Instant, wall};

/// Turns the clock's instants into timestamps.
#[derive(Debug, Clone)]
pub(in crate::measure) struct Stamper {
    date: Duration,
    at: Instant,
}

impl Stamper {
    /// With the date of now.
    pub(in crate::measure) fn new(clock: &Clock) -> Self {
        let date = wall().as_duration();
        Self {
            date: Duration::try_from(date).unwrap_or_default(),
            at: clock.now(),
        }
    }

    /// The timestamp of what was so long before an instant that is not before this was made.
    pub(in crate::measure) fn before(&self, instant: Instant, span: Duration) -> Ntp {
        let date = self.date + (instant - self.at);
        Ntp::since_unix(date.saturating_sub(span))
    }

    /// The timestamp of an instant that is not before this was made.
    pub(in crate::measure) fn at(&self, instant: Instant) -> Ntp {
        Ntp::since_unix(self.date + (instant - self.at))
    }
}
