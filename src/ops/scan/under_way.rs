//! What is under way of one carrier: an interruption takes neither what was read of it nor the time that it took.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::document::LinkCost;
use crate::domain::radio::Reading;
use crate::domain::{Carrier, Plmn};
use crate::ops::progress::{Listener, Progress};
use crate::time::Instant;

/// The readings of a carrier so far.
pub(super) type Readings = Arc<Mutex<Vec<Reading>>>;

/// What is seen of the carriers, one after the other.
#[derive(Default)]
pub(super) struct Observations<'r> {
    /// By how much the modem's clock ran ahead of the wall's while something was measured: sockets live by the wall's.
    pub(super) stretched: Duration,
    under_way: Option<UnderWay<'r>>,
}

/// Whom is seen.
#[derive(Clone, Copy)]
pub(super) struct Seen<'r> {
    pub(super) carrier: &'r Carrier,
    pub(super) plmn: Plmn,
    /// How long the modem took to get there; `None` where it was there already.
    pub(super) took: Option<Duration>,
}

/// What was read of a carrier in which an interruption came.
pub(super) struct Cut<'r> {
    pub(super) seen: Seen<'r>,
    pub(super) readings: Vec<Reading>,
    /// What measuring had cost by then, where it had begun.
    pub(super) cost: Option<LinkCost>,
}

struct UnderWay<'r> {
    seen: Seen<'r>,
    readings: Readings,
    measured: Option<Measuring>,
}

/// When measuring began, by both clocks, and what stood on the bill.
struct Measuring {
    wall: tokio::time::Instant,
    modems: Instant,
    billed: u64,
}

impl<'r> Observations<'r> {
    /// A carrier from now on, and whether it is measured, by what stands on the bill; where its readings are to be kept.
    pub(super) fn begin(&mut self, seen: Seen<'r>, now: Instant, billed: Option<u64>) -> Readings {
        let readings = Readings::default();
        self.under_way = Some(UnderWay {
            seen,
            readings: readings.clone(),
            measured: billed.map(|billed| Measuring {
                wall: tokio::time::Instant::now(),
                modems: now,
                billed,
            }),
        });
        readings
    }

    /// It was seen as far as was asked; by how much the modem's clock ran ahead meanwhile.
    pub(super) fn end(&mut self, now: Instant) -> Duration {
        let ahead = self.ahead(now);
        self.under_way = None;
        ahead
    }

    /// It was interrupted: what was read of it, and what that cost where `billed` is on the bill by now; `None` where
    /// nothing was read of it for certain.
    pub(super) fn cut(&mut self, now: Instant, billed: u64) -> (Duration, Option<Cut<'r>>) {
        let ahead = self.ahead(now);
        let Some(UnderWay {
            seen,
            readings,
            measured,
        }) = self.under_way.take()
        else {
            return (ahead, None);
        };
        let mut readings = std::mem::take(&mut *lock(&readings));
        // Nobody looked a second time whether the modem is still there: the cell has to say itself whose it is.
        readings.retain(|reading| {
            let own = reading
                .cell
                .plmn
                .map(|plmn| seen.carrier.plmns.contains(&plmn));
            own.unwrap_or(seen.took.is_none())
        });
        let cost = measured.map(|measured| LinkCost {
            bytes: billed.saturating_sub(measured.billed),
            interface_bytes: None,
            seconds: super::seconds(measured.wall.elapsed()),
        });
        let cut = (!readings.is_empty()).then_some(Cut {
            seen,
            readings,
            cost,
        });
        (ahead, cut)
    }

    fn ahead(&mut self, now: Instant) -> Duration {
        let measured = self
            .under_way
            .as_ref()
            .and_then(|one| one.measured.as_ref());
        let ahead = measured.map_or(Duration::ZERO, |measured| {
            (now - measured.modems).saturating_sub(measured.wall.elapsed())
        });
        self.stretched += ahead;
        ahead
    }
}

/// Keeps each reading as it comes, and tells another of everything.
pub(super) struct Keeping<'a> {
    pub(super) listener: &'a dyn Listener,
    pub(super) readings: &'a Readings,
}

impl Listener for Keeping<'_> {
    fn on(&self, event: &Progress<'_>) {
        if let Progress::Reading(reading) = event {
            lock(self.readings).push((*reading).clone());
        }
        self.listener.on(event);
    }
}

fn lock(readings: &Readings) -> std::sync::MutexGuard<'_, Vec<Reading>> {
    readings.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Profile;
    use crate::domain::radio::{Cell, Rsrp};
    use crate::ops::progress::Silently;
    use crate::os::clock::Clock;

    fn reading(plmn: Option<&str>) -> Reading {
        Reading {
            rsrp: Rsrp::new(-90),
            cell: Cell {
                plmn: plmn.map(|plmn| plmn.parse().unwrap()),
                ..Cell::default()
            },
            ..Reading::default()
        }
    }

    /// Whether anything is kept of a carrier whose readings were of these networks.
    fn is_kept(took: Option<Duration>, networks: &[Option<&str>]) -> bool {
        let carrier = Profile::france().named("sfr").unwrap();
        let plmn = carrier.plmns[0];
        let mut observations = Observations::default();
        let now = Clock::system().now();
        let seen = Seen {
            carrier: &carrier,
            plmn,
            took,
        };
        let readings = observations.begin(seen, now, None);
        let keeping = Keeping {
            listener: &Silently,
            readings: &readings,
        };
        for network in networks {
            keeping.on(&Progress::Reading(&reading(*network)));
        }
        let (_, cut) = observations.cut(now, 0);
        assert!(observations.cut(now, 0).1.is_none(), "once");
        cut.is_some()
    }

    #[test]
    fn what_was_read_before_an_interruption_is_kept_where_its_cell_says_whose_it_is() {
        let joined = Some(Duration::from_secs(3));
        assert!(is_kept(joined, &[Some("20810")]));
        assert!(is_kept(joined, &[Some("20801"), Some("20810")]));
        assert!(!is_kept(joined, &[]));
        assert!(!is_kept(joined, &[Some("20801")]));
        assert!(!is_kept(joined, &[None]));
        // Where the modem stood all the time there is nothing to doubt.
        assert!(is_kept(None, &[None]));
        assert!(!is_kept(None, &[Some("20801")]));
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_measured_when_an_interruption_comes_takes_the_walls_time_and_not_the_modems() {
        let carrier = Profile::france().named("sfr").unwrap();
        let clock = Clock::paced(20.0);
        for is_cut in [true, false] {
            let mut observations = Observations::default();
            let seen = Seen {
                carrier: &carrier,
                plmn: carrier.plmns[0],
                took: None,
            };
            let begun = clock.now();
            observations.begin(seen, begun, Some(100));
            tokio::time::advance(Duration::from_secs(5)).await;
            let now = clock.now();
            assert_eq!(now - begun, Duration::from_secs(100));
            let ahead = if is_cut {
                observations.cut(now, 400).0
            } else {
                observations.end(now)
            };
            assert_eq!(ahead, Duration::from_secs(95));
            assert_eq!(observations.stretched, ahead);
        }
    }
}
