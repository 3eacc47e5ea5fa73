//! A SIMCom SIM7600E: labelled identity, `+CPSI` in tenths with SINR as an index, unasked lines after two carriage returns.

use std::fmt::Write as _;

use super::common::{access_number, csq, pin_state};
use super::generic::needs_card;
use super::{Answer, End, Persona, Settings, State, bandwidth_index, identity, whole};
use crate::identity::{DeviceIdentity, ModelTraits};
use crate::line::{AtCommand, Form};
use crate::quirks::Empty;
use crate::world::{Cell, Levels};
use opensim_domain::Access;

/// See the module.
#[derive(Debug)]
pub(super) struct Simcom;

impl Persona for Simcom {
    fn name(&self) -> &'static str {
        "simcom"
    }

    fn identity(&self) -> DeviceIdentity {
        let traits = ModelTraits {
            sinr_in_fifths: false,
            cesq: true,
        };
        identity(
            "SIMCOM INCORPORATED",
            "SIMCOM_SIM7600E",
            "SIM7600M22_V2.0",
            "861585041234560",
            traits,
        )
    }

    fn settings(&self) -> Settings {
        Settings {
            errors: 2,
            ..Settings::default()
        }
    }

    fn answer(&self, command: &AtCommand, state: &mut State) -> Option<Answer> {
        Some(match (command.name.as_str(), &command.form) {
            ("+CPSI", Form::Read) => Answer::line(format!("+CPSI: {}", system(state))),
            ("+CPSI", Form::Test) => Answer::line("+CPSI: (0-255)"),
            ("+CPSI", Form::Set(_)) => Answer::ok(),
            ("+CICCID", Form::Exec) => needs_card(state)
                .unwrap_or_else(|| Answer::line(format!("+ICCID: {}", state.world.card.iccid))),
            ("+SPIC", Form::Exec) => tries(state),
            ("+SIMEI", Form::Read) => Answer::line(format!("+SIMEI: {}", state.identity.imei)),
            ("+CNMP", Form::Read) => Answer::line("+CNMP: 2"),
            ("+CNSMOD", Form::Read) => Answer::line(format!("+CNSMOD: 0,{}", mode(state))),
            ("+CMGRMI", Form::Set(_)) if command.number(0) == Some(4) => cells(state),
            ("+CMGRMI", _) => Answer::error(),
            _ => return None,
        })
    }

    fn urc_lead(&self) -> &'static str {
        "\r\r\n"
    }

    fn boot(&self, state: &State) -> Vec<String> {
        let mut lines = vec!["RDY".to_owned()];
        match pin_state(state) {
            Ok(text) => lines.push(format!("+CPIN: {text}")),
            Err(_) => lines.push("+SIMCARD: NOT AVAILABLE".to_owned()),
        }
        if state.world.card.is_ready() {
            lines.extend(["SMS DONE".to_owned(), "PB DONE".to_owned()]);
        }
        lines
    }

    fn interjection(&self, state: &State) -> String {
        format!("+CSQ: {},99", csq(state))
    }

    fn card_ready(&self) -> Vec<String> {
        vec!["+CPIN: READY".to_owned(), "SMS DONE".to_owned()]
    }

    fn cell_rows(&self) -> &'static [&'static str] {
        &["+CPSI", "+CMGRMI"]
    }

    fn no_radio(&self) -> End {
        End::Cme(30)
    }

    fn aborted(&self) -> End {
        End::Error
    }

    fn network_list_tail(&self) -> &'static str {
        ",,(0,1,2,3,4,5,6,7),(0,1,2)"
    }
}

/// Tries left: PIN, PUK, and those of the second PIN.
fn tries(state: &State) -> Answer {
    if let Err(refusal) = pin_state(state) {
        return refusal;
    }
    let card = &state.world.card;
    Answer::line(format!("+SPIC: {},{},0,10", card.pin_tries, card.puk_tries))
}

/// The serving cell, those of its channel and those of others, in tenths.
fn cells(state: &State) -> Answer {
    let lte = |access| access == Access::Lte;
    let filled = state.quirks.empty_rows == Empty::No;
    let Some(serving) = state.serving().1.filter(|s| filled && lte(s.cell.access)) else {
        return Answer::error();
    };
    let (own, plmn) = (&serving.cell, serving.camp.plmn);
    let width = bandwidth_index(own.bandwidth);
    let levels = |cell: &Cell, levels: Levels| {
        let rssi = cell.rssi(levels);
        format!("{},{},{},{rssi},0", cell.pci, levels.rsrq, levels.rsrp)
    };
    let others = state.neighbours();
    let same = others.iter().filter(|(cell, _)| cell.earfcn == own.earfcn);
    let same: Vec<_> = std::iter::once((own, serving.levels))
        .chain(same.copied())
        .collect();
    let mut channels: Vec<u32> = others.iter().map(|(cell, _)| cell.earfcn).collect();
    channels.retain(|channel| *channel != own.earfcn);
    channels.sort_unstable();
    channels.dedup();
    let mut lines = vec![
        "+CMGRMI: Main_Info,4,1,1,0,3,22871,0,2".to_owned(),
        format!(
            "+CMGRMI: Serving_Cell,{},{},{},{},2,{},{},{width},{width},17,{}",
            own.earfcn,
            plmn.mcc(),
            plmn.mnc(),
            own.tac,
            own.cell_id,
            own.band,
            levels(own, serving.levels)
        ),
        format!(
            "+CMGRMI: LTE_Intra,{},{},{},1",
            same.len(),
            own.earfcn,
            own.pci
        ),
    ];
    for (number, (cell, at)) in same.iter().enumerate() {
        let number = number + 1;
        lines.push(format!(
            "+CMGRMI: LTE_Intra_Cell{number},{}",
            levels(cell, *at)
        ));
    }
    let mut all = format!("+CMGRMI: LTE_Inter,{}", channels.len());
    let mut rows = Vec::new();
    for (number, channel) in channels.iter().enumerate() {
        let number = number + 1;
        let here = others.iter().filter(|(cell, _)| cell.earfcn == *channel);
        let here: Vec<_> = here.collect();
        let count = here.len();
        // Writing to a text cannot fail.
        let _ = write!(all, ",Freq{number},{channel},{count},0,0,0");
        for (at, (cell, now)) in here.iter().enumerate() {
            rows.push(format!(
                "+CMGRMI: LTE_InterFreq{number}_Cell{},{}",
                at + 1,
                levels(cell, *now)
            ));
        }
    }
    lines.push(all);
    lines.extend(rows);
    Answer::lines(lines)
}

/// What `+CNSMOD` calls the technology.
fn mode(state: &State) -> u8 {
    match state.serving().1.map(|s| s.cell.access) {
        None => 0,
        Some(Access::Gsm) => 1,
        Some(Access::Umts) => 4,
        Some(access) => access_number(access).max(8),
    }
}

fn system(state: &State) -> String {
    let Some(serving) = state.serving().1 else {
        let online = if state.world.radio() {
            "Online"
        } else {
            "Low Power Mode"
        };
        return format!("NO SERVICE,{online}");
    };
    let nothing = state.empty([
        "LTE,Online,000-00,0x0000,0,0,EUTRAN-BAND0,0,0,0,0,0,0,0",
        "LTE,Online,FFF-FF,0xFFFF,268435455,65535,EUTRAN-BAND255,65535,255,255,-32768,-32768,-32768,255",
        "LTE,Online,---,-,-,-,-,-,-,-,-,-,-,-",
        "LTE,Online,000-00,0x0000,0,0,EUTRAN-BAND1,0,0,0,-200,-1400,-1130,0",
    ]);
    if let Some(nothing) = nothing {
        return nothing.to_owned();
    }
    let (cell, levels, plmn) = (serving.cell, serving.levels, serving.camp.plmn);
    let network = format!("{}-{}", plmn.mcc(), plmn.mnc());
    match cell.access {
        Access::Gsm => format!(
            "GSM,Online,{network},0x{:04X},{},{} EGSM 900,{},0,32-32",
            cell.tac,
            cell.cell_id,
            cell.earfcn,
            whole(levels.rsrp)
        ),
        // Ec/Io and RSCP are printed without their sign.
        Access::Umts => format!(
            "WCDMA,Online,{network},0x{:04X},{},WCDMA 900,{},{},0,{}.{},{},33,41,500",
            cell.tac,
            cell.cell_id,
            cell.pci,
            cell.earfcn,
            -levels.rsrq / 10,
            -levels.rsrq % 10,
            -whole(levels.rsrp)
        ),
        Access::Lte | Access::NrNsa | Access::Nr => {
            let width = bandwidth_index(cell.bandwidth);
            format!(
                "LTE,Online,{network},0x{:04X},{},{},EUTRAN-BAND{},{},{width},{width},{},{},{},{}",
                cell.tac,
                cell.cell_id,
                cell.pci,
                cell.band,
                cell.earfcn,
                levels.rsrq,
                levels.rsrp,
                serving.rssi(),
                rssnr(levels.sinr)
            )
        }
    }
}

/// RSSNR as an index, 2 dB a step above -20 (SIM7070/7080 manual; SIM7600 captures fit nothing else).
fn rssnr(tenths: i32) -> i32 {
    ((tenths + 210).div_euclid(20)).clamp(0, 25)
}
