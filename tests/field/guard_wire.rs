//! The promise, seen from the modem's side of the wire: over generated sequences of commands, interruptions and
//! faults no automatic selection arrives, and no network that the person of the moment did not name.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use opensim::domain::policy::{Order, Purpose};
use opensim::domain::verdict::Requirement;
use opensim::domain::{Carrier, Plmn, Profile};
use opensim::link::Driver;
use opensim::modem::at::AtModem;
use opensim::modem::{Modem as _, Way};
use opensim::ops::{self, Context, ScanRequest, Silently, SwitchRequest};
use opensim::os::clock::Clock;
use opensim::sim::{self, Scenario, VirtualModem};
use opensim::store::Store;
use proptest::prelude::*;
use tokio_util::sync::CancellationToken;

/// What a person does.
#[derive(Debug, Clone)]
enum Act {
    Status,
    Scan(Vec<usize>, Option<u64>),
    Switch(usize, bool, Option<u64>),
    Recover,
    Raw(String),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let cancel = || proptest::option::weighted(0.4, 0_u64..90_000);
    let raw = prop_oneof![
        Just("AT+COPS=0".to_owned()),
        Just("AT+COPS=4,2,\"20810\"".to_owned()),
        Just("AT+COPS=1,2,\"20820\"".to_owned()),
        Just("AT+CSQ;+COPS=0".to_owned()),
        Just("A/".to_owned()),
        "AT\\+C[A-Z]{3}[=?]?[0-9,\"]{0,8}",
    ];
    let act = prop_oneof![
        1 => Just(Act::Status),
        4 => (proptest::collection::vec(0_usize..3, 1..4), cancel()).prop_map(|(c, at)| Act::Scan(c, at)),
        3 => (0_usize..3, any::<bool>(), cancel()).prop_map(|(c, back, at)| Act::Switch(c, back, at)),
        1 => Just(Act::Recover),
        1 => raw.prop_map(Act::Raw),
    ];
    proptest::collection::vec(act, 1..4)
}

const WORLDS: &[&str] = &[
    "home",
    "rural",
    "denied",
    "wedged",
    "automatic",
    "simcom-home",
    "huawei-home",
    "generic-home",
    "cinterion-home",
    "ec200-home",
    "fibocom-home",
    "fm350-home",
    "meig-home",
    "quectel-5g-home",
    "sierra-home",
    "telit-home",
    "ublox-home",
    "zte-home",
];

const FAULTS: &[&str] = &[
    "",
    "garbage = true",
    "drop_byte_every = 400",
    "split_writes = true",
    "urc_mid_reply = true",
    "echo = \"off\"",
    "stale_registration_ms = 9000",
    "unplug_at_s = 40",
    "reboot_at_s = 30",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_automatic_selection_and_no_network_without_an_order(
        world in 0..WORLDS.len(),
        fault in 0..FAULTS.len(),
        acts in acts(),
    ) {
        let text = format!("base = \"{}\"\n[faults]\n{}\n", WORLDS[world], FAULTS[fault]);
        let scenario = Scenario::from_toml(&text, "generated").unwrap();
        let device = Arc::new(Mutex::new(VirtualModem::new(&scenario)));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let state = tempfile::tempdir().unwrap();
        let store = Store::at(state.path());
        for act in &acts {
            let seen = device.lock().unwrap().commands().count();
            let mut allowed = runtime.block_on(carry_out(act, &device, &store));
            // The way back: what stood before this run, or before the one that was interrupted.
            allowed.extend(["20801", "20810", "20820", "20815"].iter().filter_map(|p| p.parse().ok()).filter(|p| was_in_use(&device, *p)));
            let device = device.lock().unwrap();
            for line in device.commands().skip(seen) {
                check(line, &allowed, act)?;
            }
        }
    }
}

/// Modems say `OK` early, late, and go on saying "registered" of the network they are leaving. When a switch says
/// that it is done, the modem is where it was sent.
#[test]
fn a_switch_that_is_done_is_done_in_truth() {
    for fault in [
        "stale_registration_ms = 9000",
        "early_ok = true",
        "late_ok_ms = 4000",
        "urc_mid_reply = true",
    ] {
        for world in ["home", "simcom-home", "huawei-home", "generic-home"] {
            let text = format!("base = \"{world}\"\n[faults]\n{fault}\n");
            let scenario = Scenario::from_toml(&text, "stale").unwrap();
            let device = Arc::new(Mutex::new(VirtualModem::new(&scenario)));
            let state = tempfile::tempdir().unwrap();
            let act = Act::Switch(1, true, None);
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_time()
                .start_paused(true)
                .build()
                .unwrap();
            runtime.block_on(carry_out(&act, &device, &Store::at(state.path())));
            let plmn = device.lock().unwrap().world().plmn();
            assert_eq!(plmn, "20810".parse().ok(), "{world}, {fault}");
            let left = std::fs::read_dir(state.path().join("changes")).unwrap();
            let journals = left
                .flatten()
                .filter(|e| e.path().extension().is_some_and(|x| x == "json"));
            assert_eq!(journals.count(), 0, "{world}, {fault}");
        }
    }
}

fn check(line: &str, allowed: &BTreeSet<Plmn>, act: &Act) -> Result<(), TestCaseError> {
    let upper: String = line.to_uppercase().chars().filter(|c| *c != ' ').collect();
    for (at, _) in upper.match_indices("COPS=") {
        let rest = &upper[at + 5..];
        if rest.starts_with('?') || rest.starts_with("3,") {
            continue;
        }
        let code = rest
            .strip_prefix("1,2,\"")
            .and_then(|r| r.split('"').next())
            .and_then(|c| c.parse().ok());
        let Some(plmn) = code else {
            return Err(TestCaseError::fail(format!(
                "{line:?} arrived during {act:?}"
            )));
        };
        prop_assert!(
            allowed.contains(&plmn),
            "{line:?} arrived during {act:?}; allowed {allowed:?}"
        );
    }
    Ok(())
}

/// Whether the modem ever stood on this network before the act, as far as the world knows.
fn was_in_use(device: &Arc<Mutex<VirtualModem>>, plmn: Plmn) -> bool {
    let device = device.lock().expect("nobody panicked with it");
    // The home world starts on Orange; whatever else was in use was so by an earlier order.
    plmn.as_str() == "20801" || device.world().plmn() == Some(plmn)
}

/// Does it as the command line would, and gives the networks that the person named.
async fn carry_out(act: &Act, device: &Arc<Mutex<VirtualModem>>, store: &Store) -> BTreeSet<Plmn> {
    let profile = Profile::default();
    let clock = Clock::system();
    let named = |indices: &[usize]| -> Vec<Carrier> {
        indices
            .iter()
            .map(|i| profile.carriers[*i].clone())
            .collect()
    };
    let codes = |carriers: &[Carrier]| -> BTreeSet<Plmn> {
        carriers.iter().flat_map(|c| c.plmns.clone()).collect()
    };
    let driver = Driver::spawn(sim::spawn(Arc::clone(device), clock.clone()), clock.clone());
    let opened = AtModem::open(
        driver,
        clock.clone(),
        "sim".to_owned(),
        None,
        Way::None,
        None,
    )
    .await;
    let Ok(mut modem) = opened else {
        return BTreeSet::new();
    };
    let context = Context {
        clock: &clock,
        store,
        profile: &profile,
        listener: &Silently,
        cancel: CancellationToken::new(),
        reveal: false,
        limit: Duration::from_mins(1),
    };
    let stop = |at: Option<u64>| {
        let (token, clock) = (context.cancel.clone(), clock.clone());
        if let Some(at) = at {
            tokio::spawn(async move {
                clock
                    .sleep_until(Some(opensim::time::Instant::at(Duration::from_millis(at))))
                    .await;
                token.cancel();
            });
        }
    };
    let allowed = match act {
        Act::Status => {
            ops::status(&mut modem, &context).await;
            BTreeSet::new()
        }
        Act::Scan(carriers, cancel) => {
            let carriers = named(carriers);
            let allowed = codes(&carriers);
            let order = Order::from_person(Purpose::Survey, allowed.iter().copied());
            stop(*cancel);
            let request = ScanRequest {
                carriers,
                samples: 2,
                radio_only: false,
                all_networks: false,
                measure: None,
                requirement: Requirement::default(),
                label: None,
            };
            ops::scan(&mut modem, &context, &order, &request).await;
            allowed
        }
        Act::Switch(carrier, rollback, cancel) => {
            let carrier = profile.carriers[*carrier].clone();
            let allowed: BTreeSet<Plmn> = carrier.plmns.iter().copied().collect();
            let order = Order::from_person(Purpose::Switch, allowed.iter().copied());
            stop(*cancel);
            let request = SwitchRequest {
                carrier,
                reason: None,
                rollback: *rollback,
                verify: None,
            };
            ops::switch(&mut modem, &context, &order, &request).await;
            allowed
        }
        Act::Recover => {
            let order = Order::from_person(Purpose::Recover, []);
            ops::recover(&mut modem, &context, &order).await;
            BTreeSet::new()
        }
        Act::Raw(line) => {
            ops::at(&mut modem, &context, std::slice::from_ref(line), true).await;
            BTreeSet::new()
        }
    };
    // A modem that left cannot be asked to close.
    let _ = modem.close().await;
    allowed
}
