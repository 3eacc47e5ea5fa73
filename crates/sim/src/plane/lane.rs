//! One direction of the link: every packet gets its time on it, whoever sent it.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use super::Link;
use crate::world::LinkShape;

/// A timer that fires late is made up for, as long as it was no later than this.
const SLACK: Duration = Duration::from_millis(10);

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Down,
    Up,
}

/// What became of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Passage {
    /// It is at the other end then.
    Arrives(Instant),
    /// It was lost; its repetition would be there then.
    Lost(Instant),
    /// The network it was sent on is not in use any more.
    Gone,
}

/// A direction of the link.
#[derive(Debug)]
pub(super) struct Lane {
    direction: Direction,
    link: watch::Receiver<Link>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// When all that was sent so far has been carried at the rate: the bucket's fill, told as a time.
    carried_by: Instant,
    epoch: u64,
    chance: u64,
}

impl Lane {
    pub(super) fn new(direction: Direction, link: watch::Receiver<Link>, seed: u64) -> Self {
        let epoch = link.borrow().epoch;
        Self {
            direction,
            link,
            state: Mutex::new(State {
                carried_by: Instant::now(),
                epoch,
                chance: seed ^ (direction as u64 + 1),
            }),
        }
    }

    /// The link's number now, once there is one.
    pub(super) async fn epoch(&self) -> Option<u64> {
        let mut link = self.link.clone();
        let up = link.wait_for(|link| link.shape.is_some()).await.ok()?;
        Some(up.epoch)
    }

    /// How many packets of this size are on their way at once, at the most.
    pub(super) fn depth(&self, bytes: usize) -> usize {
        let shape = self.link.borrow().shape.unwrap_or_default();
        let under_way = self.rate(&shape) as f64 / 8.0 * (shape.delay + shape.jitter).as_secs_f64()
            / bytes.max(1) as f64;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and the bound"
        )]
        let packets = under_way.clamp(0.0, 1000.0) as usize;
        packets + 4
    }

    /// Waits until the link has carried a packet of so many bytes that was sent on the network `epoch`.
    pub(super) async fn pass(&self, bytes: usize, epoch: u64) -> Passage {
        let mut link = self.link.clone();
        let entered = Instant::now();
        loop {
            let now = *link.borrow_and_update();
            let shape = match now.shape {
                Some(_) if now.epoch != epoch => return Passage::Gone,
                Some(shape) if self.rate(&shape) > 0 => shape,
                // On no network, or one that carries nothing: it waits.
                _ => {
                    if link.changed().await.is_err() {
                        return Passage::Gone;
                    }
                    continue;
                }
            };
            let due = self.take(&shape, bytes, epoch);
            tokio::select! {
                () = tokio::time::sleep_until(due) => return self.passage(&shape, due.max(entered)),
                changed = link.changed() => if changed.is_err() {
                    return Passage::Gone;
                },
            }
        }
    }

    fn rate(&self, shape: &LinkShape) -> u64 {
        match self.direction {
            Direction::Down => shape.down_bps,
            Direction::Up => shape.up_bps,
        }
    }

    /// Takes the next time on the lane; a bucket's credit is time that was not used.
    fn take(&self, shape: &LinkShape, bytes: usize, epoch: u64) -> Instant {
        let per_second = (self.rate(shape) / 8).max(1) as f64;
        let span = |bytes: f64| Duration::from_secs_f64((bytes / per_second).min(3600.0));
        let credit = span(shape.bucket as f64);
        let now = Instant::now();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.epoch != epoch {
            state.epoch = epoch;
            state.carried_by = now;
        }
        let earliest = now.checked_sub(SLACK).unwrap_or(now);
        state.carried_by = state.carried_by.max(earliest) + span(bytes as f64);
        let due = state.carried_by.checked_sub(credit).unwrap_or(now);
        due.max(earliest)
    }

    /// Lost or not, and how long after it was sent it arrives.
    fn passage(&self, shape: &LinkShape, sent: Instant) -> Passage {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let jitter = shape.jitter.mul_f64(random(&mut state.chance));
        let arrival = sent + shape.delay + jitter;
        if random(&mut state.chance) * 1e6 < f64::from(shape.loss_ppm) {
            return Passage::Lost(arrival + (shape.delay + shape.jitter) * 2);
        }
        Passage::Arrives(arrival)
    }
}

/// A number from 0 to 1 (xorshift64*).
fn random(state: &mut u64) -> f64 {
    let mut x = (*state).max(1);
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    *state = x;
    (x.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / (1_u64 << 53) as f64
}
