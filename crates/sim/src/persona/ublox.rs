//! A u-blox SARA-R5: a cell report whose rows have no prefix, levels as indexes, errors in words.

use super::common::{pin_state, power_index, quality_index};
use super::generic::needs_card;
use super::{Answer, Persona, Settings, State, blocks, identity};
use crate::identity::{DeviceIdentity, ModelTraits};
use crate::line::{AtCommand, Form};
use opensim_domain::Access;

/// See the module.
#[derive(Debug)]
pub(super) struct Ublox;

impl Persona for Ublox {
    fn name(&self) -> &'static str {
        "ublox"
    }

    fn identity(&self) -> DeviceIdentity {
        let traits = ModelTraits {
            sinr_in_fifths: false,
            cesq: true,
        };
        identity("u-blox", "SARA-R510S", "02.06", "351457831234560", traits)
    }

    fn settings(&self) -> Settings {
        Settings {
            errors: 2,
            report: 2,
            ..Settings::default()
        }
    }

    fn answer(&self, command: &AtCommand, state: &mut State) -> Option<Answer> {
        Some(match (command.name.as_str(), &command.form) {
            ("I", _) => Answer::line(format!("{}-01B", state.identity.model)),
            ("+UCGED", Form::Read) => report(state),
            ("+UCGED", Form::Set(_)) => match command.number(0) {
                Some(mode @ (0 | 2)) => {
                    state.settings.report = u8::try_from(mode).unwrap_or(0);
                    Answer::ok()
                }
                _ => Answer::cme(50),
            },
            ("+UPINCNT", Form::Exec) => match pin_state(state) {
                Err(refusal) => refusal,
                Ok(_) => Answer::line(format!(
                    "+UPINCNT: {},3,{},10",
                    state.world.card.pin_tries, state.world.card.puk_tries
                )),
            },
            ("+CCID", Form::Exec | Form::Read) => needs_card(state)
                .unwrap_or_else(|| Answer::line(format!("+CCID: {}", state.world.card.iccid))),
            ("+URAT", Form::Read) => Answer::line("+URAT: 7"),
            // 30: no network service.
            ("+UDOPN", Form::Set(_)) => match state.serving().1 {
                None => Answer::cme(30),
                Some(serving) => {
                    let carrier = state.world.carrier(serving.camp);
                    Answer::line(format!("+UDOPN: 2,\"{}\"", carrier.name))
                }
            },
            _ => return None,
        })
    }

    fn cell_rows(&self) -> &'static [&'static str] {
        &["+UCGED"]
    }

    fn interjection(&self, _: &State) -> String {
        "+UREG: 7".to_owned()
    }

    fn network_list_tail(&self) -> &'static str {
        ",,(0,1,2,3,4),(0,1,2)"
    }
}

fn report(state: &State) -> Answer {
    let heading = format!("+UCGED: {}", state.settings.report);
    if state.settings.report == 0 {
        return Answer::line(heading);
    }
    let nothing = state.empty([
        "0,0,0,0,0000,0000000,0,00000000,0000,00,0,0,0.00,0,0,0,0,0,0,0,0,0,0",
        "65535,255,255,255,ffff,fffffff,65535,ffffffff,ffff,ff,255,255,255,255,255,255,255,255,255,255,255,255,255",
        "-,-,-,-,-,-,-,-,-,-,-,-,-,-,-,-,-,-,-,-,-,-,-",
        "0,1,6,6,0000,0000000,0,00000000,0000,00,0,0,-20.00,0,0,0,0,-50,-50,0,0,0,0",
    ]);
    let network = state.empty(["6,4,000,00", "6,4,fff,fff", "6,4,-,-", "6,4,000,00"]);
    if let (Some(network), Some(cell), Some(_)) = (network, nothing, state.serving().1) {
        return Answer::lines(vec![heading, network.to_owned(), cell.to_owned()]);
    }
    let (network, cell) = match state.serving().1.filter(|s| s.cell.access == Access::Lte) {
        None => (
            "6,2,fff,fff".to_owned(),
            "65535,255,255,255,ffff,0000000,65535,00000000,ffff,ff,255,255,255,1,255,255,255,255,255,0,255,255,0"
                .to_owned(),
        ),
        Some(serving) => {
            let (cell, levels, plmn) = (serving.cell, serving.levels, serving.camp.plmn);
            let blocks = blocks(cell.bandwidth);
            let (rsrp, rsrq) = (power_index(levels.rsrp), quality_index(levels.rsrq));
            let sign = if levels.sinr < 0 { "-" } else { "" };
            let sinr = levels.sinr.abs();
            (
                format!("6,4,{},{}", plmn.mcc(), plmn.mnc()),
                format!(
                    "{},{},{blocks},{blocks},{:04x},{:07x},{},d60814d1,8001,01,{rsrp},{rsrq},{sign}{}.{}0,3,1,10,{rsrp},-50,-6,0,255,255,0",
                    cell.earfcn,
                    cell.band,
                    cell.tac,
                    cell.cell_id,
                    cell.pci,
                    sinr / 10,
                    sinr % 10
                ),
            )
        }
    };
    Answer::lines(vec![heading, network, cell])
}
