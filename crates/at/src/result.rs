//! How a command ended, and what it answered.
//!
//! Unknown error codes and texts are kept as they came: support needs them, and a guess would hide them.
//! Sources: V.250 5.7.1, 3GPP TS 27.007 9.2, and the finals real modems add (`COMMAND NOT SUPPORT`).

use std::borrow::Cow;
use std::fmt;

/// One line of a modem, without its line ends. The bytes are what came; [`Line::text`] is for reading.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Line(Vec<u8>);

impl Line {
    /// Wraps a line's bytes.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// The bytes as they came.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// As text; bytes that are not UTF-8 are replaced.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.0)
    }

    /// What follows `prefix` (compared without case), its blanks trimmed; `None` for another line. The prefix is
    /// given with its colon, `+COPS:`; modems print it with or without a blank after.
    pub fn after(&self, prefix: &str) -> Option<&[u8]> {
        let head = self.0.get(..prefix.len())?;
        head.eq_ignore_ascii_case(prefix.as_bytes())
            .then(|| self.0[prefix.len()..].trim_ascii())
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text(), f)
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Self {
        Self(text.as_bytes().to_vec())
    }
}

/// The final result code of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Final {
    /// `OK`.
    Ok,
    /// `CONNECT`, with its speed where given: the port is in data mode.
    Connect(String),
    /// `ERROR` and nothing more.
    Error,
    /// `+CME ERROR:` by number or by text.
    Cme(ErrorCode),
    /// `+CMS ERROR:` by number or by text.
    Cms(ErrorCode),
    /// `NO CARRIER`, `BUSY`, `NO ANSWER`, `NO DIALTONE`.
    CallEnded(String),
    /// `COMMAND NOT SUPPORT` (Huawei), `TOO MANY PARAMETERS`: the modem does not know the command.
    NotSupported(String),
    /// None came within the time. It says neither that the command did well nor that it failed; the lines that came
    /// before are worth having ([`Reply::is_answer`]).
    Missing,
}

/// A numbered or worded error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErrorCode {
    /// By number, as `AT+CMEE=1` asks for.
    Number(u16),
    /// By text, as `AT+CMEE=2` asks for, and as some modems say whatever was asked.
    Text(String),
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(n) => write!(f, "{n}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl ErrorCode {
    fn read(text: &[u8]) -> Self {
        let text = String::from_utf8_lossy(text).trim().to_owned();
        text.parse().map_or(Self::Text(text), Self::Number)
    }

    /// The 27.007 number, looked up where the modem gave the text; `None` for a text no table knows.
    pub fn number(&self) -> Option<u16> {
        let text = match self {
            Self::Number(n) => return Some(*n),
            Self::Text(text) => text,
        };
        let folded: String = text
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        CME_TEXTS
            .iter()
            .find(|(_, known)| *known == folded)
            .map(|(n, _)| *n)
    }
}

/// The texts met in the field, letters and digits only (27.007 9.2.1).
const CME_TEXTS: &[(u16, &str)] = &[
    (0, "phonefailure"),
    (3, "operationnotallowed"),
    (4, "operationnotsupported"),
    (5, "phsimpinrequired"),
    (10, "simnotinserted"),
    (11, "simpinrequired"),
    (12, "simpukrequired"),
    (13, "simfailure"),
    (14, "simbusy"),
    (15, "simwrong"),
    (16, "incorrectpassword"),
    (17, "simpin2required"),
    (18, "simpuk2required"),
    (30, "nonetworkservice"),
    (31, "networktimeout"),
    (32, "networknotallowedemergencycallsonly"),
    (32, "networknotallowedemergencycallonly"),
    (50, "incorrectparameters"),
    (100, "unknownerror"),
    (100, "unknown"),
    (103, "illegalms"),
    (106, "illegalme"),
    (107, "gprsservicesnotallowed"),
    (111, "plmnnotallowed"),
    (112, "locationareanotallowed"),
    (113, "roamingnotallowedinthislocationarea"),
];

impl Final {
    /// Reads a whole line as a final result code; `None` when it is none. `CONNECT` and call results count only
    /// for commands that can end so: the engine decides that.
    pub fn of_line(line: &Line) -> Option<Self> {
        let upper = line.bytes().trim_ascii().to_ascii_uppercase();
        match upper.as_slice() {
            b"OK" => return Some(Self::Ok),
            b"ERROR" => return Some(Self::Error),
            b"NO CARRIER" | b"BUSY" | b"NO ANSWER" | b"NO DIALTONE" | b"NO DIAL TONE" => {
                return Some(Self::CallEnded(line.text().trim().to_owned()));
            }
            b"COMMAND NOT SUPPORT" | b"COMMAND NOT SUPPORTED" | b"TOO MANY PARAMETERS" => {
                return Some(Self::NotSupported(line.text().trim().to_owned()));
            }
            _ => {}
        }
        if let Some(code) = line
            .after("+CME ERROR:")
            .or_else(|| line.after("MODEM ERROR:"))
        {
            return Some(Self::Cme(ErrorCode::read(code)));
        }
        if let Some(code) = line.after("+CMS ERROR:") {
            return Some(Self::Cms(ErrorCode::read(code)));
        }
        let connected = upper == b"CONNECT" || upper.starts_with(b"CONNECT ");
        connected.then(|| Self::Connect(line.text().trim()[7..].trim().to_owned()))
    }

    /// Reads a whole line as a result code by number, as `ATV0` has it said (V.250 5.7.1). Only for a modem that is known
    /// to do so: any other may have a lone digit in an answer.
    pub fn of_number(line: &Line) -> Option<Self> {
        let ended = |text: &str| Some(Self::CallEnded(text.to_owned()));
        match line.bytes().trim_ascii() {
            b"0" => Some(Self::Ok),
            b"1" => Some(Self::Connect(String::new())),
            b"3" => ended("NO CARRIER"),
            b"4" => Some(Self::Error),
            b"6" => ended("NO DIALTONE"),
            b"7" => ended("BUSY"),
            b"8" => ended("NO ANSWER"),
            _ => None,
        }
    }

    /// Whether the command did what it was asked.
    pub fn is_ok(&self) -> bool {
        matches!(self, Self::Ok | Self::Connect(_))
    }

    /// The 27.007 error number, where there is one.
    pub fn cme(&self) -> Option<u16> {
        match self {
            Self::Cme(code) => code.number(),
            _ => None,
        }
    }
}

impl fmt::Display for Final {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ok => f.write_str("OK"),
            Self::Connect(speed) => write!(f, "CONNECT {speed}"),
            Self::Error => f.write_str("ERROR"),
            Self::Cme(code) => write!(f, "+CME ERROR: {code}"),
            Self::Cms(code) => write!(f, "+CMS ERROR: {code}"),
            Self::CallEnded(text) | Self::NotSupported(text) => f.write_str(text),
            Self::Missing => f.write_str("no result code"),
        }
    }
}

/// What a command gave: its information lines in order, and how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Information lines, echo and unsolicited lines taken out.
    pub lines: Vec<Line>,
    /// The final result code.
    pub end: Final,
}

impl Reply {
    /// Nothing at all: what a question gave that the modem leaves unanswered while it answers others.
    pub fn none() -> Self {
        Self {
            lines: Vec::new(),
            end: Final::Missing,
        }
    }

    /// Whether it answers a question: it ended well, or its lines came and the result code did not.
    pub fn is_answer(&self) -> bool {
        self.end.is_ok() || (self.end == Final::Missing && !self.lines.is_empty())
    }

    /// The texts after `prefix`, of every line that has it.
    pub fn all_after<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a [u8]> {
        self.lines.iter().filter_map(move |line| line.after(prefix))
    }

    /// The text after `prefix`, of the first line that has it.
    pub fn after<'a>(&'a self, prefix: &'a str) -> Option<&'a [u8]> {
        self.all_after(prefix).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_lines_are_final() {
        let end = |text: &str| Final::of_line(&Line::from(text));
        assert_eq!(end("OK"), Some(Final::Ok));
        assert_eq!(end("ok "), Some(Final::Ok));
        assert_eq!(end("OKAY"), None);
        assert_eq!(end("ERROR IN LINE"), None);
        assert_eq!(end("CONNECTED"), None);
        assert_eq!(
            end("CONNECT 150000000"),
            Some(Final::Connect("150000000".into()))
        );
        assert_eq!(
            end("COMMAND NOT SUPPORT"),
            Some(Final::NotSupported("COMMAND NOT SUPPORT".into()))
        );
    }

    #[test]
    fn only_a_lone_digit_is_a_result_code_by_number() {
        let end = |text: &str| Final::of_number(&Line::from(text));
        assert_eq!(end("0"), Some(Final::Ok));
        assert_eq!(end("4 "), Some(Final::Error));
        assert_eq!(end("7"), Some(Final::CallEnded("BUSY".into())));
        for text in ["", "2", "5", "9", "00", "0,0", "860000000000000", "OK"] {
            assert_eq!(end(text), None, "{text}");
        }
        assert_eq!(Final::of_line(&Line::from("0")), None);
    }

    #[test]
    fn lines_without_a_result_code_are_an_answer_and_nothing_is_none() {
        let reply = |lines: &[&str], end| Reply {
            lines: lines.iter().map(|line| Line::from(*line)).collect(),
            end,
        };
        assert!(reply(&["+CSQ: 9,99"], Final::Missing).is_answer());
        assert!(reply(&[], Final::Ok).is_answer());
        assert!(!reply(&["+CSQ: 9,99"], Final::Error).is_answer());
        assert!(!Reply::none().is_answer());
    }

    #[test]
    fn an_error_by_text_has_its_number() {
        let end = Final::of_line(&Line::from("+CME ERROR: SIM not inserted")).unwrap();
        assert_eq!(end.cme(), Some(10));
        assert_eq!(
            Final::of_line(&Line::from("+CME ERROR:30")).unwrap().cme(),
            Some(30)
        );
    }

    #[test]
    fn an_unknown_error_is_kept_as_it_came() {
        let end = Final::of_line(&Line::from("+CME ERROR: flux capacitor")).unwrap();
        assert_eq!(
            (end.cme(), end.to_string().as_str()),
            (None, "+CME ERROR: flux capacitor")
        );
        assert_eq!(
            Final::of_line(&Line::from("+CME ERROR: 516"))
                .unwrap()
                .cme(),
            Some(516)
        );
    }

    #[test]
    fn a_prefix_is_read_in_any_case_with_or_without_a_blank() {
        assert_eq!(Line::from("+cops:0").after("+COPS:"), Some(b"0".as_slice()));
        assert_eq!(
            Line::from("+COPS: 0").after("+COPS:"),
            Some(b"0".as_slice())
        );
        assert_eq!(Line::from("+COP").after("+COPS:"), None);
    }
}
