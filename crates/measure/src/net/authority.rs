//! `HOST`, `HOST:PORT` and `[IPV6]:PORT`, as addresses name a place (RFC 3986 clause 3.2) without its user.

use std::net::IpAddr;

/// What is wrong with a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AuthorityFlaw {
    /// No host, or none that can be.
    Host,
    /// A port that is none.
    Port,
}

/// A host in lower case, and its port: `default` where none is named.
pub(crate) fn host_and_port(authority: &str, default: u16) -> Result<(String, u16), AuthorityFlaw> {
    let (host, port) = if let Some(rest) = authority.strip_prefix('[') {
        let (host, port) = rest.split_once(']').ok_or(AuthorityFlaw::Host)?;
        let is_ipv6 = host.parse::<IpAddr>().is_ok_and(|ip| ip.is_ipv6());
        (is_ipv6.then_some(host).ok_or(AuthorityFlaw::Host)?, port)
    } else {
        let colon = authority.find(':').unwrap_or(authority.len());
        let (host, port) = authority.split_at(colon);
        let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        if host.is_empty() || !host.bytes().all(known) {
            return Err(AuthorityFlaw::Host);
        }
        (host, port)
    };
    let port = match port.strip_prefix(':') {
        None if port.is_empty() => default,
        Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => digits
            .parse()
            .ok()
            .filter(|port| *port != 0)
            .ok_or(AuthorityFlaw::Port)?,
        _ => return Err(AuthorityFlaw::Port),
    };
    Ok((host.to_ascii_lowercase(), port))
}

/// A host that stands alone, in lower case: a name, or an address of either kind.
pub(crate) fn host(word: &str) -> Option<String> {
    let is_ipv6 = word.parse::<IpAddr>().is_ok_and(|ip| ip.is_ipv6());
    let bracketed = if is_ipv6 {
        format!("[{word}]")
    } else {
        word.to_owned()
    };
    let (host, port) = host_and_port(&bracketed, 0).ok()?;
    (port == 0).then_some(host)
}

/// The host as it stands before a port.
pub(crate) fn bracketed(host: &str) -> String {
    if host.contains(':') {
        format!("[{host}]")
    } else {
        host.to_owned()
    }
}

/// The place as a `Host` header has it: the scheme's usual port is left out.
pub(crate) fn host_header(host: &str, port: u16, tls: bool) -> String {
    let host = bracketed(host);
    let usual = if tls { 443 } else { 80 };
    if port == usual {
        host
    } else {
        format!("{host}:{port}")
    }
}
