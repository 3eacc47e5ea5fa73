//! A download that is paced, for a client that measures a call beside it: a segment at a time, at the rate that it asked
//! for, and never more than a window of it on the way.
//!
//! A byte from the client switches: `h` to the need (*hold*), `p` to nothing while the queues drain (*pause*), `r` back to
//! the push. A client cannot pace by reading: a window that is nearly closed opens in lumps of several segments, and a call
//! beside them is heard as no call would be.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

use super::ClientSession;
use super::body::{Pace, noise};
use crate::servers::pace::PaceTerms;
use crate::throughput::{Drive, Pacer, SEGMENT};
use opensim_os::net::tcp::TcpInfo;

/// How often it is looked whether the window has room again.
const LOOK: Duration = Duration::from_millis(5);
/// More words than a measurement has a use for.
const WORDS: usize = 4096;

/// A stream that may know what of it was acknowledged.
pub(super) trait Acknowledging {
    /// Bytes that the other end acknowledged; `None` where that is not counted.
    fn acknowledged(&self) -> Option<u64>;
}

impl Acknowledging for TcpStream {
    fn acknowledged(&self) -> Option<u64> {
        TcpInfo::of(self).ok()?.acked
    }
}

/// What TLS puts around the bytes is not told apart from them here.
impl<S> Acknowledging for TlsStream<S> {
    fn acknowledged(&self) -> Option<u64> {
        None
    }
}

impl<S: Acknowledging> Acknowledging for &mut S {
    fn acknowledged(&self) -> Option<u64> {
        (**self).acknowledged()
    }
}

#[cfg(test)]
impl Acknowledging for tokio::io::DuplexStream {
    fn acknowledged(&self) -> Option<u64> {
        None
    }
}

/// Gives so many bytes at a client's pace; `words` of which some may have come with the head.
pub(super) async fn give_paced<S>(
    session: &ClientSession,
    stream: &mut S,
    words: &mut Vec<u8>,
    length: u64,
    terms: &PaceTerms,
) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Acknowledging + Unpin,
{
    let clock = &session.clock;
    let before = stream.acknowledged().unwrap_or(0);
    let mut pacer = Pacer::new(terms.rates(), terms.window, clock.now());
    let mut pace = Pace::new(session);
    let (mut given, mut heard) = (0, 0);
    let mut part = [0; 64];
    while given < length {
        let done = stream.acknowledged().unwrap_or(0).saturating_sub(before);
        let now = clock.now();
        pacer.advance(now, given, done);
        for drive in words.drain(..).filter_map(Drive::of_word) {
            pacer.switch(drive, given);
        }
        let piece = SEGMENT.min(length - given);
        if pacer.allows(piece, given, done) {
            stream.write_all(noise(given, piece)).await?;
            stream.flush().await?;
            given += piece;
            pace.moved(usize::try_from(piece).unwrap_or_default()).await;
            continue;
        }
        let due = pacer.due(given);
        let next = if pacer.fits(piece, given, done) {
            due
        } else {
            due.map(|due| due.max(now + LOOK))
        };
        tokio::select! {
            read = stream.read(&mut part) => match read? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                length => {
                    words.extend(&part[..length]);
                    heard += length;
                }
            },
            () = clock.sleep_until(next) => {}
        }
        if heard > WORDS {
            return Err(io::ErrorKind::InvalidData.into());
        }
    }
    Ok(())
}
