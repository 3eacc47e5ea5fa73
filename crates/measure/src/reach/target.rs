//! What is to be reached, as a person names it.
//!
//! `sip:HOST[:PORT][;transport=udp|tcp|tls]`, `openvpn://HOST[:PORT][/udp|/tcp]`, `tcp://HOST:PORT`,
//! `tls://HOST[:PORT]`, `https://HOST[:PORT][/PATH]`; and `openvpn:FILE.ovpn`, a person's own profile, which says the
//! rest. Nothing is reached that was not named.

use opensim_domain::measured::CheckKind;
use std::fmt;
use std::sync::Arc;

use super::openvpn::{ProfileError, Seal, VpnProfile};
use super::transport::Transport;
use crate::net::authority::{AuthorityFlaw, bracketed, host_and_port};

const SIP_PORT: u16 = 5060;
const SIPS_PORT: u16 = 5061;
const OPENVPN_PORT: u16 = 1194;
const HTTPS_PORT: u16 = 443;

/// Something a teleworker needs to reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// What is asked there.
    pub(crate) kind: TargetKind,
    /// Name or address.
    pub(crate) host: String,
    /// TCP or UDP port.
    pub(crate) port: u16,
    /// The page, with its first slash; empty for the rest.
    pub(crate) path: String,
    /// The profile that names the servers, of which the first stands here.
    pub(crate) profile: Option<Arc<VpnProfile>>,
}

/// What is asked of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TargetKind {
    /// `OPTIONS` of a telephone server (RFC 3261 clause 11).
    Sip(Transport),
    /// The first packet of an `OpenVPN` handshake; never over [`Transport::Tls`].
    OpenVpn(Transport),
    /// Whether a port accepts connections.
    Tcp,
    /// Whether TLS comes up, by the name that was given.
    Tls,
    /// Whether a page is answered for, and how soon.
    Https,
}

/// Why a word names no target.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{spec}: {why}")]
pub struct TargetError {
    /// The word.
    pub spec: String,
    /// What is wrong with it.
    pub why: TargetFlaw,
}

/// What is wrong with a target's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetFlaw {
    /// No scheme that is known.
    #[error("not sip:, openvpn://, tcp://, tls:// or https://")]
    Scheme,
    /// No host, or none that can be.
    #[error("no host")]
    Host,
    /// A port that is none, or none where there is no usual one.
    #[error("no port")]
    Port,
    /// A path where there is none, or none that can be asked for.
    #[error("no path")]
    Path,
    /// A profile that cannot be used.
    #[error(transparent)]
    Profile(ProfileError),
    /// A transport that is not known.
    #[error("no transport: udp, tcp or tls")]
    Transport,
}

impl From<AuthorityFlaw> for TargetFlaw {
    fn from(flaw: AuthorityFlaw) -> Self {
        match flaw {
            AuthorityFlaw::Host => Self::Host,
            AuthorityFlaw::Port => Self::Port,
        }
    }
}

impl Target {
    /// Reads a target as `--check` and the configuration have it.
    pub fn parse(spec: &str) -> Result<Self, TargetError> {
        read(spec).map_err(|why| TargetError {
            spec: spec.to_owned(),
            why,
        })
    }

    /// Each server that it stands for, in the order in which they are asked.
    pub(crate) fn servers(&self) -> Vec<Self> {
        let Some(profile) = &self.profile else {
            return vec![self.clone()];
        };
        let remotes = profile.remotes.iter();
        let server = remotes.map(|remote| Self {
            kind: TargetKind::OpenVpn(remote.carried),
            host: remote.host.clone(),
            port: remote.port,
            ..self.clone()
        });
        server.collect()
    }

    /// What a first packet to it is sealed with.
    pub(crate) fn seal(&self) -> &Seal {
        self.profile
            .as_ref()
            .map_or(&Seal::Plain, |profile| &profile.seal)
    }

    /// The kind of check, as documents say it.
    pub fn id(&self) -> CheckKind {
        match self.kind {
            TargetKind::Sip(_) => CheckKind::Sip,
            TargetKind::OpenVpn(_) => CheckKind::Openvpn,
            TargetKind::Tcp => CheckKind::Tcp,
            TargetKind::Tls => CheckKind::Tls,
            TargetKind::Https => CheckKind::Https,
        }
    }
}

impl fmt::Display for Target {
    /// As it can be read again.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(profile) = &self.profile {
            return write!(f, "{profile}");
        }
        let (host, port) = (bracketed(&self.host), self.port);
        match self.kind {
            TargetKind::Sip(transport) => write!(f, "sip:{host}:{port};transport={transport}"),
            TargetKind::OpenVpn(transport) => write!(f, "openvpn://{host}:{port}/{transport}"),
            TargetKind::Tcp => write!(f, "tcp://{host}:{port}"),
            TargetKind::Tls => write!(f, "tls://{host}:{port}"),
            TargetKind::Https if port == HTTPS_PORT => write!(f, "https://{host}{}", self.path),
            TargetKind::Https => write!(f, "https://{host}:{port}{}", self.path),
        }
    }
}

fn transport(word: &str) -> Result<Transport, TargetFlaw> {
    match word.to_ascii_lowercase().as_str() {
        "udp" => Ok(Transport::Udp),
        "tcp" => Ok(Transport::Tcp),
        "tls" => Ok(Transport::Tls),
        _ => Err(TargetFlaw::Transport),
    }
}

fn read(spec: &str) -> Result<Target, TargetFlaw> {
    if let Some(rest) = spec.strip_prefix("sip:") {
        return sip(rest, None);
    }
    if let Some(rest) = spec.strip_prefix("sips:") {
        return sip(rest, Some(Transport::Tls));
    }
    if let Some(file) = spec
        .strip_prefix("openvpn:")
        .filter(|rest| !rest.starts_with("//"))
    {
        return profile(file);
    }
    let (scheme, rest) = spec.split_once("://").ok_or(TargetFlaw::Scheme)?;
    let slash = rest.find('/').unwrap_or(rest.len());
    let (authority, path) = rest.split_at(slash);
    let (kind, usual) = match scheme {
        "openvpn" => {
            let carried = match path {
                "" | "/" | "/udp" => Transport::Udp,
                "/tcp" => Transport::Tcp,
                _ => return Err(TargetFlaw::Transport),
            };
            (TargetKind::OpenVpn(carried), OPENVPN_PORT)
        }
        "tcp" => (TargetKind::Tcp, 0),
        "tls" => (TargetKind::Tls, HTTPS_PORT),
        "https" => (TargetKind::Https, HTTPS_PORT),
        _ => return Err(TargetFlaw::Scheme),
    };
    let (host, port) = host_and_port(authority, usual)?;
    if port == 0 {
        return Err(TargetFlaw::Port);
    }
    let printable = path.bytes().all(|byte| byte.is_ascii_graphic()) && !path.contains('#');
    let path = match kind {
        TargetKind::Https if !printable => return Err(TargetFlaw::Path),
        TargetKind::Https if path.is_empty() => "/".to_owned(),
        TargetKind::Https => path.to_owned(),
        TargetKind::Tcp | TargetKind::Tls if !matches!(path, "" | "/") => {
            return Err(TargetFlaw::Path);
        }
        _ => String::new(),
    };
    Ok(Target {
        kind,
        host,
        port,
        path,
        profile: None,
    })
}

/// A profile's first server stands for them all.
fn profile(file: &str) -> Result<Target, TargetFlaw> {
    let profile = VpnProfile::read(file).map_err(TargetFlaw::Profile)?;
    let first = profile.remotes.first().ok_or(TargetFlaw::Host)?;
    Ok(Target {
        kind: TargetKind::OpenVpn(first.carried),
        host: first.host.clone(),
        port: first.port,
        path: String::new(),
        profile: Some(Arc::new(profile)),
    })
}

/// A SIP URI without a user: who is called does not matter to whether the server is there.
fn sip(rest: &str, forced: Option<Transport>) -> Result<Target, TargetFlaw> {
    let (authority, parameters) = rest.split_once(';').unwrap_or((rest, ""));
    let mut carried = forced.unwrap_or(Transport::Udp);
    for parameter in parameters.split(';').filter(|p| !p.is_empty()) {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        if !name.eq_ignore_ascii_case("transport") || forced.is_some() {
            return Err(TargetFlaw::Transport);
        }
        carried = transport(value)?;
    }
    let usual = if carried == Transport::Tls {
        SIPS_PORT
    } else {
        SIP_PORT
    };
    let (host, port) = host_and_port(authority, usual)?;
    Ok(Target {
        kind: TargetKind::Sip(carried),
        host,
        port,
        path: String::new(),
        profile: None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_kind_of_target_is_read_and_written_back() {
        let table = [
            ("sip:Pbx.example", "sip:pbx.example:5060;transport=udp"),
            ("sip:pbx.example:5080", "sip:pbx.example:5080;transport=udp"),
            (
                "sip:pbx.example;transport=TLS",
                "sip:pbx.example:5061;transport=tls",
            ),
            (
                "sip:[2001:db8::1]:5060;transport=tcp",
                "sip:[2001:db8::1]:5060;transport=tcp",
            ),
            ("sips:pbx.example", "sip:pbx.example:5061;transport=tls"),
            ("openvpn://vpn.example", "openvpn://vpn.example:1194/udp"),
            (
                "openvpn://vpn.example:443/tcp",
                "openvpn://vpn.example:443/tcp",
            ),
            ("tcp://192.0.2.1:22", "tcp://192.0.2.1:22"),
            ("tls://mail.example:993", "tls://mail.example:993"),
            ("tls://mail.example", "tls://mail.example:443"),
            ("https://intranet.example", "https://intranet.example/"),
            (
                "https://intranet.example:8443/a?b=c",
                "https://intranet.example:8443/a?b=c",
            ),
        ];
        for (spec, written) in table {
            let target = Target::parse(spec).unwrap();
            assert_eq!(target.to_string(), written, "{spec}");
            assert_eq!(Target::parse(written), Ok(target));
        }
    }

    #[test]
    fn what_names_no_target_says_why() {
        let table = [
            ("", TargetFlaw::Scheme),
            ("intranet.example", TargetFlaw::Scheme),
            ("http://intranet.example/", TargetFlaw::Scheme),
            ("SIP:pbx.example", TargetFlaw::Scheme),
            ("sip:", TargetFlaw::Host),
            ("sip:alice@pbx.example", TargetFlaw::Host),
            ("sip:pbx.example:0", TargetFlaw::Port),
            ("sip:pbx.example;transport=sctp", TargetFlaw::Transport),
            ("sip:pbx.example;lr", TargetFlaw::Transport),
            ("sips:pbx.example;transport=udp", TargetFlaw::Transport),
            ("openvpn://vpn.example/tls", TargetFlaw::Transport),
            ("openvpn:///tcp", TargetFlaw::Host),
            ("tcp://host.example", TargetFlaw::Port),
            ("tcp://host.example:99999", TargetFlaw::Port),
            ("tcp://host.example:22/x", TargetFlaw::Path),
            ("https://user@host.example/", TargetFlaw::Host),
            ("https://host.example/a b", TargetFlaw::Path),
            ("https://host.example/a\r\nX: y", TargetFlaw::Path),
        ];
        for (spec, why) in table {
            assert_eq!(Target::parse(spec).map_err(|e| e.why), Err(why), "{spec:?}");
        }
    }

    proptest! {
        #[test]
        fn no_word_makes_it_panic_and_what_is_read_can_be_written(
            scheme in "(sip:|sips:|openvpn://|tcp://|tls://|https://|)",
            rest in "[ -~é]{0,24}",
        ) {
            if let Ok(target) = Target::parse(&format!("{scheme}{rest}")) {
                prop_assert_eq!(Target::parse(&target.to_string()), Ok(target));
            }
        }
    }
}
