//! What changed between two times or places beyond the noise, and when there is too little to tell.
//!
//! A reception differs from one hour to the next by some decibels with nothing changed. So a difference of medians counts
//! only where it is large in itself and large beside how much the readings differ among themselves; and of fewer than
//! [`FEWEST`] surveys a side nothing is concluded, whatever they show.
//!
//! ```
//! use opensim_domain::compare::{Trend, SIGNAL_DB, difference};
//!
//! let before = [-92.0, -93.0, -91.0, -94.0];
//! let after = [-104.0, -103.0, -106.0];
//! assert_eq!(difference(&before, &after, SIGNAL_DB).change, Trend::Worse);
//! assert_eq!(difference(&before, &after[..2], SIGNAL_DB).change, Trend::TooFew);
//! ```

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::verdict::Verdict;

/// The fewest surveys a side of which anything is concluded.
pub const FEWEST: usize = 3;

/// The least difference of signal that counts, in dB: less than that comes and goes with a lorry before the window.
pub const SIGNAL_DB: f64 = 6.0;

/// The least difference of rates that counts, in doublings.
pub const RATE_DOUBLINGS: f64 = 1.0;

/// How many times its own uncertainty a difference has to be.
const SURE: f64 = 2.0;

/// What became of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Trend {
    /// Less than before, beyond the noise.
    Worse,
    /// More than before, beyond the noise.
    Better,
    /// Nothing beyond the noise.
    Same,
    /// Too few surveys to tell.
    TooFew,
    /// It was there, and is not any more.
    Vanished,
    /// It was not there, and is.
    Appeared,
}

/// A difference of two medians.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// The later median less the earlier; `None` where a side has no value.
    pub delta: Option<f64>,
    /// What it has to exceed, besides the least that counts; `None` with fewer than [`FEWEST`] values a side.
    pub noise: Option<f64>,
    /// What follows.
    pub change: Trend,
}

/// The middle of some values; `None` where there is none.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    Some(f64::midpoint(*sorted.get(middle - 1)?, upper))
}

/// How much values differ among themselves: the sample standard deviation; `None` for fewer than two.
pub fn spread(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
    Some((squares / (n - 1.0)).sqrt())
}

/// Compares the values of two sides: `least` is what a difference has to be at the least.
pub fn difference(before: &[f64], after: &[f64], least: f64) -> Difference {
    let delta = median(after)
        .zip(median(before))
        .map(|(after, before)| after - before);
    let enough = before.len() >= FEWEST && after.len() >= FEWEST;
    let share = |values: &[f64]| spread(values).map(|s| s.powi(2) / values.len() as f64);
    let noise = share(before)
        .zip(share(after))
        .filter(|_| enough)
        .map(|(before, after)| SURE * (before + after).sqrt());
    let change = match (delta, noise) {
        (Some(delta), Some(noise)) if delta.abs() < least || delta.abs() <= noise => Trend::Same,
        (Some(delta), Some(_)) if delta < 0.0 => Trend::Worse,
        (Some(_), Some(_)) => Trend::Better,
        _ => Trend::TooFew,
    };
    Difference {
        delta,
        noise,
        change,
    }
}

/// Whether a carrier is still there: of so many surveys a side, in how many its signal was read.
///
/// `None` where it is there on both sides, or was on neither: then its values are compared.
pub fn presence(before: (usize, usize), after: (usize, usize)) -> Option<Trend> {
    let there = |(read, of): (usize, usize)| read * 2 > of;
    let gone = |(read, _): (usize, usize)| read == 0;
    let change = match () {
        () if there(before) && gone(after) => Trend::Vanished,
        () if gone(before) && there(after) => Trend::Appeared,
        () => return None,
    };
    let enough = before.1 >= FEWEST && after.1 >= FEWEST;
    Some(if enough { change } else { Trend::TooFew })
}

/// The verdict that most surveys came to; the worse of two that as many came to. `None` where there is none.
pub fn usual(verdicts: &[Verdict]) -> Option<Verdict> {
    let mut counts: BTreeMap<Verdict, usize> = BTreeMap::new();
    for verdict in verdicts {
        *counts.entry(*verdict).or_default() += 1;
    }
    let most = counts
        .into_iter()
        .max_by_key(|(verdict, count)| (*count, *verdict));
    most.map(|(verdict, _)| verdict)
}

/// Compares what most surveys of each side came to. What was not measured is neither better nor worse than what was.
pub fn verdicts(before: &[Verdict], after: &[Verdict]) -> Trend {
    let measured = |verdicts: &[Verdict]| -> Vec<Verdict> {
        let told = verdicts.iter().filter(|v| **v != Verdict::NotMeasured);
        told.copied().collect()
    };
    let (before, after) = (measured(before), measured(after));
    match (usual(&before), usual(&after)) {
        _ if before.len() < FEWEST || after.len() < FEWEST => Trend::TooFew,
        (Some(before), Some(after)) if after > before => Trend::Worse,
        (Some(before), Some(after)) if after < before => Trend::Better,
        _ => Trend::Same,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn signal(before: &[f64], after: &[f64]) -> Trend {
        difference(before, after, SIGNAL_DB).change
    }

    #[test]
    fn a_difference_counts_where_it_is_large_in_itself_and_beside_the_noise() {
        use Trend::{Better, Same, TooFew, Worse};
        let steady = [-90.0, -91.0, -89.0];
        let rough = [-70.0, -90.0, -110.0];
        for (before, after, expected) in [
            (&steady[..], &[-96.0, -97.0, -95.0][..], Worse),
            (&steady, &[-95.0, -96.0, -94.0], Same),
            (&steady, &[-84.0, -83.0, -85.0], Better),
            (&rough, &[-100.0, -80.0, -120.0], Same),
            (&steady, &[-110.0, -110.0], TooFew),
            (&steady[..2], &[-110.0, -110.0, -110.0], TooFew),
            (&steady, &[], TooFew),
            (&[], &[], TooFew),
            (&[-90.0; 3], &[-96.0; 3], Worse),
        ] {
            assert_eq!(signal(before, after), expected, "{before:?} {after:?}");
        }
        let told = difference(&steady, &[-96.0, -97.0, -95.0], SIGNAL_DB);
        assert_eq!(told.delta, Some(-6.0));
        assert!((told.noise.unwrap() - 2.0 * (2.0_f64 / 3.0).sqrt()).abs() < 1e-9);
    }

    #[test]
    fn a_carrier_is_gone_when_it_was_usual_and_is_never_read_any_more() {
        assert_eq!(presence((9, 10), (0, 5)), Some(Trend::Vanished));
        assert_eq!(presence((0, 5), (3, 5)), Some(Trend::Appeared));
        assert_eq!(presence((9, 10), (0, 2)), Some(Trend::TooFew));
        assert_eq!(presence((5, 10), (0, 5)), None, "it was there now and then");
        assert_eq!(presence((9, 10), (1, 5)), None);
        assert_eq!(presence((0, 5), (0, 5)), None);
    }

    #[test]
    fn what_most_surveys_came_to_decides() {
        use Verdict::{NotMeasured, Suitable, Unavailable, Unsuitable};
        let good = [Suitable, Suitable, Unsuitable, Suitable];
        let bad = [Unsuitable, Suitable, Unsuitable];
        assert_eq!(usual(&good), Some(Suitable));
        assert_eq!(usual(&[Suitable, Unsuitable]), Some(Unsuitable));
        assert_eq!(usual(&[]), None);
        assert_eq!(verdicts(&good, &bad), Trend::Worse);
        assert_eq!(verdicts(&bad, &good), Trend::Better);
        assert_eq!(verdicts(&good, &good), Trend::Same);
        assert_eq!(verdicts(&good, &bad[..2]), Trend::TooFew);
        let unmeasured = [NotMeasured, NotMeasured, NotMeasured];
        assert_eq!(verdicts(&good, &unmeasured), Trend::TooFew);
        assert_eq!(verdicts(&bad, &[Unavailable; 3]), Trend::Worse);
    }

    proptest! {
        #[test]
        fn turned_round_the_opposite_follows(
            a in prop::collection::vec(-140.0..-44.0, 0..9),
            b in prop::collection::vec(-140.0..-44.0, 0..9),
        ) {
            let there = difference(&a, &b, SIGNAL_DB);
            let back = difference(&b, &a, SIGNAL_DB);
            let opposite = match back.change {
                Trend::Worse => Trend::Better,
                Trend::Better => Trend::Worse,
                same => same,
            };
            prop_assert_eq!(there.change, opposite);
            if a.len().min(b.len()) < FEWEST {
                prop_assert_eq!(there.change, Trend::TooFew);
            }
            if there.delta.is_some_and(|delta| delta.abs() < SIGNAL_DB) {
                prop_assert!(!matches!(there.change, Trend::Worse | Trend::Better));
            }
        }
    }
}
