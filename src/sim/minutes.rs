//! What was typed to a device, written down line by line: who sent what is seen from the modem's side.

use std::io::Write;

use super::Device;
use crate::clock::Instant;

/// A device whose command lines are written to `out` as they arrive, each behind its time in seconds.
pub struct Minutes<D> {
    device: D,
    out: Box<dyn Write + Send>,
    line: Vec<u8>,
}

/// The longest line that is kept.
const LONGEST: usize = 2048;

impl<D> Minutes<D> {
    /// Writes down from now on. What cannot be written is lost: a modem does not wait for its host.
    pub fn of(device: D, out: Box<dyn Write + Send>) -> Self {
        Self {
            device,
            out,
            line: Vec::new(),
        }
    }
}

impl<D: Device> Device for Minutes<D> {
    fn handle_input(&mut self, now: Instant, bytes: &[u8]) {
        for byte in bytes {
            match byte {
                b'\r' | b'\n' if self.line.is_empty() => {}
                b'\r' | b'\n' => {
                    let line = String::from_utf8_lossy(&self.line).into_owned();
                    self.line.clear();
                    let at = now.since_start().as_secs_f64();
                    let _ = writeln!(self.out, "{at:.3} {line}").and_then(|()| self.out.flush());
                }
                byte if self.line.len() < LONGEST => self.line.push(*byte),
                _ => {}
            }
        }
        self.device.handle_input(now, bytes);
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.device.handle_timeout(now);
    }

    fn poll_transmit(&mut self, now: Instant) -> Option<Vec<u8>> {
        self.device.poll_transmit(now)
    }

    fn poll_timeout(&self) -> Option<Instant> {
        self.device.poll_timeout()
    }

    fn is_unplugged(&self) -> bool {
        self.device.is_unplugged()
    }
}
