//! What a carrier has to carry, and what is concluded about it.

use serde::{Deserialize, Serialize};

use crate::codes::Code;

/// What the user's day needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Requirement {
    /// Downlink goodput, bit/s.
    pub down_bps: u64,
    /// Uplink goodput, bit/s.
    pub up_bps: u64,
    /// Mean opinion score of a voice call (ITU-T G.107), 1 to 4.5.
    pub voice_mos: f64,
}

impl Default for Requirement {
    /// A teleworker's 200 kbit/s each way, and a call that G.109 calls "medium" (R = 70).
    fn default() -> Self {
        Self {
            down_bps: 200_000,
            up_bps: 200_000,
            voice_mos: 3.6,
        }
    }
}

/// What is concluded about a carrier, best first: this order is the rank's first rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Measured, and it carries the day.
    Suitable,
    /// Measured, and within the noise of the threshold.
    Uncertain,
    /// Throughput was not measured.
    #[default]
    NotMeasured,
    /// Measured, and it falls short; or nothing came at all.
    Unsuitable,
    /// It could not be registered on.
    Unavailable,
}

impl Verdict {
    /// Whether it rests on a measurement.
    pub fn is_measured(self) -> bool {
        matches!(self, Self::Suitable | Self::Uncertain | Self::Unsuitable)
    }
}

/// How near to the need a carrier came that falls short of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Nearness {
    /// It carried something: the least share of the need among what was measured, 0 to 1.
    Share(f64),
    /// Connected, and nothing came.
    Nothing,
}

impl Nearness {
    /// Of the rates that were measured, each with its need, and of a call; `None` where nothing was.
    ///
    /// A call's score begins at 1, so its share is that of what lies above.
    pub fn of(
        rates: impl IntoIterator<Item = (u64, u64)>,
        call: impl IntoIterator<Item = f64>,
        voice_mos: f64,
    ) -> Option<Self> {
        let rates = rates.into_iter();
        let rates = rates.map(|(rate, need)| rate as f64 / need.max(1) as f64);
        let calls = call.into_iter();
        let calls = calls.map(|mos| (mos - 1.0) / (voice_mos - 1.0).max(0.1));
        let shares: Vec<f64> = rates.chain(calls).map(|s| s.clamp(0.0, 1.0)).collect();
        if !shares.is_empty() && shares.iter().all(|share| *share <= 0.0) {
            return Some(Self::Nothing);
        }
        let least = shares.into_iter().reduce(f64::min);
        least.map(Self::Share)
    }
}

/// Why what a link carries could not be told from the need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// A rate lies within the noise of the need.
    Close,
    /// The data budget ended first.
    Budget,
    /// A transfer ended before anything could be told.
    CutShort,
    /// The way up was not measured.
    NoUp,
    /// The call got no answer.
    NoAnswer,
    /// The call was not rated.
    NoCall,
}

impl Doubt {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Close,
        Self::Budget,
        Self::CutShort,
        Self::NoUp,
        Self::NoAnswer,
        Self::NoCall,
    ];

    /// The doubt that a reason leaves, by its code and the part that it is about. What a server has no reflector for says
    /// nothing of the link and leaves none.
    pub fn of_reason(code: Code, part: Option<&str>) -> Option<Self> {
        match (code, part) {
            (Code::MEASURE_UNCERTAIN, _) => Some(Self::Close),
            (Code::MEASURE_BUDGET_SPENT, _) => Some(Self::Budget),
            (Code::MEASURE_CUT_SHORT, _) => Some(Self::CutShort),
            (Code::VOICE_NO_ANSWER, _) => Some(Self::NoAnswer),
            (
                Code::MEASURE_UNSUPPORTED | Code::MEASURE_PART_FAILED | Code::MEASURE_SKIPPED,
                Some("up"),
            ) => Some(Self::NoUp),
            (Code::MEASURE_PART_FAILED | Code::MEASURE_SKIPPED, Some("voice" | "loaded_voice")) => {
                Some(Self::NoCall)
            }
            _ => None,
        }
    }

    /// The end of its key in the catalogues.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::Budget => "budget",
            Self::CutShort => "cut_short",
            Self::NoUp => "no_up",
            Self::NoAnswer => "no_answer",
            Self::NoCall => "no_call",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rates with their needs, a call's score, and how near that is.
    type Row<'a> = (&'a [(u64, u64)], Option<f64>, Option<Nearness>);

    #[test]
    fn the_nearest_is_told_by_what_lacks_most() {
        let of = |rates: &[(u64, u64)], mos: Option<f64>| Nearness::of(rates.to_vec(), mos, 3.0);
        let rows: &[Row<'_>] = &[
            (&[], None, None),
            (&[(0, 200)], None, Some(Nearness::Nothing)),
            (&[(0, 200), (0, 200)], None, Some(Nearness::Nothing)),
            // The way down carried something: it is not "nothing", however dead the way up is.
            (&[(300, 200), (0, 200)], None, Some(Nearness::Share(0.0))),
            (&[(224, 200), (138, 200)], None, Some(Nearness::Share(0.69))),
            (
                &[(400, 200), (400, 200)],
                Some(2.0),
                Some(Nearness::Share(0.5)),
            ),
            (
                &[(400, 200), (50, 200)],
                Some(2.0),
                Some(Nearness::Share(0.25)),
            ),
            (&[(9, 0)], None, Some(Nearness::Share(1.0))),
        ];
        for (rates, mos, nearness) in rows {
            assert_eq!(of(rates, *mos), *nearness, "{rates:?} {mos:?}");
        }
        assert_eq!(Nearness::of([], [1.0], 1.0), Some(Nearness::Nothing));
    }

    #[test]
    fn what_carried_too_little_was_measured_and_what_is_not_here_was_not() {
        let all = [
            Verdict::Suitable,
            Verdict::Uncertain,
            Verdict::NotMeasured,
            Verdict::Unsuitable,
            Verdict::Unavailable,
        ];
        let measured = all.map(Verdict::is_measured);
        assert_eq!(measured, [true, true, false, true, false]);
    }

    #[test]
    fn each_doubt_has_a_key_of_its_own() {
        let keys: std::collections::BTreeSet<_> = Doubt::ALL.iter().map(|d| d.as_str()).collect();
        assert_eq!(keys.len(), Doubt::ALL.len());
        assert!(keys.iter().all(|key| key.len() > 2));
    }
}
