//! Bodies: bytes given, and bytes taken and counted.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::LazyLock;
use std::task::{Poll, ready};
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};

use super::ClientSession;
use super::answer::{open, whole};
use super::gate::Slot;
use crate::random::Noise;
use crate::servers::reports;
use crate::throughput::{TICK, Ticks};
use opensim_domain::time::Instant;
use opensim_os::clock::Clock;

/// Bytes that do not compress: longer than a compressor looks back.
static NOISE: LazyLock<Vec<u8>> = LazyLock::new(|| Noise::new().bytes(64 * 1024));

/// So many of them, of a body of which so many were given.
pub(super) fn noise(given: u64, many: u64) -> &'static [u8] {
    let many = usize::try_from(many).map_or(PIECE, |many| many.min(PIECE));
    let at = usize::try_from(given % (NOISE.len() - PIECE) as u64).unwrap_or(0);
    &NOISE[at..at + many]
}

/// Given or taken at a time.
const PIECE: usize = 16 * 1024;
/// The first piece of a body, which the counts start behind.
const FIRST: usize = 4096;
const _: () = assert!(FIRST as u64 == reports::FIRST);
/// Counts that an answer lists: two minutes of them.
const COUNTS: usize = 2400;

/// Gives so many bytes.
pub(super) async fn give<S>(session: &ClientSession, stream: &mut S, length: u64) -> io::Result<()>
where
    S: AsyncWrite + Unpin,
{
    let mut pace = Pace::new(session);
    let (mut left, mut at) = (length, 0);
    while left > 0 {
        let most = usize::try_from(left).map_or(PIECE, |left| left.min(PIECE));
        at %= NOISE.len() - PIECE;
        let written = stream.write(&NOISE[at..at + most]).await?;
        if written == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        at += written;
        left -= written as u64;
        pace.moved(written).await;
    }
    Ok(())
}

/// Takes so many bytes, `ahead` of which may have come with the head, and says how they came.
pub(super) async fn take<S>(
    session: &ClientSession,
    stream: &mut S,
    ahead: &mut Vec<u8>,
    length: u64,
    report: bool,
) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut count = UploadCounter::default();
    let early = usize::try_from(length).map_or(ahead.len(), |length| length.min(ahead.len()));
    ahead.drain(..early);
    if early > 0 {
        count.add(early as u64, session.clock.now());
    }
    if report {
        open(stream, "Transfer-Encoding: chunked\r\n", "text/plain").await?;
        stream.flush().await?;
    }
    let mut pace = Pace::new(session);
    while count.bytes < length {
        let most = if count.bytes == 0 { FIRST } else { PIECE };
        let left = usize::try_from(length - count.bytes).map_or(most, |left| left.min(most));
        let next = count.next().filter(|_| report);
        let read = tokio::select! {
            biased;
            () = session.clock.sleep_until(next) => None,
            read = discard(stream, left) => Some(read?),
        };
        let now = session.clock.now();
        let passed = count.pass(now);
        if report && !passed.is_empty() {
            let lines: String = passed.into_iter().map(reports::chunk).collect();
            stream.write_all(lines.as_bytes()).await?;
            stream.flush().await?;
        }
        match read {
            Some(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Some(read) => {
                count.add(read as u64, now);
                pace.moved(read).await;
            }
            None => {}
        }
    }
    if report {
        stream.write_all(b"0\r\n\r\n").await
    } else {
        let text = count.summary(session.clock.now()).to_string();
        whole(stream, "application/json", &text).await
    }
}

/// Reads no more than so many bytes, and drops them. What they are put into is nobody's for longer than a call, so
/// that a thousand uploads take no more memory than one.
async fn discard<S>(stream: &mut S, most: usize) -> io::Result<usize>
where
    S: AsyncRead + Unpin,
{
    poll_fn(|context| {
        let mut bytes = [0; PIECE];
        let mut part = ReadBuf::new(&mut bytes[..most]);
        ready!(Pin::new(&mut *stream).poll_read(context, &mut part))?;
        Poll::Ready(Ok(part.filled().len()))
    })
    .await
}

/// What came, and how much of it by each tick.
#[derive(Debug, Default)]
struct UploadCounter {
    bytes: u64,
    /// The first piece: when, and how much.
    first: Option<(Instant, u64)>,
    ticks: Option<Ticks>,
    /// After the first piece, one for each tick.
    counts: Vec<u64>,
}

impl UploadCounter {
    fn add(&mut self, bytes: u64, now: Instant) {
        self.bytes += bytes;
        if self.first.is_none() {
            self.first = Some((now, bytes));
            self.ticks = Some(Ticks::from(now));
        }
    }

    fn next(&self) -> Option<Instant> {
        self.ticks.as_ref().map(Ticks::next)
    }

    /// The count at each tick that has passed since it was last asked.
    fn pass(&mut self, now: Instant) -> Vec<u64> {
        let (Some(ticks), Some((_, first))) = (&mut self.ticks, self.first) else {
            return Vec::new();
        };
        let mut passed = Vec::new();
        while self.counts.len() + passed.len() < COUNTS && ticks.take(now) {
            passed.push(self.bytes - first);
        }
        self.counts.extend(&passed);
        passed
    }

    fn summary(&self, now: Instant) -> serde_json::Value {
        let seconds = self.first.map(|(at, _)| (now - at).as_secs_f64());
        json!({
            "received_bytes": self.bytes,
            "seconds": seconds,
            "tick_s": TICK.as_secs_f64(),
            "first_bytes": self.first.map(|(_, bytes)| bytes),
            "counts_bytes": self.counts,
        })
    }
}

/// As many may have their whole rate at a time; more share as much.
const CROWD: usize = 64;
/// How many there are is looked so often.
const LOOK: Duration = Duration::from_millis(100);

/// Holds a connection to the rate that it may have.
#[derive(Debug)]
pub(super) struct Pace<'a> {
    slot: &'a Slot,
    clock: Clock,
    /// Of one alone.
    bytes_per_second: u64,
    rate: f64,
    looked: Instant,
    /// When what has moved is due to have.
    due: Instant,
}

impl<'a> Pace<'a> {
    pub(super) fn new(session: &'a ClientSession) -> Self {
        let now = session.clock.now();
        let bytes_per_second = session.limits.bytes_per_second;
        Self {
            slot: &session.slot,
            clock: session.clock.clone(),
            bytes_per_second,
            rate: shared(bytes_per_second, session.slot.placed()),
            looked: now,
            due: now,
        }
    }

    pub(super) async fn moved(&mut self, bytes: usize) {
        self.slot.moved(bytes as u64);
        if self.bytes_per_second == 0 {
            return;
        }
        let now = self.clock.now();
        if now - self.looked >= LOOK {
            self.rate = shared(self.bytes_per_second, self.slot.placed());
            self.looked = now;
        }
        self.due = self.due + Duration::from_secs_f64(bytes as f64 / self.rate);
        if self.due > now {
            self.clock.sleep_until(Some(self.due)).await;
        }
    }
}

/// The rate of each of so many, where one alone may have this.
fn shared(bytes_per_second: u64, placed: usize) -> f64 {
    bytes_per_second as f64 * (CROWD as f64 / placed as f64).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_shares_what_sixty_four_may_have() {
        let rate = |placed| shared(6_400, placed);
        for (placed, each) in [(0, 6_400.0), (1, 6_400.0), (64, 6_400.0), (256, 1_600.0)] {
            assert!((rate(placed) - each).abs() < 1e-9, "{placed}");
        }
    }

    #[test]
    fn each_tick_has_the_count_without_the_first_piece() {
        let at = |ms| Instant::at(Duration::from_millis(ms));
        let mut count = UploadCounter::default();
        assert_eq!((count.next(), count.pass(at(0))), (None, vec![]));
        count.add(1_000, at(100));
        assert_eq!((count.next(), count.pass(at(149))), (Some(at(150)), vec![]));
        count.add(500, at(149));
        assert_eq!(count.pass(at(260)), [500, 500, 500]);
        count.add(100, at(260));
        assert_eq!(count.pass(at(300)), [600]);
        let summary = count.summary(at(400));
        assert_eq!(summary["received_bytes"], 1_600);
        assert_eq!(summary["first_bytes"], 1_000);
        assert_eq!(summary["counts_bytes"], json!([500, 500, 500, 600]));
        assert_eq!(summary["seconds"], 0.3);
    }
}
