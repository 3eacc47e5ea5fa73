//! How much of a paced flow may be given by now: a rate with a little to make up for, and a window.
//!
//! Both ends use it, the server for what goes down and the client for what goes up. What waits to be acknowledged is counted
//! by whoever gives, for a kernel's buffer would swallow far more, which a slow link pays for at the end.

use std::time::Duration;

use opensim_domain::time::Instant;

/// Seconds of the rate that are made up for after a pause of the link, and no more.
const MADE_UP: f64 = 1.0;
/// So many segments behind, the link is slower than the push: more is offered, its own speed limits what that costs.
const BEHIND: f64 = 3.0;
/// Payload of a full segment.
pub(crate) const SEGMENT: u64 = 1448;

/// Bytes of TCP payload a second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rates {
    /// While nothing is known.
    pub(crate) push: f64,
    /// While the link is known to be slower than that.
    pub(crate) hard: f64,
    /// While it meets the need.
    pub(crate) hold: f64,
}

/// How a flow is driven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drive {
    /// A little faster than the need.
    Push,
    /// At the need.
    Hold,
    /// Not at all.
    Pause,
}

impl Drive {
    /// The byte that switches a server to it.
    pub(crate) fn word(self) -> u8 {
        match self {
            Self::Push => b'r',
            Self::Hold => b'h',
            Self::Pause => b'p',
        }
    }

    /// What a byte switches to; anything else is no word.
    pub(crate) fn of_word(word: u8) -> Option<Self> {
        [Self::Push, Self::Hold, Self::Pause]
            .into_iter()
            .find(|drive| drive.word() == word)
    }
}

/// A flow's allowance.
#[derive(Debug, Clone)]
pub(crate) struct Pacer {
    rates: Rates,
    window: f64,
    drive: Drive,
    is_hard: bool,
    allowed: f64,
    at: Instant,
}

impl Pacer {
    /// Pushed from now on, with no more than `window` bytes given and not acknowledged.
    pub(crate) fn new(rates: Rates, window: u64, now: Instant) -> Self {
        Self {
            rates,
            window: window as f64,
            drive: Drive::Push,
            is_hard: false,
            allowed: 0.0,
            at: now,
        }
    }

    /// Begins again now, with nothing owed.
    pub(crate) fn restart(&mut self, now: Instant, given: u64) {
        self.at = now;
        self.allowed = given as f64;
    }

    /// Drives it otherwise from now on, of which so much was given.
    pub(crate) fn switch(&mut self, drive: Drive, given: u64) {
        if drive == self.drive {
            return;
        }
        if drive == Drive::Hold {
            // What was owed is forgotten.
            self.allowed = self.allowed.min(given as f64);
            self.is_hard = false;
        }
        self.drive = drive;
    }

    /// Brings the allowance up to now, when so much was given and so much of it acknowledged.
    pub(crate) fn advance(&mut self, now: Instant, given: u64, done: u64) {
        let rate = self.rate();
        self.allowed += rate * (now - self.at).as_secs_f64();
        self.at = now;
        if self.drive == Drive::Push && self.allowed - given as f64 >= BEHIND * SEGMENT as f64 {
            self.is_hard = true;
        }
        let most = done as f64 + self.window + MADE_UP * rate;
        self.allowed = self.allowed.min(most);
    }

    /// Whether so many more bytes may be given now.
    pub(crate) fn allows(&self, bytes: u64, given: u64, done: u64) -> bool {
        given as f64 <= self.allowed && self.fits(bytes, given, done)
    }

    /// When more may be given, if the window lets it; `None` while it is paused.
    pub(crate) fn due(&self, given: u64) -> Option<Instant> {
        let rate = self.rate();
        let missing = given as f64 - self.allowed;
        (rate > 0.0).then(|| self.at + Duration::from_secs_f64((missing / rate).clamp(0.0, 3600.0)))
    }

    /// Whether the window has room for so many more.
    pub(crate) fn fits(&self, bytes: u64, given: u64, done: u64) -> bool {
        (given + bytes).saturating_sub(done) as f64 <= self.window
    }

    /// Whether the link was slower than the push, since it was last held.
    pub(crate) fn is_hard(&self) -> bool {
        self.is_hard
    }

    fn rate(&self) -> f64 {
        match self.drive {
            Drive::Push if self.is_hard => self.rates.hard,
            Drive::Push => self.rates.push,
            Drive::Hold => self.rates.hold,
            Drive::Pause => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RATES: Rates = Rates {
        push: 19_765.0,
        hard: 64_765.0,
        hold: 14_765.0,
    };

    fn at(ms: u64) -> Instant {
        Instant::at(Duration::from_millis(ms))
    }

    /// Gives whole segments over a link that acknowledges at `link` bytes a second, and says how much by each 10 ms.
    fn given(
        pacer: &mut Pacer,
        from: u64,
        to: u64,
        link: f64,
        mut state: (u64, u64),
    ) -> (u64, u64) {
        for ms in (from..to).step_by(10) {
            let (given, done) = &mut state;
            *done = (*done + whole(link / 100.0)).min(*given);
            pacer.advance(at(ms), *given, *done);
            while pacer.allows(SEGMENT, *given, *done) {
                *given += SEGMENT;
            }
        }
        state
    }

    fn whole(value: f64) -> u64 {
        crate::number::whole(value)
    }

    #[test]
    fn a_fast_link_is_pushed_and_held_at_the_rates_that_are_meant() {
        let mut pacer = Pacer::new(RATES, 8_192, at(0));
        let pushed = given(&mut pacer, 0, 2_000, 1e6, (0, 0));
        assert!((39_000..=42_500).contains(&pushed.0), "{pushed:?}");
        assert!(!pacer.is_hard());
        pacer.switch(Drive::Hold, pushed.0);
        let held = given(&mut pacer, 2_000, 4_000, 1e6, pushed);
        assert!((28_000..=31_500).contains(&(held.0 - pushed.0)), "{held:?}");
        pacer.switch(Drive::Pause, held.0);
        assert_eq!(given(&mut pacer, 4_000, 5_000, 1e6, held).0, held.0);
        assert_eq!(pacer.due(held.0), None);
    }

    #[test]
    fn a_link_slower_than_the_push_is_pushed_hard_until_it_is_held() {
        let mut pacer = Pacer::new(RATES, 8_192, at(0));
        let (sent, _) = given(&mut pacer, 0, 2_000, 10_000.0, (0, 0));
        assert!(pacer.is_hard());
        assert!((20_000..=29_000).contains(&sent), "{sent}");
        pacer.switch(Drive::Hold, sent);
        assert!(!pacer.is_hard());
        // It was owed seconds' worth by then, and is given no lump of it.
        let held = given(&mut pacer, 2_000, 3_000, 1e6, (sent, sent));
        assert!(held.0 - sent <= 16_500, "{held:?} {sent}");
    }

    #[test]
    fn a_pause_of_the_link_is_made_up_for_by_a_second_at_most() {
        let mut pacer = Pacer::new(RATES, 8_192, at(0));
        let stopped = given(&mut pacer, 0, 5_000, 0.0, (0, 0));
        assert!(stopped.0 <= 8_192, "{stopped:?}");
        let after = given(&mut pacer, 5_000, 5_020, 1e9, stopped);
        assert!(after.0 <= 8_192 + 8_192 + 64_765 + 2_000, "{after:?}");
    }

    #[test]
    fn each_word_switches_to_what_it_says_and_no_other_byte_does() {
        for drive in [Drive::Push, Drive::Hold, Drive::Pause] {
            assert_eq!(Drive::of_word(drive.word()), Some(drive));
        }
        assert!(
            [0, b'H', b'\r', b'G', 0xff]
                .into_iter()
                .all(|word| Drive::of_word(word).is_none())
        );
    }

    proptest! {
        #[test]
        fn never_more_than_the_window_is_given_and_not_acknowledged(
            window in 2_000_u64..140_000,
            steps in prop::collection::vec((1_u64..400, 0_u64..20_000, 0_usize..4), 1..200),
        ) {
            let mut pacer = Pacer::new(RATES, window, at(0));
            let (mut ms, mut given, mut done) = (0, 0_u64, 0_u64);
            for (later, acknowledged, drive) in steps {
                ms += later;
                done = (done + acknowledged).min(given);
                pacer.advance(at(ms), given, done);
                while pacer.allows(SEGMENT, given, done) {
                    given += SEGMENT;
                }
                prop_assert!(given - done <= window);
                if let Some(drive) = [Drive::Push, Drive::Hold, Drive::Pause].get(drive) {
                    pacer.switch(*drive, given);
                }
            }
        }
    }
}
