//! As much of HTTP/1.1 as measuring takes: a request, an answer's head, and whether it comes from whom it should.
//!
//! Bodies are counted below, as bytes on the socket, so neither chunks nor encodings are read here. Redirections are
//! not followed: where one comes, something else answered.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::error::{MeasureError, Stranger};
use crate::net::stream::Connection;
use opensim_domain::codes::Detail;
use opensim_os::fault;

/// The longest head that is read.
const HEAD: usize = 16 * 1024;
const HEADERS: usize = 64;
/// As many heads that announce another are read (100 Continue, 103 Early Hints).
pub(crate) const INTERIM: usize = 8;
/// What follows this one is no HTTP any more.
const SWITCHING: u16 = 101;
/// What an alert of TLS begins with, any version's (RFC 8446 clause 5.1).
const TLS_ALERT: [u8; 2] = [0x15, 0x03];
/// As much of a stranger's text as an error repeats.
const QUOTED: usize = 120;

/// A request to a server.
pub(crate) struct HttpRequest {
    pub(crate) method: &'static str,
    pub(crate) target: String,
    /// Further header lines, each with its end.
    pub(crate) headers: String,
}

impl HttpRequest {
    /// A `GET` of this.
    pub(crate) fn get(target: String) -> Self {
        Self {
            method: "GET",
            target,
            headers: String::new(),
        }
    }

    /// The head on the wire, for a `Host`. The connection ends with the answer, so that an end is seen however it is framed.
    pub(crate) fn encode(&self, host: &str) -> String {
        format!(
            "{} {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: opensim/{}\r\nAccept: */*\r\n\
             Accept-Encoding: identity\r\nCache-Control: no-store\r\nConnection: close\r\n{}\r\n",
            self.method,
            self.target,
            host,
            opensim_domain::VERSION,
            self.headers,
        )
    }
}

/// An answer's head, as far as it matters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ResponseHead {
    pub(crate) status: u16,
    /// The body's length, where it is said.
    pub(crate) length: Option<u64>,
    /// What it calls itself.
    pub(crate) server: Option<String>,
    pub(crate) location: Option<String>,
    /// Its `Content-Type`.
    pub(crate) kind: Option<String>,
    /// Whether the body is compressed.
    pub(crate) encoded: bool,
    /// Whether it says that it keeps to the pace that it was asked for.
    pub(crate) paced: bool,
    /// Bytes of the head itself.
    size: usize,
}

/// Reads the head of the answer, past those that only announce it (RFC 9110 clause 15.2); `None` where it is not whole
/// yet.
pub(crate) fn parse(bytes: &[u8]) -> Result<Option<ResponseHead>, String> {
    let mut before = 0;
    for _ in 0..=INTERIM {
        match parse_one(&bytes[before..])? {
            Some(head) if (100..200).contains(&head.status) && head.status != SWITCHING => {
                before += head.size;
            }
            head => {
                return Ok(head.map(|head| ResponseHead {
                    size: before + head.size,
                    ..head
                }));
            }
        }
    }
    Err("endless announcements".to_owned())
}

fn parse_one(bytes: &[u8]) -> Result<Option<ResponseHead>, String> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let size = match response.parse(bytes).map_err(|error| error.to_string())? {
        httparse::Status::Complete(size) => size,
        httparse::Status::Partial if bytes.len() >= HEAD => return Err("endless head".to_owned()),
        httparse::Status::Partial => return Ok(None),
    };
    let mut head = ResponseHead {
        status: response.code.unwrap_or(0),
        size,
        ..ResponseHead::default()
    };
    for header in response.headers.iter() {
        let value = String::from_utf8_lossy(header.value);
        let value = value.trim();
        match header.name.to_ascii_lowercase().as_str() {
            "content-length" => head.length = value.parse().ok(),
            "content-type" => head.kind = Some(value.to_ascii_lowercase()),
            "content-encoding" => head.encoded = !value.eq_ignore_ascii_case("identity"),
            "location" => head.location = Some(quoted(value)),
            "opensim-pace" => head.paced = value == "1",
            "server" => head.server = Some(quoted(value)),
            _ => {}
        }
    }
    Ok(Some(head))
}

/// A stranger's text, safe to print and short.
pub(crate) fn quoted(text: &str) -> String {
    let printable = text.chars().filter(|c| !c.is_control());
    printable.take(QUOTED).collect()
}

impl ResponseHead {
    /// Bytes of the head itself.
    pub(crate) fn size(&self) -> usize {
        self.size
    }
}

/// Sends a request and reads the answer's head; how many bytes of the body came with it.
pub(crate) async fn exchange(
    connection: &mut Connection,
    server: &str,
    request: &str,
) -> Result<(ResponseHead, u64), MeasureError> {
    let sent = send(connection, server, request).await;
    // Where it broke, the server may have said why before it closed.
    let answered = read_head(connection, server).await;
    answered.or_else(|error| sent.and(Err(error)))
}

/// Sends a request's head.
pub(crate) async fn send(
    connection: &mut Connection,
    server: &str,
    request: &str,
) -> Result<(), MeasureError> {
    let sent = async {
        connection.write_all(request.as_bytes()).await?;
        connection.flush().await
    };
    sent.await.map_err(|error| broken(server, &error))
}

async fn read_head(
    connection: &mut Connection,
    server: &str,
) -> Result<(ResponseHead, u64), MeasureError> {
    let mut bytes = Vec::new();
    let mut part = [0; 2048];
    loop {
        let length = connection
            .read(&mut part)
            .await
            .map_err(|error| broken(server, &error))?;
        if length == 0 {
            return Err(MeasureError::Broken {
                server: server.to_owned(),
                detail: Detail::CONNECTION_CLOSED.into(),
            });
        }
        bytes.extend(&part[..length]);
        if let Some(head) = read_from(&bytes, server)? {
            let body = bytes.len().saturating_sub(head.size) as u64;
            return Ok((head, body));
        }
    }
}

/// Reads a head that is expected from this server; `None` where it is not whole yet.
pub(crate) fn read_from(bytes: &[u8], server: &str) -> Result<Option<ResponseHead>, MeasureError> {
    parse(bytes).map_err(|_| MeasureError::NotTheServer {
        server: server.to_owned(),
        found: if bytes.starts_with(&TLS_ALERT) {
            Stranger::Tls
        } else {
            Stranger::NoHttp
        },
    })
}

/// The line broke.
pub(crate) fn broken(server: &str, error: &io::Error) -> MeasureError {
    MeasureError::Broken {
        server: server.to_owned(),
        detail: fault::detail(error),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_request_is_for_that_host_and_asks_for_nothing_compressed() {
        let request = HttpRequest {
            method: "GET",
            target: "/down?bytes=9".to_owned(),
            headers: "Range: bytes=0-8\r\n".to_owned(),
        };
        let text = request.encode("192.0.2.1:862");
        assert!(text.starts_with("GET /down?bytes=9 HTTP/1.1\r\nHost: 192.0.2.1:862\r\n"));
        assert!(text.contains("\r\nAccept-Encoding: identity\r\n"));
        assert!(text.ends_with("\r\nConnection: close\r\nRange: bytes=0-8\r\n\r\n"));
    }

    #[test]
    fn a_head_in_pieces_is_waited_for_and_what_follows_is_body() {
        let text = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nServer: opensim/1\r\n\r\nabc";
        for cut in 0..text.len() - 4 {
            assert_eq!(parse(&text[..cut]), Ok(None), "{cut}");
        }
        let head = parse(text).unwrap().unwrap();
        assert_eq!(
            (head.status, head.length, text.len() - head.size),
            (200, Some(5), 3)
        );
    }

    #[test]
    fn what_is_no_http_or_never_ends_is_refused() {
        assert!(parse(b"SSH-2.0-x\r\n").is_err());
        let endless = format!("HTTP/1.1 200 OK\r\nX: {}", "x".repeat(HEAD));
        assert!(parse(endless.as_bytes()).is_err());
        let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "X: y\r\n".repeat(HEADERS + 1));
        assert!(parse(many.as_bytes()).is_err());
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = parse(&bytes);
            let _ = parse(&[b"HTTP/1.1 200 OK\r\n", &bytes[..]].concat());
        }
    }
}
