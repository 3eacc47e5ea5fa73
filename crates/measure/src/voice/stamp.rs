//! STAMP's packets (RFC 8762, unauthenticated; TLVs by RFC 8972): 44 bytes each way, timestamped at both ends.
//!
//! Interworks with TWAMP Light reflectors (RFC 5357 appendix I), whose packets have the same layout.

use std::time::Duration;

/// Bytes of a packet without TLVs, each way.
pub(crate) const BASE: usize = 44;

/// Flags of a TLV (RFC 8972 clause 4): not understood, malformed.
const UNRECOGNIZED: u8 = 0x80;
const MALFORMED: u8 = 0x40;
const TLV_HEADER: usize = 4;
const EXTRA_PADDING: u8 = 1;

/// Not synchronised to UTC, NTP format, about a millisecond: multiplier 1, scale 22 (RFC 4656 clause 4.1.2).
const ERROR_ESTIMATE: u16 = (22 << 8) | 1;

/// Bit Z of an error estimate: its timestamps are in PTP's form (RFC 8186 clause 2.3).
const PTP: u16 = 0x4000;

/// What a reflector says that cannot see the time to live (RFC 8762 clause 4.3.1, as RFC 5357 clause 4.2.1 has it).
const UNSEEN_TTL: u8 = 255;
/// Where it says it.
const TTL: usize = 40;

/// Seconds from 1900 to 1970.
const UNIX: u64 = 2_208_988_800;

/// A 64 bit NTP timestamp; differences hold across the end of its era in 2036.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ntp(pub u64);

impl Ntp {
    /// Of a time since 1970.
    pub fn since_unix(elapsed: Duration) -> Self {
        let fraction = (u64::from(elapsed.subsec_nanos()) << 32) / 1_000_000_000;
        Self((elapsed.as_secs().wrapping_add(UNIX) << 32) | fraction)
    }

    /// Of what stands in PTP's truncated form: seconds since 1970 and nanoseconds. TAI's seconds stay: what counts is the
    /// difference of two of one clock.
    fn of_ptp(stamp: u64) -> Self {
        let fraction = ((stamp & 0xffff_ffff) << 32) / 1_000_000_000;
        Self(((stamp >> 32).wrapping_add(UNIX) << 32).wrapping_add(fraction))
    }

    /// Milliseconds from `earlier` to this; negative where it is the later one.
    pub fn ms_since(self, earlier: Self) -> f64 {
        let ticks = self.0.wrapping_sub(earlier.0).cast_signed();
        ticks as f64 / 4_294_967_296.0 * 1000.0
    }
}

/// What a session's sender says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StampRequest {
    /// From 0, one more each packet.
    pub sequence: u32,
    /// When it left.
    pub sent: Ntp,
    /// Tells sessions from one address apart (RFC 8972 clause 3); 0 for none.
    pub session: u16,
}

impl StampRequest {
    /// The packet, brought to `length` bytes by an Extra Padding TLV where that is longer than the base and a header.
    pub fn encode(&self, length: usize) -> Vec<u8> {
        let mut packet = Vec::with_capacity(length.max(BASE));
        packet.extend(self.sequence.to_be_bytes());
        packet.extend(self.sent.0.to_be_bytes());
        packet.extend(ERROR_ESTIMATE.to_be_bytes());
        packet.extend(self.session.to_be_bytes());
        packet.resize(BASE, 0);
        if let Some(padding) = length.checked_sub(BASE + TLV_HEADER)
            && let Ok(size) = u16::try_from(padding)
        {
            packet.extend([UNRECOGNIZED, EXTRA_PADDING]);
            packet.extend(size.to_be_bytes());
            packet.resize(length, 0);
        }
        packet
    }

    /// Reads a sender's packet; `None` for what is too short to be one.
    pub fn decode(packet: &[u8]) -> Option<Self> {
        let mut fields = PacketFields(packet.get(..BASE)?);
        let (sequence, sent) = (fields.u32()?, Ntp(fields.u64()?));
        fields.skip(2)?;
        Some(Self {
            sequence,
            sent,
            session: fields.u16()?,
        })
    }
}

/// What a reflector says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StampReply {
    /// The reflector's own count of this session's packets; the sender's where it keeps no state.
    pub sequence: u32,
    /// When the request came in.
    pub received: Ntp,
    /// When this left, on the same clock.
    pub sent: Ntp,
    /// What was answered.
    pub request: StampRequest,
}

impl StampReply {
    /// Reads a reflector's packet; `None` for what is too short to be one.
    pub fn decode(packet: &[u8]) -> Option<Self> {
        let mut fields = PacketFields(packet.get(..BASE)?);
        let (sequence, sent) = (fields.u32()?, fields.u64()?);
        // In which form the reflector's two times are is its own to choose (RFC 8762 clause 4.3.1).
        let is_ptp = fields.u16()? & PTP != 0;
        let stamp = if is_ptp { Ntp::of_ptp } else { Ntp };
        let session = fields.u16()?;
        let received = fields.u64()?;
        Some(Self {
            sequence,
            received: stamp(received),
            sent: stamp(sent),
            request: StampRequest {
                sequence: fields.u32()?,
                sent: Ntp(fields.u64()?),
                session,
            },
        })
    }

    /// Whether it answers this request. A reflector that knows RFC 8762 alone has zeros where its session stands: they must
    /// be zero there (clause 4.3.1), and a sender that names sessions is to expect them (RFC 8972 clause 3).
    pub fn answers(&self, request: &StampRequest) -> bool {
        let session = match self.request.session {
            0 => request.session,
            named => named,
        };
        *request
            == (StampRequest {
                session,
                ..self.request
            })
    }

    /// The answer to a request's bytes, as long as they are; `None` where they are no request.
    pub fn answer(packet: &[u8], sequence: u32, received: Ntp, sent: Ntp) -> Option<Vec<u8>> {
        let request = packet.get(..BASE)?;
        let mut answer = Vec::with_capacity(packet.len());
        answer.extend(sequence.to_be_bytes());
        answer.extend(sent.0.to_be_bytes());
        answer.extend(ERROR_ESTIMATE.to_be_bytes());
        answer.extend(&request[14..16]);
        answer.extend(received.0.to_be_bytes());
        answer.extend(&request[..14]);
        answer.extend([0, 0, UNSEEN_TTL, 0, 0, 0]);
        answer.extend(&packet[BASE..]);
        mark_tlvs(&mut answer[BASE..]);
        Some(answer)
    }
}

/// Says in an answer which time to live its request had when it came (RFC 8762 clause 4.3.1).
pub(super) fn tell_ttl(answer: &mut [u8], ttl: u8) {
    if let Some(octet) = answer.get_mut(TTL) {
        *octet = ttl;
    }
}

/// Sets the flags of each TLV as a reflector does that knows Extra Padding alone (RFC 8972 clause 4).
fn mark_tlvs(mut rest: &mut [u8]) {
    while let [flags, kind, high, low, ..] = rest {
        if *kind == 0 {
            // Reserved: plain padding, as TWAMP Light senders add.
            return;
        }
        let end = TLV_HEADER + usize::from(u16::from_be_bytes([*high, *low]));
        *flags = if *kind == EXTRA_PADDING {
            0
        } else {
            UNRECOGNIZED
        };
        if end > rest.len() {
            rest[0] |= MALFORMED;
            return;
        }
        rest = &mut rest[end..];
    }
}

/// Big-endian fields, one after the other.
struct PacketFields<'a>(&'a [u8]);

impl PacketFields<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*head)
    }

    fn skip(&mut self, bytes: usize) -> Option<()> {
        self.0 = self.0.get(bytes..)?;
        Some(())
    }

    fn u16(&mut self) -> Option<u16> {
        self.take().map(u16::from_be_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_be_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.take().map(u64::from_be_bytes)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const REQUEST: StampRequest = StampRequest {
        sequence: 0x0102_0304,
        sent: Ntp(0x1112_1314_1516_1718),
        session: 0x2122,
    };

    #[test]
    fn a_request_lies_as_the_rfc_draws_it() {
        let packet = REQUEST.encode(172);
        assert_eq!(packet.len(), 172);
        let head = [
            1, 2, 3, 4, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 22, 1, 0x21, 0x22,
        ];
        assert_eq!(packet[..16], head);
        assert!(packet[16..BASE].iter().all(|&byte| byte == 0));
        assert_eq!(packet[BASE..BASE + 4], [0x80, 1, 0, 124]);
        assert_eq!(StampRequest::decode(&packet), Some(REQUEST));
        assert_eq!(REQUEST.encode(0).len(), BASE);
        assert_eq!(REQUEST.encode(47).len(), BASE);
        assert_eq!(REQUEST.encode(48).len(), 48);
    }

    #[test]
    fn an_answer_lies_as_the_rfc_draws_it() {
        let packet = REQUEST.encode(72);
        let answer = StampReply::answer(&packet, 7, Ntp(0x31), Ntp(0x41)).unwrap();
        assert_eq!(answer.len(), packet.len());
        assert_eq!(answer[..12], [0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0x41]);
        assert_eq!(answer[12..16], [22, 1, 0x21, 0x22]);
        assert_eq!(answer[16..24], [0, 0, 0, 0, 0, 0, 0, 0x31]);
        assert_eq!(answer[24..38], packet[..14]);
        assert_eq!(answer[38..44], [0, 0, 255, 0, 0, 0]);
        assert_eq!(answer[44..48], [0, 1, 0, 24]);
        let read = StampReply::decode(&answer).unwrap();
        assert_eq!((read.request, read.sequence), (REQUEST, 7));
        assert_eq!((read.received, read.sent), (Ntp(0x31), Ntp(0x41)));
    }

    #[test]
    fn an_answer_is_known_by_its_session_or_by_none_and_by_all_the_rest() {
        let answer = |request: StampRequest| {
            let answer = StampReply::answer(&request.encode(0), 7, Ntp(0), Ntp(0)).unwrap();
            StampReply::decode(&answer).unwrap()
        };
        let session = |session| StampRequest { session, ..REQUEST };
        assert!(answer(REQUEST).answers(&REQUEST));
        assert!(answer(session(0)).answers(&REQUEST));
        assert!(!answer(session(0x2123)).answers(&REQUEST));
        let (sequence, sent) = (5, Ntp(6));
        for session in [0, REQUEST.session] {
            let base = StampRequest { session, ..REQUEST };
            assert!(!answer(StampRequest { sequence, ..base }).answers(&REQUEST));
            assert!(!answer(StampRequest { sent, ..base }).answers(&REQUEST));
        }
    }

    #[test]
    fn a_reflectors_times_are_read_in_the_form_that_it_names() {
        let (received, sent) = (1_700_000_000_999_000_000_u64, 1_700_000_001_004_000_000);
        let ptp = |nanoseconds: u64| {
            Ntp(((nanoseconds / 1_000_000_000) << 32) | (nanoseconds % 1_000_000_000))
        };
        let packet = REQUEST.encode(0);
        let mut answer = StampReply::answer(&packet, 7, ptp(received), ptp(sent)).unwrap();
        answer[12] |= 0x40;
        let read = StampReply::decode(&answer).unwrap();
        assert!((read.sent.ms_since(read.received) - 5.0).abs() < 1e-3);
        let date = Ntp::since_unix(Duration::from_nanos(received));
        assert!(read.received.ms_since(date).abs() < 1e-3);
        // The request's time is the sender's own, whatever its form.
        assert_eq!(read.request, REQUEST);
        // More nanoseconds than a second has are nobody's time, and no harm.
        let mut hostile = StampReply::answer(&packet, 7, Ntp(u64::MAX), Ntp(u64::MAX)).unwrap();
        hostile[12] |= 0x40;
        assert!(StampReply::decode(&hostile).is_some());
    }

    #[test]
    fn each_tlv_is_marked_by_what_is_known_of_it() {
        let marked = |tlvs: &[u8]| {
            let packet = [&REQUEST.encode(0)[..], tlvs].concat();
            let answer = StampReply::answer(&packet, 0, Ntp(0), Ntp(0)).unwrap();
            answer[BASE..].to_vec()
        };
        assert_eq!(
            marked(&[0x80, 9, 0, 1, 5, 0x80, 1, 0, 0]),
            [0x80, 9, 0, 1, 5, 0, 1, 0, 0]
        );
        assert_eq!(marked(&[0x80, 1, 0, 9, 5]), [0x40, 1, 0, 9, 5]);
        assert_eq!(marked(&[0x80, 9, 0xff, 0xff]), [0xc0, 9, 0xff, 0xff]);
        assert_eq!(marked(&[0; 9]), [0; 9]);
        assert_eq!(marked(&[0x80, 1]), [0x80, 1]);
    }

    #[test]
    fn times_are_told_apart_across_the_end_of_the_era() {
        let late = Ntp::since_unix(Duration::from_millis(4_294_967_296_000 - UNIX * 1000 + 20));
        let early = Ntp::since_unix(Duration::from_millis(4_294_967_296_000 - UNIX * 1000 - 5));
        assert!((late.ms_since(early) - 25.0).abs() < 1e-3);
        assert!((early.ms_since(late) + 25.0).abs() < 1e-3);
        assert_eq!(Ntp::since_unix(Duration::ZERO), Ntp(UNIX << 32));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic_and_an_answer_is_as_long_as_its_request(packet in prop::collection::vec(any::<u8>(), 0..200)) {
            let answer = StampReply::answer(&packet, 1, Ntp(2), Ntp(3));
            prop_assert_eq!(answer.as_ref().map(Vec::len), (packet.len() >= BASE).then_some(packet.len()));
            prop_assert_eq!(StampRequest::decode(&packet).is_some(), packet.len() >= BASE);
            let read = answer.and_then(|answer| StampReply::decode(&answer));
            prop_assert_eq!(read.map(|r| r.request), StampRequest::decode(&packet));
        }
    }
}
