//! A server as a person names it, and what is asked of it.
//!
//! `opensim://HOST:PORT` (`opensim+https://` with TLS), `librespeed+https://HOST/PATH`, `cloudflare`,
//! `https://HOST/FILE` for download alone. No server is compiled in: `cloudflare` is contacted where it is named.
//!
//! One more kind of server is one more file with its `Protocol`, and its row in `PROTOCOLS`.

mod cloudflare;
mod file;
mod librespeed;
mod opensim;
pub(crate) mod pace;
pub(crate) mod reports;

use std::fmt;
use std::net::SocketAddr;

#[cfg(test)]
pub(crate) use self::cloudflare::Cloudflare;
#[cfg(test)]
pub(crate) use self::librespeed::LibreSpeed;
pub use self::opensim::PORT;
use self::pace::PaceTerms;
use crate::error::{MeasureError, Stranger};
use crate::net::authority::{AuthorityFlaw, bracketed, host_and_port, host_header};
use crate::net::http::{HttpRequest, ResponseHead};

/// A network that wants a log-in first (RFC 6585).
pub(crate) const LOG_IN: u16 = 511;
/// Asked too often.
const TOO_MANY: u16 = 429;

/// Every kind of server.
static PROTOCOLS: [&dyn Protocol; 4] = [
    &opensim::Opensim,
    &librespeed::LibreSpeed,
    &cloudflare::Cloudflare,
    &file::PlainFile,
];

/// What is particular to one kind of server: how it is named, what is asked of it, and how its answers are known. A path
/// is the one that the server was named with.
pub(crate) trait Protocol: fmt::Debug + Sync {
    /// What it is named by.
    fn schemes(&self) -> &'static [Scheme];

    /// Whether it is named with such a path.
    fn takes_path(&self, _path: &str) -> bool {
        true
    }

    /// Asks for at least so many bytes, or those of the file.
    fn download(&self, path: &str, bytes: u64) -> HttpRequest;

    /// Asks for so many bytes at a pace, where there is such a thing; whether it is kept is in the answer's head.
    fn paced_download(&self, _bytes: u64, _terms: &PaceTerms) -> Option<HttpRequest> {
        None
    }

    /// What takes bytes, where there is such a thing.
    fn upload(&self, path: &str) -> Option<String>;

    /// What takes bytes and says meanwhile how many have come (`reports`), where there is such a thing.
    fn reported_upload(&self) -> Option<&'static str> {
        None
    }

    /// Whether it answers STAMP on its UDP port.
    fn reflects(&self) -> bool {
        false
    }

    /// What it calls itself in `Server`, where that is a proof: another name is another server.
    fn product(&self) -> Option<&'static str> {
        None
    }

    /// Whether a web page may be its answer, and not one to log in at.
    fn answers_with_a_page(&self, _tls: bool) -> bool {
        false
    }
}

impl PartialEq for dyn Protocol {
    fn eq(&self, other: &Self) -> bool {
        self.schemes() == other.schemes()
    }
}

impl Eq for dyn Protocol {}

/// A word that names a kind of server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scheme {
    word: &'static str,
    /// The host, where the word says it all; else it stands before `://` and a host.
    host: Option<&'static str>,
    tls: bool,
    /// Where none is named.
    port: u16,
}

impl Scheme {
    /// Before `://` and a host.
    const fn before_a_host(word: &'static str, tls: bool, port: u16) -> Self {
        Self {
            word,
            host: None,
            tls,
            port,
        }
    }

    /// In place of an address: HTTPS, at this host.
    const fn alone(word: &'static str, host: &'static str) -> Self {
        Self {
            word,
            host: Some(host),
            tls: true,
            port: 443,
        }
    }
}

/// A server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// What it speaks.
    pub(crate) protocol: &'static dyn Protocol,
    /// Name or address.
    pub(crate) host: String,
    /// TCP port; also STAMP's, UDP, where it reflects.
    pub(crate) port: u16,
    /// Whether TLS is spoken.
    pub(crate) tls: bool,
    /// The path below which it serves, or of the file; with its first slash.
    pub(crate) path: String,
}

/// Where a call's packets are sent, if not to the server: a STAMP reflector, or a plain UDP echo (RFC 862). Which of them
/// it is shows in its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReflectorAddress {
    /// Name or address.
    pub(crate) host: String,
    /// UDP port.
    pub(crate) port: u16,
}

/// STAMP's own port (RFC 8762), where none is named.
const STAMP_PORT: u16 = 862;

impl ReflectorAddress {
    /// Reads `HOST`, `HOST:PORT` or `[IPV6]:PORT`.
    pub fn parse(spec: &str) -> Result<Self, SpecError> {
        let (host, port) = host_and_port(spec, STAMP_PORT).map_err(|flaw| SpecError {
            spec: spec.to_owned(),
            why: flaw.into(),
        })?;
        Ok(Self { host, port })
    }
}

/// Why a word names no server.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{spec}: {why}")]
pub struct SpecError {
    /// The word.
    pub spec: String,
    /// What is wrong with it.
    pub why: ServerFlaw,
}

/// What is wrong with a server's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ServerFlaw {
    /// No scheme that is known.
    #[error("not opensim://, librespeed+https://, cloudflare or https://")]
    Scheme,
    /// No host, or none that can be.
    #[error("no host")]
    Host,
    /// A port that is none.
    #[error("no port")]
    Port,
    /// A path where there is none, or none where there must be one.
    #[error("no path")]
    Path,
}

impl From<AuthorityFlaw> for ServerFlaw {
    fn from(flaw: AuthorityFlaw) -> Self {
        match flaw {
            AuthorityFlaw::Host => Self::Host,
            AuthorityFlaw::Port => Self::Port,
        }
    }
}

impl Server {
    /// Reads a server as `--server` and the configuration have it.
    pub fn parse(spec: &str) -> Result<Self, SpecError> {
        Self::read(spec).map_err(|why| SpecError {
            spec: spec.to_owned(),
            why,
        })
    }

    /// What a word that names no server may have meant: a plain address is an opensim server's.
    pub fn suggest(word: &str) -> Option<String> {
        let (scheme, place) = match word.split_once("://") {
            None => ("opensim", word),
            Some(("http", place)) => ("opensim", place),
            Some(("https", place)) => ("opensim+https", place),
            Some(_) => return None,
        };
        let meant = format!("{scheme}://{}", place.trim_end_matches('/'));
        Self::parse(&meant).is_ok().then_some(meant)
    }

    fn read(spec: &str) -> Result<Self, ServerFlaw> {
        let (word, rest) = match spec.split_once("://") {
            Some((word, rest)) => (word, Some(rest)),
            None => (spec, None),
        };
        let (protocol, scheme) = PROTOCOLS
            .into_iter()
            .flat_map(|protocol| protocol.schemes().iter().map(move |one| (protocol, one)))
            .find(|(_, scheme)| scheme.word == word && scheme.host.is_none() == rest.is_some())
            .ok_or(ServerFlaw::Scheme)?;
        let tls = scheme.tls;
        let Some(rest) = rest else {
            return Ok(Self {
                protocol,
                host: scheme.host.unwrap_or_default().to_owned(),
                port: scheme.port,
                tls,
                path: String::new(),
            });
        };
        let slash = rest.find('/').unwrap_or(rest.len());
        let (authority, path) = rest.split_at(slash);
        let (host, port) = host_and_port(authority, scheme.port)?;
        let path = path.trim_end_matches('/');
        let printable = path.bytes().all(|byte| byte.is_ascii_graphic());
        if !printable || !protocol.takes_path(path) || path.contains('#') {
            return Err(ServerFlaw::Path);
        }
        Ok(Self {
            protocol,
            host,
            port,
            tls,
            path: path.to_owned(),
        })
    }

    /// `opensim serve` at an address.
    pub fn here(address: SocketAddr) -> Self {
        Self {
            protocol: &opensim::Opensim,
            host: address.ip().to_string(),
            port: address.port(),
            tls: false,
            path: String::new(),
        }
    }

    /// Asks for at least so many bytes, or those of the file.
    pub(crate) fn download(&self, bytes: u64) -> HttpRequest {
        self.protocol.download(&self.path, bytes)
    }

    /// Asks for so many bytes at a pace, where there is such a thing. In TLS there is none: a pace goes by what the kernel
    /// counts, and what TLS puts around it is not known there.
    pub(crate) fn paced_download(&self, bytes: u64, terms: &PaceTerms) -> Option<HttpRequest> {
        (!self.tls)
            .then(|| self.protocol.paced_download(bytes, terms))
            .flatten()
    }

    /// What takes bytes, where there is such a thing.
    pub(crate) fn upload(&self) -> Option<String> {
        self.protocol.upload(&self.path)
    }

    /// What takes bytes and says meanwhile how many have come, where there is such a thing.
    pub(crate) fn reported_upload(&self) -> Option<&'static str> {
        self.protocol.reported_upload()
    }

    /// Whether it answers STAMP on its UDP port.
    pub(crate) fn reflects(&self) -> bool {
        self.protocol.reflects()
    }

    /// The host as a `Host` header has it.
    pub(crate) fn host_header(&self) -> String {
        host_header(&self.host, self.port, self.tls)
    }

    /// Whether it is this server that answers, and well.
    pub(crate) fn check(&self, head: &ResponseHead) -> Result<(), MeasureError> {
        let server = || self.host.clone();
        let other = |found: Stranger| {
            let server = server();
            Err(MeasureError::NotTheServer { server, found })
        };
        let name = head.server.as_deref();
        let product = self.protocol.product();
        let is_own = product.is_some_and(|product| is_product(name, product));
        match head.status {
            200 | 206 => {}
            503 if is_own => return Err(MeasureError::ServerFull { server: server() }),
            LOG_IN => return other(Stranger::LogIn),
            status @ 300..=399 => {
                let location = head.location.clone();
                return other(Stranger::Moved { status, location });
            }
            // Whoever has a name of its own and does not say it is a page to log in at, or another server; what stands
            // before a server (429, 5xx) speaks for it.
            status @ 400..=499 if product.is_some() && !is_own && status != TOO_MANY => {
                return other(Stranger::Status(status));
            }
            status @ (404 | 410) => {
                let server = server();
                return Err(MeasureError::NotFound { server, status });
            }
            status => {
                let server = server();
                return Err(MeasureError::ServerRefused { server, status });
            }
        }
        if product.is_some() && !is_own {
            return other(Stranger::OtherName(name.map(str::to_owned)));
        }
        let is_page = head
            .kind
            .as_deref()
            .is_some_and(|k| k.starts_with("text/html"));
        // LibreSpeed's empty answers are PHP's text/html, and have no body.
        let is_wanted = self.protocol.answers_with_a_page(self.tls) || head.length == Some(0);
        if is_page && !is_wanted {
            return other(Stranger::Page);
        }
        if head.encoded {
            return other(Stranger::Compressed);
        }
        Ok(())
    }
}

/// Whether a `Server` header begins with this product and a version.
fn is_product(name: Option<&str>, product: &str) -> bool {
    let rest = name.and_then(|name| name.strip_prefix(product));
    rest.is_some_and(|rest| rest.starts_with('/'))
}

impl fmt::Display for Server {
    /// As it can be read again.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut schemes = self.protocol.schemes().iter();
        let Some(scheme) = schemes.find(|scheme| scheme.tls == self.tls || scheme.host.is_some())
        else {
            return Err(fmt::Error);
        };
        if scheme.host.is_some() {
            return f.write_str(scheme.word);
        }
        let host = bracketed(&self.host);
        write!(f, "{}://{host}:{}{}", scheme.word, self.port, self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::http::{INTERIM, parse};

    fn head(text: &str) -> ResponseHead {
        parse(text.as_bytes()).unwrap().unwrap()
    }

    fn said(spec: &str, text: &str) -> Result<(), &'static str> {
        let server = Server::parse(spec).unwrap();
        server
            .check(&head(text))
            .map_err(|error| error.code().as_str())
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
            (found.status, found.length, text.len() - found.size()),
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
    fn a_page_to_log_in_at_that_refuses_is_no_server_that_does() {
        for status in [400, 401, 403, 404, 407, 511] {
            for name in ["", "Server: nginx\r\n"] {
                let text = format!("HTTP/1.1 {status} X\r\n{name}Content-Type: text/html\r\n\r\n");
                let other = Err("measure.not_the_server");
                assert_eq!(said("opensim://h", &text), other, "{status}");
            }
        }
        // Nothing but a network that wants a log-in answers so, even to who asks for a file.
        let text = "HTTP/1.1 511 X\r\n\r\n";
        assert_eq!(said("http://h/f", text), Err("measure.not_the_server"));
    }

    #[test]
    fn a_server_that_will_not_serve_says_so_by_its_status() {
        for status in [400, 403, 429, 500] {
            let text = format!("HTTP/1.1 {status} X\r\nServer: opensim/1\r\n\r\n");
            assert_eq!(said("opensim://h", &text), Err("measure.server_refused"));
        }
        let full = "HTTP/1.1 503 X\r\nServer: opensim/1\r\nRetry-After: 10\r\n\r\n";
        assert_eq!(said("opensim://h", full), Err("measure.server_full"));
        let another = "HTTP/1.1 503 X\r\nServer: nginx\r\n\r\n";
        assert_eq!(said("opensim://h", another), Err("measure.server_refused"));
        assert_eq!(said("https://h/f", full), Err("measure.server_refused"));
        for status in [404, 410] {
            let text = format!("HTTP/1.1 {status} X\r\nServer: opensim/1\r\n\r\n");
            for spec in ["opensim://h", "https://h/f", "librespeed+http://h"] {
                assert_eq!(said(spec, &text), Err("measure.not_found"), "{spec}");
            }
        }
        let part = "HTTP/1.1 206 Partial\r\nServer: opensim/1\r\n\r\n";
        assert_eq!(said("opensim://h", part), Ok(()));
    }

    #[test]
    fn each_kind_of_server_is_read_and_written_back() {
        let table = [
            ("opensim://host.example:862", "opensim://host.example:862"),
            ("opensim://Host.Example", "opensim://host.example:8620"),
            (
                "opensim+https://192.0.2.1",
                "opensim+https://192.0.2.1:8620",
            ),
            ("opensim://[2001:db8::1]:99", "opensim://[2001:db8::1]:99"),
            (
                "librespeed+https://ls.example/backend/",
                "librespeed+https://ls.example:443/backend",
            ),
            (
                "librespeed+http://ls.example",
                "librespeed+http://ls.example:80",
            ),
            ("cloudflare", "cloudflare"),
            (
                "https://host.example/a/file.bin?x=1",
                "https://host.example:443/a/file.bin?x=1",
            ),
        ];
        for (spec, written) in table {
            let server = Server::parse(spec).unwrap();
            assert_eq!(server.to_string(), written, "{spec}");
            assert_eq!(Server::parse(written), Ok(server));
        }
    }

    #[test]
    fn an_address_alone_is_taken_for_an_opensim_servers() {
        let table = [
            ("127.0.0.1:8620", Some("opensim://127.0.0.1:8620")),
            ("mesure.example.fr", Some("opensim://mesure.example.fr")),
            ("[2001:db8::1]:99", Some("opensim://[2001:db8::1]:99")),
            (
                "http://mesure.example.fr/",
                Some("opensim://mesure.example.fr"),
            ),
            (
                "https://mesure.example.fr:8620",
                Some("opensim+https://mesure.example.fr:8620"),
            ),
            ("", None),
            ("mesure.example.fr:0", None),
            ("mesure exemple", None),
            ("ftp://mesure.example.fr", None),
            ("mesure.example.fr/path", None),
        ];
        for (word, meant) in table {
            assert_eq!(Server::suggest(word).as_deref(), meant, "{word:?}");
        }
    }

    #[test]
    fn a_reflector_is_a_host_and_a_port() {
        let table = [
            ("Echo.example", Some(("echo.example", 862))),
            ("192.0.2.1:7", Some(("192.0.2.1", 7))),
            ("[2001:db8::1]:7", Some(("2001:db8::1", 7))),
            ("", None),
            ("echo.example:0", None),
            ("udp://echo.example", None),
            ("echo.example/x", None),
            ("echo example", None),
        ];
        for (spec, read) in table {
            let reflector = ReflectorAddress::parse(spec).ok();
            let as_read = reflector.as_ref().map(|one| (one.host.as_str(), one.port));
            assert_eq!(as_read, read, "{spec}");
        }
    }

    #[test]
    fn what_names_no_server_says_why() {
        let table = [
            ("", ServerFlaw::Scheme),
            ("host.example", ServerFlaw::Scheme),
            ("ftp://host.example/x", ServerFlaw::Scheme),
            ("Cloudflare", ServerFlaw::Scheme),
            ("opensim://", ServerFlaw::Host),
            ("opensim://user@host", ServerFlaw::Host),
            ("opensim://[host]", ServerFlaw::Host),
            ("opensim://ho st", ServerFlaw::Host),
            ("opensim://host:", ServerFlaw::Port),
            ("opensim://host:0", ServerFlaw::Port),
            ("opensim://host:99999", ServerFlaw::Port),
            ("opensim://host:+80", ServerFlaw::Port),
            ("opensim://[::1]80", ServerFlaw::Port),
            ("opensim://host/path", ServerFlaw::Path),
            ("https://host", ServerFlaw::Path),
            ("https://host/", ServerFlaw::Path),
            ("https://host/a b", ServerFlaw::Path),
            ("https://host/a\r\nX: y", ServerFlaw::Path),
        ];
        for (spec, why) in table {
            assert_eq!(Server::parse(spec).map_err(|e| e.why), Err(why), "{spec:?}");
        }
    }

    #[test]
    fn each_kind_is_asked_in_its_own_words() {
        let ask = |spec| {
            let server = Server::parse(spec).unwrap();
            (
                server.download(300_000).target,
                server.upload(),
                server.host_header(),
            )
        };
        let (down, up, host) = ask("opensim://[::1]:862");
        assert_eq!(
            (down.as_str(), up.as_deref(), host.as_str()),
            ("/down?bytes=300000", Some("/up"), "[::1]:862")
        );
        let (down, up, host) = ask("librespeed+https://ls.example/b");
        assert_eq!(
            (down.as_str(), up.as_deref(), host.as_str()),
            (
                "/b/garbage.php?ckSize=1",
                Some("/b/empty.php"),
                "ls.example"
            )
        );
        let (down, up, _) = ask("cloudflare");
        assert_eq!(
            (down.as_str(), up.as_deref()),
            ("/__down?bytes=300000", Some("/__up"))
        );
        let (down, up, _) = ask("https://h.example/f.bin?a");
        assert_eq!((down.as_str(), up), ("/f.bin?a", None));
    }
}
