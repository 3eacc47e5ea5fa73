//! The measurement server: bytes down, bytes up with a count of them, who you are, and STAMP's reflector.
//!
//! `GET /down?bytes=N` (with `&pace=R&hold=H&window=W` no faster than that, see `paced`), `POST /up` (with `?report=1` it says 20 times a second what came in), `GET /ip`, and UDP on
//! the port beside. It faces the Internet: clients, sizes, rates and times are limited, a head is read with a
//! deadline, who makes way where there is no room is decided by `admission`, and nothing that a client says is kept.

mod admission;
mod answer;
mod body;
mod descriptors;
mod event;
mod exchange;
mod gate;
mod paced;
pub(crate) mod request;

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::server::TlsStream;
use tokio_util::sync::CancellationToken;

use self::admission::Capacity;
use self::event::Told;
pub use self::event::{ServeEvent, ServeListener, ServedWhat};
use self::exchange::{converse, tell_full};
use self::gate::{Gate, Slot};
use self::paced::Acknowledging;
use crate::error::MeasureError;
use crate::net::tls;
use crate::voice::{Reflector, ReflectorLimits, Sender, Stamper};
use opensim_os::clock::Clock;
use opensim_os::fault;
use opensim_os::net::datagram::AnsweringSocket;

/// A datagram longer than this is no call's.
const DATAGRAM: usize = 1500;
/// After the kernel could not accept (no descriptors left), it is asked again so much later.
const PAUSE: Duration = Duration::from_millis(50);
/// What the kernel keeps for one connection, each way, bytes: a measurement never has more on its way, and a client
/// that does not read has no more of this host's memory.
const BUFFER: usize = 128 * 1024;
/// Once it is to end, requests under way may take so much longer: the longest usual test of one direction, and what
/// the client lets in behind it.
const LEAVE: Duration = Duration::from_secs(10);

/// How often the kernel may choose a port.
const CHOICES: u32 = 32;

/// How much it does for others.
#[derive(Debug, Clone, PartialEq)]
pub struct ServeLimits {
    /// Requests that are answered at a time. Connections that have shown none do not count; of them there may be twice
    /// as many.
    pub clients: usize,
    /// Of them, from one address.
    pub per_address: usize,
    /// Bytes of one request's or answer's body.
    pub body_bytes: u64,
    /// Bytes a second of one connection, each way, as long as no more than 64 are answered; more share as much. 0 for no
    /// limit.
    pub bytes_per_second: u64,
    /// How long one connection may last.
    pub connection: Duration,
    /// How long TLS's greeting, a request's head, or silence between requests, may last.
    pub head: Duration,
    /// Of the reflector.
    pub stamp: ReflectorLimits,
}

impl Default for ServeLimits {
    /// 256 clients, 8 from an address, 16 MiB a body at 50 Mbit/s, a minute each.
    fn default() -> Self {
        Self {
            clients: 256,
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
pub struct ServeSettings {
    /// HTTP over TCP.
    pub listen: SocketAddr,
    /// STAMP over UDP; `None` for the same address and port.
    pub stamp: Option<SocketAddr>,
    /// Certificate chain and key, PEM; `None` for plain HTTP.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// What it allows.
    pub limits: ServeLimits,
}

/// A server that listens and does not serve yet.
#[derive(Debug)]
pub struct Service {
    listener: TcpListener,
    stamp: AnsweringSocket,
    tls: Option<Arc<ServerConfig>>,
    limits: Arc<ServeLimits>,
    capacity: Capacity,
    clock: Clock,
    told: Told,
}

impl Service {
    /// Takes its ports, and the right to as many descriptors as it may need. With port 0 the kernel chooses one, the same for both where no other was named for STAMP.
    pub async fn listen(settings: &ServeSettings, clock: &Clock) -> Result<Self, MeasureError> {
        let tls = match &settings.tls {
            Some((certificate, key)) => Some(tls::server(certificate, key)?),
            None => None,
        };
        let (listener, stamp) = ports(settings).await?;
        let limits = &settings.limits;
        let capacity = Capacity::new(limits.clients, limits.per_address);
        let capacity = capacity.within(descriptors::allow(capacity.connections()));
        Ok(Self {
            listener,
            stamp,
            tls,
            limits: Arc::new(limits.clone()),
            capacity,
            clock: clock.clone(),
            told: Told::default(),
        })
    }

    /// The same, telling somebody of all that happens.
    #[must_use]
    pub fn telling(self, listener: ServeListener) -> Self {
        Self {
            told: Told(Some(listener)),
            ..self
        }
    }

    /// Whether it speaks TLS.
    pub fn is_secure(&self) -> bool {
        self.tls.is_some()
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
            capacity,
            clock,
            told,
        } = self;
        let acceptor = tls.map(TlsAcceptor::from);
        let gate = Gate::new(capacity, &clock);
        let leaving = CancellationToken::new();
        let mut sessions = JoinSet::new();
        let reflecting = reflect(&stamp, &limits.stamp, &clock, &gate);
        let accepting = async {
            loop {
                while sessions.try_join_next().is_some() {}
                let (stream, from) = next(&listener, &gate, &clock).await;
                let session = ClientSession {
                    from,
                    limits: limits.clone(),
                    clock: clock.clone(),
                    leaving: leaving.clone(),
                    slot: gate.arrive(from.ip()),
                    told: told.clone(),
                };
                sessions.spawn(session.hold(stream, acceptor.clone()));
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
        finish_sessions(sessions, &clock).await;
    }
}

/// The next connection. Where the process or the system has no descriptor left, one that waits makes way, and a moment
/// passes: the kernel would say the same again at once.
async fn next(listener: &TcpListener, gate: &Gate, clock: &Clock) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, from)) => {
                // Small writes (a report) are not to wait for others. What a socket refuses, it does without.
                let _ = stream.set_nodelay(true);
                let socket = socket2::SockRef::from(&stream);
                let _ = socket.set_send_buffer_size(BUFFER);
                let _ = socket.set_recv_buffer_size(BUFFER);
                return (stream, from);
            }
            // A client that had gone before it was let in.
            Err(error) if is_a_clients(&error) => {}
            Err(_) => {
                gate.make_room();
                clock.sleep_until(Some(clock.now() + PAUSE)).await;
            }
        }
    }
}

fn is_a_clients(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionReset, Interrupted};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionReset | Interrupted
    )
}

/// Waits for those who are being served, and leaves those who take too long.
async fn finish_sessions(mut sessions: JoinSet<()>, clock: &Clock) {
    let deadline = clock.now() + LEAVE;
    let gone = async { while sessions.join_next().await.is_some() {} };
    tokio::select! {
        () = gone => {}
        () = clock.sleep_until(Some(deadline)) => {}
    }
}

/// The ports. One that the kernel chose for TCP may be taken in UDP: then it chooses again.
async fn ports(settings: &ServeSettings) -> Result<(TcpListener, AnsweringSocket), MeasureError> {
    let system = |operation| {
        move |error: io::Error| MeasureError::System {
            operation,
            detail: fault::detail(&error),
        }
    };
    let is_chosen = settings.listen.port() == 0 && settings.stamp.is_none();
    for _ in 0..CHOICES {
        let listener = TcpListener::bind(settings.listen)
            .await
            .map_err(system("listen"))?;
        let same = listener.local_addr().map_err(system("listen"))?;
        match AnsweringSocket::bind(settings.stamp.unwrap_or(same)).await {
            Ok(stamp) => return Ok((listener, stamp)),
            Err(error) if is_chosen && error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(system("listen (STAMP)")(error)),
        }
    }
    Err(system("listen")(io::ErrorKind::AddrInUse.into()))
}

/// Answers STAMP.
async fn reflect(socket: &AnsweringSocket, limits: &ReflectorLimits, clock: &Clock, gate: &Gate) {
    let mut reflector = Reflector::new(limits.clone());
    let stamper = Stamper::new(clock);
    let mut packet = [0; DATAGRAM];
    loop {
        // An error here is a client's (a port unreachable) and no end.
        let Ok((length, asked)) = socket.receive(&mut packet).await else {
            continue;
        };
        let now = clock.now();
        let received = stamper.before(now, asked.waited);
        let from = Sender {
            address: asked.from,
            is_known: gate.knows(asked.from.ip()),
            ttl: asked.ttl,
        };
        let answer = reflector.answer(from, &packet[..length], now, received, || {
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
struct ClientSession {
    from: SocketAddr,
    limits: Arc<ServeLimits>,
    clock: Clock,
    /// Cancelled once no further request is answered.
    leaving: CancellationToken,
    slot: Slot,
    told: Told,
}

impl ClientSession {
    async fn hold<S>(self, stream: S, acceptor: Option<TlsAcceptor>)
    where
        S: AsyncRead + AsyncWrite + Acknowledging + Unpin,
    {
        let deadline = self.clock.now() + self.limits.connection;
        let client = self.slot.number();
        let conversation = async {
            match acceptor {
                None => self.converse(stream).await,
                Some(acceptor) => match self.greeted(stream, acceptor).await? {
                    Some(stream) => self.converse(stream).await,
                    None => Ok(()),
                },
            }
        };
        // How a client ends is its own business.
        tokio::select! {
            _ = conversation => {}
            () = self.clock.sleep_until(Some(deadline)) => self.told.of(ServeEvent::TimeUp { client }),
        }
    }

    /// In TLS; `None` where there is no time for it any more. As a head, a greeting has its deadline.
    async fn greeted<S>(&self, stream: S, acceptor: TlsAcceptor) -> io::Result<Option<TlsStream<S>>>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let client = self.slot.number();
        let late = self.clock.now() + self.limits.head;
        tokio::select! {
            greeted = acceptor.accept(stream) => greeted.map(Some).inspect_err(|error| {
                if error.kind() == io::ErrorKind::InvalidData {
                    self.slot.report_malformed();
                    self.told.of(ServeEvent::NoTls { client });
                }
            }),
            () = self.slot.evicted() => {
                self.told.of(ServeEvent::MadeWay { client });
                Ok(None)
            }
            () = self.clock.sleep_until(Some(late)) => Ok(None),
            () = self.leaving.cancelled() => Ok(None),
        }
    }

    /// Until the client has no more, or makes way: it is told why, where it waits for an answer.
    async fn converse<S>(&self, mut stream: S) -> io::Result<()>
    where
        S: AsyncRead + AsyncWrite + Acknowledging + Unpin,
    {
        tokio::select! {
            ended = converse(self, &mut stream) => return ended,
            () = self.slot.evicted() => {}
        }
        let client = self.slot.number();
        self.told.of(ServeEvent::MadeWay { client });
        if !self.slot.is_answering() {
            tell_full(&mut stream).await;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
