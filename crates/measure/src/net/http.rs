//! As much of HTTP/1.1 as measuring takes: a request, an answer's head, and whether it comes from whom it should.
//!
//! Bodies are counted below, as bytes on the socket, so neither chunks nor encodings are read here. Redirections are
//! not followed: where one comes, something else answered.

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::error::MeasureError;
use crate::net::stream::Connection;
use crate::servers::{Kind, Server};

/// The longest head that is read.
const HEAD: usize = 16 * 1024;
const HEADERS: usize = 64;
/// As many heads that announce another are read (100 Continue, 103 Early Hints).
const INTERIM: usize = 8;
/// What follows this one is no HTTP any more.
const SWITCHING: u16 = 101;
/// As much of a stranger's text as an error repeats.
const QUOTED: usize = 120;

/// A request to a server.
pub(crate) struct Request {
    pub(crate) method: &'static str,
    pub(crate) target: String,
    /// Further header lines, each with its end.
    pub(crate) headers: String,
}

impl Request {
    /// The head on the wire. The connection ends with the answer, so that an end is seen however it is framed.
    pub(crate) fn encode(&self, server: &Server, keep: bool) -> String {
        format!(
            "{} {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: opensim/{}\r\nAccept: */*\r\n\
             Accept-Encoding: identity\r\nCache-Control: no-store\r\nConnection: {}\r\n{}\r\n",
            self.method,
            self.target,
            server.authority(),
            opensim_domain::VERSION,
            if keep { "keep-alive" } else { "close" },
            self.headers,
        )
    }
}

/// An answer's head, as far as it matters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Head {
    pub(crate) status: u16,
    /// The body's length, where it is said.
    pub(crate) length: Option<u64>,
    server: Option<String>,
    pub(crate) location: Option<String>,
    kind: Option<String>,
    encoded: bool,
    /// Bytes of the head itself.
    size: usize,
}

/// Reads the head of the answer, past those that only announce it (RFC 9110 clause 15.2); `None` where it is not whole
/// yet.
fn parse(bytes: &[u8]) -> Result<Option<Head>, String> {
    let mut before = 0;
    for _ in 0..=INTERIM {
        match parse_one(&bytes[before..])? {
            Some(head) if (100..200).contains(&head.status) && head.status != SWITCHING => {
                before += head.size;
            }
            head => {
                return Ok(head.map(|head| Head {
                    size: before + head.size,
                    ..head
                }));
            }
        }
    }
    Err("endless announcements".to_owned())
}

fn parse_one(bytes: &[u8]) -> Result<Option<Head>, String> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let size = match response.parse(bytes).map_err(|error| error.to_string())? {
        httparse::Status::Complete(size) => size,
        httparse::Status::Partial if bytes.len() >= HEAD => return Err("endless head".to_owned()),
        httparse::Status::Partial => return Ok(None),
    };
    let mut head = Head {
        status: response.code.unwrap_or(0),
        size,
        ..Head::default()
    };
    for header in response.headers.iter() {
        let value = String::from_utf8_lossy(header.value);
        let value = value.trim();
        match header.name.to_ascii_lowercase().as_str() {
            "content-length" => head.length = value.parse().ok(),
            "content-type" => head.kind = Some(value.to_ascii_lowercase()),
            "content-encoding" => head.encoded = !value.eq_ignore_ascii_case("identity"),
            "location" => head.location = Some(quoted(value)),
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

impl Head {
    /// Bytes of the head itself.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// Whether it is this server that answers, and well.
    pub(crate) fn check(&self, server: &Server) -> Result<(), MeasureError> {
        let other = |detail: String| {
            Err(MeasureError::NotTheServer {
                server: server.host.clone(),
                detail,
            })
        };
        let own = self
            .server
            .as_deref()
            .is_some_and(|name| name.starts_with("opensim/"));
        match self.status {
            200 | 206 => {}
            503 if server.kind == Kind::Opensim && own => {
                return Err(MeasureError::ServerFull {
                    server: server.host.clone(),
                });
            }
            300..=399 => {
                let to = self.location.as_deref().unwrap_or("elsewhere");
                return other(format!("{} to {to}", self.status));
            }
            status => {
                return Err(MeasureError::ServerRefused {
                    server: server.host.clone(),
                    status,
                });
            }
        }
        if server.kind == Kind::Opensim && !own {
            let name = self.server.as_deref().unwrap_or("no name");
            return other(format!("not opensim but {name}"));
        }
        let page = self
            .kind
            .as_deref()
            .is_some_and(|k| k.starts_with("text/html"));
        // LibreSpeed's empty answers are PHP's text/html, and have no body.
        let wanted = server.kind == Kind::File && server.tls || self.length == Some(0);
        let php = server.kind == Kind::LibreSpeed && server.tls;
        if page && !wanted && !php {
            return other("a web page".to_owned());
        }
        if self.encoded {
            return other("a compressed answer".to_owned());
        }
        Ok(())
    }
}

/// Sends a request and reads the answer's head; how many bytes of the body came with it.
pub(crate) async fn exchange(
    connection: &mut Connection,
    server: &Server,
    request: &str,
) -> Result<(Head, u64), MeasureError> {
    send(connection, server, request).await?;
    read_head(connection, server).await
}

/// Sends a request's head.
pub(crate) async fn send(
    connection: &mut Connection,
    server: &Server,
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
    server: &Server,
) -> Result<(Head, u64), MeasureError> {
    let mut bytes = Vec::new();
    let mut part = [0; 2048];
    loop {
        let length = connection
            .read(&mut part)
            .await
            .map_err(|error| broken(server, &error))?;
        if length == 0 {
            return Err(broken(server, &"closed without an answer"));
        }
        bytes.extend(&part[..length]);
        if let Some(head) = read_from(&bytes, server)? {
            let body = bytes.len().saturating_sub(head.size) as u64;
            return Ok((head, body));
        }
    }
}

/// Reads a head that is expected from this server; `None` where it is not whole yet.
pub(crate) fn read_from(bytes: &[u8], server: &Server) -> Result<Option<Head>, MeasureError> {
    parse(bytes).map_err(|error| MeasureError::NotTheServer {
        server: server.host.clone(),
        detail: format!("no HTTP: {error}"),
    })
}

/// The line broke.
pub(crate) fn broken(server: &Server, error: &dyn std::fmt::Display) -> MeasureError {
    MeasureError::Broken {
        server: server.host.clone(),
        detail: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn head(text: &str) -> Head {
        parse(text.as_bytes()).unwrap().unwrap()
    }

    fn said(spec: &str, text: &str) -> Result<(), &'static str> {
        let server = Server::parse(spec).unwrap();
        head(text).check(&server).map_err(|error| error.code())
    }

    #[test]
    fn a_request_is_for_that_host_and_asks_for_nothing_compressed() {
        let server = Server::parse("opensim://192.0.2.1:862").unwrap();
        let request = Request {
            method: "GET",
            target: "/down?bytes=9".to_owned(),
            headers: "Range: bytes=0-8\r\n".to_owned(),
        };
        let text = request.encode(&server, false);
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
    fn a_head_that_announces_another_is_not_the_answer() {
        let announced =
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
        let text = format!(
            "{announced}HTTP/1.1 200 OK\r\nServer: opensim/1\r\nContent-Length: 5\r\n\r\nabc"
        );
        for cut in 0..text.len() - 4 {
            assert_eq!(parse(&text.as_bytes()[..cut]), Ok(None), "{cut}");
        }
        let found = head(&text);
        assert_eq!(
            (found.status, found.length, text.len() - found.size),
            (200, Some(5), 3)
        );
        assert_eq!(said("opensim://h", &text), Ok(()));
        // What an announcement says of itself is not said of the answer.
        let other = "HTTP/1.1 103 Early Hints\r\nServer: opensim/1\r\n\r\nHTTP/1.1 200 OK\r\n\r\n";
        assert_eq!(said("opensim://h", other), Err("measure.not_the_server"));
        assert_eq!(
            said("opensim://h", "HTTP/1.1 101 X\r\n\r\n"),
            Err("measure.server_refused")
        );
        assert!(parse("HTTP/1.1 100 X\r\n\r\n".repeat(INTERIM + 1).as_bytes()).is_err());
    }

    #[test]
    fn a_page_to_log_in_at_is_not_taken_for_the_server() {
        let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=x\r\n\r\n";
        let other = Err("measure.not_the_server");
        assert_eq!(said("opensim://h", page), other);
        assert_eq!(said("http://h/file.bin", page), other);
        assert_eq!(said("librespeed+http://h", page), other);
        assert_eq!(said("https://h/file.html", page), Ok(()));
        let moved = "HTTP/1.1 302 Found\r\nLocation: http://login.example/\x07\r\n\r\n";
        let moved = moved.replace('\x07', "x");
        assert_eq!(said("opensim://h", &moved), other);
        assert_eq!(said("cloudflare", &moved), other);
        let nginx = "HTTP/1.1 200 OK\r\nServer: nginx\r\n\r\n";
        assert_eq!(said("opensim://h", nginx), other);
        assert_eq!(said("cloudflare", nginx), Ok(()));
        let packed = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n";
        assert_eq!(said("cloudflare", packed), other);
    }

    #[test]
    fn a_server_that_will_not_serve_says_so_by_its_status() {
        for status in [400, 403, 404, 429, 500] {
            let text = format!("HTTP/1.1 {status} X\r\nServer: opensim/1\r\n\r\n");
            assert_eq!(said("opensim://h", &text), Err("measure.server_refused"));
        }
        let full = "HTTP/1.1 503 X\r\nServer: opensim/1\r\nRetry-After: 10\r\n\r\n";
        assert_eq!(said("opensim://h", full), Err("measure.server_full"));
        let another = "HTTP/1.1 503 X\r\nServer: nginx\r\n\r\n";
        assert_eq!(said("opensim://h", another), Err("measure.server_refused"));
        assert_eq!(said("https://h/f", full), Err("measure.server_refused"));
        let part = "HTTP/1.1 206 Partial\r\nServer: opensim/1\r\n\r\n";
        assert_eq!(said("opensim://h", part), Ok(()));
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
