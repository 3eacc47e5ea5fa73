//! The SIM: its lock (27.007 8.3), the tries left (8.65), the subscription's number (5.6).

use std::fmt;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use super::line::{self, Parameter};
use super::{Command, ParseError};
use crate::Request;
use crate::result::Reply;
use crate::value::{Value, fields};
use opensim_domain::Imsi;

/// What the modem waits for before it uses the SIM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PinStatus {
    /// Nothing: the SIM is usable.
    Ready,
    /// The SIM's PIN.
    Pin,
    /// The SIM's unblocking key, after wrong PINs.
    Puk,
    /// The second PIN, which only protects a few settings.
    Pin2,
    /// The second unblocking key.
    Puk2,
    /// A code of the device or of its seller (`PH-SIM PIN`, `PH-NET PIN`): the text as it came.
    Device(String),
    /// The SIM is there and still waking up (SIMCom's `NOT READY`, `SIM BUSY`).
    NotReady,
    /// There is no SIM (SIMCom's `NOT INSERTED`; other modems refuse the command with error 10).
    Absent,
    /// The SIM is there and does not work (`SIM FAILURE`, SIMCom's `SIM CRASH`).
    Failed,
    /// Something else: the text as it came.
    Other(String),
}

impl PinStatus {
    /// Reads the words of `+CPIN:`, or of an error that says the same.
    pub fn of_words(text: &str) -> Self {
        lock(text.trim().trim_matches('"').trim().to_owned())
    }

    /// Whether a card that is only known by its text can never be used again: its unblocking key was wrong too often.
    pub fn is_blocked(&self) -> bool {
        matches!(self, Self::Other(text) if folded(text).ends_with("BLOCKED"))
    }

    /// Whether a text that no list knows speaks of a lock.
    pub fn is_locked(&self) -> bool {
        let says_so = |text: &str| {
            let word = folded(text);
            !word.contains("BLOCK") && (word.contains("LOCK") || word.contains("PERSONALI"))
        };
        match self {
            Self::Device(_) => true,
            Self::Other(text) => says_so(text),
            _ => false,
        }
    }
}

/// Letters and digits alone, in capitals.
fn folded(text: &str) -> String {
    let plain = text.chars().filter(char::is_ascii_alphanumeric);
    plain.map(|c| c.to_ascii_uppercase()).collect()
}

/// `AT+CPIN?`: whether the SIM is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SimStatus;

impl Command for SimStatus {
    type Reply = PinStatus;

    fn request(&self) -> Request {
        Request::new(line::read("+CPIN"), "+CPIN:").within(Duration::from_secs(10))
    }

    /// The last line counts: news under the same name may have come in between, and it is as true.
    fn parse(&self, reply: &Reply) -> Result<PinStatus, ParseError> {
        let last = reply.all_after("+CPIN:").last();
        last.map(|text| {
            String::from_utf8_lossy(text)
                .trim()
                .trim_matches('"')
                .trim()
                .to_owned()
        })
        .filter(|text| !text.is_empty())
        .map(lock)
        .ok_or_else(|| ParseError::in_reply(self, reply))
    }
}

/// The words of many makers, with `SIM` or `(U)SIM` before them or without.
fn lock(text: String) -> PinStatus {
    let word = folded(&text);
    let word = word.strip_prefix('U').unwrap_or(&word);
    let word = word.strip_prefix("SIM").unwrap_or(word);
    let word = word.strip_prefix("CARD").unwrap_or(word);
    match word {
        "READY" => PinStatus::Ready,
        "PIN" | "PIN1" | "PINREQUIRED" => PinStatus::Pin,
        "PUK" | "PUK1" | "PUKREQUIRED" => PinStatus::Puk,
        "PIN2" | "PIN2REQUIRED" => PinStatus::Pin2,
        "PUK2" | "PUK2REQUIRED" => PinStatus::Puk2,
        "NOTREADY" | "BUSY" | "INIT" | "INITIALIZING" | "INITIALISING" | "NOTINITIALIZED"
        | "WAIT" => PinStatus::NotReady,
        "NOTINSERTED" | "REMOVED" | "ABSENT" | "NOTPRESENT" | "NOTDETECTED" | "NOSIM"
        | "NOCARD" | "MISSING" | "EMPTY" => PinStatus::Absent,
        "FAILURE" | "FAIL" | "FAILED" | "ERROR" | "CRASH" | "CRASHED" | "WRONG" | "INVALID"
        | "REJECTED" | "FAULT" | "FAULTY" | "NOTRESPONDING" => PinStatus::Failed,
        _ if text.to_ascii_uppercase().starts_with("PH-") => PinStatus::Device(text),
        _ => PinStatus::Other(text),
    }
}

/// `AT+CPIN="…"`: spends a try. Shows nothing of itself.
pub struct EnterPin(SecretString);

impl EnterPin {
    /// Four to eight digits (TS 51.011); `None` for anything else, so that no try is spent on a slip.
    pub fn new(digits: &str) -> Option<Self> {
        let fits = (4..=8).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| Self(digits.to_owned().into()))
    }
}

impl fmt::Debug for EnterPin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EnterPin(****)")
    }
}

impl Command for EnterPin {
    type Reply = ();

    fn request(&self) -> Request {
        let pin = Parameter::Text(self.0.expose_secret());
        // The SIM is read whole before some modems answer.
        Request::plain(line::set("+CPIN", &[pin])).within(Duration::from_secs(30))
    }

    fn parse(&self, _: &Reply) -> Result<(), ParseError> {
        Ok(())
    }
}

/// How often each code may still be tried.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tries {
    /// SIM PIN.
    pub pin: Option<u8>,
    /// SIM PUK.
    pub puk: Option<u8>,
    /// SIM PIN2.
    pub pin2: Option<u8>,
    /// SIM PUK2.
    pub puk2: Option<u8>,
}

/// `AT+CPINR`: tries left. Many modems have a command of their own instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PinTries;

impl Command for PinTries {
    type Reply = Tries;

    fn request(&self) -> Request {
        Request::new(line::execute("+CPINR"), "+CPINR:")
    }

    /// Lines `+CPINR: SIM PIN,3,3`: the code, the tries left, and how many there are at most.
    fn parse(&self, reply: &Reply) -> Result<Tries, ParseError> {
        let mut tries = Tries::default();
        for text in reply.all_after("+CPINR:") {
            let values = fields(text);
            let left = values
                .get(1)
                .and_then(Value::int)
                .and_then(|n| u8::try_from(n).ok());
            let code = values.first().and_then(Value::text);
            match code.map(|c| c.trim().to_ascii_uppercase()).as_deref() {
                Some("SIM PIN") => tries.pin = left,
                Some("SIM PUK") => tries.puk = left,
                Some("SIM PIN2") => tries.pin2 = left,
                Some("SIM PUK2") => tries.puk2 = left,
                _ => {}
            }
        }
        if tries == Tries::default() {
            return Err(ParseError::in_reply(self, reply));
        }
        Ok(tries)
    }
}

/// `AT+CIMI`: the subscription's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImsiRead;

impl Command for ImsiRead {
    type Reply = Imsi;

    fn request(&self) -> Request {
        Request::bare(line::execute("+CIMI"))
            .with_prefix("+CIMI:")
            .within(Duration::from_secs(10))
    }

    fn parse(&self, reply: &Reply) -> Result<Imsi, ParseError> {
        let read = |text: &str| Imsi::parse(text);
        super::equipment::only(reply, "+CIMI:", read)
            .ok_or_else(|| ParseError::in_reply(self, reply))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::reply;
    use super::*;

    #[test]
    fn locks_in_the_words_of_several_modems() {
        for (line, lock) in [
            ("+CPIN: READY", PinStatus::Ready),
            ("+CPIN:READY", PinStatus::Ready),
            ("+CPIN: \"SIM PIN\"", PinStatus::Pin),
            ("+CPIN: SIM PUK", PinStatus::Puk),
            ("+CPIN: SIM PIN2", PinStatus::Pin2),
            ("+CPIN: NOT INSERTED", PinStatus::Absent),
            ("+CPIN: NOT READY", PinStatus::NotReady),
            ("+CPIN: PH-NET PIN", PinStatus::Device("PH-NET PIN".into())),
            ("+CPIN: BLOCKED", PinStatus::Other("BLOCKED".into())),
            ("+CPIN: SIM BUSY", PinStatus::NotReady),
            ("+CPIN: SIM not ready", PinStatus::NotReady),
            ("+CPIN: \"SIM BUSY\"", PinStatus::NotReady),
            ("+CPIN: SIM FAILURE", PinStatus::Failed),
            ("+CPIN: SIM CRASH", PinStatus::Failed),
            ("+CPIN: SIM REMOVED", PinStatus::Absent),
            ("+CPIN: NO SIM", PinStatus::Absent),
            ("+CPIN: SIM", PinStatus::Other("SIM".into())),
            ("+CPIN: PERHAPS", PinStatus::Other("PERHAPS".into())),
        ] {
            assert_eq!(SimStatus.parse(&reply(&[line])), Ok(lock), "{line}");
        }
        assert!(SimStatus.parse(&reply(&["+CPIN:"])).is_err());
        assert!(SimStatus.parse(&reply(&[])).is_err());
    }

    #[test]
    fn a7670_news_during_the_query_is_the_later_truth() {
        let lines = ["+CPIN: NOT READY", "+CPIN: READY"];
        assert_eq!(SimStatus.parse(&reply(&lines)), Ok(PinStatus::Ready));
    }

    #[test]
    fn only_a_pin_makes_a_command_and_it_is_never_printed() {
        for slip in ["", "123", "123456789", "12a4", "1234\"", "1234\r", "٤٤٤٤"] {
            assert!(EnterPin::new(slip).is_none(), "{slip:?}");
        }
        let command = EnterPin::new("4711").unwrap();
        assert_eq!(command.request().line, "AT+CPIN=\"4711\"");
        let shown = format!("{command:?} {:?}", command.request());
        assert!(!shown.contains("4711"), "{shown}");
        let error = ParseError::in_reply(&command, &reply(&["AT+CPIN=\"4711\""]));
        assert!(!format!("{error:?} {error}").contains("4711"), "{error:?}");
    }

    #[test]
    fn tries_left_by_code() {
        let lines = [
            "+CPINR: SIM PIN,3,3",
            "+CPINR: \"SIM PUK\",10,10",
            "+CPINR: SIM PIN2,-",
        ];
        let expected = Tries {
            pin: Some(3),
            puk: Some(10),
            ..Tries::default()
        };
        assert_eq!(PinTries.parse(&reply(&lines)), Ok(expected));
        assert!(PinTries.parse(&reply(&["+CPINR: what"])).is_err());
    }

    #[test]
    fn an_imsi_is_read_with_or_without_prefix_and_masked_in_errors() {
        for line in [
            "208100000000017",
            "+CIMI: 208100000000017",
            "+CIMI:\"208100000000017\"",
        ] {
            let imsi = ImsiRead.parse(&reply(&[line])).unwrap();
            assert_eq!(imsi.reveal(), "208100000000017");
        }
        let two = ["208101234567817", "208101234567825"];
        let error = ImsiRead.parse(&reply(&two)).unwrap_err();
        assert!(!format!("{error:?}").contains("1234567"), "{error:?}");
    }
}
