//! Identifiers of a person's equipment and subscription, shown masked unless asked otherwise.
//!
//! An IMEI, IMSI or ICCID makes a person identifiable, so `Display` and `Debug` give the masked form; the full
//! digits need a call by name, [`Imei::reveal`], which only a terminal asked with `--reveal` makes.

use std::fmt;

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident, $min:literal ..= $max:literal, head $head:literal, tail $tail:literal, $fits:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// Reads the digits; `None` when the text has another shape, as an answer to another question has.
            pub fn parse(text: &str) -> Option<Self> {
                let text = text.trim().trim_matches('"').trim_end_matches(['F', 'f']);
                let fits = ($min..=$max).contains(&text.len());
                let all: fn(&str) -> bool = $fits;
                (fits && all(text)).then(|| Self(text.to_owned()))
            }

            /// The full digits. For a terminal that asked with `--reveal`, and for matching; never for a log.
            pub fn reveal(&self) -> &str {
                &self.0
            }

            /// The digits a stranger may see.
            pub fn masked(&self) -> String {
                mask(&self.0, $head, $tail)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.masked())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.masked())
            }
        }
    };
}

identifier! {
    /// The equipment's number, 14 to 16 digits; masked it keeps its type allocation code and its last two.
    Imei, 14..=16, head 8, tail 2, digits
}
identifier! {
    /// The SIM card's number, 18 to 22 digits (ITU-T E.118), of which some suppliers print hexadecimal ones after its
    /// head; masked it keeps its first five and last two.
    Iccid, 18..=22, head 5, tail 2, card_digits
}
identifier! {
    /// The subscription's number, 14 or 15 digits; masked it keeps its country, network and last two.
    Imsi, 14..=15, head 5, tail 2, digits
}

fn digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// The head, 89 for telecommunications and the country, is in digits on every card; a text that only has hexadecimal
/// digits is another answer.
fn card_digits(text: &str) -> bool {
    let (head, rest) = text.split_at_checked(4).unwrap_or((text, ""));
    let hexadecimal = head.starts_with("89") && rest.bytes().all(|b| b.is_ascii_hexdigit());
    digits(head) && (digits(rest) || hexadecimal)
}

/// Keeps `head` first and `tail` last characters and stars the rest; a text too short to hide anything is starred whole.
pub fn mask(text: &str, head: usize, tail: usize) -> String {
    let count = text.chars().count();
    let keep = |at: usize| count > head + tail && (at < head || at >= count - tail);
    text.chars()
        .enumerate()
        .map(|(at, c)| if keep(at) { c } else { '*' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_shows_only_what_a_stranger_may_see() {
        let imei = Imei::parse("356938035643809").unwrap();
        assert_eq!(imei.to_string(), "35693803*****09");
        assert_eq!(format!("{imei:?}"), "Imei(35693803*****09)");
        assert_eq!(
            Imsi::parse("208100000000012").unwrap().to_string(),
            "20810********12"
        );
        assert_eq!(
            Iccid::parse("8933010000000012346F").unwrap().to_string(),
            "89330************46"
        );
    }

    #[test]
    fn a_card_whose_number_has_hexadecimal_digits_keeps_them() {
        let card = Iccid::parse("898602F9091830030220").unwrap();
        assert_eq!(card.reveal(), "898602F9091830030220");
        assert_eq!(card.masked(), "89860*************20");
        for other in [
            "89FF02F9091830030220",
            "2B51C03002F909183003",
            "898602G9091830030220",
            "898602F9",
        ] {
            assert_eq!(Iccid::parse(other), None, "{other}");
        }
        assert_eq!(Imei::parse("35693803564380A"), None);
    }

    #[test]
    fn another_answer_is_not_taken_for_an_imei() {
        for text in ["OK", "+CSQ: 12,99", "12345", "3569380356438O9", ""] {
            assert_eq!(Imei::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_short_text_is_hidden_whole() {
        assert_eq!(mask("1234567", 5, 2), "*******");
        assert_eq!(mask("", 5, 2), "");
    }
}
