use super::*;
use crate::voice::Codec;

const NEED: f64 = 25_000.0;
const PACKET: f64 = 204.7;

fn at(ms: u64) -> Instant {
    Instant::at(Duration::from_millis(ms))
}

fn terms() -> Terms {
    Terms {
        needs: [NEED; 2],
        packet: PACKET,
        round_trip: Duration::from_millis(60),
        open: at(0),
        longest: Duration::from_secs(6),
        most: 400_000,
    }
}

/// A call of which a packet left every 20 ms from the start on, and that varies so much throughout.
struct EvenCall {
    variation_ms: f64,
}

impl Hearing for EvenCall {
    fn sent_by(&self, moment: Instant) -> usize {
        usize::try_from(moment.since_start().as_millis())
            .unwrap()
            .div_ceil(20)
    }

    fn rate(&self, part: Range<usize>) -> Call {
        Call {
            loss: Some(0.0),
            variation_ms: Some(self.variation_ms),
            packets: u32::try_from(part.len()).unwrap(),
            ..Call::of(&[], Codec::G711)
        }
    }
}

/// Two ways that carry so much of the need each, however they are driven, and what stands in their queues meanwhile.
struct Link {
    carries: [f64; 2],
    queue_ms: f64,
    counts: [f64; 2],
}

impl Link {
    fn new(down: f64, up: f64) -> Self {
        Self {
            carries: [down, up],
            queue_ms: 0.0,
            counts: [0.0; 2],
        }
    }

    /// The course over it, a look every 5 ms until its end: when and how it ended, and how it was driven at each look.
    fn run(mut self, course: &mut Course, call: &EvenCall) -> (u64, End, Vec<[Drive; 2]>) {
        let mut driven = Vec::new();
        for ms in (0..30_000).step_by(5) {
            let drives = course.drives();
            driven.push(drives);
            for (way, drive) in drives.into_iter().enumerate() {
                let offered = match drive {
                    Drive::Push => PUSH,
                    Drive::Hold => 1.0,
                    // The call goes on.
                    Drive::Pause => PACKETS * PACKET / NEED,
                };
                self.counts[way] += NEED * 0.005 * offered.min(self.carries[way]);
            }
            let seen = |way: usize| WaySeen {
                count: Some(self.counts[way]),
                queue_ms: if self.carries[way] < PUSH {
                    self.queue_ms
                } else {
                    0.0
                },
                is_hard: self.carries[way] < PUSH,
            };
            let seen = Seen {
                now: at(ms),
                down: seen(0),
                up: seen(1),
                answered: at(ms),
                packets: call.sent_by(at(ms)),
                wire: crate::number::whole(self.counts[0] + self.counts[1]),
            };
            if let Some(end) = course.look(&seen, call) {
                return (ms, end, driven);
            }
        }
        panic!("never ended");
    }
}

#[test]
fn a_good_link_is_pushed_then_held_and_a_clean_call_ends_it() {
    let mut course = Course::new(terms());
    let call = EvenCall { variation_ms: 5.0 };
    let (ms, end, driven) = Link::new(9.0, 9.0).run(&mut course, &call);
    // 0.36 s that do not count, 2.5 s that were clean, 0.1 s that may still be answered.
    assert!((2_900..=3_100).contains(&ms), "{ms}");
    let End::Heard(part) = end else {
        panic!("{end:?}")
    };
    assert!((125..=130).contains(&part.len()), "{part:?}");
    assert_eq!(driven[0], [Drive::Push; 2]);
    assert_eq!(driven.last(), Some(&[Drive::Hold; 2]));
    // Nothing waits that would have to drain.
    assert!(!driven.contains(&[Drive::Pause; 2]));
    assert!(course.ways.iter().all(|way| !way.is_near) && !course.is_rough);
}

#[test]
fn a_call_that_varies_is_rated_over_two_seconds_beside_the_need() {
    let call = EvenCall { variation_ms: 80.0 };
    let (ms, end, driven) = Link::new(9.0, 9.0).run(&mut Course::new(terms()), &call);
    let held = driven
        .iter()
        .position(|drives| *drives == [Drive::Hold; 2])
        .unwrap();
    let End::Heard(part) = end else {
        panic!("{end:?}")
    };
    assert_eq!(part.len(), RATED);
    assert!(
        call.sent_by(at(5 * held as u64)) <= part.start + 1,
        "{part:?} {held}"
    );
    assert!(ms <= 5 * held as u64 + 2_050, "{ms} {held}");
    // In between it takes three seconds of it.
    let call = EvenCall { variation_ms: 50.0 };
    let (_, end, _) = Link::new(9.0, 9.0).run(&mut Course::new(terms()), &call);
    assert!(matches!(end, End::Heard(_)));
}

#[test]
fn queues_that_do_not_drain_are_waited_for_no_longer_than_they_may() {
    let mut course = Course::new(terms());
    let call = EvenCall { variation_ms: 80.0 };
    let link = Link {
        queue_ms: 300.0,
        ..Link::new(1.15, 1.15)
    };
    let (_, _, driven) = link.run(&mut course, &call);
    let paused = driven
        .iter()
        .filter(|drives| **drives == [Drive::Pause; 2])
        .count();
    assert!((115..=125).contains(&paused), "{paused}");
    assert!(course.ways.iter().all(|way| way.is_near));
}

#[test]
fn the_way_that_falls_short_ends_it_and_the_other_is_not_blamed() {
    for (down, up) in [(0.5, 9.0), (9.0, 0.5)] {
        let mut course = Course::new(terms());
        let link = Link {
            queue_ms: 300.0,
            ..Link::new(down, up)
        };
        let (ms, end, _) = link.run(&mut course, &EvenCall { variation_ms: 5.0 });
        assert_eq!(end, End::Below);
        assert!((1_000..3_000).contains(&ms), "{ms}");
        let words = course.ways.each_ref().map(|way| way.test.word());
        let slow = usize::from(up < down);
        assert_eq!(words[slow], WayWord::Below);
        assert_ne!(words[1 - slow], WayWord::Below);
    }
}

#[test]
fn what_is_at_the_need_is_undecided_when_the_time_or_the_bytes_are_up() {
    let call = EvenCall { variation_ms: 5.0 };
    let run = |terms| Link::new(1.0, 1.0).run(&mut Course::new(terms), &call);
    let (ms, end, _) = run(terms());
    assert_eq!(ms, 6_000);
    assert_eq!(end, End::Undecided(Stop::MaxTime, 175..300));
    let most = 100_000;
    let (ms, end, _) = run(Terms { most, ..terms() });
    assert!((1_950..2_050).contains(&ms), "{ms}");
    assert!(matches!(end, End::Undecided(Stop::MaxBytes, _)), "{end:?}");
}

#[test]
fn what_is_broken_off_while_it_is_rated_keeps_what_was_heard() {
    let mut course = Course::new(terms());
    assert_eq!(
        course.stop(Stop::Budget, 60),
        End::Undecided(Stop::Budget, 0..60)
    );
    course.met = Some(Met {
        since: at(0),
        from: Some(40),
    });
    assert_eq!(course.stop(Stop::Budget, 95), End::Heard(40..95));
}

#[test]
fn a_computer_that_could_not_look_says_nothing_of_the_link() {
    let mut course = Course::new(terms());
    let call = EvenCall { variation_ms: 5.0 };
    let seen = |ms| Seen {
        now: at(ms),
        down: WaySeen {
            count: Some(1_448.0),
            queue_ms: 0.0,
            is_hard: false,
        },
        up: WaySeen {
            count: None,
            queue_ms: 0.0,
            is_hard: false,
        },
        answered: at(ms),
        packets: 1,
        wire: 0,
    };
    assert_eq!(course.look(&seen(0), &call), None);
    assert_eq!(
        course.look(&seen(700), &call),
        Some(End::Undecided(Stop::Stalled, 0..1))
    );
}
