//! A Huawei ME909s or E3372 in stick mode: `^` commands, hexadecimal cell columns, chatter until `AT^CURC=0`.

use std::time::Duration;

use super::common::{csq, pin_state, power_index, quality_index};
use super::generic::needs_card;
use super::{Answer, CellInReach, End, Persona, Serving, State, identity, index, whole};
use crate::identity::{DeviceIdentity, ModelTraits};
use crate::line::{AtCommand, Form};
use crate::quirks::Empty;
use crate::world::CardState;
use opensim_domain::Access;

/// See the module.
#[derive(Debug)]
pub(super) struct Huawei;

/// How often it says its levels unasked.
const CHATTER: Duration = Duration::from_secs(5);

impl Persona for Huawei {
    fn name(&self) -> &'static str {
        "huawei"
    }

    fn identity(&self) -> DeviceIdentity {
        let traits = ModelTraits {
            sinr_in_fifths: true,
            cesq: true,
        };
        identity(
            "Huawei Technologies Co., Ltd.",
            "ME909s-120",
            "11.617.15.00.00",
            "867377021234567",
            traits,
        )
    }

    fn answer(&self, command: &AtCommand, state: &mut State) -> Option<Answer> {
        Some(match (command.name.as_str(), &command.form) {
            ("^HCSQ", Form::Read) => Answer::line(format!("^HCSQ: {}", levels(state))),
            ("^HCSQ", Form::Test) => {
                Answer::line(r#"^HCSQ: "NOSERVICE","GSM","WCDMA","TD-SCDMA","LTE","CDMA","EVDO""#)
            }
            ("^MONSC", Form::Exec | Form::Read) => {
                Answer::line(format!("^MONSC: {}", serving_cell(state)))
            }
            ("^MONNC", Form::Exec | Form::Read) => neighbours(state),
            ("^NETSCAN", Form::Test) => Answer::line("^NETSCAN: (1-20),(-125--47),(0-2)"),
            // In the technology in use alone.
            ("^NETSCAN", Form::Set(_)) if command.number(2) == Some(2) => Answer::end(End::Survey),
            ("^NETSCAN", Form::Set(_)) => Answer::cme(3),
            ("^SYSINFOEX", Form::Exec) => Answer::line(format!("^SYSINFOEX: {}", system(state))),
            ("^HFREQINFO", Form::Read) => frequencies(state),
            ("^ICCID", Form::Read) => needs_card(state)
                .unwrap_or_else(|| Answer::line(format!("^ICCID: {}", state.world.card.iccid))),
            ("^CPIN", Form::Read) => tries(state),
            ("^CURC", Form::Read) => {
                Answer::line(format!("^CURC: {}", u8::from(state.settings.chatter)))
            }
            ("^CURC", Form::Set(_)) => {
                state.settings.chatter = command.number(0) != Some(0);
                Answer::ok()
            }
            ("^SYSCFGEX", Form::Read) => {
                Answer::line(r#"^SYSCFGEX: "00",3FFFFFFF,1,2,7FFFFFFFFFFFFFFF"#)
            }
            ("^NDISSTATQRY", Form::Read) => Answer::line(r#"^NDISSTATQRY: 0,,,"IPV4""#),
            // Down already: an error, as on the device.
            ("^NDISDUP", Form::Set(_)) if command.number(1) == Some(0) => Answer::error(),
            ("^NDISDUP", Form::Set(_)) => Answer::ok(),
            _ => return None,
        })
    }

    fn survey(&self, state: &State) -> Answer {
        let mut found: Vec<_> = state
            .around()
            .filter(|h| h.cell.access == Access::Lte)
            .collect();
        found.sort_by_key(|found| -found.levels.rsrp);
        Answer::lines(found.iter().take(20).map(scanned).collect())
    }

    fn cell_rows(&self) -> &'static [&'static str] {
        &["^HCSQ", "^MONSC", "^MONNC", "^HFREQINFO"]
    }

    fn boot(&self, _: &State) -> Vec<String> {
        vec!["^SYSSTART".to_owned()]
    }

    fn chatter(&self, state: &State) -> Option<(Duration, Vec<String>)> {
        let lines = vec![
            format!("^RSSI: {}", csq(state)),
            format!("^HCSQ:{}", levels(state)),
        ];
        state.settings.chatter.then_some((CHATTER, lines))
    }

    fn interjection(&self, state: &State) -> String {
        format!("^RSSI: {}", csq(state))
    }

    fn aborted(&self) -> End {
        End::Error
    }

    fn no_radio(&self) -> End {
        End::Cme(30)
    }

    fn unknown(&self) -> &'static str {
        "COMMAND NOT SUPPORT"
    }

    fn network_list_tail(&self) -> &'static str {
        ",,(0,1,2,3,4),(0,1,2)"
    }
}

/// Levels as indexes: for LTE RSSI, RSRP, SINR, RSRQ.
fn levels(state: &State) -> String {
    let Some(serving) = state.serving().1 else {
        return "\"NOSERVICE\"".to_owned();
    };
    let nothing = [
        "\"LTE\",0,0,0,0",
        "\"LTE\",255,255,255,255",
        "\"LTE\",,,,",
        "\"LTE\",0,0,0,0",
    ];
    if let Some(nothing) = state.empty(nothing) {
        return nothing.to_owned();
    }
    let levels = serving.levels;
    let rssi = index(serving.rssi(), -1210, 10, 96);
    match serving.cell.access {
        Access::Gsm => format!("\"GSM\",{rssi},255"),
        Access::Umts => format!(
            "\"WCDMA\",{rssi},{},{}",
            index(levels.rsrp, -1210, 10, 96),
            index(levels.rsrq, -325, 5, 65)
        ),
        Access::Lte | Access::NrNsa | Access::Nr => format!(
            "\"LTE\",{rssi},{},{},{}",
            power_index(levels.rsrp),
            index(levels.sinr, -202, 2, 251),
            quality_index(levels.rsrq)
        ),
    }
}

/// A row of `^NETSCAN`: the band as a bit, the physical cell in decimal.
fn scanned(found: &CellInReach<'_>) -> String {
    let (cell, plmn) = (found.cell, found.plmn);
    format!(
        "^NETSCAN: {},,,{:x},{},{},0,{},{:x},{:X},0,{}",
        cell.earfcn,
        cell.tac,
        plmn.mcc(),
        plmn.mnc(),
        whole(found.levels.rsrp),
        cell.cell_id,
        1_u128 << (cell.band - 1).min(127),
        cell.pci
    )
}

fn neighbours(state: &State) -> Answer {
    let others = state.neighbours();
    let others = if state.quirks.empty_rows == Empty::No {
        others
    } else {
        Vec::new()
    };
    let lines: Vec<String> = others
        .iter()
        .filter(|(cell, _)| cell.access == Access::Lte)
        .map(|(cell, levels)| {
            format!(
                "^MONNC: LTE,{},{:X},{},{},{}",
                cell.earfcn,
                cell.pci,
                whole(levels.rsrp),
                whole(levels.rsrq),
                whole(cell.rssi(*levels))
            )
        })
        .collect();
    if lines.is_empty() {
        return Answer::line("^MONNC: NONE");
    }
    Answer::lines(lines)
}

/// Cell identity, PCI and tracking area in hexadecimal, the channel in decimal.
fn serving_cell(state: &State) -> String {
    let Some(serving) = state.serving().1 else {
        return "NONE".to_owned();
    };
    let nothing = state.empty([
        "LTE,000,00,0,0,0,0,0,0,0",
        "LTE,FFF,FF,65535,FFFFFFF,FFFF,FFFF,255,255,255",
        "LTE,,,,,,,,,",
        "LTE,000,00,0,0,0,0,-140,-20,-113",
    ]);
    if let Some(nothing) = nothing {
        return nothing.to_owned();
    }
    let (cell, plmn, levels) = (serving.cell, serving.camp.plmn, serving.levels);
    let (mcc, mnc) = (plmn.mcc(), plmn.mnc());
    match cell.access {
        Access::Gsm => format!(
            "GSM,{mcc},{mnc},1,{},{},{:X},{:X},{},,",
            cell.earfcn,
            cell.pci % 64,
            cell.cell_id,
            cell.tac,
            whole(levels.rsrp)
        ),
        Access::Umts => format!(
            "WCDMA,{mcc},{mnc},{},{},{:X},{:X},{},{},{}",
            cell.earfcn,
            cell.pci,
            cell.cell_id,
            cell.tac,
            whole(levels.rsrp),
            whole(levels.rsrq),
            whole(serving.rssi())
        ),
        Access::Lte | Access::NrNsa | Access::Nr => format!(
            "LTE,{mcc},{mnc},{},{:X},{:X},{:X},{},{},{}",
            cell.earfcn,
            cell.cell_id,
            cell.pci,
            cell.tac,
            whole(levels.rsrp),
            whole(levels.rsrq),
            whole(serving.rssi())
        ),
    }
}

fn system(state: &State) -> String {
    let card = match state.world.card.state() {
        CardState::Ready => 1,
        CardState::Absent => 255,
        CardState::Pin | CardState::Puk | CardState::Blocked | CardState::Held => 0,
    };
    let (_, serving) = state.serving();
    let Some(serving) = serving else {
        return format!("0,0,0,{card},,0,\"NO SERVICE\",0,\"NO SERVICE\"");
    };
    let roaming = u8::from(state.world.carrier(serving.camp).roaming);
    let (mode, name, sub, sub_name) = match serving.cell.access {
        Access::Gsm => (1, "GSM", 3, "EDGE"),
        Access::Umts => (3, "WCDMA", 45, "HSPA+"),
        Access::Lte | Access::NrNsa | Access::Nr => (6, "LTE", 101, "LTE"),
    };
    format!("2,3,{roaming},{card},,{mode},\"{name}\",{sub},\"{sub_name}\"")
}

/// Channel, frequency in 100 kHz and bandwidth in kHz, down and up.
fn frequencies(state: &State) -> Answer {
    let lte = |s: &Serving| s.cell.access == Access::Lte;
    let Some(serving) = state.serving().1.filter(lte) else {
        return Answer::error();
    };
    let nothing = [
        "0,6,0,0,0,0,0,0,0",
        "0,6,255,65535,65535,65535,65535,65535,65535",
        "0,6,,,,,,,",
        "0,6,1,0,21100,1400,18000,19200,1400",
    ];
    if let Some(nothing) = state.empty(nothing) {
        return Answer::line(format!("^HFREQINFO: {nothing}"));
    }
    let cell = serving.cell;
    // Band, first channel, its downlink frequency in 100 kHz, distance of the uplink (TS 36.101 5.7.3).
    let known = [
        (1, 0, 21_100, -1900),
        (3, 1200, 18_050, -950),
        (7, 2750, 26_200, -1200),
        (8, 3450, 9250, -450),
        (20, 6150, 7910, 410),
        (28, 9210, 7580, -550),
    ];
    let Some((band, first, low, apart)) = known.into_iter().find(|k| k.0 == cell.band) else {
        return Answer::error();
    };
    let channel = i64::from(cell.earfcn);
    let (down, width) = (low + channel - first, cell.bandwidth * 100);
    let (up_channel, up) = (channel + 18_000, down + apart);
    Answer::line(format!(
        "^HFREQINFO: 0,6,{band},{channel},{down},{width},{up_channel},{up},{width}"
    ))
}

/// State, tries of what is asked for, then those of PUK, PIN, PUK2 and PIN2.
fn tries(state: &State) -> Answer {
    let text = match pin_state(state) {
        Ok(text) => text,
        Err(refusal) => return refusal,
    };
    let (pin, puk) = (state.world.card.pin_tries, state.world.card.puk_tries);
    let asked = match state.world.card.state() {
        CardState::Pin => pin.to_string(),
        CardState::Puk => puk.to_string(),
        CardState::Ready | CardState::Blocked | CardState::Absent | CardState::Held => {
            String::new()
        }
    };
    Answer::line(format!("^CPIN: {text},{asked},{puk},{pin},10,3"))
}
