//! The one source of time: the system's, or a scaled one for the demonstration.
//!
//! Every wait and every deadline goes through [`Clock`], so a virtual modem that lives ten times faster makes the
//! host's timeouts ten times shorter too, and a paused tokio clock makes a test of minutes take milliseconds.
//! Below this room time is an argument, never read.

use opensim_domain::time::Instant;

/// A clock that runs `pace` times as fast as the system's. Clones tell the same time.
#[derive(Debug, Clone)]
pub struct Clock {
    start: tokio::time::Instant,
    pace: f64,
}

impl Clock {
    /// The system's own pace. Call it inside a tokio runtime, whose paused clock it follows.
    pub fn system() -> Self {
        Self::paced(1.0)
    }

    /// A pace of its own; anything but a positive finite number is taken as 1.
    pub fn paced(pace: f64) -> Self {
        let pace = if pace.is_finite() && pace > 0.0 {
            pace
        } else {
            1.0
        };
        Self {
            start: tokio::time::Instant::now(),
            pace,
        }
    }

    /// The time now.
    pub fn now(&self) -> Instant {
        Instant::at(self.start.elapsed().mul_f64(self.pace))
    }

    /// How many times as fast as the system's it runs.
    pub fn pace(&self) -> f64 {
        self.pace
    }

    /// Waits until `when`; `None` never comes. Safe to drop at any time.
    pub async fn sleep_until(&self, when: Option<Instant>) {
        match when {
            Some(when) => {
                tokio::time::sleep_until(self.start + when.since_start().div_f64(self.pace)).await;
            }
            None => std::future::pending().await,
        }
    }
}

/// The date and time for documents, UTC. The one place that reads the wall clock.
pub fn wall() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

/// The zone that times are shown in: `TZ`, else what the system is set to; UTC where neither names one that is known here.
pub fn zone() -> jiff::tz::TimeZone {
    let known = |zone: &jiff::tz::TimeZone| !zone.is_unknown();
    let system = jiff::tz::TimeZone::try_system().ok().filter(known);
    system.unwrap_or(jiff::tz::TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_paced_clock_lives_faster_and_waits_shorter() {
        let clock = Clock::paced(10.0);
        let system = tokio::time::Instant::now();
        clock
            .sleep_until(Some(Instant::at(Duration::from_mins(1))))
            .await;
        assert_eq!(system.elapsed().as_secs(), 6);
        assert!(clock.now() >= Instant::at(Duration::from_mins(1)));
    }
}
