use std::path::Path;

use proptest::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::*;
use crate::measure::voice::{Ntp, Reflected, Request};

fn settings(limits: Limits) -> Settings {
    Settings {
        listen: ([127, 0, 0, 1], 0).into(),
        stamp: None,
        tls: None,
        limits,
    }
}

/// A server that serves until the token is dropped.
async fn serving(limits: Limits) -> (SocketAddr, tokio_util::sync::DropGuard) {
    let service = Service::listen(&settings(limits), &Clock::system())
        .await
        .unwrap();
    let address = service.address().unwrap();
    assert_eq!(service.stamp_address().unwrap(), address);
    let cancel = CancellationToken::new();
    tokio::spawn(service.serve(cancel.clone()));
    (address, cancel.drop_guard())
}

async fn ask(address: SocketAddr, request: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    answer
}

fn body(answer: &[u8]) -> &[u8] {
    let end = answer.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
    &answer[end + 4..]
}

#[tokio::test]
async fn it_gives_as_many_bytes_as_it_is_asked_for() {
    let (address, _serving) = serving(Limits::default()).await;
    let answer = ask(
        address,
        b"GET /down?bytes=70001 HTTP/1.1\r\nConnection: close\r\n\r\n",
    )
    .await;
    assert!(answer.starts_with(b"HTTP/1.1 200 OK\r\nServer: opensim/"));
    assert_eq!(body(&answer).len(), 70_001);
}

#[tokio::test]
async fn requests_follow_each_other_on_one_connection() {
    let (address, _serving) = serving(Limits::default()).await;
    let request = b"GET /down?bytes=0 HTTP/1.1\r\n\r\nPOST /up HTTP/1.1\r\nContent-Length: 5\r\n\r\nabcdeGET /ip HTTP/1.1\r\nConnection: close\r\n\r\n";
    let answer = String::from_utf8(ask(address, request).await).unwrap();
    assert_eq!(answer.matches("HTTP/1.1 200 OK").count(), 3);
    assert!(answer.contains("\"received_bytes\":5"), "{answer}");
    assert!(answer.ends_with("{\"address\":\"127.0.0.1\"}"));
}

#[tokio::test]
async fn it_says_as_it_takes_how_much_has_come() {
    let (address, _serving) = serving(Limits::default()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = b"POST /up?report=1 HTTP/1.1\r\nContent-Length: 3000\r\nConnection: close\r\n\r\n";
    stream.write_all(head).await.unwrap();
    stream.write_all(&[7; 1000]).await.unwrap();
    let mut answer = Vec::new();
    let mut part = [0; 512];
    while !answer.ends_with(b"=0\n\r\n") {
        let length = stream.read(&mut part).await.unwrap();
        answer.extend(&part[..length]);
    }
    stream.write_all(&[7; 2000]).await.unwrap();
    stream.read_to_end(&mut answer).await.unwrap();
    assert!(answer.ends_with(b"0\r\n\r\n"));
}

#[tokio::test]
async fn it_refuses_what_passes_its_limits() {
    let limits = Limits {
        body_bytes: 100,
        clients: 1,
        ..Limits::default()
    };
    let (address, _serving) = serving(limits).await;
    let answer = ask(address, b"GET /down?bytes=101 HTTP/1.1\r\n\r\n").await;
    assert!(answer.starts_with(b"HTTP/1.1 413 "));
    let held = TcpStream::connect(address).await.unwrap();
    // The one before has left when this is answered; the next is one too many.
    let mut first = held;
    first
        .write_all(b"GET /down?bytes=0 HTTP/1.1\r\n\r\n")
        .await
        .unwrap();
    let mut part = [0; 512];
    assert!(first.read(&mut part).await.unwrap() > 0);
    let mut second = TcpStream::connect(address).await.unwrap();
    let read = second.read(&mut part).await;
    assert!(matches!(read, Ok(0) | Err(_)), "{read:?}");
}

#[tokio::test(start_paused = true)]
async fn a_client_that_says_nothing_is_left_in_the_end() {
    let limits = Limits::default();
    let clock = Clock::system();
    let (mut theirs, ours) = tokio::io::duplex(1024);
    let session = Session {
        from: ([192, 0, 2, 1], 1).into(),
        limits: Arc::new(limits.clone()),
        clock: clock.clone(),
    };
    theirs.write_all(b"GET / HT").await.unwrap();
    converse(&session, ours).await.unwrap();
    assert_eq!(clock.now().since_start(), limits.head);
}

#[tokio::test(start_paused = true)]
async fn a_connection_gets_no_more_than_its_rate() {
    let limits = Limits {
        bytes_per_second: 10_000,
        ..Limits::default()
    };
    let clock = Clock::system();
    let (mut theirs, ours) = tokio::io::duplex(1024 * 1024);
    let session = Session {
        from: ([192, 0, 2, 1], 1).into(),
        limits: Arc::new(limits),
        clock: clock.clone(),
    };
    let request = b"GET /down?bytes=50000 HTTP/1.1\r\nConnection: close\r\n\r\n";
    theirs.write_all(request).await.unwrap();
    converse(&session, ours).await.unwrap();
    assert_eq!(clock.now().since_start().as_secs(), 5);
}

#[tokio::test]
async fn it_reflects_with_its_own_count_and_stamps() {
    let (address, _serving) = serving(Limits::default()).await;
    let socket = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    socket.connect(address).await.unwrap();
    socket.send(b"short").await.unwrap();
    let mut packet = [0; 1500];
    for count in 0..3 {
        let request = Request {
            sequence: 40 + count,
            sent: Ntp(u64::from(count)),
            session: 9,
        };
        socket.send(&request.encode(172)).await.unwrap();
        let length = socket.recv(&mut packet).await.unwrap();
        assert_eq!(length, 172);
        let answer = Reflected::decode(&packet).unwrap();
        assert_eq!((answer.sequence, answer.request), (count, request));
        assert!(answer.sent.ms_since(answer.received) >= 0.0);
    }
}

fn session(limits: Limits, clock: &Clock) -> Session {
    Session {
        from: ([192, 0, 2, 1], 1).into(),
        limits: Arc::new(limits),
        clock: clock.clone(),
    }
}

#[tokio::test(start_paused = true)]
async fn a_client_that_takes_nothing_is_left_when_its_time_is_up() {
    let (limits, clock) = (Limits::default(), Clock::system());
    let (mut theirs, ours) = tokio::io::duplex(4096);
    let request = b"GET /down?bytes=1000000 HTTP/1.1\r\n\r\n";
    theirs.write_all(request).await.unwrap();
    session(limits.clone(), &clock).hold(ours, None).await;
    assert_eq!(clock.now().since_start(), limits.connection);
}

#[tokio::test(start_paused = true)]
async fn a_greeting_of_tls_that_does_not_come_is_not_waited_for() {
    let (limits, clock) = (Limits::default(), Clock::system());
    let (_theirs, ours) = tokio::io::duplex(4096);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/measure/tls");
    let config = tls::server(&folder.join("server.pem"), &folder.join("server.key")).unwrap();
    let acceptor = TlsAcceptor::from(config);
    session(limits.clone(), &clock)
        .hold(ours, Some(acceptor))
        .await;
    assert_eq!(clock.now().since_start(), limits.head);
}

#[tokio::test(start_paused = true)]
async fn what_a_client_sends_is_taken_no_faster_than_its_rate() {
    let limits = Limits {
        bytes_per_second: 10_000,
        ..Limits::default()
    };
    let clock = Clock::system();
    let (mut theirs, ours) = tokio::io::duplex(1024 * 1024);
    let head = b"POST /up HTTP/1.1\r\nContent-Length: 50000\r\nConnection: close\r\n\r\n";
    theirs.write_all(head).await.unwrap();
    theirs.write_all(&[7; 50_000]).await.unwrap();
    converse(&session(limits, &clock), ours).await.unwrap();
    // What came with the head was not waited for.
    assert!((4..=5).contains(&clock.now().since_start().as_secs()));
}

#[tokio::test]
async fn one_address_has_its_share_and_another_is_served_beside_it() {
    let limits = Limits {
        per_address: 1,
        ..Limits::default()
    };
    let (address, _serving) = serving(limits).await;
    let greet = |from: &'static str| async move {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind(from.parse().unwrap()).unwrap();
        let mut stream = socket.connect(address).await.unwrap();
        let _ = stream.write_all(b"GET /ip HTTP/1.1\r\n\r\n").await;
        let mut part = [0; 512];
        let read = stream.read(&mut part).await;
        (matches!(read, Ok(1..)), stream)
    };
    let (first, _held) = greet("127.0.0.1:0").await;
    let (second, _) = greet("127.0.0.1:0").await;
    let (other, _) = greet("127.0.0.2:0").await;
    assert_eq!((first, second, other), (true, false, true));
}

proptest! {
    #[test]
    fn whatever_a_client_says_it_is_answered_within_bounds_or_left(
        parts in prop::collection::vec(
            prop_oneof![
                prop::collection::vec(any::<u8>(), 0..60),
                Just(b"GET /down?bytes=9 HTTP/1.1\r\n".to_vec()),
                Just(b"POST /up?report=1 HTTP/1.1\r\nContent-Length: 40\r\n\r\n".to_vec()),
                Just(b"Content-Length: 18446744073709551616\r\n".to_vec()),
                Just(b"\r\n\r\n".to_vec()),
            ],
            0..9,
        ),
    ) {
        let said = parts.concat();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .start_paused(true)
            .build()
            .unwrap();
        let answer = runtime.block_on(async {
            let clock = Clock::system();
            let limits = Limits { body_bytes: 100, ..Limits::default() };
            let (mut theirs, ours) = tokio::io::duplex(64 * 1024);
            theirs.write_all(&said).await.unwrap();
            theirs.shutdown().await.unwrap();
            session(limits, &clock).hold(ours, None).await;
            let mut answer = Vec::new();
            theirs.read_to_end(&mut answer).await.unwrap();
            answer
        });
        prop_assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 "));
        // At the most as many answers as there are heads, each small.
        prop_assert!(answer.len() <= 1_200 * (parts.len() + 1), "{}", answer.len());
    }
}
