//! Linux tells a datagram's whole length where it is asked to (`MSG_TRUNC`).

use std::io;

use rustix::net::RecvFlags;
use tokio::net::UdpSocket;

use super::Received;

/// Takes one, if one is there.
pub(super) fn receive_now(socket: &UdpSocket, bytes: &mut [u8]) -> io::Result<Received> {
    let flags = RecvFlags::TRUNC | RecvFlags::DONTWAIT;
    let (kept, whole) = rustix::net::recv(socket, bytes, flags)?;
    let whole = whole as u64;
    Ok(Received { kept, whole })
}
