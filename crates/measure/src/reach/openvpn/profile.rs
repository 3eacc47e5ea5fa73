//! A person's own `OpenVPN` profile, read for what it takes to knock at its server: where it is, over what, and the key
//! that its first packets are signed or sealed with.
//!
//! The rest of a profile (certificates, routes, scripts) is passed over: nothing of it is run or sent. A key is read from
//! the profile or from the file that it names, and shown to nobody.

use std::fmt;
use std::path::{Path, PathBuf};

use opensim_domain::codes::Detail;
use opensim_os::fault;
use opensim_os::files::{self, Links};

use super::key::{ClientKey, StaticKey};
use super::seal::{Digest, Seal};
use crate::net::authority;
use crate::reach::transport::Transport;

/// The longest profile, and the longest key's file.
const LONGEST: u64 = 256_000;
/// The most servers of a profile that are kept.
const REMOTES: usize = 3;
/// Where a server listens if the profile does not say.
const PORT: u16 = 1194;

/// What a profile says of its server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct VpnProfile {
    /// As it was named.
    pub(crate) file: String,
    /// Its servers, in their order.
    pub(crate) remotes: Vec<Remote>,
    /// What is done to the first packet.
    pub(crate) seal: Seal,
}

/// A server of a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Remote {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) carried: Transport,
}

/// Why a profile cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {detail}")]
pub struct ProfileError {
    /// The profile, or the file of its key.
    pub file: String,
    /// The line of the profile, from 1, where one is meant.
    pub line: Option<usize>,
    /// What is wrong: a code, or what the system says of a file.
    pub detail: String,
}

impl VpnProfile {
    /// Reads a profile and the key that it names.
    ///
    /// # Errors
    /// When a file cannot be read, or says nothing that can be used.
    pub(crate) fn read(file: &str) -> Result<Self, ProfileError> {
        let path = placed(file);
        let (text, _) =
            files::read(&path, LONGEST, Links::Followed).map_err(|error| ProfileError {
                file: file.to_owned(),
                line: None,
                detail: fault::detail(&error),
            })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let beside = |named: &str| {
            let read = files::read(&folder.join(named), LONGEST, Links::Followed);
            read.map(|(text, _)| text)
                .map_err(|error| fault::detail(&error))
        };
        parse(file, &text, &beside)
    }
}

/// A path that begins in the person's own folder, as a shell would have made it.
fn placed(file: &str) -> PathBuf {
    let home = file.strip_prefix("~/").zip(std::env::var_os("HOME"));
    home.map_or_else(|| file.into(), |(rest, home)| Path::new(&home).join(rest))
}

/// What was read of a profile so far.
#[derive(Default)]
struct Draft<'t> {
    remotes: Vec<(usize, Vec<&'t str>)>,
    port: Option<(usize, &'t str)>,
    proto: Option<(usize, &'t str)>,
    direction: Option<(usize, &'t str)>,
    digest: Option<(usize, &'t str)>,
    /// The kind of key, where it stands, and its text or its file.
    key: Option<(KeyKind, usize, Source<'t>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeyKind {
    Auth,
    Crypt,
    CryptV2,
}

enum Source<'t> {
    Inline(String),
    File(&'t str),
}

/// Text of a key's file, or why it cannot be read.
type Beside<'f> = dyn Fn(&str) -> Result<String, String> + 'f;

/// A fault of a line, as its number and its code.
type Flaw = (Option<usize>, Detail);

fn parse(file: &str, text: &str, beside: &Beside<'_>) -> Result<VpnProfile, ProfileError> {
    let wrong = |(line, detail): Flaw| ProfileError {
        file: file.to_owned(),
        line,
        detail: detail.into(),
    };
    let draft = draft(text).map_err(wrong)?;
    let remotes = remotes(&draft).map_err(wrong)?;
    let seal = match &draft.key {
        None => Seal::Plain,
        Some((kind, line, source)) => {
            let key = match source {
                Source::Inline(text) => text.clone(),
                Source::File(named) => beside(named).map_err(|detail| ProfileError {
                    file: (*named).to_owned(),
                    line: None,
                    detail,
                })?,
            };
            seal(&draft, *kind, &key).map_err(|detail| wrong((Some(*line), detail)))?
        }
    };
    Ok(VpnProfile {
        file: file.to_owned(),
        remotes,
        seal,
    })
}

fn draft(text: &str) -> Result<Draft<'_>, Flaw> {
    let mut draft = Draft::default();
    let mut lines = text.trim_start_matches('\u{feff}').lines().zip(1..);
    while let Some((line, at)) = lines.next() {
        let line = line.trim();
        let Some(name) = line
            .strip_prefix('<')
            .and_then(|rest| rest.strip_suffix('>'))
        else {
            take(&mut draft, line, at);
            continue;
        };
        // Its lines are those of the profile itself.
        if matches!(name, "connection" | "/connection") {
            continue;
        }
        let end = format!("</{name}>");
        let mut block = String::new();
        loop {
            match lines.next() {
                Some((line, _)) if line.trim() == end => break,
                Some((line, _)) => {
                    block.push_str(line);
                    block.push('\n');
                }
                None => return Err((Some(at), Detail::PROFILE_UNCLOSED)),
            }
        }
        if let Some(kind) = kind_of(name) {
            draft.key = Some((kind, at, Source::Inline(block)));
        }
    }
    Ok(draft)
}

fn kind_of(name: &str) -> Option<KeyKind> {
    match name {
        "tls-auth" => Some(KeyKind::Auth),
        "tls-crypt" => Some(KeyKind::Crypt),
        "tls-crypt-v2" => Some(KeyKind::CryptV2),
        _ => None,
    }
}

/// One directive.
fn take<'t>(draft: &mut Draft<'t>, line: &'t str, at: usize) {
    let words = words(line);
    let Some((&name, values)) = words.split_first() else {
        return;
    };
    let name = name.trim_start_matches("--");
    match (name, values) {
        ("remote", values) => draft.remotes.push((at, values.to_vec())),
        ("port" | "rport", [value, ..]) => draft.port = Some((at, value)),
        ("proto", [value, ..]) => draft.proto = Some((at, value)),
        ("key-direction", [value, ..]) => draft.direction = Some((at, value)),
        ("auth", [value, ..]) => draft.digest = Some((at, value)),
        (name, [source, rest @ ..]) => {
            let Some(kind) = kind_of(name) else { return };
            if let [direction, ..] = rest {
                draft.direction = Some((at, direction));
            }
            if *source != "[inline]" {
                draft.key = Some((kind, at, Source::File(source)));
            }
        }
        _ => {}
    }
}

/// The words of a line; one in quotes may have blanks, and what follows `#` or `;` is a remark.
fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        if matches!(first, '#' | ';') {
            break;
        }
        let (word, tail) = match first {
            '"' | '\'' => {
                let rest = &rest[1..];
                rest.split_once(first).unwrap_or((rest, ""))
            }
            _ => rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len())),
        };
        words.push(word);
        rest = tail.trim_start();
    }
    words
}

fn remotes(draft: &Draft<'_>) -> Result<Vec<Remote>, Flaw> {
    let port = |at: usize, word: &str| {
        let number = word.parse::<u16>().ok().filter(|port| *port > 0);
        number.ok_or((Some(at), Detail::PROFILE_PORT))
    };
    let usual_port = draft.port.map_or(Ok(PORT), |(at, word)| port(at, word))?;
    let usual = draft
        .proto
        .map_or(Ok(Transport::Udp), |(at, word)| carried(at, word))?;
    let mut remotes = Vec::new();
    for (at, values) in draft.remotes.iter().take(REMOTES) {
        let host = values.first().and_then(|host| authority::host(host));
        remotes.push(Remote {
            host: host.ok_or((Some(*at), Detail::PROFILE_REMOTE))?,
            port: values
                .get(1)
                .map_or(Ok(usual_port), |word| port(*at, word))?,
            carried: values.get(2).map_or(Ok(usual), |word| carried(*at, word))?,
        });
    }
    if remotes.is_empty() {
        return Err((None, Detail::PROFILE_NO_REMOTE));
    }
    Ok(remotes)
}

fn carried(at: usize, word: &str) -> Result<Transport, Flaw> {
    match word {
        "udp" | "udp4" | "udp6" => Ok(Transport::Udp),
        "tcp" | "tcp4" | "tcp6" | "tcp-client" | "tcp4-client" | "tcp6-client" => {
            Ok(Transport::Tcp)
        }
        _ => Err((Some(at), Detail::PROFILE_PROTO)),
    }
}

fn seal(draft: &Draft<'_>, kind: KeyKind, text: &str) -> Result<Seal, Detail> {
    let key = || StaticKey::read(text).ok_or(Detail::PROFILE_KEY);
    match kind {
        KeyKind::Crypt => Ok(Seal::Crypt(key()?)),
        KeyKind::CryptV2 => ClientKey::read(text)
            .map(Seal::CryptV2)
            .ok_or(Detail::PROFILE_KEY),
        KeyKind::Auth => {
            let direction = match draft.direction {
                None => None,
                Some((_, "0")) => Some(false),
                Some((_, "1")) => Some(true),
                Some(_) => return Err(Detail::PROFILE_DIRECTION),
            };
            let digest = draft
                .digest
                .map_or(Some(Digest::Sha1), |(_, word)| Digest::named(word));
            Ok(Seal::Auth {
                key: key()?,
                inverse: direction,
                digest: digest.ok_or(Detail::PROFILE_DIGEST)?,
            })
        }
    }
}

impl fmt::Display for VpnProfile {
    /// As it can be read again.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "openvpn:{}", self.file)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::reach::openvpn::key::fixture;

    fn read(text: &str) -> Result<VpnProfile, ProfileError> {
        parse("a.ovpn", text, &|named| {
            let is_there = named == "ta.key";
            is_there
                .then(fixture::static_key)
                .ok_or("file.absent".to_owned())
        })
    }

    #[test]
    fn a_profile_says_where_its_server_is_and_over_what() {
        let at = |text: &str| {
            let profile = read(text).unwrap();
            let told = profile.remotes.iter();
            let told = told.map(|r| format!("{} {} {}", r.host, r.port, r.carried));
            told.collect::<Vec<_>>()
        };
        for (text, expected) in [
            ("remote vpn.example", &["vpn.example 1194 udp"][..]),
            (
                "client\r\nremote vpn.example 443 tcp-client # ours\r\n",
                &["vpn.example 443 tcp"],
            ),
            (
                "proto tcp\nport 8443\nremote 192.0.2.1",
                &["192.0.2.1 8443 tcp"],
            ),
            (
                "\u{feff}--remote \"vpn.example\" 1195 udp4",
                &["vpn.example 1195 udp"],
            ),
            ("remote 2001:db8::1 1194 udp6", &["2001:db8::1 1194 udp"]),
            (
                "<connection>\nremote a.example 1194 udp\n</connection>\n<connection>\nremote b.example 443 tcp\n</connection>",
                &["a.example 1194 udp", "b.example 443 tcp"],
            ),
            (
                ";remote old.example\n<ca>\nremote inside.a.certificate\n</ca>\nremote vpn.example",
                &["vpn.example 1194 udp"],
            ),
        ] {
            assert_eq!(at(text), expected, "{text}");
        }
    }

    #[test]
    fn the_key_is_found_in_the_profile_or_beside_it() {
        let inline = format!("<tls-crypt>\n{}</tls-crypt>\n", fixture::static_key());
        let sealed = |text: &str| read(&format!("remote v.example\n{text}")).unwrap().seal;
        assert_eq!(sealed(""), Seal::Plain);
        let key = StaticKey::read(&fixture::static_key()).unwrap();
        assert_eq!(sealed(&inline), Seal::Crypt(key.clone()));
        assert_eq!(sealed("tls-crypt ta.key"), Seal::Crypt(key.clone()));
        let auth = |inverse, digest| Seal::Auth {
            key: key.clone(),
            inverse,
            digest,
        };
        assert_eq!(sealed("tls-auth ta.key"), auth(None, Digest::Sha1));
        assert_eq!(
            sealed("tls-auth 'ta.key' 1\nauth SHA512"),
            auth(Some(true), Digest::Sha512)
        );
        let inline = format!(
            "key-direction 1\n<tls-auth>\n{}</tls-auth>",
            fixture::static_key()
        );
        assert_eq!(sealed(&inline), auth(Some(true), Digest::Sha1));
        let marked = format!(
            "tls-auth [inline] 1\n<tls-auth>\n{}</tls-auth>\nauth sha256",
            fixture::static_key()
        );
        assert_eq!(sealed(&marked), auth(Some(true), Digest::Sha256));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, line, detail) in [
            ("", None, "profile.no_remote"),
            ("remote", Some(1), "profile.remote"),
            ("client\nremote a/b", Some(2), "profile.remote"),
            ("remote a.example 0", Some(1), "profile.port"),
            ("remote a.example 99999", Some(1), "profile.port"),
            ("remote a.example 443 sctp", Some(1), "profile.proto"),
            (
                "remote a.example\n<tls-auth>\nabc",
                Some(2),
                "profile.unclosed",
            ),
            (
                "remote a.example\n<tls-auth>\nabc\n</tls-auth>",
                Some(2),
                "profile.key",
            ),
            (
                "remote a.example\ntls-auth ta.key 2",
                Some(2),
                "profile.direction",
            ),
            (
                "remote a.example\ntls-auth ta.key\nauth WHIRLPOOL",
                Some(2),
                "profile.digest",
            ),
        ] {
            let error = read(text).unwrap_err();
            assert_eq!((error.line, &*error.detail), (line, detail), "{text}");
            assert_eq!(error.file, "a.ovpn");
        }
        let lost = read("remote a.example\ntls-crypt lost.key").unwrap_err();
        assert_eq!((&*lost.file, &*lost.detail), ("lost.key", "file.absent"));
    }

    #[test]
    fn a_key_is_shown_to_nobody() {
        let text = format!(
            "remote a.example\n<tls-crypt>\n{}</tls-crypt>",
            fixture::static_key()
        );
        let shown = format!("{:?}", read(&text).unwrap());
        assert!(
            !shown.contains("00, 01") && !shown.contains("[0, 1"),
            "{shown}"
        );
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "([ -~é<>/#\"']{0,20}\n){0,8}") {
            let _ = read(&text);
            let _ = read(&format!("remote a.example\n<tls-crypt>\n{text}</tls-crypt>"));
        }
    }
}
