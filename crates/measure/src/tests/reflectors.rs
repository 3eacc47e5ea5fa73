//! Reflectors and paths that make more of a call's packets, or less, than they should.

use tokio::net::UdpSocket;
use tokio::task::JoinSet;

use super::*;
use crate::servers::ReflectorAddress;
use crate::voice::{StampReply, StampRequest};

/// A reflector that gives these for its packet of this number, until it is dropped.
async fn reflector(
    answers: impl Fn(u32, &[u8]) -> Vec<Vec<u8>> + Send + 'static,
) -> (ReflectorAddress, JoinSet<()>) {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let named = ReflectorAddress {
        host: "127.0.0.1".to_owned(),
        port: socket.local_addr().unwrap().port(),
    };
    let mut tasks = JoinSet::new();
    tasks.spawn(async move {
        let mut packet = [0; 1500];
        for count in 0.. {
            let (length, from) = socket.recv_from(&mut packet).await.unwrap();
            for answer in answers(count, &packet[..length]) {
                socket.send_to(&answer, from).await.unwrap();
            }
        }
    });
    (named, tasks)
}

fn good(count: u32, packet: &[u8]) -> Vec<u8> {
    let sent = StampRequest::decode(packet).unwrap().sent;
    StampReply::answer(packet, count, sent, sent).unwrap()
}

/// A fast link's measurement with such a reflector.
async fn measured(reflector: ReflectorAddress, budget: u64) -> Measured {
    let scene = Scene::new(kbit(4_000)).await;
    let plan = Plan {
        reflector: Some(reflector),
        voice: Some(VoicePlan::default()),
        allowance: Allowance {
            budget,
            ..Allowance::default()
        },
        ..scene.plan()
    };
    scene.measure(&plan).await.unwrap()
}

fn verdict(measured: &Measured) -> Verdict {
    measured.verdict(&Requirement::default())
}

#[tokio::test]
async fn a_reflector_that_multiplies_rates_no_call_and_the_link_is_not_called_suitable() {
    // From the first packet on; and once it is trusted.
    for from in [0, 9] {
        let (reflector, _tasks) = reflector(move |count, packet| {
            if count < from {
                vec![good(count, packet)]
            } else {
                vec![vec![0; 1_400]; 3]
            }
        })
        .await;
        let measured = measured(reflector, 1_000_000).await;
        let why = missing(&measured, Part::Voice);
        assert_eq!((&measured.voice, why), (&None, Some(&Because::Multiplied)));
        assert_eq!(verdict(&measured), Verdict::Uncertain);
    }
}

#[tokio::test]
async fn answers_in_many_pieces_are_paid_as_long_as_they_are_and_the_first_is_the_last() {
    let (reflector, _tasks) = reflector(|_, _| vec![vec![0; 60_000]]).await;
    let measured = measured(reflector, 1_000_000).await;
    assert_eq!(missing(&measured, Part::Voice), Some(&Because::Multiplied));
    assert_eq!(verdict(&measured), Verdict::Uncertain);
    let ways = [&measured.down, &measured.up].map(|way| way.as_ref().unwrap().bytes);
    let call = measured.cost.bytes - ways[0] - ways[1];
    assert!((60_000..62_000).contains(&call), "{call}");
}

#[tokio::test]
async fn a_path_that_doubles_rates_the_call_and_says_so() {
    let (reflector, _tasks) = reflector(|count, packet| vec![good(count, packet); 2]).await;
    let measured = measured(reflector, 1_000_000).await;
    let call = measured.voice.clone().unwrap();
    assert!(call.packets >= 150 && call.mos > Some(4.0), "{call:?}");
    assert!(call.doubled >= Some(call.packets - 1), "{call:?}");
    assert_eq!(verdict(&measured), Verdict::Suitable);
}

#[tokio::test]
async fn a_call_of_few_packets_is_rated_not_at_all() {
    // Each answer four times: what is left of the budget is spent before there are fifty.
    let (reflector, _tasks) = reflector(|count, packet| vec![good(count, packet); 4]).await;
    let scene = Scene::new(kbit(4_000)).await;
    let need = Requirement {
        down_bps: 20_000,
        up_bps: 20_000,
        ..Requirement::default()
    };
    let plan = |reflector: Option<ReflectorAddress>, voice, budget| Plan {
        reflector,
        voice,
        need,
        allowance: Allowance {
            budget,
            ..Allowance::default()
        },
        ..scene.plan()
    };
    let without = scene.measure(&plan(None, None, 1_000_000)).await.unwrap();
    let budget = without.cost.bytes + 30_000;
    let plan = plan(Some(reflector), Some(VoicePlan::default()), budget);
    let measured = scene.measure(&plan).await.unwrap();
    let why = missing(&measured, Part::Voice);
    assert!(
        matches!(why, Some(Because::TooFew { packets: 1..50 })),
        "{why:?}"
    );
    assert_eq!(measured.voice, None);
    assert!(measured.cost.bytes <= budget, "{measured:?}");
    assert_eq!(verdict(&measured), Verdict::Uncertain);
}
