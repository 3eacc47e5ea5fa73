//! What a server needs to know of a datagram is not asked of Windows: there is no server there.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::UdpSocket;

/// The address of this host that was asked: it is not told.
#[derive(Debug, Clone, Copy)]
pub(super) enum Local {}

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
pub(super) fn prepare(_: &UdpSocket, _: SocketAddr) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Takes one, if one is there.
pub(super) fn receive_now(_: &UdpSocket, _: &mut [u8]) -> io::Result<Question> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Sends to `to` from the address that was asked.
pub(super) fn send_now(
    _: &UdpSocket,
    _: &[u8],
    _: SocketAddr,
    _: Option<Local>,
) -> io::Result<usize> {
    Err(io::ErrorKind::Unsupported.into())
}
