//! Network codes: a country (MCC) and a network in it (MNC).
//!
//! An MNC has two or three digits and `310-01` is not `310-001`, so the digits are kept as they were given and
//! never as a number. Source: ITU-T E.212.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A public land mobile network, e.g. `20810` (SFR). Compares by its digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Plmn {
    digits: [u8; 6],
    len: u8,
}

/// A text that is not a network code; keeps the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a network code of 5 or 6 digits: {0:?}")]
pub struct NotAPlmn(pub String);

impl Plmn {
    /// Builds from the two codes as a modem prints them, e.g. `("208", "10")`.
    ///
    /// # Errors
    /// When the MCC has not 3 digits or the MNC not 2 or 3.
    pub fn from_parts(mcc: &str, mnc: &str) -> Result<Self, NotAPlmn> {
        let whole = format!("{mcc}{mnc}");
        if mcc.len() == 3 && (mnc.len() == 2 || mnc.len() == 3) {
            whole.parse()
        } else {
            Err(NotAPlmn(whole))
        }
    }

    /// The country code, three digits.
    pub fn mcc(&self) -> &str {
        &self.as_str()[..3]
    }

    /// The network code in its country, two or three digits.
    pub fn mnc(&self) -> &str {
        &self.as_str()[3..]
    }

    /// The digits, as `AT+COPS` takes them.
    pub fn as_str(&self) -> &str {
        // Only ASCII digits are ever stored, so this cannot fail; an empty text would be visible at once.
        std::str::from_utf8(&self.digits[..usize::from(self.len)]).unwrap_or_default()
    }
}

impl FromStr for Plmn {
    type Err = NotAPlmn;

    /// Reads `20810`, `208-10`, `208 10` or `310410`; anything else is refused, never completed.
    fn from_str(text: &str) -> Result<Self, NotAPlmn> {
        let refuse = || NotAPlmn(text.chars().take(32).collect());
        let bytes = text.as_bytes();
        let separated = bytes.len() > 3 && matches!(bytes[3], b'-' | b' ');
        let mut digits = [0; 6];
        let mut len = 0_usize;
        for (at, byte) in bytes.iter().enumerate() {
            if separated && at == 3 {
                continue;
            }
            if !byte.is_ascii_digit() || len == 6 {
                return Err(refuse());
            }
            digits[len] = *byte;
            len += 1;
        }
        match len {
            5 => Ok(Self { digits, len: 5 }),
            6 => Ok(Self { digits, len: 6 }),
            _ => Err(refuse()),
        }
    }
}

impl TryFrom<String> for Plmn {
    type Error = NotAPlmn;

    fn try_from(text: String) -> Result<Self, NotAPlmn> {
        text.parse()
    }
}

impl From<Plmn> for String {
    fn from(plmn: Plmn) -> Self {
        plmn.as_str().to_owned()
    }
}

impl fmt::Display for Plmn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Plmn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Plmn({})", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_and_six_digits_stay_apart() {
        let short: Plmn = "31026".parse().unwrap();
        let long: Plmn = "310260".parse().unwrap();
        assert_ne!(short, long);
        assert_eq!((long.mcc(), long.mnc()), ("310", "260"));
    }

    #[test]
    fn a_separator_is_read_and_not_kept() {
        assert_eq!("208-10".parse::<Plmn>().unwrap().as_str(), "20810");
        assert_eq!("310 260".parse::<Plmn>().unwrap().as_str(), "310260");
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "2081",
            "3104100",
            "20-810",
            "2081O",
            "208--10",
            "-",
            "208-",
            "٢٠٨١٠",
        ] {
            assert!(text.parse::<Plmn>().is_err(), "{text:?}");
        }
        assert!(Plmn::from_parts("20", "810").is_err());
    }
}
