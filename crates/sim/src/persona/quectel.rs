//! A Quectel EC25-E: bare identity lines, its own serving cell, SINR in fifths of dB.
//!
//! The scale of SINR in `+QENG` differs by firmware (fifths above -20, or dB), which a scenario chooses;
//! `+QCSQ` always has fifths.

use super::common::{csq, oper, pin_state};
use super::generic::needs_card;
use super::{Answer, CellInReach, End, Persona, Settings, State, bandwidth_index, identity, whole};
use crate::identity::{DeviceIdentity, ModelTraits};
use crate::line::{AtCommand, Form};
use crate::quirks::Empty;
use crate::world::{Cell, Levels};
use opensim_domain::{Access, Plmn};

/// See the module.
#[derive(Debug)]
pub(super) struct Quectel;

impl Persona for Quectel {
    fn name(&self) -> &'static str {
        "quectel"
    }

    fn identity(&self) -> DeviceIdentity {
        let traits = ModelTraits {
            sinr_in_fifths: true,
            cesq: false,
        };
        identity(
            "Quectel",
            "EC25",
            "EC25EFAR06A08M4G",
            "867962041234562",
            traits,
        )
    }

    fn settings(&self) -> Settings {
        Settings {
            errors: 1,
            ..Settings::default()
        }
    }

    fn answer(&self, command: &AtCommand, state: &mut State) -> Option<Answer> {
        Some(match (command.name.as_str(), &command.form) {
            ("I", _) => {
                let id = &state.identity;
                Answer::lines(vec![
                    id.manufacturer.clone(),
                    id.model.clone(),
                    format!("Revision: {}", id.revision),
                ])
            }
            ("+QENG", Form::Set(_)) => engineering(command, state),
            ("+QENG", Form::Test) => Answer::line(r#"+QENG: ("servingcell","neighbourcell")"#),
            ("+QCSQ", Form::Exec) => Answer::line(format!("+QCSQ: {}", strength(state))),
            ("+QCSQ", Form::Test) => {
                Answer::line(r#"+QCSQ: "NOSERVICE","GSM","WCDMA","TDSCDMA","LTE""#)
            }
            ("+QOPS", Form::Exec) => Answer::end(End::Survey),
            ("+QNWINFO", Form::Exec) => Answer::line(format!("+QNWINFO: {}", network(state))),
            ("+QOPS" | "+QNWINFO", Form::Test) => Answer::ok(),
            ("+QSPN", Form::Exec) => spoken_name(state),
            ("+QCCID" | "+ICCID", Form::Exec) => needs_card(state).unwrap_or_else(|| {
                Answer::line(format!("{}: {}", command.name, state.world.card.iccid))
            }),
            ("+QPINC", Form::Exec | Form::Read | Form::Set(_)) => tries(command, state),
            ("+QINISTAT", Form::Exec | Form::Read) => {
                Answer::line(format!("+QINISTAT: {}", if ready(state) { 7 } else { 0 }))
            }
            _ => return None,
        })
    }

    fn survey(&self, state: &State) -> Answer {
        operators(state)
    }

    fn card_ready(&self) -> Vec<String> {
        vec!["+CPIN: READY".to_owned(), "+QUSIM: 1".to_owned()]
    }

    fn cell_rows(&self) -> &'static [&'static str] {
        &["+QENG", "+QCSQ", "+QNWINFO"]
    }

    fn boot(&self, state: &State) -> Vec<String> {
        let mut lines = vec!["RDY".to_owned(), "+CFUN: 1".to_owned()];
        if let Ok(text) = pin_state(state) {
            lines.push(format!("+CPIN: {text}"));
        }
        if ready(state) {
            lines.extend(["+QUSIM: 1".to_owned(), "+QIND: SMS DONE".to_owned()]);
        }
        lines
    }

    fn interjection(&self, state: &State) -> String {
        format!("+QIND: \"csq\",{},99", csq(state))
    }
}

/// Each operator's name and code, and its cells in rows without a prefix.
fn operators(state: &State) -> Answer {
    let mut lines = Vec::new();
    let mut head = None;
    let mut number = 0;
    for found in state.around() {
        if head != Some(found.plmn) {
            head = Some(found.plmn);
            number = 0;
            let (name, short) = (&found.carrier.name, &found.carrier.short);
            lines.push(format!("+QOPS: \"{name}\",\"{short}\",\"{}\"", found.plmn));
        }
        number += 1;
        lines.push(format!("{number},{}", listed(&found)));
    }
    Answer::lines(lines)
}

fn listed(found: &CellInReach<'_>) -> String {
    let (cell, levels) = (found.cell, found.levels);
    let (tac, id, channel) = (cell.tac, cell.cell_id, cell.earfcn);
    let (rsrp, rsrq) = (whole(levels.rsrp), whole(levels.rsrq));
    match cell.access {
        Access::Gsm => format!(
            "\"2G\",{channel},{tac:X},{id:X},{},{},20,0,1",
            cell.pci % 64,
            rsrp + 111
        ),
        // Ec/N0 without its sign.
        Access::Umts => format!(
            "\"3G\",{channel},{},{tac:X},{id:X},{rsrp},{},0",
            cell.pci, -rsrq
        ),
        Access::Lte | Access::NrNsa | Access::Nr => {
            format!(
                "\"4G\",{channel},{},{tac:X},{id:X},{rsrp},{rsrq},0",
                cell.pci
            )
        }
    }
}

fn ready(state: &State) -> bool {
    state.world.card.is_ready()
}

fn engineering(command: &AtCommand, state: &State) -> Answer {
    match command.text(0).map(str::to_ascii_lowercase).as_deref() {
        Some("servingcell") => Answer::line(format!("+QENG: \"servingcell\",{}", serving(state))),
        Some("neighbourcell") => neighbours(state),
        _ => Answer::end(End::Error),
    }
}

fn serving(state: &State) -> String {
    let (_, serving) = state.serving();
    if let Some(serving) = serving {
        if let Some(nothing) = state.empty(NOTHING) {
            return format!("\"LIMSRV\",\"LTE\",\"FDD\",{nothing}");
        }
        let (plmn, levels) = (serving.camp.plmn, serving.levels);
        return format!("\"NOCONN\",{}", columns(&serving.cell, levels, plmn, state));
    }
    // Camped on what is strongest, without service.
    match state.world.strongest(state.now) {
        Some(strongest) if state.world.radio() => {
            let registered = state.world.registration();
            let code = state
                .world
                .carriers()
                .iter()
                .find(|c| c.cells.contains(strongest))
                .and_then(|c| c.plmns.first());
            match code {
                Some(plmn) if registered.cause.is_some() || !ready(state) => {
                    let levels = state.world.levels(strongest, state.now);
                    format!("\"LIMSRV\",{}", columns(strongest, levels, *plmn, state))
                }
                _ => "\"SEARCH\"".to_owned(),
            }
        }
        _ => "\"SEARCH\"".to_owned(),
    }
}

/// The columns of a 4G row that hold nothing, from the network on.
pub(super) const NOTHING: [&str; 4] = [
    "000,00,0,0,0,0,0,0,0,0,0,0,0,0",
    "FFF,FF,FFFFFFF,65535,65535,255,255,255,FFFF,-32768,-32768,-32768,255,255",
    "-,-,-,-,-,-,-,-,-,-,-,-,-,-",
    "000,00,0,0,0,1,0,0,0,-140,-20,-113,0,0",
];

/// The columns from the technology on.
pub(super) fn columns(cell: &Cell, levels: Levels, plmn: Plmn, state: &State) -> String {
    let (mcc, mnc) = (plmn.mcc(), plmn.mnc());
    let (rsrp, rsrq) = (whole(levels.rsrp), whole(levels.rsrq));
    match cell.access {
        Access::Gsm => format!(
            "\"GSM\",{mcc},{mnc},{:X},{:X},{},{},0,{rsrp},5,14,{},-,-,-,-,-,-,-,-,-,-,-,-,\"-\"",
            cell.tac,
            cell.cell_id,
            cell.pci % 64,
            cell.earfcn,
            rsrp + 111
        ),
        Access::Umts => format!(
            "\"WCDMA\",{mcc},{mnc},{:X},{:X},{},{},0,{rsrp},{rsrq},-,-,-,-,-",
            cell.tac, cell.cell_id, cell.earfcn, cell.pci
        ),
        Access::Lte | Access::NrNsa | Access::Nr => {
            let width = bandwidth_index(cell.bandwidth);
            let sinr = if state.identity.traits.sinr_in_fifths {
                fifths(levels.sinr)
            } else {
                whole(levels.sinr)
            };
            format!(
                "\"LTE\",\"{}\",{mcc},{mnc},{:X},{},{},{},{width},{width},{:X},{rsrp},{rsrq},{},{sinr},{}",
                duplex(cell.band),
                cell.cell_id,
                cell.pci,
                cell.earfcn,
                cell.band,
                cell.tac,
                whole(cell.rssi(levels)),
                // Above the least that the cell asks for, -128 dBm.
                (rsrp + 128).max(0)
            )
        }
    }
}

/// Fifths of dB above -20.
fn fifths(tenths: i32) -> i32 {
    ((tenths + 200) >> 1).clamp(0, 250)
}

pub(super) fn duplex(band: u16) -> &'static str {
    if (33..=53).contains(&band) {
        "TDD"
    } else {
        "FDD"
    }
}

/// Cells of the serving carrier; without service, none.
fn neighbours(state: &State) -> Answer {
    let Some(serving) = state
        .serving()
        .1
        .filter(|_| state.quirks.empty_rows == Empty::No)
    else {
        return Answer::ok();
    };
    let line = |cell: &Cell| {
        let levels = state.world.levels(cell, state.now);
        let kind = if cell.earfcn == serving.cell.earfcn {
            "intra"
        } else {
            "inter"
        };
        // The order differs from the serving cell's: RSRQ, RSRP, RSSI, SINR.
        format!(
            "+QENG: \"neighbourcell {kind}\",\"LTE\",{},{},{},{},{},{},{},7,16,6,44",
            cell.earfcn,
            cell.pci,
            whole(levels.rsrq),
            whole(levels.rsrp),
            whole(cell.rssi(levels)),
            if state.identity.traits.sinr_in_fifths {
                fifths(levels.sinr)
            } else {
                whole(levels.sinr)
            },
            (whole(levels.rsrp) + 128).max(0)
        )
    };
    let carrier = state.world.carrier(serving.camp);
    let cells = carrier.cells.iter();
    Answer::lines(
        cells
            .filter(|cell| cell.access == Access::Lte)
            .map(line)
            .collect(),
    )
}

fn strength(state: &State) -> String {
    let Some(serving) = state.serving().1 else {
        return "\"NOSERVICE\"".to_owned();
    };
    let nothing = state.empty([
        "\"LTE\",0,0,0,0",
        "\"LTE\",-32768,-32768,255,-32768",
        "\"LTE\",-,-,-,-",
        "\"LTE\",-113,-140,0,-20",
    ]);
    if let Some(nothing) = nothing {
        return nothing.to_owned();
    }
    let levels = serving.levels;
    match serving.cell.access {
        Access::Gsm => format!("\"GSM\",{}", whole(levels.rsrp)),
        Access::Umts => format!(
            "\"WCDMA\",{},{},{}",
            whole(serving.rssi()),
            whole(levels.rsrp),
            whole(levels.rsrq)
        ),
        Access::Lte | Access::NrNsa | Access::Nr => format!(
            "\"LTE\",{},{},{},{}",
            whole(serving.rssi()),
            whole(levels.rsrp),
            fifths(levels.sinr),
            whole(levels.rsrq)
        ),
    }
}

fn network(state: &State) -> String {
    let Some(serving) = state.serving().1 else {
        return "No Service".to_owned();
    };
    let nothing = state.empty([
        "\"NONE\",\"00000\",\"LTE BAND 0\",0",
        "\"FDD LTE\",\"FFFFF\",\"LTE BAND 255\",65535",
        "\"-\",\"-\",\"-\",-",
        "\"FDD LTE\",\"00000\",\"LTE BAND 1\",0",
    ]);
    if let Some(nothing) = nothing {
        return nothing.to_owned();
    }
    let (cell, plmn) = (serving.cell, serving.camp.plmn);
    match cell.access {
        Access::Gsm => format!("\"EDGE\",\"{plmn}\",\"GSM 900\",{}", cell.earfcn),
        Access::Umts => format!("\"HSPA+\",\"{plmn}\",\"WCDMA 900\",{}", cell.earfcn),
        Access::Lte | Access::NrNsa | Access::Nr => format!(
            "\"{} LTE\",\"{plmn}\",\"LTE BAND {}\",{}",
            duplex(cell.band),
            cell.band,
            cell.earfcn
        ),
    }
}

fn spoken_name(state: &State) -> Answer {
    let (Some(plmn), Some(serving)) = (oper(state), state.serving().1) else {
        return Answer::line("+QSPN: \"\",\"\",\"\",0,\"\"");
    };
    let carrier = state.world.carrier(serving.camp);
    Answer::line(format!(
        "+QSPN: \"{}\",\"{}\",\"\",0,\"{plmn}\"",
        carrier.name, carrier.short
    ))
}

fn tries(command: &AtCommand, state: &State) -> Answer {
    if let Err(refusal) = pin_state(state) {
        return refusal;
    }
    let card = &state.world.card;
    let own = format!("+QPINC: \"SC\",{},{}", card.pin_tries, card.puk_tries);
    let second = "+QPINC: \"P2\",3,10".to_owned();
    match command.text(0).map(str::to_ascii_uppercase).as_deref() {
        None => Answer::lines(vec![own, second]),
        Some("SC") => Answer::line(own),
        Some("P2") => Answer::line(second),
        Some(_) => Answer::cme(50),
    }
}
