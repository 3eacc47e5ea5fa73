//! Rows that say nothing, rows that are refused, cards that wake up, contexts that are not the first: every family of the
//! virtual modem has each oddity, and what a document says is the world's truth or nothing.

#![expect(
    clippy::unwrap_used,
    reason = "the helpers of a test may fail it; clippy knows only functions marked as tests"
)]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use opensim::document::{Radio, Status};
use opensim::domain::SimState;
use opensim::domain::radio::{Band, Rsrp, Rsrq, Rssi, Sinr};
use opensim::domain::{Access, Plmn, Profile};
use opensim::link::Driver;
use opensim::modem::at::AtModem;
use opensim::modem::{Modem as _, Way};
use opensim::ops::{self, Context, Silently};
use opensim::os::clock::Clock;
use opensim::sim::world::Cell;
use opensim::sim::{self, Scenario, VirtualModem};
use opensim::store::Store;
use tokio_util::sync::CancellationToken;

/// The house of every family.
fn houses() -> Vec<&'static str> {
    let is_house = |name: &&str| *name == "home" || name.ends_with("-home");
    Scenario::names().filter(is_house).collect()
}

/// A status, whether it failed and by which code, how long it took, and the cell that the modem was on.
struct Seen {
    house: &'static str,
    status: Status,
    fault: Option<&'static str>,
    took: Duration,
    cell: Cell,
    wrong: Vec<String>,
}

impl Seen {
    async fn of(house: &'static str, quirks: &str) -> Self {
        let text = format!("base = \"{house}\"\n[quirks]\n{quirks}\n");
        let scenario = Scenario::from_toml(&text, house).unwrap();
        let device = Arc::new(Mutex::new(VirtualModem::new(&scenario)));
        let clock = Clock::system();
        let link = sim::spawn(Arc::clone(&device), clock.clone());
        let driver = Driver::spawn(link, clock.clone());
        let port = "sim".to_owned();
        let opened = AtModem::open(driver, clock.clone(), port, None, Way::None, None).await;
        let mut modem = opened.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (store, profile) = (Store::at(folder.path()), Profile::default());
        let context = Context {
            clock: &clock,
            store: &store,
            profile: &profile,
            listener: &Silently,
            cancel: CancellationToken::new(),
            reveal: true,
            limit: Duration::from_mins(1),
        };
        let start = clock.now();
        let ended = ops::status(&mut modem, &context).await;
        let took = clock.now() - start;
        modem.close().await.unwrap();
        let orange: Plmn = "20801".parse().unwrap();
        let device = device.lock().unwrap();
        let mut carriers = device.world().carriers().iter();
        let carrier = carriers.find(|c| c.plmns.contains(&orange)).unwrap();
        let best = carrier.cells.iter().max_by_key(|cell| cell.mean.rsrp);
        Self {
            house,
            status: ended.document.body,
            fault: ended.fault.as_ref().map(|fault| fault.code().as_str()),
            took,
            cell: *best.unwrap(),
            wrong: Vec::new(),
        }
    }

    fn radio(&self) -> Radio {
        let empty = Radio::of(&opensim::domain::radio::Reading::default());
        self.status.radio.clone().unwrap_or(empty)
    }

    fn check(&mut self, what: &str, holds: bool) {
        if !holds {
            self.wrong.push(what.to_owned());
        }
    }

    fn sim_state(&self) -> Option<SimState> {
        self.status.sim.as_ref().map(|sim| sim.state)
    }

    /// Whatever is known of the cell is its own; unknown passes.
    fn is_the_truth(&mut self) {
        let (radio, cell) = (self.radio(), self.cell);
        let most = 10 + cell.fading;
        let near = |said: Option<i32>, truth: i32, most: i32| {
            said.is_none_or(|said| (said - truth).abs() <= most)
        };
        let rssi = cell.rssi(cell.mean);
        let band = match cell.access {
            Access::Nr => Band::Nr(cell.band),
            _ => Band::Lte(cell.band),
        };
        let width = f64::from(cell.bandwidth) / 10.0;
        let known = radio.rsrp_dbm.is_some();
        for (what, holds) in [
            (
                "RSRP",
                near(radio.rsrp_dbm.map(Rsrp::tenths), cell.mean.rsrp, most),
            ),
            (
                "RSRQ",
                near(radio.rsrq_db.map(Rsrq::tenths), cell.mean.rsrq, most),
            ),
            (
                "SINR",
                near(radio.sinr_db.map(Sinr::tenths), cell.mean.sinr, most),
            ),
            (
                "RSSI",
                near(radio.rssi_dbm.map(Rssi::tenths), rssi, most + 10),
            ),
            ("band", radio.band.is_none_or(|b| b == band)),
            ("channel", radio.earfcn.is_none_or(|n| n == cell.earfcn)),
            (
                "physical cell",
                radio.pci.is_none_or(|n| n == u32::from(cell.pci)),
            ),
            ("cell", radio.cell_id.is_none_or(|n| n == cell.cell_id)),
            ("area", radio.tac.is_none_or(|n| n == cell.tac)),
            (
                "bandwidth",
                radio.bandwidth_mhz.is_none_or(|w| (w - width).abs() < 0.01),
            ),
            ("quality without a power", known || radio.quality.is_none()),
        ] {
            self.check(&format!("{what} in {radio:?}"), holds);
        }
    }
}

/// Reads every house with each of these quirks and fails with all that is not as `judge` wants it.
async fn everywhere(quirks: &[&str], judge: impl Fn(&mut Seen)) {
    let mut all = Vec::new();
    for quirk in quirks {
        for house in houses() {
            let mut seen = Seen::of(house, quirk).await;
            judge(&mut seen);
            if !seen.wrong.is_empty() {
                all.push(format!("{house}, {quirk}: {}", seen.wrong.join("; ")));
            }
        }
    }
    assert!(all.is_empty(), "\n{}", all.join("\n"));
}

#[tokio::test(start_paused = true)]
async fn an_empty_row_of_any_family_is_nothing_at_all() {
    let kinds = ["zero", "ones", "dashes", "smallest"];
    let quirks = kinds.map(|kind| format!("empty_rows = \"{kind}\""));
    let quirks: Vec<&str> = quirks.iter().map(String::as_str).collect();
    everywhere(&quirks, |seen| {
        seen.is_the_truth();
        let radio = seen.radio();
        for (what, unknown) in [
            ("RSRP", radio.rsrp_dbm.is_none()),
            ("RSRQ", radio.rsrq_db.is_none()),
            ("SINR", radio.sinr_db.is_none()),
            ("RSSI", radio.rssi_dbm.is_none()),
            ("band", radio.band.is_none()),
            (
                "channel",
                radio.earfcn.is_none() && radio.downlink_mhz.is_none(),
            ),
            ("bandwidth", radio.bandwidth_mhz.is_none()),
            ("physical cell", radio.pci.is_none()),
            ("quality", radio.quality.is_none()),
        ] {
            seen.check(&format!("{what} in {radio:?}"), unknown);
        }
        seen.check("it ends well", seen.fault.is_none());
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_refused_row_of_any_family_is_asked_again_and_then_read_by_the_standard() {
    everywhere(
        &["cell_row = \"error-once\"", "cell_row = \"error\""],
        |seen| {
            seen.is_the_truth();
            let radio = seen.radio();
            // One family knows no +CESQ and has the total power alone, one (LM960) has no level in either command.
            let level = radio.rsrp_dbm.is_some() || radio.rssi_dbm.is_some();
            let has_one = seen.house != "telit-home";
            seen.check(&format!("a level in {radio:?}"), level || !has_one);
            seen.check(&format!("the cell in {radio:?}"), radio.cell_id.is_some());
            seen.check("the area", radio.tac.is_some());
        },
    )
    .await;
    everywhere(&["cell_row = \"error-once\""], |seen| {
        let own = seen.radio().source.is_some_and(|s| !s.starts_with("+CESQ"));
        let generic = seen.house == "generic-home";
        seen.check("the vendor's own row, the second time", own || generic);
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_field_more_or_fewer_moves_no_value_to_another() {
    everywhere(
        &["cell_row_fields = \"fewer\"", "cell_row_fields = \"extra\""],
        |seen| {
            seen.is_the_truth();
            let radio = seen.radio();
            seen.check(&format!("a level in {radio:?}"), radio.rsrp_dbm.is_some());
            seen.check(&format!("the cell in {radio:?}"), radio.cell_id.is_some());
        },
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn the_better_antenna_is_what_is_reported() {
    everywhere(&["branches = \"uneven\""], Seen::is_the_truth).await;
}

#[tokio::test(start_paused = true)]
async fn a_channel_outside_the_band_beside_it_has_no_frequency() {
    everywhere(&["band_mismatch = true"], |seen| {
        let radio = seen.radio();
        let (said, mhz) = (radio.band, radio.downlink_mhz);
        let own = [Band::Lte(seen.cell.band), Band::Nr(seen.cell.band)];
        // Where no band is said there is none to disagree with.
        let agrees = said.is_none_or(|band| own.contains(&band));
        seen.check(&format!("{radio:?}"), agrees || mhz.is_none());
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_place_told_by_creg_alone_is_the_place() {
    everywhere(&["location = \"creg-only\""], |seen| {
        seen.is_the_truth();
        let radio = seen.radio();
        seen.check(&format!("the cell in {radio:?}"), radio.cell_id.is_some());
        seen.check(&format!("the area in {radio:?}"), radio.tac.is_some());
        seen.check("the level", radio.rsrp_dbm.is_some());
    })
    .await;
    everywhere(&["location = \"none\""], |seen| {
        seen.is_the_truth();
        let radio = seen.radio();
        seen.check("no cell", radio.cell_id.is_none() && radio.enodeb.is_none());
        seen.check("the level", radio.rsrp_dbm.is_some());
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn the_floor_of_a_real_cell_is_its_level_or_none_and_never_a_quality_by_noise() {
    everywhere(&["levels = \"lowest\""], |seen| {
        let radio = seen.radio();
        let floor = radio.rsrp_dbm.is_none_or(|rsrp| rsrp.tenths() <= -1400);
        seen.check(&format!("RSRP in {radio:?}"), floor);
        let known = radio.rsrp_dbm.is_some();
        seen.check("quality", known || radio.quality.is_none());
        seen.check("the cell", radio.cell_id == Some(seen.cell.cell_id));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn the_context_in_use_is_told_whatever_its_number() {
    let fourth = "active_context = 4\ncontexts = [{ cid = 1, apn = \"ims\" }, { cid = 4, apn = \"internet\" }]";
    everywhere(&[fourth], |seen| {
        let data = seen.status.data.clone();
        let apn = data.as_ref().and_then(|data| data.apn.clone());
        seen.check(
            &format!("access point {apn:?}"),
            apn.as_deref() == Some("internet"),
        );
        let address = data.and_then(|data| data.address);
        seen.check(&format!("address {address:?}"), address.is_some());
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_card_whose_number_has_hexadecimal_digits_is_read() {
    everywhere(&["iccid = \"898602F9091830030220\""], |seen| {
        let iccid = seen.status.sim.as_ref().and_then(|sim| sim.iccid.clone());
        let kept = iccid.as_deref() == Some("898602F9091830030220");
        seen.check(&format!("{iccid:?}"), kept);
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_card_that_wakes_up_is_waited_for_and_not_longer() {
    let busy = [
        "sim_words = \"SIM BUSY\"\nsim_busy_s = 8",
        "sim_words = \"NOT READY\"\nsim_busy_s = 8",
        "sim_words = \"SIM BUSY\"\nsim_words_as = \"error\"\nsim_busy_s = 8",
    ];
    everywhere(&busy, |seen| {
        let state = seen.sim_state();
        seen.check(&format!("{state:?}"), state == Some(SimState::Ready));
        seen.check("it ends well", seen.fault.is_none());
        let took = seen.took;
        seen.check(&format!("took {took:?}"), took < Duration::from_secs(12));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_card_that_stays_busy_fails_or_is_blocked_is_said_within_its_time() {
    for (words, state, code) in [
        ("SIM BUSY", SimState::Busy, "sim.busy"),
        ("SIM failure", SimState::Failed, "sim.failed"),
        ("SIM wrong", SimState::Failed, "sim.failed"),
        ("SIM BLOCKED", SimState::Failed, "sim.failed"),
        ("SIM not inserted", SimState::Absent, "sim.absent"),
        ("PH-NET PIN", SimState::Locked, "sim.locked"),
    ] {
        for form in ["line", "error"] {
            // The standard has no number for a card that is blocked for good.
            if (words, form) == ("SIM BLOCKED", "error") {
                continue;
            }
            let quirk = format!("sim_words = \"{words}\"\nsim_words_as = \"{form}\"");
            everywhere(&[&quirk], |seen| {
                let said = seen.sim_state();
                seen.check(&format!("{said:?}"), said == Some(state));
                let fault = seen.fault;
                seen.check(&format!("{fault:?}"), fault == Some(code));
                let took = seen.took;
                seen.check(&format!("took {took:?}"), took < Duration::from_secs(25));
            })
            .await;
        }
    }
}
