//! The parameters of the test, and how they follow from what is needed.

use std::time::Duration;

use opensim_domain::measured::ZONE;

use crate::number::whole32;

/// The need that the defaults are made for: 200 kbit/s of payload, in bytes a second.
const USUAL_NEED: f64 = 25_000.0;
/// Seconds that a test may take where nobody asked for more.
const USUAL_TIME: Duration = Duration::from_secs(8);
/// Payload of a full TCP segment on a 1500 byte link with timestamps.
const SEGMENT: f64 = 1448.0;
const KIB: f64 = 1024.0;

/// What the test is of. [`RateRule::down`] and [`RateRule::up`] give the values that the error rates were found with.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RateRule {
    /// The need, in bytes of payload a second.
    pub(crate) need: f64,
    /// Half the width of the zone around the need in which no verdict is promised, as a share of it.
    pub(crate) zone: f64,
    /// The chance of a wrong verdict outside the zone, each way.
    pub(crate) error: f64,
    /// Bytes that are not judged: the initial window, and a shaper's burst.
    pub(crate) burst_skip: f64,
    /// The judging starts after this time even if fewer bytes came.
    pub(crate) warm_up: Duration,
    /// No verdict earlier, so that a shaper can show itself.
    pub(crate) shortest: Duration,
    /// No verdict later: uncertain then.
    pub(crate) longest: Duration,
    /// No verdict after so many bytes: uncertain then.
    pub(crate) most_bytes: f64,
    /// Dispersion (variance over mean, bytes) that is assumed before anything is seen.
    pub(crate) prior: f64,
    /// How many observations that assumption weighs.
    pub(crate) prior_weight: f64,
    /// Dispersion is never taken to be less.
    pub(crate) floor: f64,
}

impl RateRule {
    /// For what comes to the user: at most 256 KiB for 200 kbit/s in 8 s, more for more or longer.
    pub(crate) fn down(need_bps: u64, longest: Duration) -> Self {
        Self::with(need_bps, longest, 256.0 * KIB)
    }

    /// For what goes from the user: at most 192 KiB for 200 kbit/s in 8 s, more for more or longer.
    pub(crate) fn up(need_bps: u64, longest: Duration) -> Self {
        Self::with(need_bps, longest, 192.0 * KIB)
    }

    fn with(need_bps: u64, longest: Duration, most_bytes: f64) -> Self {
        let need = (need_bps.max(1) as f64) / 8.0;
        let shortest = Duration::from_secs(1);
        let longest = longest.max(shortest);
        let more = (need / USUAL_NEED).max(1.0)
            * (longest.as_secs_f64() / USUAL_TIME.as_secs_f64()).max(1.0);
        Self {
            need,
            zone: ZONE,
            error: 0.01,
            burst_skip: 16.0 * KIB,
            warm_up: Duration::from_millis(500),
            shortest,
            longest,
            most_bytes: most_bytes * more,
            prior: 2.0 * SEGMENT,
            prior_weight: 3.0,
            floor: 400.0,
        }
    }

    /// How far above the need's line the count must be to meet it, and how far below it to fall short, in bytes,
    /// for this dispersion. Falling short is looked at in two ways, so its error is halved.
    pub(crate) fn bands(&self, dispersion: f64) -> (f64, f64) {
        let odds = ((1.0 - self.error) / self.error).ln();
        let width = dispersion / (2.0 * self.zone);
        (odds * width, (odds + std::f64::consts::LN_2) * width)
    }

    /// The receive window that neither starves a link at the need nor leaves more in flight than must be:
    /// three times what the need has under way in one round trip, 16 KiB at least, 128 KiB at most (for a need of
    /// 200 kbit/s; in proportion above).
    pub(crate) fn window(&self, round_trip: Duration) -> u32 {
        let most = 128.0 * KIB * (self.need / USUAL_NEED).max(1.0);
        let window = (3.0 * self.need * round_trip.as_secs_f64()).clamp(16.0 * KIB, most);
        // At most 4 MiB: more than a kernel grants.
        whole32(window.min(4.0 * KIB * KIB))
    }

    /// Whether a window of so many bytes is itself what would hold the rate near the need.
    pub(crate) fn is_held_by(&self, window: u32, round_trip: Duration) -> bool {
        f64::from(window) < 1.5 * self.need * round_trip.as_secs_f64()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usual() -> RateRule {
        RateRule::down(200_000, USUAL_TIME)
    }

    #[test]
    fn the_usual_need_has_the_values_the_error_rates_were_found_with() {
        let rule = usual();
        assert_eq!((rule.need, rule.most_bytes), (25_000.0, 262_144.0));
        assert_eq!(
            whole32(RateRule::up(200_000, USUAL_TIME).most_bytes),
            196_608
        );
        let (meets, below) = rule.bands(2896.0);
        assert!((meets / KIB - 43.3).abs() < 0.05, "{meets}");
        assert!((below / KIB - 49.85).abs() < 0.05, "{below}");
    }

    #[test]
    fn the_window_grows_with_the_round_trip_between_its_bounds() {
        let rule = usual();
        let at = |ms| rule.window(Duration::from_millis(ms));
        assert_eq!(
            (at(0), at(60), at(400), at(600)),
            (16_384, 16_384, 30_000, 45_000)
        );
        assert_eq!(at(10_000), 131_072);
        assert!(!rule.is_held_by(at(3_000), Duration::from_secs(3)));
        assert!(rule.is_held_by(at(4_000), Duration::from_secs(4)));
        assert!(rule.is_held_by(16_384, Duration::from_millis(600)));
        // One and a half times what the need has under way in a round trip is just enough.
        let second = Duration::from_secs(1);
        assert!(rule.is_held_by(37_499, second) && !rule.is_held_by(37_500, second));
    }

    #[test]
    fn a_greater_need_has_a_greater_window_and_none_is_greater_than_a_kernel_grants() {
        let at = |need_bps| RateRule::down(need_bps, USUAL_TIME).window(Duration::from_secs(10));
        assert_eq!((at(100_000), at(200_000)), (131_072, 131_072));
        assert_eq!((at(300_000), at(2_000_000)), (196_608, 1_310_720));
        assert_eq!(at(200_000_000), 4 * 1024 * 1024);
    }

    #[test]
    fn a_longer_time_or_a_greater_need_may_take_more_bytes() {
        let long = RateRule::down(200_000, Duration::from_secs(20));
        assert_eq!(whole32(long.most_bytes), 655_360);
        let fast = RateRule::down(2_000_000, USUAL_TIME);
        assert_eq!(whole32(fast.most_bytes), 2_621_440);
        let short = RateRule::down(50_000, Duration::from_millis(10));
        assert_eq!(
            (short.most_bytes, short.longest),
            (262_144.0, short.shortest)
        );
    }
}
