//! Splits the text after a response's prefix into fields: quoted, bare, empty, parenthesised.
//!
//! Knows nothing of what a field means. Modems cut replies short, forget quotes and print control characters, so a
//! field keeps its bytes and every reading of it (`int`, `hex`, `text`) gives `None` rather than a guess.

use std::borrow::Cow;

/// How deep parentheses may nest before the rest of the line is taken as one bare field.
const MAX_DEPTH: usize = 4;

/// One field of a response line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing between two commas.
    Empty,
    /// Between double quotes; the quotes are gone.
    Quoted(Vec<u8>),
    /// Without quotes, blanks trimmed.
    Bare(Vec<u8>),
    /// Between parentheses.
    List(Vec<Self>),
    /// An opening quote or parenthesis whose end never came: what a truncated reply ends with.
    Cut,
}

impl Value {
    /// The text of a quoted or bare field; bytes that are not UTF-8 are replaced, for showing only.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        self.bytes().map(String::from_utf8_lossy)
    }

    /// The bytes of a quoted or bare field.
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Quoted(bytes) | Self::Bare(bytes) => Some(bytes),
            Self::Empty | Self::List(_) | Self::Cut => None,
        }
    }

    /// A decimal integer, quoted or not, blanks ignored; `None` for `-`, for hex and for what does not fit.
    pub fn int(&self) -> Option<i64> {
        let text = std::str::from_utf8(self.bytes()?).ok()?.trim();
        text.parse().ok()
    }

    /// A decimal number in tenths (`-12.7` is -127); `None` where it has more than one decimal of precision to lose
    /// or is not a number.
    pub fn tenths(&self) -> Option<i32> {
        let text = std::str::from_utf8(self.bytes()?).ok()?.trim();
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        let unsigned = whole.strip_prefix(['-', '+']).unwrap_or(whole);
        if !digits(unsigned) || !digits(fraction) {
            return None;
        }
        let tenth: i32 = fraction[..1].parse().ok()?;
        let magnitude = unsigned
            .parse::<i32>()
            .ok()?
            .checked_mul(10)?
            .checked_add(tenth)?;
        Some(if whole.starts_with('-') {
            -magnitude
        } else {
            magnitude
        })
    }

    /// A hexadecimal number, with or without `0x`, quoted or not.
    pub fn hex(&self) -> Option<u64> {
        let text = std::str::from_utf8(self.bytes()?).ok()?.trim();
        let digits = text
            .strip_prefix("0x")
            .or_else(|| text.strip_prefix("0X"))
            .unwrap_or(text);
        let all_hex = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit());
        if all_hex {
            u64::from_str_radix(digits, 16).ok()
        } else {
            None
        }
    }
}

/// The fields of a line's text (without its prefix). Never fails: an unclosed quote or parenthesis is [`Value::Cut`].
pub fn fields(text: &[u8]) -> Vec<Value> {
    Reader { text, at: 0 }.list(0).0
}

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    /// Reads up to the closing parenthesis (or the end at depth 0); says whether it was closed.
    fn list(&mut self, depth: usize) -> (Vec<Value>, bool) {
        let mut values = Vec::new();
        loop {
            values.push(self.value(depth));
            // What stands between a closed group and the next comma belongs to neither: a blank, or the stray
            // parenthesis of Ericsson's F3607gw.
            let ends = |b: u8| b == b',' || (b == b')' && depth > 0);
            while self.text.get(self.at).is_some_and(|b| !ends(*b)) {
                self.at += 1;
            }
            match self.text.get(self.at) {
                Some(b',') => self.at += 1,
                Some(_) => {
                    self.at += 1;
                    return (values, true);
                }
                None => return (values, depth == 0),
            }
        }
    }

    fn value(&mut self, depth: usize) -> Value {
        while matches!(self.text.get(self.at), Some(b' ' | b'\t')) {
            self.at += 1;
        }
        match self.text.get(self.at) {
            Some(b'"') => self.quoted(),
            Some(b'(') if depth < MAX_DEPTH => {
                self.at += 1;
                let (values, closed) = self.list(depth + 1);
                if closed {
                    Value::List(values)
                } else {
                    Value::Cut
                }
            }
            _ => self.bare(depth),
        }
    }

    fn quoted(&mut self) -> Value {
        self.at += 1;
        let rest = &self.text[self.at..];
        let Some(end) = rest.iter().position(|b| *b == b'"') else {
            self.at = self.text.len();
            return Value::Cut;
        };
        self.at += end + 1;
        let value = Value::Quoted(rest[..end].to_vec());
        while self
            .text
            .get(self.at)
            .is_some_and(|b| !matches!(b, b',' | b')'))
        {
            self.at += 1;
        }
        value
    }

    fn bare(&mut self, depth: usize) -> Value {
        let start = self.at;
        let ends = |b: u8| b == b',' || (b == b')' && depth > 0);
        while self.text.get(self.at).is_some_and(|b| !ends(*b)) {
            self.at += 1;
        }
        match self.text[start..self.at].trim_ascii() {
            b"" => Value::Empty,
            bytes => Value::Bare(bytes.to_vec()),
        }
    }
}

/// Decodes an alphanumeric field: UCS-2 in hex where it clearly is that, else UTF-8, else GSM 7-bit's Latin letters.
///
/// A text is taken as UCS-2 only when it has whole groups of four hex digits that all decode to printable
/// characters: `"00460020005300460052"` is `F SFR`, while `"26201"` and `"CAFE"` stay what they are.
pub fn decode_name(bytes: &[u8]) -> String {
    let decoded = ucs2(bytes).unwrap_or_else(|| match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|b| char::from(*b)).collect(),
    });
    decoded
        .chars()
        .filter(|c| !c.is_control())
        .collect::<String>()
        .trim()
        .to_owned()
}

/// UCS-2 as hex digits; `None` when it is not that beyond doubt.
pub fn ucs2(bytes: &[u8]) -> Option<String> {
    if bytes.len() < 8 || !bytes.len().is_multiple_of(4) || !bytes.iter().all(u8::is_ascii_hexdigit)
    {
        return None;
    }
    let units: Option<Vec<u16>> = bytes
        .chunks(4)
        .map(|four| u16::from_str_radix(std::str::from_utf8(four).ok()?, 16).ok())
        .collect();
    let units = units?;
    // Names are in alphabets below U+3000 or in CJK; a run of ASCII digits read as UCS-2 falls in neither by halves.
    let latin = units.iter().filter(|u| (0x20..0x250).contains(*u)).count();
    let text: String = char::decode_utf16(units.iter().copied())
        .collect::<Result<_, _>>()
        .ok()?;
    (latin * 2 > units.len() || bytes.iter().any(u8::is_ascii_alphabetic)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(text: &str) -> Value {
        Value::Bare(text.as_bytes().to_vec())
    }

    fn quoted(text: &str) -> Value {
        Value::Quoted(text.as_bytes().to_vec())
    }

    #[test]
    fn fields_of_every_kind() {
        assert_eq!(
            fields(br#" 2,"F SFR, le vrai",,(1, "x",(0-4)) ,-"#),
            [
                bare("2"),
                quoted("F SFR, le vrai"),
                Value::Empty,
                Value::List(vec![bare("1"), quoted("x"), Value::List(vec![bare("0-4")])]),
                bare("-")
            ]
        );
        assert_eq!(fields(b""), [Value::Empty]);
        assert_eq!(
            fields(br#"(1,"31041")),2)"#),
            [Value::List(vec![bare("1"), quoted("31041")]), bare("2)")]
        );
    }

    #[test]
    fn what_is_cut_short_says_so() {
        assert_eq!(fields(br#"(1,"E-Plus","E)"#), [Value::Cut]);
        assert_eq!(fields(br#"1,"abc"#), [bare("1"), Value::Cut]);
    }

    #[test]
    fn a_number_is_a_number_or_nothing() {
        assert_eq!(bare("-").int(), None);
        assert_eq!(bare("4294967295").int(), Some(4_294_967_295));
        assert_eq!(quoted("0x230A").hex(), Some(0x230A));
        assert_eq!(bare("99999999999999999999").int(), None);
        assert_eq!(bare("-12.7").tenths(), Some(-127));
        assert_eq!(bare("-0.5").tenths(), Some(-5));
        assert_eq!(bare("-7.-50").tenths(), None);
        assert_eq!(bare(".5").tenths(), None);
    }

    #[test]
    fn names_in_every_coding() {
        assert_eq!(decode_name(b"00460020005300460052"), "F SFR");
        assert_eq!(decode_name(b"Orange F"), "Orange F");
        assert_eq!(decode_name(b"CAFE"), "CAFE");
        assert_eq!(decode_name(b"T\xe9l\xe9com"), "Télécom");
        assert_eq!(decode_name(b"AT&T\0"), "AT&T");
    }

    #[test]
    fn a_network_code_in_ucs2_is_read() {
        assert_eq!(ucs2(b"00320030003800310030").as_deref(), Some("20810"));
        assert_eq!(ucs2(b"20810"), None);
        assert_eq!(ucs2(b"31026000"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_give_fields(bytes: Vec<u8>) {
            for value in fields(&bytes) {
                let _ = (value.int(), value.hex(), value.tenths(), value.text());
            }
            let _ = decode_name(&bytes);
        }
    }
}
