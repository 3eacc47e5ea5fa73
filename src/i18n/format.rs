//! Numbers, durations and sizes as a person reads them, and what keeps a modem's text from driving a terminal.

use fluent_bundle::FluentValue;

use super::{Catalogue, Lang};

impl Catalogue {
    /// A number with at most one decimal, after a comma in French.
    pub fn number(&self, value: f64) -> String {
        let text = plain(value);
        match self.lang() {
            Lang::Fr => text.replace('.', ","),
            Lang::En => text,
        }
    }

    /// The same with its decimal whatever it is, for what stands beside others: `4,0` beside `4,4`.
    pub fn decimal(&self, value: f64) -> String {
        let text = format!("{value:.1}");
        match self.lang() {
            Lang::Fr => text.replace('.', ","),
            Lang::En => text,
        }
    }

    /// Numbers of one column: all with a decimal where one of them has one.
    pub fn column(&self, values: &[Option<f64>]) -> Vec<Option<String>> {
        let has_decimal = |value: &f64| plain(*value).contains('.');
        let one_has = values.iter().flatten().any(has_decimal);
        let told = |value: f64| {
            if one_has {
                self.decimal(value)
            } else {
                self.number(value)
            }
        };
        values.iter().map(|value| value.map(told)).collect()
    }

    /// A span: `38 s`, `2 min 05 s`, `2 min`, `1 h 05 min`; under ten seconds with one decimal.
    pub fn duration(&self, seconds: f64) -> String {
        if seconds < 10.0 {
            return self.text_of("duration-seconds", [("s", self.number(seconds.max(0.0)))]);
        }
        let whole = whole(seconds);
        let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60);
        if hours > 0 && minutes == 0 {
            return self.text_of("duration-hours_whole", [("h", hours.to_string())]);
        }
        if hours > 0 {
            let values = [("h", hours.to_string()), ("min", format!("{minutes:02}"))];
            return self.text_of("duration-hours", values);
        }
        if minutes > 0 && rest == 0 {
            return self.text_of("duration-minutes_whole", [("min", minutes.to_string())]);
        }
        if minutes > 0 {
            let values = [("min", minutes.to_string()), ("s", format!("{rest:02}"))];
            return self.text_of("duration-minutes", values);
        }
        self.text_of("duration-seconds", [("s", rest.to_string())])
    }

    /// An amount of data in decimal units.
    pub fn bytes(&self, bytes: u64) -> String {
        let scaled = |unit: u64| bytes as f64 / unit as f64;
        let (key, value) = match bytes {
            0 => return self.text("bytes-none"),
            1..1_000 => ("bytes-b", bytes as f64),
            1_000..1_000_000 => ("bytes-kb", scaled(1_000)),
            1_000_000..1_000_000_000 => ("bytes-mb", scaled(1_000_000)),
            _ => ("bytes-gb", scaled(1_000_000_000)),
        };
        self.text_of(key, [("n", self.number(value))])
    }

    /// A goodput in decimal units, the same wherever it stands: whole kbit/s, and Mbit/s with a decimal unless they are
    /// whole to the bit, as what a person asks for is.
    pub fn rate(&self, bps: u64) -> String {
        let (key, value) = match bps {
            0..1_000 => ("rate-bit", bps.to_string()),
            1_000..10_000 => ("rate-kbit", self.number(bps as f64 / 1e3)),
            10_000..999_500 => ("rate-kbit", self.number((bps as f64 / 1e3).round())),
            _ if bps.is_multiple_of(1_000_000) => ("rate-mbit", (bps / 1_000_000).to_string()),
            _ => ("rate-mbit", self.decimal(bps as f64 / 1e6)),
        };
        self.text_of(key, [("n", value)])
    }

    /// A date and time as the language writes them, without seconds, with the zone; a text that is no date as it is.
    pub fn moment(&self, text: &str) -> String {
        let Ok(at) = text.parse::<jiff::Timestamp>() else {
            return text.to_owned();
        };
        let there = at.to_zoned_datetime(self.zone.clone());
        let zone = there.strftime("%Z").to_string();
        // A zone without a name is told by how far it is from UTC.
        let from = if zone.starts_with(['+', '-']) {
            "UTC"
        } else {
            ""
        };
        let order = match self.lang() {
            Lang::Fr => "%d/%m/%Y à %H:%M",
            Lang::En => "%Y-%m-%d %H:%M",
        };
        format!("{} {from}{zone}", there.strftime(order))
    }

    /// A day as the language writes it, where it is that day in the reader's zone.
    pub fn day(&self, at: jiff::Timestamp) -> String {
        let order = match self.lang() {
            Lang::Fr => "%d/%m/%Y",
            Lang::En => "%Y-%m-%d",
        };
        let there = at.to_zoned_datetime(self.zone.clone());
        there.strftime(order).to_string()
    }

    /// Texts one after the other: `a, b and c`.
    pub fn list(&self, items: &[String]) -> String {
        self.joined(items, "list-and")
    }

    /// Texts of which one is meant: `a, b or c`.
    pub fn any_of(&self, items: &[String]) -> String {
        self.joined(items, "list-or")
    }

    fn joined(&self, items: &[String], key_of_last: &str) -> String {
        let Some((last, rest)) = items.split_last() else {
            return String::new();
        };
        let joined = rest
            .iter()
            .cloned()
            .reduce(|head, next| self.text_of("list-comma", [("head", head), ("last", next)]));
        match joined {
            Some(head) => self.text_of(key_of_last, [("head", head), ("last", last.clone())]),
            None => last.clone(),
        }
    }
}

/// Numbers in a French sentence.
pub(super) fn french<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(plain(number.value).replace('.', ",")),
        _ => None,
    }
}

/// Numbers in an English sentence.
pub(super) fn english<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(plain(number.value)),
        _ => None,
    }
}

/// A text as a terminal may show it: without control characters, line ends, and the marks that turn or hide what
/// follows. Modems choose their own names, and a terminal obeys what it is sent.
pub fn clean(text: &str) -> String {
    let shown = text.chars().filter(|c| !is_hidden(*c));
    let spaced = shown.map(|c| if c.is_control() { ' ' } else { c });
    spaced.collect::<String>().trim().to_owned()
}

/// Whether a character shows nothing and does something: marks that turn the direction of what follows, that hide or
/// join, that break a line unseen, and those that are blank without being a space.
pub fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// A text for a terminal that knows ASCII alone: accents dropped, dashes and quotes in their plain forms.
pub fn ascii(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let text = text.replace("«\u{202f}", "«").replace("\u{202f}»", "»");
    for c in text.chars() {
        match c {
            c if c.is_ascii() => plain.push(c),
            'à' | 'â' | 'ä' | 'á' => plain.push('a'),
            'À' | 'Â' | 'Ä' | 'Á' => plain.push('A'),
            'é' | 'è' | 'ê' | 'ë' => plain.push('e'),
            'É' | 'È' | 'Ê' | 'Ë' => plain.push('E'),
            'î' | 'ï' | 'í' => plain.push('i'),
            'Î' | 'Ï' => plain.push('I'),
            'ô' | 'ö' | 'ó' | '°' => plain.push('o'),
            'Ô' | 'Ö' => plain.push('O'),
            'ù' | 'û' | 'ü' | 'ú' => plain.push('u'),
            'Ù' | 'Û' | 'Ü' => plain.push('U'),
            'ç' => plain.push('c'),
            'Ç' => plain.push('C'),
            'œ' => plain.push_str("oe"),
            'Œ' => plain.push_str("OE"),
            '\u{a0}' | '\u{202f}' => plain.push(' '),
            '’' | '‘' => plain.push('\''),
            '«' | '»' | '“' | '”' => plain.push('"'),
            '–' | '—' | '−' | '─' => plain.push('-'),
            '…' => plain.push_str("..."),
            '≥' => plain.push_str(">="),
            '≤' => plain.push_str("<="),
            '·' | '•' => plain.push('*'),
            _ => plain.push('?'),
        }
    }
    plain
}

/// With one decimal where it has one.
fn plain(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0" } else { text }.to_owned()
}

fn whole(seconds: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float outside u64 saturates, and a span is not negative"
    )]
    let whole = seconds.round() as u64;
    whole
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    #[test]
    fn numbers_take_a_comma_in_french_only() {
        let (fr, en) = (Catalogue::new(Lang::Fr), Catalogue::new(Lang::En));
        for (value, french, english) in [
            (-95.3, "-95,3", "-95.3"),
            (-95.0, "-95", "-95"),
            (-0.04, "0", "0"),
            (3.25, "3,2", "3.2"),
        ] {
            assert_eq!(
                (fr.number(value), en.number(value)),
                (french.into(), english.into())
            );
        }
    }

    #[test]
    fn spans_and_sizes_read_as_people_say_them() {
        let fr = Catalogue::new(Lang::Fr);
        let spaced = |text: String| text.replace(['\u{a0}', '\u{202f}'], " ");
        for (seconds, text) in [
            (0.0, "0 s"),
            (4.25, "4,2 s"),
            (38.4, "38 s"),
            (59.6, "1 min"),
            (125.0, "2 min 05 s"),
            (240.0, "4 min"),
            (3600.0, "1 h"),
            (3900.0, "1 h 05 min"),
        ] {
            assert_eq!(spaced(fr.duration(seconds)), text);
        }
        assert_eq!(spaced(fr.bytes(0)), "aucune");
        assert_eq!(spaced(fr.bytes(1_250_000)), "1,2 Mo");
        for (bps, text) in [
            (200_000, "200 kbit/s"),
            (223_712, "224 kbit/s"),
            (999_700, "1,0 Mbit/s"),
            (2_000_000, "2 Mbit/s"),
            (2_004_000, "2,0 Mbit/s"),
            (7_761_000, "7,8 Mbit/s"),
        ] {
            assert_eq!(spaced(fr.rate(bps)), text);
        }
        let column = |values: &[Option<f64>]| fr.column(values);
        let told = |text: &str| Some(text.to_owned());
        assert_eq!(column(&[Some(-92.0), None]), [told("-92"), None]);
        assert_eq!(
            column(&[Some(-92.0), Some(-95.5)]),
            [told("-92,0"), told("-95,5")]
        );
        let items = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(fr.list(&items), "a, b et c");
        assert_eq!(fr.any_of(&items), "a, b ou c");
    }

    #[test]
    fn a_time_is_told_as_it_is_in_the_readers_zone() {
        let told = |zone: &str, text: &str| {
            let words = Catalogue::new(Lang::En).in_zone(TimeZone::posix(zone).unwrap());
            words.moment(text)
        };
        let paris = "CET-1CEST,M3.5.0,M10.5.0/3";
        let winter = "2026-11-23T23:32:05Z";
        assert_eq!(told(paris, winter), "2026-11-24 00:32 CET");
        assert_eq!(told(paris, "2026-07-01T12:00:00Z"), "2026-07-01 14:00 CEST");
        assert_eq!(told("<-03>3", winter), "2026-11-23 20:32 UTC-03");
        assert_eq!(
            Catalogue::new(Lang::Fr).moment(winter),
            "23/11/2026 à 23:32 UTC"
        );
        assert_eq!(told(paris, "yesterday"), "yesterday");
    }

    #[test]
    fn french_in_ascii_keeps_its_sense() {
        let said = ascii("Déjà\u{202f}: «\u{202f}opensim scan\u{202f}» – l’œuvre");
        assert_eq!(said, "Deja : \"opensim scan\" - l'oeuvre");
        assert_eq!(
            ascii("≥\u{a0}221 kbit/s, ≤\u{a0}4,4"),
            ">= 221 kbit/s, <= 4,4"
        );
    }

    #[test]
    fn a_modem_cannot_drive_the_terminal() {
        assert_eq!(clean("F SFR\u{1b}[2J\u{9b}31m\r\nOK"), "F SFR [2J 31m  OK");
        assert_eq!(clean("a\u{202e}b\u{200b}"), "ab");
    }

    #[test]
    fn every_letter_of_the_french_catalogue_has_a_plain_form() {
        for text in Lang::Fr.files().iter().chain(Lang::En.files()) {
            assert!(!ascii(&text.replace('?', "")).contains('?'));
        }
    }
}
