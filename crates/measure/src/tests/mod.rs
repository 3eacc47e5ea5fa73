//! Measurements on loopback: a server, a link shaped by a relay that holds bytes back, and what is said of it.

mod dialects;
mod reflectors;
mod relay;
mod strangers;
mod together;

use std::time::Duration;

use tokio_util::sync::{CancellationToken, DropGuard};

use self::relay::{Relay, Shape};
use super::*;
use crate::serve::{ServeLimits, ServeSettings, Service};
use crate::throughput::{Clearance, Stop};
use crate::voice::Method;
use opensim_domain::verdict::{Requirement, Verdict};
use opensim_os::clock::Clock;

/// A server behind a shaped link.
struct Scene {
    relay: Relay,
    _server: DropGuard,
}

impl Scene {
    async fn new(shape: Shape) -> Self {
        let settings = ServeSettings {
            listen: ([127, 0, 0, 1], 0).into(),
            stamp: None,
            tls: None,
            limits: ServeLimits::default(),
        };
        Self::with(shape, &settings).await
    }

    async fn with(shape: Shape, settings: &ServeSettings) -> Self {
        let service = Service::listen(settings, &Clock::system()).await.unwrap();
        let to = service.address().unwrap();
        let cancel = CancellationToken::new();
        tokio::spawn(service.serve(cancel.clone()));
        Self {
            relay: Relay::to(to, shape).await,
            _server: cancel.drop_guard(),
        }
    }

    fn plan(&self) -> Plan {
        plan(&format!("opensim://{}", self.relay.address))
    }

    async fn measure(&self, plan: &Plan) -> Result<Measured, MeasureError> {
        measure(plan, &CancellationToken::new()).await
    }
}

fn plan(server: &str) -> Plan {
    Plan {
        via: Via::Loopback,
        name_servers: Vec::new(),
        server: Server::parse(server).unwrap(),
        reflector: None,
        authorities: Vec::new(),
        upload_count: UploadCount::default(),
        need: Requirement::default(),
        allowance: Allowance::default(),
        voice: None,
        all: false,
        together: false,
        clock: Clock::system(),
    }
}

fn kbit(rate: u64) -> Shape {
    Shape {
        down: rate * 125,
        up: rate * 125,
        ..Shape::default()
    }
}

fn missing(measured: &Measured, part: Part) -> Option<&Because> {
    let mut missing = measured.missing.iter();
    missing.find(|m| m.part == part).map(|m| &m.because)
}

#[tokio::test]
async fn a_fast_link_meets_the_need_both_ways_in_a_second_each() {
    let scene = Scene::new(kbit(4_000)).await;
    let measured = scene.measure(&scene.plan()).await.unwrap();
    let (down, up) = (measured.down.clone().unwrap(), measured.up.clone().unwrap());
    for way in [&down, &up] {
        assert_eq!(way.verdict, Clearance::Meets, "{way:?}");
        assert_eq!(way.stopped_because, Stop::Decided);
        assert!(way.seconds < 1.3 && way.bytes < 150_000, "{way:?}");
        assert!(way.low_bps > Some(200_000), "{way:?}");
    }
    assert_eq!(measured.verdict(&Requirement::default()), Verdict::Suitable);
    assert!(down.bytes + up.bytes <= measured.cost.bytes);
    assert!(measured.cost.bytes < down.bytes + up.bytes + 1_000);
}

#[tokio::test]
async fn a_slow_link_falls_short_and_nothing_more_is_sent() {
    let scene = Scene::new(kbit(100)).await;
    let plan = Plan {
        voice: Some(VoicePlan::default()),
        ..scene.plan()
    };
    let measured = scene.measure(&plan).await.unwrap();
    let down = measured.down.clone().unwrap();
    assert_eq!(down.verdict, Clearance::Below, "{down:?}");
    assert!(down.seconds < 5.0 && down.bytes < 90_000, "{down:?}");
    assert!(down.high_bps <= Some(230_000), "{down:?}");
    assert!(down.estimate_bps < Some(120_000), "{down:?}");
    assert_eq!(missing(&measured, Part::Up), Some(&Because::Below));
    assert_eq!(missing(&measured, Part::Voice), Some(&Because::Below));
    assert!(measured.cost.bytes < 90_000, "{measured:?}");
    assert_eq!(
        measured.verdict(&Requirement::default()),
        Verdict::Unsuitable
    );
}

#[tokio::test]
async fn a_slow_way_up_is_not_hidden_by_what_fills_a_buffer() {
    for count in [UploadCount::Acknowledged, UploadCount::Reported] {
        let shape = Shape {
            up: 80 * 125,
            ..kbit(4_000)
        };
        let scene = Scene::new(shape).await;
        let plan = Plan {
            upload_count: count,
            ..scene.plan()
        };
        let measured = scene.measure(&plan).await.unwrap();
        let up = measured.up.clone().unwrap();
        assert_eq!(up.verdict, Clearance::Below, "{count:?} {up:?}");
        assert!(up.estimate_bps < Some(130_000), "{count:?} {up:?}");
        assert_eq!(
            measured.verdict(&Requirement::default()),
            Verdict::Unsuitable
        );
    }
}

#[tokio::test]
async fn the_servers_own_count_of_an_upload_serves_too() {
    let scene = Scene::new(kbit(4_000)).await;
    let plan = Plan {
        upload_count: UploadCount::Reported,
        ..scene.plan()
    };
    let up = scene.measure(&plan).await.unwrap().up.unwrap();
    assert_eq!(up.verdict, Clearance::Meets, "{up:?}");
    assert!(up.bytes < 170_000, "{up:?}");
}

#[tokio::test]
async fn a_burst_that_a_shaper_lets_through_is_not_the_link() {
    let shape = Shape {
        burst: 32 * 1024,
        ..kbit(100)
    };
    let scene = Scene::new(shape).await;
    let down = scene.measure(&scene.plan()).await.unwrap().down.unwrap();
    assert_ne!(down.verdict, Clearance::Meets, "{down:?}");
}

#[tokio::test]
async fn a_link_of_any_speed_costs_no_more_than_what_decides() {
    // No relay between: gigabits a second, and a window's worth many times in a tick.
    let settings = ServeSettings {
        listen: ([127, 0, 0, 1], 0).into(),
        stamp: None,
        tls: None,
        limits: ServeLimits {
            bytes_per_second: 0,
            ..ServeLimits::default()
        },
    };
    let service = Service::listen(&settings, &Clock::system()).await.unwrap();
    let address = service.address().unwrap();
    let cancel = CancellationToken::new();
    tokio::spawn(service.serve(cancel.clone()));
    let _serving = cancel.clone().drop_guard();
    for count in [UploadCount::Acknowledged, UploadCount::Reported] {
        let plan = Plan {
            upload_count: count,
            ..plan(&format!("opensim://{address}"))
        };
        let measured = measure(&plan, &CancellationToken::new()).await.unwrap();
        for way in [measured.down.unwrap(), measured.up.unwrap()] {
            assert_eq!(way.verdict, Clearance::Meets, "{count:?} {way:?}");
            assert!(way.bytes <= 130_000, "{count:?} {way:?}");
            assert!(way.seconds < 1.2, "{count:?} {way:?}");
            assert_eq!(way.high_bps, None, "{count:?} {way:?}");
        }
    }
}

/// Everything there is to measure, for so much.
fn all_for(budget: u64, server: &str) -> Plan {
    Plan {
        allowance: Allowance {
            budget,
            ..Allowance::default()
        },
        voice: Some(VoicePlan {
            loaded: true,
            ..VoicePlan::default()
        }),
        all: true,
        ..plan(server)
    }
}

#[tokio::test]
async fn no_budget_is_ever_passed_on_any_link() {
    let lossy = Shape {
        loses_every: Some(7),
        ..kbit(3_000)
    };
    let broken = Shape {
        breaks_after: Some(20_000),
        ..kbit(1_000)
    };
    let narrow_up = Shape {
        up: 60 * 125,
        ..kbit(8_000)
    };
    let bucket = Shape {
        burst: 48 * 1024,
        ..kbit(100)
    };
    let shapes = [
        kbit(0),
        kbit(100),
        kbit(400),
        kbit(8_000),
        lossy,
        broken,
        narrow_up,
        bucket,
    ];
    let mut runs = tokio::task::JoinSet::new();
    for shape in shapes {
        for budget in [
            0, 800, 1_100, 5_000, 30_000, 54_000, 61_000, 80_000, 100_000, 140_000, 200_000,
            300_000, 420_000,
        ] {
            runs.spawn(async move {
                let scene = Scene::new(shape).await;
                let plan = all_for(budget, &format!("opensim://{}", scene.relay.address));
                let result = scene.measure(&plan).await;
                (budget, plan.allowance.bill.total(), result)
            });
        }
    }
    while let Some(run) = runs.join_next().await {
        let (budget, total, result) = run.unwrap();
        assert!(total <= budget, "{total} of {budget}: {result:?}");
        match result {
            Err(error) => assert!(
                budget < 61_000 && error.code() == "measure.budget" || budget >= 5_000,
                "{budget}: {error}"
            ),
            Ok(measured) => assert_eq!(measured.cost.bytes, total),
        }
    }
}

#[tokio::test]
async fn a_budget_that_ends_a_test_is_its_reason() {
    let scene = Scene::new(kbit(8_000)).await;
    let server = format!("opensim://{}", scene.relay.address);
    let error = scene.measure(&all_for(30_000, &server)).await.unwrap_err();
    assert_eq!(error.code(), "measure.budget");
    for budget in [62_000, 80_000] {
        let measured = scene.measure(&all_for(budget, &server)).await.unwrap();
        let down = measured.down.clone().unwrap();
        assert_eq!(
            (down.verdict, down.stopped_because),
            (Clearance::Uncertain, Stop::Budget),
            "{budget}"
        );
        let up = missing(&measured, Part::Up);
        assert!(
            matches!(up, Some(Because::Failed(MeasureError::Budget { .. }))),
            "{up:?}"
        );
    }
}

#[tokio::test]
async fn a_link_that_goes_silent_after_connecting_gives_no_data() {
    let scene = Scene::new(kbit(0)).await;
    let measured = scene.measure(&scene.plan()).await.unwrap();
    let down = measured.down.unwrap();
    assert_eq!(
        (down.verdict, down.stopped_because),
        (Clearance::Below, Stop::NoData)
    );
    assert_eq!(down.estimate_bps, None);
}

#[tokio::test]
async fn a_link_that_breaks_midway_is_uncertain_and_says_why() {
    let shape = Shape {
        breaks_after: Some(30_000),
        ..kbit(400)
    };
    let scene = Scene::new(shape).await;
    let measured = scene.measure(&scene.plan()).await.unwrap();
    let down = measured.down.clone().unwrap();
    assert_eq!(
        (down.verdict, down.stopped_because),
        (Clearance::Uncertain, Stop::ConnectionLost),
        "{down:?}"
    );
}

#[tokio::test]
async fn nobody_there_is_an_error_and_no_verdict() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let plan = plan(&format!("opensim://{address}"));
    let error = measure(&plan, &CancellationToken::new()).await.unwrap_err();
    assert_eq!(error, MeasureError::Refused { server: address });
    assert!(plan.allowance.bill.total() > 0);
}

/// Answers every connection with the same bytes.
async fn saying(text: &'static str) -> (std::net::SocketAddr, tokio::task::JoinSet<()>) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    tasks.spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            tokio::spawn(async move {
                let mut bytes = [0; 2048];
                if stream.read(&mut bytes).await.is_ok_and(|n| n > 0) {
                    let _ = stream.write_all(text.as_bytes()).await;
                }
            });
        }
    });
    (address, tasks)
}

#[tokio::test]
async fn a_page_to_log_in_at_a_refusal_and_nonsense_are_told_apart() {
    let table = [
        (
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>",
            "measure.not_the_server",
        ),
        (
            "HTTP/1.1 302 Found\r\nLocation: http://login.example/\r\n\r\n",
            "measure.not_the_server",
        ),
        (
            "HTTP/1.1 429 Too Many Requests\r\n\r\n",
            "measure.server_refused",
        ),
        ("220 mail ready\r\n", "measure.not_the_server"),
        ("", "measure.broken"),
    ];
    for (text, code) in table {
        let (address, _tasks) = saying(text).await;
        for server in ["opensim", "librespeed+http"] {
            let plan = plan(&format!("{server}://{address}"));
            let error = measure(&plan, &CancellationToken::new()).await.unwrap_err();
            assert_eq!(error.code(), code, "{text:?} {error}");
        }
    }
}

#[tokio::test]
async fn a_file_that_ends_before_a_rate_can_be_told_is_no_measurement() {
    let (address, _tasks) = saying("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello").await;
    let plan = plan(&format!("http://{address}/file.bin"));
    let error = measure(&plan, &CancellationToken::new()).await.unwrap_err();
    assert!(
        matches!(error, MeasureError::TooSmall { bytes: 100.., .. }),
        "{error:?}"
    );
    assert!(plan.allowance.bill.total() > 0, "what it cost is told");
}

#[tokio::test]
async fn a_file_is_measured_down_and_its_server_rated_by_connections() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 400000\r\n\r\n";
    let text = format!("{head}{}", "x".repeat(400_000));
    let (address, _tasks) = saying(text.leak()).await;
    let plan = Plan {
        voice: Some(VoicePlan::default()),
        ..plan(&format!("http://{address}/file.bin"))
    };
    let measured = measure(&plan, &CancellationToken::new()).await.unwrap();
    let down = measured.down.clone().unwrap();
    assert_eq!(down.verdict, Clearance::Meets, "{down:?}");
    assert_eq!(missing(&measured, Part::Up), Some(&Because::Unsupported));
    assert_eq!(missing(&measured, Part::Voice), Some(&Because::Unsupported));
    let voice = measured.voice.clone().unwrap();
    assert_eq!((voice.method, voice.loss), (Method::Tcp, None));
    assert!(voice.mos > Some(3.6) && measured.voice_is_indicative());
}

fn testdata(name: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../testdata/measure/tls")
        .join(name)
}

#[tokio::test]
async fn tls_is_measured_below_its_records_and_a_strangers_certificate_is_refused() {
    let settings = ServeSettings {
        listen: ([127, 0, 0, 1], 0).into(),
        stamp: None,
        tls: Some((testdata("server.pem"), testdata("server.key"))),
        limits: ServeLimits::default(),
    };
    let scene = Scene::with(kbit(2_000), &settings).await;
    let port = scene.relay.address.port();
    let stranger = plan(&format!("opensim+https://localhost:{port}"));
    let error = scene.measure(&stranger).await.unwrap_err();
    assert_eq!(error.code(), "measure.certificate", "{error}");
    let trusted = Plan {
        authorities: vec![testdata("authority.pem")],
        ..stranger
    };
    let measured = scene.measure(&trusted).await.unwrap();
    for way in [measured.down.unwrap(), measured.up.unwrap()] {
        assert_eq!(way.verdict, Clearance::Meets, "{way:?}");
        let estimate = way.estimate_bps.unwrap();
        assert!((1_000_000..3_000_000).contains(&estimate), "{way:?}");
    }
    let other = plan(&format!("opensim://localhost:{port}"));
    let error = scene.measure(&other).await.unwrap_err();
    assert_eq!(error.code(), "measure.not_the_server", "{error}");
    let nobody = Plan {
        authorities: vec![testdata("server.key")],
        ..trusted
    };
    let error = scene.measure(&nobody).await.unwrap_err();
    assert_eq!(error.code(), "measure.certificate_file", "{error}");
}

#[tokio::test]
async fn a_call_is_rated_with_its_loss_each_way_and_again_under_load() {
    let shape = Shape {
        loses_every: Some(10),
        ..kbit(4_000)
    };
    let scene = Scene::new(shape).await;
    let plan = Plan {
        voice: Some(VoicePlan {
            longest: Duration::from_secs(2),
            loaded: true,
            ..VoicePlan::default()
        }),
        ..scene.plan()
    };
    let measured = scene.measure(&plan).await.unwrap();
    for call in [measured.voice.unwrap(), measured.loaded_voice.unwrap()] {
        assert_eq!((call.method, call.packets), (Method::Stamp, 100));
        assert!(
            call.loss.is_some_and(|loss| (0.08..0.13).contains(&loss)),
            "{call:?}"
        );
        assert!(call.mos < Some(3.6), "{call:?}");
    }
    assert_eq!(measured.missing, []);
}

#[tokio::test]
async fn an_interrupted_measurement_ends_at_once_and_its_cost_is_known() {
    let scene = Scene::new(kbit(100)).await;
    let plan = scene.plan();
    let cancel = CancellationToken::new();
    let bill = plan.allowance.bill.clone();
    let interrupt = async {
        while bill.total() < 2_000 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        cancel.cancel();
        std::future::pending::<()>().await;
    };
    let result = tokio::select! {
        result = measure(&plan, &cancel) => result,
        () = interrupt => unreachable!(),
    };
    assert_eq!(result.unwrap_err(), MeasureError::Interrupted);
}

#[tokio::test]
async fn whether_data_flows_is_asked_of_the_server_itself_for_two_kilobytes() {
    let scene = Scene::new(kbit(400)).await;
    let plan = scene.plan();
    let round_trip = contact(&plan, &CancellationToken::new()).await.unwrap();
    assert!(round_trip < Duration::from_secs(1));
    let spent = plan.allowance.bill.total();
    assert!((200..2_000).contains(&spent), "{spent}");
    // What accepts connections and answers something else is no server.
    let (address, _tasks) =
        saying("HTTP/1.1 302 Found\r\nLocation: http://login.example/\r\n\r\n").await;
    let portal = self::plan(&format!("opensim://{address}"));
    let error = contact(&portal, &CancellationToken::new())
        .await
        .unwrap_err();
    assert_eq!(error.code(), "measure.not_the_server");
    let nowhere = Plan {
        via: Via::Interface("nosuch0".to_owned()),
        ..scene.plan()
    };
    let error = contact(&nowhere, &CancellationToken::new())
        .await
        .unwrap_err();
    assert_eq!(error.code(), "measure.no_interface");
}
