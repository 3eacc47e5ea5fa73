//! The backend against a daemon of the test's own: what is sent, and what becomes of what the real daemon does rarely.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::*;
use crate::domain::Profile;
use crate::domain::policy::Purpose;
use crate::domain::verdict::Requirement;
use crate::measure::Via;
use crate::modem::DataFault;
use crate::ops::{self, Context, ScanRequest, Silently, SwitchRequest};
use crate::os::clock::Clock;
use crate::session::ppp::fixture as dialling;
use crate::store::Store;

mod daemon;
mod matrix;

use daemon::{BEARER_PATH, Bench, Refusal, Shared, levels, tell_levels};

fn plmn(code: &str) -> Plmn {
    code.parse().unwrap()
}

fn order(codes: &[&str]) -> Order {
    Order::from_person(Purpose::Switch, codes.iter().map(|code| plmn(code)))
}

const WITHIN: Duration = Duration::from_secs(5);

/// No test here takes longer, and none hangs.
async fn in_time<T>(test: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), test)
        .await
        .expect("in time")
}

/// A test of a modem that its daemon has registered on Orange, and of what that daemon was told.
async fn with_modem(test: impl AsyncFnOnce(ManagerModem, Shared)) {
    in_time(async {
        let Bench {
            modem,
            shared,
            host: _host,
            daemon: _daemon,
        } = Bench::new().await;
        test(modem, shared).await;
    })
    .await;
}

#[tokio::test]
async fn a_network_is_asked_for_by_its_code_and_what_is_in_use_is_read() {
    with_modem(async |mut modem, shared| {
        assert_eq!(
            modem.selection().await.unwrap().mode,
            SelectionMode::Unknown
        );
        let order = order(&["20810"]);
        modem.select(&order, plmn("20810"), WITHIN).await.unwrap();
        let selection = modem.selection().await.unwrap();
        assert_eq!(selection.plmn, Some(plmn("20810")));
        assert_eq!(selection.mode, SelectionMode::Manual);
        assert_eq!(shared.log(), ["Register 20810"]);
        // Somebody else moves it, a moment later.
        shared.world().operator = "20820".to_owned();
        modem.breath = Breath::default();
        assert_eq!(
            modem.selection().await.unwrap().mode,
            SelectionMode::Unknown
        );
    })
    .await;
}

#[tokio::test]
async fn without_a_live_order_nothing_reaches_the_daemon() {
    with_modem(async |mut modem, shared| {
        let order = order(&["20810"]);
        let other = modem.select(&order, plmn("20820"), WITHIN).await;
        assert_eq!(other.unwrap_err().code(), "modem.guarded");
        order.close();
        let late = modem.select(&order, plmn("20810"), WITHIN).await;
        assert_eq!(late.unwrap_err().code(), "modem.guarded");
        let dead = Some((&order, plmn("20801")));
        let link = modem.data_session(dead, WITHIN).await;
        assert_eq!(link.unwrap_err().code(), "modem.guarded");
        assert_eq!(shared.log(), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn what_the_daemon_refuses_has_a_code_that_says_what_to_do() {
    with_modem(async |mut modem, shared| {
        let text = || "words".to_owned();
        for (refusal, code) in [
            (Refusal::InProgress(text()), "manager.in_progress"),
            (Refusal::WrongState(text()), "manager.wrong_state"),
            (Refusal::Cancelled(text()), "manager.cancelled"),
            (Refusal::Unauthorized(text()), "manager.denied"),
            (Refusal::Failed(text()), "manager.refused"),
            (Refusal::NoNetwork(text()), "network.not_available"),
            (Refusal::NetworkNotAllowed(text()), "network.denied"),
            (Refusal::SimPuk(text()), "sim.puk_required"),
        ] {
            shared.world().refusal = Some(refusal);
            let order = order(&["20810"]);
            let refused = modem.select(&order, plmn("20810"), WITHIN).await;
            assert_eq!(refused.unwrap_err().code(), code);
        }
    })
    .await;
}

#[tokio::test]
async fn a_daemon_that_goes_on_showing_the_former_network_is_not_believed() {
    with_modem(async |mut modem, shared| {
        shared.world().shows_former = true;
        let order = order(&["20810", "20801"]);
        modem.select(&order, plmn("20810"), WITHIN).await.unwrap();
        assert_eq!(modem.selection().await.unwrap().plmn, None);
        modem.clock = Clock::paced(100.0);
        // Asked to go back it would send nothing, and say that it is there.
        let back = modem.select(&order, plmn("20801"), WITHIN).await;
        assert_eq!(back.unwrap_err().code(), "manager.stale");
        assert_eq!(shared.log(), ["Register 20810"]);
    })
    .await;
}

#[tokio::test]
async fn a_link_is_brought_up_on_the_network_in_use_and_put_down_again() {
    with_modem(async |mut modem, shared| {
        let none = modem.data_session(None, WITHIN).await;
        assert_eq!(none.unwrap_err(), Error::Data(DataFault::NoPath));
        let order = order(&["20801"]);
        let leave = Some((&order, plmn("20801")));
        let session = modem.data_session(leave, WITHIN).await.unwrap();
        let link = session.link();
        assert_eq!(link.via, Via::Interface("wwan0".to_owned()));
        assert_eq!(
            link.name_servers,
            ["10.0.0.1".parse::<std::net::IpAddr>().unwrap()]
        );
        session.end().await.unwrap();
        modem.close().await.unwrap();
        let put_down = format!("Disconnect {BEARER_PATH}");
        assert_eq!(shared.log(), ["Connect 20801", put_down.as_str()]);
    })
    .await;
}

#[tokio::test]
async fn a_session_that_is_dropped_is_put_down_before_the_modem_is_let_go() {
    with_modem(async |mut modem, shared| {
        let order = order(&["20801"]);
        let leave = Some((&order, plmn("20801")));
        drop(modem.data_session(leave, WITHIN).await.unwrap());
        modem.close().await.unwrap();
        let put_down = format!("Disconnect {BEARER_PATH}");
        assert_eq!(shared.log(), ["Connect 20801", put_down.as_str()]);
    })
    .await;
}

#[tokio::test]
async fn a_link_that_is_up_is_used_and_left_up() {
    with_modem(async |mut modem, shared| {
        shared.world().connected = true;
        modem.data_session(None, WITHIN).await.unwrap();
        let order = order(&["20801"]);
        let leave = Some((&order, plmn("20801")));
        modem.data_session(leave, WITHIN).await.unwrap();
        modem.close().await.unwrap();
        assert_eq!(shared.log(), [""; 0]);
        assert_eq!(
            modem.data().await.unwrap().address.as_deref(),
            Some("10.0.0.2")
        );
    })
    .await;
}

#[tokio::test]
async fn a_connected_modem_is_not_asked_for_the_network_that_it_is_on_and_refuses_another() {
    with_modem(async |mut modem, shared| {
        shared.world().connected = true;
        let order = order(&["20801", "20810"]);
        modem.select(&order, plmn("20801"), WITHIN).await.unwrap();
        assert_eq!(shared.log(), [""; 0]);
        // No connection of NetworkManager's that could make way.
        let other = modem.select(&order, plmn("20810"), WITHIN).await;
        assert_eq!(other.unwrap_err().code(), "manager.wrong_state");
    })
    .await;
}

#[tokio::test]
async fn a_port_that_the_daemon_dialled_on_is_spoken_on_and_hung_up_before_it() {
    in_time(async {
        let Bench {
            mut modem,
            shared,
            host,
            daemon: _daemon,
        } = Bench::new().await;
        shared.world().dials = true;
        let pppd = dialling::Fake::new(dialling::UP, true);
        modem.dialler = pppd.dialler();
        host.interface("ppp7", ["0x10d1", "unknown", "1"]);
        host.put("addresses/ppp7", "10.64.12.7\n");
        let order = order(&["20801"]);
        let leave = Some((&order, plmn("20801")));
        let mut sessions = Vec::new();
        for _ in 0..2 {
            let session = modem.data_session(leave, WITHIN).await.unwrap();
            let link = session.link().clone();
            sessions.push(session);
            assert_eq!(link.via, Via::Interface("ppp7".to_owned()));
            assert_eq!(link.name_servers, [std::net::IpAddr::from([192, 0, 2, 53])]);
        }
        assert!(pppd.arguments().starts_with("/dev/ttyUSB3 "));
        // The last that rests on it ends it.
        let last = sessions.pop().unwrap();
        drop(sessions);
        let (ended, released) = tokio::join!(pppd.ended(), last.end());
        released.unwrap();
        assert_eq!(ended, "ended\n");
        let hung_up = format!("Disconnect {BEARER_PATH}");
        assert_eq!(shared.log(), ["Connect 20801", &*hung_up]);
        // Where another program had it connected and nobody says by which interface, it is not known.
        shared.world().connected = true;
        let link = modem.data_session(None, WITHIN).await;
        assert_eq!(link.unwrap_err(), Error::Data(DataFault::NoPath));
        assert_eq!(modem.data().await.unwrap().interface, None);
    })
    .await;
}

#[tokio::test]
async fn a_connection_that_moves_the_modem_is_found_out_and_put_down() {
    with_modem(async |mut modem, shared| {
        shared.world().strays_to = Some("20815");
        let order = order(&["20801"]);
        let leave = Some((&order, plmn("20801")));
        let link = modem.data_session(leave, WITHIN).await;
        assert_eq!(link.unwrap_err().code(), "network.lost");
        assert!(!shared.world().connected);
    })
    .await;
}

#[tokio::test]
async fn the_signal_is_read_at_a_rate_that_is_put_back() {
    with_modem(async |mut modem, shared| {
        let reading = modem.reading().await.unwrap();
        assert_eq!(reading.rsrp, crate::domain::radio::Rsrp::from_tenths(-975));
        assert_eq!((reading.rsrq, reading.sinr), (None, None));
        modem.close().await.unwrap();
        assert_eq!(shared.log(), ["Setup 1", "Setup 0"]);
        // A rate that another program set is left.
        shared.world().rate = 5;
        let Bench {
            mut modem,
            shared,
            host: _host,
            daemon: _daemon,
        } = Bench::new().await;
        shared.world().rate = 5;
        modem.reading().await.unwrap();
        assert_eq!(shared.log(), [""; 0]);
        // It is too slow to tell of a network that was just joined.
        let order = order(&["20810"]);
        modem.select(&order, plmn("20810"), WITHIN).await.unwrap();
        modem.reading().await.unwrap();
        modem.close().await.unwrap();
        assert_eq!(shared.log(), ["Register 20810", "Setup 1", "Setup 5"]);
    })
    .await;
}

#[tokio::test]
async fn a_level_that_was_told_of_while_a_network_was_being_left_is_not_the_next_ones() {
    in_time(async {
        let Bench {
            mut modem,
            shared,
            host: _host,
            daemon,
        } = Bench::new().await;
        let rsrp = |tenths| crate::domain::radio::Rsrp::from_tenths(tenths);
        assert_eq!(modem.reading().await.unwrap().rsrp, rsrp(-975));
        let order = order(&["20810"]);
        modem.select(&order, plmn("20810"), WITHIN).await.unwrap();
        let asked = Arc::clone(&shared.world().asked);
        let next = async {
            asked.notified().await;
            // Whoever took the news before for the next network's has time to end with it.
            for _ in 0..200 {
                tokio::task::yield_now().await;
            }
            shared.world().level = Some(-84.0);
            tell_levels(&daemon, levels(-84.0)).await;
        };
        let (reading, ()) = tokio::join!(modem.reading(), next);
        assert_eq!(reading.unwrap().rsrp, rsrp(-840));
    })
    .await;
}

/// Moves the modem and reads it thrice, as a survey does.
async fn readings(modem: &mut ManagerModem, network: &str) -> Vec<Option<i32>> {
    let order = order(&[network]);
    modem.select(&order, plmn(network), WITHIN).await.unwrap();
    let mut read = Vec::new();
    for _ in 0..3 {
        let rsrp = modem.reading().await.unwrap().rsrp;
        read.push(rsrp.map(crate::domain::radio::Rsrp::tenths));
    }
    read
}

/// A clock by which no wait ends before the test is given up.
fn nearly_still() -> Clock {
    Clock::paced(0.001)
}

#[tokio::test]
async fn levels_that_the_daemon_does_not_offer_are_not_waited_for_and_said() {
    in_time(async {
        let Bench {
            mut modem,
            shared,
            host: _host,
            daemon: _daemon,
        } = Bench::without_signal().await;
        assert_eq!(modem.levels_withheld(), None);
        modem.clock = nearly_still();
        for network in ["20810", "20820"] {
            assert_eq!(readings(&mut modem, network).await, [None; 3]);
        }
        assert_eq!(modem.levels_withheld(), Some(Code::MANAGER_NO_LEVELS));
        // Nobody asks for what is not there.
        assert_eq!(shared.log(), ["Register 20810", "Register 20820"]);
    })
    .await;
}

#[tokio::test]
async fn levels_that_this_user_may_not_have_read_are_not_waited_for_and_said() {
    with_modem(async |mut modem, shared| {
        shared.world().setup_refusal = Some(Refusal::Unauthorized("words".to_owned()));
        modem.clock = nearly_still();
        // Those that stand there are of the network that was left.
        for network in ["20810", "20820"] {
            assert_eq!(readings(&mut modem, network).await, [None; 3]);
        }
        assert_eq!(modem.levels_withheld(), Some(Code::MANAGER_LEVELS_DENIED));
        modem.close().await.unwrap();
        assert_eq!(
            shared.log(),
            ["Register 20810", "Setup 1", "Register 20820"]
        );
    })
    .await;
}

#[tokio::test]
async fn levels_that_never_come_are_waited_for_once_and_taken_when_they_do_come() {
    with_modem(async |mut modem, shared| {
        shared.world().is_barren = true;
        modem.clock = Clock::paced(100.0);
        assert_eq!(modem.reading().await.unwrap().rsrp, None);
        modem.clock = nearly_still();
        for network in ["20810", "20820"] {
            assert_eq!(readings(&mut modem, network).await, [None; 3]);
        }
        assert_eq!(modem.levels_withheld(), Some(Code::MANAGER_NO_LEVELS));
        shared.world().is_barren = false;
        modem.clock = Clock::paced(100.0);
        assert!(modem.reading().await.unwrap().rsrp.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_registration_that_was_given_up_is_waited_for() {
    with_modem(async |mut modem, shared| {
        let (began, may_end) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        shared.world().hold = Some((Arc::clone(&began), Arc::clone(&may_end)));
        let order = order(&["20810"]);
        tokio::select! {
            biased;
            _ = modem.select(&order, plmn("20810"), WITHIN) => panic!("it is held"),
            () = began.notified() => {}
        }
        may_end.notify_one();
        modem.settle().await.unwrap();
        assert_eq!(shared.log(), ["Register 20810", "registered"]);
    })
    .await;
}

#[tokio::test]
async fn a_change_that_polkit_refuses_changes_nothing_and_owes_nothing() {
    with_modem(async |mut modem, shared| {
        shared.world().refusal = Some(Refusal::Unauthorized("words".to_owned()));
        let folder = tempfile::tempdir().unwrap();
        let (clock, profile) = (Clock::system(), Profile::default());
        let store = Store::at(folder.path());
        let context = Context {
            clock: &clock,
            store: &store,
            profile: &profile,
            listener: &Silently,
            cancel: CancellationToken::new(),
            reveal: true,
            limit: WITHIN,
        };
        let carrier = |word| profile.named(word).unwrap();
        let request = SwitchRequest {
            carrier: carrier("sfr"),
            reason: None,
            rollback: true,
            verify: None,
        };
        let switched = ops::switch(&mut modem, &context, &order(&["20810"]), &request).await;
        assert_eq!(switched.fault.unwrap().code(), "manager.denied");
        assert_eq!(switched.document.body.outcome, None);
        let request = ScanRequest {
            carriers: vec![carrier("sfr"), carrier("bouygues")],
            samples: 1,
            radio_only: false,
            all_networks: false,
            measure: None,
            requirement: Requirement::default(),
            label: None,
        };
        let order = order(&["20810", "20820"]);
        let scanned = ops::scan(&mut modem, &context, &order, &request).await;
        assert_eq!(scanned.fault.unwrap().code(), "manager.denied");
        // Each was asked once: not again, and not for the way back.
        assert_eq!(shared.log(), ["Register 20810", "Register 20810"]);
        let left = std::fs::read_dir(folder.path().join("changes"));
        let journals = left.into_iter().flatten().flatten();
        assert!(
            journals
                .map(|e| e.path())
                .all(|p| p.extension().is_none_or(|e| e != "json"))
        );
    })
    .await;
}
