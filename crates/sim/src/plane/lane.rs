//! One direction of the link: every packet gets its time on it, whoever sent it.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use super::Link;
use crate::world::Carriage;

/// A timer that fires late is made up for, as long as it was no later than this.
const SLACK: Duration = Duration::from_millis(10);

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
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
    way: Way,
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
    pub(super) fn new(way: Way, link: watch::Receiver<Link>, seed: u64) -> Self {
        let epoch = link.borrow().epoch;
        Self {
            way,
            link,
            state: Mutex::new(State {
                carried_by: Instant::now(),
                epoch,
                chance: seed ^ (way as u64 + 1),
            }),
        }
    }

    /// The link's number now, once there is one.
    pub(super) async fn epoch(&self) -> Option<u64> {
        let mut link = self.link.clone();
        let up = link.wait_for(|link| link.carriage.is_some()).await.ok()?;
        Some(up.epoch)
    }

    /// How many packets of this size are on their way at once, at the most.
    pub(super) fn depth(&self, bytes: usize) -> usize {
        let carriage = self.link.borrow().carriage.unwrap_or_default();
        let under_way = self.rate(&carriage) as f64 / 8.0
            * (carriage.delay + carriage.jitter).as_secs_f64()
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
            let carriage = match now.carriage {
                Some(_) if now.epoch != epoch => return Passage::Gone,
                Some(carriage) if self.rate(&carriage) > 0 => carriage,
                // On no network, or one that carries nothing: it waits.
                _ => {
                    if link.changed().await.is_err() {
                        return Passage::Gone;
                    }
                    continue;
                }
            };
            let due = self.take(&carriage, bytes, epoch);
            tokio::select! {
                () = tokio::time::sleep_until(due) => return self.fate(&carriage, due.max(entered)),
                changed = link.changed() => if changed.is_err() {
                    return Passage::Gone;
                },
            }
        }
    }

    fn rate(&self, carriage: &Carriage) -> u64 {
        match self.way {
            Way::Down => carriage.down_bps,
            Way::Up => carriage.up_bps,
        }
    }

    /// Takes the next time on the lane; a bucket's credit is time that was not used.
    fn take(&self, carriage: &Carriage, bytes: usize, epoch: u64) -> Instant {
        let per_second = (self.rate(carriage) / 8).max(1) as f64;
        let span = |bytes: f64| Duration::from_secs_f64((bytes / per_second).min(3600.0));
        let credit = span(carriage.bucket as f64);
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
    fn fate(&self, carriage: &Carriage, sent: Instant) -> Passage {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let jitter = carriage.jitter.mul_f64(random(&mut state.chance));
        let arrival = sent + carriage.delay + jitter;
        if random(&mut state.chance) * 1e6 < f64::from(carriage.loss_ppm) {
            return Passage::Lost(arrival + (carriage.delay + carriage.jitter) * 2);
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
