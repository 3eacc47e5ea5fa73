//! A Cinterion PLS8: three bare lines of identity, `^SMONI` for the cell, a network list that is cut off.

use super::common::pin_state;
use super::generic::needs_card;
use super::{Answer, Persona, Settings, State, decimal, identity, whole};
use crate::identity::{DeviceIdentity, ModelTraits};
use crate::line::{AtCommand, Form};
use crate::world::CardState;
use opensim_domain::Access;

/// See the module.
#[derive(Debug)]
pub(super) struct Cinterion;

impl Persona for Cinterion {
    fn name(&self) -> &'static str {
        "cinterion"
    }

    fn identity(&self) -> DeviceIdentity {
        let traits = ModelTraits {
            sinr_in_fifths: false,
            cesq: true,
        };
        identity("Cinterion", "PLS8-E", "03.017", "354721041234567", traits)
    }

    fn settings(&self) -> Settings {
        Settings {
            errors: 2,
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
                    format!("REVISION {}", id.revision),
                ])
            }
            ("^SMONI", Form::Exec) => Answer::line(format!("^SMONI: {}", serving(state))),
            ("^SPIC", Form::Exec | Form::Set(_)) => tries(command, state),
            ("^SCID", Form::Exec | Form::Read) => needs_card(state)
                .unwrap_or_else(|| Answer::line(format!("^SCID: {}", state.world.card.iccid))),
            _ => return None,
        })
    }

    fn cell_rows(&self) -> &'static [&'static str] {
        &["^SMONI"]
    }

    fn boot(&self, _: &State) -> Vec<String> {
        vec!["^SYSSTART".to_owned()]
    }

    fn interjection(&self, _: &State) -> String {
        "^SBC: Undervoltage Warning".to_owned()
    }

    // A buffer of the gateway ends there: inside an entry, then a parenthesis.
    fn network_list_tail(&self) -> &'static str {
        ",(1,\"TELIA S\",\"TELIA)"
    }
}

/// The tries of the code that is named, else of the one that is asked for.
fn tries(command: &AtCommand, state: &State) -> Answer {
    if let Err(refusal) = pin_state(state) {
        return refusal;
    }
    let card = &state.world.card;
    let puk = command.number(1) == Some(1)
        || (command.text(0).is_none() && card.state() == CardState::Puk);
    let left = if puk { card.puk_tries } else { card.pin_tries };
    Answer::line(format!("^SPIC: {left}"))
}

fn serving(state: &State) -> String {
    let Some(serving) = state.serving().1 else {
        return "4G,SEARCH".to_owned();
    };
    let nothing = state.empty([
        "4G,0,0,0,0,FDD,000,00,0000,0000000,0,0,0,0,NOCONN",
        "4G,65535,255,255,255,FDD,FFF,FF,FFFF,FFFFFFF,65535,255,255,255,NOCONN",
        "4G,--,--,--,--,--,--,--,--,--,--,--,--,--,NOCONN",
        "4G,0,1,1.4,1.4,FDD,000,00,0000,0000000,0,-50,-140,-20,NOCONN",
    ]);
    if let Some(nothing) = nothing {
        return nothing.to_owned();
    }
    let (cell, levels, plmn) = (serving.cell, serving.levels, serving.camp.plmn);
    let (mcc, mnc) = (plmn.mcc(), plmn.mnc());
    match cell.access {
        Access::Gsm => format!(
            "2G,{},{},{mcc},{mnc},{:04X},{:04X},33,33,3,6,G,NOCONN",
            cell.earfcn,
            whole(levels.rsrp),
            cell.tac,
            cell.cell_id
        ),
        Access::Umts => format!(
            "3G,{},{},{},{},{mcc},{mnc},{:04X},{:07X},-92,-78,NOCONN",
            cell.earfcn,
            cell.pci,
            decimal(levels.rsrq),
            whole(levels.rsrp),
            cell.tac,
            cell.cell_id
        ),
        Access::Lte | Access::NrNsa | Access::Nr => {
            let mhz = cell.bandwidth / 10;
            let duplex = if (33..=53).contains(&cell.band) {
                "TDD"
            } else {
                "FDD"
            };
            format!(
                "4G,{},{},{mhz},{mhz},{duplex},{mcc},{mnc},{:04X},{:07X},{},33,{},{},NOCONN",
                cell.earfcn,
                cell.band,
                cell.tac,
                cell.cell_id,
                cell.pci,
                whole(levels.rsrp),
                decimal(levels.rsrq)
            )
        }
    }
}
