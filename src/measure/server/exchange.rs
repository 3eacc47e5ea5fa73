//! One client's requests, one after the other.

use std::fmt::Write as _;
use std::io;

use serde_json::json;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use super::Session;
use super::body::{give, take};

/// The longest head that is read.
const HEAD: usize = 8 * 1024;
const HEADERS: usize = 48;
/// What `/down` gives where no number is named.
const USUAL: u64 = 1024 * 1024;

/// What a client asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    /// So many bytes.
    Down(u64),
    /// To take so many bytes, with the count as they come or at the end.
    Up { length: u64, report: bool },
    /// Its own address.
    Address,
    /// What this is.
    Greeting,
    /// What is not to be had.
    Refused(Status),
}

/// A status other than 200.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    BadRequest,
    NotFound,
    MethodNotAllowed,
    LengthRequired,
    TooLarge,
    HeadTooLarge,
}

impl Status {
    fn line(self) -> &'static str {
        match self {
            Self::BadRequest => "400 Bad Request",
            Self::NotFound => "404 Not Found",
            Self::MethodNotAllowed => "405 Method Not Allowed",
            Self::LengthRequired => "411 Length Required",
            Self::TooLarge => "413 Content Too Large",
            Self::HeadTooLarge => "431 Request Header Fields Too Large",
        }
    }
}

/// A request's head.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Head {
    asked: Asked,
    close: bool,
    size: usize,
}

/// Answers requests until the client has no more, or says what is none.
pub(super) async fn converse<S>(session: &Session, mut stream: S) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut bytes = Vec::new();
    loop {
        let Some(head) = next_head(session, &mut stream, &mut bytes).await? else {
            return Ok(());
        };
        bytes.drain(..head.size);
        match head.asked {
            Asked::Down(length) => {
                let fields = format!("Content-Length: {length}\r\n");
                open(&mut stream, &fields, "application/octet-stream").await?;
                give(session, &mut stream, length).await?;
            }
            Asked::Up { length, report } => {
                take(session, &mut stream, &mut bytes, length, report).await?;
            }
            Asked::Address => {
                let address = json!({ "address": session.from.ip().to_canonical() });
                whole(&mut stream, "application/json", &address.to_string()).await?;
            }
            Asked::Greeting => {
                let text = format!("opensim {} measurement server\n", crate::VERSION);
                whole(&mut stream, "text/plain", &text).await?;
            }
            Asked::Refused(status) => {
                refuse(&mut stream, status).await?;
                return Ok(());
            }
        }
        stream.flush().await?;
        if head.close || session.leaving.is_cancelled() {
            return stream.shutdown().await;
        }
    }
}

/// Reads a head; `None` where the client is done, or took too long, or no request is answered any more.
async fn next_head<S>(
    session: &Session,
    stream: &mut S,
    bytes: &mut Vec<u8>,
) -> io::Result<Option<Head>>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let deadline = session.clock.now() + session.limits.head;
    let mut part = [0; 2048];
    loop {
        if let Some(head) = parse(bytes, session.limits.body_bytes) {
            return Ok(Some(head));
        }
        let length = tokio::select! {
            // A head that comes in the moment when the server ends is a new request, whichever of the two is seen first.
            biased;
            () = session.leaving.cancelled() => return Ok(None),
            () = session.clock.sleep_until(Some(deadline)) => return Ok(None),
            length = stream.read(&mut part) => length?,
        };
        if length == 0 {
            return Ok(None);
        }
        bytes.extend(&part[..length]);
    }
}

/// What is asked for; `None` where the head is not whole yet.
fn parse(bytes: &[u8], most: u64) -> Option<Head> {
    let refused = |status| Head {
        asked: Asked::Refused(status),
        close: true,
        size: bytes.len(),
    };
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let size = match request.parse(bytes) {
        Ok(httparse::Status::Complete(size)) => size,
        Ok(httparse::Status::Partial) if bytes.len() < HEAD => return None,
        Ok(httparse::Status::Partial) | Err(httparse::Error::TooManyHeaders) => {
            return Some(refused(Status::HeadTooLarge));
        }
        Err(_) => return Some(refused(Status::BadRequest)),
    };
    let field = |name: &str| {
        let mut values = request
            .headers
            .iter()
            .filter(|header| header.name.eq_ignore_ascii_case(name))
            .map(|header| String::from_utf8_lossy(header.value).trim().to_owned());
        // Two of a kind that count are one too many.
        values.next().filter(|_| values.next().is_none())
    };
    let close = field("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"))
        || request.version == Some(0);
    let length = field("content-length").and_then(|digits| number(&digits));
    let (path, query) = split(request.path.unwrap_or_default());
    let asked = asked(
        request.method.unwrap_or_default(),
        path,
        query,
        length,
        most,
    );
    Some(Head { asked, close, size })
}

fn split(target: &str) -> (&str, &str) {
    target.split_once('?').unwrap_or((target, ""))
}

fn number(digits: &str) -> Option<u64> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

fn asked(method: &str, path: &str, query: &str, length: Option<u64>, most: u64) -> Asked {
    let parameter = |name: &str| {
        query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find_map(|(key, value)| (key == name).then_some(value))
    };
    let within = |length: u64, asked: fn(u64) -> Asked| {
        if length <= most {
            asked(length)
        } else {
            Asked::Refused(Status::TooLarge)
        }
    };
    match (method, path) {
        ("GET", "/down") => match parameter("bytes").map(number) {
            None => within(USUAL.min(most), Asked::Down),
            Some(Some(length)) => within(length, Asked::Down),
            Some(None) => Asked::Refused(Status::BadRequest),
        },
        ("POST", "/up") => {
            let report = parameter("report") == Some("1");
            match length {
                None => Asked::Refused(Status::LengthRequired),
                Some(length) if length > most => Asked::Refused(Status::TooLarge),
                Some(length) => Asked::Up { length, report },
            }
        }
        ("GET", "/ip") => Asked::Address,
        ("GET", "/") => Asked::Greeting,
        (_, "/down" | "/up" | "/ip" | "/") => Asked::Refused(Status::MethodNotAllowed),
        _ => Asked::Refused(Status::NotFound),
    }
}

/// Sends the head of a good answer.
pub(super) async fn open<S>(stream: &mut S, fields: &str, kind: &str) -> io::Result<()>
where
    S: AsyncWrite + Unpin,
{
    stream
        .write_all(head_of("200 OK", fields, kind).as_bytes())
        .await
}

/// Sends a good answer.
pub(super) async fn whole<S>(stream: &mut S, kind: &str, body: &str) -> io::Result<()>
where
    S: AsyncWrite + Unpin,
{
    let fields = format!("Content-Length: {}\r\n", body.len());
    let answer = head_of("200 OK", &fields, kind) + body;
    stream.write_all(answer.as_bytes()).await
}

async fn refuse<S>(stream: &mut S, status: Status) -> io::Result<()>
where
    S: AsyncWrite + Unpin,
{
    let line = status.line();
    let fields = format!(
        "Content-Length: {}\r\nConnection: close\r\n",
        line.len() + 1
    );
    let answer = format!("{}{line}\n", head_of(line, &fields, "text/plain"));
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await
}

fn head_of(status: &str, fields: &str, kind: &str) -> String {
    let mut head = format!(
        "HTTP/1.1 {status}\r\nServer: opensim/{}\r\n",
        crate::VERSION
    );
    let _ = write!(
        head,
        "Content-Type: {kind}\r\nCache-Control: no-store\r\n{fields}\r\n"
    );
    head
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(text: &str) -> Asked {
        parse(text.as_bytes(), 1000).unwrap().asked
    }

    #[test]
    fn what_is_asked_for_is_given_within_the_limits() {
        use Asked::{Address, Down, Greeting, Refused, Up};
        use Status::{BadRequest, LengthRequired, MethodNotAllowed, NotFound, TooLarge};
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
                Refused(LengthRequired),
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
    fn a_head_without_an_end_is_refused() {
        let long = format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(HEAD));
        assert_eq!(of(&long), Asked::Refused(Status::HeadTooLarge));
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", "X: y\r\n".repeat(HEADERS + 1));
        assert_eq!(of(&many), Asked::Refused(Status::HeadTooLarge));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = parse(&bytes, 1000);
            let _ = parse(&[b"GET /down?", &bytes[..]].concat(), 1000);
        }
    }
}
