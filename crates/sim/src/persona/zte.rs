//! A ZTE MF286D: `+ZCELLINFO` with its numbers as `0X...`, `+ZRSSI` in plain units.

use super::common::pin_state;
use super::generic::needs_card;
use super::{Answer, Persona, State, decimal, identity, whole};
use crate::identity::{DeviceIdentity, ModelTraits};
use crate::line::{AtCommand, Form};
use opensim_domain::Access;

/// See the module.
#[derive(Debug)]
pub(super) struct Zte;

impl Persona for Zte {
    fn name(&self) -> &'static str {
        "zte"
    }

    fn identity(&self) -> DeviceIdentity {
        let traits = ModelTraits {
            sinr_in_fifths: false,
            cesq: true,
        };
        identity(
            "ZTE CORPORATION",
            "MF286D",
            "BD_MF286DV1.0.0B04",
            "861203051234569",
            traits,
        )
    }

    fn answer(&self, command: &AtCommand, state: &mut State) -> Option<Answer> {
        Some(match (command.name.as_str(), &command.form) {
            ("+ZCELLINFO", Form::Read) => Answer::line(format!("+ZCELLINFO: {}", cell(state))),
            ("+ZRSSI", Form::Exec | Form::Read) => {
                Answer::line(format!("+ZRSSI: {}", levels(state)))
            }
            ("+ZPAS", Form::Read) => Answer::line(format!("+ZPAS: {}", service(state))),
            ("+ZGETICCID", Form::Exec) => needs_card(state)
                .unwrap_or_else(|| Answer::line(format!("+ZGETICCID: {}", state.world.card.iccid))),
            ("+CPINR", Form::Exec | Form::Set(_)) => match pin_state(state) {
                Err(refusal) => refusal,
                Ok(_) => Answer::line(format!("+CPINR: SIM PIN,{},3", state.world.card.pin_tries)),
            },
            _ => return None,
        })
    }

    fn cell_rows(&self) -> &'static [&'static str] {
        &["+ZCELLINFO", "+ZRSSI"]
    }

    fn interjection(&self, state: &State) -> String {
        format!("+ZPASR: {}", service(state))
    }
}

fn cell(state: &State) -> String {
    let Some(serving) = state.serving().1 else {
        return "0XFFFE,0XFFFFFFFF,0X00000000,LTE B3,1600".to_owned();
    };
    let nothing = state.empty([
        "0X0000,0X00000000,0X00000000,LTE B0,0",
        "0XFFFF,0XFFFFFFFF,0XFFFFFFFF,LTE B255,65535",
        "-,-,-,-,-",
        "0X0000,0X00000000,0X00000000,LTE B1,0",
    ]);
    if let Some(nothing) = nothing {
        return nothing.to_owned();
    }
    let cell = serving.cell;
    let own = format!("0X{:04X},0X{:08X}", cell.tac, cell.cell_id);
    match cell.access {
        Access::Gsm => format!("{own},EGSM_900"),
        Access::Umts => format!("{own},WCDMA_900"),
        Access::Lte | Access::NrNsa | Access::Nr => format!(
            "{own},0X{:08X},LTE B{},{}",
            cell.pci, cell.band, cell.earfcn
        ),
    }
}

fn levels(state: &State) -> String {
    let Some(serving) = state.serving().1 else {
        return "0,0,0,0".to_owned();
    };
    let nothing = ["0,0,0,0", "255,255,255,255", "-,-,-,-", "-140,-20,-113,-20"];
    if let Some(nothing) = state.empty(nothing) {
        return nothing.to_owned();
    }
    let levels = serving.levels;
    match serving.cell.access {
        Access::Gsm => whole(levels.rsrp).to_string(),
        Access::Umts => format!("{},{}", whole(levels.rsrp), decimal(levels.rsrq)),
        Access::Lte | Access::NrNsa | Access::Nr => format!(
            "{},{},{},{}",
            whole(levels.rsrp),
            decimal(levels.rsrq),
            whole(serving.rssi()),
            whole(levels.sinr)
        ),
    }
}

fn service(state: &State) -> &'static str {
    match state.serving().1.map(|serving| serving.cell.access) {
        None => "\"No Service\"",
        Some(Access::Gsm) => "\"EDGE\",\"CS_PS\"",
        Some(Access::Umts) => "\"HSPA+\",\"CS_PS\"",
        Some(_) => "\"LTE\",\"CS_PS\"",
    }
}
