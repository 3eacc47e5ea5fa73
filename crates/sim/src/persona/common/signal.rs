//! 27.007 clause 8: signal quality.

use super::{Answer, State};
use crate::line::{AtCommand, Form};
use crate::persona::{Serving, index};
use crate::quirks::Empty;
use opensim_domain::Access;

/// Levels that hold nothing: of zeros, of ones, of dashes, of the smallest values.
const CSQ: [&str; 4] = ["0,0", "99,99", "99,99", "0,0"];
const CESQ: [&str; 4] = [
    "0,0,0,0,0,0",
    "99,99,255,255,255,255",
    "99,99,255,255,255,255",
    "0,0,0,0,0,0",
];

pub(super) fn answer(command: &AtCommand, state: &State) -> Option<Answer> {
    Some(match (command.name.as_str(), &command.form) {
        ("+CSQ", Form::Exec) if state.serving().1.is_some() && state.empty(CSQ).is_some() => {
            Answer::line(format!("+CSQ: {}", state.empty(CSQ).unwrap_or("")))
        }
        ("+CSQ", Form::Exec) => Answer::line(format!("+CSQ: {},99", csq(state))),
        ("+CSQ", Form::Test) => Answer::line("+CSQ: (0-31,99),(0-7,99)"),
        ("+CESQ", _) if !state.identity.traits.cesq => Answer::error(),
        ("+CESQ", Form::Exec) => Answer::line(format!("+CESQ: {}", extended(state))),
        ("+CESQ", Form::Test) => {
            Answer::line("+CESQ: (0-63,99),(0-7,99),(0-96,255),(0-49,255),(0-34,255),(0-97,255)")
        }
        _ => return None,
    })
}

/// The received power of `+CSQ`: -113 dBm and 2 dB a step; 99 unknown.
pub(crate) fn csq(state: &State) -> i32 {
    state
        .serving()
        .1
        .filter(|_| state.quirks.empty_rows == Empty::No)
        .map_or(99, |s| index(s.rssi(), -1130, 20, 31))
}

/// RSRP as an index (TS 36.133 9.1.4): 0 below -140 dBm, then 1 dB a step.
pub(crate) fn power_index(tenths: i32) -> i32 {
    index(tenths, -1410, 10, 97)
}

/// RSRQ as an index (TS 36.133 9.1.7): 0 below -19.5 dB, then half a dB a step.
pub(crate) fn quality_index(tenths: i32) -> i32 {
    index(tenths, -200, 5, 34)
}

/// The fields of `+CESQ` (27.007 8.69); what does not belong to the technology is unknown.
fn extended(state: &State) -> String {
    match state.serving().1 {
        None => "99,99,255,255,255,255".to_owned(),
        Some(serving) => match state.empty(CESQ) {
            Some(nothing) => nothing.to_owned(),
            None => of(serving),
        },
    }
}

fn of(serving: Serving) -> String {
    let levels = serving.levels;
    match serving.cell.access {
        Access::Gsm => format!("{},99,255,255,255,255", index(levels.rsrp, -1110, 10, 63)),
        Access::Umts => format!(
            "99,99,{},{},255,255",
            index(levels.rsrp, -1210, 10, 96),
            index(levels.rsrq, -245, 5, 49)
        ),
        Access::Lte | Access::NrNsa => format!(
            "99,99,255,255,{},{}",
            quality_index(levels.rsrq),
            power_index(levels.rsrp)
        ),
        Access::Nr => format!(
            "99,99,255,255,255,255,{},{},{}",
            index(levels.rsrq, -435, 5, 126),
            index(levels.rsrp, -1570, 10, 126),
            index(levels.sinr, -235, 5, 127)
        ),
    }
}
