//! STAMP's packets and the reflector, given any bytes. `tests/fuzz_standin.rs` runs the same on a stable toolchain.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use opensim::measure::fuzzing::{Reflector, Sender, StampReply, StampRequest};
use opensim::measure::voice::{Ntp, ReflectorLimits};
use opensim::time::Instant;

/// Reads pieces of the bytes as packets of several senders, some of them known, and has them reflected.
///
/// # Panics
/// When a reader does, or where an answer is longer than what was asked.
pub(crate) fn stamp(data: &[u8]) {
    let limits = ReflectorLimits {
        sessions: 4,
        sessions_each: 2,
        ..ReflectorLimits::default()
    };
    let mut reflector = Reflector::new(limits);
    let mut ms = 0;
    for piece in data.chunks(60) {
        let Some((&[who, later], packet)) = piece.split_first_chunk() else {
            continue;
        };
        ms += u64::from(later) * 16;
        let from = Sender {
            address: SocketAddr::from((
                Ipv4Addr::new(192, 0, 2, who % 8),
                1 + u16::from(who / 128),
            )),
            is_known: who & 64 != 0,
            ttl: Some(later),
        };
        let now = Instant::at(Duration::from_millis(ms));
        let request = StampRequest::decode(packet);
        let answer = reflector.answer(from, packet, now, Ntp(1), || Ntp(2));
        assert!(answer.is_none() || request.is_some());
        if let Some(answer) = answer {
            assert_eq!(answer.len(), packet.len());
            let reflected = StampReply::decode(&answer);
            assert_eq!(reflected.map(|reflected| reflected.request), request);
        }
    }
}
