//! The network in use and the choice of it: `+COPS` (27.007 7.3). The list of networks is in `network_list`.
//!
//! Only manual selection has a type here: automatic selection cannot be said.

use std::time::Duration;

use super::line::{self, Parameter};
use super::{Command, ParseError};
use crate::Request;
use crate::result::{Line, Reply};
use crate::value::{Value, decode_name, fields, ucs2};
use opensim_domain::{Access, Plmn, SelectionMode};

/// What `+COPS?` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrentOperator {
    /// Who chooses.
    pub mode: SelectionMode,
    /// The network's code, where it was printed.
    pub plmn: Option<Plmn>,
    /// The network's name, where it was printed.
    pub name: Option<String>,
    /// The technology.
    pub access: Option<Access>,
}

/// `AT+COPS?`: the network in use, as a name or as a code ([`OperatorFormat`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OperatorRead;

impl Command for OperatorRead {
    type Reply = CurrentOperator;

    /// Some modems print a line end within the name.
    fn request(&self) -> Request {
        Request::new(line::read("+COPS"), "+COPS:")
            .continued()
            .within(Duration::from_secs(10))
    }

    fn parse(&self, reply: &Reply) -> Result<CurrentOperator, ParseError> {
        let text = joined(reply);
        in_use(&fields(&text)).ok_or_else(|| ParseError::in_reply(self, reply))
    }
}

/// The text after the prefix with the lines that continue it.
fn joined(reply: &Reply) -> Vec<u8> {
    let is_first = |line: &&Line| line.after("+COPS:").is_some();
    let mut lines = reply.lines.iter().skip_while(|line| !is_first(line));
    let first = lines
        .next()
        .and_then(|line| line.after("+COPS:"))
        .unwrap_or_default();
    let rest = lines.take_while(|line| !is_first(line)).map(Line::bytes);
    std::iter::once(first)
        .chain(rest)
        .collect::<Vec<_>>()
        .concat()
}

fn in_use(values: &[Value]) -> Option<CurrentOperator> {
    let mode = u8::try_from(values.first()?.int()?).ok()?;
    let operator = values.get(2).and_then(Value::bytes).unwrap_or_default();
    // The format field is not to be trusted: right after it was set, some print the former one. Digits are a code.
    let text = ucs2(operator).unwrap_or_else(|| decode_name(operator));
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    let plmn: Option<Plmn> = text.trim().parse().ok();
    let name = (plmn.is_none() && !text.trim().is_empty()).then(|| text.trim().to_owned());
    let act = values.get(3).and_then(Value::int);
    Some(CurrentOperator {
        mode: SelectionMode::from_mode(mode),
        plmn,
        name,
        access: act
            .and_then(|a| u8::try_from(a).ok())
            .and_then(Access::from_act),
    })
}

/// `AT+COPS=3,…`: how `+COPS?` prints the network. Selects nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OperatorFormat {
    /// By its long name.
    Long,
    /// By its short name.
    Short,
    /// By its code.
    Code,
}

impl Command for OperatorFormat {
    type Reply = ();

    fn request(&self) -> Request {
        let format = match self {
            Self::Long => 0,
            Self::Short => 1,
            Self::Code => 2,
        };
        let parameters = [Parameter::Number(3), Parameter::Number(format)];
        Request::plain(line::set("+COPS", &parameters))
    }

    fn parse(&self, _: &Reply) -> Result<(), ParseError> {
        Ok(())
    }
}

/// `AT+COPS=1,2,"…"`: registers on this network and no other. Goes out only past the guard, under a person's order.
/// `OK` does not say that the modem is registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SelectOperator {
    /// The network.
    pub plmn: Plmn,
    /// The technology's number as the network list prints it; most modems need none.
    pub act: Option<u8>,
    /// Whether the code is sent in UCS-2: some modems refuse it otherwise (error 4) while texts are so coded.
    pub ucs2: bool,
    /// How long the modem may take.
    pub within: Duration,
}

impl SelectOperator {
    /// This network by its plain code, whatever the technology.
    pub fn new(plmn: Plmn, within: Duration) -> Self {
        Self {
            plmn,
            act: None,
            ucs2: false,
            within,
        }
    }
}

impl Command for SelectOperator {
    type Reply = ();

    fn request(&self) -> Request {
        let digits = self.plmn.as_str();
        let coded: String = digits
            .chars()
            .flat_map(|digit| ['0', '0', '3', digit])
            .collect();
        let code = if self.ucs2 { coded.as_str() } else { digits };
        let mut parameters = vec![
            Parameter::Number(1),
            Parameter::Number(2),
            Parameter::Text(code),
        ];
        parameters.extend(self.act.map(Parameter::Number));
        Request::plain(line::set("+COPS", &parameters))
            .within(self.within)
            .abortable()
    }

    fn parse(&self, _: &Reply) -> Result<(), ParseError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::reply;
    use super::*;

    /// Device, line; mode, code, name, technology.
    type Row = (
        &'static str,
        &'static str,
        SelectionMode,
        Option<&'static str>,
        Option<&'static str>,
        Option<Access>,
    );

    fn read(lines: &[&str]) -> Result<CurrentOperator, ParseError> {
        OperatorRead.parse(&reply(lines))
    }

    #[test]
    fn the_network_in_use_of_many_modems() {
        use Access::{Gsm, Lte, Nr, NrNsa};
        use SelectionMode::{Automatic, Deregistered, Manual};
        #[rustfmt::skip]
        let cases: &[Row] = &[
            ("sim7600e_sfr", "+COPS: 1,2,\"20810\",7", Manual, Some("20810"), None, Some(Lte)),
            ("fm350_no_blank", "+COPS:0,2,\"25020\",7", Automatic, Some("25020"), None, Some(Lte)),
            ("fm150_name", "+COPS: 0,0,\"Orange F\",13", Automatic, None, Some("Orange F"), Some(NrNsa)),
            ("gsm_name", "+COPS: 1,0,\"F SFR\",0", Manual, None, Some("F SFR"), Some(Gsm)),
            ("rm520n_sa", "+COPS: 0,0,\"Bouygues, 5G\",11", Automatic, None, Some("Bouygues, 5G"), Some(Nr)),
            ("deregistered", "+COPS: 2", Deregistered, None, None, None),
            ("automatic_and_lost", "+COPS: 0", Automatic, None, None, None),
            ("lara_code_in_ucs2", "+COPS: 1,2,\"00320030003800310030\",7", Manual, Some("20810"), None, Some(Lte)),
            ("lara_name_in_ucs2", "+COPS: 1,0,\"00460020005300460052\",7", Manual, None, Some("F SFR"), Some(Lte)),
            ("old_format_reported", "+COPS: 0,0,\"20801\",7", Automatic, Some("20801"), None, Some(Lte)),
            ("code_with_blank", "+COPS: 0,0,\"310 260\",7", Automatic, Some("310260"), None, Some(Lte)),
            ("unquoted", "+COPS: 1,2,20820,2", Manual, Some("20820"), None, Some(Access::Umts)),
            ("empty_name", "+COPS: 0,0,\"\",7", Automatic, None, None, Some(Lte)),
            ("mode_4", "+COPS: 4,2,\"20801\",7", Automatic, Some("20801"), None, Some(Lte)),
        ];
        for (device, line, mode, plmn, name, access) in cases {
            let expected = CurrentOperator {
                mode: *mode,
                plmn: plmn.map(|p| p.parse().unwrap()),
                name: name.map(str::to_owned),
                access: *access,
            };
            assert_eq!(read(&[line]), Ok(expected), "{device}");
        }
    }

    #[test]
    fn a_line_end_within_the_name_is_no_end() {
        let in_use = read(&["+COPS: 0,0,\"Orange F", "\",7"]).unwrap();
        assert_eq!(
            (in_use.name.as_deref(), in_use.access),
            (Some("Orange F"), Some(Access::Lte))
        );
    }

    #[test]
    fn what_cannot_be_read_is_said_with_its_line() {
        for line in ["+COPS:", "+COPS: x", "+COPS: 300"] {
            let error = read(&[line]).unwrap_err();
            assert_eq!(
                (error.command.as_str(), error.line.as_str()),
                ("AT+COPS?", line)
            );
        }
        assert_eq!(read(&[]).unwrap_err().line, "");
        let cut = read(&["+COPS: 0,0,\"Oran"]).unwrap();
        assert_eq!((cut.plmn, cut.name), (None, None));
    }

    #[test]
    fn a_selection_names_its_network_exactly() {
        let within = Duration::from_mins(2);
        let sfr = SelectOperator::new("20810".parse().unwrap(), within);
        let request = sfr.request();
        assert_eq!(request.line, "AT+COPS=1,2,\"20810\"");
        assert!(request.abortable && request.timeout == within);
        let lte = SelectOperator {
            act: Some(7),
            ucs2: true,
            ..sfr
        };
        assert_eq!(lte.request().line, "AT+COPS=1,2,\"00320030003800310030\",7");
        let long = SelectOperator::new("310260".parse().unwrap(), within);
        assert_eq!(long.request().line, "AT+COPS=1,2,\"310260\"");
        assert_eq!(OperatorFormat::Code.request().line, "AT+COPS=3,2");
    }
}
