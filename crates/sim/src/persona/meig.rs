//! A `MeiG` SLM770A: Quectel's serving cell under another name, RSRQ with its decimal, SINR in dB.

use super::{Answer, Persona, State, bandwidth_index, decimal, identity, whole};
use crate::identity::{DeviceIdentity, ModelTraits};
use crate::line::{AtCommand, Form};
use crate::world::{Cell, Levels};
use opensim_domain::Access;

/// See the module.
#[derive(Debug)]
pub(super) struct Meig;

impl Persona for Meig {
    fn name(&self) -> &'static str {
        "meig"
    }

    fn identity(&self) -> DeviceIdentity {
        let traits = ModelTraits {
            sinr_in_fifths: false,
            cesq: true,
        };
        identity(
            "MEIG",
            "SLM770A-R",
            "SLM770A-R_2.0.3_EQ101",
            "860548041234564",
            traits,
        )
    }

    fn cell_rows(&self) -> &'static [&'static str] {
        &["+MENG"]
    }

    fn answer(&self, command: &AtCommand, state: &mut State) -> Option<Answer> {
        Some(match (command.name.as_str(), &command.form) {
            ("+MENG", Form::Set(_)) => match command.text(0) {
                Some("servingcell") => serving(state),
                Some("neighbourcell") => neighbours(state),
                _ => Answer::error(),
            },
            _ => {
                return super::generic::Generic
                    .answer(command, state)
                    .filter(|_| command.name != "I");
            }
        })
    }
}

fn serving(state: &State) -> Answer {
    let Some(serving) = state.serving().1.filter(|s| s.cell.access == Access::Lte) else {
        return Answer::line(r#"+MENG: "servingcell","SEARCH""#);
    };
    let nothing = state.empty([
        "000,00,0,0,0,0,0,0,0,0,0,0,0,0",
        "fff,ff,fffffff,65535,65535,255,255,255,ffff,255,255,255,255,255",
        "-,-,-,-,-,-,-,-,-,-,-,-,-,-",
        "000,00,0,0,0,1,0,0,0,-140,-20.0,-113,-20,0",
    ]);
    if let Some(nothing) = nothing {
        let head = "+MENG: \"servingcell\",\"LIMSRV\",\"LTE\",\"FDD\"";
        return Answer::line(format!("{head},{nothing}"));
    }
    let (cell, levels, plmn) = (serving.cell, serving.levels, serving.camp.plmn);
    let width = bandwidth_index(cell.bandwidth);
    Answer::line(format!(
        "+MENG: \"servingcell\",\"NOCONN\",\"LTE\",\"FDD\",{},{},{:x},{},{},{},{width},{width},{:x},{},{},{},{},23",
        plmn.mcc(),
        plmn.mnc(),
        cell.cell_id,
        cell.pci,
        cell.earfcn,
        cell.band,
        cell.tac,
        whole(levels.rsrp),
        decimal(levels.rsrq),
        whole(serving.rssi()),
        whole(levels.sinr)
    ))
}

fn neighbours(state: &State) -> Answer {
    let Some(serving) = state.serving().1 else {
        return Answer::ok();
    };
    let row = |(cell, levels): (&Cell, Levels)| {
        let kind = if cell.earfcn == serving.cell.earfcn {
            "intra"
        } else {
            "inter"
        };
        format!(
            "+MENG: \"neighbourcell {kind}\",\"LTE\",{},{},{},{},-,-,8",
            cell.earfcn,
            cell.pci,
            whole(levels.rsrp),
            decimal(levels.rsrq)
        )
    };
    Answer::lines(state.neighbours().into_iter().map(row).collect())
}
