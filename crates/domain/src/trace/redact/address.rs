//! Addresses of IP and of hardware, and what stands for each: its first part, and a number that tells it from others.
//!
//! The first part says what support needs (a carrier's shared addresses, a home's), and nobody's line. What stands for an
//! address is one too, so that what reads it reads it still.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use super::Private;
use super::view::{Edit, View};

/// What stands for what, one for all that goes together.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    seen: Vec<IpAddr>,
    stations: Vec<[u8; 6]>,
}

impl Addresses {
    /// Knowing this machine's own, which come first.
    pub(super) fn of(private: &Private) -> Self {
        let mut addresses = Self::default();
        for address in &private.addresses {
            addresses.stand_in(*address);
        }
        for station in &private.stations {
            addresses.station(*station);
        }
        addresses
    }

    /// What stands for an address; itself where it is nobody's, or stands for one already.
    fn stand_in(&mut self, address: IpAddr) -> IpAddr {
        if is_nobodys(address) || is_stand_in(address) {
            return address;
        }
        let known = self.seen.iter().position(|other| *other == address);
        let at = known.unwrap_or_else(|| {
            self.seen.push(address);
            self.seen.len() - 1
        });
        let number = u16::try_from(at + 1).unwrap_or(u16::MAX);
        let [high, low] = number.to_be_bytes();
        match address {
            IpAddr::V4(a) => Ipv4Addr::new(a.octets()[0], 0, high, low).into(),
            IpAddr::V6(a) => Ipv6Addr::new(a.segments()[0], 0, 0, 0, 0, 0, 0, number).into(),
        }
    }

    fn station(&mut self, station: [u8; 6]) -> [u8; 6] {
        if station == [0; 6] || station == [0xFF; 6] || station[..4] == STATION {
            return station;
        }
        let known = self.stations.iter().position(|other| *other == station);
        let at = known.unwrap_or_else(|| {
            self.stations.push(station);
            self.stations.len() - 1
        });
        let [high, low] = u16::try_from(at + 1).unwrap_or(u16::MAX).to_be_bytes();
        [STATION[0], STATION[1], STATION[2], STATION[3], high, low]
    }

    /// Every address in a text, with what stands for it.
    pub(super) fn find(&mut self, view: &View, joined: bool) -> Vec<Edit> {
        let text = view.text();
        let mut edits = Vec::new();
        for token in tokens(text) {
            if joined && !view.is_cut(&token) {
                continue;
            }
            edits.extend(self.read(text, &token));
        }
        edits.retain(|(range, by)| text[range.clone()] != **by);
        edits
    }

    /// What a run of the signs of an address holds.
    fn read(&mut self, text: &str, token: &Range<usize>) -> Option<Edit> {
        let word = &text[token.clone()];
        let edit = |length: usize, by: String| Some((token.start..token.start + length, by));
        if let Some((sign, station)) = station(word) {
            let by = self.station(station).map(|byte| format!("{byte:02x}"));
            return edit(word.len(), by.join(sign));
        }
        if let Some(name) = interface_name(text, token) {
            let by = self.station(name).map(|byte| format!("{byte:02x}"));
            return edit(word.len(), by.concat());
        }
        if let Ok(address) = word.parse::<Ipv6Addr>() {
            let plain = word.len() > 4 && word.bytes().any(|b| b.is_ascii_digit());
            return plain.then(|| (token.clone(), self.stand_in(address.into()).to_string()));
        }
        // A port may stand behind.
        let word = word.split(':').next().unwrap_or_default();
        let groups: Vec<u8> = octets(word)?;
        let dotted = |groups: &[u8]| {
            let groups: Vec<String> = groups.iter().map(u8::to_string).collect();
            groups.join(".")
        };
        match groups.len() {
            4 | 8 => {
                let first = [groups[0], groups[1], groups[2], groups[3]];
                let stands = self.stand_in(Ipv4Addr::from(first).into()).to_string();
                // A mask stands behind it, where there are eight.
                let rest = groups.get(4..).filter(|rest| !rest.is_empty());
                let rest = rest.map(|rest| format!(".{}", dotted(rest)));
                edit(word.len(), stands + &rest.unwrap_or_default())
            }
            // As 27.007 writes IPv6.
            16 | 32 => {
                let first: [u8; 16] = groups[..16].try_into().ok()?;
                let IpAddr::V6(stands) = self.stand_in(Ipv6Addr::from(first).into()) else {
                    return None;
                };
                edit(
                    word.len(),
                    dotted(&[&stands.octets()[..], &groups[16..]].concat()),
                )
            }
            _ => None,
        }
    }
}

/// The first bytes of what stands for a hardware address: one that is given out locally.
const STATION: [u8; 4] = [0x02, 0, 0, 0];

/// This computer's own, everybody's, and masks.
fn is_nobodys(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(a) => a.is_loopback() || a.octets()[0] == 0 || a.octets()[0] == 255,
        IpAddr::V6(a) => a.is_loopback() || a.is_unspecified(),
    }
}

/// Whether an address already stands for another. The few real ones of that form tell nobody.
fn is_stand_in(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(a) => a.octets()[1] == 0 && a.octets()[2] == 0,
        IpAddr::V6(a) => a.segments()[1..7] == [0; 6],
    }
}

/// Runs of the signs of addresses that no letter stands before.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let fits = |b: u8| b.is_ascii_hexdigit() || matches!(b, b'.' | b':' | b'-');
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let length = bytes[at..].iter().take_while(|b| fits(**b)).count();
        if length == 0 {
            at += 1;
            continue;
        }
        let (mut start, mut end) = (at, at + length);
        at = end;
        while start < end && matches!(bytes[start], b'.' | b'-') {
            start += 1;
        }
        // A colon before an address divides, two begin one.
        if bytes[start..end].starts_with(b":") && !bytes[start..end].starts_with(b"::") {
            start += 1;
        }
        while start < end && matches!(bytes[end - 1], b'.' | b'-' | b':') {
            if bytes[start..end].ends_with(b"::") {
                break;
            }
            end -= 1;
        }
        let beside = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
        let named = interface_name(text, &(start..end)).is_some();
        let inner = start > 0 && beside(bytes.get(start - 1)) && start == at - length;
        if start < end && (named || !inner && !beside(bytes.get(end))) {
            tokens.push(start..end);
            // What a dash divides may be two.
            if bytes[start..end].contains(&b'-') && station(&text[start..end]).is_none() {
                tokens.pop();
                tokens.extend(divided(text, start..end));
            }
        }
    }
    tokens
}

fn divided(text: &str, token: Range<usize>) -> Vec<Range<usize>> {
    let mut from = token.start;
    let mut parts = Vec::new();
    for part in text[token].split('-') {
        parts.push(from..from + part.len());
        from += part.len() + 1;
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// A hardware address, and the sign between its bytes.
fn station(word: &str) -> Option<(&'static str, [u8; 6])> {
    for sign in [":", "-"] {
        let parts: Vec<&str> = word.split(sign).collect();
        if parts.len() == 6 && parts.iter().all(|part| part.len() == 2) {
            let bytes: Option<Vec<u8>> = parts
                .iter()
                .map(|part| u8::from_str_radix(part, 16).ok())
                .collect();
            return Some((sign, bytes?.try_into().ok()?));
        }
    }
    None
}

/// The hardware address in an interface's name, where a token is one: `wwx001e101f0000`.
fn interface_name(text: &str, token: &Range<usize>) -> Option<[u8; 6]> {
    let word = &text[token.clone()];
    let kinds = ["enx", "wlx", "wwx"];
    // The `e` of a name may belong to the run.
    let before = &text[..token.start];
    if word.len() != 12 || !kinds.iter().any(|kind| before.ends_with(kind)) {
        return None;
    }
    let byte = |at: usize| u8::from_str_radix(word.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..12).step_by(2).map(byte).collect();
    bytes?.try_into().ok()
}

/// Numbers up to 255 with dots between them, as they are written in addresses: none has a zero before it.
fn octets(word: &str) -> Option<Vec<u8>> {
    let octet = |part: &str| {
        let plain = part == "0" || !part.starts_with('0');
        part.parse::<u8>().ok().filter(|_| plain)
    };
    word.split('.').map(octet).collect()
}
