//! A SIP `OPTIONS` and what is answered to it: RFC 3261 clauses 8, 11, 18 and 20, RFC 3581 for `rport`.
//!
//! Any final answer means that the server is there, but 408 and 503. An answer repeats the question's topmost `Via`,
//! its `From` and its `Call-ID` as they arrived; where they are not as they were sent, something between rewrote
//! them: a router's SIP ALG, which is what breaks calls. One that undoes on the way back what it did on the way out
//! is not seen.

use std::net::SocketAddr;

use super::transport::Transport;
use crate::net::authority::bracketed;
use crate::net::http::quoted;

/// The longest answer that is read.
pub(crate) const LONGEST: usize = 8 * 1024;
/// What every branch begins with (RFC 3261 clause 8.1.1.7).
const COOKIE: &str = "z9hG4bK";

/// A question, with what its answer must repeat.
#[derive(Debug, Clone)]
pub(crate) struct SipOptions {
    host: String,
    port: u16,
    transport: Transport,
    /// This end of the socket.
    local: SocketAddr,
    /// Nobody else's.
    token: String,
}

/// A final answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SipAnswer {
    pub(crate) status: u16,
    /// The server's words, safe to print.
    pub(crate) reason: String,
    /// What was changed on the way, as sent and as seen.
    pub(crate) altered: Option<(String, String)>,
}

/// What reading an answer gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SipRead {
    /// More must come.
    Partial,
    /// It is another's answer, or none that is final.
    Other,
    /// It is no SIP.
    Stranger,
    /// The answer.
    Final(SipAnswer),
}

impl SipOptions {
    pub(crate) fn new(host: &str, port: u16, carried: Transport, from: SocketAddr, n: u64) -> Self {
        Self {
            host: bracketed(host),
            port,
            transport: carried,
            local: from,
            token: format!("{n:016x}"),
        }
    }

    /// The message on the wire.
    pub(crate) fn encode(&self) -> String {
        let (carried, port) = (self.transport, self.port);
        format!(
            "OPTIONS sip:{}:{port};transport={carried} SIP/2.0\r\n\
             Via: SIP/2.0/{} {};branch={};rport\r\n\
             Max-Forwards: 70\r\nFrom: <{}>;tag={}\r\nTo: <sip:{}>\r\nCall-ID: {}\r\n\
             CSeq: 1 OPTIONS\r\nContact: <{}>\r\nAccept: application/sdp\r\n\
             User-Agent: opensim/{}\r\nContent-Length: 0\r\n\r\n",
            self.host,
            carried.to_string().to_ascii_uppercase(),
            self.local,
            self.branch(),
            self.from(),
            &self.token[..8],
            self.host,
            self.call(),
            self.contact(),
            opensim_domain::VERSION,
        )
    }

    /// Reads a datagram, or what a stream has brought so far.
    pub(crate) fn read(&self, bytes: &[u8]) -> SipRead {
        let start = bytes.iter().take_while(|b| matches!(b, b'\r' | b'\n'));
        let bytes = &bytes[start.count()..];
        let looks = bytes.iter().zip(b"SIP/2.0 ").all(|(a, b)| a == b);
        if !looks || bytes.len() > LONGEST {
            return SipRead::Stranger;
        }
        let Some(message) = SipMessage::parse(bytes) else {
            return SipRead::Partial;
        };
        if !self.is_ours(&message) || !(200..700).contains(&message.status) {
            return SipRead::Other;
        }
        SipRead::Final(SipAnswer {
            status: message.status,
            reason: quoted(&message.reason),
            altered: self.altered(&message),
        })
    }

    fn branch(&self) -> String {
        format!("{COOKIE}{}", self.token)
    }

    fn from(&self) -> String {
        format!("sip:opensim@{}", bracketed(&self.local.ip().to_string()))
    }

    fn call(&self) -> String {
        let host = bracketed(&self.local.ip().to_string());
        format!("{}@{host}", self.token)
    }

    fn contact(&self) -> String {
        format!("sip:{}@{}", self.token, self.local)
    }

    /// By the branch, or by the call where something rewrote the branch.
    fn is_ours(&self, message: &SipMessage) -> bool {
        let branch = message.via.as_ref().and_then(|via| via.branch.as_deref());
        let call = message.call.as_deref();
        branch == Some(self.branch().as_str())
            || call.is_some_and(|call| call.starts_with(&self.token))
    }

    /// The first thing that did not come back as it was sent.
    fn altered(&self, message: &SipMessage) -> Option<(String, String)> {
        let via = message.via.as_ref();
        let seen = [
            (self.local.to_string(), via.map(|via| via.sent_by.clone())),
            (self.branch(), via.and_then(|via| via.branch.clone())),
            (self.call(), message.call.clone()),
            (self.from(), message.from.clone()),
            (
                self.contact(),
                message.contact.clone().filter(|c| c.contains(&self.token)),
            ),
        ];
        let differs = |(sent, seen): (String, Option<String>)| {
            let seen = seen?;
            (!seen.eq_ignore_ascii_case(&sent)).then(|| (sent, quoted(&seen)))
        };
        seen.into_iter().find_map(differs)
    }
}

/// An answer's head, as far as it matters.
#[derive(Debug, Default)]
struct SipMessage {
    status: u16,
    reason: String,
    /// The topmost.
    via: Option<SipVia>,
    /// The address alone.
    from: Option<String>,
    /// The address alone.
    contact: Option<String>,
    call: Option<String>,
}

/// A `Via` header.
#[derive(Debug)]
struct SipVia {
    sent_by: String,
    branch: Option<String>,
}

impl SipMessage {
    /// Reads a head; `None` where it is not whole.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let text = String::from_utf8_lossy(&bytes[..end]);
        // A line that begins with a blank goes on with the one before (clause 7.3.1).
        let text = text.replace("\r\n ", " ").replace("\r\n\t", " ");
        let mut lines = text.split("\r\n");
        let (_, status) = lines.next()?.split_once(' ')?;
        let (status, reason) = status.split_once(' ').unwrap_or((status, ""));
        let mut message = Self {
            status: status.parse().unwrap_or(0),
            reason: reason.to_owned(),
            ..Self::default()
        };
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "via" | "v" if message.via.is_none() => message.via = SipVia::parse(value),
                "from" | "f" if message.from.is_none() => message.from = Some(address(value)),
                "contact" | "m" if message.contact.is_none() => {
                    message.contact = Some(address(value));
                }
                "call-id" | "i" if message.call.is_none() => message.call = Some(value.to_owned()),
                _ => {}
            }
        }
        Some(message)
    }
}

impl SipVia {
    /// The first of a list: `SIP / 2.0 / UDP host:port;branch=...;received=...`; blanks may stand at the slashes.
    fn parse(value: &str) -> Option<Self> {
        let first = value.split(',').next()?;
        let mut parts = first.split(';').map(str::trim);
        let sent = parts.next()?;
        let after = sent.rsplit('/').next()?;
        let (_, sent_by) = after.trim().split_once(char::is_whitespace)?;
        let branch = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            let is_branch = name.trim().eq_ignore_ascii_case("branch");
            is_branch.then(|| value.trim().to_owned())
        });
        Some(Self {
            sent_by: sent_by.split_whitespace().collect(),
            branch,
        })
    }
}

/// The address of a header such as `"Name" <sip:a@b>;tag=c` or `sip:a@b;tag=c`.
fn address(value: &str) -> String {
    let inside = value
        .rsplit_once('<')
        .map(|(_, rest)| rest.split('>').next().unwrap_or(rest));
    let bare = value.split(';').next().unwrap_or(value);
    inside.unwrap_or(bare).trim().to_owned()
}

/// An answer as a server gives it, for tests of what asks.
#[cfg(test)]
pub(crate) fn answer_to(request: &str, status: &str) -> String {
    let line = |name: &str| {
        let found = request.lines().find(|line| line.starts_with(name));
        found.unwrap_or_default().to_owned()
    };
    format!(
        "SIP/2.0 {status}\r\n{};received=192.0.2.7\r\n{}\r\n{};tag=x\r\n{}\r\n{}\r\nContact: <sip:pbx.example>\r\n\
         Content-Length: 0\r\n\r\n",
        line("Via:"),
        line("From:"),
        line("To:"),
        line("Call-ID:"),
        line("CSeq:"),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn options() -> SipOptions {
        let local = SocketAddr::from(([10, 0, 0, 7], 40_000));
        SipOptions::new("pbx.example", 5060, Transport::Udp, local, 0x1234)
    }

    fn status(read: &SipRead) -> Option<(u16, Option<&str>)> {
        match read {
            SipRead::Final(answer) => {
                let altered = answer.altered.as_ref().map(|(_, seen)| seen.as_str());
                Some((answer.status, altered))
            }
            _ => None,
        }
    }

    #[test]
    fn the_question_lies_as_the_rfc_wants_it() {
        let expected = format!(
            "OPTIONS sip:pbx.example:5060;transport=udp SIP/2.0\r\n\
             Via: SIP/2.0/UDP 10.0.0.7:40000;branch=z9hG4bK0000000000001234;rport\r\n\
             Max-Forwards: 70\r\nFrom: <sip:opensim@10.0.0.7>;tag=00000000\r\nTo: <sip:pbx.example>\r\n\
             Call-ID: 0000000000001234@10.0.0.7\r\nCSeq: 1 OPTIONS\r\n\
             Contact: <sip:0000000000001234@10.0.0.7:40000>\r\nAccept: application/sdp\r\n\
             User-Agent: opensim/{}\r\nContent-Length: 0\r\n\r\n",
            opensim_domain::VERSION
        );
        assert_eq!(options().encode(), expected);
        let v6 = SocketAddr::from((std::net::Ipv6Addr::LOCALHOST, 9));
        let text = SipOptions::new("::1", 5060, Transport::Tcp, v6, 1).encode();
        assert!(text.starts_with(
            "OPTIONS sip:[::1]:5060;transport=tcp SIP/2.0\r\nVia: SIP/2.0/TCP [::1]:9;"
        ));
    }

    #[test]
    fn any_final_answer_is_read_and_a_provisional_one_is_waited_past() {
        let request = options().encode();
        for code in [200, 404, 408, 486, 503, 603] {
            let text = answer_to(&request, &format!("{code} Word\u{7}s"));
            let read = options().read(text.as_bytes());
            assert_eq!(status(&read), Some((code, None)));
            let SipRead::Final(answer) = read else {
                unreachable!()
            };
            assert_eq!(answer.reason, "Words");
        }
        for code in ["100 Trying", "x", "999 Z"] {
            let text = answer_to(&request, code);
            assert_eq!(options().read(text.as_bytes()), SipRead::Other, "{code}");
        }
    }

    #[test]
    fn an_answer_in_pieces_is_waited_for_and_another_protocol_is_not() {
        let text = answer_to(&options().encode(), "200 OK");
        for cut in 0..text.len() - 1 {
            assert_eq!(options().read(&text.as_bytes()[..cut]), SipRead::Partial);
        }
        let pinged = format!("\r\n\r\n{text}");
        assert_eq!(
            status(&options().read(pinged.as_bytes())),
            Some((200, None))
        );
        assert_eq!(options().read(b"HTTP/1.1 400 Bad"), SipRead::Stranger);
        let endless = format!("SIP/2.0 200 OK\r\nX: {}", "x".repeat(LONGEST));
        assert_eq!(options().read(endless.as_bytes()), SipRead::Stranger);
    }

    #[test]
    fn headers_in_their_short_and_folded_forms_are_the_same() {
        let text = "SIP/2.0 200 OK\r\nv: SIP / 2.0 / UDP 10.0.0.7:40000\r\n ;branch=z9hG4bK0000000000001234 ;rport=9, SIP/2.0/UDP x;branch=y\r\n\
                    f: \"A <b\" <sip:opensim@10.0.0.7>;tag=0\r\ni: 0000000000001234@10.0.0.7\r\nm: sip:z@x;a=b\r\n\r\n";
        assert_eq!(status(&options().read(text.as_bytes())), Some((200, None)));
    }

    #[test]
    fn what_a_router_rewrote_is_shown_as_it_came_back() {
        let text = answer_to(&options().encode(), "200 OK");
        let swap = |old: &str, new: &str| {
            let text = text.replacen(old, new, 1);
            status(&options().read(text.as_bytes()))
                .map(|(status, seen)| (status, seen.map(str::to_owned)))
        };
        let seen = |text: &str| Some((200, Some(text.to_owned())));
        assert_eq!(
            swap("10.0.0.7:40000", "198.51.100.4:1024"),
            seen("198.51.100.4:1024")
        );
        assert_eq!(
            swap("z9hG4bK0", "z9hG4bKX0"),
            seen("z9hG4bKX0000000000001234")
        );
        assert_eq!(
            swap("1234@10.0.0.7", "1234@198.51.100.4"),
            seen("0000000000001234@198.51.100.4")
        );
        assert_eq!(
            swap("opensim@10.0.0.7", "opensim@198.51.100.4"),
            seen("sip:opensim@198.51.100.4")
        );
        let echoed = "Contact: <sip:0000000000001234@198.51.100.4:1024>";
        assert_eq!(
            swap("Contact: <sip:pbx.example>", echoed),
            seen("sip:0000000000001234@198.51.100.4:1024")
        );
    }

    #[test]
    fn another_ones_answer_is_not_taken() {
        let local = SocketAddr::from(([10, 0, 0, 7], 40_000));
        let other = SipOptions::new("pbx.example", 5060, Transport::Udp, local, 0x9999);
        let text = answer_to(&other.encode(), "200 OK");
        assert_eq!(options().read(text.as_bytes()), SipRead::Other);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), at in 0_usize..300) {
            let _ = options().read(&bytes);
            let _ = options().read(&[b"SIP/2.0 200 ", &bytes[..], b"\r\n\r\n"].concat());
            let mut text = answer_to(&options().encode(), "200 OK").into_bytes();
            let at = at % text.len();
            text.splice(at..at, bytes);
            let _ = options().read(&text);
        }

        #[test]
        fn no_via_makes_it_panic(value in "[ -~]{0,40}") {
            let text = format!("SIP/2.0 200 OK\r\nVia: {value}\r\nFrom: {value}\r\nContact: {value}\r\n\r\n");
            let _ = options().read(text.as_bytes());
        }
    }
}
