//! Timestamps that never step: the date once, and from there the monotonic clock.

use std::time::Duration;

use super::stamp::Ntp;
use opensim_domain::time::Instant;
use opensim_os::clock::{Clock, wall};

/// Turns the clock's instants into timestamps.
#[derive(Debug, Clone)]
pub(crate) struct Stamper {
    date: Duration,
    at: Instant,
}

impl Stamper {
    /// With the date of now.
    pub(crate) fn new(clock: &Clock) -> Self {
        let date = wall().as_duration();
        Self {
            date: Duration::try_from(date).unwrap_or_default(),
            at: clock.now(),
        }
    }

    /// The timestamp of what was so long before an instant that is not before this was made.
    pub(crate) fn before(&self, instant: Instant, span: Duration) -> Ntp {
        let date = self.date + (instant - self.at);
        Ntp::since_unix(date.saturating_sub(span))
    }

    /// The timestamp of an instant that is not before this was made.
    pub(crate) fn at(&self, instant: Instant) -> Ntp {
        Ntp::since_unix(self.date + (instant - self.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_came_before_is_stamped_as_long_before() {
        let clock = Clock::system();
        let stamper = Stamper::new(&clock);
        let now = clock.now() + Duration::from_secs(1);
        let before = stamper.before(now, Duration::from_millis(40));
        assert!((stamper.at(now).ms_since(before) - 40.0).abs() < 1e-3);
    }
}
