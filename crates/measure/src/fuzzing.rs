//! The readers of what strangers send, as the fuzz targets reach them. For nobody else.

use std::net::{IpAddr, SocketAddr};

use crate::net::dns::{self, DnsAnswer, RecordType};
use crate::net::http;
use crate::reach::Transport;
use crate::reach::sip::{SipOptions, SipRead};
use crate::serve::request::{self, Resource};
pub use crate::voice::reflector::{Reflector, Sender};
pub use crate::voice::stamp::{StampReply, StampRequest};

/// A query for a name's addresses, IPv6 or not; `None` for what cannot be a name.
pub fn dns_query(id: u16, name: &str, ipv6: bool) -> Option<Vec<u8>> {
    dns::question(id, name, record_type(ipv6))
}

/// The addresses in an answer to that query; `None` where it is none, or has none to give.
pub fn dns_addresses(packet: &[u8], query: &[u8], ipv6: bool) -> Option<Vec<IpAddr>> {
    match dns::read_answer(packet, query, record_type(ipv6))? {
        DnsAnswer::Addresses(found) => Some(found),
        DnsAnswer::NoSuchName | DnsAnswer::Failed(_) | DnsAnswer::CutShort => None,
    }
}

fn record_type(ipv6: bool) -> RecordType {
    if ipv6 {
        RecordType::Aaaa
    } else {
        RecordType::A
    }
}

/// The `OPTIONS` that a SIP server is asked, with a token of its own.
pub fn sip_question(token: u64) -> String {
    sip_options(token).encode()
}

/// Status, reason, and whether something was rewritten, of a final answer to that `OPTIONS`.
pub fn sip_answer(token: u64, bytes: &[u8]) -> Option<(u16, String, bool)> {
    match sip_options(token).read(bytes) {
        SipRead::Final(answer) => Some((answer.status, answer.reason, answer.altered.is_some())),
        SipRead::Partial | SipRead::Other | SipRead::Stranger => None,
    }
}

fn sip_options(token: u64) -> SipOptions {
    let local = SocketAddr::from(([192, 0, 2, 7], 40_000));
    SipOptions::new("sip.example", 5060, Transport::Udp, local, token)
}

/// Status and length of an HTTP answer's head; `None` where it is not whole, or none.
pub fn response_head(bytes: &[u8]) -> Option<(u16, usize)> {
    let head = http::parse(bytes).ok()??;
    Some((head.status, head.size()))
}

/// What the measurement server makes of a request's head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestSeen {
    /// Bytes of the head.
    pub size: usize,
    /// Bytes of body that it will give or take.
    pub body: u64,
    /// Whether it is refused, with which the connection ends.
    pub refused: bool,
}

/// Reads a request's head where bodies have this many bytes at the most; `None` where it is not whole.
pub fn request_head(bytes: &[u8], most: u64) -> Option<RequestSeen> {
    let head = request::parse(bytes, most)?;
    let body = match head.asked {
        Resource::Down(length) | Resource::Paced(length, _) | Resource::Up { length, .. } => length,
        Resource::Address | Resource::Greeting | Resource::Refused(_) => 0,
    };
    Some(RequestSeen {
        size: head.size,
        body,
        refused: matches!(head.asked, Resource::Refused(_)),
    })
}
