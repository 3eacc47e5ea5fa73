//! The codecs whose packet pattern is imitated, and what the E-model knows of them.

use std::time::Duration;

pub use opensim_domain::measured::Codec;

/// From one packet to the next, with each of them.
pub(crate) const INTERVAL: Duration = Duration::from_millis(20);

/// Bytes of an RTP header (RFC 3550 clause 5.1).
const RTP: usize = 12;

/// Bytes of UDP payload of a packet: 20 ms of sound and the RTP header.
pub(crate) fn payload(codec: Codec) -> usize {
    RTP + match codec {
        Codec::G711 => 160,
        Codec::G729 => 20,
        Codec::Opus24 => 60,
    }
}

/// What it waits for beyond the packet itself, milliseconds.
pub(super) fn look_ahead_ms(codec: Codec) -> f64 {
    match codec {
        Codec::G711 => 0.0,
        Codec::G729 => 5.0,
        Codec::Opus24 => 6.5,
    }
}
