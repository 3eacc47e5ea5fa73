//! Numbers that follow from a seed and from what they are for, on every machine the same.

/// A sequence of its own for each thing that is decided (`SplitMix64`): another home changes nothing of this one.
#[derive(Debug, Clone)]
pub(super) struct Chance {
    state: u64,
}

impl Chance {
    /// The sequence of a seed for one purpose.
    pub(super) fn of(seed: u64, purpose: &str) -> Self {
        // FNV-1a: the standard library's hasher may change with its version.
        let hash = purpose.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, b| {
            (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut chance = Self {
            state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ hash,
        };
        chance.bits();
        chance
    }

    /// 64 bits.
    pub(super) fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to 1, without 1.
    pub(super) fn share(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Between two numbers.
    pub(super) fn between(&mut self, least: f64, most: f64) -> f64 {
        least + self.share() * (most - least)
    }

    /// One of the first so many numbers.
    pub(super) fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.bits() % count.max(1) as u64).unwrap_or(0)
    }

    /// Round a mean, the sum of twelve evenly spread ones standing for the bell.
    pub(super) fn round(&mut self, mean: f64, deviation: f64) -> f64 {
        let sum: f64 = (0..12).map(|_| self.share()).sum();
        mean + (sum - 6.0) * deviation
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_and_a_purpose_say_what_comes() {
        let draw = |seed, purpose| Chance::of(seed, purpose).bits();
        assert_eq!(draw(1, "home 1"), draw(1, "home 1"));
        assert_ne!(draw(1, "home 1"), draw(1, "home 2"));
        assert_ne!(draw(1, "home 1"), draw(2, "home 1"));
        let mut chance = Chance::of(3, "levels");
        let drawn: Vec<f64> = (0..1000).map(|_| chance.round(-98.0, 5.0)).collect();
        let mean = drawn.iter().sum::<f64>() / 1000.0;
        assert!((mean + 98.0).abs() < 0.6, "{mean}");
        assert!((0..100).all(|_| chance.below(3) < 3));
    }
}
