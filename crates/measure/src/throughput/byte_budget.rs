//! How many more bytes of a transfer the budget allows, headers and what is on its way included.

use crate::number::whole;

/// Bytes on the wire for a byte on the socket, at least: headers, an acknowledgement for each segment or a reset for
/// what comes too late, and some sent again.
const WIRE: f64 = 1.15;
/// What ending takes.
const ENDING: u64 = 600;

/// What a transfer may cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ByteBudget {
    /// Bytes on the wire, of this connection alone.
    wire: u64,
    /// Of them for a byte on the socket.
    each: f64,
}

impl ByteBudget {
    /// Of so many bytes on the wire.
    pub(crate) fn of(wire: u64) -> Self {
        Self { wire, each: WIRE }
    }

    /// As much as so much payload may cost, with its window on the way at the end, and what setting up takes.
    pub(crate) fn for_payload(bytes: u64, window: u32, setup: u64) -> Self {
        let payload = (bytes + 2 * u64::from(window)) as f64;
        Self::of(whole((payload * WIRE).ceil()) + setup + ENDING)
    }

    /// All that is in it, bytes on the wire.
    pub(crate) fn wire(self) -> u64 {
        self.wire
    }

    /// The same for segments of so much payload with such headers: short ones cost more.
    pub(crate) fn with_segments(self, segment: u64, headers: u64) -> Self {
        let each = 1.0 + 2.2 * headers as f64 / segment.max(1) as f64;
        Self {
            each: each.max(WIRE),
            ..self
        }
    }

    /// How many more bytes the socket may move when so many are on the wire's count and so many more will come
    /// unasked: they are on their way, wait in a buffer, or may have to be sent again. Where no more than `rest` can
    /// ever come and they fit, there is no limit.
    pub(crate) fn room(self, wire: u64, pending: u64, rest: Option<u64>) -> u64 {
        let left = self.wire.saturating_sub(wire).saturating_sub(ENDING);
        let payload = (left as f64 / self.each).floor();
        if rest.is_some_and(|rest| rest as f64 <= payload) {
            return u64::MAX;
        }
        whole((payload - pending as f64).max(0.0))
    }

    /// What a transfer needs at least: its window twice (on its way, and in the buffer), and as much to judge by.
    pub(crate) fn least(window: u32) -> u64 {
        whole(f64::from(window) * 3.0 * WIRE) + ENDING
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_budget_is_never_passed_whatever_is_read_at_a_time(
            budget in 0_u64..600_000,
            window in 4_000_u32..140_000,
            reads in prop::collection::vec((1_u64..9_000, 0.0_f64..0.15), 1..400),
        ) {
            let byte_budget = ByteBudget::of(budget);
            let twice = u64::from(window) * 2;
            if budget < ByteBudget::least(window) {
                return Ok(());
            }
            // The sender keeps the window full; what was allowed to be read is replaced at once.
            let (mut read, mut wire) = (0_u64, 0_u64);
            for (wanted, overhead) in reads {
                let room = byte_budget.room(wire, twice, None);
                let taken = wanted.min(room);
                read += taken;
                wire += whole(taken as f64 * (1.0 + overhead));
                let worst = wire + whole(twice as f64 * WIRE);
                prop_assert!(worst <= budget, "{worst} of {budget} after {read}");
            }
        }

        #[test]
        fn there_is_room_to_start_with_the_least(window in 4_000_u32..140_000) {
            let byte_budget = ByteBudget::of(ByteBudget::least(window));
            prop_assert!(byte_budget.room(0, u64::from(window) * 2, None) >= u64::from(window) - 2);
        }
    }

    #[test]
    fn an_empty_budget_has_no_room() {
        assert_eq!(ByteBudget::of(0).room(0, 0, None), 0);
        assert_eq!(ByteBudget::of(100_000).room(200_000, 9, Some(1)), 0);
    }

    #[test]
    fn an_end_that_fits_is_not_held_back() {
        let byte_budget = ByteBudget::of(60_000);
        assert_eq!(byte_budget.room(10_000, 32_000, Some(42_000)), u64::MAX);
        assert!(byte_budget.room(10_000, 32_000, Some(44_000)) < 11_000);
    }

    #[test]
    fn short_segments_cost_more() {
        let (full, short) = (
            ByteBudget::of(60_000),
            ByteBudget::of(60_000).with_segments(524, 66),
        );
        assert!(short.room(0, 0, None) < full.room(0, 0, None));
        let usual = full.with_segments(1448, 66);
        assert_eq!(usual.room(0, 0, None), full.room(0, 0, None));
    }

    #[test]
    fn what_a_transfer_may_cost_covers_its_payload_its_window_twice_and_both_ends() {
        let budget = ByteBudget::for_payload(100_000, 16_384, 3_000);
        assert_eq!(budget.wire(), 152_684 + 3_000 + ENDING);
        assert_eq!(ByteBudget::least(16_384), 56_525 + ENDING);
    }
}
