//! Sockets that send by one named interface or not at all.
//!
//! The kernel holds a bound socket to its interface (`SO_BINDTODEVICE`), so nothing here can leave by the usual
//! route, whatever the routing table says; nothing here reads a proxy from the environment either. Where the kernel
//! will not bind, nothing is sent.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::{TcpSocket, TcpStream, UdpSocket};

use crate::error::MeasureError;
use crate::net::bill::Headers;
use opensim_os::clock::Clock;
use opensim_os::fault::{self, SystemFault};
use opensim_os::net::interface::{Interfaces, is_name};
use opensim_os::net::{device, tcp};

/// The way that packets take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Via {
    /// This interface.
    Interface(String),
    /// This computer alone: the demonstration's link. No other address is reached.
    Loopback,
}

/// Whether anything can be measured on this system, known before anything is dialled, left or sent.
///
/// # Errors
/// [`MeasureError::Unproven`].
pub fn possible() -> Result<(), MeasureError> {
    if device::is_dependable() {
        Ok(())
    } else {
        Err(MeasureError::Unproven)
    }
}

/// What a TCP connection may have in its buffers, bytes. Unset, the kernel chooses.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Buffers {
    /// The receive window is never wider.
    pub(crate) receive: Option<u32>,
    /// No more than this waits to be sent or acknowledged.
    pub(crate) send: Option<u32>,
}

impl Via {
    /// The interface's name.
    pub fn interface(&self) -> &str {
        match self {
            Self::Interface(name) => name,
            Self::Loopback => "lo",
        }
    }

    /// What is put around a payload on its way to an address.
    pub(crate) fn headers(&self, to: SocketAddr) -> Headers {
        Headers {
            link: Interfaces::system().link_header(self.interface()),
            ipv6: to.is_ipv6(),
        }
    }

    /// A UDP socket that speaks with one address alone.
    pub(crate) fn udp(&self, to: SocketAddr) -> Result<UdpSocket, MeasureError> {
        let socket = self.socket(to, Type::DGRAM, Protocol::UDP)?;
        let any: SocketAddr = if to.is_ipv6() {
            (Ipv6Addr::UNSPECIFIED, 0).into()
        } else {
            (Ipv4Addr::UNSPECIFIED, 0).into()
        };
        socket
            .bind(&any.into())
            .and_then(|()| socket.connect(&to.into()))
            .map_err(|error| self.failure("connect", &error, to))?;
        UdpSocket::from_std(socket.into()).map_err(|error| self.failure("socket", &error, to))
    }

    /// A TCP connection; its buffers are set before it connects. Whatever ends it resets it: what is on its way is
    /// not waited for.
    pub(crate) async fn tcp(
        &self,
        to: SocketAddr,
        buffers: Buffers,
        patience: Duration,
        clock: &Clock,
    ) -> Result<TcpStream, MeasureError> {
        let socket = self.socket(to, Type::STREAM, Protocol::TCP)?;
        set_buffers(&socket, buffers).map_err(|error| self.failure("socket", &error, to))?;
        let socket = TcpSocket::from_std_stream(socket.into());
        let deadline = clock.now() + patience;
        tokio::select! {
            stream = socket.connect(to) => stream.map_err(|error| self.failure("connect", &error, to)),
            () = clock.sleep_until(Some(deadline)) => Err(self.silence(to)),
        }
    }

    fn socket(&self, to: SocketAddr, kind: Type, how: Protocol) -> Result<Socket, MeasureError> {
        possible()?;
        let name = self.interface();
        if *self == Self::Loopback && !to.ip().is_loopback() {
            return Err(MeasureError::NotLoopback { address: to.ip() });
        }
        if !is_name(name) {
            return Err(MeasureError::NoInterface {
                interface: name.to_owned(),
            });
        }
        let open = || {
            let socket = Socket::new(Domain::for_address(to), kind, Some(how))?;
            device::hold(&socket, name)?;
            socket.set_nonblocking(true)?;
            Ok(socket)
        };
        open().map_err(|error: io::Error| self.failure("bind", &error, to))
    }

    /// Why nothing came back: what the tables tell, or else that the server is silent.
    pub(crate) fn silence(&self, to: SocketAddr) -> MeasureError {
        let interfaces = Interfaces::system();
        match self {
            // This computer's own addresses are in a table of their own, and need no route.
            Self::Interface(name) if !to.ip().is_loopback() => interfaces
                .obstacle(name, to.ip())
                .err()
                .map(MeasureError::from),
            Self::Interface(_) | Self::Loopback => None,
        }
        .unwrap_or(MeasureError::Unreachable { server: to })
    }

    /// Why nothing more came from where something had come before: not for want of a way.
    pub(crate) fn falls_silent(&self, to: SocketAddr) -> MeasureError {
        match self.silence(to) {
            MeasureError::NoRoute { .. } | MeasureError::ReversePath { .. } => {
                MeasureError::Unreachable { server: to }
            }
            found => found,
        }
    }

    fn failure(&self, operation: &'static str, error: &io::Error, to: SocketAddr) -> MeasureError {
        let interface = self.interface().to_owned();
        match SystemFault::of(error) {
            Some(SystemFault::NoInterface) => MeasureError::NoInterface { interface },
            Some(SystemFault::NotPermitted) if operation == "bind" => {
                MeasureError::NotPermitted { interface }
            }
            Some(SystemFault::Down) => MeasureError::InterfaceDown { interface },
            Some(SystemFault::NoRoute) => match self.silence(to) {
                MeasureError::Unreachable { .. } => MeasureError::NoRoute {
                    interface,
                    address: to.ip(),
                },
                found => found,
            },
            Some(SystemFault::Refused) => MeasureError::Refused { server: to },
            Some(SystemFault::Silent) => self.silence(to),
            Some(SystemFault::Descriptors) => MeasureError::Descriptors { operation },
            _ => MeasureError::System {
                operation,
                detail: fault::detail(error),
            },
        }
    }
}

fn set_buffers(socket: &Socket, buffers: Buffers) -> io::Result<()> {
    socket.set_tcp_nodelay(true)?;
    socket.set_linger(Some(Duration::ZERO))?;
    if let Some(bytes) = buffers.receive {
        socket.set_recv_buffer_size(usize::try_from(bytes).unwrap_or(usize::MAX))?;
        tcp::clamp_window(socket, bytes)?;
    }
    if let Some(bytes) = buffers.send {
        // The kernel doubles it, for its own bookkeeping.
        socket.set_send_buffer_size(usize::try_from(bytes / 2).unwrap_or(usize::MAX))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(5);

    fn via(name: &str) -> Via {
        Via::Interface(name.to_owned())
    }

    #[test]
    fn what_is_silent_on_this_computer_lacks_no_route() {
        let to = SocketAddr::from(([127, 0, 0, 1], 9));
        for silence in [via("lo").silence(to), via("lo").falls_silent(to)] {
            assert_eq!(silence, MeasureError::Unreachable { server: to });
        }
    }

    #[test]
    fn a_process_without_descriptors_is_told_as_one() {
        let to = SocketAddr::from(([127, 0, 0, 1], 9));
        for errno in [libc::EMFILE, libc::ENFILE] {
            let error = io::Error::from_raw_os_error(errno);
            let operation = "bind";
            let told = via("lo").failure(operation, &error, to);
            assert_eq!(told, MeasureError::Descriptors { operation });
        }
    }

    #[tokio::test]
    async fn the_demonstration_reaches_this_computer_and_no_other() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let to = listener.local_addr().unwrap();
        let clock = Clock::system();
        let stream = Via::Loopback
            .tcp(to, Buffers::default(), PATIENCE, &clock)
            .await;
        assert_eq!(stream.unwrap().peer_addr().unwrap(), to);
        let outside = SocketAddr::from(([192, 0, 2, 1], 9));
        let error = Via::Loopback
            .tcp(outside, Buffers::default(), PATIENCE, &clock)
            .await;
        assert_eq!(error.unwrap_err().code(), "measure.not_loopback");
        let error = Via::Loopback.udp(outside);
        assert_eq!(error.unwrap_err().code(), "measure.not_loopback");
    }

    #[tokio::test]
    async fn an_interface_that_is_not_there_is_named_and_nothing_is_sent() {
        let to = SocketAddr::from(([127, 0, 0, 1], 9));
        for name in ["nosuch0", "a/b", "", "much-too-long-a-name"] {
            let error = via(name).udp(to).unwrap_err();
            assert_eq!(error.code(), "measure.no_interface", "{name}");
        }
    }

    #[tokio::test]
    async fn nobody_listening_is_a_refusal() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let to = listener.local_addr().unwrap();
        drop(listener);
        let stream = Via::Loopback
            .tcp(to, Buffers::default(), PATIENCE, &Clock::system())
            .await;
        assert_eq!(stream.unwrap_err(), MeasureError::Refused { server: to });
    }

    #[tokio::test]
    async fn a_bound_socket_does_not_reach_what_another_interface_has() {
        // The kernel routes loopback addresses by `lo` alone, so a socket held to `lo` cannot reach this one.
        let to = SocketAddr::from(([192, 0, 2, 77], 9));
        let error = via("lo")
            .tcp(
                to,
                Buffers::default(),
                Duration::from_millis(200),
                &Clock::system(),
            )
            .await
            .unwrap_err();
        assert!(
            matches!(
                error.code().as_str(),
                "measure.no_route" | "measure.unreachable"
            ),
            "{error:?}"
        );
    }

    #[tokio::test]
    async fn the_window_is_clamped_before_the_first_byte() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let to = listener.local_addr().unwrap();
        let buffers = Buffers {
            receive: Some(16_384),
            send: Some(16_384),
        };
        let clock = Clock::system();
        let ours = Via::Loopback.tcp(to, buffers, PATIENCE, &clock);
        let (ours, theirs) = tokio::join!(ours, listener.accept());
        let (ours, (theirs, _)) = (ours.unwrap(), theirs.unwrap());
        // Nobody reads: what the sender gets rid of is what the other end's buffer takes, twice the window at most.
        socket2::SockRef::from(&theirs)
            .set_send_buffer_size(4096)
            .unwrap();
        let mut sent = 0;
        while let Ok(Ok(())) =
            tokio::time::timeout(Duration::from_millis(100), theirs.writable()).await
        {
            match theirs.try_write(&[0; 4096]) {
                Ok(bytes) => sent += bytes,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => panic!("{error}"),
            }
        }
        let acked = tcp::TcpInfo::of(&theirs).unwrap().acked.unwrap();
        assert!(acked <= 2 * 16_384, "{acked} of {sent}");
        assert!(acked >= 4096, "{acked}");
        drop(ours);
    }
}
