//! How a vendor words it: one file a family, over the 27.007 commands that all have ([`common`]).
//!
//! A persona is asked first and answers what is its own; the common commands follow; what neither knows is an
//! `ERROR`, as on a device. A persona holds no state: all of it is in [`State`].

use std::time::Duration;

use opensim_domain::Plmn;
use opensim_domain::time::Instant;

use super::identity::{DeviceIdentity, ModelTraits};
use super::line::AtCommand;
use super::quirks::{self, Empty, Fields, Location, Quirks, RegistrationDomain};
use super::world::{Availability, Camp, Carrier, Cell, Levels, Registration, World};

mod cinterion;
pub(crate) mod common;
mod fibocom;
mod generic;
mod huawei;
mod meig;
mod quectel;
mod quectel_5g;
mod quectel_asr;
mod sierra;
mod simcom;
mod telit;
mod ublox;
mod xmm;
mod zte;

/// Every persona.
static PERSONAS: &[&dyn Persona] = &[
    &quectel::Quectel,
    &simcom::Simcom,
    &huawei::Huawei,
    &fibocom::Fibocom,
    &meig::Meig,
    &quectel_5g::Quectel5g,
    &quectel_asr::QuectelAsr,
    &xmm::Xmm,
    &zte::Zte,
    &cinterion::Cinterion,
    &sierra::Sierra,
    &telit::Telit,
    &ublox::Ublox,
    &generic::Generic,
];

/// The persona of this name.
pub(crate) fn by_name(name: &str) -> Option<&'static dyn Persona> {
    PERSONAS.iter().copied().find(|p| p.name() == name)
}

/// The names of all personas.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    PERSONAS.iter().map(|p| p.name())
}

/// A vendor's way of saying things.
pub(crate) trait Persona: Send + Sync {
    /// The name that scenarios use.
    fn name(&self) -> &'static str;

    /// Who it says it is, unless the scenario says otherwise.
    fn identity(&self) -> DeviceIdentity;

    /// Its settings after a restart.
    fn settings(&self) -> Settings {
        Settings::default()
    }

    /// The answer to a command that is its own, or that it words in its own way; `None` leaves it to [`common`].
    fn answer(&self, command: &AtCommand, state: &mut State) -> Option<Answer>;

    /// The cells of every carrier, for a command that ended in [`End::Survey`].
    fn survey(&self, state: &State) -> Answer {
        let _ = state;
        Answer::error()
    }

    /// The lines that a command line gave, in the order in which they leave.
    fn in_order(&self, lines: Vec<String>) -> Vec<String> {
        lines
    }

    /// What is still on the wire when a host comes, from whoever talked before.
    fn left_over(&self) -> &'static str {
        ""
    }

    /// What stands before an unasked line.
    fn urc_lead(&self) -> &'static str {
        "\r\n"
    }

    /// What it says when it has started.
    fn boot(&self, state: &State) -> Vec<String> {
        let _ = state;
        Vec::new()
    }

    /// What it says when the SIM that it read can be used.
    fn card_ready(&self) -> Vec<String> {
        Vec::new()
    }

    /// What it says unasked time and again, and how often.
    fn chatter(&self, state: &State) -> Option<(Duration, Vec<String>)> {
        let _ = state;
        None
    }

    /// An unasked line that can come at any moment.
    fn interjection(&self, state: &State) -> String {
        let _ = state;
        "+CGEV: ME PDN ACT 1".to_owned()
    }

    /// How a command ends that a character aborted.
    fn aborted(&self) -> End {
        End::Ok
    }

    /// The commands of its own that give the serving cell or its levels.
    fn cell_rows(&self) -> &'static [&'static str] {
        &[]
    }

    /// A row of its own with a field more or less.
    fn reshaped(&self, row: &str, fields: Fields) -> String {
        match fields {
            Fields::Usual => row.to_owned(),
            Fields::Extra => format!("{row},0"),
            Fields::Fewer => row
                .rsplit_once(',')
                .map_or(row, |(most, _)| most)
                .to_owned(),
        }
    }

    /// How a command ends that needs the radio while it is off.
    fn no_radio(&self) -> End {
        End::Cme(3)
    }

    /// Its words for a command that it does not know.
    fn unknown(&self) -> &'static str {
        "ERROR"
    }

    /// The domains whose registration it can tell.
    fn domains(&self) -> &'static [RegistrationDomain] {
        &[
            RegistrationDomain::Cs,
            RegistrationDomain::Ps,
            RegistrationDomain::Eps,
        ]
    }

    /// What follows the networks in the answer to `AT+COPS=?`.
    fn network_list_tail(&self) -> &'static str {
        ",,(0-4),(0-2)"
    }
}

/// Everything that a command can read or change.
#[derive(Debug)]
pub(crate) struct State {
    /// The truth.
    pub(crate) world: World,
    /// What the host has set.
    pub(crate) settings: Settings,
    /// Who the modem says it is.
    pub(crate) identity: DeviceIdentity,
    /// The time.
    pub(crate) now: Instant,
    /// The network that the last command selected; who runs the faults takes it.
    pub(crate) selected: Option<Plmn>,
    /// Networks that refused: the SIM keeps them and the network list shows them as forbidden.
    pub(crate) forbidden: Vec<Plmn>,
    /// How the modem is odd.
    pub(crate) quirks: Quirks,
    /// The domains whose registration it can tell.
    pub(crate) domains: Vec<RegistrationDomain>,
}

impl State {
    /// Where the modem says it stands, with the cell and its levels now.
    pub(crate) fn serving(&self) -> (Registration, Option<Serving>) {
        let reported = self.world.reported();
        let serving = reported.camp.map(|camp| self.reported_cell(camp));
        (reported, serving)
    }

    /// The cell of a camp as the modem tells it.
    fn reported_cell(&self, camp: Camp) -> Serving {
        let (mut cell, quirks) = (*self.world.cell(camp), &self.quirks);
        let mut levels = self.world.levels(&cell, self.now);
        if quirks.levels == quirks::ReportedLevels::Lowest {
            // Below the first step of every scale.
            (levels.rsrp, levels.rsrq) = (-1410, -200);
        }
        if quirks.band_mismatch {
            cell.band = 66;
        }
        if quirks.location != Location::All {
            (cell.tac, cell.cell_id) = (0, 0);
        }
        Serving { camp, cell, levels }
    }

    /// The row that holds nothing where the modem's quirks want that: of zeros, of ones, of dashes, of the smallest
    /// values.
    pub(crate) fn empty<'a>(&self, rows: [&'a str; 4]) -> Option<&'a str> {
        let [zero, ones, dashes, smallest] = rows;
        match self.quirks.empty_rows {
            Empty::No => None,
            Empty::Zero => Some(zero),
            Empty::Ones => Some(ones),
            Empty::Dashes => Some(dashes),
            Empty::Smallest => Some(smallest),
        }
    }

    /// Every cell in reach, under each network code that it has, with its levels now.
    pub(crate) fn around(&self) -> impl Iterator<Item = CellInReach<'_>> {
        let in_reach = |carrier: &&Carrier| carrier.availability != Availability::Absent;
        let carriers = self.world.carriers().iter().filter(in_reach);
        carriers.flat_map(move |carrier| {
            let cells = move |plmn: &Plmn| {
                let plmn = *plmn;
                carrier.cells.iter().map(move |cell| CellInReach {
                    carrier,
                    plmn,
                    cell,
                    levels: self.world.levels(cell, self.now),
                })
            };
            carrier.plmns.iter().flat_map(cells)
        })
    }

    /// The cells of the carrier in use but the one that serves.
    pub(crate) fn neighbours(&self) -> Vec<(&Cell, Levels)> {
        let Some(serving) = self.serving().1 else {
            return Vec::new();
        };
        let cells = self.world.carrier(serving.camp).cells.iter();
        let own = self.world.cell(serving.camp);
        let others = cells.filter(|cell| *cell != own);
        others
            .map(|cell| (cell, self.world.levels(cell, self.now)))
            .collect()
    }
}

/// A cell in reach.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CellInReach<'a> {
    /// Whose it is.
    pub(crate) carrier: &'a Carrier,
    /// Under this network code.
    pub(crate) plmn: Plmn,
    /// The cell.
    pub(crate) cell: &'a Cell,
    /// Its levels now.
    pub(crate) levels: Levels,
}

/// The cell that serves the modem.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Serving {
    /// Where.
    pub(crate) camp: Camp,
    /// The cell, as the modem tells it.
    pub(crate) cell: Cell,
    /// Its levels now.
    pub(crate) levels: Levels,
}

impl Serving {
    /// Total power, tenths of dBm.
    pub(crate) fn rssi(&self) -> i32 {
        self.cell.rssi(self.levels)
    }
}

/// What the host has set. All of it is gone after a restart.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch with a command of its own"
)]
pub(crate) struct Settings {
    /// `ATE`
    pub(crate) echo: bool,
    /// `ATV`
    pub(crate) verbose: bool,
    /// `ATQ`
    pub(crate) quiet: bool,
    /// `AT+CMEE`
    pub(crate) errors: u8,
    /// `AT+CREG`, `AT+CGREG`, `AT+CEREG`, `AT+C5GREG`
    pub(crate) reports: [u8; 4],
    /// `AT+COPS=3`
    pub(crate) name_format: u8,
    /// `AT+CSCS`
    pub(crate) charset: Charset,
    /// Whether the vendor's own unasked lines are on.
    pub(crate) chatter: bool,
    /// `AT+CGDCONT`: number, type, access point.
    pub(crate) contexts: Vec<(u32, String, String)>,
    /// Whether the context in use is active.
    pub(crate) active: bool,
    /// The number of the context in use.
    pub(crate) in_use: u32,
    /// Which form of a vendor's own report is on: `AT#MONI`, `AT+UCGED`.
    pub(crate) report: u8,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            echo: true,
            verbose: true,
            quiet: false,
            errors: 0,
            reports: [0; 4],
            name_format: 0,
            charset: Charset::Ira,
            chatter: true,
            contexts: vec![(1, "IP".to_owned(), "internet".to_owned())],
            active: true,
            in_use: 1,
            report: 0,
        }
    }
}

/// The character set of names (27.007 5.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Charset {
    /// ASCII.
    Ira,
    /// GSM 7 bit.
    Gsm,
    /// UTF-16 in hexadecimal.
    Ucs2,
}

/// What a command answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// Its information lines.
    pub(crate) lines: Vec<String>,
    /// How it ends.
    pub(crate) end: End,
}

/// How a command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// `OK`
    Ok,
    /// `ERROR`, whatever `AT+CMEE` says.
    Error,
    /// An error of 27.007 9.2, worded as `AT+CMEE` says.
    Cme(u16),
    /// `NO CARRIER`
    NoCarrier,
    /// In the persona's words for what it does not know.
    Unknown,
    /// `OK`, and the modem restarts.
    Restart,
    /// Not yet: once the networks are listed.
    NetworkList,
    /// Not yet: once every carrier's cells are listed.
    Survey,
    /// Not yet: once the selection came to something.
    Selection,
}

impl Answer {
    /// `OK` alone.
    pub(crate) fn ok() -> Self {
        Self::end(End::Ok)
    }

    /// One line and `OK`.
    pub(crate) fn line(line: impl Into<String>) -> Self {
        Self::lines(vec![line.into()])
    }

    /// Lines and `OK`.
    pub(crate) fn lines(lines: Vec<String>) -> Self {
        Self {
            lines,
            end: End::Ok,
        }
    }

    /// No line, and this end.
    pub(crate) fn end(end: End) -> Self {
        Self {
            lines: Vec::new(),
            end,
        }
    }

    /// `ERROR`.
    pub(crate) fn error() -> Self {
        Self::end(End::Error)
    }

    /// An error by its number.
    pub(crate) fn cme(code: u16) -> Self {
        Self::end(End::Cme(code))
    }
}

/// An identity in a persona's own words.
fn identity(
    manufacturer: &str,
    model: &str,
    revision: &str,
    imei: &str,
    traits: ModelTraits,
) -> DeviceIdentity {
    DeviceIdentity {
        manufacturer: manufacturer.to_owned(),
        model: model.to_owned(),
        revision: revision.to_owned(),
        imei: imei.to_owned(),
        traits,
    }
}

/// An LTE bandwidth as its index 0 to 5.
fn bandwidth_index(tenths_mhz: u32) -> usize {
    let widths = [14, 30, 50, 100, 150];
    widths.iter().filter(|width| tenths_mhz > **width).count()
}

/// An LTE bandwidth as its resource blocks (TS 36.101 5.6).
fn blocks(tenths_mhz: u32) -> u32 {
    [6, 15, 25, 50, 75, 100][bandwidth_index(tenths_mhz)]
}

/// Tenths as a number with a decimal where it has one.
fn decimal(tenths: i32) -> String {
    if tenths % 10 == 0 {
        return (tenths / 10).to_string();
    }
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
}

/// Tenths as whole units, to the nearest.
fn whole(tenths: i32) -> i32 {
    (tenths + if tenths < 0 { -5 } else { 5 }) / 10
}

/// The index that stands for a level: how many steps of `step` tenths it lies above `floor` tenths.
fn index(tenths: i32, floor: i32, step: i32, most: i32) -> i32 {
    (tenths - floor).div_euclid(step).clamp(0, most)
}
