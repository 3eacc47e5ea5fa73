//! The radio of one place over some minutes, as whoever turns an antenna wants it: where the levels are going, what was
//! the best so far and when, and whether the cell is another one.
//!
//! Pure: readings in, with the time as an argument. It chooses nothing, and it compares cells only by what both tell.

use std::collections::VecDeque;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::radio::{Cell, Reading, Rsrp, Rsrq, Sampled, Sinr};
use crate::rank;

/// How far back a trend looks: as long as an antenna takes to be turned a little and to settle.
const WINDOW: Duration = Duration::from_secs(10);

/// The shortest time that a trend is told over.
const SHORTEST: Duration = Duration::from_secs(2);

/// How many readings stand for a moment: their median is not moved by one that strays.
const MOMENT: usize = 3;

/// Tenths of dB by which power and signal to noise move before it is more than the modem's own unrest.
const STEADY: i32 = 20;

/// The same of RSRQ, which moves a third as much.
const STEADY_RSRQ: i32 = 10;

/// Where a level is going.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Tendency {
    /// Better than some seconds ago.
    Rising,
    /// Within the unrest of the readings.
    Steady,
    /// Worse than some seconds ago.
    Falling,
}

/// How one level went.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slope {
    /// From the beginning of the time looked at to its end, dB.
    pub change_db: f64,
    /// The same in a word.
    pub direction: Tendency,
}

/// How the levels of one cell went.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trends {
    /// Over how long.
    pub over: Duration,
    /// Of the power; `None` where it was not read at both ends.
    pub rsrp: Option<Slope>,
    /// Of the quality.
    pub rsrq: Option<Slope>,
    /// Of the signal to noise.
    pub sinr: Option<Slope>,
}

/// The best so far: the median of three readings, so that one which strays is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Best {
    /// When, since the watching began.
    pub at: Duration,
    /// The number of its last reading, counted from 1.
    pub number: u32,
    /// By how much it is good ([`rank::points`]).
    pub points: f64,
    /// The levels and their cell.
    pub sampled: Sampled,
}

/// What was seen so far.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    /// The readings of this cell within [`WINDOW`], the oldest first.
    recent: VecDeque<(Duration, Reading)>,
    best: Option<Best>,
    cell: Option<Cell>,
    number: u32,
    changes: u32,
}

impl Watch {
    /// Takes a reading, as long after the watching began as `now` says; gives the cell that was left, where this one belongs to another.
    pub fn take(&mut self, now: Duration, reading: &Reading) -> Option<Cell> {
        self.number = self.number.saturating_add(1);
        let left = self
            .cell
            .take_if(|former| is_another(former, &reading.cell))
            .inspect(|_| {
                self.changes = self.changes.saturating_add(1);
                // Between two cells a level jumps, which is no trend.
                self.recent.clear();
            });
        self.cell = Some(match self.cell.take() {
            Some(former) => known_of_both(&former, &reading.cell),
            None => reading.cell.clone(),
        });
        self.recent.push_back((now, reading.clone()));
        while self
            .recent
            .front()
            .is_some_and(|(at, _)| now.saturating_sub(*at) > WINDOW)
        {
            self.recent.pop_front();
        }
        self.keep_best(now);
        left
    }

    /// The number of the last reading, counted from 1; 0 before the first.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// How often the cell was another one.
    pub fn changes(&self) -> u32 {
        self.changes
    }

    /// The best so far; `None` while no level was read.
    pub fn best(&self) -> Option<&Best> {
        self.best.as_ref()
    }

    /// Looks for the best from the next reading on: the antenna is somewhere else.
    pub fn forget_best(&mut self) {
        self.best = None;
        self.recent.clear();
    }

    /// How the levels of this cell went; `None` until that can be told.
    pub fn trends(&self) -> Option<Trends> {
        let (first, last) = (self.recent.front()?.0, self.recent.back()?.0);
        let over = last.saturating_sub(first);
        let count = self.recent.len();
        if over < SHORTEST || count < MOMENT {
            return None;
        }
        let end = MOMENT.min(count / 2);
        let median = |from: usize, to: usize| {
            let readings: Vec<Reading> = self
                .recent
                .range(from..to)
                .map(|(_, reading)| reading.clone())
                .collect();
            Sampled::median(&readings).map(|sampled| sampled.reading)
        };
        let (before, after) = (median(0, end)?, median(count - end, count)?);
        let trend = |before: Option<i32>, after: Option<i32>, steady| {
            Some(Slope::of(after? - before?, steady))
        };
        Some(Trends {
            over,
            rsrp: trend(
                before.rsrp.map(Rsrp::tenths),
                after.rsrp.map(Rsrp::tenths),
                STEADY,
            ),
            rsrq: trend(
                before.rsrq.map(Rsrq::tenths),
                after.rsrq.map(Rsrq::tenths),
                STEADY_RSRQ,
            ),
            sinr: trend(
                before.sinr.map(Sinr::tenths),
                after.sinr.map(Sinr::tenths),
                STEADY,
            ),
        })
    }

    fn keep_best(&mut self, now: Duration) {
        let from = self.recent.len().saturating_sub(MOMENT);
        let last: Vec<Reading> = self
            .recent
            .range(from..)
            .map(|(_, reading)| reading.clone())
            .collect();
        let Some(sampled) = Sampled::median(&last) else {
            return;
        };
        let Some(points) = rank::points(sampled.reading.rsrp, sampled.reading.sinr) else {
            return;
        };
        // The first few stand for a moment only together, and what stands for one is beaten by a moment alone.
        let is_new = self.best.as_ref().is_none_or(|best| {
            let had = best.sampled.samples;
            sampled.samples > had || sampled.samples == had && points > best.points
        });
        if is_new {
            self.best = Some(Best {
                at: now,
                number: self.number,
                points,
                sampled,
            });
        }
    }
}

impl Slope {
    fn of(tenths: i32, steady: i32) -> Self {
        let direction = if tenths >= steady {
            Tendency::Rising
        } else if tenths <= -steady {
            Tendency::Falling
        } else {
            Tendency::Steady
        };
        Self {
            change_db: f64::from(tenths) / 10.0,
            direction,
        }
    }
}

/// Whether something that both tell says that they are two.
fn is_another(former: &Cell, cell: &Cell) -> bool {
    fn differ<T: PartialEq>(former: Option<T>, now: Option<T>) -> bool {
        former.zip(now).is_some_and(|(former, now)| former != now)
    }
    differ(former.plmn, cell.plmn)
        || differ(former.cell_id, cell.cell_id)
        || differ(former.pci, cell.pci)
        || differ(former.earfcn, cell.earfcn)
}

/// The cell as it is now, with what only the reading before told of it.
fn known_of_both(former: &Cell, cell: &Cell) -> Cell {
    Cell {
        plmn: cell.plmn.or(former.plmn),
        access: cell.access.or(former.access),
        band: cell.band.or(former.band),
        earfcn: cell.earfcn.or(former.earfcn),
        bandwidth_tenths_mhz: cell.bandwidth_tenths_mhz.or(former.bandwidth_tenths_mhz),
        pci: cell.pci.or(former.pci),
        cell_id: cell.cell_id.or(former.cell_id),
        tac: cell.tac.or(former.tac),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(at: u64) -> Duration {
        Duration::from_secs(at)
    }

    fn reading(rsrp: i32) -> Reading {
        Reading {
            rsrp: Rsrp::new(rsrp),
            sinr: Sinr::new(10),
            cell: Cell {
                pci: Some(214),
                earfcn: Some(6400),
                ..Cell::default()
            },
            ..Reading::default()
        }
    }

    fn watched(levels: &[i32]) -> Watch {
        let mut watch = Watch::default();
        for (at, rsrp) in (0..).zip(levels) {
            watch.take(second(at), &reading(*rsrp));
        }
        watch
    }

    #[test]
    fn a_level_that_goes_up_by_more_than_its_unrest_is_rising() {
        let of = |levels: &[i32]| watched(levels).trends().unwrap().rsrp.unwrap().direction;
        assert_eq!(of(&[-100, -99, -98, -96, -95, -94]), Tendency::Rising);
        assert_eq!(of(&[-94, -95, -96, -98, -99, -100]), Tendency::Falling);
        assert_eq!(of(&[-97, -98, -97, -96, -97, -98]), Tendency::Steady);
    }

    #[test]
    fn a_trend_is_told_from_the_third_reading_on_and_looks_ten_seconds_back() {
        assert_eq!(watched(&[-100, -90]).trends(), None);
        let long_ago = watched(&[
            -120, -120, -120, -90, -90, -90, -90, -90, -90, -90, -90, -90, -90, -90,
        ]);
        let trends = long_ago.trends().unwrap();
        assert_eq!(trends.over, WINDOW);
        assert_eq!(trends.rsrp.unwrap().direction, Tendency::Steady);
    }

    #[test]
    fn one_reading_that_strays_is_not_the_best() {
        let watch = watched(&[-100, -100, -100, -60, -100, -95, -95, -95, -101]);
        let best = watch.best().unwrap();
        assert_eq!(best.sampled.reading.rsrp, Rsrp::new(-95));
        assert_eq!((best.number, best.at), (6, second(5)));
    }

    #[test]
    fn what_the_first_reading_alone_said_gives_way_to_a_moment() {
        let best = watched(&[-60, -100, -100]).best().unwrap().clone();
        assert_eq!(best.sampled.reading.rsrp, Rsrp::new(-100));
        assert_eq!(best.sampled.samples, 3);
    }

    #[test]
    fn one_strong_reading_of_another_cell_does_not_take_the_place_of_the_best() {
        let mut watch = watched(&[-90, -90, -90]);
        for (at, level) in [(3, -60), (4, -120), (5, -120), (6, -120)] {
            let mut other = reading(level);
            other.cell.pci = Some(87);
            watch.take(second(at), &other);
        }
        assert_eq!(watch.best().unwrap().number, 3);
    }

    #[test]
    fn the_best_stays_when_the_antenna_is_turned_on_and_is_forgotten_when_asked() {
        let mut watch = watched(&[-90, -90, -90, -110, -110, -110]);
        assert_eq!(watch.best().unwrap().number, 3);
        watch.forget_best();
        assert_eq!(watch.best(), None);
        watch.take(second(9), &reading(-108));
        assert_eq!(watch.best().unwrap().sampled.reading.rsrp, Rsrp::new(-108));
    }

    #[test]
    fn another_cell_is_told_once_and_begins_a_trend_of_its_own() {
        let mut watch = watched(&[-100, -100, -100, -100]);
        let mut other = reading(-80);
        other.cell.pci = Some(87);
        let left = watch.take(second(4), &other).unwrap();
        assert_eq!((left.pci, watch.changes()), (Some(214), 1));
        assert_eq!(watch.take(second(5), &other), None);
        assert_eq!(watch.trends(), None);
    }

    #[test]
    fn what_a_reading_leaves_open_is_no_other_cell() {
        let mut watch = watched(&[-100]);
        let mut open = reading(-100);
        open.cell = Cell::default();
        assert_eq!(watch.take(second(1), &open), None);
        // And what was known before is not forgotten by it.
        let mut other = reading(-100);
        other.cell.pci = Some(87);
        assert!(watch.take(second(2), &other).is_some());
    }

    #[test]
    fn without_levels_there_is_neither_best_nor_trend() {
        let mut watch = Watch::default();
        for at in 0..5 {
            watch.take(second(at), &Reading::default());
        }
        assert_eq!(watch.best(), None);
        let trends = watch.trends().unwrap();
        assert_eq!((trends.rsrp, trends.sinr), (None, None));
    }
}
