//! Fractions to whole numbers, in the one place where a cast is looked at.

/// The nearest whole number; nothing for what is negative or no number, the greatest for what is too great.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, and gives 0 for NaN"
)]
pub(super) fn whole(value: f64) -> u64 {
    value.round() as u64
}

/// The same in 32 bits.
pub(super) fn whole32(value: f64) -> u32 {
    u32::try_from(whole(value)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_goes_to_the_nearest_end() {
        assert_eq!((whole(2.5), whole(-3.0), whole(f64::NAN)), (3, 0, 0));
        assert_eq!((whole(1e300), whole32(1e300)), (u64::MAX, u32::MAX));
    }
}
