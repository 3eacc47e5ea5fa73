//! Checks of small servers on loopback, behind nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, UdpSocket};
use tokio_rustls::TlsAcceptor;

use super::*;

fn testdata(name: &str) -> PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../testdata/measure/tls")
        .join(name)
}

/// Time runs fast, so that what is waited for in vain costs a moment.
fn terms() -> Terms {
    Terms {
        via: Via::Loopback,
        name_servers: Vec::new(),
        authorities: vec![testdata("authority.pem")],
        budget: 1_000_000,
        bill: Bill::default(),
        clock: Clock::paced(20.0),
    }
}

fn at_pace(pace: f64) -> Terms {
    Terms {
        clock: Clock::paced(pace),
        ..terms()
    }
}

async fn check(spec: &str, terms: &Terms) -> Reached {
    let target = Target::parse(spec).unwrap();
    let cancel = CancellationToken::new();
    let mut reached = run_all(&[target], terms, &cancel).await.unwrap();
    assert_eq!(reached.len(), 1);
    reached.remove(0)
}

/// Answers each datagram that is not among the first `deaf`; its port, and how many came.
async fn datagrams(
    deaf: usize,
    answer: impl Fn(&[u8]) -> Option<Vec<u8>> + Send + 'static,
) -> (u16, Arc<AtomicUsize>) {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let port = socket.local_addr().unwrap().port();
    let came = Arc::new(AtomicUsize::new(0));
    let count = came.clone();
    tokio::spawn(async move {
        let mut bytes = [0; 2048];
        while let Ok((length, from)) = socket.recv_from(&mut bytes).await {
            if count.fetch_add(1, Ordering::SeqCst) < deaf {
                continue;
            }
            if let Some(answer) = answer(&bytes[..length]) {
                socket.send_to(&answer, from).await.unwrap();
            }
        }
    });
    (port, came)
}

/// What a server makes of what it has read so far.
#[derive(Clone)]
enum Reply {
    More,
    Say(Vec<u8>),
    Close,
}

async fn serve(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    answer: &(impl Fn(&[u8]) -> Reply + Sync),
) {
    let mut heard = Vec::new();
    let mut part = [0; 2048];
    while let Ok(length @ 1..) = stream.read(&mut part).await {
        heard.extend(&part[..length]);
        match answer(&heard) {
            Reply::More => {}
            Reply::Say(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.flush().await;
            }
            Reply::Close => return,
        }
    }
}

/// A server by TCP, in TLS or not; its port.
async fn streams(tls: bool, answer: impl Fn(&[u8]) -> Reply + Send + Sync + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let config = tls::server(&testdata("server.pem"), &testdata("server.key")).unwrap();
    let acceptor = TlsAcceptor::from(config);
    let answer = Arc::new(answer);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, answer) = (acceptor.clone(), answer.clone());
            tokio::spawn(async move {
                if !tls {
                    serve(stream, &*answer).await;
                } else if let Ok(stream) = acceptor.accept(stream).await {
                    serve(stream, &*answer).await;
                }
            });
        }
    });
    port
}

fn sip(status: &'static str) -> impl Fn(&[u8]) -> Option<Vec<u8>> {
    move |request| {
        let request = std::str::from_utf8(request).ok()?;
        request
            .ends_with("\r\n\r\n")
            .then(|| sip::answer_to(request, status).into_bytes())
    }
}

fn page(answer: &'static str) -> impl Fn(&[u8]) -> Reply {
    move |request| {
        if request.ends_with(b"\r\n\r\n") {
            Reply::Say(answer.as_bytes().to_vec())
        } else {
            Reply::More
        }
    }
}

#[tokio::test]
async fn a_telephone_server_that_answers_anything_final_is_reached() {
    let (port, came) = datagrams(0, sip("404 Not Found")).await;
    let terms = at_pace(1.0);
    let reached = check(&format!("sip:127.0.0.1:{port}"), &terms).await;
    assert_eq!(reached.outcome, Reachability::Reached, "{reached:?}");
    assert_eq!(reached.id.as_str(), "sip");
    assert_eq!(
        reached.target,
        format!("sip:127.0.0.1:{port};transport=udp")
    );
    let (status, reason) = (404, "Not Found".to_owned());
    assert_eq!(reached.detail, Finding::SipAnswered { status, reason });
    assert_eq!(reached.warnings, []);
    assert!(reached.latency_ms.unwrap() < 500.0);
    assert_eq!(came.load(Ordering::SeqCst), 1);
    assert!((500..1500).contains(&terms.bill.total()));
}

#[tokio::test]
async fn a_telephone_server_that_cannot_serve_is_not_reached() {
    for status in ["503 Service Unavailable", "408 Request Timeout"] {
        let (port, _) = datagrams(0, sip(status)).await;
        let reached = check(&format!("sip:127.0.0.1:{port}"), &terms()).await;
        assert_eq!(reached.outcome, Reachability::NotReached, "{status}");
        assert_eq!(reached.detail.code(), "check.sip_unavailable");
    }
}

#[tokio::test]
async fn a_datagram_that_is_lost_is_sent_again_and_silence_ends() {
    let (port, came) = datagrams(2, sip("200 OK")).await;
    let reached = check(&format!("sip:127.0.0.1:{port}"), &terms()).await;
    assert_eq!(reached.outcome, Reachability::Reached, "{reached:?}");
    assert_eq!(came.load(Ordering::SeqCst), 3);
    assert!(reached.latency_ms.unwrap() >= 1500.0);

    let (port, came) = datagrams(99, sip("200 OK")).await;
    let reached = check(&format!("sip:127.0.0.1:{port}"), &terms()).await;
    assert_eq!(reached.outcome, Reachability::NotReached);
    assert_eq!(reached.detail, Finding::NoAnswer { seconds: 4 });
    assert_eq!(came.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn nobody_listening_is_told_at_once_and_garbage_is_no_answer() {
    let (port, _) = datagrams(0, |_| Some(b"hello".to_vec())).await;
    let reached = check(&format!("sip:127.0.0.1:{port}"), &terms()).await;
    assert_eq!(reached.detail, Finding::Stranger);
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let port = socket.local_addr().unwrap().port();
    drop(socket);
    for spec in ["sip:127.0.0.1:", "openvpn://127.0.0.1:", "tcp://127.0.0.1:"] {
        let reached = check(&format!("{spec}{port}"), &terms()).await;
        assert_eq!(reached.detail.code(), "measure.refused", "{spec}");
        assert_eq!(reached.outcome, Reachability::NotReached);
    }
}

#[tokio::test]
async fn a_router_that_rewrites_is_warned_of_beside_the_answer() {
    let rewriting = |request: &[u8]| {
        let request = String::from_utf8_lossy(request).replace("UDP 127.0.0.1", "UDP 192.0.2.4");
        Some(sip::answer_to(&request, "200 OK").into_bytes())
    };
    let (port, _) = datagrams(0, rewriting).await;
    let reached = check(&format!("sip:127.0.0.1:{port}"), &terms()).await;
    assert_eq!(reached.outcome, Reachability::Reached);
    let [Finding::SipAlg { sent, seen }] = &reached.warnings[..] else {
        panic!("{reached:?}");
    };
    assert!(sent.starts_with("127.0.0.1:") && seen.starts_with("192.0.2.4:"));
}

#[tokio::test]
async fn a_telephone_server_is_asked_by_stream_and_in_tls() {
    for tls in [false, true] {
        let answer = |heard: &[u8]| sip("200 OK")(heard).map_or(Reply::More, Reply::Say);
        let port = streams(tls, answer).await;
        let carried = if tls { "tls" } else { "tcp" };
        let spec = format!("sip:localhost:{port};transport={carried}");
        let reached = check(&spec, &terms()).await;
        assert_eq!(reached.detail.code(), "check.sip_answered", "{reached:?}");
        assert!(reached.latency_ms.is_some());
    }
    let port = streams(false, |_| Reply::Close).await;
    let reached = check(&format!("sip:127.0.0.1:{port};transport=tcp"), &terms()).await;
    assert_eq!(reached.detail.code(), "measure.broken");
}

#[tokio::test]
async fn a_vpn_server_is_reached_where_it_answers_and_unknown_where_it_is_silent() {
    let (port, _) = datagrams(1, openvpn::answer_to).await;
    let reached = check(&format!("openvpn://127.0.0.1:{port}"), &terms()).await;
    assert_eq!(reached.detail, Finding::OpenVpnAnswered);
    assert_eq!(reached.outcome, Reachability::Reached);
    let (port, _) = datagrams(0, |_| None).await;
    let reached = check(&format!("openvpn://127.0.0.1:{port}"), &terms()).await;
    assert_eq!(reached.detail, Finding::OpenVpnSilent);
    assert_eq!(reached.outcome, Reachability::Unknown);
    assert_eq!(reached.latency_ms, None);
}

#[tokio::test]
async fn a_vpn_server_by_tcp_answers_keeps_quiet_hangs_up_or_is_another() {
    let framed = |heard: &[u8]| {
        let answer = heard.get(2..).and_then(openvpn::answer_to);
        answer.map_or(Reply::More, |answer| {
            Reply::Say([&[0, 26], &answer[..]].concat())
        })
    };
    let code = async |port| {
        let reached = check(&format!("openvpn://127.0.0.1:{port}/tcp"), &terms()).await;
        (reached.detail.code().as_str(), reached.outcome)
    };
    let port = streams(false, framed).await;
    assert_eq!(
        code(port).await,
        ("check.openvpn_answered", Reachability::Reached)
    );
    let port = streams(false, |_| Reply::More).await;
    assert_eq!(
        code(port).await,
        ("check.openvpn_open", Reachability::Unknown)
    );
    let port = streams(false, |_| Reply::Close).await;
    assert_eq!(
        code(port).await,
        ("check.openvpn_open", Reachability::Unknown)
    );
    let port = streams(false, |_| Reply::Say(b"HTTP/1.1 400 Bad\r\n\r\n".to_vec())).await;
    assert_eq!(
        code(port).await,
        ("check.stranger", Reachability::NotReached)
    );
}

#[tokio::test]
async fn a_port_and_tls_and_a_page_are_reached() {
    let port = streams(true, page("HTTP/1.1 401 Who\r\nContent-Length: 0\r\n\r\n")).await;
    let terms = terms();
    let specs = [
        (format!("tcp://127.0.0.1:{port}"), "check.connected"),
        (format!("tls://localhost:{port}"), "check.secured"),
        (format!("https://localhost:{port}/a"), "check.page"),
    ];
    let targets: Vec<Target> = specs.iter().map(|s| Target::parse(&s.0).unwrap()).collect();
    let reached = run_all(&targets, &terms, &CancellationToken::new())
        .await
        .unwrap();
    for ((spec, code), reached) in specs.iter().zip(&reached) {
        assert_eq!(reached.detail.code(), *code, "{reached:?}");
        assert_eq!(reached.outcome, Reachability::Reached);
        assert!(reached.latency_ms.is_some() && reached.target.starts_with(spec.as_str()));
    }
    assert!((1_000..20_000).contains(&terms.bill.total()));
}

#[tokio::test]
async fn a_page_that_is_elsewhere_or_cannot_be_served_says_so() {
    let moved = "HTTP/1.1 302 Found\r\nLocation: https://sso.example/in\r\n\r\n";
    let port = streams(true, page(moved)).await;
    let reached = check(&format!("https://localhost:{port}"), &terms()).await;
    assert_eq!(reached.detail.code(), "check.page_moved");
    assert_eq!(reached.outcome, Reachability::Reached);
    let port = streams(true, page("HTTP/1.1 502 Bad\r\n\r\n")).await;
    let reached = check(&format!("https://localhost:{port}"), &terms()).await;
    assert_eq!(reached.detail, Finding::PageFailed { status: 502 });
    assert_eq!(reached.outcome, Reachability::NotReached);
}

#[tokio::test]
async fn a_strangers_certificate_is_no_answer_and_a_page_to_log_in_at_is_recognised() {
    let secure = streams(true, page("HTTP/1.1 200 OK\r\n\r\n")).await;
    let strangers = Terms {
        authorities: Vec::new(),
        ..terms()
    };
    let own = streams(
        false,
        page("HTTP/1.1 301 M\r\nLocation: https://localhost/\r\n\r\n"),
    )
    .await;
    let portal = streams(
        false,
        page("HTTP/1.1 302 F\r\nLocation: http://login.hotel.example/\r\n\r\n"),
    )
    .await;
    let target = [Target::parse(&format!("https://localhost:{secure}")).unwrap()];
    let reached = all(&target, &strangers, own).await.remove(0);
    assert_eq!(reached.detail.code(), "measure.certificate", "{reached:?}");
    assert_eq!(reached.outcome, Reachability::NotReached);
    let reached = all(&target, &strangers, portal).await.remove(0);
    let location = Some("http://login.hotel.example/".to_owned());
    assert_eq!(reached.detail, Finding::Captive { location });
    assert_eq!(reached.outcome, Reachability::NotReached);
}

#[tokio::test]
async fn a_budget_that_is_too_small_asks_nothing_and_says_so() {
    let (port, came) = datagrams(0, sip("200 OK")).await;
    let target = Target::parse(&format!("sip:127.0.0.1:{port}")).unwrap();
    let targets = vec![target; 3];
    let small = Terms {
        budget: 20_000,
        ..terms()
    };
    let reached = run_all(&targets, &small, &CancellationToken::new())
        .await
        .unwrap();
    let outcomes: Vec<Reachability> = reached.iter().map(|r| r.outcome).collect();
    let expected = [
        Reachability::Reached,
        Reachability::Reached,
        Reachability::Unknown,
    ];
    assert_eq!(outcomes, expected);
    assert_eq!(reached[2].detail.code(), "measure.budget");
    assert_eq!(came.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_server_that_never_stops_talking_costs_no_more_than_was_set_aside() {
    let flood = |_: &[u8]| Reply::Say(vec![b'x'; 1 << 20]);
    let port = streams(false, flood).await;
    for spec in [
        "https://localhost:",
        "tls://localhost:",
        "openvpn://localhost:",
    ] {
        let terms = terms();
        let tail = if spec.starts_with("openvpn") {
            "/tcp"
        } else {
            ""
        };
        let target = Target::parse(&format!("{spec}{port}{tail}")).unwrap();
        let check = Check {
            target: target.clone(),
            terms: terms.clone(),
            tls: tls::client(&[]),
            plain_port: port,
        };
        let ceiling = check.ceiling();
        let reached = all(&[target], &terms, port).await.remove(0);
        assert_eq!(reached.outcome, Reachability::NotReached, "{reached:?}");
        assert!(
            terms.bill.total() <= ceiling,
            "{spec} {}",
            terms.bill.total()
        );
    }
    let (port, _) = datagrams(0, |_| Some(vec![b'S'; 1200])).await;
    let terms = terms();
    check(&format!("openvpn://127.0.0.1:{port}"), &terms).await;
    assert!(terms.bill.total() < 8_000);
}

#[tokio::test]
async fn an_interrupt_ends_all_of_them() {
    let (port, _) = datagrams(0, |_| None).await;
    let target = Target::parse(&format!("openvpn://127.0.0.1:{port}")).unwrap();
    let cancel = CancellationToken::new();
    cancel.cancel();
    let result = run_all(&[target], &at_pace(1.0), &cancel).await;
    assert_eq!(result, Err(MeasureError::Interrupted));
}

#[tokio::test]
async fn an_interface_that_is_not_there_is_no_verdict_on_the_target() {
    let nowhere = Terms {
        via: Via::Interface("nosuch0".to_owned()),
        ..terms()
    };
    let reached = check("tcp://192.0.2.1:22", &nowhere).await;
    assert_eq!(reached.detail.code(), "measure.no_interface");
    assert_eq!(reached.outcome, Reachability::Unknown);
}
