//! Who the modem is and how it is set: V.250 6.1.3, 27.007 5.1 to 5.4, 5.5 and 8.2.

use super::line;
use super::{Command, ParseError};
use crate::Request;
use crate::result::{Line, Reply};
use crate::value::{Value, fields};
use opensim_domain::Imei;

/// `ATI`: who the modem is, in lines that each vendor words its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identify;

impl Command for Identify {
    type Reply = Vec<Line>;

    fn request(&self) -> Request {
        Request::bare(line::execute("I"))
    }

    fn parse(&self, reply: &Reply) -> Result<Vec<Line>, ParseError> {
        if reply.lines.is_empty() {
            return Err(ParseError::in_reply(self, reply));
        }
        Ok(reply.lines.clone())
    }
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $command:literal, $label:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name;

        impl Command for $name {
            type Reply = String;

            fn request(&self) -> Request {
                Request::bare(line::execute($command)).with_prefix(concat!($command, ":"))
            }

            fn parse(&self, reply: &Reply) -> Result<String, ParseError> {
                words(reply, concat!($command, ":"), $label)
                    .ok_or_else(|| ParseError::in_reply(self, reply))
            }
        }
    };
}

words! {
    /// `AT+CGMI`: who made it.
    Manufacturer, "+CGMI", "Manufacturer:"
}
words! {
    /// `AT+CGMM`: what it is. Quectel prints the family alone, its region is in the [`Revision`].
    Model, "+CGMM", "Model:"
}
words! {
    /// `AT+CGMR`: its firmware.
    Revision, "+CGMR", "Revision:"
}

/// `AT+CGSN`: the equipment's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SerialNumber;

impl Command for SerialNumber {
    type Reply = Imei;

    fn request(&self) -> Request {
        Request::bare(line::execute("+CGSN")).with_prefix("+CGSN:")
    }

    fn parse(&self, reply: &Reply) -> Result<Imei, ParseError> {
        only(reply, "+CGSN:", Imei::parse).ok_or_else(|| ParseError::in_reply(self, reply))
    }
}

/// How much of the modem works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phone {
    /// Nothing but the port.
    Minimum,
    /// All of it.
    Full,
    /// All but the radio.
    Flight,
    /// A mode of the vendor's own.
    Other(u8),
}

/// `AT+CFUN?`: whether the radio is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Functionality;

impl Command for Functionality {
    type Reply = Phone;

    fn request(&self) -> Request {
        Request::new(line::read("+CFUN"), "+CFUN:")
    }

    /// Only the first field counts: Fibocom prints `1,0`, u-blox `19,0`.
    fn parse(&self, reply: &Reply) -> Result<Phone, ParseError> {
        let text = reply.after("+CFUN:").unwrap_or_default();
        let mode = fields(text).first().and_then(Value::int);
        match mode.and_then(|m| u8::try_from(m).ok()) {
            Some(0) => Ok(Phone::Minimum),
            Some(1) => Ok(Phone::Full),
            Some(4) => Ok(Phone::Flight),
            Some(other) => Ok(Phone::Other(other)),
            None => Err(ParseError::in_reply(self, reply)),
        }
    }
}

/// How texts are coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Coding {
    /// ASCII.
    Ira,
    /// The GSM 7-bit alphabet (23.038).
    Gsm,
    /// Sixteen-bit units in hexadecimal.
    Ucs2,
    /// Another: the text as it came.
    Other(String),
}

/// `AT+CSCS?`: how texts are coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CharacterSet;

impl Command for CharacterSet {
    type Reply = Coding;

    fn request(&self) -> Request {
        Request::new(line::read("+CSCS"), "+CSCS:")
    }

    fn parse(&self, reply: &Reply) -> Result<Coding, ParseError> {
        let text = reply.after("+CSCS:").unwrap_or_default();
        let name = fields(text)
            .first()
            .and_then(|v| Some(v.text()?.trim().to_owned()));
        match name.as_deref().map(str::to_ascii_uppercase).as_deref() {
            Some("IRA") => Ok(Coding::Ira),
            Some("GSM") => Ok(Coding::Gsm),
            Some("UCS2") => Ok(Coding::Ucs2),
            _ => name
                .map(Coding::Other)
                .ok_or_else(|| ParseError::in_reply(self, reply)),
        }
    }
}

/// The one value that the lines of a reply give, each read without prefix and quotes. `None` where no line gives one
/// or two lines disagree: then one of them answers another question.
pub(super) fn only<T: PartialEq>(
    reply: &Reply,
    prefix: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let mut values = reply.lines.iter().filter_map(|line| {
        let text = line.after(prefix).unwrap_or_else(|| line.bytes());
        read(
            std::str::from_utf8(text)
                .ok()?
                .trim()
                .trim_matches('"')
                .trim(),
        )
    });
    let value = values.next()?;
    values.all(|other| other == value).then_some(value)
}

/// The text of a one-line answer: of the line with its prefix, else of the first line that has no other's and is no
/// noise; its label and quotes are taken off.
fn words(reply: &Reply, prefix: &str, label: &str) -> Option<String> {
    let marked = |line: &Line| line.bytes().first().is_some_and(|b| b"+^$*".contains(b));
    let noise = |line: &Line| line.bytes().iter().any(|b| !b.is_ascii() || *b < b'\t');
    let mut lines = reply.lines.iter();
    let text = reply
        .after(prefix)
        .or_else(|| Some(lines.find(|l| !marked(l) && !noise(l))?.bytes()))?;
    let text = String::from_utf8_lossy(text);
    let text = match text.trim().get(..label.len()) {
        Some(head) if head.eq_ignore_ascii_case(label) => &text.trim()[label.len()..],
        _ => text.trim(),
    };
    let text = text.trim().trim_matches('"').trim();
    let shown: String = text.chars().filter(|c| !c.is_control()).collect();
    (!shown.is_empty()).then_some(shown)
}

#[cfg(test)]
mod tests {
    use super::super::tests::reply;
    use super::*;

    #[test]
    fn names_bare_prefixed_quoted_and_labelled() {
        let model = |lines: &[&str]| Model.parse(&reply(lines)).ok();
        assert_eq!(model(&["EC25"]).as_deref(), Some("EC25"));
        assert_eq!(model(&["+CGMM: \"FM350-GL\""]).as_deref(), Some("FM350-GL"));
        assert_eq!(model(&["Model: LX265"]).as_deref(), Some("LX265"));
        assert_eq!(model(&["+QIND: SMS DONE", "EC25"]).as_deref(), Some("EC25"));
        assert_eq!(model(&["*ATREADY: 1"]), None);
        assert_eq!(model(&["\"\""]), None);
        let revision = Revision.parse(&reply(&["+CGMR: LE13B01V01"])).unwrap();
        assert_eq!(revision, "LE13B01V01");
        let colon = Revision.parse(&reply(&["Revision:81600.0:22"])).unwrap();
        assert_eq!(colon, "81600.0:22");
        assert!(Manufacturer.parse(&reply(&[])).is_err());
    }

    #[test]
    fn an_imei_is_one_number_of_the_right_shape() {
        let read = |lines: &[&str]| SerialNumber.parse(&reply(lines)).ok();
        let imei = Imei::parse("356938035643809");
        assert_eq!(read(&["356938035643809"]), imei);
        assert_eq!(read(&["+CGSN: \"356938035643809\""]), imei);
        assert_eq!(read(&["+CGSN: 356938035643809", "356938035643809"]), imei);
        assert_eq!(read(&["356938035643809", "356938035643817"]), None);
        assert_eq!(read(&["+CSQ: 15,99"]), None);
        assert_eq!(read(&[]), None);
    }

    #[test]
    fn an_error_about_an_imei_does_not_show_it() {
        let error = SerialNumber
            .parse(&reply(&["3569380356438090000"]))
            .unwrap_err();
        assert!(!error.line.contains("5643809"), "{error}");
    }

    #[test]
    fn only_the_first_field_of_cfun_counts() {
        let read = |line: &str| Functionality.parse(&reply(&[line])).ok();
        assert_eq!(read("+CFUN: 1,0"), Some(Phone::Full));
        assert_eq!(read("+CFUN: 19,0"), Some(Phone::Other(19)));
        assert_eq!(read("+CFUN: 4"), Some(Phone::Flight));
        assert_eq!(read("+CFUN:"), None);
        assert_eq!(read("+CFUN: 300"), None);
    }

    #[test]
    fn codings() {
        let read = |line: &str| CharacterSet.parse(&reply(&[line])).ok();
        assert_eq!(read("+CSCS: \"UCS2\""), Some(Coding::Ucs2));
        assert_eq!(read("+CSCS: ira"), Some(Coding::Ira));
        assert_eq!(
            read("+CSCS: \"8859-1\""),
            Some(Coding::Other("8859-1".into()))
        );
        assert_eq!(read("+CSCS:"), None);
    }

    #[test]
    fn ati_gives_its_lines_as_they_came() {
        let lines = ["Quectel", "EC25", "Revision: EC25EFAR06A03M4G"];
        assert_eq!(Identify.request().line, "ATI");
        assert_eq!(
            Identify.parse(&reply(&lines)).unwrap(),
            lines.map(Line::from)
        );
        assert!(Identify.parse(&reply(&[])).is_err());
    }
}
