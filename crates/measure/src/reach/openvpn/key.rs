//! The keys of a profile: a static one as `openvpn --genkey` writes it, and a client's own of `tls-crypt-v2`.

use std::fmt;

/// Bytes of a static key: two keys, each 64 bytes to seal with and 64 to sign with.
const LENGTH: usize = 256;
const HALF: usize = LENGTH / 2;
const PART: usize = HALF / 2;

/// A key that a server and its users share.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct StaticKey(Box<[u8; LENGTH]>);

impl StaticKey {
    /// Its hexadecimal lines between the marks, other text around them.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = between(text, "OpenVPN Static key V1")?;
        let lines = text.lines().map(str::trim);
        let lines = lines.filter(|line| !line.starts_with(['#', ';']));
        let digits: Vec<u8> = lines
            .flat_map(str::chars)
            .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect::<Option<_>>()?;
        let (pairs, rest) = digits.as_chunks::<2>();
        if !rest.is_empty() {
            return None;
        }
        let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high << 4 | low).collect();
        Self::of(&bytes)
    }

    fn of(bytes: &[u8]) -> Option<Self> {
        Some(Self(Box::new(bytes.try_into().ok()?)))
    }

    /// What one of the two keys seals with.
    pub(super) fn cipher(&self, inverse: bool) -> &[u8] {
        &self.0[usize::from(inverse) * HALF..][..PART]
    }

    /// What one of the two keys signs with.
    pub(super) fn hmac(&self, inverse: bool) -> &[u8] {
        &self.0[usize::from(inverse) * HALF + PART..][..PART]
    }
}

impl fmt::Debug for StaticKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StaticKey(..)")
    }
}

/// A client's own key, and the same as only the server can open it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ClientKey {
    pub(super) key: StaticKey,
    pub(super) wrapped: Vec<u8>,
}

impl ClientKey {
    /// The longest that is sent with a packet (`TLS_CRYPT_V2_MAX_WKC_LEN`).
    const LONGEST: usize = 1024;

    pub(super) fn read(text: &str) -> Option<Self> {
        let bytes = base64(between(text, "OpenVPN tls-crypt-v2 client key")?)?;
        let (key, wrapped) = bytes.split_at_checked(LENGTH)?;
        if wrapped.is_empty() || wrapped.len() > Self::LONGEST {
            return None;
        }
        Some(Self {
            key: StaticKey::of(key)?,
            wrapped: wrapped.to_vec(),
        })
    }
}

impl fmt::Debug for ClientKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientKey(..)")
    }
}

/// What stands between the marks of this name.
fn between<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let (_, after) = text.split_once(&format!("-----BEGIN {name}-----"))?;
    let (inside, _) = after.split_once(&format!("-----END {name}-----"))?;
    Some(inside)
}

/// RFC 4648 clause 4, line ends passed over.
fn base64(text: &str) -> Option<Vec<u8>> {
    let digits = text.bytes().filter(|byte| !byte.is_ascii_whitespace());
    let digits: Vec<u8> = digits.take_while(|byte| *byte != b'=').collect();
    let mut bytes = Vec::with_capacity(digits.len() * 3 / 4);
    let (mut bits, mut count) = (0_u32, 0);
    for digit in digits {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            let [.., byte] = (bits >> count).to_be_bytes();
            bytes.push(byte);
            bits &= (1 << count) - 1;
        }
    }
    Some(bytes)
}

/// Keys for tests.
#[cfg(test)]
pub(super) mod fixture {
    use super::{LENGTH, StaticKey};

    /// A static key's file whose bytes count up.
    pub(in crate::reach::openvpn) fn static_key() -> String {
        let hex: Vec<String> = (0..LENGTH).map(|at| format!("{at:02x}")).collect();
        let lines: Vec<String> = hex.chunks(16).map(<[String]>::concat).collect();
        format!(
            "#\n# 2048 bit OpenVPN static key\n#\n-----BEGIN OpenVPN Static key V1-----\n{}\n-----END OpenVPN Static key V1-----\n",
            lines.join("\n")
        )
    }

    pub(in crate::reach::openvpn) fn key() -> StaticKey {
        StaticKey::read(&static_key()).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_static_key_is_two_keys_of_two_parts() {
        let key = fixture::key();
        for (part, first) in [
            (key.cipher(false), 0),
            (key.hmac(false), 64),
            (key.cipher(true), 128),
            (key.hmac(true), 192),
        ] {
            assert_eq!((part.len(), part[0]), (64, first));
        }
    }

    #[test]
    fn what_is_no_key_is_none() {
        let good = fixture::static_key();
        let zeroes = good.replacen("00", "0", 1);
        let letters = good.replacen("0001", "xyzz", 1);
        let cut = good.replace("END", "STOP");
        for text in ["", "abc", &zeroes, &letters, &cut] {
            assert_eq!(StaticKey::read(text), None, "{text}");
            assert_eq!(ClientKey::read(text), None, "{text}");
        }
    }

    #[test]
    fn base64_is_read_in_lines_and_with_its_end() {
        for (text, bytes) in [
            ("", &b""[..]),
            ("Zg==", b"f"),
            ("Zm9vYg==", b"foob"),
            ("Zm9v", b"foo"),
            ("Zm9v\nYmFy\n", b"foobar"),
            ("/+8A", b"\xff\xef\x00"),
        ] {
            assert_eq!(base64(text).as_deref(), Some(bytes), "{text}");
        }
        assert_eq!(base64("Zm9*"), None);
    }
}
