//! How often the terminal's bell rings: the better the signal the quicker, as a parking aid does. For whoever cannot see
//! the screen from the roof.

use std::time::Duration;

/// From one to the next where the signal is at its worst that is heard of.
const SLOWEST_S: f64 = 2.0;

/// The same where more brings nothing; quicker than that a terminal's bell runs together.
const QUICKEST_S: f64 = 0.2;

/// The points from which on more brings nothing (docs/ranking.md).
const MOST: f64 = 40.0;

/// From one to the next, for so many points; silence where no signal was read.
pub fn every(points: Option<f64>) -> Option<Duration> {
    let share = (points? / MOST).clamp(0.0, 1.0);
    Some(Duration::from_secs_f64(
        SLOWEST_S * (QUICKEST_S / SLOWEST_S).powf(share),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_better_the_quicker_and_nothing_is_silent() {
        let ms = |points| every(Some(points)).map(|every| every.as_millis());
        assert_eq!(ms(-12.0), Some(2000));
        assert_eq!(ms(0.0), Some(2000));
        assert_eq!(ms(20.0), Some(632));
        assert_eq!(ms(40.0), Some(200));
        assert_eq!(ms(90.0), Some(200));
        assert_eq!(every(None), None);
    }
}
