//! A UDP socket that answers from the address it was asked at. On a host with several addresses the kernel would
//! choose one by the way back, and a client that holds its socket to one peer would never see the answer. It also
//! tells how long a datagram has waited here: a server that is busy is not to be taken for a link that is slow. And it
//! tells the time to live that a datagram came with, which a reflector has to say.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::Interest;
use tokio::net::UdpSocket;

use crate::clock::wall;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "windows")]
use windows as system;

/// Nothing that is answered has waited for longer; a wall clock that was set meanwhile says so.
const LONGEST: Duration = Duration::from_secs(1);

/// The socket.
#[derive(Debug)]
pub struct AnsweringSocket {
    socket: UdpSocket,
}

/// Who asked, and which of this host's addresses.
#[derive(Debug, Clone, Copy)]
pub struct Asker {
    /// Who.
    pub from: SocketAddr,
    /// How long the question has waited to be read.
    pub waited: Duration,
    /// The time to live (IPv6: the hop limit) that was left of it; `None` where the system does not tell.
    pub ttl: Option<u8>,
    at: Option<system::Local>,
}

impl AnsweringSocket {
    /// Takes a port.
    ///
    /// # Errors
    /// When it is taken, or the system tells no addresses.
    pub async fn bind(address: SocketAddr) -> io::Result<Self> {
        let socket = UdpSocket::bind(address).await?;
        system::prepare(&socket, address)?;
        Ok(Self { socket })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// What the system says.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }

    /// The next datagram: its length, and whom to answer.
    ///
    /// # Errors
    /// What the system says, which may be a client's doing.
    pub async fn receive(&self, bytes: &mut [u8]) -> io::Result<(usize, Asker)> {
        let once = || self.receive_now(bytes);
        self.socket.async_io(Interest::READABLE, once).await
    }

    fn receive_now(&self, bytes: &mut [u8]) -> io::Result<(usize, Asker)> {
        let question = system::receive_now(&self.socket, bytes)?;
        let now = Duration::try_from(wall().as_duration()).unwrap_or_default();
        let asker = Asker {
            from: question.from,
            waited: waited(question.came, now),
            ttl: question.ttl,
            at: question.at,
        };
        Ok((question.length, asker))
    }

    /// Answers at once, or not at all where the socket's buffer is full.
    ///
    /// # Errors
    /// What the system says.
    pub fn answer(&self, bytes: &[u8], asker: Asker) -> io::Result<usize> {
        let send = || system::send_now(&self.socket, bytes, asker.from, asker.at);
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

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    /// Asked at `at`, by a socket that hears its one peer alone.
    async fn answered(listen: &str, at: &str) -> Vec<u8> {
        let server = AnsweringSocket::bind(listen.parse().unwrap())
            .await
            .unwrap();
        let port = server.local_addr().unwrap().port();
        let client = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        client.set_ttl(77).unwrap();
        client.connect((at, port)).await.unwrap();
        client.send(b"where?").await.unwrap();
        let mut bytes = [0; 100];
        let (length, asked) = server.receive(&mut bytes).await.unwrap();
        assert_eq!(&bytes[..length], b"where?");
        assert_eq!(asked.from.port(), client.local_addr().unwrap().port());
        assert_eq!(asked.ttl, Some(77));
        assert_eq!(server.answer(b"here", asked).unwrap(), 4);
        let patience = std::time::Duration::from_secs(5);
        let received = tokio::time::timeout(patience, client.recv(&mut bytes)).await;
        let length = received.expect("an answer from the address asked").unwrap();
        bytes[..length].to_vec()
    }

    #[tokio::test]
    async fn how_long_a_datagram_has_waited_here_is_told() {
        let server = AnsweringSocket::bind("127.0.0.1:0".parse().unwrap())
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
        match AnsweringSocket::bind("[::]:0".parse().unwrap()).await {
            Ok(_) => assert_eq!(answered("[::]:0", "127.0.0.77").await, b"here"),
            Err(error) => println!("skipped: no IPv6 here: {error}"),
        }
    }
}
