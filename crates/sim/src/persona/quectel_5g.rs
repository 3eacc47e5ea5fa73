//! A Quectel RM520N-GL: the EC25's commands, 4G rows with two columns more and SINR in dB, a 5G leg or a 5G cell of its
//! own, `+QSCAN`.
//!
//! A cell of access `nr_nsa` is an anchor with a leg on n78; a cell of access `nr` stands alone.

use super::quectel::{NOTHING, Quectel, columns, duplex};
use super::{
    Answer, CellInReach, End, Persona, Serving, Settings, State, blocks, identity, index, whole,
};
use crate::identity::{DeviceIdentity, ModelTraits};
use crate::line::{AtCommand, Form};
use crate::quirks::RegistrationDomain;
use crate::world::Cell;
use opensim_domain::Access;

/// See the module.
#[derive(Debug)]
pub(super) struct Quectel5g;

impl Persona for Quectel5g {
    fn name(&self) -> &'static str {
        "quectel-5g"
    }

    fn identity(&self) -> DeviceIdentity {
        let traits = ModelTraits {
            sinr_in_fifths: false,
            cesq: false,
        };
        identity(
            "Quectel",
            "RM520N-GL",
            "RM520NGLAAR03A03M4G",
            "868371051234568",
            traits,
        )
    }

    fn settings(&self) -> Settings {
        Settings {
            reports: [0, 0, 0, 2],
            ..Quectel.settings()
        }
    }

    fn domains(&self) -> &'static [RegistrationDomain] {
        &[
            RegistrationDomain::Cs,
            RegistrationDomain::Ps,
            RegistrationDomain::Eps,
            RegistrationDomain::FiveGs,
        ]
    }

    fn answer(&self, command: &AtCommand, state: &mut State) -> Option<Answer> {
        Some(match (command.name.as_str(), &command.form) {
            ("+QENG", Form::Set(_)) => match (asks_serving(command), state.serving().1) {
                (true, Some(serving)) => engineering(&serving, state),
                _ => return Quectel.answer(command, state),
            },
            ("+QSCAN", Form::Test) => Answer::line("+QSCAN: (1-3)"),
            ("+QSCAN", Form::Set(_)) => Answer::end(End::Survey),
            // The 4G modules have these.
            ("+QOPS" | "+QCSQ", _) => Answer::error(),
            ("+CSQ", Form::Exec) if is_alone(state) => Answer::line("+CSQ: 99,99"),
            _ => return Quectel.answer(command, state),
        })
    }

    fn card_ready(&self) -> Vec<String> {
        Quectel.card_ready()
    }

    fn cell_rows(&self) -> &'static [&'static str] {
        &["+QENG", "+QNWINFO"]
    }

    fn survey(&self, state: &State) -> Answer {
        Answer::lines(state.around().filter_map(|found| scanned(&found)).collect())
    }

    fn boot(&self, state: &State) -> Vec<String> {
        Quectel.boot(state)
    }

    fn interjection(&self, state: &State) -> String {
        Quectel.interjection(state)
    }
}

fn asks_serving(command: &AtCommand) -> bool {
    let asked = command.text(0).unwrap_or("");
    asked.eq_ignore_ascii_case("servingcell")
}

fn is_alone(state: &State) -> bool {
    let serving = state.serving().1;
    serving.is_some_and(|serving| serving.cell.access == Access::Nr)
}

fn engineering(serving: &Serving, state: &State) -> Answer {
    if let Some(nothing) = state.empty(NOTHING) {
        return Answer::line(empty(serving, nothing, state));
    }
    let (cell, plmn) = (serving.cell, serving.camp.plmn);
    let head = r#"+QENG: "servingcell","NOCONN""#;
    match cell.access {
        Access::Nr => Answer::line(format!("{head},{}", alone(serving))),
        Access::NrNsa => Answer::lines(vec![
            head.to_owned(),
            format!("+QENG: {}", four_g(serving, state)),
            // No blank after the colon, as on the device.
            format!("+QENG:{}", leg(serving)),
        ]),
        Access::Lte => Answer::line(format!("{head},{}", four_g(serving, state))),
        Access::Umts | Access::Gsm => Answer::line(format!(
            "{head},{}",
            columns(&cell, serving.levels, plmn, state)
        )),
    }
}

/// The 4G columns, with CQI and transmit power before the last.
fn four_g(serving: &Serving, state: &State) -> String {
    wider(columns(
        &serving.cell,
        serving.levels,
        serving.camp.plmn,
        state,
    ))
}

fn wider(columns: String) -> String {
    match columns.rsplit_once(',') {
        Some((most, last)) => format!("{most},11,-,{last}"),
        None => columns,
    }
}

/// A row that holds nothing, of 4G or of a 5G cell of its own.
fn empty(serving: &Serving, four_g: &str, state: &State) -> String {
    let alone = [
        "000,00,0,0,0,0,0,0,0,0,0,0,-",
        "FFF,FF,FFFFFFFFF,65535,FFFFFF,4294967295,255,255,-32768,-32768,-32768,255,-",
        "-,-,-,-,-,-,-,-,-,-,-,-,-",
        "000,00,0,0,0,0,1,0,-140,-20,-20,0,-",
    ];
    let (access, columns) = match (serving.cell.access, state.empty(alone)) {
        (Access::Nr, Some(alone)) => ("\"NR5G-SA\",\"TDD\"", alone.to_owned()),
        _ => ("\"LTE\",\"FDD\"", wider(four_g.to_owned())),
    };
    format!("+QENG: \"servingcell\",\"LIMSRV\",{access},{columns}")
}

/// RSRP, then SINR, then RSRQ: the order of this row alone.
fn leg(serving: &Serving) -> String {
    let (plmn, levels) = (serving.camp.plmn, serving.levels);
    format!(
        "\"NR5G-NSA\",{},{},{},{},{},{},643334,78,12,1",
        plmn.mcc(),
        plmn.mnc(),
        u32::from(serving.cell.pci) + 504,
        whole(levels.rsrp) - 6,
        whole(levels.sinr) - 3,
        whole(levels.rsrq) - 1,
    )
}

fn alone(serving: &Serving) -> String {
    let (cell, plmn, levels) = (serving.cell, serving.camp.plmn, serving.levels);
    format!(
        "\"NR5G-SA\",\"{}\",{},{},{:X},{},{:X},{},{},{},{},{},{},{},-",
        duplex_of(&cell),
        plmn.mcc(),
        plmn.mnc(),
        cell.cell_id,
        cell.pci,
        cell.tac,
        cell.earfcn,
        cell.band,
        width(&cell),
        whole(levels.rsrp),
        whole(levels.rsrq),
        whole(levels.sinr),
        spacing(&cell),
    )
}

/// The bands of 5G above 37 are TDD but for a few that nobody here has.
fn duplex_of(cell: &Cell) -> &'static str {
    if cell.band >= 77 {
        "TDD"
    } else {
        duplex(cell.band)
    }
}

/// 30 kHz in TDD, 15 in FDD.
fn spacing(cell: &Cell) -> u8 {
    u8::from(duplex_of(cell) == "TDD")
}

/// The bandwidth's place in the manual's list.
fn width(cell: &Cell) -> usize {
    let mhz = [5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90, 100, 200, 400];
    let whole = cell.bandwidth / 10;
    mhz.iter().position(|known| *known >= whole).unwrap_or(0)
}

/// The resource blocks of a 5G bandwidth (TS 38.101-1 5.3.2), those that cells here have.
fn nr_blocks(cell: &Cell) -> u32 {
    let mhz = cell.bandwidth / 10;
    if spacing(cell) == 0 {
        return match mhz {
            0..=5 => 25,
            6..=10 => 52,
            11..=15 => 79,
            _ => 106,
        };
    }
    match mhz {
        0..=20 => 51,
        21..=40 => 106,
        41..=60 => 162,
        61..=80 => 217,
        81..=90 => 245,
        _ => 273,
    }
}

/// A row of `+QSCAN=3,1`. 2G and 3G are not looked for, and a leg is no cell of its own.
fn scanned(found: &CellInReach<'_>) -> Option<String> {
    let (cell, levels, plmn) = (found.cell, found.levels, found.plmn);
    let (rsrp, rsrq) = (whole(levels.rsrp), whole(levels.rsrq));
    let head = format!("{},{},{},{}", plmn.mcc(), plmn.mnc(), cell.earfcn, cell.pci);
    let srxlev = (rsrp + 128).max(0);
    match cell.access {
        Access::Gsm | Access::Umts => None,
        Access::Lte | Access::NrNsa => Some(format!(
            "+QSCAN: \"LTE\",{head},{rsrp},{rsrq},{srxlev},{},{:X},{:X},{},{}",
            index(levels.rsrq, -340, 10, 40),
            cell.cell_id,
            cell.tac,
            blocks(cell.bandwidth),
            cell.band
        )),
        Access::Nr => Some(format!(
            "+QSCAN: \"NR5G\",{head},{rsrp},{rsrq},{srxlev},{},{:09X},{:X},{},{},28,6,-",
            spacing(cell),
            cell.cell_id,
            cell.tac,
            nr_blocks(cell),
            cell.band
        )),
    }
}
