//! A Fibocom FM350-GL: identity with a prefix and quotes, `+GTCCINFO` rows without a prefix, network codes as numbers, a
//! `+CESQ` of nine fields, no blank after `+COPS:`.

use super::common::{self, power_index, quality_index};
use super::generic::needs_card;
use super::{Answer, Persona, Settings, State, blocks, identity, index};
use crate::identity::{DeviceIdentity, ModelTraits};
use crate::line::{AtCommand, Form};
use crate::world::{Cell, Levels};
use opensim_domain::{Access, Plmn};

/// See the module.
#[derive(Debug)]
pub(super) struct Fibocom;

impl Persona for Fibocom {
    fn name(&self) -> &'static str {
        "fibocom"
    }

    fn identity(&self) -> DeviceIdentity {
        let traits = ModelTraits {
            sinr_in_fifths: false,
            cesq: true,
        };
        identity(
            "Fibocom Wireless Inc.",
            "FM350-GL",
            "81600.0000.00.29.23.01",
            "867911061234566",
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
        let id = &state.identity;
        Some(match (command.name.as_str(), &command.form) {
            ("+CGMI", Form::Exec) => Answer::line(format!("+CGMI: \"{}\"", id.manufacturer)),
            ("+CGMM", Form::Exec) => Answer::line(format!("+CGMM: \"{}\"", id.model)),
            ("+CGMR", Form::Exec) => Answer::line(format!("+CGMR: \"{}\"", id.revision)),
            ("+GTCCINFO", Form::Read) => cells(state),
            ("+CESQ", Form::Exec) => Answer::line(format!("+CESQ: {}", levels(state))),
            ("+CSQ", Form::Exec) => Answer::line(format!("+CSQ: {}, 99", common::csq(state))),
            ("+COPS", Form::Read) => {
                let mut answer = common::answer(command, self, state)?;
                for line in &mut answer.lines {
                    *line = line.replacen("+COPS: ", "+COPS:", 1);
                }
                answer
            }
            ("+ICCID", Form::Exec | Form::Read) => needs_card(state)
                .unwrap_or_else(|| Answer::line(format!("+ICCID: {}", state.world.card.iccid))),
            ("+CPINR", Form::Exec | Form::Set(_)) => match common::pin_state(state) {
                Err(refusal) => refusal,
                Ok(_) => Answer::line(format!("+CPINR: SIM PIN,{},3", state.world.card.pin_tries)),
            },
            _ => return None,
        })
    }

    fn cell_rows(&self) -> &'static [&'static str] {
        &["+GTCCINFO"]
    }

    fn network_list_tail(&self) -> &'static str {
        ",,(0,1,2,3,4),(0,1,2)"
    }
}

/// The serving cell's rows, then those of its carrier's other cells.
fn cells(state: &State) -> Answer {
    let mut lines = vec!["+GTCCINFO:".to_owned()];
    if let Some(serving) = state.serving().1 {
        let (cell, plmn) = (&serving.cell, serving.camp.plmn);
        let nothing = state.empty([
            "1,4,0,0,0000,000000000,0,0,0,0,0,0,0,0",
            "1,4,65535,65535,FFFF,FFFFFFFFF,4294967295,65535,255,255,255,255,255,255",
            "1,4,,,,,,,,,,,,",
            "1,4,0,0,0000,000000000,0,0,101,6,-40,0,0,0",
        ]);
        if let Some(nothing) = nothing {
            lines.push(nothing.to_owned());
            return Answer::lines(lines);
        }
        lines.push(serving_row(cell, plmn, serving.levels));
        if cell.access == Access::NrNsa {
            let pci = u32::from(cell.pci) + 504;
            let (rsrp, rsrq) = (serving.levels.rsrp - 60, serving.levels.rsrq - 10);
            lines.push(format!(
                "1,9,,,FFFFFFF,00FFFFFFF,643334,{pci},5078,500,{},{},{},{}",
                serving.levels.sinr / 10,
                nr_power(rsrp),
                nr_power(rsrp),
                nr_quality(rsrq)
            ));
        }
    }
    let others = state.neighbours().into_iter();
    lines.extend(others.filter_map(|(cell, levels)| neighbour(cell, levels)));
    Answer::lines(lines)
}

fn serving_row(cell: &Cell, plmn: Plmn, levels: Levels) -> String {
    // As numbers: a zero before the network's is lost.
    let mnc = plmn.mnc().trim_start_matches('0');
    let mnc = if mnc.is_empty() { "0" } else { mnc };
    let head = format!(
        "{},{mnc},{:04X},{:09X},{},{}",
        plmn.mcc(),
        cell.tac,
        cell.cell_id,
        cell.earfcn,
        cell.pci
    );
    match cell.access {
        Access::Gsm | Access::Umts => {
            let (ecno, rscp) = (
                index(levels.rsrq, -245, 5, 49),
                index(levels.rsrp, -1210, 10, 96),
            );
            format!("1,2,{head},{},{ecno},{rscp},1,{rscp},0,0", cell.band)
        }
        Access::Nr => {
            let power = nr_power(levels.rsrp);
            format!(
                "1,9,{head},50{},{},{},{power},{power},{}",
                cell.band,
                cell.bandwidth / 2,
                levels.sinr / 10,
                nr_quality(levels.rsrq)
            )
        }
        Access::Lte | Access::NrNsa => {
            let power = power_index(levels.rsrp);
            format!(
                "1,4,{head},{},{},{},{power},{power},{}",
                100 + cell.band,
                blocks(cell.bandwidth),
                levels.sinr.div_euclid(5),
                quality_index(levels.rsrq)
            )
        }
    }
}

fn neighbour(cell: &Cell, levels: Levels) -> Option<String> {
    let (rat, area, power, quality) = match cell.access {
        Access::Gsm | Access::Umts => return None,
        Access::Nr => (
            "9",
            "FFFFFFF",
            nr_power(levels.rsrp),
            nr_quality(levels.rsrq),
        ),
        Access::Lte | Access::NrNsa => (
            "4",
            "FFFF",
            power_index(levels.rsrp),
            quality_index(levels.rsrq),
        ),
    };
    let (channel, pci) = (cell.earfcn, cell.pci);
    Some(format!(
        "2,{rat},,,{area},00FFFFFFF,{channel},{pci},,{power},{power},{quality}"
    ))
}

/// Levels of `+CESQ` with the three fields of 5G.
fn levels(state: &State) -> String {
    let unknown = "99,99,255,255";
    let Some(serving) = state.serving().1 else {
        return format!("{unknown},255,255,255,255,255");
    };
    let nothing = state.empty([
        "0,0,0,0,0,0,0,0,0",
        "99,99,255,255,255,255,255,255,255",
        "99,99,255,255,255,255,255,255,255",
        "0,0,0,0,0,0,0,0,0",
    ]);
    if let Some(nothing) = nothing {
        return nothing.to_owned();
    }
    let levels = serving.levels;
    let four = format!(
        "{},{}",
        quality_index(levels.rsrq),
        power_index(levels.rsrp)
    );
    match serving.cell.access {
        Access::Gsm | Access::Umts => format!("{unknown},255,255,255,255,255"),
        Access::Lte | Access::NrNsa => format!("{unknown},{four},255,255,255"),
        Access::Nr => format!(
            "{unknown},255,255,{},{},{}",
            nr_quality(levels.rsrq),
            nr_power(levels.rsrp),
            index(levels.sinr, -235, 5, 127)
        ),
    }
}

fn nr_power(tenths: i32) -> i32 {
    index(tenths, -1570, 10, 126)
}

fn nr_quality(tenths: i32) -> i32 {
    index(tenths, -435, 5, 126)
}
