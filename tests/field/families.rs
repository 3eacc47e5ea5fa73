//! Every family keeps the same promises: the registry's rules, and the use cases over every persona of the virtual modem.
//!
//! A new family is held to them without a line here. What is compared is what the document says with the world's truth,
//! so a scale that is misread is a failure by its decibels.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use opensim::dialect::{DIALECTS, Scales, detect};

use opensim::document::{Radio, Status};
use opensim::domain::Identity;
use opensim::domain::SimState;
use opensim::domain::policy::{Order, Purpose};
use opensim::domain::radio::{Band, Rsrp, Rsrq, Rssi, Sinr};
use opensim::domain::verdict::Requirement;
use opensim::domain::{Access, Plmn, RegistrationState};
use opensim::modem::Modem as _;
use opensim::modem::at::AtModem;
use opensim::ops::{self, ScanRequest, SwitchRequest};
use opensim::sim::world::{Cell, Selection};
use opensim::sim::{Scenario, VirtualModem};

use super::desk::{Desk, Shared as Device};

/// The house of every family: `home`, and `NAME-home` for each modem in it.
fn houses() -> Vec<&'static str> {
    let is_house = |name: &&str| *name == "home" || name.ends_with("-home");
    Scenario::names().filter(is_house).collect()
}

fn device(house: &str, faults: &str) -> Device {
    let text = format!("base = \"{house}\"\n[faults]\n{faults}\n");
    let scenario = Scenario::from_toml(&text, house).unwrap();
    Arc::new(Mutex::new(VirtualModem::new(&scenario)))
}

async fn open(desk: &Desk, device: &Device) -> AtModem {
    desk.open(Arc::clone(device)).await.expect("it answers")
}

async fn status_of(desk: &Desk, device: &Device) -> Status {
    let mut modem = open(desk, device).await;
    let ended = ops::status(&mut modem, &desk.context()).await;
    assert!(ended.fault.is_none(), "{:?}", ended.fault);
    modem.close().await.unwrap();
    ended.document.body
}

/// What a document says that is not so.
#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
    fn check(&mut self, what: &str, holds: bool) {
        if !holds {
            self.0.push(what.to_owned());
        }
    }

    /// A level no more than `most` tenths away from the truth; unknown passes.
    fn near(&mut self, what: &str, said: Option<i32>, truth: i32, most: i32) {
        if let Some(said) = said.filter(|said| (said - truth).abs() > most) {
            self.0
                .push(format!("{what}: said {said}, is {truth} (tenths)"));
        }
    }

    /// The same value; unknown passes.
    fn same<T: Copy + PartialEq + std::fmt::Debug>(
        &mut self,
        what: &str,
        said: Option<T>,
        truth: T,
    ) {
        if let Some(said) = said.filter(|said| *said != truth) {
            self.0.push(format!("{what}: said {said:?}, is {truth:?}"));
        }
    }

    /// A cell that the modem is on: its quality is known too, which a survey (`^NETSCAN`) may leave out.
    fn whole(&mut self, radio: &Radio, cell: &Cell) {
        self.radio(radio, cell, cell.fading);
        self.check("RSRQ is known", radio.rsrq_db.is_some());
    }

    /// Whatever is known of a cell is its own. `fading`, in tenths, is how far its levels may have moved.
    fn radio(&mut self, radio: &Radio, cell: &Cell, fading: i32) {
        let truth = cell.mean;
        let most = 10 + fading;
        self.near("RSRP", radio.rsrp_dbm.map(Rsrp::tenths), truth.rsrp, most);
        self.near("RSRQ", radio.rsrq_db.map(Rsrq::tenths), truth.rsrq, most);
        self.near("SINR", radio.sinr_db.map(Sinr::tenths), truth.sinr, most);
        // +CSQ has steps of 2 dB.
        let rssi = cell.rssi(truth);
        self.near("RSSI", radio.rssi_dbm.map(Rssi::tenths), rssi, most + 10);
        let band = if cell.access == Access::Nr {
            Band::Nr(cell.band)
        } else {
            Band::Lte(cell.band)
        };
        self.same("band", radio.band, band);
        self.same("channel", radio.earfcn, cell.earfcn);
        self.same("physical cell", radio.pci, u32::from(cell.pci));
        self.same("cell", radio.cell_id, cell.cell_id);
        self.same("area", radio.tac, cell.tac);
        let width = f64::from(cell.bandwidth) / 10.0;
        self.same("bandwidth", radio.bandwidth_mhz, width);
        self.check("RSRP is known", radio.rsrp_dbm.is_some());
        self.check("the source is said", radio.source.is_some());
    }
}

/// Fails with what is wrong in which house.
fn assert_right(wrong: BTreeMap<String, Wrong>) {
    let all: Vec<String> = wrong
        .into_iter()
        .filter(|(_, wrong)| !wrong.0.is_empty())
        .map(|(house, wrong)| format!("{house}: {}", wrong.0.join("; ")))
        .collect();
    assert!(all.is_empty(), "\n{}", all.join("\n"));
}

fn code(text: &str) -> Plmn {
    text.parse().unwrap()
}

/// The best cell of a network code, from the world itself; of several, the one with this identity.
fn cell_of(device: &Device, plmn: Plmn, identity: Option<u64>) -> Cell {
    let device = device.lock().unwrap();
    let mut carriers = device.world().carriers().iter();
    let carrier = carriers.find(|c| c.plmns.contains(&plmn)).unwrap();
    let named = carrier
        .cells
        .iter()
        .find(|cell| Some(cell.cell_id) == identity);
    let best = carrier.cells.iter().max_by_key(|cell| cell.mean.rsrp);
    *named.or(best).unwrap()
}

fn is_on(device: &Device, plmn: &str) -> bool {
    let device = device.lock().unwrap();
    let world = device.world();
    world.plmn() == Some(code(plmn))
        && matches!(world.selection(), Selection::Manual(chosen, _) if chosen == code(plmn))
}

/// What status says of the house on Orange's cell.
fn of_status(status: &Status, device: &Device) -> Wrong {
    let mut wrong = Wrong::default();
    let named = status.radio.as_ref().and_then(|radio| radio.cell_id);
    let cell = cell_of(device, code("20801"), named);
    match &status.radio {
        Some(radio) => wrong.whole(radio, &cell),
        None => wrong.check("the radio is read", false),
    }
    let registration = status.registration.as_ref().unwrap();
    let home = registration.state == RegistrationState::Home;
    wrong.check("it is at home", home);
    wrong.check("on Orange", registration.plmn == Some(code("20801")));
    wrong.same("access", registration.access, cell.access);
    let sim = status.sim.as_ref().unwrap();
    wrong.check("the SIM is ready", sim.state == SimState::Ready);
    wrong.same("tries", sim.pin_tries_left, 3);
    let card = device.lock().unwrap().world().card.iccid.clone();
    wrong.check(
        "the card's number is read",
        sim.iccid.as_deref() == Some(&*card),
    );
    let modem = status.modem.as_ref().unwrap();
    wrong.check("it has a maker", modem.manufacturer.is_some());
    wrong.check("it has a model", modem.model.is_some());
    wrong.check("it has a number", modem.imei.is_some());
    wrong
}

#[tokio::test(start_paused = true)]
async fn status_is_the_truth_to_the_decibel() {
    let mut wrong = BTreeMap::new();
    for house in houses() {
        let (desk, device) = (Desk::new(), device(house, ""));
        let status = status_of(&desk, &device).await;
        let mut of_house = of_status(&status, &device);
        let access = status.registration.as_ref().and_then(|r| r.access);
        of_house.check("access is known", access.is_some());
        wrong.insert(house.to_owned(), of_house);
    }
    assert_right(wrong);
}

#[tokio::test(start_paused = true)]
async fn a_bad_wire_hides_and_never_invents() {
    let mut wrong = BTreeMap::new();
    for fault in [
        "garbage = true",
        "split_writes = true",
        "urc_mid_reply = true",
        "echo = \"off\"",
    ] {
        for house in houses() {
            let (desk, device) = (Desk::new(), device(house, fault));
            let status = status_of(&desk, &device).await;
            wrong.insert(format!("{house}, {fault}"), of_status(&status, &device));
        }
    }
    assert_right(wrong);
}

#[tokio::test(start_paused = true)]
async fn pin_tries_are_read_while_it_is_asked_for() {
    let mut wrong = BTreeMap::new();
    for house in houses() {
        let text = format!(
            "base = \"{house}\"\n[sim]\nstate = \"pin\"\npin = \"1234\"\npuk = \"12345678\"\npin_tries = 2\n"
        );
        let scenario = Scenario::from_toml(&text, house).unwrap();
        let device = Arc::new(Mutex::new(VirtualModem::new(&scenario)));
        let desk = Desk::new();
        let mut modem = open(&desk, &device).await;
        let sim = modem.sim(true).await.unwrap();
        let mut of_house = Wrong::default();
        of_house.check("asked for", sim.state == SimState::PinRequired);
        of_house.same("tries", sim.pin_tries_left, 2);
        wrong.insert(house.to_owned(), of_house);
    }
    assert_right(wrong);
}

fn order(purpose: Purpose, plmns: &[Plmn]) -> Order {
    Order::from_person(purpose, plmns.iter().copied())
}

fn scan_request(desk: &Desk) -> (ScanRequest, Order) {
    let carriers: Vec<_> = desk.profile.carriers.iter().take(3).cloned().collect();
    let codes: Vec<Plmn> = carriers.iter().flat_map(|c| c.plmns.clone()).collect();
    let request = ScanRequest {
        carriers,
        samples: 3,
        radio_only: false,
        all_networks: false,
        measure: None,
        requirement: Requirement::default(),
        label: None,
    };
    (request, order(Purpose::Survey, &codes))
}

#[tokio::test(start_paused = true)]
async fn a_scan_finds_three_carriers_as_they_are_and_puts_back_what_was() {
    let mut wrong = BTreeMap::new();
    for house in houses() {
        let (desk, device) = (Desk::new(), device(house, ""));
        let mut modem = open(&desk, &device).await;
        let (request, order) = scan_request(&desk);
        let ended = ops::scan(&mut modem, &desk.context(), &order, &request).await;
        modem.close().await.unwrap();
        let mut of_house = Wrong::default();
        of_house.check("it ends well", ended.fault.is_none());
        let ranks: Vec<&str> = ended
            .document
            .body
            .carriers
            .iter()
            .map(|c| &*c.carrier)
            .collect();
        of_house.check("the order", ranks == ["sfr", "orange", "bouygues"]);
        for row in &ended.document.body.carriers {
            let named = row.radio.as_ref().and_then(|radio| radio.cell_id);
            let cell = cell_of(&device, row.plmn, named);
            match &row.radio {
                Some(radio) => of_house.whole(radio, &cell),
                None => of_house.check(&format!("{} is read", row.carrier), false),
            }
        }
        of_house.check("complete", ended.document.body.complete);
        of_house.check("restored", ended.document.body.restored == Some(true));
        of_house.check("back on Orange", is_on(&device, "20801"));
        wrong.insert(house.to_owned(), of_house);
    }
    assert_right(wrong);
}

#[tokio::test(start_paused = true)]
async fn a_switch_moves_to_the_carrier_named() {
    let mut wrong = BTreeMap::new();
    for house in houses() {
        let (desk, device) = (Desk::new(), device(house, ""));
        let mut modem = open(&desk, &device).await;
        let mut carriers = desk.profile.carriers.iter();
        let sfr = carriers.find(|c| c.id == "sfr").unwrap().clone();
        let order = order(Purpose::Switch, &sfr.plmns);
        let request = SwitchRequest {
            carrier: sfr,
            reason: None,
            rollback: true,
            verify: None,
        };
        let ended = ops::switch(&mut modem, &desk.context(), &order, &request).await;
        modem.close().await.unwrap();
        let mut of_house = Wrong::default();
        of_house.check("it ends well", ended.fault.is_none());
        of_house.check("confirmed", ended.document.body.confirmed);
        of_house.check("on SFR", is_on(&device, "20810"));
        let named = ended
            .document
            .body
            .radio
            .as_ref()
            .and_then(|radio| radio.cell_id);
        let cell = cell_of(&device, code("20810"), named);
        match &ended.document.body.radio {
            Some(radio) => of_house.whole(radio, &cell),
            None => of_house.check("the radio is read", false),
        }
        wrong.insert(house.to_owned(), of_house);
    }
    assert_right(wrong);
}

#[tokio::test(start_paused = true)]
async fn recover_puts_back_what_a_broken_off_scan_had_replaced() {
    let mut wrong = BTreeMap::new();
    for house in houses() {
        let (desk, device) = (Desk::new(), device(house, ""));
        let (request, order_of_scan) = scan_request(&desk);
        {
            let mut modem = open(&desk, &device).await;
            let context = desk.context();
            let scan = ops::scan(&mut modem, &context, &order_of_scan, &request);
            // As if the program were killed: nothing of it runs any more.
            let broken_off = tokio::time::timeout(Duration::from_secs(12), scan).await;
            assert!(broken_off.is_err(), "{house}");
        }
        let mut of_house = Wrong::default();
        of_house.check("it had left Orange", !is_on(&device, "20801"));
        let mut modem = open(&desk, &device).await;
        let order = order(Purpose::Recover, &[]);
        let ended = ops::recover(&mut modem, &desk.context(), &order).await;
        modem.close().await.unwrap();
        of_house.check("it ends well", ended.fault.is_none());
        of_house.check("needed", ended.document.body.needed == Some(true));
        of_house.check("restored", ended.document.body.restored == Some(true));
        of_house.check("back on Orange", is_on(&device, "20801"));
        wrong.insert(house.to_owned(), of_house);
    }
    assert_right(wrong);
}

#[tokio::test(start_paused = true)]
async fn a_survey_hears_the_cells_that_are_there() {
    let mut wrong = BTreeMap::new();
    for house in houses() {
        let (desk, device) = (Desk::new(), device(house, ""));
        let mut modem = open(&desk, &device).await;
        let mut of_house = Wrong::default();
        let heard = modem.cell_survey(Duration::from_mins(10)).await.unwrap();
        modem.close().await.unwrap();
        for reading in heard.iter().flatten() {
            let cell = cell_of(&device, reading.cell.plmn.unwrap(), reading.cell.cell_id);
            of_house.radio(&Radio::of(reading), &cell, cell.fading);
        }
        if let Some(heard) = &heard {
            let networks: BTreeSet<_> = heard.iter().filter_map(|r| r.cell.plmn).collect();
            let all = ["20801", "20810", "20820"].map(code);
            of_house.check("all are heard", all.iter().all(|p| networks.contains(p)));
        }
        wrong.insert(house.to_owned(), of_house);
    }
    assert_right(wrong);
}

/// Which dialect each house's modem is taken for.
async fn spoken() -> BTreeMap<&'static str, String> {
    let mut found = BTreeMap::new();
    for house in houses() {
        let (desk, device) = (Desk::new(), device(house, ""));
        let modem = open(&desk, &device).await;
        found.insert(house, modem.reach().dialect.unwrap().to_owned());
    }
    found
}

#[tokio::test(start_paused = true)]
async fn every_dialect_has_a_persona_that_is_known_for_it() {
    let spoken: BTreeSet<String> = spoken().await.into_values().collect();
    let dialects: BTreeSet<String> = DIALECTS
        .iter()
        .map(|dialect| dialect.profile().name.to_owned())
        .collect();
    assert_eq!(spoken, dialects);
}

#[test]
fn every_persona_has_a_house() {
    let lived_in: BTreeSet<&str> = houses()
        .iter()
        .map(|house| Scenario::named(house).unwrap().persona())
        .collect();
    let personas: BTreeSet<&str> = Scenario::personas().collect();
    assert_eq!(lived_in, personas);
}

#[test]
fn every_dialect_has_evidence() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/transcripts");
    let folders: BTreeSet<String> = std::fs::read_dir(&root)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    let dialects: BTreeSet<String> = DIALECTS
        .iter()
        .map(|dialect| dialect.profile().name.to_owned())
        .collect();
    assert_eq!(folders, dialects, "a folder a dialect, and no other");
    for folder in folders {
        let files = std::fs::read_dir(root.join(&folder)).unwrap().count();
        assert!(files > 0, "{folder} is empty");
    }
}

#[test]
fn no_usb_id_is_claimed_twice() {
    let mut owners: BTreeMap<(u16, Option<u16>), &str> = BTreeMap::new();
    for profile in DIALECTS.iter().map(|dialect| dialect.profile()) {
        let vendors = profile.usb_vendors.iter().map(|vendor| (*vendor, None));
        let products = profile.usb_products.iter();
        let ids = vendors.chain(products.map(|(vendor, product)| (*vendor, Some(*product))));
        for id in ids {
            let other = owners.insert(id, profile.name);
            assert_eq!(other, None, "{id:04x?} is {} and {other:?}", profile.name);
        }
    }
    for (vendor, product) in owners.keys() {
        let whole = owners.get(&(*vendor, None));
        assert!(
            product.is_none() || whole.is_none(),
            "{vendor:04x} is {whole:?} whole"
        );
    }
}

#[test]
fn names_and_the_words_that_name_a_family_are_its_own() {
    let mut seen = BTreeSet::new();
    for profile in DIALECTS.iter().map(|dialect| dialect.profile()) {
        assert!(seen.insert(profile.name.to_owned()), "{}", profile.name);
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        assert!(profile.name.bytes().all(plain), "{}", profile.name);
        for word in profile.manufacturers {
            assert_eq!(*word, word.to_ascii_lowercase());
            let identity = Identity {
                model: Some((*word).to_owned()),
                ..Identity::default()
            };
            let found = detect(None, &identity).dialect.profile().name;
            assert_eq!(found, profile.name, "{word} is taken for {found}'s");
        }
    }
}

#[test]
fn every_line_said_unasked_is_well_formed_and_no_answer_of_its_own_is_one() {
    for dialect in DIALECTS {
        let profile = dialect.profile();
        for prefix in profile.urc_prefixes {
            let word = prefix.strip_suffix(':').expect(prefix);
            let word = word
                .strip_prefix(['+', '^', '*', '%', '#', '$', '!'])
                .unwrap_or(word);
            assert!(word.len() >= 2, "{prefix}");
            assert!(word.bytes().all(|b| b.is_ascii_alphanumeric()), "{prefix}");
        }
        for line in profile.urc_lines {
            assert_eq!(*line, line.trim(), "{line}");
            assert!(!matches!(*line, "OK" | "ERROR" | "CONNECT"), "{line}");
        }
        let queries = dialect.reading_queries(&Identity::default(), &Scales::default());
        assert!(
            !queries.is_empty() && queries.len() <= 3,
            "{}",
            profile.name
        );
        for query in queries {
            assert!(query.line.starts_with("AT"), "{}", query.line);
            let lists = query.line.to_ascii_uppercase().contains("COPS");
            assert!(!lists, "{} is not for the serving cell", query.line);
            assert!(query.bare || !query.prefixes.is_empty(), "{}", query.line);
        }
    }
}
