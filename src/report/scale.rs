//! Where a value lies between the ends of a panel, as a share of its width.

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    /// The share of the width, 0 to 1.
    pub(super) at: f64,
    /// How it is written.
    pub(super) label: String,
}

/// The range of a panel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    step: Step,
}

/// How a range is walked.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    /// Equal differences.
    By(f64),
    /// Equal ratios: rates differ by powers of ten.
    Tenfold,
}

/// How many labels stand beside one another on a telephone.
const MOST: usize = 5;

/// From one round value to beyond the next.
const ROUND: f64 = 2.5;

/// What arithmetic may be off by.
const NEAR: f64 = 1e-9;

/// Space left at both ends, so that no mark is cut.
const MARGIN: f64 = 0.02;

impl Scale {
    /// A mean opinion score.
    pub(super) const OF_VOICE: Self = Self {
        low: 1.0,
        high: 5.0,
        step: Step::By(1.0),
    };

    /// RSRP in dBm, from where nothing is of use any more to the strongest that is met.
    pub(super) const OF_SIGNAL: Self = Self {
        low: -120.0,
        high: -60.0,
        step: Step::By(20.0),
    };

    /// For these rates, in bit/s: between round values (1, 2 and 5 of each power of ten) that hold them all, a hundredfold
    /// apart at the least.
    pub(super) fn of_rates(values: impl Iterator<Item = f64>) -> Self {
        let known: Vec<f64> = values.filter(|value| (1.0..1e20).contains(value)).collect();
        let low = known.iter().copied().fold(f64::INFINITY, f64::min);
        let high = known.iter().copied().fold(1.0, f64::max);
        let low = if low.is_finite() { low } else { 1.0 };
        let low = round_below(low);
        let high = round_below(high * ROUND).max(low * 100.0);
        Self {
            low,
            high,
            step: Step::Tenfold,
        }
    }

    /// Where a value lies, 0 to 1; one beyond an end lies at the end.
    pub(super) fn place(&self, value: f64) -> f64 {
        let share = match self.step {
            Step::By(_) => (value - self.low) / (self.high - self.low),
            Step::Tenfold => (value / self.low).log10() / (self.high / self.low).log10(),
        };
        let share = if share.is_nan() {
            0.0
        } else {
            share.clamp(0.0, 1.0)
        };
        MARGIN + share * (1.0 - 2.0 * MARGIN)
    }

    /// Some round values of the range, no more than there is room for.
    pub(super) fn ticks(&self, label: impl Fn(f64) -> String) -> Vec<Tick> {
        let mut values = Vec::new();
        let mut value = match self.step {
            Step::By(step) => (self.low / step).ceil() * step,
            Step::Tenfold => 10f64.powf((self.low.log10() - NEAR).ceil()),
        };
        // Rounding must not lose the last.
        while value <= self.high + self.high.abs() * NEAR {
            values.push(value);
            match self.step {
                Step::By(step) => value += step,
                Step::Tenfold => value *= 10.0,
            }
        }
        let apart = values.len().div_ceil(MOST);
        let tick = |value: f64| Tick {
            at: self.place(value),
            label: label(value),
        };
        values.into_iter().step_by(apart.max(1)).map(tick).collect()
    }
}

/// The greatest of 1, 2 and 5 of a power of ten that is not above this.
fn round_below(value: f64) -> f64 {
    let power = 10f64.powf((value.log10() + NEAR).floor());
    let steps = [5.0, 2.0, 1.0].into_iter();
    let round = steps.map(|step| step * power);
    let mut below = round.filter(|round| *round <= value * (1.0 + NEAR));
    below.next().unwrap_or(power)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(scale: Scale) -> Vec<String> {
        let ticks = scale.ticks(|value| value.to_string());
        ticks.into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn rates_stand_between_the_round_values_about_them() {
        let rows: [(&[f64], f64, f64, &[&str]); 5] = [
            (
                &[138e3, 200e3, 7_761e3],
                1e5,
                1e7,
                &["100000", "1000000", "10000000"],
            ),
            (&[200e3, 10_818e3], 2e5, 2e7, &["1000000", "10000000"]),
            (&[200e3], 2e5, 2e7, &["1000000", "10000000"]),
            (
                &[0.0, f64::NAN, f64::INFINITY],
                1.0,
                100.0,
                &["1", "10", "100"],
            ),
            (
                &[5.0, 2e9],
                5.0,
                5e9,
                &["10", "1000", "100000", "10000000", "1000000000"],
            ),
        ];
        let near = |a: f64, b: f64| (a - b).abs() < b * 1e-6;
        for (values, low, high, names) in rows {
            let scale = Scale::of_rates(values.iter().copied());
            assert!(
                near(scale.low, low) && near(scale.high, high),
                "{values:?}: {scale:?}"
            );
            let ticks = scale.ticks(|value| value.round().to_string());
            let ticks: Vec<String> = ticks.into_iter().map(|tick| tick.label).collect();
            assert_eq!(ticks, names, "{values:?}");
        }
    }

    #[test]
    fn the_ticks_of_a_fixed_range_are_round_and_within_it() {
        assert_eq!(labels(Scale::OF_VOICE), ["1", "2", "3", "4", "5"]);
        assert_eq!(labels(Scale::OF_SIGNAL), ["-120", "-100", "-80", "-60"]);
    }

    proptest::proptest! {
        #[test]
        fn every_value_lies_within_the_panel_and_more_lies_further(
            values in proptest::collection::vec(proptest::num::f64::ANY, 1..6),
            a in proptest::num::f64::NORMAL,
            b in proptest::num::f64::NORMAL,
        ) {
            let (less, more) = if a < b { (a, b) } else { (b, a) };
            for scale in [Scale::OF_VOICE, Scale::OF_SIGNAL, Scale::of_rates(values.into_iter())] {
                let (less, more) = (scale.place(less), scale.place(more));
                proptest::prop_assert!((0.0..=1.0).contains(&less) && less <= more && more <= 1.0);
            }
        }
    }
}
