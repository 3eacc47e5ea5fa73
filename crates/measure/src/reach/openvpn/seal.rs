//! What `tls-auth`, `tls-crypt` and `tls-crypt-v2` do to a packet of the handshake, and how it is undone in the answer.
//!
//! As `OpenVPN`'s `crypto.c`, `ssl_pkt.c` and `tls_crypt.c` have it. With `tls-auth` a packet is opcode, session, HMAC,
//! packet number, time, rest; the HMAC is over number, time, opcode, session and rest. With `tls-crypt` it is opcode,
//! session, number, time, tag, and the rest sealed by AES-256 in counter mode from the tag's first 16 bytes; the tag is
//! the HMAC over everything before it and the rest in clear. `tls-crypt-v2` is the same with a client's own key, which
//! goes behind the first packet as only the server can open it.

use aes::Aes256;
use aes::cipher::{BlockEncrypt as _, KeyInit as _};
use ring::hmac;

use super::key::{ClientKey, StaticKey};

/// Opcode and session, which stay in clear.
const HEAD: usize = 1 + 8;
/// A packet's number and the time.
const NUMBER: usize = 4 + 4;
/// The tag of `tls-crypt`.
const TAG: usize = 32;
/// The key of AES-256.
const AES_KEY: usize = 32;
const BLOCK: usize = 16;

/// The digest that `tls-auth` signs with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Digest {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Digest {
    /// By `auth`'s word for it.
    pub(super) fn named(word: &str) -> Option<Self> {
        match word.to_ascii_uppercase().as_str() {
            "SHA1" => Some(Self::Sha1),
            "SHA256" => Some(Self::Sha256),
            "SHA384" => Some(Self::Sha384),
            "SHA512" => Some(Self::Sha512),
            _ => None,
        }
    }

    fn algorithm(self) -> hmac::Algorithm {
        match self {
            Self::Sha1 => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha256 => hmac::HMAC_SHA256,
            Self::Sha384 => hmac::HMAC_SHA384,
            Self::Sha512 => hmac::HMAC_SHA512,
        }
    }
}

/// What is done to a packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Seal {
    /// Nothing.
    Plain,
    /// `tls-auth`.
    Auth {
        key: StaticKey,
        /// Whether this end signs with the second key and the other with the first; `None`: both with the first.
        inverse: Option<bool>,
        digest: Digest,
    },
    /// `tls-crypt`.
    Crypt(StaticKey),
    /// `tls-crypt-v2`.
    CryptV2(ClientKey),
}

impl Seal {
    /// A first packet as it is sent at a time (seconds since 1970).
    pub(super) fn close(&self, packet: &[u8], time: u32) -> Vec<u8> {
        let number = [[0, 0, 0, 1], time.to_be_bytes()].concat();
        match self {
            Self::Plain => packet.to_vec(),
            Self::Auth {
                key,
                inverse,
                digest,
            } => {
                let key = signer(*digest, key.hmac(inverse.unwrap_or(false)));
                let tag = hmac::sign(&key, &[&number, packet].concat());
                let (head, rest) = packet.split_at(HEAD.min(packet.len()));
                [head, tag.as_ref(), &number, rest].concat()
            }
            Self::Crypt(key) => crypt(key, true, packet, &number),
            Self::CryptV2(client) => {
                let sealed = crypt(&client.key, true, packet, &number);
                [sealed, client.wrapped.clone()].concat()
            }
        }
    }

    /// What a server's packet says, where it was closed with the same key.
    pub(super) fn open(&self, packet: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Plain => Some(packet.to_vec()),
            Self::Auth {
                key,
                inverse,
                digest,
            } => {
                let theirs = inverse.is_some_and(|inverse| !inverse);
                let key = signer(*digest, key.hmac(theirs));
                let (head, rest) = packet.split_at_checked(HEAD)?;
                let tag = digest.algorithm().digest_algorithm().output_len();
                let (tag, rest) = rest.split_at_checked(tag)?;
                let (number, rest) = rest.split_at_checked(NUMBER)?;
                hmac::verify(&key, &[number, head, rest].concat(), tag).ok()?;
                Some([head, rest].concat())
            }
            Self::Crypt(key) => uncrypt(key, false, packet),
            Self::CryptV2(client) => uncrypt(&client.key, false, packet),
        }
    }
}

/// A digest's key has the digest's own length.
fn signer(digest: Digest, key: &[u8]) -> hmac::Key {
    let algorithm = digest.algorithm();
    let length = algorithm.digest_algorithm().output_len();
    hmac::Key::new(algorithm, &key[..length.min(key.len())])
}

fn crypt(key: &StaticKey, inverse: bool, packet: &[u8], number: &[u8]) -> Vec<u8> {
    let (head, rest) = packet.split_at(HEAD.min(packet.len()));
    let signer = signer(Digest::Sha256, key.hmac(inverse));
    let tag = hmac::sign(&signer, &[head, number, rest].concat());
    let sealed = counter_mode(key.cipher(inverse), tag.as_ref(), rest);
    [head, number, tag.as_ref(), &sealed].concat()
}

fn uncrypt(key: &StaticKey, inverse: bool, packet: &[u8]) -> Option<Vec<u8>> {
    let (head, rest) = packet.split_at_checked(HEAD)?;
    let (number, rest) = rest.split_at_checked(NUMBER)?;
    let (tag, sealed) = rest.split_at_checked(TAG)?;
    let rest = counter_mode(key.cipher(inverse), tag, sealed);
    let signer = signer(Digest::Sha256, key.hmac(inverse));
    hmac::verify(&signer, &[head, number, &rest].concat(), tag).ok()?;
    Some([head, &rest].concat())
}

/// AES-256 in counter mode from the first block of a tag; what it seals it also opens (NIST SP 800-38A clause 6.5).
fn counter_mode(key: &[u8], tag: &[u8], text: &[u8]) -> Vec<u8> {
    let (Some(key), Some(start)) = (key.first_chunk::<AES_KEY>(), tag.first_chunk::<BLOCK>())
    else {
        return Vec::new();
    };
    let cipher = Aes256::new(key.into());
    let start = u128::from_be_bytes(*start);
    let blocks = text.chunks(BLOCK).zip(0_u128..);
    let sealed = blocks.flat_map(|(part, at)| {
        let mut mask = start.wrapping_add(at).to_be_bytes().into();
        cipher.encrypt_block(&mut mask);
        let sealed = part.iter().zip(mask).map(|(byte, mask)| byte ^ mask);
        sealed.collect::<Vec<u8>>()
    });
    sealed.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::key::fixture;
    use super::*;

    /// The server's side of a seal: its keys are the other way round.
    fn answered(seal: &Seal, packet: &[u8]) -> Vec<u8> {
        let number = [0, 0, 0, 1, 9, 9, 9, 9];
        match seal {
            Seal::Crypt(key) => crypt(key, false, packet, &number),
            Seal::CryptV2(client) => crypt(&client.key, false, packet, &number),
            Seal::Auth {
                key,
                inverse,
                digest,
            } => {
                let there = Seal::Auth {
                    key: key.clone(),
                    inverse: inverse.map(|inverse| !inverse),
                    digest: *digest,
                };
                there.close(packet, 7)
            }
            Seal::Plain => packet.to_vec(),
        }
    }

    fn seals() -> Vec<Seal> {
        let key = fixture::key();
        let auth = |inverse, digest| Seal::Auth {
            key: fixture::key(),
            inverse,
            digest,
        };
        vec![
            Seal::Plain,
            auth(None, Digest::Sha1),
            auth(Some(true), Digest::Sha256),
            auth(Some(false), Digest::Sha384),
            auth(Some(true), Digest::Sha512),
            Seal::Crypt(key.clone()),
            Seal::CryptV2(ClientKey {
                key,
                wrapped: vec![7; 300],
            }),
        ]
    }

    /// NIST SP 800-38A, F.5.5: CTR-AES256.
    #[test]
    fn counter_mode_is_the_standards() {
        let hex = |text: &str| -> Vec<u8> {
            let pairs = text.as_bytes().chunks(2);
            let byte = |pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
            pairs.map(byte).collect()
        };
        let key = hex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
        let counter = hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
        let text = hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");
        let sealed = hex("601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5");
        assert_eq!(counter_mode(&key, &counter, &text), sealed);
        assert_eq!(counter_mode(&key, &counter, &sealed), text);
    }

    #[test]
    fn an_answer_is_opened_with_its_key_and_with_no_other() {
        let packet = b"\x40ABCDEFGH\x01\x00\x00\x00\x00abcdefgh\x00\x00\x00\x00";
        for seal in seals() {
            let answer = answered(&seal, packet);
            assert_eq!(seal.open(&answer).as_deref(), Some(&packet[..]), "{seal:?}");
            if seal == Seal::Plain {
                continue;
            }
            for at in 0..answer.len() {
                let mut other = answer.clone();
                other[at] ^= 1;
                assert_eq!(seal.open(&other), None, "{seal:?} at {at}");
            }
            for cut in 0..answer.len() {
                assert_eq!(seal.open(&answer[..cut]), None, "{seal:?} cut at {cut}");
            }
        }
    }

    #[test]
    fn a_packet_that_comes_back_as_it_was_sent_is_no_answer() {
        let packet = b"\x38ABCDEFGH\x00\x00\x00\x00\x00";
        for seal in &seals()[2..] {
            assert_eq!(seal.open(&seal.close(packet, 7)), None, "{seal:?}");
        }
    }

    #[test]
    fn a_signed_packet_lies_as_openvpn_lays_it_out() {
        let packet = b"\x38ABCDEFGH\x00\x00\x00\x00\x00";
        let lengths: Vec<usize> = seals().iter().map(|s| s.close(packet, 7).len()).collect();
        assert_eq!(lengths, [14, 42, 54, 70, 86, 54, 354]);
        for seal in seals() {
            assert_eq!(seal.close(packet, 7)[..HEAD], packet[..HEAD]);
        }
        let signed = seals()[1].close(packet, 7);
        assert_eq!(
            signed[HEAD + 20..],
            *b"\x00\x00\x00\x01\x00\x00\x00\x07\x00\x00\x00\x00\x00"
        );
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
            for seal in seals() {
                let _ = seal.open(&bytes);
                let _ = seal.close(&bytes, 0);
            }
        }
    }
}
