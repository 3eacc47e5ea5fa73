//! A server as a person names it, and what is asked of it.
//!
//! `opensim://HOST:PORT` (`opensim+https://` with TLS), `librespeed+https://HOST/PATH`, `cloudflare`,
//! `https://HOST/FILE` for download alone. No server is compiled in: `cloudflare` is contacted where it is named.

pub(crate) mod reports;

use std::fmt;
use std::net::{IpAddr, SocketAddr};

/// The port of `opensim serve` where none is named.
pub const PORT: u16 = 8620;

const CLOUDFLARE: &str = "speed.cloudflare.com";
const MIB: u64 = 1024 * 1024;

/// A server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// What it speaks.
    pub kind: Kind,
    /// Name or address.
    pub host: String,
    /// TCP port; with [`Kind::Opensim`] also STAMP's, UDP.
    pub port: u16,
    /// Whether TLS is spoken.
    pub tls: bool,
    /// The path below which it serves, or of the file; with its first slash.
    pub path: String,
}

/// Where a call's packets are sent, if not to the server: a STAMP reflector, or a plain UDP echo (RFC 862). Which of them
/// it is shows in its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reflector {
    /// Name or address.
    pub host: String,
    /// UDP port.
    pub port: u16,
}

/// STAMP's own port (RFC 8762), where none is named.
const STAMP_PORT: u16 = 862;

impl Reflector {
    /// Reads `HOST`, `HOST:PORT` or `[IPV6]:PORT`.
    pub fn parse(spec: &str) -> Result<Self, SpecError> {
        let (host, port) = host_and_port(spec, STAMP_PORT).map_err(|why| SpecError {
            spec: spec.to_owned(),
            why,
        })?;
        Ok(Self { host, port })
    }
}

/// What a server speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `opensim serve`.
    Opensim,
    /// A `LibreSpeed` backend.
    LibreSpeed,
    /// Cloudflare's speed test.
    Cloudflare,
    /// Any file.
    File,
}

/// Why a word names no server.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{spec}: {why}")]
pub struct SpecError {
    /// The word.
    pub spec: String,
    /// What is wrong with it.
    pub why: Flaw,
}

/// What is wrong with a server's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
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

impl Server {
    /// Reads a server as `--server` and the configuration have it.
    pub fn parse(spec: &str) -> Result<Self, SpecError> {
        let flaw = |why| SpecError {
            spec: spec.to_owned(),
            why,
        };
        if spec == "cloudflare" {
            return Ok(Self {
                kind: Kind::Cloudflare,
                host: CLOUDFLARE.to_owned(),
                port: 443,
                tls: true,
                path: String::new(),
            });
        }
        let (scheme, rest) = spec.split_once("://").ok_or_else(|| flaw(Flaw::Scheme))?;
        let (kind, tls, default) = match scheme {
            "opensim" => (Kind::Opensim, false, PORT),
            "opensim+https" => (Kind::Opensim, true, PORT),
            "librespeed+http" => (Kind::LibreSpeed, false, 80),
            "librespeed+https" => (Kind::LibreSpeed, true, 443),
            "http" => (Kind::File, false, 80),
            "https" => (Kind::File, true, 443),
            _ => return Err(flaw(Flaw::Scheme)),
        };
        let slash = rest.find('/').unwrap_or(rest.len());
        let (authority, path) = rest.split_at(slash);
        let (host, port) = host_and_port(authority, default).map_err(flaw)?;
        let path = path.trim_end_matches('/');
        let printable = path.bytes().all(|byte| byte.is_ascii_graphic());
        let wanted = match kind {
            Kind::Opensim => path.is_empty(),
            Kind::File => !path.is_empty(),
            Kind::LibreSpeed | Kind::Cloudflare => true,
        };
        if !printable || !wanted || path.contains('#') {
            return Err(flaw(Flaw::Path));
        }
        Ok(Self {
            kind,
            host,
            port,
            tls,
            path: path.to_owned(),
        })
    }

    /// `opensim serve` at an address.
    pub fn here(address: SocketAddr) -> Self {
        Self {
            kind: Kind::Opensim,
            host: address.ip().to_string(),
            port: address.port(),
            tls: false,
            path: String::new(),
        }
    }

    /// What gives at least so many bytes, or those of the file.
    pub(crate) fn down_target(&self, bytes: u64) -> String {
        let path = &self.path;
        match self.kind {
            Kind::Opensim => format!("/down?bytes={bytes}"),
            Kind::LibreSpeed => format!("{path}/garbage.php?ckSize={}", bytes.div_ceil(MIB).max(1)),
            Kind::Cloudflare => format!("/__down?bytes={bytes}"),
            Kind::File => path.clone(),
        }
    }

    /// What takes bytes, where there is such a thing.
    pub(crate) fn up_target(&self) -> Option<String> {
        match self.kind {
            Kind::Opensim => Some("/up".to_owned()),
            Kind::LibreSpeed => Some(format!("{}/empty.php", self.path)),
            Kind::Cloudflare => Some("/__up".to_owned()),
            Kind::File => None,
        }
    }

    /// Whether it answers STAMP on its UDP port.
    pub(crate) fn reflects(&self) -> bool {
        self.kind == Kind::Opensim
    }

    /// The host as a `Host` header has it.
    pub(crate) fn authority(&self) -> String {
        let host = bracketed(&self.host);
        let usual = if self.tls { 443 } else { 80 };
        if self.port == usual {
            host
        } else {
            format!("{host}:{}", self.port)
        }
    }
}

impl fmt::Display for Server {
    /// As it can be read again.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match (self.kind, self.tls) {
            (Kind::Cloudflare, _) => return f.write_str("cloudflare"),
            (Kind::Opensim, false) => "opensim",
            (Kind::Opensim, true) => "opensim+https",
            (Kind::LibreSpeed, false) => "librespeed+http",
            (Kind::LibreSpeed, true) => "librespeed+https",
            (Kind::File, false) => "http",
            (Kind::File, true) => "https",
        };
        let host = bracketed(&self.host);
        write!(f, "{scheme}://{host}:{}{}", self.port, self.path)
    }
}

pub(crate) fn bracketed(host: &str) -> String {
    if host.contains(':') {
        format!("[{host}]")
    } else {
        host.to_owned()
    }
}

pub(crate) fn host_and_port(authority: &str, default: u16) -> Result<(String, u16), Flaw> {
    let (host, port) = if let Some(rest) = authority.strip_prefix('[') {
        let (host, port) = rest.split_once(']').ok_or(Flaw::Host)?;
        let is_ipv6 = host.parse::<IpAddr>().is_ok_and(|ip| ip.is_ipv6());
        (is_ipv6.then_some(host).ok_or(Flaw::Host)?, port)
    } else {
        let colon = authority.find(':').unwrap_or(authority.len());
        let (host, port) = authority.split_at(colon);
        let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        if host.is_empty() || !host.bytes().all(known) {
            return Err(Flaw::Host);
        }
        (host, port)
    };
    let port = match port.strip_prefix(':') {
        None if port.is_empty() => default,
        Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => digits
            .parse()
            .ok()
            .filter(|port| *port != 0)
            .ok_or(Flaw::Port)?,
        _ => return Err(Flaw::Port),
    };
    Ok((host.to_ascii_lowercase(), port))
}

#[cfg(test)]
mod tests {
    use super::*;

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
            let reflector = Reflector::parse(spec).ok();
            let as_read = reflector.as_ref().map(|one| (one.host.as_str(), one.port));
            assert_eq!(as_read, read, "{spec}");
        }
    }

    #[test]
    fn what_names_no_server_says_why() {
        let table = [
            ("", Flaw::Scheme),
            ("host.example", Flaw::Scheme),
            ("ftp://host.example/x", Flaw::Scheme),
            ("Cloudflare", Flaw::Scheme),
            ("opensim://", Flaw::Host),
            ("opensim://user@host", Flaw::Host),
            ("opensim://[host]", Flaw::Host),
            ("opensim://ho st", Flaw::Host),
            ("opensim://host:", Flaw::Port),
            ("opensim://host:0", Flaw::Port),
            ("opensim://host:99999", Flaw::Port),
            ("opensim://host:+80", Flaw::Port),
            ("opensim://[::1]80", Flaw::Port),
            ("opensim://host/path", Flaw::Path),
            ("https://host", Flaw::Path),
            ("https://host/", Flaw::Path),
            ("https://host/a b", Flaw::Path),
            ("https://host/a\r\nX: y", Flaw::Path),
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
                server.down_target(300_000),
                server.up_target(),
                server.authority(),
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
