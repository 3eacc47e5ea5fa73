//! A side of a comparison as a person names it: a survey, a span of days, a time of day, a place.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use super::LAST;
use crate::document::{ComparedBy, HistoryEntry};

/// The word for all that is earlier than the other side.
const BEFORE: &[&str] = &["before", "avant"];

/// The times of day with their hours. The first word is the one that documents have.
const TIMES: &[(&[&str], std::ops::Range<i8>)] = &[
    (&["night", "nuit"], 0..6),
    (&["morning", "matin"], 6..12),
    (&["afternoon", "après-midi", "apres-midi"], 12..18),
    (&["evening", "soir"], 18..24),
];

/// Which surveys are on a side.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Side {
    /// The newest.
    Last,
    /// The one of this number.
    Survey(u64),
    /// From the first to before the second.
    Period(Timestamp, Timestamp),
    /// All before the other side.
    Before,
    /// Within these hours of any day.
    Hours(std::ops::Range<i8>),
    /// Of this place.
    Place(String),
}

impl Side {
    /// What is meant by a word, of these places. `None` where nothing is.
    pub(super) fn of(
        word: &str,
        places: &[String],
        now: Timestamp,
        zone: &TimeZone,
    ) -> Option<Self> {
        let word = word.trim();
        let lower = word.to_lowercase();
        let is = |words: &[&str]| words.contains(&lower.as_str());
        // A place may be called like anything else: then it is meant.
        if let Some(place) = places.iter().find(|place| place.to_lowercase() == lower) {
            return Some(Self::Place(place.clone()));
        }
        if is(&[LAST, "dernier"]) {
            return Some(Self::Last);
        }
        if is(BEFORE) {
            return Some(Self::Before);
        }
        if let Ok(id) = lower.parse() {
            return Some(Self::Survey(id));
        }
        if let Some((_, hours)) = TIMES.iter().find(|(words, _)| is(words)) {
            return Some(Self::Hours(hours.clone()));
        }
        if let Some(from) = ago(&lower, now) {
            return Some(Self::Period(from, Timestamp::MAX));
        }
        let span = lower.split_once("..").or_else(|| lower.split_once(':'));
        let (from, to) = match span {
            Some((from, to)) => (day(from, zone)?.0, day(to, zone)?.1),
            None => day(&lower, zone)?,
        };
        Some(Self::Period(from, to))
    }

    /// How it was understood.
    pub(super) fn by(&self) -> ComparedBy {
        match self {
            Self::Last | Self::Survey(_) => ComparedBy::Survey,
            Self::Period(..) => ComparedBy::Period,
            Self::Before => ComparedBy::Before,
            Self::Hours(_) => ComparedBy::TimeOfDay,
            Self::Place(_) => ComparedBy::Place,
        }
    }

    /// The one name of a time of day, whichever it was named by.
    pub(super) fn hours(&self) -> Option<&'static str> {
        let Self::Hours(hours) = self else {
            return None;
        };
        let (words, _) = TIMES.iter().find(|(_, those)| those == hours)?;
        words.first().copied()
    }

    /// Whether a survey is on this side; `start` is when the other one begins.
    pub(super) fn has(
        &self,
        entry: &HistoryEntry,
        start: Option<Timestamp>,
        zone: &TimeZone,
    ) -> bool {
        let Ok(at) = entry.at.parse::<Timestamp>() else {
            return false;
        };
        match self {
            // Which that is was found before.
            Self::Last => false,
            Self::Survey(id) => entry.id == *id,
            Self::Period(from, to) => (*from..*to).contains(&at),
            Self::Before => start.is_some_and(|start| at < start),
            Self::Hours(hours) => hours.contains(&zone.to_datetime(at).hour()),
            Self::Place(place) => entry.label.as_ref() == Some(place),
        }
    }
}

/// The moment that long ago: `12h`, `30d` (also `30j`), `2w`.
pub(super) fn ago(text: &str, now: Timestamp) -> Option<Timestamp> {
    let unit = text.chars().last()?;
    let number: i64 = text.strip_suffix(unit)?.trim().parse().ok()?;
    let hours = match unit {
        'h' => 1,
        'd' | 'j' => 24,
        'w' => 168,
        _ => return None,
    };
    let hours = number
        .checked_mul(hours)
        .filter(|hours| (0..10_000_000).contains(hours))?;
    now.checked_sub(SignedDuration::from_hours(hours)).ok()
}

/// A day: its first moment here, and that of the next.
pub(super) fn day(text: &str, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
    let date: Date = text.trim().parse().ok()?;
    let next = date.checked_add(1.day()).ok()?;
    let begins = |date: Date| {
        date.to_zoned_datetime(zone.clone())
            .ok()
            .map(|zoned| zoned.timestamp())
    };
    Some((begins(date)?, begins(next)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(word: &str) -> Option<Side> {
        let places = ["Salon".to_owned(), "evening".to_owned(), "7".to_owned()];
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        let zone = TimeZone::fixed(jiff::tz::offset(1));
        Side::of(word, &places, now, &zone)
    }

    #[test]
    fn a_time_of_day_has_one_name_whichever_it_was_named_by() {
        for (word, expected) in [
            ("Soir", Some("evening")),
            ("matin", Some("morning")),
            ("après-midi", Some("afternoon")),
            ("nuit", Some("night")),
            // A place has this name.
            ("evening", None),
            ("last", None),
        ] {
            assert_eq!(
                meant(word).and_then(|side| side.hours()),
                expected,
                "{word}"
            );
        }
    }

    #[test]
    fn a_side_is_named_in_the_words_of_people() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        for (word, expected) in [
            ("last", Some(Side::Last)),
            ("12", Some(Side::Survey(12))),
            ("salon", Some(Side::Place("Salon".to_owned()))),
            ("évier", None),
            ("morning", Some(Side::Hours(6..12))),
            ("Matin", Some(Side::Hours(6..12))),
            ("soir", Some(Side::Hours(18..24))),
            ("avant", Some(Side::Before)),
            ("evening", Some(Side::Place("evening".to_owned()))),
            ("7", Some(Side::Place("7".to_owned()))),
            (
                "7d",
                Some(Side::Period(at("2026-11-16T12:00:00Z"), Timestamp::MAX)),
            ),
            (
                "2026-11-20",
                Some(Side::Period(
                    at("2026-11-19T23:00:00Z"),
                    at("2026-11-20T23:00:00Z"),
                )),
            ),
            (
                "2026-11-01..2026-11-20",
                Some(Side::Period(
                    at("2026-10-31T23:00:00Z"),
                    at("2026-11-20T23:00:00Z"),
                )),
            ),
            (
                "2026-11-20:2026-11-20",
                Some(Side::Period(
                    at("2026-11-19T23:00:00Z"),
                    at("2026-11-20T23:00:00Z"),
                )),
            ),
            ("2026-13-01", None),
            ("99999999999999999999d", None),
            ("..", None),
            ("", None),
            ("é", None),
        ] {
            assert_eq!(meant(word), expected, "{word:?}");
        }
    }
}
