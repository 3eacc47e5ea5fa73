//! 27.007 clause 10: packet data contexts.

use super::{Answer, State};
use crate::line::{AtCommand, Form};

/// The address that the context in use has when it is up.
const ADDRESS: &str = "10.64.12.7";

pub(super) fn answer(command: &AtCommand, state: &mut State) -> Option<Answer> {
    let up = state.settings.active && state.world.reported().camp.is_some();
    Some(match (command.name.as_str(), &command.form) {
        ("+CGDCONT", Form::Read) => contexts(state),
        ("+CGDCONT", Form::Test) => Answer::lines(
            ["IP", "PPP", "IPV6", "IPV4V6"]
                .map(|kind| format!("+CGDCONT: (1-16),\"{kind}\",,,(0-2),(0-4),(0-1),(0-1)"))
                .to_vec(),
        ),
        ("+CGDCONT", Form::Set(_)) => define(command, state),
        ("+CGACT", Form::Read) => Answer::lines(
            state
                .settings
                .contexts
                .iter()
                .map(|(cid, ..)| {
                    format!(
                        "+CGACT: {cid},{}",
                        u8::from(up && *cid == state.settings.in_use)
                    )
                })
                .collect(),
        ),
        ("+CGACT", Form::Test) => Answer::line("+CGACT: (0,1)"),
        ("+CGACT", Form::Set(_)) => match command.number(0) {
            Some(on @ (0 | 1)) => {
                state.settings.active = on == 1;
                Answer::ok()
            }
            _ => Answer::cme(50),
        },
        ("+CGATT", Form::Read) => Answer::line(format!(
            "+CGATT: {}",
            u8::from(state.world.reported().camp.is_some())
        )),
        ("+CGATT", Form::Test) => Answer::line("+CGATT: (0,1)"),
        ("+CGPADDR", Form::Test) => Answer::line("+CGPADDR: (1)"),
        ("+CGPADDR", Form::Exec | Form::Set(_)) => {
            let cid = command.number(0).unwrap_or(state.settings.in_use);
            let here = up && cid == state.settings.in_use;
            let address = if here { ADDRESS } else { "0.0.0.0" };
            Answer::line(format!("+CGPADDR: {cid},\"{address}\""))
        }
        ("+CGCONTRDP", Form::Test) => Answer::line("+CGCONTRDP: (1)"),
        ("+CGCONTRDP", Form::Exec | Form::Set(_))
            if up
                && command
                    .number(0)
                    .is_none_or(|cid| cid == state.settings.in_use) =>
        {
            let cid = state.settings.in_use;
            let mut contexts = state.settings.contexts.iter();
            let point = contexts.find(|c| c.0 == cid).map_or("", |c| c.2.as_str());
            Answer::line(format!(
                "+CGCONTRDP: {cid},5,\"{point}\",\"{ADDRESS}.255.255.255.0\",\"10.64.12.1\",\"192.0.2.53\",\"198.51.100.53\""
            ))
        }
        ("+CGATT", Form::Set(_)) | ("+CGCONTRDP", Form::Exec | Form::Set(_)) => Answer::ok(),
        _ => return None,
    })
}

fn contexts(state: &State) -> Answer {
    let line = |(cid, kind, point): &(u32, String, String)| {
        format!("+CGDCONT: {cid},\"{kind}\",\"{point}\",\"0.0.0.0\",0,0,0,0")
    };
    Answer::lines(state.settings.contexts.iter().map(line).collect())
}

/// Sets a context, or with its number alone forgets it.
fn define(command: &AtCommand, state: &mut State) -> Answer {
    let Some(cid @ 1..=16) = command.number(0) else {
        return Answer::cme(50);
    };
    let contexts = &mut state.settings.contexts;
    contexts.retain(|(other, ..)| *other != cid);
    if let Some(kind) = command.text(1) {
        // No real modem takes a name longer than 100 bytes (TS 23.003 9.1).
        let point: String = command.text(2).unwrap_or("").chars().take(100).collect();
        contexts.push((cid, kind.chars().take(10).collect(), point));
        contexts.sort();
    }
    Answer::ok()
}
