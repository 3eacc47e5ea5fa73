//! How the modem reports errors: `+CMEE` (27.007 9.1) and `+CEER` (27.007 6.10).

use super::line::{self, Parameter};
use super::{Command, ParseError};
use crate::Request;
use crate::result::Reply;
use crate::value::{Value, fields};

/// How `+CME ERROR` is worded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorReport {
    /// Not at all: plain `ERROR`.
    Off,
    /// By number.
    Number,
    /// By text.
    Text,
}

/// `AT+CMEE?`: how errors are reported now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CmeeRead;

impl Command for CmeeRead {
    type Reply = ErrorReport;

    fn request(&self) -> Request {
        Request::new(line::read("+CMEE"), "+CMEE:")
    }

    fn parse(&self, reply: &Reply) -> Result<ErrorReport, ParseError> {
        let text = reply.after("+CMEE:").unwrap_or_default();
        match fields(text).first().and_then(Value::int) {
            Some(0) => Ok(ErrorReport::Off),
            Some(1) => Ok(ErrorReport::Number),
            Some(2) => Ok(ErrorReport::Text),
            _ => Err(ParseError::in_reply(self, reply)),
        }
    }
}

/// `AT+CMEE=`: how errors are to be reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CmeeSet(pub ErrorReport);

impl Command for CmeeSet {
    type Reply = ();

    fn request(&self) -> Request {
        let mode = match self.0 {
            ErrorReport::Off => 0,
            ErrorReport::Number => 1,
            ErrorReport::Text => 2,
        };
        Request::plain(line::set("+CMEE", &[Parameter::Number(mode)]))
    }

    fn parse(&self, _: &Reply) -> Result<(), ParseError> {
        Ok(())
    }
}

/// `AT+CEER`: why the last attach, registration or call failed, in the modem's words; `None` where it has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExtendedError;

impl Command for ExtendedError {
    type Reply = Option<String>;

    fn request(&self) -> Request {
        Request::new(line::execute("+CEER"), "+CEER:").continued()
    }

    fn parse(&self, reply: &Reply) -> Result<Option<String>, ParseError> {
        let text: Vec<String> = reply
            .lines
            .iter()
            .map(|line| line.after("+CEER:").unwrap_or_else(|| line.bytes()))
            .map(|text| {
                String::from_utf8_lossy(text)
                    .trim()
                    .trim_matches('"')
                    .to_owned()
            })
            .filter(|text| !text.is_empty())
            .collect();
        // What modems say where nothing has failed yet (27.007 leaves the text open).
        let nothing = |t: &str| t.eq_ignore_ascii_case("No cause information available");
        let text = text.join("; ");
        Ok((!text.is_empty() && !nothing(&text)).then_some(text))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::reply;
    use super::*;

    #[test]
    fn report_modes() {
        assert_eq!(
            CmeeRead.parse(&reply(&["+CMEE: 1"])),
            Ok(ErrorReport::Number)
        );
        assert_eq!(CmeeRead.parse(&reply(&["+CMEE:2"])), Ok(ErrorReport::Text));
        let error = CmeeRead.parse(&reply(&["+CMEE: x"])).unwrap_err();
        assert_eq!(
            error.to_string(),
            "unreadable answer to AT+CMEE?: \"+CMEE: x\""
        );
        assert_eq!(CmeeSet(ErrorReport::Number).request().line, "AT+CMEE=1");
    }

    #[test]
    fn a_cause_is_given_in_the_modem_s_words() {
        let read = |lines: &[&str]| ExtendedError.parse(&reply(lines)).unwrap();
        assert_eq!(
            read(&["+CEER: EMM cause 15, no suitable cells in tracking area"]).as_deref(),
            Some("EMM cause 15, no suitable cells in tracking area")
        );
        assert_eq!(
            read(&["+CEER: \"PLMN_NOT_ALLOWED\""]).as_deref(),
            Some("PLMN_NOT_ALLOWED")
        );
        assert_eq!(read(&["+CEER:"]), None);
        assert_eq!(read(&[]), None);
        assert_eq!(read(&["+CEER: No cause information available"]), None);
    }
}
