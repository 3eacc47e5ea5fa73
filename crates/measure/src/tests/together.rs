//! Both ways and a call at once, on loopback; and servers that cannot be asked so.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, UdpSocket};
use tokio::task::JoinSet;

use super::*;
use crate::voice::{Ntp, ReflectorLimits, StampReply};

fn at_once(plan: Plan) -> Plan {
    Plan {
        voice: Some(VoicePlan::default()),
        together: true,
        ..plan
    }
}

/// `opensim serve` without a link between.
async fn server() -> (String, DropGuard) {
    server_within(ServeLimits::default()).await
}

async fn server_within(limits: ServeLimits) -> (String, DropGuard) {
    let settings = ServeSettings {
        listen: ([127, 0, 0, 1], 0).into(),
        stamp: None,
        tls: None,
        limits,
    };
    let service = Service::listen(&settings, &Clock::system()).await.unwrap();
    let address = service.address().unwrap();
    let cancel = CancellationToken::new();
    tokio::spawn(service.serve(cancel.clone()));
    (format!("opensim://{address}"), cancel.drop_guard())
}

#[tokio::test]
async fn a_fast_link_carries_the_need_both_ways_and_a_call_beside_it() {
    let (server, _serving) = server().await;
    let plan = at_once(plan(&server));
    let measured = measure(&plan, &CancellationToken::new()).await.unwrap();
    for way in [measured.down.clone().unwrap(), measured.up.clone().unwrap()] {
        assert_eq!(way.verdict, Clearance::Meets, "{way:?}");
        assert!(
            way.estimate_bps >= Some(200_000) && way.high_bps.is_none(),
            "{way:?}"
        );
    }
    let call = measured.voice.clone().unwrap();
    assert!(
        call.mos > Some(4.3) && call.method == Method::Stamp,
        "{call:?}"
    );
    assert!(call.packets >= 100, "{call:?}");
    assert_eq!(measured.setting.beside, Beside::Need);
    assert_eq!(measured.missing, []);
    // One by one it takes more on such a link, for nothing paces it.
    assert!(measured.cost.bytes < 230_000, "{measured:?}");
    assert_eq!(measured.verdict(&plan.need), Verdict::Suitable);
}

#[tokio::test]
async fn a_reflector_that_answers_half_of_a_call_makes_no_way_fast_enough_and_none_too_slow() {
    let (server, _serving) = server_within(ServeLimits {
        stamp: ReflectorLimits {
            packets_per_second: 25.0,
            packets_per_second_each: 25.0,
            packets_per_second_known: 0.0,
            ..ReflectorLimits::default()
        },
        ..ServeLimits::default()
    })
    .await;
    let plan = at_once(plan(&server));
    let measured = measure(&plan, &CancellationToken::new()).await.unwrap();
    for way in [measured.down.clone().unwrap(), measured.up.clone().unwrap()] {
        assert_eq!(way.verdict, Clearance::Uncertain, "{way:?}");
    }
    // What did not come back is lost, as far as anybody can tell.
    let call = measured.voice.clone().unwrap();
    assert!(call.loss > Some(0.4) && call.mos < Some(2.5), "{call:?}");
    assert_eq!(measured.verdict(&plan.need), Verdict::Uncertain);
}

#[tokio::test]
async fn one_by_one_where_it_is_wished_or_a_part_is_asked_for_alone() {
    let (server, _serving) = server().await;
    // Each on a bill of its own.
    let usual = || at_once(plan(&server));
    let alone = [
        Plan {
            together: false,
            ..usual()
        },
        Plan {
            all: true,
            ..usual()
        },
        Plan {
            upload_count: UploadCount::Reported,
            ..usual()
        },
        Plan {
            voice: None,
            ..usual()
        },
    ];
    for plan in alone {
        let measured = measure(&plan, &CancellationToken::new()).await.unwrap();
        assert_eq!(
            measured.verdict(&plan.need),
            Verdict::Suitable,
            "{measured:?}"
        );
        assert_eq!(measured.setting.beside, Beside::Nothing);
    }
}

#[tokio::test]
async fn a_need_that_leaves_the_transfers_nothing_beside_a_call_is_asked_one_by_one() {
    let (server, _serving) = server().await;
    let need = Requirement {
        up_bps: 100_000,
        ..Requirement::default()
    };
    let plan = Plan {
        need,
        ..at_once(plan(&server))
    };
    let measured = measure(&plan, &CancellationToken::new()).await.unwrap();
    assert_eq!(measured.setting.beside, Beside::Nothing, "{measured:?}");
    assert_eq!(measured.verdict(&need), Verdict::Suitable);
}

#[tokio::test]
async fn no_budget_is_passed_and_a_small_one_is_spent_one_by_one() {
    let (server, _serving) = server().await;
    for budget in [20_000, 100_000, 160_000, 190_000, 250_000] {
        let usual = at_once(plan(&server));
        let allowance = Allowance {
            budget,
            ..Allowance::default()
        };
        let plan = Plan { allowance, ..usual };
        let measured = measure(&plan, &CancellationToken::new()).await;
        let spent = plan.allowance.bill.total();
        assert!(spent <= budget, "{spent} of {budget}: {measured:?}");
        let beside = measured.map(|measured| measured.setting.beside);
        if budget < 185_000 {
            assert_ne!(beside, Ok(Beside::Need), "{budget}");
        }
    }
}

#[tokio::test]
async fn who_interrupts_it_is_heard_at_once_and_what_it_cost_is_known() {
    let (server, _serving) = server().await;
    let plan = at_once(plan(&server));
    let cancel = CancellationToken::new();
    let clock = Clock::system();
    let start = clock.now();
    let stop = async {
        clock
            .sleep_until(Some(start + Duration::from_secs(1)))
            .await;
        cancel.cancel();
    };
    let (measured, ()) = tokio::join!(measure(&plan, &cancel), stop);
    assert_eq!(measured, Err(MeasureError::Interrupted));
    let spent = plan.allowance.bill.total();
    assert!((20_000..150_000).contains(&spent), "{spent}");
}

/// A server as they were before there was a pace: `/down` as fast as it goes, `/up`, and STAMP on the same port.
struct OldServer {
    address: SocketAddr,
    /// Requests for a pace.
    asked: Arc<AtomicUsize>,
    _tasks: JoinSet<()>,
}

impl OldServer {
    async fn new() -> Self {
        let (listener, datagrams) = loop {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            if let Ok(datagrams) = UdpSocket::bind(address).await {
                break (listener, datagrams);
            }
        };
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(AtomicUsize::new(0));
        let counted = asked.clone();
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut clients = JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                clients.spawn(old_answer(stream, counted.clone()));
            }
        });
        tasks.spawn(async move {
            let mut packet = [0; 1500];
            for count in 0.. {
                let (length, from) = datagrams.recv_from(&mut packet).await.unwrap();
                let now = Ntp::since_unix(Duration::from_millis(count * 20));
                let number = u32::try_from(count).unwrap();
                if let Some(answer) = StampReply::answer(&packet[..length], number, now, now) {
                    let _ = datagrams.send_to(&answer, from).await;
                }
            }
        });
        Self {
            address,
            asked,
            _tasks: tasks,
        }
    }
}

async fn old_answer(mut stream: tokio::net::TcpStream, asked: Arc<AtomicUsize>) {
    let mut head = Vec::new();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let mut part = [0; 1];
        if stream.read_exact(&mut part).await.is_err() {
            return;
        }
        head.extend(part);
    }
    let head = String::from_utf8(head).unwrap();
    let fields = "Server: opensim/0.1.0\r\nContent-Type: application/octet-stream\r\n";
    if let Some(rest) = head.strip_prefix("GET /down?bytes=") {
        asked.fetch_add(usize::from(head.contains("pace=")), Ordering::Relaxed);
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let bytes: usize = digits.parse().unwrap();
        let answer = format!("HTTP/1.1 200 OK\r\n{fields}Content-Length: {bytes}\r\n\r\n");
        let _ = stream.write_all(answer.as_bytes()).await;
        let _ = stream.write_all(&vec![7; bytes]).await;
    } else {
        let mut part = vec![0; 4096];
        while stream.read(&mut part).await.is_ok_and(|length| length > 0) {}
    }
}

#[tokio::test]
async fn a_server_from_before_there_was_a_pace_is_measured_one_by_one() {
    let server = OldServer::new().await;
    let plan = at_once(plan(&format!("opensim://{}", server.address)));
    let measured = measure(&plan, &CancellationToken::new()).await.unwrap();
    assert_eq!(server.asked.load(Ordering::Relaxed), 1);
    assert_eq!(measured.setting.beside, Beside::Nothing, "{measured:?}");
    for way in [measured.down.clone().unwrap(), measured.up.clone().unwrap()] {
        assert_eq!(way.verdict, Clearance::Meets, "{way:?}");
    }
    assert!(measured.voice.is_some(), "{measured:?}");
    // Asking for a pace that is not kept costs a window of it, and no more.
    assert!(measured.cost.bytes < 420_000, "{measured:?}");
}
