//! A Fibocom L860-GL, on Intel's platform: an `ATI` that is a build stamp, `+XMCI`, `+XCESQ`, `+XLEC`, and a `+CSQ` that
//! repeats RSRP.

use super::common::{power_index, quality_index};
use super::generic::needs_card;
use super::{Answer, Persona, Settings, State, bandwidth_index, common, identity, whole};
use crate::identity::{DeviceIdentity, ModelTraits};
use crate::line::{AtCommand, Form};
use crate::quirks::Empty;
use crate::world::{Cell, Levels};
use opensim_domain::Access;

/// See the module.
#[derive(Debug)]
pub(super) struct Xmm;

impl Persona for Xmm {
    fn name(&self) -> &'static str {
        "xmm"
    }

    fn identity(&self) -> DeviceIdentity {
        let traits = ModelTraits {
            sinr_in_fifths: false,
            cesq: true,
        };
        identity(
            "Fibocom",
            "L860-GL",
            "18601.5001.00.01.18.02",
            "863789041234565",
            traits,
        )
    }

    fn settings(&self) -> Settings {
        Settings {
            errors: 1,
            ..Settings::default()
        }
    }

    fn cell_rows(&self) -> &'static [&'static str] {
        &["+XMCI", "+XCESQ", "+XLEC"]
    }

    fn answer(&self, command: &AtCommand, state: &mut State) -> Option<Answer> {
        let id = &state.identity;
        Some(match (command.name.as_str(), &command.form) {
            ("I", _) => Answer::line(".Built@Mar-03-2025:10:12:14"),
            ("+CGMI", Form::Exec) => Answer::line(format!("+CGMI: \"{}\"", id.manufacturer)),
            ("+CGMM", Form::Exec) => Answer::line(format!("+CGMM: \"{}\"", id.model)),
            ("+CGMR", Form::Exec) => Answer::line(format!("+CGMR: \"{}\"", id.revision)),
            ("+XMCI", Form::Test) => Answer::line("+XMCI: (0,1)"),
            ("+XMCI", Form::Set(_)) => cells(state),
            ("+XCESQ", Form::Read) => Answer::line(format!("+XCESQ: 0,{}", levels(state))),
            ("+XLEC", Form::Read) => Answer::line(format!("+XLEC: {}", carriers(state))),
            ("+CSQ", Form::Exec) => Answer::line(format!("+CSQ: {},99", strength(state))),
            ("+CCID", Form::Exec) => needs_card(state)
                .unwrap_or_else(|| Answer::line(format!("+CCID: {}", state.world.card.iccid))),
            ("+CPINR", Form::Exec | Form::Set(_)) => match common::pin_state(state) {
                Err(refusal) => refusal,
                Ok(_) => Answer::line(format!("+CPINR: SIM PIN,{},3", state.world.card.pin_tries)),
            },
            _ => return None,
        })
    }
}

/// The serving cell, of type 4 (2 in UMTS), and its carrier's others, of type 5. A neighbour's network is not known.
fn cells(state: &State) -> Answer {
    let mut lines = Vec::new();
    if let Some(serving) = state.serving().1 {
        let nothing = state.empty([
            "4,000,000,\"0x0000\",\"0x00000000\",\"0x0000\",\"0x00000000\",\"0x00000000\",\"0x00000000\",0,0,0,\"0x00000000\",\"0x00000000\"",
            "4,FFF,FFF,\"0xFFFF\",\"0xFFFFFFFF\",\"0xFFFF\",\"0xFFFFFFFF\",\"0xFFFFFFFF\",\"0xFFFFFFFF\",255,255,255,\"0xFFFFFFFF\",\"0xFFFFFFFF\"",
            "4,,,\"\",\"\",\"\",\"\",\"\",\"\",,,,\"\",\"\"",
            "4,000,000,\"0x0000\",\"0x00000000\",\"0x0000\",\"0x00000000\",\"0x00004650\",\"0xFFFFFFFF\",0,0,-40,\"0x00000000\",\"0x00000000\"",
        ]);
        if let Some(nothing) = nothing {
            return Answer::line(format!("+XMCI: {nothing}"));
        }
        let plmn = serving.camp.plmn;
        let network = format!("{},{}", plmn.mcc(), plmn.mnc());
        let cell = serving.cell;
        let own = format!("\"0x{:04X}\",\"0x{:08X}\"", cell.tac, cell.cell_id);
        let kind = match cell.access {
            Access::Gsm => 0,
            Access::Umts => 2,
            Access::Lte | Access::NrNsa | Access::Nr => 4,
        };
        let snr = serving.levels.sinr.div_euclid(5).to_string();
        lines.push(row(kind, &network, &own, &cell, serving.levels, &snr));
    }
    let nothing = "\"0xFFFE\",\"0xFFFFFFFF\"";
    let others = state.neighbours().into_iter();
    lines.extend(
        others
            .filter(|(cell, _)| cell.access == Access::Lte)
            .map(|(cell, levels)| row(5, "000,000", nothing, cell, levels, "255")),
    );
    Answer::lines(lines)
}

fn row(kind: u8, network: &str, own: &str, cell: &Cell, levels: Levels, snr: &str) -> String {
    format!(
        "+XMCI: {kind},{network},{own},\"0x{:04X}\",\"0x{:08X}\",\"0x{:08X}\",\"0xFFFFFFFF\",{},{},{snr},\"0x00000004\",\"0x00000000\"",
        cell.pci,
        cell.earfcn,
        cell.earfcn + 18_000,
        power_index(levels.rsrp),
        quality_index(levels.rsrq),
    )
}

/// What follows `<n>,`: those of 27.007 and RSSNR in halves of a dB.
fn levels(state: &State) -> String {
    let tail = "255,255,255,255";
    let nothing = state.empty([
        "0,0,0,0,0,0,0,0,0,0,0",
        "99,99,255,255,255,255,255,255,255,255,255",
        "99,99,255,255,255,255,255,255,255,255,255",
        "0,0,0,0,0,0,-40,0,0,0,0",
    ]);
    if let (Some(nothing), Some(_)) = (nothing, state.serving().1) {
        return nothing.to_owned();
    }
    match state.serving().1 {
        Some(serving) if serving.cell.access == Access::Lte => format!(
            "99,99,255,255,{},{},{},{tail}",
            quality_index(serving.levels.rsrq),
            power_index(serving.levels.rsrp),
            serving.levels.sinr.div_euclid(5)
        ),
        _ => format!("99,99,255,255,255,255,255,{tail}"),
    }
}

/// How many cells serve, the width of each, and the band of the first.
fn carriers(state: &State) -> String {
    let nothing = [
        "0,0",
        "0,1,255,BAND_LTE_255,0,0,0,0",
        "0,1,,,,,,",
        "0,1,0,BAND_LTE_1,0,0,0,0",
    ];
    if let (Some(nothing), Some(_)) = (state.empty(nothing), state.serving().1) {
        return nothing.to_owned();
    }
    match state.serving().1 {
        Some(serving) if serving.cell.access == Access::Lte => format!(
            "0,1,{},BAND_LTE_{},0,0,0,0",
            bandwidth_index(serving.cell.bandwidth),
            serving.cell.band
        ),
        _ => "0,0".to_owned(),
    }
}

/// RSRP in the steps that RSSI has elsewhere.
fn strength(state: &State) -> i32 {
    let filled = state.quirks.empty_rows == Empty::No;
    let serving = state.serving().1.filter(|_| filled);
    serving.map_or(99, |serving| {
        (whole(serving.levels.rsrp) + 113)
            .div_euclid(2)
            .clamp(0, 31)
    })
}
