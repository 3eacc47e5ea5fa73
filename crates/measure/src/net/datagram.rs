//! Datagrams taken from a socket with the length that they had on the wire, whatever fits the buffer: that is what is
//! paid for.

use std::io;

use rustix::net::RecvFlags;
use tokio::io::Interest;
use tokio::net::UdpSocket;

/// One that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Came {
    /// Bytes of it that are in the buffer.
    pub(crate) kept: usize,
    /// Bytes that it had.
    pub(crate) whole: u64,
}

/// The next datagram. Safe to drop at any time.
pub(crate) async fn receive(socket: &UdpSocket, bytes: &mut [u8]) -> io::Result<Came> {
    let once = || {
        let flags = RecvFlags::TRUNC | RecvFlags::DONTWAIT;
        let (kept, whole) = rustix::net::recv(socket, &mut *bytes, flags)?;
        let whole = whole as u64;
        Ok(Came { kept, whole })
    };
    // An error is that nobody listens there.
    let interest = Interest::READABLE | Interest::ERROR;
    socket.async_io(interest, once).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_datagram_that_is_longer_than_the_buffer_is_told_as_long_as_it_was() {
        let ours = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let theirs = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        theirs.connect(ours.local_addr().unwrap()).await.unwrap();
        let mut bytes = [0; 1500];
        for (sent, kept) in [(60_000, 1500), (1501, 1500), (1500, 1500), (44, 44), (0, 0)] {
            theirs.send(&vec![7; sent]).await.unwrap();
            let came = receive(&ours, &mut bytes).await.unwrap();
            assert_eq!((came.kept, came.whole), (kept, sent as u64));
        }
    }
}
