//! What a session learns of a modem that is odd in how it takes command lines and ends its answers: over every family of
//! the virtual modem, by what its world says and what went over the wire.

#![expect(
    clippy::unwrap_used,
    reason = "the helpers of a test may fail it; clippy knows only functions marked as tests"
)]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use opensim::document::{Note, Radio, Scan, Status, Switch};
use opensim::domain::SimState;
use opensim::domain::policy::{Order, Purpose};
use opensim::domain::verdict::Requirement;
use opensim::domain::{Plmn, Profile, RegistrationState};
use opensim::link::Driver;
use opensim::modem::at::AtModem;
use opensim::modem::{Ending, Error, Modem as _, Way};
use opensim::ops::{self, Context, ScanRequest, Silently, SwitchRequest};
use opensim::sim::world::Selection;
use opensim::sim::{self, Scenario, VirtualModem};
use opensim::store::Store;
use opensim::{os::clock::Clock, time::Instant};
use tokio_util::sync::CancellationToken;

type Device = Arc<Mutex<VirtualModem>>;

/// The house of every family.
fn houses() -> Vec<&'static str> {
    let is_house = |name: &&str| *name == "home" || name.ends_with("-home");
    Scenario::names().filter(is_house).collect()
}

/// A modem of this house with quirks and, behind a line `[faults]`, faults.
fn device(house: &str, quirks: &str) -> Device {
    let text = format!("base = \"{house}\"\n[quirks]\n{quirks}\n");
    let scenario = Scenario::from_toml(&text, house).unwrap();
    Arc::new(Mutex::new(VirtualModem::new(&scenario)))
}

/// One run on one modem, in virtual time.
struct Bench {
    device: Device,
    clock: Clock,
    profile: Profile,
    store: Store,
    _folder: tempfile::TempDir,
}

impl Bench {
    fn new(house: &str, quirks: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            device: device(house, quirks),
            clock: Clock::system(),
            profile: Profile::default(),
            store: Store::at(folder.path()),
            _folder: folder,
        }
    }

    fn context(&self) -> Context<'_> {
        Context {
            clock: &self.clock,
            store: &self.store,
            profile: &self.profile,
            listener: &Silently,
            cancel: CancellationToken::new(),
            reveal: true,
            limit: Duration::from_mins(1),
        }
    }

    async fn try_open(&self) -> Result<AtModem, Error> {
        let clock = self.clock.clone();
        let link = sim::spawn(Arc::clone(&self.device), clock.clone());
        let driver = Driver::spawn(link, clock.clone());
        AtModem::open(driver, clock, "sim".to_owned(), None, Way::None, None).await
    }

    async fn open(&self) -> AtModem {
        self.try_open().await.unwrap()
    }

    async fn status(&self) -> Status {
        let mut modem = self.open().await;
        let ended = ops::status(&mut modem, &self.context()).await;
        assert!(ended.fault.is_none(), "{:?}", ended.fault);
        modem.close().await.unwrap();
        ended.document.body
    }

    async fn scan(&self) -> Scan {
        let mut modem = self.open().await;
        let carriers: Vec<_> = self.profile.carriers.iter().take(3).cloned().collect();
        let codes: Vec<Plmn> = carriers.iter().flat_map(|c| c.plmns.clone()).collect();
        let request = ScanRequest {
            carriers,
            samples: 2,
            radio_only: false,
            all_networks: false,
            measure: None,
            requirement: Requirement::default(),
            label: None,
        };
        let order = Order::from_person(Purpose::Survey, codes);
        let ended = ops::scan(&mut modem, &self.context(), &order, &request).await;
        // A modem that leaves its levels unanswered leaves nothing to compare.
        let compared = matches!(ended.fault, None | Some(ops::Error::NothingCompared { .. }));
        assert!(compared, "{:?}", ended.fault);
        modem.close().await.unwrap();
        ended.document.body
    }

    async fn switch(&self) -> Switch {
        let mut modem = self.open().await;
        let mut carriers = self.profile.carriers.iter();
        let sfr = carriers.find(|c| c.id == "sfr").unwrap().clone();
        let order = Order::from_person(Purpose::Switch, sfr.plmns.iter().copied());
        let request = SwitchRequest {
            carrier: sfr,
            reason: None,
            rollback: true,
            verify: None,
        };
        let ended = ops::switch(&mut modem, &self.context(), &order, &request).await;
        assert!(ended.fault.is_none(), "{:?}", ended.fault);
        modem.close().await.unwrap();
        ended.document.body
    }

    fn is_on(&self, plmn: &str) -> bool {
        let plmn: Plmn = plmn.parse().unwrap();
        let device = self.device.lock().unwrap();
        let world = device.world();
        let held = matches!(world.selection(), Selection::Manual(chosen, _) if chosen == plmn);
        world.plmn() == Some(plmn) && held
    }

    /// How often a line was sent.
    fn heard(&self, line: &str) -> usize {
        let device = self.device.lock().unwrap();
        device.commands().filter(|sent| *sent == line).count()
    }

    /// Whether a line that begins so was sent, and not several commands on one.
    fn was_sent_alone(&self, head: &str) -> bool {
        let device = self.device.lock().unwrap();
        let mut sent = device.commands();
        sent.any(|line| line.starts_with(head) && !line.contains(';'))
    }

    /// How often a line with this in it was sent.
    fn heard_with(&self, text: &str) -> usize {
        let device = self.device.lock().unwrap();
        device.commands().filter(|sent| sent.contains(text)).count()
    }

    /// Asks the modem past opensim, after it.
    fn ask(&self, line: &str) -> String {
        let mut device = self.device.lock().unwrap();
        let now: Instant = self.clock.now() + Duration::from_mins(1);
        device.handle_timeout(now);
        while device.poll_transmit(now).is_some() {}
        device.handle_input(now, format!("{line}\r").as_bytes());
        let then = now + Duration::from_secs(5);
        device.handle_timeout(then);
        let said: Vec<u8> = std::iter::from_fn(|| device.poll_transmit(then))
            .flatten()
            .collect();
        String::from_utf8_lossy(&said).into_owned()
    }
}

fn codes(notes: &[Note]) -> Vec<(&str, &str)> {
    let unanswered = notes.iter().filter(|n| n.code == "modem.query_unanswered");
    unanswered
        .map(|note| (note.code.as_str(), note.values["command"].as_str().unwrap()))
        .collect()
}

/// What status says of the place: at home on Orange, with a SIM that is ready.
fn is_orange(status: &Status) -> bool {
    let registration = status.registration.as_ref();
    registration
        .is_some_and(|r| r.state == RegistrationState::Home && r.plmn == "20801".parse().ok())
        && status
            .sim
            .as_ref()
            .is_some_and(|sim| sim.state == SimState::Ready)
}

/// Every carrier read, and back on the first.
fn is_whole(scan: &Scan, bench: &Bench) -> bool {
    let read = scan.carriers.iter().filter(|row| {
        let level = |r: &Radio| r.rsrp_dbm.is_some() || r.rssi_dbm.is_some();
        row.radio.as_ref().is_some_and(level)
    });
    read.count() == 3 && scan.restored == Some(true) && bench.is_on("20801")
}

/// Runs status, scan and switch in every house with these quirks; gives what was not right.
async fn wrong_with(quirks: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for house in houses() {
        let bench = Bench::new(house, quirks);
        let status = bench.status().await;
        if !is_orange(&status) {
            wrong.push(format!(
                "{house}, {quirks}: status {:?}",
                status.registration
            ));
        }
        let scan = Bench::new(house, quirks);
        let body = scan.scan().await;
        if !is_whole(&body, &scan) {
            wrong.push(format!("{house}, {quirks}: scan {:?}", body.carriers));
        }
        let switch = Bench::new(house, quirks);
        let body = switch.switch().await;
        if !body.confirmed || !switch.is_on("20810") {
            wrong.push(format!("{house}, {quirks}: switch {body:?}"));
        }
    }
    wrong
}

#[tokio::test(start_paused = true)]
async fn a_modem_that_takes_no_joined_line_is_asked_part_by_part() {
    let quirks = [
        "refused",
        "first-only",
        "echo-twice",
        "long-refused",
        "error-after-first",
        "ok-each",
    ];
    for quirk in quirks {
        let wrong = wrong_with(&format!("joined = \"{quirk}\"")).await;
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_joined_line_is_tried_once_and_the_name_format_is_put_back() {
    for quirk in ["refused", "first-only", "error-after-first"] {
        let bench = Bench::new("generic-home", &format!("joined = \"{quirk}\""));
        let before = Bench::new("generic-home", "").ask("AT+COPS?");
        bench.scan().await;
        assert_eq!(bench.heard_with(";"), 1, "{quirk}");
        assert!(bench.heard("AT+COPS=3,2") > 0, "{quirk}");
        assert_eq!(bench.ask("AT+COPS?"), before, "{quirk}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_modem_that_says_its_result_codes_by_number_or_not_at_all_is_understood() {
    for quirk in ["numeric", "none"] {
        let wrong = wrong_with(&format!("result_codes = \"{quirk}\"")).await;
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

#[tokio::test(start_paused = true)]
async fn result_codes_are_in_words_for_the_session_and_numbers_again_after_it() {
    let bench = Bench::new("home", "result_codes = \"numeric\"");
    let start = bench.clock.now();
    bench.status().await;
    assert!(bench.clock.now() - start < Duration::from_secs(5));
    assert_eq!((bench.heard("ATV1"), bench.heard("ATV0")), (1, 1));
    assert!(bench.ask("AT").ends_with("0\r"));
    // Unless the person says how they are to be.
    let bench = Bench::new("home", "result_codes = \"numeric\"");
    let mut modem = bench.open().await;
    let reply = modem
        .raw("ATV1", false, Duration::from_secs(5))
        .await
        .unwrap();
    assert_eq!(reply.end, Ending::Done("OK".to_owned()));
    modem.close().await.unwrap();
    assert!(bench.ask("AT").ends_with("OK\r\n"));
}

#[tokio::test(start_paused = true)]
async fn a_modem_that_says_no_result_codes_is_told_to_once_and_opens_in_time() {
    let bench = Bench::new("home", "result_codes = \"none\"");
    let start = bench.clock.now();
    let mut modem = bench.open().await;
    assert!(bench.clock.now() - start < Duration::from_secs(5));
    assert_eq!(bench.heard("ATQ0"), 1);
    let reply = modem
        .raw("AT+CSQ", false, Duration::from_secs(5))
        .await
        .unwrap();
    assert_eq!(reply.end, Ending::Done("OK".to_owned()));
    // One that says them is not told.
    let bench = Bench::new("home", "");
    bench.status().await;
    assert_eq!(bench.heard_with("ATQ") + bench.heard_with("ATV"), 0);
}

#[tokio::test(start_paused = true)]
async fn a_modem_that_does_not_answer_how_errors_are_reported_is_asked_otherwise() {
    for cmee in [
        "cmee = \"bare-ok\"",
        "cmee = \"error\"",
        "silent_to = [\"AT+CMEE?\"]",
    ] {
        let wrong = wrong_with(cmee).await;
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

#[tokio::test(start_paused = true)]
async fn getting_back_in_step_takes_a_moment_whatever_the_first_question_gives() {
    for cmee in ["cmee = \"bare-ok\"", "cmee = \"error\"", "cmee = \"value\""] {
        let bench = Bench::new("home", &format!("{cmee}\nsilent_to = [\"AT+CGMR\"]"));
        let mut modem = bench.open().await;
        let lost = modem.raw("AT+CGMR", false, Duration::from_secs(1)).await;
        assert!(matches!(lost, Err(Error::Silent { .. })), "{lost:?}");
        let start = bench.clock.now();
        let reply = modem
            .raw("AT+CSQ", false, Duration::from_secs(5))
            .await
            .unwrap();
        assert_eq!(reply.end, Ending::Done("OK".to_owned()));
        let took = bench.clock.now() - start;
        assert!(took < Duration::from_secs(1), "{cmee}: {took:?}");
    }
}

/// Lines that each family is asked, one by one left unanswered.
const QUESTIONS: &[&str] = &[
    "ATI",
    "AT+CGMM",
    "AT+CGMI",
    "AT+CGMR",
    "AT+CGSN",
    "AT+CIMI",
    "AT+CSQ",
    "AT+CESQ",
    "AT+CEREG?",
    "AT+CEREG=",
    "AT+CMEE=",
    "AT+CGDCONT?",
    "AT+CGCONTRDP",
    "AT+CPINR",
    "AT+CCID",
    "AT+QENG",
    "AT^HCSQ?",
    "AT^MONSC",
    "AT#RFSTS",
    "AT!GSTATUS?",
    "AT+UCGED",
    "AT+CPSI?",
    "AT^SMONI",
];

#[tokio::test(start_paused = true)]
async fn one_query_without_an_answer_or_an_end_takes_nothing_else_away() {
    let mut wrong = Vec::new();
    for key in ["silent_to", "no_final_to"] {
        for question in QUESTIONS {
            for house in houses() {
                let bench = Bench::new(house, &format!("{key} = [\"{question}\"]"));
                let start = bench.clock.now();
                let status = bench.status().await;
                let took = bench.clock.now() - start;
                if !is_orange(&status) {
                    wrong.push(format!(
                        "{house}, {key} {question}: {:?}",
                        status.registration
                    ));
                }
                if took > Duration::from_secs(30) {
                    wrong.push(format!("{house}, {key} {question}: {took:?}"));
                }
                let told = codes(&status.warnings);
                let sent = bench.heard_with(question) > 0;
                // What it says unasked is like the answer there, and is taken for it.
                let answers_unasked =
                    house == "huawei-home" && ["ATI", "AT^HCSQ?"].contains(question);
                // On one line with a question it has that question's answer.
                let is_set = question.ends_with('=') && bench.was_sent_alone(question);
                let named = told.iter().any(|(_, line)| line.starts_with(question));
                let lost = sent && (key == "silent_to" || is_set) && !answers_unasked;
                if named != lost {
                    wrong.push(format!("{house}, {key} {question}: told of {told:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test(start_paused = true)]
async fn the_two_queries_that_say_most_may_be_silent_too() {
    for house in houses() {
        let bench = Bench::new(house, "silent_to = [\"AT+COPS?\"]");
        let status = bench.status().await;
        let registration = status.registration.unwrap();
        assert_eq!(registration.state, RegistrationState::Home, "{house}");
        assert!(status.selection.is_none(), "{house}");
        assert!(status.radio.is_some(), "{house}");
        let told = [("modem.query_unanswered", "AT+COPS?")];
        assert_eq!(codes(&status.warnings), told, "{house}");
        let bench = Bench::new(house, "silent_to = [\"AT+CPIN?\"]");
        let status = bench.status().await;
        assert_eq!(status.sim.unwrap().state, SimState::Unknown, "{house}");
        assert_eq!(status.registration.unwrap().plmn, "20801".parse().ok());
        let told = [("modem.query_unanswered", "AT+CPIN?")];
        assert_eq!(codes(&status.warnings), told, "{house}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_scan_goes_on_past_queries_without_an_answer_or_an_end_in_its_time() {
    let mut wrong = Vec::new();
    let questions = [
        "AT+CEREG?",
        "AT+CREG?",
        "AT+CSQ",
        "AT+CESQ",
        "AT+CEER",
        "AT+COPS=3",
        "AT+CEREG=",
        "AT+CMEE=",
        "AT+CMEE?",
    ];
    for house in houses() {
        let usual = Bench::new(house, "");
        let start = usual.clock.now();
        usual.scan().await;
        let usual = usual.clock.now() - start;
        for key in ["silent_to", "no_final_to"] {
            for question in questions.iter().chain(&["AT+COPS?"]) {
                if *question == "AT+COPS?" && key == "silent_to" {
                    continue;
                }
                let bench = Bench::new(house, &format!("{key} = [\"{question}\"]"));
                let start = bench.clock.now();
                let scan = bench.scan().await;
                let took = bench.clock.now() - start;
                if !is_whole(&scan, &bench) {
                    let rows: Vec<_> = scan
                        .carriers
                        .iter()
                        .map(|row| (&row.carrier, row.availability))
                        .collect();
                    wrong.push(format!(
                        "{house}, {key} {question}: {:?} {rows:?}",
                        scan.restored
                    ));
                }
                if took > usual + Duration::from_mins(1) {
                    wrong.push(format!(
                        "{house}, {key} {question}: {took:?}, usually {usual:?}"
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test(start_paused = true)]
async fn a_query_that_was_silent_once_is_not_asked_at_each_reading() {
    let bench = Bench::new("generic-home", "silent_to = [\"AT+CSQ\"]");
    let scan = bench.scan().await;
    assert!(is_whole(&scan, &bench));
    assert_eq!(bench.heard("AT+CSQ"), 1);
    let told = codes(&scan.warnings);
    assert_eq!(told, [("modem.query_unanswered", "AT+CSQ")]);
}

#[tokio::test(start_paused = true)]
async fn a_list_of_networks_without_its_end_is_taken_once_it_is_whole() {
    for house in houses() {
        let bench = Bench::new(house, "no_final_to = [\"AT+COPS=?\"]");
        let mut modem = bench.open().await;
        let start = bench.clock.now();
        let networks = modem.networks().await.unwrap();
        assert!(networks.len() >= 3, "{house}: {networks:?}");
        let took = bench.clock.now() - start;
        assert!(took < Duration::from_mins(2), "{house}: {took:?}");
        assert!(modem.selection().await.is_ok(), "{house}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_modem_that_falls_silent_to_everything_does_not_answer() {
    let bench = Bench::new("home", "");
    let mut modem = bench.open().await;
    bench
        .device
        .lock()
        .unwrap()
        .handle_hang_up(bench.clock.now());
    let start = bench.clock.now();
    let text = "base = \"home\"\n[faults]\nhang_on = [\"AT+CSQ\", \"AT+CESQ\", \"AT+CPIN?\"]\n";
    let scenario = Scenario::from_toml(text, "test").unwrap();
    *bench.device.lock().unwrap() = VirtualModem::new(&scenario);
    let ended = ops::status(&mut modem, &bench.context()).await;
    let fault = ended.fault.expect("it does not answer");
    assert_eq!(fault.code(), "modem.silent");
    assert!(bench.clock.now() - start < Duration::from_secs(25));
}

#[tokio::test(start_paused = true)]
async fn an_answer_with_a_field_more_or_less_is_an_answer() {
    for quirk in ["extra", "fewer"] {
        let wrong = wrong_with(&format!("creg_fields = \"{quirk}\"")).await;
        assert!(wrong.is_empty(), "{wrong:#?}");
        for house in houses() {
            let bench = Bench::new(house, &format!("creg_fields = \"{quirk}\""));
            let mut modem = bench.open().await;
            let line = "AT+CREG?";
            let reply = modem
                .raw(line, false, Duration::from_secs(5))
                .await
                .unwrap();
            let is_answer = |line: &Vec<u8>| line.starts_with(b"+CREG:");
            assert!(reply.lines.iter().any(is_answer), "{house}: {reply:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn one_joined_line_that_was_refused_teaches_for_every_other() {
    let bench = Bench::new("telit-home", "joined = \"refused\"");
    let mut modem = bench.open().await;
    for _ in 0..3 {
        let sim = modem.sim(true).await.unwrap();
        assert_eq!(sim.pin_tries_left, Some(3));
        assert!(modem.selection().await.unwrap().plmn.is_some());
    }
    assert_eq!(bench.heard_with(";"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_command_that_is_refused_by_itself_says_nothing_of_other_joined_lines() {
    // It knows no `+ICCID`, which stands on one line with the other questions about the card.
    let bench = Bench::new("meig-home", "");
    let sim = bench.status().await.sim.unwrap();
    assert_eq!(sim.pin_tries_left, Some(3));
    assert!(sim.imsi.is_some() && sim.iccid.is_some());
    assert_eq!(bench.heard("AT+CPINR;+CIMI;+ICCID"), 1);
    assert_eq!((bench.heard("AT+CPINR"), bench.heard("AT+ICCID")), (0, 1));
    let reading = Bench::new("generic-home", "silent_to = [\"AT+CPINR\"]");
    assert!(reading.status().await.sim.unwrap().imsi.is_some());
    assert_eq!(reading.heard("AT+CESQ;+CSQ"), 1);
}

#[tokio::test(start_paused = true)]
async fn what_was_set_is_put_back_on_one_line_or_line_by_line_and_is_back() {
    for quirk in [
        "accepted",
        "first-only",
        "error-after-first",
        "ok-each",
        "refused",
    ] {
        let bench = Bench::new("generic-home", &format!("joined = \"{quirk}\""));
        let found = Bench::new("generic-home", "");
        let before = [found.ask("AT+COPS?"), found.ask("AT+CEREG?")];
        bench.status().await;
        let after = [bench.ask("AT+COPS?"), bench.ask("AT+CEREG?")];
        assert_eq!(before, after, "{quirk}");
        let once = usize::from(quirk == "accepted" || quirk == "ok-each");
        assert_eq!(bench.heard("AT+COPS=3,0;+CEREG=0;+CMEE?"), once, "{quirk}");
    }
}
