//! The server's own count of an upload, as `opensim serve` sends it while the bytes come in: a line every 50 ms, in
//! decimal, of the bytes received after the first piece. Each line is a chunk (RFC 9112 clause 7.1) of its own.

use std::time::Duration;

use crate::throughput::Stop;
use opensim_domain::time::Instant;

/// The first piece is never longer than this, so that the sender knows what the counts start behind.
pub(crate) const FIRST: u64 = 4096;

/// How long a line is waited for.
const PATIENCE: Duration = Duration::from_secs(6);

/// Reads the lines, and knows how long none came.
#[derive(Debug)]
pub(crate) struct Reports {
    /// Lines of the body that were read.
    lines: usize,
    last: Instant,
    any: bool,
}

impl Reports {
    /// None yet.
    pub(crate) fn since(asked: Instant) -> Self {
        Self {
            lines: 0,
            last: asked,
            any: false,
        }
    }

    /// The counts that a body as far as it has come holds beyond those already given, one for each tick.
    pub(crate) fn read(&mut self, body: &[u8], now: Instant) -> Vec<u64> {
        // Sizes and the ends of chunks stand on lines of their own: a size, then the chunk's one line, then nothing.
        let whole = body.split_inclusive(|&byte| byte == b'\n');
        let whole = whole.filter(|line| line.ends_with(b"\n"));
        let counts: Vec<u64> = whole
            .filter_map(|line| {
                std::str::from_utf8(line)
                    .ok()?
                    .strip_prefix('=')?
                    .trim()
                    .parse()
                    .ok()
            })
            .skip(self.lines)
            .collect();
        self.lines += counts.len();
        if !counts.is_empty() {
            (self.last, self.any) = (now, true);
        }
        counts
    }

    /// Why it ends, where no line has come for so long.
    pub(crate) fn silent(&self, now: Instant) -> Option<Stop> {
        let stop = if self.any {
            Stop::ConnectionLost
        } else {
            Stop::NoData
        };
        (now - self.last >= PATIENCE).then_some(stop)
    }
}

/// One count as a chunk.
pub(crate) fn chunk(count: u64) -> String {
    let line = format!("={count}\n");
    format!("{:x}\r\n{line}\r\n", line.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: u64) -> Instant {
        Instant::at(Duration::from_millis(ms))
    }

    #[test]
    fn each_count_is_given_once_however_the_lines_are_cut() {
        let body: String = [0, 1448, 77_777].map(chunk).concat();
        for step in 1..body.len() {
            let mut reports = Reports::since(at(0));
            let mut given = Vec::new();
            for end in (0..body.len()).step_by(step).chain([body.len()]) {
                given.extend(reports.read(&body.as_bytes()[..end], at(1)));
            }
            assert_eq!(given, [0, 1448, 77_777], "{step}");
        }
    }

    #[test]
    fn silence_is_no_data_before_the_first_line_and_a_loss_after_it() {
        let mut reports = Reports::since(at(0));
        assert_eq!(reports.silent(at(5_999)), None);
        assert_eq!(reports.silent(at(6_000)), Some(Stop::NoData));
        assert_eq!(reports.read(chunk(5).as_bytes(), at(6_000)), [5]);
        assert_eq!(reports.silent(at(7_000)), None);
        assert_eq!(reports.silent(at(12_000)), Some(Stop::ConnectionLost));
    }

    #[test]
    fn anything_else_is_no_count() {
        let mut reports = Reports::since(at(0));
        assert!(
            reports
                .read(b"12\n=x\n=-1\n=99999999999999999999999\n\xff\n", at(1))
                .is_empty()
        );
    }
}
