//! How long a round trip takes on a link without load: it sets the window that the transfers are given.
//!
//! STAMP's packets where the server reflects them, for what answers a connection may be a proxy halfway; connections
//! that are opened and reset where it does not.

use std::net::SocketAddr;
use std::time::Duration;

use super::transfer::PATIENCE;
use crate::error::MeasureError;
use crate::net::bill::Bill;
use crate::net::bind::{Buffers, Via};
use crate::net::stream::Metered;
use crate::random::Noise;
use crate::voice::{PacketExchange, PacketReply, StampReply, StampRequest, Stamper, is_multiplied};
use opensim_os::clock::Clock;
use opensim_os::net::datagram::receive;

/// Packets or connections that time a round trip: the first wakes the radio, and the last counts.
const TRIPS: u32 = 2;
/// How long a packet's answer is waited for: a waking radio and a satellite, and still less than a person notices.
const ANSWER: Duration = Duration::from_millis(1500);
/// A datagram longer than this is no answer.
const DATAGRAM: usize = 1500;
/// From one connection to the next, the opening of it included, at least.
const APART: Duration = Duration::from_millis(50);

/// A bill, and the budget of everything on it.
pub(crate) type Spending<'a> = (&'a Bill, u64);

/// What a round trip to a server was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RoundTrip {
    pub(crate) time: Duration,
    /// Whether packets were reflected.
    pub(crate) is_reflected: bool,
    /// Whether its reflector gave more than it was sent: nothing more is sent to it.
    pub(crate) multiplies: bool,
}

/// What a reflector made of a few packets.
enum EchoResult {
    After(Duration),
    /// Nothing, or not all.
    Silent,
    Multiplied,
}

/// The time of a round trip to a server: of packets where it reflects them and answers, else of connections, the
/// first of which must succeed.
pub(crate) async fn round_trip(
    via: &Via,
    address: SocketAddr,
    reflects: bool,
    clock: &Clock,
    spending: Spending<'_>,
) -> Result<RoundTrip, MeasureError> {
    let mut multiplies = false;
    if reflects {
        match reflected(via, address, clock, spending).await {
            EchoResult::After(time) => {
                return Ok(RoundTrip {
                    time,
                    is_reflected: true,
                    multiplies,
                });
            }
            EchoResult::Silent => {}
            EchoResult::Multiplied => multiplies = true,
        }
    }
    let exchanges = time_connections(via, address, TRIPS, clock, spending).await?;
    let trips = exchanges
        .iter()
        .filter_map(|exchange| Some(exchange.reply?.arrived.saturating_sub(exchange.sent)));
    let time = trips.min().unwrap_or_default();
    Ok(RoundTrip {
        time,
        is_reflected: false,
        multiplies,
    })
}

/// The last answered packet's round trip.
async fn reflected(
    via: &Via,
    address: SocketAddr,
    clock: &Clock,
    (bill, budget): Spending<'_>,
) -> EchoResult {
    let Ok(socket) = via.udp(address) else {
        return EchoResult::Silent;
    };
    let headers = via.headers(address);
    let stamper = Stamper::new(clock);
    let session = Noise::new().next16().max(1);
    let mut packet = [0; DATAGRAM];
    let (mut last, mut sent, mut received) = (EchoResult::Silent, 0, 0);
    for sequence in 0..TRIPS {
        let now = clock.now();
        let request = StampRequest {
            sequence,
            sent: stamper.at(now),
            session,
        };
        let asking = request.encode(0);
        let size = headers.datagram(asking.len() as u64);
        if bill.left_of(budget) < 2 * size {
            break;
        }
        if socket.send(&asking).await.is_err() {
            return EchoResult::Silent;
        }
        bill.add(size);
        sent += size;
        let deadline = now + ANSWER;
        loop {
            let came = tokio::select! {
                came = receive(&socket, &mut packet) => came,
                // A packet may be lost, and the first wakes the radio.
                () = clock.sleep_until(Some(deadline)) => break,
            };
            // An error is an unreachable port: nobody reflects there.
            let Ok(came) = came else {
                return EchoResult::Silent;
            };
            let wire = headers.datagram(came.whole);
            bill.add(wire);
            received += wire;
            if is_multiplied(received, sent, size) {
                return EchoResult::Multiplied;
            }
            let answer = StampReply::decode(&packet[..came.kept]);
            if answer.is_some_and(|answer| answer.answers(&request)) {
                last = EchoResult::After(clock.now() - now);
                break;
            }
        }
    }
    last
}

/// Opens so many connections, one after the other, and resets each: a round trip for a few hundred bytes. The first
/// must succeed; the budget must cover each, even one that nobody answers.
pub(crate) async fn time_connections(
    via: &Via,
    address: SocketAddr,
    count: u32,
    clock: &Clock,
    (bill, budget): Spending<'_>,
) -> Result<Vec<PacketExchange>, MeasureError> {
    let headers = via.headers(address);
    let needed = headers.handshake().max(headers.unanswered());
    let start = clock.now();
    let mut exchanges = Vec::new();
    for sequence in 0..count {
        let left = bill.left_of(budget);
        if left < needed && sequence == 0 {
            return Err(bill.too_small(budget, needed));
        } else if left < needed {
            break;
        }
        let sent = clock.now();
        let how = (Buffers::default(), PATIENCE);
        let opened = Metered::connect(via, address, how, clock, bill).await;
        let arrived = clock.now() - start;
        let reply = match opened {
            Ok(_) => Some(PacketReply {
                arrived,
                stamps: None,
            }),
            Err(error) if sequence == 0 => return Err(error),
            Err(_) => None,
        };
        exchanges.push(PacketExchange {
            sequence,
            sent: sent - start,
            reply,
        });
        if sequence + 1 < count {
            clock.sleep_until(Some(sent + APART)).await;
        }
    }
    Ok(exchanges)
}

#[cfg(test)]
mod tests {
    use tokio::net::{TcpListener, UdpSocket};

    use super::*;
    use crate::voice::Ntp;

    /// Both ports of a server, which reflects the packets for which this says how late, until it is dropped.
    async fn server(late: fn(u32) -> Option<u64>) -> (TcpListener, tokio::task::JoinSet<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let socket = UdpSocket::bind(address).await.unwrap();
        let mut tasks = tokio::task::JoinSet::new();
        tasks.spawn(async move {
            let mut packet = [0; DATAGRAM];
            for count in 0.. {
                let (length, from) = socket.recv_from(&mut packet).await.unwrap();
                if let Some(ms) = late(count) {
                    tokio::time::sleep(Duration::from_millis(ms)).await;
                    let answer =
                        StampReply::answer(&packet[..length], count, Ntp(1), Ntp(2)).unwrap();
                    socket.send_to(&answer, from).await.unwrap();
                }
            }
        });
        (listener, tasks)
    }

    async fn timed(listener: &TcpListener, budget: u64) -> (Result<Duration, MeasureError>, u64) {
        let (bill, clock) = (Bill::default(), Clock::system());
        let address = listener.local_addr().unwrap();
        let trip = round_trip(&Via::Loopback, address, true, &clock, (&bill, budget)).await;
        (trip.map(|trip| trip.time), bill.total())
    }

    #[tokio::test]
    async fn the_second_packet_counts_and_the_first_wakes_the_radio() {
        let (listener, _tasks) = server(|count| Some([300, 40][count as usize])).await;
        let (trip, cost) = timed(&listener, 10_000).await;
        let trip = trip.unwrap().as_millis();
        assert!((40..250).contains(&trip), "{trip}");
        // Ethernet's 14 are counted by loopback's interface too, or not.
        let header = Via::Loopback.headers(listener.local_addr().unwrap()).udp();
        assert_eq!(cost, 4 * (44 + header));
    }

    #[tokio::test]
    async fn where_nothing_reflects_connections_are_timed() {
        let (listener, mut tasks) = server(|_| None).await;
        let (trip, cost) = timed(&listener, 10_000).await;
        assert!(trip.unwrap() < Duration::from_millis(200));
        let headers = Via::Loopback.headers(listener.local_addr().unwrap());
        assert!(cost >= 2 * headers.handshake(), "{cost}");
        // A port that is closed says so at once.
        tasks.shutdown().await;
        let start = std::time::Instant::now();
        assert!(timed(&listener, 10_000).await.0.is_ok());
        assert!(start.elapsed() < ANSWER);
    }

    #[tokio::test]
    async fn a_budget_for_neither_is_an_error_and_costs_nothing() {
        let (listener, _tasks) = server(|_| Some(0)).await;
        let (trip, cost) = timed(&listener, 100).await;
        assert_eq!(trip.unwrap_err().code(), "measure.budget");
        assert_eq!(cost, 0);
    }
}
