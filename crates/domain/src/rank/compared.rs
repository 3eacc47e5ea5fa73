//! Whether a survey compared anything at all.

use crate::radio::Quality;
use crate::verdict::Verdict;

/// What is known of a carrier when a survey ends, as far as comparing goes; in the order in which they are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Known {
    /// A level was read, or something measured.
    Read,
    /// It may be here; nothing was read of it.
    Unread,
    /// It was looked for, and cannot be had here.
    Away,
}

impl Known {
    /// By its verdict and its radio class.
    pub fn of(verdict: Verdict, quality: Option<Quality>) -> Self {
        match verdict {
            Verdict::Suitable | Verdict::Uncertain | Verdict::Unsuitable => Self::Read,
            Verdict::NotMeasured if quality.is_some() => Self::Read,
            Verdict::NotMeasured => Self::Unread,
            Verdict::Unavailable => Self::Away,
        }
    }
}

/// What a survey compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Compared {
    /// What it was asked for: those that were read, with one another and with the certainty that no other is here.
    Enough,
    /// One alone was read, and of others nobody knows.
    OneAlone,
    /// Nothing was read, and not all are known to be away.
    Nothing,
    /// None can be had here.
    Nobody,
}

impl Compared {
    /// Of everybody that was asked for.
    pub fn of(known: impl IntoIterator<Item = Known>) -> Self {
        let (mut read, mut unread, mut away) = (0, 0, 0);
        for one in known {
            match one {
                Known::Read => read += 1,
                Known::Unread => unread += 1,
                Known::Away => away += 1,
            }
        }
        match (read, unread, away) {
            (0, 0, 0) => Self::Enough,
            (0, 0, _) => Self::Nobody,
            (0, _, _) => Self::Nothing,
            (1, 1.., _) => Self::OneAlone,
            _ => Self::Enough,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_takes_two_that_were_read_or_one_and_nobody_else() {
        use Known::{Away, Read, Unread};
        let rows: &[(&[Known], Compared)] = &[
            (&[], Compared::Enough),
            (&[Read], Compared::Enough),
            (&[Read, Read], Compared::Enough),
            (&[Read, Read, Unread], Compared::Enough),
            (&[Read, Away, Away], Compared::Enough),
            (&[Read, Unread], Compared::OneAlone),
            (&[Unread, Read, Away], Compared::OneAlone),
            (&[Unread], Compared::Nothing),
            (&[Unread, Away, Away], Compared::Nothing),
            (&[Away], Compared::Nobody),
            (&[Away, Away], Compared::Nobody),
        ];
        for (known, compared) in rows {
            assert_eq!(Compared::of(known.iter().copied()), *compared, "{known:?}");
        }
    }

    #[test]
    fn what_was_read_of_a_carrier_follows_from_its_verdict_and_its_radio() {
        use Verdict::{NotMeasured, Suitable, Unavailable, Uncertain, Unsuitable};
        let good = Some(Quality::Good);
        for (verdict, quality, known) in [
            (Suitable, None, Known::Read),
            (Uncertain, None, Known::Read),
            (Unsuitable, None, Known::Read),
            (NotMeasured, good, Known::Read),
            (NotMeasured, None, Known::Unread),
            (Unavailable, None, Known::Away),
            // It was heard before, and refuses.
            (Unavailable, good, Known::Away),
        ] {
            assert_eq!(
                Known::of(verdict, quality),
                known,
                "{verdict:?} {quality:?}"
            );
        }
    }
}
