//! The codecs whose packet pattern is imitated, and what the E-model knows of them.

use std::time::Duration;

/// From one packet to the next, with each of them.
pub(crate) const INTERVAL: Duration = Duration::from_millis(20);

/// Bytes of an RTP header (RFC 3550 clause 5.1).
const RTP: usize = 12;

/// A codec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Codec {
    /// G.711 with loss concealment: 80 kbit/s each way on the bill (IPv4).
    #[default]
    G711,
    /// G.729A with voice activity detection: 24 kbit/s each way.
    G729,
    /// Opus at 24 kbit/s: 40 kbit/s each way. Its rating is indicative: ITU-T has none for it.
    Opus24,
}

impl Codec {
    /// Each of them.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 3] = [Self::G711, Self::G729, Self::Opus24];

    /// As the command line and documents have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::G711 => "g711",
            Self::G729 => "g729",
            Self::Opus24 => "opus24",
        }
    }

    /// Bytes of UDP payload of a packet: 20 ms of sound and the RTP header.
    pub(crate) fn payload(self) -> usize {
        RTP + match self {
            Self::G711 => 160,
            Self::G729 => 20,
            Self::Opus24 => 60,
        }
    }

    /// What it waits for beyond the packet itself, milliseconds.
    pub(super) fn look_ahead_ms(self) -> f64 {
        match self {
            Self::G711 => 0.0,
            Self::G729 => 5.0,
            Self::Opus24 => 6.5,
        }
    }
}
