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

/// One client's, whose stream is to be given.
fn session(limits: Limits, clock: &Clock) -> Session {
    Session {
        from: ([192, 0, 2, 1], 1).into(),
        limits: Arc::new(limits),
        clock: clock.clone(),
        leaving: CancellationToken::new(),
    }
}

#[tokio::test(start_paused = true)]
async fn a_client_that_says_nothing_is_left_in_the_end() {
    let limits = Limits::default();
    let clock = Clock::system();
    let (mut theirs, ours) = tokio::io::duplex(1024);
    theirs.write_all(b"GET / HT").await.unwrap();
    let session = session(limits.clone(), &clock);
    converse(&session, ours).await.unwrap();
    assert_eq!(clock.now().since_start(), limits.head);
}

#[tokio::test(start_paused = true)]
async fn a_head_that_comes_letter_by_letter_has_no_more_time() {
    let (limits, clock) = (Limits::default(), Clock::system());
    let (mut theirs, ours) = tokio::io::duplex(1024);
    let letters = async {
        theirs
            .write_all(b"GET /down HTTP/1.1\r\nX: ")
            .await
            .unwrap();
        loop {
            clock
                .sleep_until(Some(clock.now() + Duration::from_secs(1)))
                .await;
            theirs.write_all(b"x").await.unwrap();
        }
    };
    let session = session(limits.clone(), &clock);
    tokio::select! {
        done = converse(&session, ours) => done.unwrap(),
        () = letters => {}
    }
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
    let session = session(limits, &clock);
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
async fn a_client_that_is_busy_all_the_time_is_left_when_its_time_is_up() {
    let (limits, clock) = (Limits::default(), Clock::system());
    // One sends its body byte by byte, one asks again and again.
    let table: [(&[u8], &[u8]); 2] = [
        (b"POST /up HTTP/1.1\r\nContent-Length: 9999\r\n\r\n", b"x"),
        (b"", b"GET /ip HTTP/1.1\r\n\r\n"),
    ];
    for (first, again) in table {
        let start = clock.now();
        let (mut theirs, ours) = tokio::io::duplex(64 * 1024);
        let busy = async {
            theirs.write_all(first).await.unwrap();
            loop {
                clock
                    .sleep_until(Some(clock.now() + Duration::from_secs(1)))
                    .await;
                theirs.write_all(again).await.unwrap();
            }
        };
        tokio::select! {
            () = session(limits.clone(), &clock).hold(ours, None) => {}
            () = busy => {}
        }
        assert_eq!(clock.now() - start, limits.connection, "{again:?}");
    }
}

fn acceptor() -> TlsAcceptor {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/measure/tls");
    let config = tls::server(&folder.join("server.pem"), &folder.join("server.key")).unwrap();
    TlsAcceptor::from(config)
}

#[tokio::test(start_paused = true)]
async fn a_greeting_of_tls_that_does_not_come_is_not_waited_for() {
    let (limits, clock) = (Limits::default(), Clock::system());
    // Nothing of it, and its beginning.
    for said in [&b""[..], b"\x16\x03\x01\x02\x00\x01"] {
        let start = clock.now();
        let (mut theirs, ours) = tokio::io::duplex(4096);
        theirs.write_all(said).await.unwrap();
        session(limits.clone(), &clock)
            .hold(ours, Some(acceptor()))
            .await;
        assert_eq!(clock.now() - start, limits.head, "{said:?}");
    }
}

/// Those who are being served, each at its end of a pipe, seen out from now on.
struct Leaving {
    clock: Clock,
    token: CancellationToken,
    conversations: JoinSet<()>,
}

impl Leaving {
    fn new() -> Self {
        Self {
            clock: Clock::system(),
            token: CancellationToken::new(),
            conversations: JoinSet::new(),
        }
    }

    /// A client that has said this, and takes what fits into the pipe.
    async fn client(
        &mut self,
        limits: Limits,
        said: &[u8],
        acceptor: Option<TlsAcceptor>,
    ) -> tokio::io::DuplexStream {
        let (mut theirs, ours) = tokio::io::duplex(64 * 1024);
        theirs.write_all(said).await.unwrap();
        let session = Session {
            leaving: self.token.clone(),
            ..session(limits, &self.clock)
        };
        self.conversations.spawn(session.hold(ours, acceptor));
        theirs
    }

    /// Ends a second from now; how long that takes.
    async fn see_out(self) -> Duration {
        let Self {
            clock,
            token,
            conversations,
        } = self;
        let end = clock.now() + Duration::from_secs(1);
        clock.sleep_until(Some(end)).await;
        token.cancel();
        see_out(conversations, &clock).await;
        clock.now() - end
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_is_in_the_middle_of_a_request_when_it_ends_has_the_rest_of_it_and_no_other() {
    let slow = Limits {
        bytes_per_second: 10_000,
        ..Limits::default()
    };
    let mut leaving = Leaving::new();
    // Two seconds each way, and one more request on the same connection.
    let down = b"GET /down?bytes=20000 HTTP/1.1\r\n\r\nGET /ip HTTP/1.1\r\n\r\n";
    let mut down = leaving.client(slow.clone(), down, None).await;
    let up = [
        &b"POST /up HTTP/1.1\r\nContent-Length: 20000\r\n\r\n"[..],
        &vec![7; 20_000],
        b"GET /ip HTTP/1.1\r\n\r\n",
    ];
    let mut up = leaving.client(slow, &up.concat(), None).await;
    assert_eq!(leaving.see_out().await.as_secs(), 1);
    let mut answer = Vec::new();
    down.read_to_end(&mut answer).await.unwrap();
    assert_eq!(body(&answer).len(), 20_000);
    answer.clear();
    up.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.contains("\"received_bytes\":20000"), "{answer}");
    assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{answer}");
}

#[tokio::test(start_paused = true)]
async fn whoever_is_in_no_request_when_it_ends_is_not_waited_for() {
    let mut leaving = Leaving::new();
    let limits = Limits::default();
    let answered = leaving.client(limits.clone(), b"GET /ip HTTP/1.1\r\n\r\n", None);
    let mut answered = answered.await;
    let _unsaid = leaving.client(limits.clone(), b"GET /do", None).await;
    let _greeting = leaving.client(limits, b"\x16", Some(acceptor())).await;
    assert_eq!(leaving.see_out().await, Duration::ZERO);
    let mut answer = Vec::new();
    answered.read_to_end(&mut answer).await.unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200 OK\r\n"));
}

#[tokio::test(start_paused = true)]
async fn whoever_does_not_take_the_rest_is_not_waited_for_longer_than_it_says() {
    let mut leaving = Leaving::new();
    let request = b"GET /down?bytes=1000000 HTTP/1.1\r\n\r\n";
    let _client = leaving.client(Limits::default(), request, None).await;
    assert_eq!(leaving.see_out().await, LEAVE);
}

#[tokio::test]
async fn who_is_told_to_go_finds_nobody_when_it_comes_again() {
    let (address, serving) = serving(Limits::default()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /ip HTTP/1.1\r\n\r\n").await.unwrap();
    let mut part = [0; 512];
    assert!(stream.read(&mut part).await.unwrap() > 0);
    drop(serving);
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.unwrap();
    let again = TcpStream::connect(address).await;
    assert_eq!(
        again.unwrap_err().kind(),
        std::io::ErrorKind::ConnectionRefused
    );
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
    theirs.write_all(&vec![7; 50_000]).await.unwrap();
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
