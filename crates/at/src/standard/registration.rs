//! Where the modem stands with its network: `+CREG` (27.007 7.2), `+CGREG` (10.1.20), `+CEREG` (10.1.22), `+C5GREG`
//! (10.1.47).
//!
//! The same name heads the answer to a query, `<n>,<stat>[,area,cell,…]`, and the news of a change,
//! `<stat>[,area,cell,…]`. They are told apart by what stands second: a state, or an area. Areas and cells are
//! hexadecimal, quoted or not.

use super::line::{self, Parameter};
use super::{Command, ParseError};
use crate::Request;
use crate::result::{Line, Reply};
use crate::value::{Value, fields};
use opensim_domain::{Access, Domain, RegistrationState};

/// The command that asks a domain, e.g. `+CEREG`.
pub fn command_of(domain: Domain) -> &'static str {
    prefix(domain).trim_end_matches(':')
}

fn prefix(domain: Domain) -> &'static str {
    match domain {
        Domain::Circuit => "+CREG:",
        Domain::Packet => "+CGREG:",
        Domain::Eps => "+CEREG:",
        Domain::FiveGs => "+C5GREG:",
    }
}

/// How many fields stand between the access technology and the cause of a refusal.
fn before_cause(domain: Domain) -> usize {
    match domain {
        Domain::Circuit | Domain::Eps => 0,
        // The routing area.
        Domain::Packet => 1,
        // The allowed slices: their length and they.
        Domain::FiveGs => 2,
    }
}

/// The highest number of `<n>`, the kind of news.
fn kinds(domain: Domain) -> i64 {
    match domain {
        Domain::Circuit | Domain::Packet => 3,
        Domain::Eps | Domain::FiveGs => 5,
    }
}

fn domain_of(line: &Line) -> Option<(Domain, Vec<Value>)> {
    let with = |domain: Domain| Some((domain, fields(line.after(prefix(domain))?)));
    Domain::ALL.into_iter().find_map(with)
}

/// What a modem says of its registration. Unknown is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegistrationStatus {
    /// The state.
    pub state: RegistrationState,
    /// The state's number, where the words fold several into one (6 is "text messages only", and on Fibocom's L850
    /// it carries data).
    pub stat: u8,
    /// Location or tracking area: 16 bits, 24 in 5G.
    pub area: Option<u32>,
    /// The cell: 16 to 36 bits.
    pub cell: Option<u64>,
    /// Its technology.
    pub access: Option<Access>,
    /// Why the network refused (24.008 and 24.301 causes), where the modem was told to say.
    pub cause: Option<u16>,
}

/// `AT+CEREG?` and its like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegistrationRead(pub Domain);

impl Command for RegistrationRead {
    type Reply = RegistrationStatus;

    fn request(&self) -> Request {
        Request::new(line::read(command_of(self.0)), prefix(self.0))
    }

    fn parse(&self, reply: &Reply) -> Result<RegistrationStatus, ParseError> {
        let answers: Vec<_> = reply.all_after(prefix(self.0)).map(fields).collect();
        let standard = answers.iter().filter(|values| is_answer(values));
        let odd = || match answers.as_slice() {
            [only] => odd_answer(self.0, only),
            _ => None,
        };
        standard
            .clone()
            .find_map(|values| status(self.0, &values[1..]))
            .or_else(odd)
            .ok_or_else(|| ParseError::in_reply(self, reply))
    }
}

/// What changes the modem is to tell unasked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegistrationEvents {
    /// None.
    Off,
    /// Of the state.
    State,
    /// Of the state and the cell. It also puts the cell into the answer to [`RegistrationRead`].
    Cell,
    /// The same with the cause of a refusal. Not every modem takes it.
    Cause,
}

/// `AT+CEREG=` and its like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegistrationSet(pub Domain, pub RegistrationEvents);

impl Command for RegistrationSet {
    type Reply = ();

    fn request(&self) -> Request {
        let n = match self.1 {
            RegistrationEvents::Off => 0,
            RegistrationEvents::State => 1,
            RegistrationEvents::Cell => 2,
            RegistrationEvents::Cause => 3,
        };
        Request::plain(line::set(command_of(self.0), &[Parameter::Number(n)]))
    }

    fn parse(&self, _: &Reply) -> Result<(), ParseError> {
        Ok(())
    }
}

/// Reads an unsolicited line; `None` for any other, and for one that can only be an answer.
pub fn parse_urc(line: &Line) -> Option<(Domain, RegistrationStatus)> {
    let (domain, values) = domain_of(line)?;
    if is_answer(&values) {
        return None;
    }
    Some((domain, status(domain, &values)?))
}

/// Whether a line tells a registration without being the answer to this command.
pub(crate) fn is_news(line: &Line, command: &str) -> bool {
    let Some((domain, values)) = domain_of(line) else {
        return false;
    };
    let command = command.to_ascii_uppercase();
    let asks = |what: &str| command.contains(&format!("{}{what}", command_of(domain)));
    let answers = (asks("?") && is_answer(&values))
        || (asks("=?") && matches!(values.first(), Some(Value::List(_) | Value::Cut)));
    !answers
}

/// Whether a line that looks like news can all the same be the answer to this command, which asks for it: some modems
/// answer with a field more or less than the standard has.
pub(crate) fn may_answer(line: &Line, command: &str) -> bool {
    let Some((domain, _)) = domain_of(line) else {
        return false;
    };
    let question = format!("{}?", command_of(domain));
    let test = format!("{}=?", command_of(domain));
    let command = command.to_ascii_uppercase();
    command.contains(&question) || command.contains(&test)
}

/// Of two lines that may both be the answer, how much this one looks like one.
pub(crate) fn likeness(line: &Line) -> u8 {
    let values = domain_of(line).map(|(_, values)| values);
    u8::from(values.is_some_and(|values| begins_like_an_answer(&values)))
}

/// Whether the fields are an answer's, `<n>,<stat>[,…]`: what stands second is a state and not an area.
fn is_answer(values: &[Value]) -> bool {
    // A third and last field is the cell of news: `5,10,2816`.
    let cell_of_news = |rest: &[Value]| rest.len() == 1 && rest[0].hex().is_some();
    begins_like_an_answer(values) && !values.get(2..).is_some_and(cell_of_news)
}

/// The highest number of a state (27.007 7.2).
const HIGHEST_STATE: i64 = 11;

/// Whether the first two fields can be the kind of news and the state.
fn begins_like_an_answer(values: &[Value]) -> bool {
    let in_range = |value: &Value, most: i64| match value {
        // An area has four digits or more, or quotes.
        Value::Bare(digits) if digits.len() <= 3 => {
            value.int().is_some_and(|n| (0..=most).contains(&n))
        }
        _ => false,
    };
    matches!(values, [n, stat, ..] if in_range(n, 5) && in_range(stat, HIGHEST_STATE))
}

/// Reads the one line that came for a query and has not the answer's shape. The state is taken where the line can be
/// read in one way only; a third field that may be anything is nothing.
fn odd_answer(domain: Domain, values: &[Value]) -> Option<RegistrationStatus> {
    let area = |value: &Value| match value {
        Value::Quoted(digits) => !digits.is_empty() && value.hex().is_some(),
        Value::Bare(digits) => digits.len() >= 4 && value.hex().is_some(),
        _ => false,
    };
    let kind = values.first().and_then(Value::int);
    if begins_like_an_answer(values) && kind <= Some(kinds(domain)) {
        // `1,0,1`: what stands third is neither an area nor a cell.
        let known = values
            .get(2)
            .is_some_and(|v| matches!(v, Value::Quoted(_)) && area(v));
        return status(domain, if known { &values[1..] } else { &values[1..2] });
    }
    // The state, or the state and the place, as in news: the kind of news was left out.
    let news = match values {
        [stat] => stat
            .int()
            .is_some_and(|stat| (0..=HIGHEST_STATE).contains(&stat)),
        [_, place, _, ..] => area(place),
        _ => false,
    };
    news.then(|| status(domain, values)).flatten()
}

/// Reads `<stat>[,area,[rac,]cell,access,…]`.
fn status(domain: Domain, values: &[Value]) -> Option<RegistrationStatus> {
    let (stat, rest) = values.split_first()?;
    let stat = u8::try_from(stat.int()?).ok()?;
    let mut rest: Vec<&Value> = rest.iter().collect();
    if has_routing_area(&rest) {
        rest.remove(1);
    }
    let act = rest.get(2).and_then(|v| v.int());
    let cause_at = 3 + before_cause(domain);
    let cause_type = rest.get(cause_at).and_then(|v| v.int());
    let cause = rest.get(cause_at + 1).filter(|_| cause_type == Some(0));
    Some(RegistrationStatus {
        state: RegistrationState::from_stat(stat),
        stat,
        area: rest.first().and_then(|v| area(v)),
        cell: rest.get(1).and_then(|v| cell(v)),
        access: act
            .and_then(|a| u8::try_from(a).ok())
            .and_then(Access::from_act),
        cause: cause
            .and_then(|v| v.int())
            .and_then(|c| u16::try_from(c).ok()),
    })
}

/// Whether a routing area of two digits stands between area and cell, as some modems print `+CEREG`.
fn has_routing_area(rest: &[&Value]) -> bool {
    let digits = |at: usize| {
        rest.get(at)
            .filter(|v| v.hex().is_some())
            .and_then(|v| v.bytes())
    };
    let short = digits(1).is_some_and(|d| d.trim_ascii().len() <= 2);
    short && digits(2).is_some_and(|d| d.trim_ascii().len() > 2)
}

/// Zero and the highest values stand for "none" (23.003 4.1 and 19.4.2.3), which modems print while on 5G or lost.
fn area(value: &Value) -> Option<u32> {
    let area = u32::try_from(value.hex()?).ok()?;
    let none = matches!(area, 0 | 0xFFFE | 0xFFFF) || area >= 0xFF_FFFE;
    (!none).then_some(area)
}

fn cell(value: &Value) -> Option<u64> {
    let cell = value.hex()?;
    let none = matches!(cell, 0 | 0xFFF_FFFF | 0xFFFF_FFFF) || cell >= 0xF_FFFF_FFFF;
    (!none).then_some(cell)
}

#[cfg(test)]
mod tests {
    use super::super::tests::reply;
    use super::*;

    /// State, area, cell, access.
    type Facts = (RegistrationState, Option<u32>, Option<u64>, Option<Access>);

    fn facts(status: RegistrationStatus) -> Facts {
        (status.state, status.area, status.cell, status.access)
    }

    #[test]
    fn answers_of_many_modems() {
        use Access::{Lte, Nr, NrNsa, Umts};
        use Domain::{Circuit, Eps, FiveGs, Packet};
        use RegistrationState::{Home, NotRegistered, Roaming, Searching, SmsOnly};
        let nr = "+C5GREG: 2,1,\"5A0C00\",\"71A3F8102\",11,1,\"01\"";
        let padded = "+C5GREG: 2,1,\"2E5501\",\"0000000142C23001\",11,1,\"01\"";
        #[rustfmt::skip]
        let cases: &[(&str, Domain, &str, Facts)] = &[
            ("sim7600_plain", Circuit, "+CREG: 1,5", (Roaming, None, None, None)),
            ("em9191_endc", Circuit, "+CREG: 2,1,\"1307\",\"17E4B13\",13", (Home, Some(0x1307), Some(0x17E_4B13), Some(NrNsa))),
            ("fm350_trailing_rac", Packet, "+CGREG: 2,1,\"2143\",\"00213465\",7,\"FF\"", (Home, Some(0x2143), Some(0x21_3465), Some(Lte))),
            ("ericsson_unquoted_padded", Circuit, "+CREG: 2,1, 1E01, 68C9A1 ,2", (Home, Some(0x1E01), Some(0x68_C9A1), Some(Umts))),
            ("zero_padded", Circuit, "+CREG: 002,001,\"0002\",\"0021\"", (Home, Some(2), Some(0x21), None)),
            ("cereg_with_rac", Eps, "+CEREG: 2,10, 3DB9, 31 ,C6694E ,7", (Roaming, Some(0x3DB9), Some(0xC6_694E), Some(Lte))),
            ("rm5xx_sa", FiveGs, nr, (Home, Some(0x5A_0C00), Some(0x7_1A3F_8102), Some(Nr))),
            ("rm5xx_sa_long_cell", FiveGs, padded, (Home, Some(0x2E_5501), Some(0x1_42C2_3001), Some(Nr))),
            ("altair_location_with_n_1", Eps, "+CEREG: 1,1,\"4c01\",\"0A2B3C4\",7", (Home, Some(0x4C01), Some(0xA2_B3C4), Some(Lte))),
            ("l850_on_nsa", Circuit, "+CREG: 2,6,\"FFFF\",\"FFFFFFFF\",7", (SmsOnly, None, None, Some(Lte))),
            ("searching", Eps, "+CEREG: 2,2", (Searching, None, None, None)),
            ("empty_fields", Circuit, "+CREG: 1,0,,", (NotRegistered, None, None, None)),
            ("no_blank_lower_case", Circuit, "+creg:0,1", (Home, None, None, None)),
        ];
        for (device, domain, line, expected) in cases {
            let read = RegistrationRead(*domain).parse(&reply(&[line]));
            assert_eq!(read.map(facts).as_ref(), Ok(expected), "{device}");
            assert!(
                !is_news(&(*line).into(), &format!("AT{}?", command_of(*domain))),
                "{device}"
            );
            assert_eq!(parse_urc(&(*line).into()), None, "{device}");
        }
    }

    #[test]
    fn news_of_many_modems() {
        use Domain::{Circuit, Eps, Packet};
        use RegistrationState::{Denied, Home, Roaming, Searching};
        #[rustfmt::skip]
        let cases: &[(&str, Domain, Facts)] = &[
            ("+CREG: 5", Circuit, (Roaming, None, None, None)),
            ("+CREG: 2", Circuit, (Searching, None, None, None)),
            ("+CREG: 5,\"1A2B\",\"01C3D4E\",7", Circuit, (Roaming, Some(0x1A2B), Some(0x1C_3D4E), Some(Access::Lte))),
            ("+CREG: 5,\"681C\",\"05836110\"", Circuit, (Roaming, Some(0x681C), Some(0x583_6110), None)),
            ("+CGREG: 1,1E01,68C9A1,2", Packet, (Home, Some(0x1E01), Some(0x68_C9A1), Some(Access::Umts))),
            ("+CEREG: 1,0001,0010,7", Eps, (Home, Some(1), Some(0x10), Some(Access::Lte))),
            ("+CEREG: 3,,,,0,15", Eps, (Denied, None, None, None)),
        ];
        for (line, domain, expected) in cases {
            let line = Line::from(*line);
            let (said, status) = parse_urc(&line).unwrap();
            assert_eq!((said, facts(status)), (*domain, *expected), "{line:?}");
            assert!(
                is_news(&line, &format!("AT{}?", command_of(*domain))),
                "{line:?}"
            );
        }
    }

    #[test]
    fn the_state_that_looks_like_a_mode_and_the_mode_that_looks_like_a_state() {
        assert_eq!(parse_urc(&"+CREG: 2,5".into()), None);
        assert!(is_news(&"+CREG: 2,5".into(), "AT+CREG=2"));
        assert!(is_news(&"+CREG: 2,5".into(), "AT+CEREG?"));
        assert!(!is_news(&"+CREG: (0-3)".into(), "AT+CREG=?"));
        assert!(!is_news(&"+CSQ: 2,5".into(), "AT+CREG?"));
        assert!(is_news(&"+CREG: 5,10,2816".into(), "at+creg?"));
    }

    #[test]
    fn the_cause_of_a_refusal_is_read_where_it_stands() {
        let cause = |line: &str| parse_urc(&line.into()).and_then(|(_, status)| status.cause);
        assert_eq!(cause("+CEREG: 3,,,,0,15"), Some(15));
        assert_eq!(cause("+CREG: 3,\"1A2B\",\"01C3D4E\",7,0,11"), Some(11));
        assert_eq!(
            cause("+CGREG: 3,\"1A2B\",\"01C3D4E\",2,\"1F\",0,14"),
            Some(14)
        );
        // A cause of the manufacturer's own means nothing here.
        assert_eq!(cause("+CEREG: 3,,,,1,15"), None);
        let read = RegistrationRead(Domain::Eps).parse(&reply(&["+CEREG: 3,3,,,,0,15"]));
        assert_eq!(read.unwrap().cause, Some(15));
    }

    #[test]
    fn an_answer_with_a_field_more_or_less_says_its_state_and_no_place() {
        use RegistrationState::{NotRegistered, Roaming};
        let read = |line: &str| {
            RegistrationRead(Domain::Circuit)
                .parse(&reply(&[line]))
                .map(facts)
                .ok()
        };
        let bare = |state| Some((state, None, None, None));
        assert_eq!(read("+CREG: 1,0,1"), bare(NotRegistered));
        assert_eq!(read("+CREG: 0,5,1"), bare(Roaming));
        assert_eq!(
            read("+CREG: 0,5,\"1A2B\""),
            Some((Roaming, Some(0x1A2B), None, None))
        );
        assert_eq!(
            read("+CREG: 5,\"681C\",\"05836110\""),
            Some((Roaming, Some(0x681C), Some(0x583_6110), None))
        );
        // Alone, it is the state: nothing that modems say has the kind of news and no more.
        assert_eq!(read("+CREG: 5"), bare(Roaming));
        // Neither a kind of news and a state, nor a state and a place.
        for line in ["+CREG: 12", "+CREG: 4,2,1", "+CREG: 5,7A", "+CREG: (0-2)"] {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn an_answer_is_found_among_news_and_nothing_is_made_up() {
        let lines = [
            "+CREG: 5,\"1A2B\",\"01C3D4E\",7",
            "+CREG: 2,1,\"1A2B\",\"01C3D4E\",7",
        ];
        let read = RegistrationRead(Domain::Circuit)
            .parse(&reply(&lines))
            .unwrap();
        assert_eq!(read.state, RegistrationState::Home);
        for line in ["+CREG:", "+CREG: x,y", "+CREG: 0,-1", "+CEREG: 0,1"] {
            assert!(
                RegistrationRead(Domain::Circuit)
                    .parse(&reply(&[line]))
                    .is_err(),
                "{line}"
            );
        }
    }
}
