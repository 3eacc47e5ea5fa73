//! What a request's head says, and what of it is refused.

use crate::servers::pace::PaceTerms;
use crate::throughput::SEGMENT;

/// The longest head that is read.
const HEAD: usize = 8 * 1024;
const HEADERS: usize = 48;
/// What `/down` gives where no number is named.
const USUAL: u64 = 1024 * 1024;

/// What a paced download may have on its way where nothing is said.
const WINDOW: u64 = 128 * 1024;

/// What a client asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Resource {
    /// So many bytes.
    Down(u64),
    /// So many bytes, no faster than was asked.
    Paced(u64, PaceTerms),
    /// To take so many bytes, with the count as they come or at the end.
    Up { length: u64, report: bool },
    /// Its own address.
    Address,
    /// What this is.
    Greeting,
    /// What is not to be had.
    Refused(HttpStatus),
}

/// Reads the pace that a request asks for; `None` where it asks for none, an error where what it says is no number.
fn pace<'a>(parameter: impl Fn(&str) -> Option<&'a str>) -> Option<Result<PaceTerms, NoNumber>> {
    let push = parameter("pace")?;
    let said = |name, usual| match parameter(name) {
        None => Ok(usual),
        Some(digits) => number(digits).ok_or(NoNumber),
    };
    let terms = || {
        let push = number(push).ok_or(NoNumber)?;
        let terms = PaceTerms {
            push,
            hard: said("hard", push)?,
            hold: said("hold", push)?,
            window: said("window", WINDOW)?,
        };
        let is_one = terms.push > 0 && terms.window >= SEGMENT;
        is_one.then_some(terms).ok_or(NoNumber)
    };
    Some(terms())
}

/// What stands for a number is none, or none that can be.
struct NoNumber;

/// A status other than 200.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HttpStatus {
    BadRequest,
    NotFound,
    MethodNotAllowed,
    LengthRequired,
    TooLarge,
    HeadTooLarge,
    ExpectationFailed,
    Full,
}

impl HttpStatus {
    /// Its number.
    pub(crate) fn number(self) -> u16 {
        let number = self.line().split(' ').next();
        number.and_then(|number| number.parse().ok()).unwrap_or(0)
    }

    /// Its number and its words.
    pub(crate) fn line(self) -> &'static str {
        match self {
            Self::BadRequest => "400 Bad Request",
            Self::NotFound => "404 Not Found",
            Self::MethodNotAllowed => "405 Method Not Allowed",
            Self::LengthRequired => "411 Length Required",
            Self::TooLarge => "413 Content Too Large",
            Self::ExpectationFailed => "417 Expectation Failed",
            Self::HeadTooLarge => "431 Request Header HeaderFields Too Large",
            Self::Full => "503 Service Unavailable",
        }
    }
}

/// A request's head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RequestHead {
    pub(crate) asked: Resource,
    /// Nothing more is answered after it.
    pub(crate) close: bool,
    /// The client waits for a word before it sends the body (RFC 9110 clause 10.1.1).
    pub(crate) expects: bool,
    /// Bytes of it.
    pub(crate) size: usize,
}

/// What is asked for; `None` where the head is not whole yet.
///
/// Whatever two readers could take for two different things is refused and the connection closed: what follows it is
/// never taken for a request.
pub(crate) fn parse(bytes: &[u8], most: u64) -> Option<RequestHead> {
    let refused = |status| RequestHead {
        asked: Resource::Refused(status),
        close: true,
        expects: false,
        size: bytes.len(),
    };
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let size = match request.parse(bytes) {
        Ok(httparse::Status::Complete(size)) => size,
        Ok(httparse::Status::Partial) if bytes.len() < HEAD => return None,
        Ok(httparse::Status::Partial) | Err(httparse::Error::TooManyHeaders) => {
            return Some(refused(HttpStatus::HeadTooLarge));
        }
        Err(_) => return Some(refused(HttpStatus::BadRequest)),
    };
    if size > HEAD {
        return Some(refused(HttpStatus::HeadTooLarge));
    }
    let fields = HeaderFields(request.headers);
    let method = request.method.unwrap_or_default();
    let target = request.path.unwrap_or_default();
    let length = match framing(&bytes[..size], method, target, &fields) {
        Ok(length) => length,
        Err(status) => return Some(refused(status)),
    };
    let expects = match fields.one("expect") {
        Ok(None) => false,
        // A client of HTTP/1.0 does not know the word that it would be given.
        Ok(Some(value)) if value.eq_ignore_ascii_case("100-continue") => request.version == Some(1),
        Ok(Some(_)) | Err(_) => return Some(refused(HttpStatus::ExpectationFailed)),
    };
    let (path, query) = split(target);
    let asked = asked(method, path, query, length, most);
    // What follows a paced answer's request are words for it.
    let is_last = matches!(asked, Resource::Paced(..)) || request.version == Some(0);
    Some(RequestHead {
        close: is_last || fields.has_word("connection", "close"),
        expects: expects && matches!(asked, Resource::Up { .. }),
        asked,
        size,
    })
}

/// How long the body is, where one is said to be; the status for a head whose end or body could be read in two ways.
fn framing(
    head: &[u8],
    method: &str,
    target: &str,
    fields: &HeaderFields<'_>,
) -> Result<Option<u64>, HttpStatus> {
    let bad = Err(HttpStatus::BadRequest);
    // A line ends with both; some readers take one for an end and others do not.
    let is_bare = |pair: &[u8]| pair[1] == b'\n' && pair[0] != b'\r';
    if head.windows(2).any(is_bare) || !target.starts_with('/') {
        return bad;
    }
    let is_coded = fields.values("transfer-encoding").next().is_some();
    let Ok(length) = fields.one("content-length") else {
        return bad;
    };
    if fields.one("host").is_err() || is_coded && (length.is_some() || method != "POST") {
        return bad;
    }
    match length {
        Some(digits) => match number(&digits) {
            // Only what is taken up has a body.
            Some(length) if method == "POST" || length == 0 => Ok(Some(length)),
            Some(_) | None => bad,
        },
        None => Ok(None),
    }
}

/// A head's fields.
struct HeaderFields<'a>(&'a [httparse::Header<'a>]);

/// There are two of a kind that counts.
struct Twice;

impl HeaderFields<'_> {
    fn values(&self, name: &str) -> impl Iterator<Item = String> {
        let named = move |header: &&httparse::Header<'_>| header.name.eq_ignore_ascii_case(name);
        let fields = self.0.iter().filter(named);
        fields.map(|header| String::from_utf8_lossy(header.value).trim().to_owned())
    }

    fn one(&self, name: &str) -> Result<Option<String>, Twice> {
        let mut values = self.values(name);
        match (values.next(), values.next()) {
            (value, None) => Ok(value),
            _ => Err(Twice),
        }
    }

    fn has_word(&self, name: &str, word: &str) -> bool {
        let is_word = |value: String| {
            value
                .split(',')
                .any(|w| w.trim().eq_ignore_ascii_case(word))
        };
        self.values(name).any(is_word)
    }
}

fn split(target: &str) -> (&str, &str) {
    target.split_once('?').unwrap_or((target, ""))
}

fn number(digits: &str) -> Option<u64> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

fn asked(method: &str, path: &str, query: &str, length: Option<u64>, most: u64) -> Resource {
    let parameter = |name: &str| {
        query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find_map(|(key, value)| (key == name).then_some(value))
    };
    match (method, path) {
        ("GET", "/down") => {
            let length = match parameter("bytes").map(number) {
                None => USUAL.min(most),
                Some(Some(length)) => length,
                Some(None) => return Resource::Refused(HttpStatus::BadRequest),
            };
            match pace(parameter) {
                _ if length > most => Resource::Refused(HttpStatus::TooLarge),
                None => Resource::Down(length),
                Some(Ok(terms)) => Resource::Paced(length, terms),
                Some(Err(NoNumber)) => Resource::Refused(HttpStatus::BadRequest),
            }
        }
        ("POST", "/up") => {
            let report = parameter("report") == Some("1");
            match length {
                None => Resource::Refused(HttpStatus::LengthRequired),
                Some(length) if length > most => Resource::Refused(HttpStatus::TooLarge),
                Some(length) => Resource::Up { length, report },
            }
        }
        ("GET", "/ip") => Resource::Address,
        ("GET", "/") => Resource::Greeting,
        (_, "/down" | "/up" | "/ip" | "/") => Resource::Refused(HttpStatus::MethodNotAllowed),
        _ => Resource::Refused(HttpStatus::NotFound),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(text: &str) -> Resource {
        parse(text.as_bytes(), 1000).unwrap().asked
    }

    #[test]
    fn what_is_asked_for_is_given_within_the_limits() {
        use HttpStatus::{BadRequest, LengthRequired, MethodNotAllowed, NotFound, TooLarge};
        use Resource::{Address, Down, Greeting, Refused, Up};
        let up = |length, report| Up { length, report };
        let table = [
            ("GET /down?bytes=1000 HTTP/1.1\r\n\r\n", Down(1000)),
            ("GET /down?x=1&bytes=0 HTTP/1.1\r\n\r\n", Down(0)),
            ("GET /down HTTP/1.1\r\n\r\n", Down(1000)),
            ("GET /down?bytes=1001 HTTP/1.1\r\n\r\n", Refused(TooLarge)),
            ("GET /down?bytes=-1 HTTP/1.1\r\n\r\n", Refused(BadRequest)),
            ("GET /down?bytes=+1 HTTP/1.1\r\n\r\n", Refused(BadRequest)),
            ("GET /down?bytes= HTTP/1.1\r\n\r\n", Refused(BadRequest)),
            (
                "POST /up HTTP/1.1\r\nContent-Length: 7\r\n\r\n",
                up(7, false),
            ),
            (
                "POST /up?report=1 HTTP/1.1\r\ncontent-length:7 \r\n\r\n",
                up(7, true),
            ),
            (
                "POST /up HTTP/1.1\r\nContent-Length: 1001\r\n\r\n",
                Refused(TooLarge),
            ),
            (
                "POST /up HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                Refused(BadRequest),
            ),
            (
                "POST /up HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
                Refused(LengthRequired),
            ),
            ("GET /ip HTTP/1.1\r\n\r\n", Address),
            ("GET / HTTP/1.1\r\n\r\n", Greeting),
            ("PUT /up HTTP/1.1\r\n\r\n", Refused(MethodNotAllowed)),
            ("GET /../etc/passwd HTTP/1.1\r\n\r\n", Refused(NotFound)),
            ("nonsense\r\n\r\n", Refused(BadRequest)),
            ("\x16\x03\x01\x02\x00\x01\x00", Refused(BadRequest)),
        ];
        for (text, asked) in table {
            assert_eq!(of(text), asked, "{text:?}");
        }
    }

    #[test]
    fn a_pace_is_taken_as_it_is_asked_for_or_not_at_all() {
        let asked = |query: &str| of(&format!("GET /down?bytes=9&{query} HTTP/1.1\r\n\r\n"));
        let terms = |push, hard, hold, window| {
            let terms = PaceTerms {
                push,
                hard,
                hold,
                window,
            };
            Resource::Paced(9, terms)
        };
        let all = terms(19_765, 64_765, 14_765, 8_192);
        let Resource::Paced(_, said) = all else {
            unreachable!()
        };
        assert_eq!(asked(&said.query()), all);
        assert_eq!(asked("pace=5&hold=4&window=8192"), terms(5, 5, 4, 8_192));
        assert_eq!(asked("pace=5"), terms(5, 5, 5, 131_072));
        for query in [
            "pace=",
            "pace=0",
            "pace=-1",
            "pace=5&hold=x",
            "pace=5&window=1447",
            "pace=5&hard=",
        ] {
            assert_eq!(
                asked(query),
                Resource::Refused(HttpStatus::BadRequest),
                "{query}"
            );
        }
        // Without a pace the rest is nobody's.
        assert_eq!(asked("hold=x&window=1"), Resource::Down(9));
        let head = parse(b"GET /down?pace=9 HTTP/1.1\r\n\r\n", 1000).unwrap();
        assert!(head.close && head.asked == terms_of(1000, 9));
    }

    fn terms_of(length: u64, pace: u64) -> Resource {
        let terms = PaceTerms {
            push: pace,
            hard: pace,
            hold: pace,
            window: 131_072,
        };
        Resource::Paced(length, terms)
    }

    #[test]
    fn what_two_readers_could_take_for_two_things_is_refused() {
        use HttpStatus::{BadRequest, ExpectationFailed, LengthRequired};
        let up = |fields: &str| format!("POST /up HTTP/1.1\r\n{fields}\r\n\r\n");
        let of = |fields: &str| of(&up(fields));
        let table = [
            (
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                BadRequest,
            ),
            (
                "Transfer-Encoding: identity\r\nContent-Length: 5",
                BadRequest,
            ),
            ("Content-Length: 5\r\nContent-Length: 5", BadRequest),
            ("Content-Length: 5, 5", BadRequest),
            ("Content-Length: +5", BadRequest),
            ("Content-Length: 0x5", BadRequest),
            ("Content-Length: 5 5", BadRequest),
            ("Content-Length: 99999999999999999999", BadRequest),
            ("Content-Length:", BadRequest),
            ("Content-Length : 5", BadRequest),
            ("Content-Length: 5\r\nX: a\r\n b", BadRequest),
            (" Content-Length: 5", BadRequest),
            ("Content-Length: 5\r\nX: \0", BadRequest),
            ("Content-Length: 5\nX: a", BadRequest),
            ("Content-Length: 5\rX: a", BadRequest),
            ("Content-Length: 5\r\nHost: a\r\nHost: b", BadRequest),
            ("Transfer-Encoding: chunked", LengthRequired),
            (
                "Transfer-Encoding: xchunked\r\nTransfer-Encoding: chunked",
                LengthRequired,
            ),
            ("Content-Length: 5\r\nExpect: tea", ExpectationFailed),
        ];
        for (fields, status) in table {
            assert_eq!(of(fields), Resource::Refused(status), "{fields:?}");
        }
        for line in [
            "GET http://h/down HTTP/1.1",
            "CONNECT h:80 HTTP/1.1",
            "OPTIONS * HTTP/1.1",
            "GET /down\0 HTTP/1.1",
            "GET /do wn HTTP/1.1",
            "GET /down HTTP/2.0",
            "GET /down HTTP/1.1\r\nContent-Length: 5",
            "GET /down HTTP/1.1\r\nTransfer-Encoding: chunked",
        ] {
            let head = parse(format!("{line}\r\n\r\n").as_bytes(), 1000).unwrap();
            assert_eq!(head.asked, Resource::Refused(BadRequest), "{line}");
            assert!(head.close);
        }
    }

    #[test]
    fn a_word_before_the_body_is_given_to_who_knows_it_and_has_one() {
        let head = |text: &str| parse(text.as_bytes(), 1000).unwrap();
        let up = "POST /up HTTP/1.1\r\nContent-Length: 5\r\nExpect: 100-Continue\r\n\r\n";
        assert!(head(up).expects);
        assert!(!head(&up.replace("HTTP/1.1", "HTTP/1.0")).expects);
        assert!(!head(&up.replace(": 5", ": 5000")).expects);
        assert!(!head("GET /ip HTTP/1.1\r\nExpect: 100-continue\r\n\r\n").expects);
    }

    #[test]
    fn a_connection_ends_where_one_of_its_words_says_so() {
        let head = |field: &str| {
            parse(format!("GET / HTTP/1.1\r\n{field}\r\n\r\n").as_bytes(), 9).unwrap()
        };
        for field in [
            "Connection: close",
            "connection: TE, Close",
            "Connection: x\r\nConnection: close",
        ] {
            assert!(head(field).close, "{field}");
        }
        assert!(!head("Connection: keep-alive").close);
    }

    #[test]
    fn a_head_without_an_end_is_refused() {
        let long = format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(HEAD));
        assert_eq!(of(&long), Resource::Refused(HttpStatus::HeadTooLarge));
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", "X: y\r\n".repeat(HEADERS + 1));
        assert_eq!(of(&many), Resource::Refused(HttpStatus::HeadTooLarge));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = parse(&bytes, 1000);
            let _ = parse(&[b"GET /down?", &bytes[..]].concat(), 1000);
        }
    }
}
