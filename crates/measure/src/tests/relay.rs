//! A link of given rates in user space: it takes bytes at one end, holds them back, and gives them out at the other.
//! It ends TCP on both sides, so its buffers are kept small: what it has not given out is not acknowledged.

use std::net::SocketAddr;
use std::time::Duration;

use socket2::{Domain, Protocol, SockRef, Socket, Type};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::task::JoinSet;
use tokio::time::Instant;

const SEGMENT: usize = 1448;
const SLACK: Duration = Duration::from_millis(10);

/// What the link does.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// Bytes of payload a second to the client; 0 holds everything back.
    pub(super) down: u64,
    /// From the client.
    pub(super) up: u64,
    /// Bytes each way that pass at once before the rate holds.
    pub(super) burst: u64,
    /// Both directions break after so many bytes down.
    pub(super) breaks_after: Option<u64>,
    /// Every so many datagrams one is lost on the way up.
    pub(super) loses_every: Option<u32>,
}

impl Default for Shape {
    fn default() -> Self {
        Self {
            down: 10_000_000,
            up: 10_000_000,
            burst: 0,
            breaks_after: None,
            loses_every: None,
        }
    }
}

/// A relay that runs until it is dropped.
pub(super) struct Relay {
    pub(super) address: SocketAddr,
    _tasks: JoinSet<()>,
}

impl Relay {
    pub(super) async fn to(server: SocketAddr, shape: Shape) -> Self {
        // A port that the kernel chose for TCP may be taken in UDP: then it chooses again.
        let (listener, datagrams) = loop {
            let listener = listener();
            let address = listener.local_addr().unwrap();
            if let Ok(datagrams) = UdpSocket::bind(address).await {
                break (listener, datagrams);
            }
        };
        let address = listener.local_addr().unwrap();
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut links = JoinSet::new();
            loop {
                let (near, _) = listener.accept().await.unwrap();
                let far = TcpStream::connect(server).await.unwrap();
                links.spawn(carry(near, far, shape));
            }
        });
        tasks.spawn(carry_datagrams(datagrams, server, shape));
        Self {
            address,
            _tasks: tasks,
        }
    }
}

/// Segments as on a 1500 byte link, and a receive buffer of a few of them.
fn listener() -> TcpListener {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP)).unwrap();
    // Timestamps take 12 bytes of each: without these a piece would go in two segments, one of them of 12 bytes.
    socket
        .set_tcp_mss(u32::try_from(SEGMENT + 12).unwrap())
        .unwrap();
    socket.set_recv_buffer_size(8 * SEGMENT).unwrap();
    socket.set_nonblocking(true).unwrap();
    let any: SocketAddr = ([127, 0, 0, 1], 0).into();
    socket.bind(&any.into()).unwrap();
    socket.listen(64).unwrap();
    TcpListener::from_std(socket.into()).unwrap()
}

async fn carry(near: TcpStream, far: TcpStream, shape: Shape) {
    for socket in [&near, &far] {
        socket.set_nodelay(true).unwrap();
        let socket = SockRef::from(socket);
        socket.set_linger(Some(Duration::ZERO)).unwrap();
        socket.set_send_buffer_size(2 * SEGMENT).unwrap();
    }
    let (near_in, near_out) = near.into_split();
    let (far_in, far_out) = far.into_split();
    let down = shaped(
        far_in,
        near_out,
        shape.down,
        shape.burst,
        shape.breaks_after,
    );
    let up = shaped(near_in, far_out, shape.up, shape.burst, None);
    let (mut down, mut up) = (std::pin::pin!(down), std::pin::pin!(up));
    // Whole, it lasts until both ends have left; broken, it is reset.
    tokio::select! {
        whole = &mut down => if whole {
            up.await;
        },
        _ = &mut up => {
            down.await;
        }
    }
}

/// Passes bytes on at a rate, a segment at a time, after a burst; whether it came to its end.
async fn shaped(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    rate: u64,
    burst: u64,
    breaks_after: Option<u64>,
) -> bool {
    let mut segment = [0; SEGMENT];
    let (mut passed, mut due) = (0_u64, Instant::now());
    while let Ok(length @ 1..) = from.read(&mut segment).await {
        passed += length as u64;
        if passed > burst {
            if rate == 0 {
                std::future::pending::<()>().await;
            }
            let span = Duration::from_secs_f64(length as f64 / rate as f64);
            // A timer that fires late is made up for.
            due = due.max(Instant::now() - SLACK) + span;
            tokio::time::sleep_until(due).await;
        }
        if breaks_after.is_some_and(|most| passed > most) {
            return false;
        }
        if to.write_all(&segment[..length]).await.is_err() {
            return true;
        }
    }
    let _ = to.shutdown().await;
    true
}

async fn carry_datagrams(near: UdpSocket, server: SocketAddr, shape: Shape) {
    let far = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    far.connect(server).await.unwrap();
    let (mut up, mut down) = ([0; 1500], [0; 1500]);
    let (mut client, mut count) = (None, 0_u32);
    loop {
        tokio::select! {
            received = near.recv_from(&mut up) => {
                let (length, from) = received.unwrap();
                client = Some(from);
                count += 1;
                let lost = shape.loses_every.is_some_and(|every| count.is_multiple_of(every));
                if !lost {
                    far.send(&up[..length]).await.unwrap();
                }
            }
            received = far.recv(&mut down) => {
                if let (Ok(length), Some(client)) = (received, client) {
                    near.send_to(&down[..length], client).await.unwrap();
                }
            }
        }
    }
}
