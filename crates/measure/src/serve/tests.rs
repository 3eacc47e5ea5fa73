use std::path::Path;

use proptest::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::*;
use crate::voice::{Ntp, StampReply, StampRequest};

fn settings(limits: ServeLimits) -> ServeSettings {
    ServeSettings {
        listen: ([127, 0, 0, 1], 0).into(),
        stamp: None,
        tls: None,
        limits,
    }
}

/// A server that serves until the token is dropped.
async fn serving(limits: ServeLimits) -> (SocketAddr, tokio_util::sync::DropGuard) {
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
    let (address, _serving) = serving(ServeLimits::default()).await;
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
    let (address, _serving) = serving(ServeLimits::default()).await;
    let request = b"GET /down?bytes=0 HTTP/1.1\r\n\r\nPOST /up HTTP/1.1\r\nContent-Length: 5\r\n\r\nabcdeGET /ip HTTP/1.1\r\nConnection: close\r\n\r\n";
    let answer = String::from_utf8(ask(address, request).await).unwrap();
    assert_eq!(answer.matches("HTTP/1.1 200 OK").count(), 3);
    assert!(answer.contains("\"received_bytes\":5"), "{answer}");
    assert!(answer.ends_with("{\"address\":\"127.0.0.1\"}"));
}

#[tokio::test]
async fn it_says_as_it_takes_how_much_has_come() {
    let (address, _serving) = serving(ServeLimits::default()).await;
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
    let limits = ServeLimits {
        body_bytes: 100,
        clients: 1,
        ..ServeLimits::default()
    };
    let (address, _serving) = serving(limits).await;
    let answer = ask(address, b"GET /down?bytes=101 HTTP/1.1\r\n\r\n").await;
    assert!(answer.starts_with(b"HTTP/1.1 413 "));
}

#[tokio::test]
async fn a_client_that_knows_no_pace_is_served_as_before() {
    let (address, _serving) = serving(ServeLimits::default()).await;
    // As clients before there was a pace asked, and what they read of the answer.
    let request = format!(
        "GET /down?bytes=262144 HTTP/1.1\r\nHost: {address}\r\nUser-Agent: opensim/0.1.0\r\nAccept: */*\r\n\
         Accept-Encoding: identity\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
    );
    let answer = ask(address, request.as_bytes()).await;
    assert_eq!(body(&answer).len(), 262_144);
    let head = String::from_utf8_lossy(&answer[..answer.len() - 262_144]).into_owned();
    let fields: Vec<&str> = head.trim_end().split("\r\n").skip(1).collect();
    let names = fields
        .iter()
        .filter_map(|field| field.split_once(": "))
        .map(|(name, _)| name);
    let names: Vec<&str> = names.collect();
    assert_eq!(
        names,
        ["Server", "Content-Type", "Cache-Control", "Content-Length"]
    );
}

/// A paced download under way, its head read.
struct PacedClient {
    stream: TcpStream,
    body: usize,
    head: String,
}

impl PacedClient {
    async fn ask(address: SocketAddr, query: &str) -> Self {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!("GET /down?{query} HTTP/1.1\r\nHost: h\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        while !bytes.windows(4).any(|w| w == b"\r\n\r\n") {
            let mut part = [0; 512];
            let length = stream.read(&mut part).await.unwrap();
            bytes.extend(&part[..length]);
        }
        let body = body(&bytes).len();
        let head = String::from_utf8_lossy(&bytes[..bytes.len() - body]).into_owned();
        Self { stream, body, head }
    }

    /// Bytes of the body by this moment from now.
    async fn read_for(&mut self, span: Duration) -> usize {
        let clock = Clock::system();
        let end = clock.now() + span;
        let before = self.body;
        let mut part = vec![0; 64 * 1024];
        loop {
            tokio::select! {
                biased;
                () = clock.sleep_until(Some(end)) => return self.body - before,
                length = self.stream.read(&mut part) => {
                    let length = length.unwrap();
                    self.body += length;
                    if length == 0 {
                        return self.body - before;
                    }
                }
            }
        }
    }

    async fn say(&mut self, word: &[u8]) {
        self.stream.write_all(word).await.unwrap();
    }
}

#[tokio::test]
async fn a_download_is_paced_as_it_was_asked_and_switched_by_a_byte() {
    let (address, _serving) = serving(ServeLimits::default()).await;
    let query = "bytes=400000&pace=40000&hold=20000&window=8192";
    let mut client = PacedClient::ask(address, query).await;
    assert!(
        client.head.contains("\r\nOpensim-Pace: 1\r\n"),
        "{}",
        client.head
    );
    let second = Duration::from_secs(1);
    let pushed = client.read_for(second).await;
    client.say(b"h").await;
    let held = client.read_for(second).await;
    client.say(b"p").await;
    // What was on its way.
    client.read_for(second / 10).await;
    let paused = client.read_for(second / 2).await;
    client.say(b"xr").await;
    let again = client.read_for(second).await;
    // A computer that is busy gives later, never more.
    assert!((20_000..=43_000).contains(&pushed), "{pushed}");
    assert!((10_000..=23_000).contains(&held), "{held}");
    assert_eq!(paused, 0);
    assert!((20_000..=43_000).contains(&again), "{again}");
}

#[tokio::test]
async fn a_paced_download_comes_to_its_end_and_its_connection_too() {
    let (address, _serving) = serving(ServeLimits::default()).await;
    let mut client = PacedClient::ask(address, "bytes=30001&pace=1000000&window=8192").await;
    client.say(b"GET / HTTP/1.1\r\n\r\n").await;
    client.read_for(Duration::from_secs(10)).await;
    assert_eq!(client.body, 30_001);
}

#[tokio::test]
async fn who_says_more_words_than_there_is_a_use_for_is_left() {
    let (address, _serving) = serving(ServeLimits::default()).await;
    let mut client = PacedClient::ask(address, "bytes=4000000&pace=1448&window=8192").await;
    let _ = client.stream.write_all(&[b'h'; 8192]).await;
    let mut rest = Vec::new();
    // It is closed, or reset for what it had not read.
    let _ = client.stream.read_to_end(&mut rest).await;
    assert!(client.body + rest.len() < 100_000);
}

#[tokio::test]
async fn what_counts_no_acknowledgements_does_not_say_that_it_paces() {
    let (limits, clock) = (ServeLimits::default(), Clock::system());
    let session = session(limits, &clock);
    let (mut theirs, ours) = tokio::io::duplex(64 * 1024);
    let request = b"GET /down?bytes=20000&pace=1&window=8192 HTTP/1.1\r\n\r\n";
    theirs.write_all(request).await.unwrap();
    converse(&session, ours).await.unwrap();
    let mut answer = Vec::new();
    theirs.read_to_end(&mut answer).await.unwrap();
    assert_eq!(body(&answer).len(), 20_000);
    assert!(!String::from_utf8_lossy(&answer).contains("Opensim-Pace"));
}

/// One client's, whose stream is to be given.
fn session(limits: ServeLimits, clock: &Clock) -> ClientSession {
    let capacity = Capacity::new(limits.clients, limits.per_address);
    visit(&Gate::new(capacity, clock), [192, 0, 2, 1], limits, clock)
}

/// One client's, at a gate that others come to too.
fn visit(gate: &Gate, address: [u8; 4], limits: ServeLimits, clock: &Clock) -> ClientSession {
    ClientSession {
        from: (address, 1).into(),
        limits: Arc::new(limits),
        clock: clock.clone(),
        leaving: CancellationToken::new(),
        slot: gate.arrive(address.into()),
        told: Told::default(),
    }
}

#[tokio::test(start_paused = true)]
async fn a_client_that_says_nothing_is_left_in_the_end() {
    let limits = ServeLimits::default();
    let clock = Clock::system();
    let (mut theirs, ours) = tokio::io::duplex(1024);
    theirs.write_all(b"GET / HT").await.unwrap();
    let session = session(limits.clone(), &clock);
    converse(&session, ours).await.unwrap();
    assert_eq!(clock.now().since_start(), limits.head);
}

#[tokio::test(start_paused = true)]
async fn a_head_that_comes_letter_by_letter_has_no_more_time() {
    let (limits, clock) = (ServeLimits::default(), Clock::system());
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
    let limits = ServeLimits {
        bytes_per_second: 10_000,
        ..ServeLimits::default()
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
    let (address, _serving) = serving(ServeLimits::default()).await;
    let socket = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    socket.connect(address).await.unwrap();
    socket.send(b"short").await.unwrap();
    let mut packet = [0; 1500];
    for count in 0..3 {
        let request = StampRequest {
            sequence: 40 + count,
            sent: Ntp(u64::from(count)),
            session: 9,
        };
        socket.send(&request.encode(172)).await.unwrap();
        let length = socket.recv(&mut packet).await.unwrap();
        assert_eq!(length, 172);
        let answer = StampReply::decode(&packet).unwrap();
        assert_eq!((answer.sequence, answer.request), (count, request));
        assert!(answer.sent.ms_since(answer.received) >= 0.0);
    }
}

#[tokio::test(start_paused = true)]
async fn a_client_that_takes_nothing_is_left_when_its_time_is_up() {
    let (limits, clock) = (ServeLimits::default(), Clock::system());
    let (mut theirs, ours) = tokio::io::duplex(4096);
    let request = b"GET /down?bytes=1000000 HTTP/1.1\r\n\r\n";
    theirs.write_all(request).await.unwrap();
    session(limits.clone(), &clock).hold(ours, None).await;
    assert_eq!(clock.now().since_start(), limits.connection);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_is_busy_all_the_time_is_left_when_its_time_is_up() {
    let (limits, clock) = (ServeLimits::default(), Clock::system());
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
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/measure/tls");
    let config = tls::server(&folder.join("server.pem"), &folder.join("server.key")).unwrap();
    TlsAcceptor::from(config)
}

#[tokio::test(start_paused = true)]
async fn a_greeting_of_tls_that_does_not_come_is_not_waited_for() {
    let (limits, clock) = (ServeLimits::default(), Clock::system());
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
        limits: ServeLimits,
        said: &[u8],
        acceptor: Option<TlsAcceptor>,
    ) -> tokio::io::DuplexStream {
        let (mut theirs, ours) = tokio::io::duplex(64 * 1024);
        theirs.write_all(said).await.unwrap();
        let session = ClientSession {
            leaving: self.token.clone(),
            ..session(limits, &self.clock)
        };
        self.conversations.spawn(session.hold(ours, acceptor));
        theirs
    }

    /// Ends a second from now; how long that takes.
    async fn finish_sessions(self) -> Duration {
        let Self {
            clock,
            token,
            conversations,
        } = self;
        let end = clock.now() + Duration::from_secs(1);
        clock.sleep_until(Some(end)).await;
        token.cancel();
        finish_sessions(conversations, &clock).await;
        clock.now() - end
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_is_in_the_middle_of_a_request_when_it_ends_has_the_rest_of_it_and_no_other() {
    let slow = ServeLimits {
        bytes_per_second: 10_000,
        ..ServeLimits::default()
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
    assert_eq!(leaving.finish_sessions().await.as_secs(), 1);
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
    let limits = ServeLimits::default();
    let answered = leaving.client(limits.clone(), b"GET /ip HTTP/1.1\r\n\r\n", None);
    let mut answered = answered.await;
    let _unsaid = leaving.client(limits.clone(), b"GET /do", None).await;
    let _greeting = leaving.client(limits, b"\x16", Some(acceptor())).await;
    assert_eq!(leaving.finish_sessions().await, Duration::ZERO);
    let mut answer = Vec::new();
    answered.read_to_end(&mut answer).await.unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200 OK\r\n"));
}

#[tokio::test(start_paused = true)]
async fn whoever_does_not_take_the_rest_is_not_waited_for_longer_than_it_says() {
    let mut leaving = Leaving::new();
    let request = b"GET /down?bytes=1000000 HTTP/1.1\r\n\r\n";
    let _client = leaving.client(ServeLimits::default(), request, None).await;
    assert_eq!(leaving.finish_sessions().await, LEAVE);
}

#[tokio::test]
async fn who_is_told_to_go_finds_nobody_when_it_comes_again() {
    let (address, serving) = serving(ServeLimits::default()).await;
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
    let limits = ServeLimits {
        bytes_per_second: 10_000,
        ..ServeLimits::default()
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

const DOWN: &[u8] = b"GET /down?bytes=1000000 HTTP/1.1\r\n\r\n";

/// Those who come to one gate, each at its end of a pipe.
struct House {
    clock: Clock,
    gate: Gate,
    limits: ServeLimits,
    conversations: JoinSet<()>,
}

impl House {
    fn new(limits: ServeLimits) -> Self {
        let clock = Clock::system();
        let capacity = Capacity::new(limits.clients, limits.per_address);
        Self {
            gate: Gate::new(capacity, &clock),
            clock,
            limits,
            conversations: JoinSet::new(),
        }
    }

    /// A client of this address that has said this.
    async fn client(&mut self, number: u8, said: &[u8]) -> tokio::io::DuplexStream {
        let (mut theirs, ours) = tokio::io::duplex(64 * 1024);
        theirs.write_all(said).await.unwrap();
        let address = [192, 0, 2, number];
        let session = visit(&self.gate, address, self.limits.clone(), &self.clock);
        self.conversations.spawn(session.hold(ours, None));
        theirs
    }
}

/// The first line of what it is answered.
async fn first_line(stream: &mut tokio::io::DuplexStream) -> String {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n") {
        match stream.read_u8().await {
            Ok(byte) => bytes.push(byte),
            Err(_) => break,
        }
    }
    String::from_utf8(bytes).unwrap().trim_end().to_owned()
}

const FULL: &str = "HTTP/1.1 503 Service Unavailable";
const GOOD: &str = "HTTP/1.1 200 OK";

#[tokio::test(start_paused = true)]
async fn one_address_has_its_share_and_another_is_served_beside_it() {
    let mut house = House::new(ServeLimits {
        per_address: 1,
        ..ServeLimits::default()
    });
    // In the middle of an answer that it takes as it comes.
    let mut first = house.client(1, DOWN).await;
    assert_eq!(first_line(&mut first).await, GOOD);
    let mut second = house.client(1, b"GET /ip HTTP/1.1\r\n\r\n").await;
    let mut other = house.client(2, b"GET /ip HTTP/1.1\r\n\r\n").await;
    assert_eq!(first_line(&mut second).await, FULL);
    assert_eq!(first_line(&mut other).await, GOOD);
    // Between its requests a connection keeps nobody out, of its own address neither.
    let mut next = house.client(2, b"GET /ip HTTP/1.1\r\n\r\n").await;
    assert_eq!(first_line(&mut next).await, GOOD);
}

#[tokio::test(start_paused = true)]
async fn a_full_house_says_so_once_a_request_has_waited_and_closes() {
    let mut house = House::new(ServeLimits {
        clients: 1,
        ..ServeLimits::default()
    });
    let mut held = house.client(1, DOWN).await;
    assert_eq!(first_line(&mut held).await, GOOD);
    let taking = async {
        let mut part = [0; 4096];
        // It takes what comes, at a pace that is a weak link's.
        loop {
            house
                .clock
                .sleep_until(Some(house.clock.now() + Duration::from_millis(500)))
                .await;
            held.read_exact(&mut part).await.unwrap();
        }
    };
    let (mut theirs, ours) = tokio::io::duplex(64 * 1024);
    theirs.write_all(b"GET /ip HTTP/1.1\r\n\r\n").await.unwrap();
    let asking = visit(
        &house.gate,
        [192, 0, 2, 2],
        house.limits.clone(),
        &house.clock,
    );
    let start = house.clock.now();
    let answered = async {
        let line = first_line(&mut theirs).await;
        let told = house.clock.now() - start;
        let mut rest = String::new();
        theirs.read_to_string(&mut rest).await.unwrap();
        (line, told, rest)
    };
    let (line, told, rest) = tokio::select! {
        () = taking => unreachable!(),
        (told, ()) = async { tokio::join!(answered, asking.hold(ours, None)) } => told,
    };
    assert_eq!((line.as_str(), told), (FULL, gate::PATIENCE));
    assert!(rest.contains("\r\nRetry-After: 10\r\n"), "{rest}");
    assert!(rest.starts_with("Server: opensim/"), "{rest}");
}

#[tokio::test(start_paused = true)]
async fn who_asks_and_does_not_read_makes_way() {
    let mut house = House::new(ServeLimits {
        clients: 2,
        ..ServeLimits::default()
    });
    let mut hostile = [house.client(1, DOWN).await, house.client(2, DOWN).await];
    for client in &mut hostile {
        assert_eq!(first_line(client).await, GOOD);
    }
    let mut honest = house.client(9, b"GET /ip HTTP/1.1\r\n\r\n").await;
    assert_eq!(first_line(&mut honest).await, GOOD);
    // Once it has read what was on its way it sees that it was closed; the other is still served.
    let [first, second] = &mut hostile;
    let mut rest = Vec::new();
    first.read_to_end(&mut rest).await.unwrap();
    assert!(rest.len() < 100_000, "{}", rest.len());
    second.read_exact(&mut vec![0; 900_000]).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn those_who_say_nothing_or_letter_by_letter_keep_nobody_out() {
    let limits = ServeLimits {
        clients: 2,
        ..ServeLimits::default()
    };
    let mut house = House::new(limits);
    // Four may wait; twenty times as many come, of as many addresses.
    let mut silent = Vec::new();
    for number in 10..90 {
        silent.push(house.client(number, b"GET /ip HT").await);
    }
    let mut honest = house.client(9, b"GET /ip HTTP/1.1\r\n\r\n").await;
    assert_eq!(first_line(&mut honest).await, GOOD);
    // Those who made way are closed at once, and nobody else is.
    let mut closed = 0;
    for client in &mut silent {
        closed += usize::from(client.read(&mut [0; 1]).await.is_ok());
        if closed == 76 {
            break;
        }
    }
    assert_eq!(house.clock.now().since_start(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_waits_for_a_word_before_its_body_is_given_it() {
    let (mut theirs, ours) = tokio::io::duplex(64 * 1024);
    let head = b"POST /up HTTP/1.1\r\nContent-Length: 5\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n";
    theirs.write_all(head).await.unwrap();
    let clock = Clock::system();
    let session = session(ServeLimits::default(), &clock);
    let talk = async {
        let word = b"HTTP/1.1 100 Continue\r\n\r\n";
        let mut said = vec![0; word.len()];
        theirs.read_exact(&mut said).await.unwrap();
        assert_eq!(said, word);
        theirs.write_all(b"abcde").await.unwrap();
        let mut answer = String::new();
        theirs.read_to_string(&mut answer).await.unwrap();
        answer
    };
    let (answer, ()) = tokio::join!(talk, session.hold(ours, None));
    assert!(answer.starts_with(GOOD), "{answer}");
    assert!(answer.contains("\"received_bytes\":5"), "{answer}");
}

#[tokio::test(start_paused = true)]
async fn what_is_refused_is_the_last_that_is_answered_however_it_goes_on() {
    let smuggled = b"GET /ip HTTP/1.1\r\n\r\n";
    let table: [(&[u8], &str); 5] = [
        (
            b"POST /up HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "HTTP/1.1 400 Bad Request",
        ),
        (
            b"POST /up HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 411 Length Required",
        ),
        (
            b"GET /down HTTP/1.1\r\nContent-Length: 22\r\n\r\n",
            "HTTP/1.1 400 Bad Request",
        ),
        (
            b"POST /up HTTP/1.1\r\nContent-Length: 9\r\nExpect: 200-ok\r\n\r\n",
            "HTTP/1.1 417 Expectation Failed",
        ),
        (
            b"POST /up HTTP/1.1\r\nContent-Length: 99999999999\r\nExpect: 100-continue\r\n\r\n",
            "HTTP/1.1 413 Content Too Large",
        ),
    ];
    for (said, line) in table {
        let (mut theirs, ours) = tokio::io::duplex(64 * 1024);
        theirs.write_all(&[said, smuggled].concat()).await.unwrap();
        let session = session(ServeLimits::default(), &Clock::system());
        let answered = async {
            let mut answer = String::new();
            theirs.read_to_string(&mut answer).await.unwrap();
            answer
        };
        let (answer, ()) = tokio::join!(answered, session.hold(ours, None));
        assert!(answer.starts_with(line), "{answer}");
        assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{answer}");
    }
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
            let limits = ServeLimits { body_bytes: 100, ..ServeLimits::default() };
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
