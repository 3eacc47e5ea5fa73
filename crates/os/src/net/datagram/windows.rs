//! Windows cuts a datagram that is longer than the buffer and does not tell how long it was: so it is taken into one that
//! any fits.

use std::io::{self, Read as _};

use socket2::SockRef;
use tokio::net::UdpSocket;

use super::Received;

/// The longest that a datagram can be.
const LONGEST: usize = 65_535;

/// Takes one, if one is there.
pub(super) fn receive_now(socket: &UdpSocket, bytes: &mut [u8]) -> io::Result<Received> {
    let mut whole = vec![0; LONGEST];
    let length = (&*SockRef::from(socket)).read(&mut whole)?;
    let kept = length.min(bytes.len());
    bytes[..kept].copy_from_slice(&whole[..kept]);
    Ok(Received {
        kept,
        whole: length as u64,
    })
}
