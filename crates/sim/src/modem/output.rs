//! The bytes on their way to the host: when each may leave, and what the wire does to them.

use std::collections::VecDeque;
use std::time::Duration;

use crate::faults::Wire;
use crate::world::cell::mix;
use opensim_domain::time::Instant;

/// What is queued at most; a host that never reads loses the newest.
const MOST: usize = 1 << 20;

/// Bytes that wait for their time.
#[derive(Debug)]
pub(super) struct Output {
    queue: VecDeque<(Instant, Vec<u8>)>,
    queued: usize,
    wire: Wire,
    chance: u64,
    /// Bytes since the last one that was dropped.
    since_drop: u32,
}

impl Output {
    pub(super) fn new(wire: Wire, seed: u64) -> Self {
        Self {
            queue: VecDeque::new(),
            queued: 0,
            wire,
            chance: seed,
            since_drop: 0,
        }
    }

    /// Queues whole lines; noise may come before them.
    pub(super) fn lines(&mut self, at: Instant, bytes: &[u8]) {
        if self.wire.garbage && self.roll(3) == 0 {
            let noise = self.noise();
            self.bytes(at, &noise);
        }
        self.bytes(at, bytes);
    }

    /// Queues bytes as they are: the echo.
    pub(super) fn bytes(&mut self, at: Instant, bytes: &[u8]) {
        let mut kept = Vec::with_capacity(bytes.len());
        for byte in bytes {
            self.since_drop += 1;
            if self.since_drop == self.wire.drop_byte_every {
                self.since_drop = 0;
            } else {
                kept.push(*byte);
            }
        }
        self.since_drop %= self.wire.drop_byte_every.max(1);
        let mut at = at.max(self.queue.back().map_or(Instant::ZERO, |(last, _)| *last));
        if !self.wire.split_writes {
            self.push(at, kept);
            return;
        }
        let mut rest = kept.as_slice();
        while !rest.is_empty() {
            let (piece, after) = rest.split_at((1 + self.roll(4)).min(rest.len()));
            self.push(at, piece.to_vec());
            at = at + Duration::from_millis(2);
            rest = after;
        }
    }

    /// Queues a frame as a diagnostic port gives them: binary, up to a flag.
    pub(super) fn frame(&mut self, at: Instant) {
        let length = 4 + self.roll(40);
        let mut frame: Vec<u8> = (0..length)
            .map(|_| u8::try_from(self.roll(0x100)).unwrap_or(0))
            .collect();
        frame.push(b'~');
        self.bytes(at, &frame);
    }

    /// What may leave by now: all of it, or one piece where the wire splits.
    pub(super) fn poll(&mut self, now: Instant) -> Option<Vec<u8>> {
        let mut ready = self.pop(now)?;
        if !self.wire.split_writes {
            while let Some(more) = self.pop(now) {
                ready.extend_from_slice(&more);
            }
        }
        Some(ready)
    }

    /// When the next bytes may leave.
    pub(super) fn next(&self) -> Option<Instant> {
        self.queue.front().map(|(at, _)| *at)
    }

    /// Forgets everything: a restart.
    pub(super) fn clear(&mut self) {
        self.queue.clear();
        self.queued = 0;
    }

    /// A number below `sides`, the next of the seeded row.
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.chance = self.chance.wrapping_add(1);
        let sides = u64::try_from(sides.max(1)).unwrap_or(1);
        usize::try_from(mix(self.chance) % sides).unwrap_or(0)
    }

    fn push(&mut self, at: Instant, bytes: Vec<u8>) {
        if !bytes.is_empty() && self.queued + bytes.len() <= MOST {
            self.queued += bytes.len();
            self.queue.push_back((at, bytes));
        }
    }

    fn pop(&mut self, now: Instant) -> Option<Vec<u8>> {
        self.queue.front().filter(|(at, _)| *at <= now)?;
        let (_, bytes) = self.queue.pop_front()?;
        self.queued -= bytes.len();
        Some(bytes)
    }

    /// A line of bytes that no text has, as a diagnostic port or a loose cable gives them.
    fn noise(&mut self) -> Vec<u8> {
        let length = 1 + self.roll(12);
        let mut noise: Vec<u8> = (0..length)
            .map(|_| match self.roll(10) {
                0 => b'~',
                1 => u8::try_from(self.roll(9)).unwrap_or(0),
                _ => u8::try_from(0x80 + self.roll(0x80)).unwrap_or(0xFF),
            })
            .collect();
        noise.extend_from_slice(b"\r\n");
        noise
    }
}
