//! The measurement server: bytes down, bytes up with a count of them, who you are, and STAMP's reflector.
//!
//! `GET /down?bytes=N`, `POST /up` (with `?report=1` it says 20 times a second what came in), `GET /ip`, and UDP on
//! the port beside. It faces the Internet: clients, sizes, rates and times are limited, a head is read with a
//! deadline, and nothing that a client says is kept.

mod body;
mod datagrams;
mod exchange;
mod guests;

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_util::sync::CancellationToken;

use self::datagrams::Datagrams;
use self::exchange::converse;
use self::guests::Guests;
use super::error::MeasureError;
use super::tls;
use super::voice::{Reflector, ReflectorLimits, Stamper};
use crate::clock::Clock;

/// A datagram longer than this is no call's.
const DATAGRAM: usize = 1500;
/// After the kernel could not accept (no descriptors left), it is asked again so much later.
const PAUSE: Duration = Duration::from_millis(200);
/// Once it is to end, requests under way may take so much longer: the longest usual test of one direction, and what
/// the client lets in behind it.
const LEAVE: Duration = Duration::from_secs(10);

/// How often the kernel may choose a port.
const CHOICES: u32 = 32;

/// How much it does for others.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Connections at a time.
    pub clients: usize,
    /// Of them, from one address.
    pub per_address: usize,
    /// Bytes of one request's or answer's body.
    pub body_bytes: u64,
    /// Bytes a second of one connection, each way; 0 for no limit.
    pub bytes_per_second: u64,
    /// How long one connection may last.
    pub connection: Duration,
    /// How long TLS's greeting, a request's head, or silence between requests, may last.
    pub head: Duration,
    /// Of the reflector.
    pub stamp: ReflectorLimits,
}

impl Default for Limits {
    /// 64 clients, 8 from an address, 16 MiB a body at 50 Mbit/s, a minute each.
    fn default() -> Self {
        Self {
            clients: 64,
            per_address: 8,
            body_bytes: 16 * 1024 * 1024,
            bytes_per_second: 6_250_000,
            connection: Duration::from_mins(1),
            head: Duration::from_secs(10),
            stamp: ReflectorLimits::default(),
        }
    }
}

/// Where it listens and what it allows.
#[derive(Debug, Clone)]
pub struct Settings {
    /// HTTP over TCP.
    pub listen: SocketAddr,
    /// STAMP over UDP; `None` for the same address and port.
    pub stamp: Option<SocketAddr>,
    /// Certificate chain and key, PEM; `None` for plain HTTP.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// What it allows.
    pub limits: Limits,
}

/// A server that listens and does not serve yet.
#[derive(Debug)]
pub struct Service {
    listener: TcpListener,
    stamp: Datagrams,
    tls: Option<Arc<ServerConfig>>,
    limits: Arc<Limits>,
    clock: Clock,
}

impl Service {
    /// Takes its ports. With port 0 the kernel chooses one, the same for both where no other was named for STAMP.
    pub async fn listen(settings: &Settings, clock: &Clock) -> Result<Self, MeasureError> {
        let tls = match &settings.tls {
            Some((certificate, key)) => Some(tls::server(certificate, key)?),
            None => None,
        };
        let (listener, stamp) = ports(settings).await?;
        Ok(Self {
            listener,
            stamp,
            tls,
            limits: Arc::new(settings.limits.clone()),
            clock: clock.clone(),
        })
    }

    /// Where HTTP is served.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Where STAMP is answered.
    pub fn stamp_address(&self) -> io::Result<SocketAddr> {
        self.stamp.local_addr()
    }

    /// Serves until it is cancelled. Then nobody is let in any more, and whoever is in the middle of a request has the
    /// rest of it, for ten seconds at the most.
    pub async fn serve(self, cancel: CancellationToken) {
        let Self {
            listener,
            stamp,
            tls,
            limits,
            clock,
        } = self;
        let acceptor = tls.map(TlsAcceptor::from);
        let guests = Guests::new(limits.clients, limits.per_address);
        let leaving = CancellationToken::new();
        let mut conversations = JoinSet::new();
        let reflecting = reflect(&stamp, &limits.stamp, &clock);
        let accepting = async {
            loop {
                while conversations.try_join_next().is_some() {}
                let Ok((stream, from)) = listener.accept().await else {
                    clock.sleep_until(Some(clock.now() + PAUSE)).await;
                    continue;
                };
                // Over the limit it is closed at once, which costs less than saying so.
                if let Some(guest) = guests.admit(from.ip()) {
                    // Small writes (a report) are not to wait for others.
                    let _ = stream.set_nodelay(true);
                    let session = Session {
                        from,
                        limits: limits.clone(),
                        clock: clock.clone(),
                        leaving: leaving.clone(),
                    };
                    let acceptor = acceptor.clone();
                    conversations.spawn(async move {
                        session.hold(stream, acceptor).await;
                        drop(guest);
                    });
                }
            }
        };
        tokio::select! {
            () = accepting => {}
            () = reflecting => {}
            () = cancel.cancelled() => {}
        }
        // Who is told to go finds nobody when it comes again.
        drop(listener);
        leaving.cancel();
        see_out(conversations, &clock).await;
    }
}

/// Waits for those who are being served, and leaves those who take too long.
async fn see_out(mut conversations: JoinSet<()>, clock: &Clock) {
    let deadline = clock.now() + LEAVE;
    let gone = async { while conversations.join_next().await.is_some() {} };
    tokio::select! {
        () = gone => {}
        () = clock.sleep_until(Some(deadline)) => {}
    }
}

/// The ports. One that the kernel chose for TCP may be taken in UDP: then it chooses again.
async fn ports(settings: &Settings) -> Result<(TcpListener, Datagrams), MeasureError> {
    let system = |operation| {
        move |error: io::Error| MeasureError::System {
            operation,
            detail: error.to_string(),
        }
    };
    let is_chosen = settings.listen.port() == 0 && settings.stamp.is_none();
    for _ in 0..CHOICES {
        let listener = TcpListener::bind(settings.listen)
            .await
            .map_err(system("listen"))?;
        let same = listener.local_addr().map_err(system("listen"))?;
        match Datagrams::bind(settings.stamp.unwrap_or(same)).await {
            Ok(stamp) => return Ok((listener, stamp)),
            Err(error) if is_chosen && error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(system("listen (STAMP)")(error)),
        }
    }
    Err(system("listen")(io::ErrorKind::AddrInUse.into()))
}

/// Answers STAMP.
async fn reflect(socket: &Datagrams, limits: &ReflectorLimits, clock: &Clock) {
    let mut reflector = Reflector::new(limits.clone());
    let stamper = Stamper::new(clock);
    let mut packet = [0; DATAGRAM];
    loop {
        // An error here is a client's (a port unreachable) and no end.
        let Ok((length, asked)) = socket.receive(&mut packet).await else {
            continue;
        };
        let now = clock.now();
        let received = stamper.at(now);
        let answer = reflector.answer(asked.from, &packet[..length], now, received, || {
            stamper.at(clock.now())
        });
        if let Some(answer) = answer {
            // Where it does not fit the socket's buffer it is lost, as on any link.
            let _ = socket.answer(&answer, asked);
        }
    }
}

/// One client.
#[derive(Debug)]
struct Session {
    from: SocketAddr,
    limits: Arc<Limits>,
    clock: Clock,
    /// Cancelled once no further request is answered.
    leaving: CancellationToken,
}

impl Session {
    async fn hold<S>(self, stream: S, acceptor: Option<TlsAcceptor>)
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let deadline = self.clock.now() + self.limits.connection;
        let clock = self.clock.clone();
        let conversation = async {
            // As a head, a greeting has its deadline.
            match acceptor {
                None => converse(&self, stream).await,
                Some(acceptor) => {
                    let late = clock.now() + self.limits.head;
                    let greeted = tokio::select! {
                        greeted = acceptor.accept(stream) => greeted?,
                        () = clock.sleep_until(Some(late)) => return Ok(()),
                        () = self.leaving.cancelled() => return Ok(()),
                    };
                    converse(&self, greeted).await
                }
            }
        };
        // How a client ends is its own business.
        tokio::select! {
            _ = conversation => {}
            () = clock.sleep_until(Some(deadline)) => {}
        }
    }
}

#[cfg(test)]
mod tests;
