//! What stands on loopback in front of the server: takes TCP and UDP, and passes them on as the lanes let it.
//!
//! A TCP connection's upload is acknowledged as the lane takes it, since it is read no sooner; its buffers are small.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use socket2::{Domain, Protocol, SockRef, Socket, Type};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

use opensim_os::net::tcp;

use super::Link;
use super::lane::{Direction, Lane, Passage};

/// Payload of a segment on a 1500 byte link.
const SEGMENT: usize = 1448;
/// Headers of an IP and a TCP packet with timestamps; of an IP and a UDP packet.
const TCP_HEADERS: usize = 52;
const UDP_HEADERS: usize = 28;
/// Senders of datagrams at a time.
const SENDERS: usize = 64;
/// Datagrams that wait, as in a modem's buffer.
const WAITING: usize = 64;

/// Both directions.
#[derive(Debug, Clone)]
struct Lanes {
    down: Arc<Lane>,
    up: Arc<Lane>,
}

/// Starts relaying to a server; gives where.
pub(super) async fn start(
    server: SocketAddr,
    link: watch::Receiver<Link>,
    seed: u64,
) -> io::Result<(SocketAddr, JoinSet<()>)> {
    let (listener, datagrams) = ports().await?;
    let address = listener.local_addr()?;
    let lanes = Lanes {
        down: Arc::new(Lane::new(Direction::Down, link.clone(), seed)),
        up: Arc::new(Lane::new(Direction::Up, link, seed)),
    };
    let mut tasks = JoinSet::new();
    tasks.spawn(accept(listener, server, lanes.clone()));
    tasks.spawn(carry_datagrams(Arc::new(datagrams), server, lanes));
    Ok((address, tasks))
}

/// The same port for TCP and UDP. One that UDP has already is passed over.
async fn ports() -> io::Result<(TcpListener, UdpSocket)> {
    let mut last = io::Error::from(io::ErrorKind::AddrInUse);
    for _ in 0..16 {
        let listener = listener()?;
        match UdpSocket::bind(listener.local_addr()?).await {
            Ok(datagrams) => return Ok((listener, datagrams)),
            Err(error) => last = error,
        }
    }
    Err(last)
}

fn listener() -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP))?;
    // Timestamps take 12 bytes of each segment.
    tcp::limit_segment(&socket, 1460)?;
    // What fits it is acknowledged before it has crossed the link, and in lumps of half of it: so it is small.
    socket.set_recv_buffer_size(2 * SEGMENT)?;
    socket.set_nonblocking(true)?;
    let any: SocketAddr = ([127, 0, 0, 1], 0).into();
    socket.bind(&any.into())?;
    socket.listen(64)?;
    TcpListener::from_std(socket.into())
}

async fn accept(listener: TcpListener, server: SocketAddr, lanes: Lanes) {
    let mut links = JoinSet::new();
    loop {
        while links.try_join_next().is_some() {}
        let Ok((near, _)) = listener.accept().await else {
            tokio::task::yield_now().await;
            continue;
        };
        let lanes = lanes.clone();
        links.spawn(async move {
            if let Some(epoch) = lanes.up.epoch().await
                && let Ok(far) = TcpStream::connect(server).await
            {
                // How a connection ends is for its two ends to see.
                let _ = carry(near, far, &lanes, epoch).await;
            }
        });
    }
}

async fn carry(near: TcpStream, far: TcpStream, lanes: &Lanes, epoch: u64) -> io::Result<()> {
    for stream in [&near, &far] {
        stream.set_nodelay(true)?;
        let socket = SockRef::from(stream);
        socket.set_linger(Some(Duration::ZERO))?;
        socket.set_send_buffer_size(2 * SEGMENT)?;
    }
    let (near_in, near_out) = near.into_split();
    let (far_in, far_out) = far.into_split();
    let down = std::pin::pin!(flow(far_in, near_out, &lanes.down, epoch));
    let up = std::pin::pin!(flow(near_in, far_out, &lanes.up, epoch));
    // Whole, it lasts until both ends have left; broken, both sockets are dropped, which resets them.
    tokio::try_join!(down, up).map(|_| ())
}

/// Passes a stream on. Ends well with the stream, badly where the link or an end breaks.
async fn flow(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    lane: &Lane,
    epoch: u64,
) -> io::Result<()> {
    let (queue, mut arriving) = mpsc::channel::<(Instant, Vec<u8>)>(lane.depth(SEGMENT));
    let send = async move {
        let mut segment = [0; SEGMENT];
        // What a lost segment's repetition holds up comes after it.
        let mut not_before = Instant::now();
        loop {
            let length = from.read(&mut segment).await?;
            if length == 0 {
                return Ok(());
            }
            let size = length + TCP_HEADERS;
            let arrival = match lane.pass(size, epoch).await {
                Passage::Arrives(at) => at,
                Passage::Lost(again) => match lane.pass(size, epoch).await {
                    Passage::Arrives(at) | Passage::Lost(at) => at.max(again),
                    Passage::Gone => return Err(io::ErrorKind::ConnectionReset.into()),
                },
                Passage::Gone => return Err(io::ErrorKind::ConnectionReset.into()),
            };
            not_before = not_before.max(arrival);
            let packet = (not_before, segment[..length].to_vec());
            if queue.send(packet).await.is_err() {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
        }
    };
    let receive = async {
        while let Some((arrival, bytes)) = arriving.recv().await {
            tokio::time::sleep_until(arrival).await;
            to.write_all(&bytes).await?;
        }
        to.shutdown().await
    };
    tokio::try_join!(send, receive).map(|((), ())| ())
}

async fn carry_datagrams(near: Arc<UdpSocket>, server: SocketAddr, lanes: Lanes) {
    let mut senders: HashMap<SocketAddr, mpsc::Sender<Vec<u8>>> = HashMap::new();
    let mut tasks = JoinSet::new();
    let mut packet = [0; 2048];
    loop {
        let Ok((length, from)) = near.recv_from(&mut packet).await else {
            continue;
        };
        while tasks.try_join_next().is_some() {}
        senders.retain(|_, sender| !sender.is_closed());
        if !senders.contains_key(&from) && senders.len() < SENDERS {
            let (sender, packets) = mpsc::channel(WAITING);
            let (near, lanes) = (near.clone(), lanes.clone());
            tasks.spawn(async move {
                let _ = converse(near, from, packets, server, &lanes).await;
            });
            senders.insert(from, sender);
        }
        if let Some(sender) = senders.get(&from) {
            // A full buffer drops, as a modem's does.
            let _ = sender.try_send(packet[..length].to_vec());
        }
    }
}

/// One sender's datagrams up, and the answers down.
async fn converse(
    near: Arc<UdpSocket>,
    client: SocketAddr,
    mut packets: mpsc::Receiver<Vec<u8>>,
    server: SocketAddr,
    lanes: &Lanes,
) -> io::Result<()> {
    let far = UdpSocket::bind("127.0.0.1:0").await?;
    far.connect(server).await?;
    let (up, mut rising) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    let (down, mut falling) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    let sent = async {
        while let Some(packet) = packets.recv().await {
            // Datagrams do not mind a change of network: they go by the one in use.
            let Some(epoch) = lanes.up.epoch().await else {
                break;
            };
            let size = packet.len() + UDP_HEADERS;
            if let Passage::Arrives(at) = lanes.up.pass(size, epoch).await {
                let _ = up.send((at, packet));
            }
        }
        io::Result::<()>::Ok(())
    };
    let answered = async {
        let mut packet = [0; 2048];
        loop {
            // A refusal (nobody listens there) is no answer.
            let Ok(length) = far.recv(&mut packet).await else {
                continue;
            };
            let Some(epoch) = lanes.down.epoch().await else {
                return io::Result::<()>::Ok(());
            };
            if let Passage::Arrives(at) = lanes.down.pass(length + UDP_HEADERS, epoch).await {
                let _ = down.send((at, packet[..length].to_vec()));
            }
        }
    };
    let delivered_up = async {
        while let Some((at, packet)) = rising.recv().await {
            tokio::time::sleep_until(at).await;
            let _ = far.send(&packet).await;
        }
        io::Result::<()>::Ok(())
    };
    let delivered_down = async {
        while let Some((at, packet)) = falling.recv().await {
            tokio::time::sleep_until(at).await;
            let _ = near.send_to(&packet, client).await;
        }
        io::Result::<()>::Ok(())
    };
    tokio::try_join!(sent, answered, delivered_up, delivered_down).map(|_| ())
}
