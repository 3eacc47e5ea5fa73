//! A point in time as the rooms without a clock take it: an argument, never read.

use std::ops::{Add, Sub};
use std::time::Duration;

/// A point on the clock's own scale, counted from its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Instant(Duration);

impl Instant {
    /// The clock's start.
    pub const ZERO: Self = Self(Duration::ZERO);

    /// A point this long after the clock's start.
    pub fn at(since_start: Duration) -> Self {
        Self(since_start)
    }

    /// How long after the clock's start.
    pub fn since_start(self) -> Duration {
        self.0
    }
}

impl Add<Duration> for Instant {
    type Output = Self;

    fn add(self, span: Duration) -> Self {
        Self(self.0.saturating_add(span))
    }
}

impl Sub for Instant {
    type Output = Duration;

    /// Zero where `earlier` is the later one.
    fn sub(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}
