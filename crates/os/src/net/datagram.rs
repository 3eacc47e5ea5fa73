//! Datagrams with what the standard library does not tell of them: the length that one had on the wire, the address it
//! was sent to, how long it has waited here.

use std::io;

use tokio::io::Interest;
use tokio::net::UdpSocket;

mod answering;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "windows")]
use windows as system;

pub use answering::{AnsweringSocket, Asker};

/// One that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received {
    /// Bytes of it that are in the buffer.
    pub kept: usize,
    /// Bytes that it had on the wire, whatever fits the buffer: that is what is paid for.
    pub whole: u64,
}

/// The next datagram. Safe to drop at any time.
///
/// # Errors
/// What the system says; that nobody listens at the other end, for one.
pub async fn receive(socket: &UdpSocket, bytes: &mut [u8]) -> io::Result<Received> {
    let once = || system::receive_now(socket, &mut *bytes);
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
