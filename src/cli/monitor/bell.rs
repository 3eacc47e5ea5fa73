//! When the bell rings.

use std::time::Duration;

use crate::os::clock::Clock;
use crate::time::Instant;
use crate::tui::tone;

/// The bell of who listens instead of looking.
#[derive(Debug)]
pub(super) struct Bell {
    is_on: bool,
    clock: Clock,
    /// From one ring to the next, by the last reading.
    every: Option<Duration>,
    /// When it rang last.
    last: Option<Instant>,
}

impl Bell {
    pub(super) fn new(is_on: bool) -> Self {
        Self {
            is_on,
            clock: Clock::system(),
            every: None,
            last: None,
        }
    }

    pub(super) fn is_on(&self) -> bool {
        self.is_on
    }

    pub(super) fn toggle(&mut self) {
        self.is_on = !self.is_on;
    }

    /// Takes how good the signal is now.
    pub(super) fn take(&mut self, points: Option<f64>) {
        self.every = tone::every(points);
    }

    /// How long until it is to ring; `None` while it is silent.
    pub(super) fn due(&self) -> Option<(Clock, Instant)> {
        let every = self.every.filter(|_| self.is_on)?;
        let at = self.last.map_or(self.clock.now(), |last| last + every);
        Some((self.clock.clone(), at))
    }

    /// Waits until then.
    pub(super) async fn wait(due: Option<(Clock, Instant)>) {
        match due {
            Some((clock, at)) => clock.sleep_until(Some(at)).await,
            None => std::future::pending().await,
        }
    }

    /// It rang.
    pub(super) fn rung(&mut self) {
        self.last = Some(self.clock.now());
    }
}
