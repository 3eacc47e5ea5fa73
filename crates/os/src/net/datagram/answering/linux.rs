//! Linux tells the address that a datagram was sent to, the time that it came at and its time to live beside its bytes
//! (`IP_PKTINFO`, `IPV6_RECVPKTINFO`, `SO_TIMESTAMPNS`, `IP_RECVTTL`, `IPV6_RECVHOPLIMIT`), and takes the address to answer from in the same way.

use std::io::{self, IoSlice, IoSliceMut};
use std::net::{SocketAddr, SocketAddrV4, SocketAddrV6};
use std::os::fd::AsRawFd as _;
use std::time::Duration;

use nix::sys::socket::sockopt::{
    Ipv4PacketInfo, Ipv4RecvTtl, Ipv6RecvHopLimit, Ipv6RecvPacketInfo, RcvBuf, ReceiveTimestampns,
};
use nix::sys::socket::{
    ControlMessage, ControlMessageOwned, MsgFlags, SockaddrIn, SockaddrIn6, SockaddrStorage,
    recvmsg, sendmsg, setsockopt,
};
use tokio::net::UdpSocket;

/// What waits to be read, bytes: a second of what is answered at the most.
const WAITING: usize = 1024 * 1024;

/// The address of this host that was asked.
#[derive(Debug, Clone, Copy)]
pub(super) enum Local {
    V4(libc::in_pktinfo),
    V6(libc::in6_pktinfo),
}

/// A datagram, and what is told beside it.
pub(super) struct Question {
    pub(super) length: usize,
    pub(super) from: SocketAddr,
    pub(super) at: Option<Local>,
    /// By the wall clock, since 1970.
    pub(super) came: Option<Duration>,
    /// The time to live (IPv6: the hop limit) that was left of it.
    pub(super) ttl: Option<u8>,
}

/// Has a socket tell more than bytes.
pub(super) fn prepare(socket: &UdpSocket, address: SocketAddr) -> io::Result<()> {
    if address.is_ipv4() {
        setsockopt(socket, Ipv4PacketInfo, &true)?;
    } else {
        // For IPv4's mapped addresses too.
        setsockopt(socket, Ipv6RecvPacketInfo, &true)?;
        let _ = setsockopt(socket, Ipv6RecvHopLimit, &true);
    }
    // On a socket for both families too: what IPv4 brings has a time to live there.
    let _ = setsockopt(socket, Ipv4RecvTtl, &true);
    // Without the one more is lost where many ask at once; without the other the wait is counted as the link's.
    let _ = setsockopt(socket, RcvBuf, &WAITING);
    let _ = setsockopt(socket, ReceiveTimestampns, &true);
    Ok(())
}

/// Takes one, if one is there.
pub(super) fn receive_now(socket: &UdpSocket, bytes: &mut [u8]) -> io::Result<Question> {
    let mut parts = [IoSliceMut::new(bytes)];
    let mut space = nix::cmsg_space!(
        libc::in_pktinfo,
        libc::in6_pktinfo,
        libc::timespec,
        libc::c_int,
        libc::c_int
    );
    let message = recvmsg::<SockaddrStorage>(
        socket.as_raw_fd(),
        &mut parts,
        Some(&mut space),
        MsgFlags::MSG_DONTWAIT,
    )?;
    let from = message
        .address
        .and_then(|address| sender(&address))
        .ok_or(io::ErrorKind::InvalidData)?;
    let (mut at, mut came, mut ttl) = (None, None, None);
    for control in message.cmsgs()? {
        match control {
            ControlMessageOwned::Ipv4PacketInfo(info) => at = Some(Local::V4(info)),
            ControlMessageOwned::Ipv6PacketInfo(info) => at = Some(Local::V6(info)),
            ControlMessageOwned::ScmTimestampns(time) => came = Some(Duration::from(time)),
            ControlMessageOwned::Ipv4Ttl(left) | ControlMessageOwned::Ipv6HopLimit(left) => {
                ttl = u8::try_from(left).ok();
            }
            _ => {}
        }
    }
    Ok(Question {
        length: message.bytes,
        from,
        at,
        came,
        ttl,
    })
}

/// Sends to `to` from the address that was asked.
pub(super) fn send_now(
    socket: &UdpSocket,
    bytes: &[u8],
    to: SocketAddr,
    at: Option<Local>,
) -> io::Result<usize> {
    let parts = [IoSlice::new(bytes)];
    let (fd, flags) = (socket.as_raw_fd(), MsgFlags::MSG_DONTWAIT);
    let sent = match (at, to) {
        (Some(Local::V4(mut info)), SocketAddr::V4(to)) => {
            // The source alone: the way back is the routing table's to choose.
            info.ipi_ifindex = 0;
            let control = [ControlMessage::Ipv4PacketInfo(&info)];
            sendmsg(fd, &parts, &control, flags, Some(&SockaddrIn::from(to)))
        }
        (Some(Local::V6(mut info)), SocketAddr::V6(to)) => {
            info.ipi6_ifindex = 0;
            let control = [ControlMessage::Ipv6PacketInfo(&info)];
            sendmsg(fd, &parts, &control, flags, Some(&SockaddrIn6::from(to)))
        }
        (_, to) => sendmsg(fd, &parts, &[], flags, Some(&SockaddrStorage::from(to))),
    };
    Ok(sent?)
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
