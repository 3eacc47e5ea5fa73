//! Whether the computer's clock is right: against the time that the network gave the modem, else by whether anything keeps
//! it.
//!
//! A clock that is minutes off breaks what a company's VPN, its pages and its one-time codes rest on, and says so nowhere.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::{Found, fail, pass, skip, warn};
use crate::document::Note;
use crate::domain::codes::Code;
use crate::modem::Modem;

/// The question, which changes nothing (27.007 clause 8.15).
const QUESTION: &str = "AT+CCLK?";
/// How long its answer may take.
const SOON: Duration = Duration::from_secs(3);
/// How far a clock may be off: the network's word is to the second, and the modem's may be some seconds old.
const CLOSE_S: i64 = 30;
/// How far a clock may be off before certificates and one-time codes fail.
const FAR_S: i64 = 300;

/// The network's time, where the modem has it: as it is with its zone, and as it would be if the zone were none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NetworkTime {
    zoned: Timestamp,
    plain: Timestamp,
}

/// The network's time, where the modem tells.
pub(super) async fn of_modem(modem: &mut dyn Modem) -> Option<NetworkTime> {
    let answer = modem.raw(QUESTION, false, SOON).await.ok()?;
    let lines = answer
        .lines
        .iter()
        .filter_map(|line| std::str::from_utf8(line).ok());
    lines.into_iter().find_map(read)
}

/// `+CCLK: "yy/MM/dd,hh:mm:ss±zz"`, the zone in quarters of an hour.
fn read(line: &str) -> Option<NetworkTime> {
    let text = line.trim().strip_prefix("+CCLK:")?.trim().trim_matches('"');
    let (date, rest) = text.split_once(',')?;
    let sign = rest.find(['+', '-']);
    let (time, zone) = rest.split_at(sign.unwrap_or(rest.len()));
    let [year, month, day] = numbers(date, '/')?;
    let [hour, minute, second] = numbers(time, ':')?;
    // What a modem that was never told counts from: 1980, 2000, 2004...
    if !(24..80).contains(&year) {
        return None;
    }
    let civil = DateTime::new(
        2000 + year,
        i8_of(month)?,
        i8_of(day)?,
        i8_of(hour)?,
        i8_of(minute)?,
        i8_of(second)?,
        0,
    );
    let plain = TimeZone::UTC.to_timestamp(civil.ok()?).ok()?;
    let quarters: i64 = match zone {
        "" => 0,
        zone => zone.parse().ok()?,
    };
    let zoned = Timestamp::from_second(plain.as_second().checked_sub(quarters.checked_mul(900)?)?);
    Some(NetworkTime {
        zoned: zoned.ok()?,
        plain,
    })
}

fn numbers(text: &str, between: char) -> Option<[i16; 3]> {
    let numbers: Option<Vec<i16>> = text
        .split(between)
        .map(|part| part.trim().parse().ok())
        .collect();
    numbers?.try_into().ok()
}

fn i8_of(number: i16) -> Option<i8> {
    i8::try_from(number).ok()
}

/// How far the computer is from the network, seconds; positive where it is ahead. Some modems write their local time as if
/// it were UTC, so the nearer reading counts.
fn ahead(now: Timestamp, network: NetworkTime) -> i64 {
    let from = |at: Timestamp| now.as_second() - at.as_second();
    let (zoned, plain) = (from(network.zoned), from(network.plain));
    if zoned.abs() <= plain.abs() {
        zoned
    } else {
        plain
    }
}

/// `kept` is whether the system says that a time service keeps its clock.
pub(super) fn clock(now: Timestamp, network: Option<NetworkTime>, kept: Option<bool>) -> Found {
    if let Some(network) = network {
        let ahead_s = ahead(now, network);
        let note = |code| {
            let way = if ahead_s > 0 { "ahead" } else { "behind" };
            Note::new(code)
                .with("way", way)
                .with("seconds", ahead_s.abs())
        };
        return match ahead_s.abs() {
            off if off <= CLOSE_S => pass(note(Code::DOCTOR_CLOCK_RIGHT)),
            off if off <= FAR_S => warn(note(Code::DOCTOR_CLOCK_OFF)),
            _ => fail(note(Code::DOCTOR_CLOCK_OFF)),
        };
    }
    match kept {
        Some(true) => pass(Note::new(Code::DOCTOR_CLOCK_KEPT)),
        Some(false) => warn(Note::new(Code::DOCTOR_CLOCK_LOOSE)),
        None => skip(Note::new(Code::DOCTOR_UNREAD)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::doctor::CheckOutcome::{Fail, Pass, Skipped, Warn};

    fn found(
        line: Option<&str>,
        kept: Option<bool>,
    ) -> (crate::domain::doctor::CheckOutcome, Code) {
        let now: Timestamp = "2026-11-27T08:00:00Z".parse().unwrap();
        let (outcome, note) = clock(now, line.and_then(read), kept);
        (outcome, note.code.known().unwrap())
    }

    #[test]
    fn the_networks_time_decides_where_the_modem_has_it() {
        for (line, expected) in [
            (
                "+CCLK: \"26/11/27,09:00:05+04\"",
                (Pass, Code::DOCTOR_CLOCK_RIGHT),
            ),
            (
                "+CCLK: \"26/11/27,08:00:05+00\"",
                (Pass, Code::DOCTOR_CLOCK_RIGHT),
            ),
            // Local time that is written as if it were UTC, and UTC with a zone beside it.
            (
                "+CCLK: \"26/11/27,08:00:20+04\"",
                (Pass, Code::DOCTOR_CLOCK_RIGHT),
            ),
            (
                "+CCLK:\"26/11/27,08:00:05\"",
                (Pass, Code::DOCTOR_CLOCK_RIGHT),
            ),
            (
                "+CCLK: \"26/11/27,09:02:00+04\"",
                (Warn, Code::DOCTOR_CLOCK_OFF),
            ),
            (
                "+CCLK: \"26/11/27,08:30:00+00\"",
                (Fail, Code::DOCTOR_CLOCK_OFF),
            ),
            (
                "+CCLK: \"26/11/20,08:00:00+00\"",
                (Fail, Code::DOCTOR_CLOCK_OFF),
            ),
        ] {
            assert_eq!(found(Some(line), Some(false)), expected, "{line}");
        }
    }

    #[test]
    fn a_modem_that_was_never_told_the_time_tells_none() {
        for line in [
            "+CCLK: \"80/01/06,00:00:12+00\"",
            "+CCLK: \"04/01/01,00:00:12\"",
            "+CCLK: \"26/13/27,08:00:05+00\"",
            "+CCLK: \"26/11/27\"",
            "+CCLK: \"26/11/27,08:00:05+999999999999999\"",
            "+CCLK: \"26/11/27,08:00:05-99999999999\"",
            "OK",
            "",
        ] {
            assert_eq!(
                found(Some(line), Some(true)),
                (Pass, Code::DOCTOR_CLOCK_KEPT),
                "{line}"
            );
        }
    }

    #[test]
    fn without_it_the_system_says_whether_its_clock_is_kept() {
        assert_eq!(found(None, Some(false)), (Warn, Code::DOCTOR_CLOCK_LOOSE));
        assert_eq!(found(None, None), (Skipped, Code::DOCTOR_UNREAD));
    }
}
