//! Other people's servers, as stand-ins that speak their dialect: what is asked of them, and what it costs to stop early.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::*;
use crate::servers::{Cloudflare, LibreSpeed, Protocol};

/// The kinds that the stand-in speaks.
const OTHERS: [&'static dyn Protocol; 2] = [&LibreSpeed, &Cloudflare];
const MIB: usize = 1024 * 1024;

/// What a stand-in does not do: requests that begin so are answered with a status alone.
type Refusal = (&'static str, &'static str);

/// A stand-in that answers requests in the way of both, and keeps their first lines.
struct StandIn {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    _tasks: JoinSet<()>,
}

impl StandIn {
    async fn new(refuses: Option<Refusal>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let mut tasks = JoinSet::new();
        let kept = asked.clone();
        tasks.spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(answer(stream, refuses, kept.clone()));
            }
        });
        Self {
            address,
            asked,
            _tasks: tasks,
        }
    }

    fn plan(&self, protocol: &'static dyn Protocol, path: &str) -> Plan {
        let server = Server {
            protocol,
            host: "127.0.0.1".to_owned(),
            port: self.address.port(),
            tls: false,
            path: path.to_owned(),
        };
        Plan {
            server,
            voice: Some(VoicePlan::default()),
            ..plan("opensim://127.0.0.1")
        }
    }
}

async fn answer(mut stream: TcpStream, refuses: Option<Refusal>, asked: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    while !head.windows(4).any(|w| w == b"\r\n\r\n") {
        match stream.read_buf(&mut head).await {
            Ok(1..) => {}
            _ => return,
        }
    }
    let text = String::from_utf8_lossy(&head).into_owned();
    let line = text.lines().next().unwrap_or_default().to_owned();
    asked.lock().unwrap().push(line.clone());
    if let Some((_, status)) = refuses.filter(|(what, _)| line.starts_with(what)) {
        let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n");
        let _ = stream.write_all(answer.as_bytes()).await;
        let _ = stream.shutdown().await;
        // Where what the client sends is not read, the kernel resets the connection, and the answer with it.
        while let Ok(1..) = stream.read(&mut [0; 4096]).await {}
        return;
    }
    if line.starts_with("GET ") {
        // A page of PHP does not say how long it is.
        let length = if line.contains(".php") {
            "Connection: close".to_owned()
        } else {
            format!("Content-Length: {MIB}")
        };
        let kind = "Content-Type: application/octet-stream";
        let head = format!("HTTP/1.1 200 OK\r\n{kind}\r\n{length}\r\n\r\n");
        let _ = stream.write_all(head.as_bytes()).await;
        let _ = stream.write_all(&vec![5; MIB]).await;
    } else {
        let mut part = vec![0; 16 * 1024];
        while let Ok(1..) = stream.read(&mut part).await {}
    }
}

#[tokio::test]
async fn a_mebibyte_that_is_offered_is_left_early_and_billed_as_far_as_it_came() {
    let table: [(&'static dyn Protocol, _, _, _); 2] = [
        (&LibreSpeed, "/b", "/b/garbage.php?ckSize=1", "/b/empty.php"),
        (&Cloudflare, "", "/__down?bytes=", "/__up"),
    ];
    for (kind, path, down, up) in table {
        let stand_in = StandIn::new(None).await;
        let plan = stand_in.plan(kind, path);
        let measured = measure(&plan, &CancellationToken::new()).await.unwrap();
        for way in [measured.down.unwrap(), measured.up.unwrap()] {
            assert_eq!(way.verdict, Clearance::Meets, "{kind:?} {way:?}");
            assert!((60_000..160_000).contains(&way.bytes), "{kind:?} {way:?}");
        }
        assert!(plan.allowance.bill.total() < 320_000);
        let voice = measured.voice.unwrap();
        assert_eq!((voice.method, voice.loss), (Method::Tcp, None));
        let asked = stand_in.asked.lock().unwrap().clone();
        assert!(asked[0].starts_with(&format!("GET {down}")), "{asked:?}");
        // Where a number can be named, it is what the test may take at the most.
        let named = asked[0].strip_prefix("GET /__down?bytes=");
        let named = named.and_then(|rest| rest.split(' ').next()?.parse::<u64>().ok());
        assert_eq!(
            named.is_some(),
            kind == (&Cloudflare as &dyn Protocol),
            "{asked:?}"
        );
        assert!(named.unwrap_or(0) <= 300_000, "{asked:?}");
        assert!(asked[1].starts_with(&format!("POST {up} ")), "{asked:?}");
        assert_eq!(asked.len(), 2, "{asked:?}");
    }
}

#[tokio::test]
async fn a_server_that_has_had_enough_is_asked_once_and_not_again() {
    for status in [
        "429 Too Many Requests",
        "403 Forbidden",
        "503 Service Unavailable",
    ] {
        for kind in OTHERS {
            let stand_in = StandIn::new(Some(("", status))).await;
            let plan = stand_in.plan(kind, "");
            let error = measure(&plan, &CancellationToken::new()).await.unwrap_err();
            assert_eq!(error.code(), "measure.server_refused", "{status}");
            assert_eq!(stand_in.asked.lock().unwrap().len(), 1);
            assert!(plan.allowance.bill.total() < 5_000);
        }
    }
}

#[tokio::test]
async fn a_server_that_has_had_enough_of_uploads_leaves_the_way_down_as_it_was() {
    for kind in OTHERS {
        let stand_in = StandIn::new(Some(("POST ", "429 Too Many Requests"))).await;
        let plan = stand_in.plan(kind, "");
        let measured = measure(&plan, &CancellationToken::new()).await.unwrap();
        assert_eq!(measured.down.clone().unwrap().verdict, Clearance::Meets);
        assert_eq!(measured.up, None);
        let up = missing(&measured, Part::Up);
        let Some(Because::Failed(MeasureError::ServerRefused { status, .. })) = up else {
            panic!("{kind:?} {up:?}");
        };
        assert_eq!(*status, 429);
        let verdict = measured.verdict(&Requirement::default());
        assert_eq!(verdict, Verdict::Uncertain);
    }
}
