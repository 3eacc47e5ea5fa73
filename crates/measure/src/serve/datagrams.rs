//! A UDP socket that answers from the address it was asked at. On a host with several addresses the kernel would
//! choose one by the way back, and a client that holds its socket to one peer would never see the answer. It also
//! tells how long a datagram has waited here: a server that is busy is not to be taken for a link that is slow.

use std::io::{self, IoSlice, IoSliceMut};
use std::net::{SocketAddr, SocketAddrV4, SocketAddrV6};
use std::os::fd::AsRawFd as _;
use std::time::Duration;

use nix::sys::socket::sockopt::{Ipv4PacketInfo, Ipv6RecvPacketInfo, RcvBuf, ReceiveTimestampns};
use nix::sys::socket::{
    ControlMessage, ControlMessageOwned, MsgFlags, SockaddrIn, SockaddrIn6, SockaddrStorage,
    recvmsg, sendmsg, setsockopt,
};
use tokio::io::Interest;
use tokio::net::UdpSocket;

use opensim_os::clock::wall;

/// What waits to be read, bytes: a second of what is answered at the most.
const WAITING: usize = 1024 * 1024;
/// Nothing that is answered has waited for longer; a wall clock that was set meanwhile says so.
const LONGEST: Duration = Duration::from_secs(1);

/// The socket.
#[derive(Debug)]
pub(super) struct Datagrams {
    socket: UdpSocket,
}

/// Who asked, and which of this host's addresses.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub(super) from: SocketAddr,
    /// How long it has waited to be read.
    pub(super) waited: Duration,
    at: Option<At>,
}

#[derive(Debug, Clone, Copy)]
enum At {
    V4(libc::in_pktinfo),
    V6(libc::in6_pktinfo),
}

impl Datagrams {
    /// Takes a port.
    pub(super) async fn bind(address: SocketAddr) -> io::Result<Self> {
        let socket = UdpSocket::bind(address).await?;
        if address.is_ipv4() {
            setsockopt(&socket, Ipv4PacketInfo, &true)?;
        } else {
            // For IPv4's mapped addresses too.
            setsockopt(&socket, Ipv6RecvPacketInfo, &true)?;
        }
        // Without the one more is lost where many ask at once; without the other the wait is counted as the link's.
        let _ = setsockopt(&socket, RcvBuf, &WAITING);
        let _ = setsockopt(&socket, ReceiveTimestampns, &true);
        Ok(Self { socket })
    }

    pub(super) fn local_addr(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }

    /// The next datagram: its length, and whom to answer.
    pub(super) async fn receive(&self, bytes: &mut [u8]) -> io::Result<(usize, Asked)> {
        let once = || self.receive_now(bytes);
        self.socket.async_io(Interest::READABLE, once).await
    }

    fn receive_now(&self, bytes: &mut [u8]) -> io::Result<(usize, Asked)> {
        let mut parts = [IoSliceMut::new(bytes)];
        let mut space = nix::cmsg_space!(libc::in_pktinfo, libc::in6_pktinfo, libc::timespec);
        let message = recvmsg::<SockaddrStorage>(
            self.socket.as_raw_fd(),
            &mut parts,
            Some(&mut space),
            MsgFlags::MSG_DONTWAIT,
        )?;
        let from = message
            .address
            .and_then(|address| sender(&address))
            .ok_or(io::ErrorKind::InvalidData)?;
        let (mut at, mut came) = (None, None);
        for control in message.cmsgs()? {
            match control {
                ControlMessageOwned::Ipv4PacketInfo(info) => at = Some(At::V4(info)),
                ControlMessageOwned::Ipv6PacketInfo(info) => at = Some(At::V6(info)),
                ControlMessageOwned::ScmTimestampns(time) => came = Some(Duration::from(time)),
                _ => {}
            }
        }
        let now = Duration::try_from(wall().as_duration()).unwrap_or_default();
        let waited = waited(came, now);
        Ok((message.bytes, Asked { from, waited, at }))
    }

    /// Answers at once, or not at all where the socket's buffer is full.
    pub(super) fn answer(&self, bytes: &[u8], asked: Asked) -> io::Result<usize> {
        let send = || {
            let parts = [IoSlice::new(bytes)];
            let (fd, flags) = (self.socket.as_raw_fd(), MsgFlags::MSG_DONTWAIT);
            let sent = match (asked.at, asked.from) {
                (Some(At::V4(mut info)), SocketAddr::V4(to)) => {
                    // The source alone: the way back is the routing table's to choose.
                    info.ipi_ifindex = 0;
                    let control = [ControlMessage::Ipv4PacketInfo(&info)];
                    sendmsg(fd, &parts, &control, flags, Some(&SockaddrIn::from(to)))
                }
                (Some(At::V6(mut info)), SocketAddr::V6(to)) => {
                    info.ipi6_ifindex = 0;
                    let control = [ControlMessage::Ipv6PacketInfo(&info)];
                    sendmsg(fd, &parts, &control, flags, Some(&SockaddrIn6::from(to)))
                }
                (_, to) => sendmsg(fd, &parts, &[], flags, Some(&SockaddrStorage::from(to))),
            };
            Ok(sent?)
        };
        self.socket.try_io(Interest::WRITABLE, send)
    }
}

/// How long ago it came, by the wall clock; nothing where that cannot be.
fn waited(came: Option<Duration>, now: Duration) -> Duration {
    let waited = came.and_then(|came| now.checked_sub(came));
    waited
        .filter(|waited| *waited < LONGEST)
        .unwrap_or_default()
}

fn sender(address: &SockaddrStorage) -> Option<SocketAddr> {
    let v4 = address
        .as_sockaddr_in()
        .map(|a| SocketAddrV4::from(*a).into());
    let v6 = || {
        address
            .as_sockaddr_in6()
            .map(|a| SocketAddrV6::from(*a).into())
    };
    v4.or_else(v6)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asked at `at`, by a socket that hears its one peer alone.
    async fn answered(listen: &str, at: &str) -> Vec<u8> {
        let server = Datagrams::bind(listen.parse().unwrap()).await.unwrap();
        let port = server.local_addr().unwrap().port();
        let client = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        client.connect((at, port)).await.unwrap();
        client.send(b"where?").await.unwrap();
        let mut bytes = [0; 100];
        let (length, asked) = server.receive(&mut bytes).await.unwrap();
        assert_eq!(&bytes[..length], b"where?");
        assert_eq!(asked.from.port(), client.local_addr().unwrap().port());
        assert_eq!(server.answer(b"here", asked).unwrap(), 4);
        let patience = std::time::Duration::from_secs(5);
        let received = tokio::time::timeout(patience, client.recv(&mut bytes)).await;
        let length = received.expect("an answer from the address asked").unwrap();
        bytes[..length].to_vec()
    }

    #[tokio::test]
    async fn how_long_a_datagram_has_waited_here_is_told() {
        let server = Datagrams::bind("127.0.0.1:0".parse().unwrap())
            .await
            .unwrap();
        let client = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let to = server.local_addr().unwrap();
        client.send_to(b"first", to).await.unwrap();
        let (_, asked) = server.receive(&mut [0; 100]).await.unwrap();
        assert!(asked.waited > Duration::ZERO, "{asked:?}");
        let ms = Duration::from_millis;
        assert_eq!(waited(Some(ms(5_000)), ms(5_040)), ms(40));
        // Unknown, or the clock was set meanwhile.
        assert_eq!(waited(None, ms(5_040)), Duration::ZERO);
        assert_eq!(waited(Some(ms(5_000)), ms(4_000)), Duration::ZERO);
        assert_eq!(waited(Some(ms(5_000)), ms(99_000)), Duration::ZERO);
    }

    #[tokio::test]
    async fn an_answer_comes_from_the_address_that_was_asked() {
        // The kernel on its own would answer 127.0.0.1 from 127.0.0.1.
        assert_eq!(answered("0.0.0.0:0", "127.0.0.77").await, b"here");
        assert_eq!(answered("127.0.0.77:0", "127.0.0.77").await, b"here");
    }

    #[tokio::test]
    async fn it_does_so_on_a_socket_for_both_families_too() {
        match Datagrams::bind("[::]:0".parse().unwrap()).await {
            Ok(_) => assert_eq!(answered("[::]:0", "127.0.0.77").await, b"here"),
            Err(error) => println!("skipped: no IPv6 here: {error}"),
        }
    }
}
