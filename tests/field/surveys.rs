//! What a dialect reads out of its persona's survey and list of neighbours is the world's truth, cell by cell.

#![expect(
    clippy::unwrap_used,
    reason = "the helpers of a test may fail it; clippy knows only functions marked as tests"
)]

use std::time::Duration;

use opensim::at::result::{Final, Line, Reply};
use opensim::dialect::{Dialect, by_name};
use opensim::domain::Identity;
use opensim::domain::radio::{Reading, Rsrq};
use opensim::domain::{Access, Plmn};
use opensim::sim::world::{Availability, Cell};
use opensim::sim::{Scenario, VirtualModem};
use opensim::time::Instant;

/// A virtual modem and the time.
struct Bench {
    modem: VirtualModem,
    now: Instant,
}

impl Bench {
    /// A scenario whose levels hold still, so that the time of the answer does not matter.
    fn new(toml: &str) -> Self {
        let scenario = Scenario::from_toml(toml, "test").unwrap();
        Self {
            modem: VirtualModem::new(&scenario),
            now: Instant::ZERO,
        }
    }

    fn ask(&mut self, line: &str) -> Reply {
        self.modem
            .handle_input(self.now, format!("{line}\r").as_bytes());
        let mut heard = Vec::new();
        let end = self.now + Duration::from_mins(10);
        loop {
            while let Some(bytes) = self.modem.poll_transmit(self.now) {
                heard.extend_from_slice(&bytes);
            }
            let reply = reply_in(&heard, line);
            let next = self.modem.poll_timeout().filter(|next| *next <= end);
            match (reply, next) {
                (Some(reply), _) => return reply,
                (None, Some(next)) => self.now = self.now.max(next),
                (None, None) => panic!("no answer to {line}"),
            }
            self.modem.handle_timeout(self.now);
        }
    }

    /// Everything in reach, each under each of its codes.
    fn around(&self) -> Vec<(Plmn, Cell)> {
        let world = self.modem.world();
        let carriers = world.carriers().iter();
        let in_reach = carriers.filter(|c| c.availability != Availability::Absent);
        in_reach
            .flat_map(|c| c.plmns.iter().map(move |plmn| (*plmn, &c.cells)))
            .flat_map(|(plmn, cells)| cells.iter().map(move |cell| (plmn, *cell)))
            .collect()
    }
}

/// The lines up to the end, once it is there.
fn reply_in(heard: &[u8], command: &str) -> Option<Reply> {
    let text = String::from_utf8_lossy(heard);
    let mut lines = Vec::new();
    for line in text.split(['\r', '\n']) {
        if line.is_empty() || line == command {
            continue;
        }
        let line = Line::from(line);
        match Final::of_line(&line) {
            Some(end) => return Some(Reply { lines, end }),
            None => lines.push(line),
        }
    }
    None
}

/// `home` with cells of several kinds and no fading.
fn house(persona: &str) -> String {
    let cell = |access: &str, band: u16, earfcn: u32, pci: u16, id: u64, rsrp: f64| {
        format!(
            "[[carrier.cell]]\naccess = \"{access}\"\nband = {band}\nearfcn = {earfcn}\npci = {pci}\ncell_id = {id}\ntac = 12042\nbandwidth_mhz = 10\nrsrp_dbm = {rsrp}\nrsrq_db = -11\nsinr_db = 9\nfading_db = 0\n"
        )
    };
    let carrier = |name: &str, plmns: &str, more: &str| {
        format!("[[carrier]]\nname = \"{name}\"\nplmns = [{plmns}]\n{more}\n")
    };
    let refuses = "availability = \"denied\"\n";
    let gone = "availability = \"absent\"\n";
    [
        format!("base = \"home\"\npersona = \"{persona}\"\n"),
        carrier("Orange F", "\"20801\"", ""),
        cell("lte", 20, 6400, 214, 0x2B5_1C03, -97.0),
        cell("lte", 20, 6400, 310, 0x2B5_1C04, -104.0),
        cell("lte", 3, 1300, 311, 0x2B5_1C05, -101.0),
        cell("lte", 7, 3000, 12, 0x2B5_1C06, -111.0),
        carrier("F SFR", "\"20810\", \"20809\"", refuses),
        cell("lte", 3, 1675, 87, 0x5C4_EF15, -84.0),
        cell("nr", 78, 650_304, 587, 0x1_C4EF_1001, -89.0),
        carrier("F-Bouygues Telecom", "\"20820\"", ""),
        cell("lte", 28, 9260, 341, 0x1A0_4B0C, -116.0),
        cell("umts", 8, 3011, 17, 0x1A0_4B0D, -90.0),
        carrier("Free", "\"20815\"", gone),
        cell("lte", 3, 1850, 88, 0x5C4_EF16, -80.0),
    ]
    .concat()
}

fn dialect_of(bench: &mut Bench, name: &str) -> (&'static dyn Dialect, Identity) {
    let dialect = by_name(name).unwrap();
    // Some have a few bytes of an old answer on the wire.
    bench.ask("AT");
    let mut identity = dialect.identity(&bench.ask("ATI").lines);
    if identity.model.is_none() {
        identity.model = dialect.identity(&bench.ask("AT+CGMM").lines).model;
    }
    (dialect, identity)
}

/// Asserts that the reading is of that cell and level, to the decibel.
fn assert_is(reading: &Reading, cell: &Cell) {
    let read = &reading.cell;
    assert_eq!(read.earfcn, Some(cell.earfcn), "{reading:?}");
    assert_eq!(read.pci, Some(u32::from(cell.pci)), "{reading:?}");
    assert!(
        read.cell_id.is_none_or(|id| id == cell.cell_id),
        "{reading:?}"
    );
    assert!(read.tac.is_none_or(|tac| tac == cell.tac), "{reading:?}");
    let band = read.band.map(|band| band.to_string());
    let letter = if cell.access == Access::Nr { 'n' } else { 'B' };
    assert!(
        band.is_none_or(|band| band == format!("{letter}{}", cell.band)),
        "{reading:?}"
    );
    let level = reading.rsrp.unwrap().tenths();
    assert!((level - cell.mean.rsrp).abs() <= 10, "{reading:?}");
    let near = |rsrq: Rsrq| (rsrq.tenths() - cell.mean.rsrq).abs() <= 10;
    assert!(reading.rsrq.is_none_or(near), "{reading:?}");
}

/// The survey of a persona as its dialect reads it, against the cells of the technologies that it looks in.
fn surveyed(persona: &str, dialect: &str, looks_in: &[Access]) {
    let mut bench = Bench::new(&house(persona));
    let (dialect, identity) = dialect_of(&mut bench, dialect);
    let survey = dialect.survey(&identity).unwrap();
    if let Some(asked) = survey.supported {
        assert!(bench.ask(asked.line).end.is_ok(), "{}", asked.line);
    }
    let reply = bench.ask(survey.run.line);
    assert!(reply.end.is_ok(), "{reply:?}");
    let read = dialect.survey_cells(&reply);
    let mut truth = bench.around();
    truth.retain(|(_, cell)| looks_in.contains(&cell.access));
    assert_eq!(read.len(), truth.len(), "{read:?}");
    for (plmn, cell) in &truth {
        let found = read.iter().find(|reading| {
            reading.cell.plmn == Some(*plmn) && reading.cell.earfcn == Some(cell.earfcn) && {
                let pci = reading.cell.pci;
                pci.is_none_or(|pci| pci == u32::from(cell.pci))
            }
        });
        let found = found.unwrap_or_else(|| panic!("{plmn} {cell:?}"));
        if cell.access != Access::Umts {
            assert_is(found, cell);
        }
    }
}

#[test]
fn qops_lists_every_carrier_s_cells() {
    let mut house = house("quectel");
    // Its 5G cell is nothing that the module knows.
    house = house.replace("access = \"nr\"", "access = \"lte\"");
    house = house.replace(
        "band = 78\nearfcn = 650304\npci = 587",
        "band = 7\nearfcn = 3100\npci = 87",
    );
    house = house.replace("cell_id = 7588089857", "cell_id = 1234567");
    let mut bench = Bench::new(&house);
    let (dialect, identity) = dialect_of(&mut bench, "quectel");
    let survey = dialect.survey(&identity).unwrap();
    assert_eq!(survey.run.line, "AT+QOPS");
    let read = dialect.survey_cells(&bench.ask(survey.run.line));
    let truth = bench.around();
    assert_eq!(read.len(), truth.len());
    for (reading, (plmn, cell)) in read.iter().zip(&truth) {
        assert_eq!(reading.cell.plmn, Some(*plmn));
        assert_eq!(reading.cell.access, Some(cell.access));
        if cell.access == Access::Lte {
            assert_is(reading, cell);
        } else {
            assert_eq!(reading.rsrp, None);
        }
    }
}

#[test]
fn qscan_lists_every_carrier_s_cells_of_4g_and_5g() {
    surveyed("quectel-5g", "quectel", &[Access::Lte, Access::Nr]);
}

#[test]
fn netscan_lists_every_carrier_s_cells_of_4g() {
    surveyed("huawei", "huawei", &[Access::Lte]);
}

#[test]
fn a_modem_without_a_survey_says_so() {
    let mut bench = Bench::new(&house("quectel-asr"));
    let (dialect, identity) = dialect_of(&mut bench, "quectel");
    assert_eq!(identity.model.as_deref(), Some("EC200A"));
    assert_eq!(dialect.survey(&identity), None);
    for line in ["AT+QSCAN=?", "AT+QOPS"] {
        assert!(!bench.ask(line).end.is_ok(), "{line}");
    }
}

#[test]
fn neighbours_are_the_carrier_s_other_cells() {
    for (persona, name) in [
        ("quectel", "quectel"),
        ("quectel-5g", "quectel"),
        ("quectel-asr", "quectel"),
        ("simcom", "simcom"),
        ("huawei", "huawei"),
        ("fibocom", "fibocom"),
        ("xmm", "xmm"),
    ] {
        let mut bench = Bench::new(&house(persona));
        let (dialect, _) = dialect_of(&mut bench, name);
        let query = dialect.neighbours_query().unwrap();
        let reply = bench.ask(query.line);
        assert!(reply.end.is_ok(), "{persona}");
        let read = dialect.neighbours(&reply);
        let world = bench.modem.world();
        let camp = world.registration().camp.unwrap();
        let serving = world.cell(camp);
        let others = world.carrier(camp).cells.iter().filter(|c| *c != serving);
        for cell in others {
            let found = read.iter().find(|reading| {
                let pci = reading.cell.pci;
                reading.cell.earfcn == Some(cell.earfcn) && pci == Some(u32::from(cell.pci))
            });
            assert_is(found.unwrap_or_else(|| panic!("{persona} {cell:?}")), cell);
        }
        // Quectel has the serving cell among them.
        assert!((3..=4).contains(&read.len()), "{persona} {read:?}");
    }
}
