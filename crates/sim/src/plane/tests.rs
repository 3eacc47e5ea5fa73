use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use super::lane::{Direction, Lane, Passage};
use super::*;
use crate::Scenario;
use opensim_domain::verdict::{Requirement, Verdict};
use opensim_measure::{
    Allowance, Measured, Part, Plan, Server, UploadCount, Via, VoicePlan, measure,
};

fn shape(kbit: u64) -> LinkShape {
    LinkShape {
        down_bps: kbit * 1000,
        up_bps: kbit * 1000,
        delay: Duration::from_millis(20),
        jitter: Duration::ZERO,
        loss_ppm: 0,
        bucket: 0,
    }
}

fn link(shape: Option<LinkShape>) -> (watch::Sender<Link>, watch::Receiver<Link>) {
    watch::channel(Link { shape, epoch: 0 })
}

async fn arrival(lane: &Lane, bytes: usize) -> Duration {
    let start = Instant::now();
    match lane.pass(bytes, 0).await {
        Passage::Arrives(at) => at - start,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_packet_takes_its_time_at_the_rate_and_then_the_way() {
    let (_keep, watched) = link(Some(shape(100)));
    let lane = Lane::new(Direction::Down, watched, 1);
    // 1250 bytes are 100 ms at 100 kbit/s.
    for _ in 0..3 {
        let took = arrival(&lane, 1250).await;
        assert!((119..=121).contains(&took.as_millis()), "{took:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_bucket_passes_at_once_and_then_the_rate_holds() {
    let shape = LinkShape {
        bucket: 12_500,
        ..shape(100)
    };
    let (_keep, watched) = link(Some(shape));
    let lane = Lane::new(Direction::Up, watched, 1);
    let start = Instant::now();
    for _ in 0..10 {
        arrival(&lane, 1250).await;
    }
    assert!(start.elapsed() < Duration::from_millis(20));
    for _ in 0..10 {
        arrival(&lane, 1250).await;
    }
    let took = start.elapsed();
    assert!((980..=1020).contains(&took.as_millis()), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn nothing_passes_off_the_network_and_nothing_old_after_a_change() {
    let (sender, watched) = link(None);
    let lane = Arc::new(Lane::new(Direction::Down, watched, 1));
    let waiting = tokio::spawn({
        let lane = lane.clone();
        async move { lane.pass(100, 0).await }
    });
    tokio::time::sleep(Duration::from_mins(10)).await;
    assert!(!waiting.is_finished());
    sender.send_modify(|link| link.shape = Some(shape(1000)));
    assert!(matches!(waiting.await.unwrap(), Passage::Arrives(_)));
    sender.send_modify(|link| link.epoch = 1);
    assert_eq!(lane.pass(100, 0).await, Passage::Gone);
    assert!(matches!(lane.pass(100, 1).await, Passage::Arrives(_)));
}

#[tokio::test(start_paused = true)]
async fn as_many_are_lost_as_the_scenario_says() {
    let shape = LinkShape {
        loss_ppm: 100_000,
        ..shape(100_000)
    };
    let (_keep, watched) = link(Some(shape));
    let lane = Lane::new(Direction::Down, watched, 7);
    let mut lost = 0;
    for _ in 0..2000 {
        lost += u32::from(matches!(lane.pass(100, 0).await, Passage::Lost(_)));
    }
    assert!((150..250).contains(&lost), "{lost}");
}

async fn measured(toml: &str) -> Measured {
    let scenario = Scenario::from_toml(toml, "test").unwrap();
    let modem = VirtualModem::new(&scenario);
    let device = Connected::new(modem, scenario.seed).await.unwrap();
    let server = format!("opensim://{}", device.address().expect("a data path"));
    let plan = Plan {
        via: Via::Loopback,
        name_servers: Vec::new(),
        server: Server::parse(&server).unwrap(),
        reflector: None,
        authorities: Vec::new(),
        upload_count: UploadCount::default(),
        need: Requirement::default(),
        allowance: Allowance::default(),
        voice: Some(VoicePlan::default()),
        all: false,
        together: true,
        clock: Clock::system(),
    };
    measure(&plan, &CancellationToken::new()).await.unwrap()
}

#[tokio::test]
async fn what_a_scenario_says_of_a_link_is_what_is_measured_of_it() {
    let slow = measured("base = \"home\"\n[start]\nplmn = \"20820\"");
    let good = measured("base = \"home\"");
    let (slow, good) = tokio::join!(slow, good);
    let need = Requirement::default();
    assert_eq!(slow.verdict(&need), Verdict::Unsuitable, "{slow:?}");
    assert!(slow.missing.iter().any(|m| m.part == Part::Up));
    assert_eq!(good.verdict(&need), Verdict::Suitable, "{good:?}");
    let voice = good.voice.unwrap();
    assert!(voice.mos > Some(4.0), "{voice:?}");
    // Twice 38 ms, and up to twice 9 ms of jitter.
    assert!(
        voice.rtt_ms.is_some_and(|rtt| (76.0..100.0).contains(&rtt)),
        "{voice:?}"
    );
}
