//! A link that loses, doubles and splits bytes and breaks off, as told: to see what stands above it hold.
//!
//! Everything it does follows from its seed, so a failure is seen again with the same seed. It knows no time: a late
//! answer is the virtual modem's to give.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// What goes wrong, and how often. The default is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FaultPlan {
    /// Equal seeds give equal faults for equal traffic.
    pub seed: u64,
    /// Of a thousand bytes received, how many are lost.
    pub lose: u16,
    /// Of a thousand bytes received, how many come twice.
    pub double: u16,
    /// Of a thousand bytes received, how many come as another byte.
    pub garble: u16,
    /// Of a thousand bytes sent, how many never arrive.
    pub lose_sent: u16,
    /// Hands over one to three bytes at a time, in both directions.
    pub split: bool,
    /// Ends after this many bytes were handed over to the reader.
    pub close_after_received: Option<u64>,
    /// Ends after this many bytes were taken from the writer.
    pub close_after_sent: Option<u64>,
}

/// A link with faults.
#[derive(Debug)]
pub struct Faulty<L> {
    link: L,
    plan: FaultPlan,
    dice: Dice,
    /// Received, with its faults, and not yet handed over.
    held: VecDeque<u8>,
    received: u64,
    sent: u64,
}

impl<L> Faulty<L> {
    /// Puts the faults of a plan on a link.
    pub fn new(link: L, plan: FaultPlan) -> Self {
        Self {
            link,
            plan,
            dice: Dice::new(plan.seed),
            held: VecDeque::new(),
            received: 0,
            sent: 0,
        }
    }

    fn closed(&self) -> bool {
        let over = |limit: Option<u64>, count| limit.is_some_and(|limit| count >= limit);
        over(self.plan.close_after_received, self.received)
            || over(self.plan.close_after_sent, self.sent)
    }

    fn spoil(&mut self, bytes: &[u8]) {
        for byte in bytes {
            if self.dice.falls(self.plan.lose) {
                continue;
            }
            let garbled = self.dice.falls(self.plan.garble);
            let byte = if garbled { self.dice.byte() } else { *byte };
            self.held.push_back(byte);
            if self.dice.falls(self.plan.double) {
                self.held.push_back(byte);
            }
        }
    }

    /// How many of `count` bytes go through in one call, one at least.
    fn piece(&mut self, count: usize, closes: Option<u64>, so_far: u64) -> usize {
        let whole = if self.plan.split {
            count.min(1 + self.dice.below(3))
        } else {
            count
        };
        let left = closes.map_or(u64::MAX, |limit| limit.saturating_sub(so_far));
        whole.min(usize::try_from(left).unwrap_or(usize::MAX))
    }
}

impl<L: AsyncRead + Unpin> AsyncRead for Faulty<L> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.closed() || buf.remaining() == 0 {
            return Poll::Ready(Ok(()));
        }
        while this.held.is_empty() {
            let mut bytes = [0; 1024];
            let mut fresh = ReadBuf::new(&mut bytes);
            ready!(Pin::new(&mut this.link).poll_read(cx, &mut fresh))?;
            if fresh.filled().is_empty() {
                return Poll::Ready(Ok(()));
            }
            this.spoil(fresh.filled());
        }
        let room = this.held.len().min(buf.remaining());
        let count = this.piece(room, this.plan.close_after_received, this.received);
        for byte in this.held.drain(..count) {
            buf.put_slice(&[byte]);
        }
        this.received += count as u64;
        Poll::Ready(Ok(()))
    }
}

impl<L: AsyncWrite + Unpin> AsyncWrite for Faulty<L> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = &mut *self;
        if this.closed() {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        if bytes.is_empty() {
            return Poll::Ready(Ok(0));
        }
        // Decided on a copy: a write that has to wait must not have thrown its dice.
        let dice = this.dice;
        let lost = this.dice.falls(this.plan.lose_sent);
        let mut count = if lost || this.plan.lose_sent > 0 {
            1
        } else {
            this.piece(bytes.len(), this.plan.close_after_sent, this.sent)
        };
        if !lost {
            match Pin::new(&mut this.link).poll_write(cx, &bytes[..count]) {
                Poll::Ready(written) => count = written?,
                Poll::Pending => {
                    this.dice = dice;
                    return Poll::Pending;
                }
            }
        }
        this.sent += count as u64;
        Poll::Ready(Ok(count))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.link).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.link).poll_shutdown(cx)
    }
}

/// Numbers that look thrown and are not (xorshift64*).
#[derive(Debug, Clone, Copy)]
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        // A state of zero would stay zero; neighbouring seeds are spread apart.
        let spread = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x2545_F491_4F6C_DD1D;
        Self(spread.max(1))
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32
    }

    fn below(&mut self, limit: u16) -> usize {
        usize::try_from(self.next() % u64::from(limit)).unwrap_or_default()
    }

    fn byte(&mut self) -> u8 {
        u8::try_from(self.next() % 256).unwrap_or_default()
    }

    fn falls(&mut self, per_thousand: u16) -> bool {
        per_thousand > 0 && self.next() % 1000 < u64::from(per_thousand)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    const TEXT: &[u8] = b"\r\n+COPS: 1,2,\"20810\",7\r\n\r\nOK\r\n";

    /// What a reader gets of [`TEXT`], and in how many pieces.
    async fn received(plan: FaultPlan) -> (Vec<u8>, usize) {
        let (mut modem, host) = duplex(4096);
        modem.write_all(TEXT).await.unwrap();
        drop(modem);
        let mut link = Faulty::new(host, plan);
        let (mut all, mut pieces, mut buf) = (Vec::new(), 0, [0; 64]);
        loop {
            match link.read(&mut buf).await.unwrap() {
                0 => return (all, pieces),
                count => all.extend(&buf[..count]),
            }
            pieces += 1;
        }
    }

    /// What a modem gets of [`TEXT`], and whether the writer got it all out.
    async fn sent(plan: FaultPlan) -> (Vec<u8>, bool) {
        let (mut modem, host) = duplex(4096);
        let mut link = Faulty::new(host, plan);
        let whole = link.write_all(TEXT).await.is_ok();
        drop(link);
        let mut got = Vec::new();
        modem.read_to_end(&mut got).await.unwrap();
        (got, whole)
    }

    #[tokio::test]
    async fn no_plan_is_no_fault() {
        let plan = FaultPlan::default();
        assert_eq!(received(plan).await, (TEXT.to_vec(), 1));
        assert_eq!(sent(plan).await, (TEXT.to_vec(), true));
    }

    #[tokio::test]
    async fn split_bytes_are_the_same_bytes() {
        for seed in 0..32 {
            let plan = FaultPlan {
                seed,
                split: true,
                ..FaultPlan::default()
            };
            let (bytes, pieces) = received(plan).await;
            assert_eq!(bytes, TEXT);
            assert!(pieces > TEXT.len() / 4);
            assert_eq!(sent(plan).await, (TEXT.to_vec(), true));
        }
    }

    #[tokio::test]
    async fn a_seed_gives_its_faults_again_and_another_seed_others() {
        let plan = |seed| FaultPlan {
            seed,
            lose: 100,
            double: 100,
            garble: 100,
            ..FaultPlan::default()
        };
        assert_eq!(received(plan(7)).await, received(plan(7)).await);
        assert_ne!(received(plan(7)).await, received(plan(8)).await);
    }

    #[tokio::test]
    async fn every_fault_does_what_it_says() {
        let lose = FaultPlan {
            lose: 1000,
            ..FaultPlan::default()
        };
        assert_eq!(received(lose).await.0, b"");
        let double = FaultPlan {
            double: 1000,
            ..FaultPlan::default()
        };
        let twice: Vec<u8> = TEXT.iter().flat_map(|byte| [*byte; 2]).collect();
        assert_eq!(received(double).await.0, twice);
        let garble = FaultPlan {
            garble: 1000,
            ..FaultPlan::default()
        };
        let garbled = received(garble).await.0;
        assert_eq!(garbled.len(), TEXT.len());
        assert_ne!(garbled, TEXT);
        let lose_sent = FaultPlan {
            lose_sent: 1000,
            ..FaultPlan::default()
        };
        assert_eq!(sent(lose_sent).await, (Vec::new(), true));
    }

    #[tokio::test]
    async fn a_link_breaks_off_at_the_byte_named() {
        for at in 0..TEXT.len() {
            let plan = FaultPlan {
                close_after_received: Some(at as u64),
                split: at % 2 == 0,
                ..FaultPlan::default()
            };
            assert_eq!(received(plan).await.0, TEXT[..at]);
            let plan = FaultPlan {
                close_after_sent: Some(at as u64),
                ..FaultPlan::default()
            };
            assert_eq!(sent(plan).await, (TEXT[..at].to_vec(), false));
        }
    }

    #[tokio::test]
    async fn a_write_that_waits_loses_the_same_bytes() {
        let plan = FaultPlan {
            seed: 3,
            lose_sent: 300,
            ..FaultPlan::default()
        };
        let (mut modem, host) = duplex(1);
        let mut link = Faulty::new(host, plan);
        let write = async {
            link.write_all(TEXT).await.unwrap();
            drop(link);
        };
        let mut got = Vec::new();
        let ((), read) = tokio::join!(write, modem.read_to_end(&mut got));
        read.unwrap();
        assert_eq!(got, sent(plan).await.0);
    }
}
