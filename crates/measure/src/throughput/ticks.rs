//! The ticks that the test is fed on: a late one keeps its nominal time and takes the count of now.

use std::time::Duration;

use opensim_domain::time::Instant;

/// From one count to the next.
pub(crate) const TICK: Duration = Duration::from_millis(50);

/// Later than this, what is counted says more about this computer than about the link.
const BLIND: Duration = Duration::from_millis(500);

/// Counts the ticks since the first payload byte.
#[derive(Debug, Clone)]
pub(crate) struct Ticks {
    start: Instant,
    passed: u32,
}

impl Ticks {
    /// Tick 0 is now: the first payload byte is there.
    pub(crate) fn from(start: Instant) -> Self {
        Self { start, passed: 0 }
    }

    /// When the next tick is due.
    pub(crate) fn next(&self) -> Instant {
        self.start + TICK * (self.passed + 1)
    }

    /// Whether a tick is due; takes it.
    pub(crate) fn take(&mut self, now: Instant) -> bool {
        let due = now >= self.next();
        self.passed += u32::from(due);
        due
    }

    /// Whether the next tick is so late that counts between were missed.
    pub(crate) fn blind(&self, now: Instant) -> bool {
        now - self.next() > BLIND
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_look_takes_every_tick_that_passed_and_the_next_keeps_its_place() {
        let start = Instant::at(Duration::from_secs(3));
        let mut ticks = Ticks::from(start);
        assert!(!ticks.take(start + Duration::from_millis(49)));
        let late = start + Duration::from_millis(170);
        assert_eq!((0..9).filter(|_| ticks.take(late)).count(), 3);
        assert_eq!(ticks.next(), start + Duration::from_millis(200));
        assert!(!ticks.blind(start + Duration::from_millis(700)));
        assert!(ticks.blind(start + Duration::from_millis(701)));
    }
}
