//! The first packet of an `OpenVPN` handshake and what a server says to it, as its `ssl_pkt.h` lays it out.
//!
//! A control packet begins with its opcode (five bits) and key number (three), then the sender's session (8 bytes),
//! the packets it acknowledges (a count, the numbers, and the other's session where there are any), and its own
//! number. Over TCP each packet follows its length in two bytes. A server with `tls-auth` or `tls-crypt` wants the
//! packet signed or sealed by a key that only its users have, and says nothing to anybody else: their own profile has
//! that key ([`profile`]), and with it ([`seal`]) the server answers.

mod key;
pub(crate) mod profile;
mod seal;

pub use profile::ProfileError;
pub(crate) use profile::VpnProfile;
pub(crate) use seal::Seal;

/// `P_CONTROL_HARD_RESET_CLIENT_V2`, key 0.
const CLIENT_RESET: u8 = 7 << 3;
/// `P_CONTROL_HARD_RESET_CLIENT_V3`, key 0: the same, with a client's own key behind it.
const CLIENT_RESET_V3: u8 = 10 << 3;
/// `P_CONTROL_HARD_RESET_SERVER_V2`, key 0.
const SERVER_RESET: u8 = 8 << 3;
/// A session's number.
const SESSION: usize = 8;
/// The most packets that one acknowledges (`RELIABLE_ACK_SIZE`).
const ACKS: usize = 8;

/// This computer's side of a handshake that goes no further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hello {
    session: [u8; SESSION],
}

impl Hello {
    pub(super) fn new(session: u64) -> Self {
        Self {
            session: session.to_be_bytes(),
        }
    }

    /// The packet as a datagram has it, sealed at a time (seconds since 1970).
    pub(super) fn datagram(self, seal: &Seal, time: u32) -> Vec<u8> {
        let first = match seal {
            Seal::CryptV2(_) => CLIENT_RESET_V3,
            _ => CLIENT_RESET,
        };
        let mut packet = vec![first];
        packet.extend(self.session);
        // Nothing acknowledged; packet number 0.
        packet.extend([0; 5]);
        seal.close(&packet, time)
    }

    /// The packet as a stream has it.
    pub(super) fn framed(self, seal: &Seal, time: u32) -> Vec<u8> {
        let packet = self.datagram(seal, time);
        let mut framed = u16::try_from(packet.len())
            .unwrap_or(u16::MAX)
            .to_be_bytes()
            .to_vec();
        framed.extend(packet);
        framed
    }

    /// Whether a datagram is a server's answer to this very handshake, closed with the same key.
    pub(super) fn is_answered_by(self, packet: &[u8], seal: &Seal) -> bool {
        seal.open(packet)
            .is_some_and(|packet| self.answer(&packet).is_some())
    }

    /// Whether a stream begins with a server's answer to this very handshake; `None` while more must come.
    pub(super) fn is_answered_in(self, stream: &[u8], seal: &Seal) -> Option<bool> {
        let (length, rest) = stream.split_first_chunk::<2>()?;
        let length = usize::from(u16::from_be_bytes(*length));
        // What cannot be the length of such a packet belongs to another protocol: no more need come.
        if !(1 + SESSION + 5..=1500).contains(&length) {
            return Some(false);
        }
        let packet = rest.get(..length)?;
        Some(self.is_answered_by(packet, seal))
    }

    fn answer(self, packet: &[u8]) -> Option<()> {
        let (&head, rest) = packet.split_first()?;
        let (_, rest) = rest.split_at_checked(SESSION)?;
        let (&acks, rest) = rest.split_first()?;
        let acks = usize::from(acks);
        if head != SERVER_RESET || acks == 0 || acks > ACKS {
            return None;
        }
        let (_, rest) = rest.split_at_checked(4 * acks)?;
        let (session, rest) = rest.split_at_checked(SESSION)?;
        (session == self.session && rest.len() >= 4).then_some(())
    }
}

/// A server's answer, for tests of what asks.
#[cfg(test)]
pub(super) fn answer_to(datagram: &[u8]) -> Option<Vec<u8>> {
    let (&head, rest) = datagram.split_first()?;
    if head != CLIENT_RESET || datagram.len() != 14 {
        return None;
    }
    let session = rest.get(..SESSION)?;
    let mut answer = vec![SERVER_RESET];
    answer.extend(*b"\x11\x22\x33\x44\x55\x66\x77\x88");
    answer.extend([1, 0, 0, 0, 0]);
    answer.extend(session);
    answer.extend([0; 4]);
    Some(answer)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PLAIN: Seal = Seal::Plain;

    const HELLO: Hello = Hello {
        session: *b"\x01\x02\x03\x04\x05\x06\x07\x08",
    };

    #[test]
    fn the_first_packet_lies_as_openvpn_lays_it_out() {
        let expected = b"\x38\x01\x02\x03\x04\x05\x06\x07\x08\x00\x00\x00\x00\x00";
        assert_eq!(HELLO.datagram(&PLAIN, 0), expected);
        assert_eq!(HELLO.framed(&PLAIN, 0)[..2], [0, 14]);
        assert_eq!(HELLO.framed(&PLAIN, 0)[2..], *expected);
        assert_eq!(Hello::new(0x0102_0304_0506_0708), HELLO);
    }

    #[test]
    fn a_reset_that_acknowledges_ours_is_an_answer_and_nothing_else_is() {
        let answer = answer_to(&HELLO.datagram(&PLAIN, 0)).unwrap();
        assert_eq!(answer.len(), 26);
        assert!(HELLO.is_answered_by(&answer, &PLAIN));
        for at in [0, 9, 14, 21] {
            let mut other = answer.clone();
            other[at] ^= 0x80;
            assert!(!HELLO.is_answered_by(&other, &PLAIN), "{at}");
        }
        for cut in 0..answer.len() {
            assert!(!HELLO.is_answered_by(&answer[..cut], &PLAIN), "{cut}");
        }
        // An echo of the very packet is no server.
        assert!(!HELLO.is_answered_by(&HELLO.datagram(&PLAIN, 0), &PLAIN));
    }

    #[test]
    fn in_a_stream_the_whole_answer_is_waited_for_and_another_protocol_is_not() {
        let answer = answer_to(&HELLO.datagram(&PLAIN, 0)).unwrap();
        let stream = [&[0, 26], &answer[..]].concat();
        for cut in 0..stream.len() {
            assert_eq!(HELLO.is_answered_in(&stream[..cut], &PLAIN), None, "{cut}");
        }
        assert_eq!(HELLO.is_answered_in(&stream, &PLAIN), Some(true));
        assert_eq!(HELLO.is_answered_in(b"HTTP/1.1 400 ", &PLAIN), Some(false));
        assert_eq!(HELLO.is_answered_in(&[0, 3, 1, 2, 3], &PLAIN), Some(false));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic_or_pass(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            prop_assert!(!HELLO.is_answered_by(&bytes, &PLAIN));
            prop_assert!(HELLO.is_answered_in(&bytes, &PLAIN) != Some(true));
            let cut = [&[SERVER_RESET], &bytes[..]].concat();
            let _ = HELLO.is_answered_by(&cut, &PLAIN);
        }
    }
}
