//! Bytes that do not compress, and numbers that a stranger cannot guess at once. Not for secrets.

use std::hash::{BuildHasher, RandomState};

/// A generator (xorshift64*), seeded from the process's own random keys.
#[derive(Debug, Clone)]
pub(super) struct Noise(u64);

impl Noise {
    /// One that nobody else has.
    pub(super) fn new() -> Self {
        Self(RandomState::new().hash_one(0_u8) | 1)
    }

    /// The next number.
    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// The next sixteen bits.
    pub(super) fn next16(&mut self) -> u16 {
        let [high, low, ..] = self.next().to_be_bytes();
        u16::from_be_bytes([high, low])
    }

    /// So many bytes.
    pub(super) fn bytes(&mut self, count: usize) -> Vec<u8> {
        let words = count.div_ceil(8);
        let mut bytes: Vec<u8> = (0..words).flat_map(|_| self.next().to_be_bytes()).collect();
        bytes.truncate(count);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_of_a_byte_is_about_as_frequent() {
        let bytes = Noise::new().bytes(256 * 256);
        let mut seen = [0_u32; 256];
        for byte in bytes {
            seen[usize::from(byte)] += 1;
        }
        assert!(seen.iter().all(|count| (150..=370).contains(count)));
        assert_eq!(Noise::new().bytes(13).len(), 13);
        assert_ne!(Noise::new().next(), Noise::new().next());
    }
}
