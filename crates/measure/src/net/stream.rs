//! One connection to a server, plain or TLS, that counts what the wire carries, can be held back to a rate or a
//! budget below TLS, and writes its cost on the bill however it ends.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::error::MeasureError;
use crate::net::bill::{Bill, Headers};
use crate::net::bind::{Buffers, Via};
use crate::net::tls;
use opensim_domain::codes::Detail;
use opensim_domain::time::Instant;
use opensim_os::clock::Clock;
use opensim_os::net::tcp::{self, TcpInfo};

/// Read at a time: small, so that holding back bites soon.
const CHUNK: usize = 4096;
/// Plaintext that TLS may keep ahead of the socket.
const TLS_BUFFER: usize = 8192;
/// Payload of a full segment where the kernel does not say.
const SEGMENT: u64 = 1448;
/// As little as the kernel takes for a window.
const LEAST_WINDOW: u32 = 1;
/// What is on its way is waited for, this long at the most, and looked at so often.
const LONGEST_DRAIN: Duration = Duration::from_millis(1500);
const GLANCE: Duration = Duration::from_millis(20);
/// Nothing is on its way where nothing has moved for so long beyond a round trip.
const STANDSTILL: Duration = Duration::from_millis(300);
/// Segments that come are not taken for longer: loopback's are of 64 KiB.
const LONGEST_SEGMENT: u64 = 1460;

/// A socket that counts its bytes and goes no further than its limits. At a limit it is pending and nobody is woken:
/// whoever sets limits looks again on a tick of their own.
#[derive(Debug)]
pub(crate) struct Metered {
    tcp: TcpStream,
    headers: Headers,
    clock: Clock,
    bill: Bill,
    /// The receive window is never wider.
    window: Option<u32>,
    charged: u64,
    /// Bytes read.
    pub(crate) read: u64,
    /// Bytes written.
    pub(crate) written: u64,
    /// No more than this is ever read.
    pub(crate) read_limit: u64,
    /// No more than this is ever written.
    pub(crate) write_limit: u64,
    /// At most so many bytes are still on their way here when it is closed, and will be billed.
    pub(crate) in_flight: u64,
    /// No more than this is ever still to be read.
    pub(crate) rest: u64,
    /// Where all comes in full segments but so many bytes in the first: then what came twice is known, and not estimated.
    pub(crate) first_segment: Option<u64>,
    awaited: Awaited,
}

/// The first bytes after a moment.
#[derive(Debug, Clone, Copy)]
enum Awaited {
    No,
    Yes,
    /// When they came, and the count with them.
    Came(Instant, u64),
}

/// What goes on the bill where a connection does not come about, however that ends.
struct Unanswered<'a> {
    bill: &'a Bill,
    cost: u64,
}

impl Drop for Unanswered<'_> {
    fn drop(&mut self) {
        self.bill.add(self.cost);
    }
}

impl Metered {
    /// Connects.
    pub(crate) async fn connect(
        via: &Via,
        to: SocketAddr,
        (buffers, patience): (Buffers, Duration),
        clock: &Clock,
        bill: &Bill,
    ) -> Result<Self, MeasureError> {
        let headers = via.headers(to);
        let cost = headers.unanswered();
        let mut unanswered = Unanswered { bill, cost };
        match via.tcp(to, buffers, patience, clock).await {
            Ok(tcp) => {
                unanswered.cost = 0;
                let mut metered = Self::new(tcp, headers, clock, bill);
                metered.window = buffers.receive;
                Ok(metered)
            }
            Err(error) => {
                unanswered.cost = match error {
                    MeasureError::Refused { .. } => 2 * headers.opening(),
                    // There was no socket to send from.
                    MeasureError::NotLoopback { .. }
                    | MeasureError::NoInterface { .. }
                    | MeasureError::NotPermitted { .. } => 0,
                    _ => cost,
                };
                Err(error)
            }
        }
    }

    fn new(tcp: TcpStream, headers: Headers, clock: &Clock, bill: &Bill) -> Self {
        let mut metered = Self {
            tcp,
            headers,
            clock: clock.clone(),
            bill: bill.clone(),
            window: None,
            charged: 0,
            read: 0,
            written: 0,
            read_limit: u64::MAX,
            write_limit: u64::MAX,
            in_flight: 0,
            rest: u64::MAX,
            first_segment: None,
            awaited: Awaited::No,
        };
        metered.settle();
        metered
    }

    /// This end's address.
    pub(crate) fn local_addr(&self) -> io::Result<SocketAddr> {
        self.tcp.local_addr()
    }

    /// Notes the next bytes that are read.
    pub(crate) fn await_first(&mut self) {
        self.awaited = Awaited::Yes;
    }

    /// When the awaited bytes came, and the count with them.
    pub(crate) fn first(&self) -> Option<(Instant, u64)> {
        match self.awaited {
            Awaited::Came(at, count) => Some((at, count)),
            Awaited::No | Awaited::Yes => None,
        }
    }

    /// The kernel's counters.
    pub(crate) fn info(&self) -> Option<TcpInfo> {
        TcpInfo::of(&self.tcp).ok()
    }

    /// What it has cost on the wire so far: the kernel's count of bytes and segments, or an estimate by what was
    /// read and written where the kernel does not count.
    pub(crate) fn wire(&self) -> u64 {
        let headers = self.headers.tcp();
        let options = 2 * (self.headers.opening() - headers);
        let payload = self.read + self.written;
        let info = self.info();
        let counted =
            info.and_then(|i| Some((i.received?, i.all_segments()?, i.sent.unwrap_or(0))));
        let estimate = payload + payload / 1000 * headers + 6 * headers;
        counted.map_or(estimate, |(received, segments, sent)| {
            let sent = if sent == 0 { self.written } else { sent };
            received + sent + segments * headers + options
        })
    }

    /// The same at the most that it can be: what came a second time is not among the bytes that the kernel counts,
    /// only among its segments.
    pub(crate) fn wire_at_most(&self) -> u64 {
        self.wire() + self.again()
    }

    /// What may have come a second time, were every segment but the first, with the answer's head, as long as the
    /// longest.
    pub(crate) fn again(&self) -> u64 {
        let again = self.info().and_then(|info| {
            let segment = info.segment.1?.min(LONGEST_SEGMENT);
            let whole = info.data_segments?.saturating_sub(1) * segment;
            let received = info
                .received?
                .saturating_sub(self.first_segment.unwrap_or(0));
            Some(whole.saturating_sub(received))
        });
        again.unwrap_or(0)
    }

    /// Bytes written that the other end has not acknowledged: they wait to be sent, or may have to be sent again.
    pub(crate) fn unacknowledged(&self) -> u64 {
        let acked = self.info().and_then(|info| info.acked);
        // The connection's own start counts for one.
        self.written
            .saturating_sub(acked.unwrap_or(0).saturating_sub(1))
    }

    /// Payload of a full segment from here.
    pub(crate) fn segment(&self) -> u64 {
        let said = self.info().and_then(|info| info.segment.0);
        said.filter(|&segment| segment > 0).unwrap_or(SEGMENT)
    }

    /// What is put around each.
    pub(crate) fn headers(&self) -> Headers {
        self.headers
    }

    /// Lets what is on its way come to its end, while nothing more is read or written. What came after the reset would
    /// find no socket, and the kernel would answer it by the usual route, which is another link; and it is on the bill
    /// in any case. It ends where nothing moves any more.
    pub(crate) async fn drain(&mut self, round_trip: Duration) {
        // What was granted is not taken back, and no more is granted: the buffer would take as much again.
        self.window = self.window.map(|_| LEAST_WINDOW);
        self.settle();
        let clock = self.clock.clone();
        let end = clock.now() + LONGEST_DRAIN.max(round_trip * 2);
        let (mut last, mut since) = (0, clock.now());
        while self.coming() >= self.segment().min(SEGMENT) || self.unacknowledged() > 0 {
            let now = clock.now();
            let moved = self.wire();
            if moved != last {
                (last, since) = (moved, now);
            }
            if now - since >= round_trip + STANDSTILL || now >= end {
                break;
            }
            clock.sleep_until(Some(now + GLANCE)).await;
        }
        self.settle();
    }

    /// As much as can still be on its way here.
    fn coming(&self) -> u64 {
        let info = self.info();
        let granted = info.and_then(|info| info.window).unwrap_or(u64::MAX);
        // What has come and waits to be read is on the bill already.
        let received = info.and_then(|info| info.received).unwrap_or(0);
        let rest = self.rest.saturating_sub(received.saturating_sub(self.read));
        self.in_flight.min(granted).min(rest)
    }

    /// What comes and goes after it is reset: what is on its way here, what answers what is on its way there, the
    /// reset itself, and those that answer what comes too late.
    fn ending(&self) -> u64 {
        let coming = self.coming();
        let waiting = self.info().and_then(|info| info.not_sent).unwrap_or(0);
        let going = self.unacknowledged().saturating_sub(waiting);
        let segment = self.segment().min(SEGMENT);
        let headers = self.headers;
        let answers = headers.in_flight(coming, segment) + headers.in_flight(going, segment);
        coming + answers + headers.tcp()
    }

    /// Puts on the bill what is not yet on it. The clamp of the window is renewed: once segments come, kernels since
    /// 6.8 take it from the buffer's size again, which is twice as much.
    pub(crate) fn settle(&mut self) {
        if let Some(window) = self.window {
            // It was set once; where it cannot be again, more is on its way at the end, and billed.
            let _ = tcp::clamp_window(&self.tcp, window);
        }
        // Senders repeat a segment or two; a sender of short ones would seem to repeat half of what it sends.
        let most = if self.first_segment.is_some() {
            u64::MAX
        } else {
            self.read / 12
        };
        let wire = self.wire() + self.again().min(most);
        self.bill.add(wire.saturating_sub(self.charged));
        self.charged = self.charged.max(wire);
    }
}

impl Drop for Metered {
    fn drop(&mut self) {
        self.settle();
        self.bill.add(self.ending());
    }
}

/// How much of a buffer a limit leaves.
fn within(limit: u64, count: u64, wanted: usize) -> usize {
    usize::try_from(limit.saturating_sub(count)).map_or(wanted, |left| left.min(wanted))
}

impl AsyncRead for Metered {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let wanted = buffer.remaining().min(CHUNK);
        let allowed = within(self.read_limit, self.read, wanted);
        if allowed == 0 && wanted > 0 {
            return Poll::Pending;
        }
        let mut bytes = [0; CHUNK];
        let mut part = ReadBuf::new(&mut bytes[..allowed]);
        ready!(Pin::new(&mut self.tcp).poll_read(context, &mut part))?;
        buffer.put_slice(part.filled());
        self.read += part.filled().len() as u64;
        if matches!(self.awaited, Awaited::Yes) && !part.filled().is_empty() {
            self.awaited = Awaited::Came(self.clock.now(), self.read);
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Metered {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let allowed = within(self.write_limit, self.written, bytes.len());
        if allowed == 0 && !bytes.is_empty() {
            return Poll::Pending;
        }
        let written = ready!(Pin::new(&mut self.tcp).poll_write(context, &bytes[..allowed]))?;
        self.written += written as u64;
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(context)
    }
}

/// Plain or TLS.
#[derive(Debug)]
pub(crate) enum Connection {
    /// As it is.
    Plain(Metered),
    /// In TLS.
    Tls(Box<TlsStream<Metered>>),
}

impl Connection {
    /// In TLS, with this server's name.
    pub(crate) async fn secured(
        metered: Metered,
        config: Arc<ClientConfig>,
        host: &str,
    ) -> Result<Self, MeasureError> {
        let name =
            ServerName::try_from(host.to_owned()).map_err(|_| MeasureError::Certificate {
                server: host.to_owned(),
                detail: Detail::TLS_NO_NAME.into(),
            })?;
        let handshake = TlsConnector::from(config).connect(name, metered);
        let mut stream = handshake
            .await
            .map_err(|error| tls::failure(&error, host))?;
        stream.get_mut().1.set_buffer_limit(Some(TLS_BUFFER));
        Ok(Self::Tls(Box::new(stream)))
    }

    /// The counters and limits below TLS.
    pub(crate) fn metered(&mut self) -> &mut Metered {
        match self {
            Self::Plain(metered) => metered,
            Self::Tls(stream) => stream.get_mut().0,
        }
    }

    /// The share of bytes on the socket that is payload: TLS wraps records of 1.4 to 16 KiB in 22 bytes each; the
    /// worst of them is taken, so that no rate comes out too high.
    pub(crate) fn payload_share(&self) -> f64 {
        match self {
            Self::Plain(_) => 1.0,
            Self::Tls(_) => 0.985,
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(metered) => Pin::new(metered).poll_read(context, buffer),
            Self::Tls(stream) => Pin::new(stream).poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(metered) => Pin::new(metered).poll_write(context, bytes),
            Self::Tls(stream) => Pin::new(stream).poll_write(context, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(metered) => Pin::new(metered).poll_flush(context),
            Self::Tls(stream) => Pin::new(stream).poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(metered) => Pin::new(metered).poll_shutdown(context),
            Self::Tls(stream) => Pin::new(stream).poll_shutdown(context),
        }
    }
}
