//! Durations, rates, sizes and forms as people type them.

use std::time::Duration;

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser};

use crate::dialect::DIALECTS;
use crate::i18n::Lang;
use crate::os::clock;
use crate::report::Format;

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let is = match self {
            Self::Text => "For people",
            Self::Json => "One document",
            Self::Csv => "One line a carrier",
            Self::Html => "A page to keep or print",
        };
        Some(PossibleValue::new(self.as_str()).help(is))
    }
}

/// `60`, `60s`, `1500ms`, `2m`, `1h`, `1m30s`, `1 min 30 s`; more than zero and at most a day.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let wrong =
        || "a duration such as 60s, 1500ms or 1m30s, more than 0 and at most 24h".to_owned();
    let span = span(text).ok_or_else(wrong)?;
    if span.is_zero() || span > Duration::from_hours(24) {
        Err(wrong())
    } else {
        Ok(span)
    }
}

/// Numbers with their units, each unit smaller than the one before; a number alone is seconds, and the last of several
/// may leave its unit out.
fn span(text: &str) -> Option<Duration> {
    const UNITS: &[(&str, f64)] = &[
        ("h", 3600.0),
        ("min", 60.0),
        ("m", 60.0),
        ("s", 1.0),
        ("ms", 0.001),
    ];
    let mut rest = text.trim();
    if let Ok(seconds) = rest.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let (mut total, mut above) = (Duration::ZERO, f64::INFINITY);
    while !rest.is_empty() {
        let letters = rest.find(|c: char| c.is_ascii_alphabetic());
        let (number, tail) = rest.split_at(letters.unwrap_or(rest.len()));
        let end = tail.find(|c: char| !c.is_ascii_alphabetic());
        let (unit, tail) = tail.split_at(end.unwrap_or(tail.len()));
        let scale = match unit {
            // `1h30` is an hour and thirty minutes.
            "" if above > 1.0 => above / 60.0,
            _ => UNITS.iter().find(|(name, _)| *name == unit)?.1,
        };
        if scale >= above {
            return None;
        }
        let seconds = number.trim().parse::<f64>().ok()? * scale;
        total = total.checked_add(Duration::try_from_secs_f64(seconds).ok()?)?;
        (above, rest) = (scale, tail.trim_start());
    }
    Some(total)
}

/// `30d`, `2w`, `12h`, or `2026-11-23`: a moment of the past.
pub(super) fn moment(text: &str) -> Result<jiff::Timestamp, String> {
    let wrong = || "a span such as 30d, 2w or 12h, or a date such as 2026-11-23".to_owned();
    crate::ops::moment(text, &clock::zone()).ok_or_else(wrong)
}

/// `fr` or `en`, also as a locale spells it.
pub(super) fn language(text: &str) -> Result<Lang, String> {
    text.parse().map_err(|_| "fr, en".to_owned())
}

/// The names of the dialects.
pub(super) fn dialects() -> PossibleValuesParser {
    PossibleValuesParser::new(DIALECTS.iter().map(|dialect| dialect.profile().name))
}

/// Bits a second: `200k`, `1.5M`, `200000`.
pub(super) fn rate(text: &str) -> Result<u64, String> {
    scaled(text).ok_or_else(|| "a rate such as 200k or 1.5M (bit/s)".to_owned())
}

/// Bytes: `500k`, `5M`, `1G`, decimal.
pub(super) fn bytes(text: &str) -> Result<u64, String> {
    scaled(text).ok_or_else(|| "a size such as 500k or 5M (bytes)".to_owned())
}

fn scaled(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let scale = match &text[digits.len()..] {
        "" => 1.0,
        "k" | "K" => 1e3,
        "M" => 1e6,
        "G" => 1e9,
        _ => return None,
    };
    let value = digits.parse::<f64>().ok()? * scale;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be within 1 and 1e12"
    )]
    (1.0..=1e12).contains(&value).then_some(value as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_type_units_in_several_ways() {
        assert_eq!(duration("90"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("1500ms"), Ok(Duration::from_millis(1500)));
        assert_eq!(duration("2m"), Ok(Duration::from_mins(2)));
        for text in [
            "1m30s",
            "1m30",
            "1 min 30 s",
            "1.5m",
            "90000ms",
            "1m 29s 1000ms",
        ] {
            assert_eq!(duration(text), Ok(Duration::from_secs(90)), "{text}");
        }
        assert_eq!(duration("1h30"), Ok(Duration::from_mins(90)));
        assert_eq!(rate("200k"), Ok(200_000));
        assert_eq!(bytes("1.5M"), Ok(1_500_000));
    }

    #[test]
    fn nonsense_is_refused() {
        for text in [
            "",
            "s",
            "0",
            "-1s",
            "1e400",
            "NaN",
            "inf",
            "25h",
            "5 parsecs",
            "30s1m",
            "1m1m",
            "1s30",
            "1m-30s",
            "é",
        ] {
            assert!(duration(text).is_err(), "{text}");
            assert!(rate(text).is_err() || text == "25h", "{text}");
        }
    }
}
