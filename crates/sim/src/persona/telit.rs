//! A Telit LM960: `ATI` is a build number, the status row holds the subscriber's number, the standard's levels are
//! unknown, and a survey lists every operator's cells.

use super::common::pin_state;
use super::generic::needs_card;
use super::{Answer, End, Persona, Serving, State, identity, whole};
use crate::identity::{DeviceIdentity, ModelTraits};
use crate::line::{AtCommand, Form};
use crate::quirks::Fields;
use crate::world::{Card, CardState, Cell, Levels};
use opensim_domain::Access;

/// See the module.
#[derive(Debug)]
pub(super) struct Telit;

impl Persona for Telit {
    fn name(&self) -> &'static str {
        "telit"
    }

    fn identity(&self) -> DeviceIdentity {
        let traits = ModelTraits {
            sinr_in_fifths: false,
            cesq: true,
        };
        identity("Telit", "LM960A18", "32.01.150", "352753101234566", traits)
    }

    fn answer(&self, command: &AtCommand, state: &mut State) -> Option<Answer> {
        Some(match (command.name.as_str(), &command.form) {
            ("I", _) => Answer::line("332"),
            ("#RFSTS", Form::Exec) => Answer::line(format!("#RFSTS: {}", status(state))),
            ("#SERVINFO", Form::Exec) => Answer::line(format!("#SERVINFO: {}", serving(state))),
            ("#MONI", Form::Set(_)) => match command.number(0) {
                Some(which @ 0..=7) => {
                    state.settings.report = u8::try_from(which).unwrap_or(0);
                    Answer::ok()
                }
                _ => Answer::cme(50),
            },
            ("#MONI", Form::Exec) => monitor(state),
            ("#CSURVC", Form::Test) => Answer::ok(),
            ("#CSURVC", Form::Exec) => Answer::end(End::Survey),
            ("#PCT", Form::Exec) => tries(state),
            ("#CCID", Form::Exec) => needs_card(state)
                .unwrap_or_else(|| Answer::line(format!("#CCID: {}", state.world.card.iccid))),
            // It leaves the standard's levels unknown while its own command has them.
            ("+CESQ", Form::Exec) => Answer::line("+CESQ: 99,99,255,255,255,255"),
            ("+CSQ", Form::Exec) => Answer::line("+CSQ: 99,99"),
            _ => return None,
        })
    }

    fn cell_rows(&self) -> &'static [&'static str] {
        &["#RFSTS", "#SERVINFO", "#MONI"]
    }

    fn reshaped(&self, row: &str, fields: Fields) -> String {
        match fields {
            Fields::Usual => row.to_owned(),
            Fields::Extra => format!("{row},96"),
            // Without a routing area before the paging cycle.
            Fields::Fewer => row.replacen(",255,,640,", ",,128,", 1) + ",96",
        }
    }

    fn no_radio(&self) -> End {
        End::Cme(30)
    }

    fn survey(&self, state: &State) -> Answer {
        Answer::lines(survey(state))
    }

    fn interjection(&self, _: &State) -> String {
        "#PSNT: 4".to_owned()
    }
}

/// The tries of the code that is asked for; those of the PIN where none is.
fn tries(state: &State) -> Answer {
    let card: &Card = &state.world.card;
    match (pin_state(state), card.state()) {
        (Err(refusal), _) => refusal,
        (Ok(_), CardState::Puk) => Answer::line(format!("#PCT: {}", card.puk_tries)),
        (Ok(_), _) => Answer::line(format!("#PCT: {}", card.pin_tries)),
    }
}

fn status(state: &State) -> String {
    let imsi = &state.world.card.imsi;
    let Some(serving) = state.serving().1 else {
        return format!("\"000 00\",-1,-47,FFFF,FF,255,19,27,,FFFF,\"{imsi}\",\"\",1,2");
    };
    let nothing = state.empty([
        "\"000 00\",0,0,0,0,0000,0,,0,0,0,0000000,\"IMSI\",\"\",0,0",
        "\"FFF FF\",65535,-255,-255,-255,FFFF,255,,65535,255,255,FFFFFFF,\"IMSI\",\"\",255,255",
        "\"\",,,,,,,,,,,,\"IMSI\",\"\",,",
        "\"000 00\",0,-140,-113,-20,0000,0,,32,0,0,0000000,\"IMSI\",\"\",0,1",
    ]);
    if let Some(nothing) = nothing {
        return nothing.replace("IMSI", imsi);
    }
    let (cell, levels, plmn) = (serving.cell, serving.levels, serving.camp.plmn);
    let network = format!("\"{} {}\"", plmn.mcc(), plmn.mnc());
    let name = &state.world.carrier(serving.camp).name;
    match cell.access {
        Access::Gsm => format!(
            "{network},{},{},{:04X},01,5,19,10,2,{:04X},\"{imsi}\",\"{name}\",1,2",
            cell.earfcn,
            whole(levels.rsrp),
            cell.tac,
            cell.cell_id
        ),
        _ => format!(
            "{network},{},{},{},{},{:04X},255,,640,1,0,{:07X},\"{imsi}\",\"{name}\",3,{}",
            cell.earfcn,
            whole(levels.rsrp),
            whole(serving.rssi()),
            whole(levels.rsrq),
            cell.tac,
            cell.cell_id,
            cell.band
        ),
    }
}

fn serving(state: &State) -> String {
    let Some(serving) = state.serving().1 else {
        return "-1,-47,\"\",\"00000\",FFFF,FFFF,0,0".to_owned();
    };
    let nothing = state.empty([
        "0,0,\"\",\"00000\",0000000,0000,0,0,0",
        "65535,-255,\"\",\"FFFFF\",FFFFFFF,FFFF,65535,255,-255",
        ",,\"\",\"\",,,,,",
        "0,-113,\"\",\"00000\",0000000,0000,32,0,-140",
    ]);
    if let Some(nothing) = nothing {
        return nothing.to_owned();
    }
    let (cell, plmn) = (serving.cell, serving.camp.plmn);
    format!(
        "{},{},\"{}\",\"{plmn}\",{:07X},{:04X},640,3,{}",
        cell.earfcn,
        whole(serving.rssi()),
        state.world.carrier(serving.camp).name,
        cell.cell_id,
        cell.tac,
        whole(serving.levels.rsrp)
    )
}

/// As set: the serving cell by its identity, or the cells of its channel by their physical numbers.
fn monitor(state: &State) -> Answer {
    let Some(serving) = state.serving().1.filter(|s| s.cell.access == Access::Lte) else {
        return Answer::ok();
    };
    let nothing = state.empty([
        "RSRP:0 RSRQ:0 TAC:0000 Id:0000000 EARFCN:0 PWR:0dbm DRX:0",
        "RSRP:-255 RSRQ:-255 TAC:FFFF Id:FFFFFFF EARFCN:65535 PWR:-255dbm DRX:65535",
        "RSRP:- RSRQ:- TAC:- Id:- EARFCN:- PWR:-dbm DRX:-",
        "RSRP:-140 RSRQ:-20 TAC:0000 Id:0000000 EARFCN:0 PWR:-113dbm DRX:32",
    ]);
    if let Some(nothing) = nothing {
        return Answer::line(format!("#MONI:  {nothing}"));
    }
    if state.settings.report == 0 {
        return Answer::line(camped(&serving, &state.world.carrier(serving.camp).name));
    }
    let row = |(cell, levels): (&Cell, Levels)| {
        format!(
            "#MONI: RSRP:{} RSRQ:{} Id:{:07X} EARFCN:{} PWR:{}dbm",
            whole(levels.rsrp),
            whole(levels.rsrq),
            cell.pci,
            cell.earfcn,
            whole(cell.rssi(levels))
        )
    };
    let mut lines = vec![row((&serving.cell, serving.levels))];
    let others = state.neighbours().into_iter();
    lines.extend(
        others
            .filter(|(cell, _)| cell.earfcn == serving.cell.earfcn)
            .map(row),
    );
    Answer::lines(lines)
}

fn camped(serving: &Serving, name: &str) -> String {
    let (cell, levels) = (serving.cell, serving.levels);
    format!(
        "#MONI: {name} RSRP:{} RSRQ:{} TAC:{:04X} Id:{:07X} EARFCN:{} PWR:{}dbm DRX:640",
        whole(levels.rsrp),
        whole(levels.rsrq),
        cell.tac,
        cell.cell_id,
        cell.earfcn,
        whole(serving.rssi())
    )
}

/// Every operator's cells in reach, the serving one among them; cell and area in decimal.
fn survey(state: &State) -> Vec<String> {
    let mut lines = vec!["Network survey started ...".to_owned(), String::new()];
    for found in state.around().filter(|h| h.cell.access == Access::Lte) {
        let (cell, levels) = (found.cell, found.levels);
        lines.push(format!(
            "{},{},{},{},{},{},{},0,{},{},{}",
            cell.earfcn,
            whole(cell.rssi(levels)),
            found.plmn.mcc(),
            found.plmn.mnc(),
            cell.cell_id,
            cell.tac,
            cell.pci,
            whole(levels.rsrp),
            whole(levels.rsrq),
            cell.bandwidth / 10
        ));
        lines.push(String::new());
    }
    lines.push("Network survey ended".to_owned());
    lines
}
