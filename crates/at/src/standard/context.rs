//! Data contexts: `+CGDCONT` (27.007 10.1.1), `+CGACT` (10.1.10), `+CGPADDR` (10.1.27) and `+CGCONTRDP` (10.1.23).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use super::line::{self, Parameter};
use super::{Command, ParseError};
use crate::Request;
use crate::result::Reply;
use crate::value::{Value, decode_name, fields};

/// A context as it is set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdpContext {
    /// Its number.
    pub cid: u8,
    /// Its kind: `IP`, `IPV6`, `IPV4V6`, `PPP`.
    pub kind: Option<String>,
    /// Its access point name; `None` where the subscription's own is used.
    pub apn: Option<String>,
}

/// `AT+CGDCONT?`: every context that is set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Apn;

impl Command for Apn {
    type Reply = Vec<PdpContext>;

    fn request(&self) -> Request {
        Request::new(line::read("+CGDCONT"), "+CGDCONT:")
    }

    /// None is set up where the modem gives no line.
    fn parse(&self, reply: &Reply) -> Result<Vec<PdpContext>, ParseError> {
        let contexts: Vec<PdpContext> = reply
            .all_after("+CGDCONT:")
            .filter_map(|text| context(&fields(text)))
            .collect();
        if contexts.is_empty() && !reply.lines.is_empty() {
            return Err(ParseError::in_reply(self, reply));
        }
        Ok(contexts)
    }
}

fn context(values: &[Value]) -> Option<PdpContext> {
    Some(PdpContext {
        cid: u8::try_from(values.first()?.int()?).ok()?,
        kind: values.get(1).and_then(word),
        apn: values.get(2).and_then(word),
    })
}

fn word(value: &Value) -> Option<String> {
    value
        .bytes()
        .map(decode_name)
        .filter(|text| !text.is_empty())
}

impl PdpContext {
    /// Whether it carries data; see [`is_for_data`].
    pub fn is_for_data(&self) -> bool {
        is_for_data(self.apn.as_deref())
    }
}

/// Whether an access point leads to the internet or a company, and not to the carrier's telephone service (`ims`), its
/// settings (`xcap`) or emergency calls (`sos`): contexts of these stand beside that of the data on most modems.
pub fn is_for_data(apn: Option<&str>) -> bool {
    let first = apn.and_then(|apn| apn.split('.').next()).unwrap_or("");
    let service = ["ims", "xcap", "sos"];
    !service.iter().any(|name| first.eq_ignore_ascii_case(name))
}

/// `AT+CGACT?`: the numbers of the contexts that are in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActiveContexts;

impl Command for ActiveContexts {
    type Reply = Vec<u8>;

    fn request(&self) -> Request {
        Request::new(line::read("+CGACT"), "+CGACT:")
    }

    /// Rows `cid,state`, one a context that is set up.
    fn parse(&self, reply: &Reply) -> Result<Vec<u8>, ParseError> {
        let state = |text: &[u8]| {
            let values = fields(text);
            let cid = u8::try_from(values.first()?.int()?).ok()?;
            Some((cid, values.get(1)?.int()?))
        };
        let rows: Vec<(u8, i64)> = reply.all_after("+CGACT:").filter_map(state).collect();
        if rows.is_empty() && !reply.lines.is_empty() {
            return Err(ParseError::in_reply(self, reply));
        }
        let in_use = rows.into_iter().filter(|(_, state)| *state == 1);
        Ok(in_use.map(|(cid, _)| cid).collect())
    }
}

/// `AT+CGPADDR=`: the addresses of a context; none where it has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    /// Its number.
    pub cid: u8,
}

impl Command for Address {
    type Reply = Vec<IpAddr>;

    fn request(&self) -> Request {
        Request::new(
            line::set("+CGPADDR", &[Parameter::Number(self.cid)]),
            "+CGPADDR:",
        )
        .within(Duration::from_secs(10))
    }

    fn parse(&self, reply: &Reply) -> Result<Vec<IpAddr>, ParseError> {
        let rows = reply.all_after("+CGPADDR:").map(fields);
        let own = rows.filter(|v| v.first().and_then(Value::int) == Some(i64::from(self.cid)));
        Ok(own
            .flat_map(|values| values.into_iter().skip(1))
            .filter_map(|v| address(&v))
            .collect())
    }
}

/// What a context in use was given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Details {
    /// Its access point name, as the network completed it.
    pub apn: Option<String>,
    /// Its addresses.
    pub addresses: Vec<IpAddr>,
    /// The network's own name servers.
    pub name_servers: Vec<IpAddr>,
}

/// `AT+CGCONTRDP=`: what a context in use was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContextDetails {
    /// Its number.
    pub cid: u8,
}

impl Command for ContextDetails {
    type Reply = Details;

    fn request(&self) -> Request {
        Request::new(
            line::set("+CGCONTRDP", &[Parameter::Number(self.cid)]),
            "+CGCONTRDP:",
        )
        .within(Duration::from_secs(10))
    }

    /// Rows `cid,bearer,apn,address and mask,gateway,name server,another,…`: one a family.
    fn parse(&self, reply: &Reply) -> Result<Details, ParseError> {
        let all = by_context(reply).into_iter();
        let mut own = all.filter(|(cid, _)| *cid == self.cid).map(|(_, d)| d);
        Ok(own.next().unwrap_or_default())
    }
}

/// `AT+CGCONTRDP`: what every context in use was given, in the order of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AllDetails;

impl Command for AllDetails {
    type Reply = Vec<(u8, Details)>;

    fn request(&self) -> Request {
        Request::new(line::execute("+CGCONTRDP"), "+CGCONTRDP:").within(Duration::from_secs(10))
    }

    /// Without a row no context is in use.
    fn parse(&self, reply: &Reply) -> Result<Vec<(u8, Details)>, ParseError> {
        Ok(by_context(reply))
    }
}

fn by_context(reply: &Reply) -> Vec<(u8, Details)> {
    let mut all: Vec<(u8, Details)> = Vec::new();
    for text in reply.all_after("+CGCONTRDP:") {
        let values = fields(text);
        let number = values.first().and_then(Value::int);
        let Some(cid) = number.and_then(|n| u8::try_from(n).ok()) else {
            continue;
        };
        let at = all.iter().position(|(known, _)| *known == cid);
        let at = at.unwrap_or_else(|| {
            all.push((cid, Details::default()));
            all.len() - 1
        });
        let details = &mut all[at].1;
        details.apn = details.apn.take().or_else(|| values.get(2).and_then(word));
        details.addresses.extend(values.get(3).and_then(address));
        let servers = values.iter().skip(5).take(2).filter_map(address);
        details.name_servers.extend(servers);
    }
    all
}

/// Reads an address in the forms modems print: dotted or with colons, IPv6 as sixteen dotted numbers, and with the
/// mask behind it in the same dotted text. The unspecified address is none.
fn address(value: &Value) -> Option<IpAddr> {
    let text = value.text()?;
    let text = text.trim();
    let plain = text.split('/').next().unwrap_or(text);
    let read = plain.parse().ok().or_else(|| dotted(text));
    read.filter(|address: &IpAddr| !address.is_unspecified())
}

fn dotted(text: &str) -> Option<IpAddr> {
    let bytes: Vec<u8> = text
        .split('.')
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    match bytes.len() {
        8 => Some(Ipv4Addr::from(<[u8; 4]>::try_from(&bytes[..4]).ok()?).into()),
        16 | 32 => Some(Ipv6Addr::from(<[u8; 16]>::try_from(&bytes[..16]).ok()?).into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::reply;
    use super::*;

    #[test]
    fn contexts_and_their_access_points() {
        let lines = [
            "+CGDCONT: 1,\"IPV4V6\",\"internet.example\",\"0.0.0.0\",0,0",
            "+CGDCONT: 2,\"IP\",\"\",\"\",0,0",
            "+CGDCONT: 3,\"IP\"",
        ];
        let contexts = Apn.parse(&reply(&lines)).unwrap();
        let apns: Vec<_> = contexts.iter().map(|c| (c.cid, c.apn.as_deref())).collect();
        assert_eq!(apns, [(1, Some("internet.example")), (2, None), (3, None)]);
        assert_eq!(Apn.parse(&reply(&[])), Ok(vec![]));
        assert!(Apn.parse(&reply(&["+CGDCONT: x"])).is_err());
    }

    #[test]
    fn addresses_in_every_form() {
        let read = |line: &str| -> Vec<String> {
            let all = Address { cid: 1 }.parse(&reply(&[line])).unwrap();
            all.iter().map(ToString::to_string).collect()
        };
        assert_eq!(read("+CGPADDR: 1,\"10.11.12.13\""), ["10.11.12.13"]);
        assert_eq!(
            read("+CGPADDR: 1,10.11.12.13,\"2001:db8::7\""),
            ["10.11.12.13", "2001:db8::7"]
        );
        assert_eq!(
            read("+CGPADDR: 1,\"32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.7\""),
            ["2001:db8::7"]
        );
        assert!(read("+CGPADDR: 1,\"0.0.0.0\"").is_empty());
        assert!(read("+CGPADDR: 1").is_empty());
        assert!(read("+CGPADDR: 2,\"10.11.12.13\"").is_empty());
        assert!(read("+CGPADDR: 1,\"10.11.12.1300\"").is_empty());
    }

    #[test]
    fn details_with_and_without_a_mask() {
        let lines = [
            "+CGCONTRDP: 1,5,\"internet.example.mnc010.mcc208.gprs\",\"10.11.12.13.255.255.255.0\",\"10.11.12.1\",\"192.0.2.53\",\"0.0.0.0\",,",
            "+CGCONTRDP: 1,5,\"internet.example\",\"2001:db8::7/64\",,\"2001:db8::53\"",
            "+CGCONTRDP: 2,6,\"ims\",\"10.9.9.9\"",
        ];
        let details = ContextDetails { cid: 1 }.parse(&reply(&lines)).unwrap();
        assert_eq!(
            details.apn.as_deref(),
            Some("internet.example.mnc010.mcc208.gprs")
        );
        let shown: Vec<_> = details.addresses.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["10.11.12.13", "2001:db8::7"]);
        let servers = details.name_servers.iter().map(ToString::to_string);
        assert_eq!(servers.collect::<Vec<_>>(), ["192.0.2.53", "2001:db8::53"]);
        assert_eq!(ContextDetails { cid: 1 }.request().line, "AT+CGCONTRDP=1");
        let none = ContextDetails { cid: 1 }.parse(&reply(&[])).unwrap();
        assert_eq!(none, Details::default());
    }

    #[test]
    fn every_context_in_use_with_what_it_was_given() {
        let lines = [
            "+CGCONTRDP: 1,5,\"ims.mnc010.mcc208.gprs\",\"10.9.9.9\"",
            "+CGCONTRDP: 4,6,\"internet.example\",\"10.11.12.13\"",
            "+CGCONTRDP: 4,6,\"internet.example\",\"2001:db8::7/64\"",
            "+CGCONTRDP: x,6,\"internet.example\"",
        ];
        let all = AllDetails.parse(&reply(&lines)).unwrap();
        let shown: Vec<_> = all
            .iter()
            .map(|(cid, d)| (*cid, d.addresses.len()))
            .collect();
        assert_eq!(shown, [(1, 1), (4, 2)]);
        assert_eq!(AllDetails.request().line, "AT+CGCONTRDP");
        assert_eq!(AllDetails.parse(&reply(&[])), Ok(vec![]));
    }

    #[test]
    fn contexts_in_use_are_told_from_those_that_are_only_set_up() {
        let read = |lines: &[&str]| ActiveContexts.parse(&reply(lines));
        let lines = ["+CGACT: 1,0", "+CGACT: 4,1", "+CGACT: 5,1", "+CGACT: 300,1"];
        assert_eq!(read(&lines), Ok(vec![4, 5]));
        assert_eq!(read(&[]), Ok(vec![]));
        assert!(read(&["+CGACT: x"]).is_err());
        assert_eq!(ActiveContexts.request().line, "AT+CGACT?");
    }

    #[test]
    fn the_carriers_own_services_are_no_way_of_data() {
        for apn in ["ims", "IMS", "ims.mnc010.mcc208.gprs", "xcap", "sos"] {
            assert!(!is_for_data(Some(apn)), "{apn}");
        }
        for apn in [
            "internet.example",
            "imsi.example",
            "sosh",
            "m2m.ims.example",
        ] {
            assert!(is_for_data(Some(apn)), "{apn}");
        }
        assert!(is_for_data(None));
    }
}
