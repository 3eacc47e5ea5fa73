//! The sockets of the checks: datagrams asked again until they are answered, streams with limits below TLS.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UdpSocket;

use super::openvpn::Hello;
use super::sip::{SipAnswer, SipOptions, SipRead};
use super::target::{Target, TargetKind};
use super::transport::Transport;
use super::{Check, CheckResult, Finding};
use crate::error::MeasureError;
use crate::net::bind::Buffers;
use crate::net::http;
use crate::net::stream::{Connection, Metered};
use crate::random::Noise;
use opensim_domain::codes::Detail;
use opensim_os::clock;
use opensim_os::fault;
use opensim_os::net::datagram::receive;

/// The first wait for an answer to a datagram; each further one is twice as long (RFC 3261 clause 17.1.2.1).
const FIRST_WAIT: Duration = Duration::from_millis(500);
/// How long a datagram's answer, a connection, or a stream's next step is waited for.
pub(super) const GIVE_UP: Duration = Duration::from_secs(4);
/// Datagrams that are no answer are listened to no longer than for so many bytes.
const NOISE: u64 = 4_000;
/// What is sent by a stream, at the most.
const WRITE: u64 = 3_000;
/// Looking a name up.
const NAME: u64 = 1_000;
/// Headers of a stream's segments.
const HEADERS: u64 = 2_000;

/// How much of what comes by a stream is taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct ReadLimits {
    /// It is read no further.
    pub(super) read: u64,
    /// The receive window. What waits in the kernel is paid for all the same.
    pub(super) window: u32,
}

impl ReadLimits {
    /// Certificates are most of it.
    const TLS: Self = Self {
        read: 10_000,
        window: 6_144,
    };
    /// A few lines.
    pub(super) const SMALL: Self = Self {
        read: 2_000,
        window: 2_304,
    };

    /// Bytes that may come in at the most: the kernel lets in up to twice the window.
    pub(super) const fn most(self) -> u64 {
        self.read + 2 * self.window as u64
    }
}

/// What a stream answered.
enum StreamAnswer<T> {
    Answer(T),
    Closed,
    Silent,
}

impl Check {
    /// What the check costs at the most, bytes on the wire.
    pub(super) fn ceiling(&self) -> u64 {
        let tls = ReadLimits::TLS.most() + WRITE + HEADERS;
        let plain = ReadLimits::SMALL.most() + HEADERS;
        let one = |target: &Target| {
            NAME + match target.kind {
                TargetKind::Sip(Transport::Udp) | TargetKind::OpenVpn(Transport::Udp) => {
                    NOISE + 3_000
                }
                TargetKind::Tcp | TargetKind::OpenVpn(_) | TargetKind::Sip(Transport::Tcp) => plain,
                TargetKind::Sip(Transport::Tls) | TargetKind::Tls => tls,
                TargetKind::Https => tls + plain,
            }
        };
        self.target.servers().iter().map(one).sum()
    }

    pub(super) async fn sip_datagrams(&self, to: SocketAddr) -> Result<CheckResult, MeasureError> {
        let socket = self.terms.via.udp(to)?;
        let options = self.options(socket.local_addr(), Transport::Udp)?;
        let answered = self
            .exchange(
                &socket,
                to,
                options.encode().as_bytes(),
                |bytes| match options.read(bytes) {
                    SipRead::Final(answer) => Some(Some(answer)),
                    SipRead::Stranger => Some(None),
                    SipRead::Other | SipRead::Partial => None,
                },
            )
            .await?;
        Ok(match answered {
            Some((Some(answer), latency)) => sip_result(answer, latency),
            Some((None, _)) => CheckResult::of(Finding::Stranger),
            None => CheckResult::of(silent()),
        })
    }

    pub(super) async fn sip_stream(
        &self,
        to: SocketAddr,
        carried: Transport,
    ) -> Result<CheckResult, MeasureError> {
        let start = self.terms.clock.now();
        let (mut connection, local) = self.open(to, carried == Transport::Tls, false).await?;
        let options = self.options(local, carried)?;
        let answered = self
            .converse(
                &mut connection,
                options.encode().as_bytes(),
                |bytes| match options.read(bytes) {
                    SipRead::Final(answer) => Some(Some(answer)),
                    SipRead::Stranger => Some(None),
                    SipRead::Other | SipRead::Partial => None,
                },
            )
            .await?;
        Ok(match answered {
            StreamAnswer::Answer(Some(answer)) => {
                sip_result(answer, self.terms.clock.now() - start)
            }
            StreamAnswer::Answer(None) => CheckResult::of(Finding::Stranger),
            StreamAnswer::Silent => CheckResult::of(silent()),
            StreamAnswer::Closed => return Err(self.closed()),
        })
    }

    pub(super) async fn openvpn_datagrams(
        &self,
        to: SocketAddr,
    ) -> Result<CheckResult, MeasureError> {
        let socket = self.terms.via.udp(to)?;
        let hello = Hello::new(Noise::new().next());
        let seal = self.target.seal();
        let answered = self
            .exchange(&socket, to, &hello.datagram(seal, now()), |packet| {
                hello.is_answered_by(packet, seal).then_some(())
            })
            .await?;
        Ok(match answered {
            Some(((), latency)) => CheckResult::after(Finding::OpenVpnAnswered, latency),
            None if self.target.profile.is_some() => CheckResult::of(Finding::OpenVpnNoAnswer {
                seconds: GIVE_UP.as_secs(),
            }),
            None => CheckResult::of(Finding::OpenVpnSilent),
        })
    }

    pub(super) async fn openvpn_stream(&self, to: SocketAddr) -> Result<CheckResult, MeasureError> {
        let start = self.terms.clock.now();
        let (mut connection, _) = self.open(to, false, false).await?;
        let opened = self.terms.clock.now() - start;
        let hello = Hello::new(Noise::new().next());
        let seal = self.target.seal();
        let answered = self
            .converse(&mut connection, &hello.framed(seal, now()), |stream| {
                hello.is_answered_in(stream, seal)
            })
            .await;
        Ok(match answered {
            Ok(StreamAnswer::Answer(true)) => {
                CheckResult::after(Finding::OpenVpnAnswered, self.terms.clock.now() - start)
            }
            Ok(StreamAnswer::Answer(false)) => CheckResult::of(Finding::Stranger),
            Ok(StreamAnswer::Closed | StreamAnswer::Silent) | Err(_)
                if self.target.profile.is_some() =>
            {
                CheckResult::after(Finding::OpenVpnRefused, opened)
            }
            // A server that wants the packet signed hangs up on one that is not, or keeps quiet.
            Ok(StreamAnswer::Closed | StreamAnswer::Silent) | Err(_) => {
                CheckResult::after(Finding::OpenVpnOpen, opened)
            }
        })
    }

    pub(super) async fn connect(&self, to: SocketAddr) -> Result<CheckResult, MeasureError> {
        let start = self.terms.clock.now();
        let _connection = self.open(to, false, false).await?;
        let latency = self.terms.clock.now() - start;
        Ok(CheckResult::after(Finding::Connected, latency))
    }

    pub(super) async fn secure(&self, to: SocketAddr) -> Result<CheckResult, MeasureError> {
        let start = self.terms.clock.now();
        let _connection = self.open(to, true, false).await?;
        let latency = self.terms.clock.now() - start;
        Ok(CheckResult::after(Finding::Secured, latency))
    }

    fn options(
        &self,
        local: io::Result<SocketAddr>,
        carried: Transport,
    ) -> Result<SipOptions, MeasureError> {
        let local = local.map_err(|error| MeasureError::System {
            operation: "socket",
            detail: fault::detail(&error),
        })?;
        let (host, port) = (&self.target.host, self.target.port);
        let token = Noise::new().next();
        Ok(SipOptions::new(host, port, carried, local, token))
    }

    /// A connection with its limits set, and this end of it.
    pub(super) async fn open(
        &self,
        to: SocketAddr,
        secured: bool,
        http: bool,
    ) -> Result<(Connection, io::Result<SocketAddr>), MeasureError> {
        let terms = &self.terms;
        let limits = if secured {
            ReadLimits::TLS
        } else {
            ReadLimits::SMALL
        };
        let buffers = Buffers {
            receive: Some(limits.window),
            send: None,
        };
        let (via, clock) = (&terms.via, &terms.clock);
        let mut metered = Metered::connect(via, to, (buffers, GIVE_UP), clock, &terms.bill).await?;
        let local = metered.local_addr();
        metered.read_limit = limits.read;
        metered.write_limit = WRITE;
        if !secured {
            return Ok((Connection::Plain(metered), local));
        }
        let mut config = self.tls.clone()?;
        if !http {
            // Only a web server knows the protocol that is named by default, and others may refuse it.
            Arc::make_mut(&mut config).alpn_protocols.clear();
        }
        let handshake = Connection::secured(metered, config, &self.target.host);
        let connection = tokio::select! {
            connection = handshake => connection?,
            () = self.give_up() => return Err(terms.via.silence(to)),
        };
        Ok((connection, local))
    }

    pub(super) async fn give_up(&self) {
        let clock = &self.terms.clock;
        clock.sleep_until(Some(clock.now() + GIVE_UP)).await;
    }

    /// The other end hung up.
    pub(super) fn closed(&self) -> MeasureError {
        MeasureError::Broken {
            server: self.target.host.clone(),
            detail: Detail::CONNECTION_CLOSED.into(),
        }
    }

    fn broken(&self, error: &io::Error) -> MeasureError {
        http::broken(&self.target.host, error)
    }

    /// Sends a datagram, again and again, until `read` makes something of an answer: that, and how long it took from
    /// the first. `None` where nothing came and nothing is seen to be in the way.
    async fn exchange<T>(
        &self,
        socket: &UdpSocket,
        to: SocketAddr,
        packet: &[u8],
        read: impl Fn(&[u8]) -> Option<T>,
    ) -> Result<Option<(T, Duration)>, MeasureError> {
        let (clock, bill) = (&self.terms.clock, &self.terms.bill);
        let headers = self.terms.via.headers(to);
        let start = clock.now();
        let end = start + GIVE_UP;
        let (mut due, mut wait, mut listened) = (start, FIRST_WAIT, 0);
        let mut bytes = [0; 2048];
        while listened < NOISE {
            let wake = due.min(end);
            tokio::select! {
                biased;
                came = receive(socket, &mut bytes) => {
                    let came = came.map_err(|error| self.network_error(&error, to))?;
                    let wire = headers.datagram(came.whole);
                    bill.add(wire);
                    listened += wire;
                    if let Some(answer) = read(&bytes[..came.kept]) {
                        return Ok(Some((answer, clock.now() - start)));
                    }
                }
                () = clock.sleep_until(Some(wake)) => {
                    if wake == end {
                        break;
                    }
                    socket.send(packet).await.map_err(|error| self.network_error(&error, to))?;
                    bill.add(headers.datagram(packet.len() as u64));
                    due = wake + wait;
                    wait *= 2;
                }
            }
        }
        match self.terms.via.silence(to) {
            MeasureError::Unreachable { .. } => Ok(None),
            obstacle => Err(obstacle),
        }
    }

    /// Says something over a stream and listens until `read` makes something of what came.
    async fn converse<T>(
        &self,
        connection: &mut Connection,
        question: &[u8],
        read: impl Fn(&[u8]) -> Option<T>,
    ) -> Result<StreamAnswer<T>, MeasureError> {
        let talk = async {
            connection.write_all(question).await?;
            connection.flush().await?;
            let mut stream = Vec::new();
            let mut part = [0; 2048];
            loop {
                let length = connection.read(&mut part).await?;
                if length == 0 {
                    return Ok(StreamAnswer::Closed);
                }
                stream.extend(&part[..length]);
                if let Some(answer) = read(&stream) {
                    return Ok(StreamAnswer::Answer(answer));
                }
            }
        };
        tokio::select! {
            answered = talk => answered.map_err(|error: io::Error| self.broken(&error)),
            () = self.give_up() => Ok(StreamAnswer::Silent),
        }
    }

    /// What the network says of a datagram: a port where nobody listens is a refusal.
    fn network_error(&self, error: &io::Error, server: SocketAddr) -> MeasureError {
        if error.kind() == io::ErrorKind::ConnectionRefused {
            return MeasureError::Refused { server };
        }
        match self.terms.via.silence(server) {
            MeasureError::Unreachable { .. } => self.broken(error),
            obstacle => obstacle,
        }
    }
}

/// Seconds since 1970, as a packet carries them.
fn now() -> u32 {
    u32::try_from(clock::wall().as_second()).unwrap_or_default()
}

fn silent() -> Finding {
    Finding::NoAnswer {
        seconds: GIVE_UP.as_secs(),
    }
}

fn sip_result(answer: SipAnswer, latency: Duration) -> CheckResult {
    let (status, reason) = (answer.status, answer.reason);
    let finding = if matches!(status, 408 | 503) {
        Finding::SipUnavailable { status, reason }
    } else {
        Finding::SipAnswered { status, reason }
    };
    let warnings = answer
        .altered
        .map(|(sent, seen)| Finding::SipAlg { sent, seen })
        .into_iter()
        .collect();
    CheckResult {
        warnings,
        ..CheckResult::after(finding, latency)
    }
}
