//! 27.007 clause 7: registration and the selection of a network.

use super::{Answer, End, Persona, State, plain, worded};
use crate::domain::{Access, Plmn, RegistrationState};
use crate::sim::modem::line::{Command, Form};
use crate::sim::world::{Attempt, Availability, Registration, Selection};

/// The three commands that report registration, in the order of [`super::Settings::reports`].
const REPORTS: [&str; 3] = ["+CREG", "+CGREG", "+CEREG"];

pub(super) fn answer(command: &Command, state: &mut State) -> Option<Answer> {
    if let Some(which) = REPORTS.iter().position(|name| *name == command.name) {
        return Some(registration(which, command, state));
    }
    Some(match (command.name.as_str(), &command.form) {
        ("+COPS", Form::Read) => operator(state),
        ("+COPS", Form::Test) => Answer::end(End::NetworkList),
        ("+COPS", Form::Set(_)) => select(command, state),
        ("+COPN" | "+CPOL", _) => Answer::cme(4),
        ("+CEER", Form::Exec) => Answer::line(format!("+CEER: {}", last_error(state))),
        ("+CEER", Form::Test) => Answer::ok(),
        _ => return None,
    })
}

/// `<AcT>` of 27.007 7.3.
pub fn access_number(access: Access) -> u8 {
    match access {
        Access::Gsm => 0,
        Access::Umts => 2,
        Access::Lte => 7,
        Access::Nr => 11,
        Access::NrNsa => 13,
    }
}

fn stat(state: RegistrationState) -> u8 {
    match state {
        RegistrationState::NotRegistered => 0,
        RegistrationState::Home => 1,
        RegistrationState::Searching => 2,
        RegistrationState::Denied => 3,
        RegistrationState::Unknown => 4,
        RegistrationState::Roaming => 5,
        RegistrationState::SmsOnly => 6,
        RegistrationState::EmergencyOnly => 8,
    }
}

fn registration(which: usize, command: &Command, state: &mut State) -> Answer {
    let name = REPORTS[which];
    match command.form {
        Form::Read => {
            let n = state.settings.reports[which];
            let registered = state.world.reported();
            Answer::line(format!("{name}: {n},{}", report(registered, n, state)))
        }
        Form::Test => Answer::line(format!("{name}: (0-3)")),
        Form::Exec => {
            state.settings.reports[which] = 0;
            Answer::ok()
        }
        Form::Set(_) => match command.number(0) {
            Some(n @ 0..=3) => {
                state.settings.reports[which] = u8::try_from(n).unwrap_or(0);
                Answer::ok()
            }
            _ => Answer::cme(50),
        },
    }
}

/// What follows `<n>,` in an answer and the prefix in an unasked line.
fn report(registered: Registration, n: u8, state: &State) -> String {
    let stat = stat(registered.state);
    match (registered.camp, registered.cause) {
        (Some(camp), _) if n >= 2 => {
            let cell = state.world.cell(camp);
            format!(
                "{stat},\"{:04X}\",\"{:X}\",{}",
                cell.tac,
                cell.cell_id,
                access_number(cell.access)
            )
        }
        (None, Some(cause)) if n == 3 => format!("{stat},,,,0,{cause}"),
        _ => stat.to_string(),
    }
}

/// The unasked lines for a change of registration, as far as the host asked for them.
pub fn registration_urcs(before: Registration, after: Registration, state: &State) -> Vec<String> {
    let moved = before.camp != after.camp;
    REPORTS
        .iter()
        .zip(state.settings.reports)
        .filter(|(_, n)| *n > 0 && (before.state != after.state || (moved && *n > 1)))
        .map(|(name, n)| format!("{name}: {}", report(after, n, state)))
        .collect()
}

fn mode(selection: Selection) -> u8 {
    match selection {
        Selection::Automatic => 0,
        Selection::Manual(..) => 1,
        Selection::Deregistered => 2,
        Selection::ManualThenAutomatic(..) => 4,
    }
}

fn operator(state: &State) -> Answer {
    let mode = mode(state.world.selection());
    let Some(camp) = state.world.reported().camp else {
        return Answer::line(format!("+COPS: {mode}"));
    };
    let format = state.settings.name_format;
    let carrier = state.world.carrier(camp);
    let name = match format {
        0 => &carrier.name,
        1 => &carrier.short,
        _ => camp.plmn.as_str(),
    };
    let access = access_number(state.world.cell(camp).access);
    let name = worded(name, state.settings.charset);
    Answer::line(format!("+COPS: {mode},{format},\"{name}\",{access}"))
}

/// The code of the network in use, or nothing.
pub fn oper(state: &State) -> Option<Plmn> {
    state.world.reported().camp.map(|camp| camp.plmn)
}

fn select(command: &Command, state: &mut State) -> Answer {
    match command.number(0) {
        Some(3) => match command.number(1) {
            Some(format @ 0..=2) => {
                state.settings.name_format = u8::try_from(format).unwrap_or(0);
                Answer::ok()
            }
            _ => Answer::cme(50),
        },
        Some(2) => {
            state.world.deregister(state.now);
            Answer::ok()
        }
        Some(0) => super::needs_sim(state).unwrap_or_else(|| {
            state.world.select_automatically(state.now);
            waiting(state)
        }),
        Some(mode @ (1 | 4)) => super::needs_sim(state).unwrap_or_else(|| {
            let Some(plmn) = wanted(command, state) else {
                return Answer::cme(50);
            };
            let access = match command.text(3) {
                None => None,
                Some(_) => match command.number(3).and_then(access) {
                    Some(access) => Some(access),
                    None => return Answer::cme(50),
                },
            };
            if !state.world.radio() {
                return Answer::cme(3);
            }
            state.selected = Some(plmn);
            state.world.select(state.now, plmn, access, mode == 4);
            waiting(state)
        }),
        _ => Answer::cme(50),
    }
}

/// Not yet where a registration is under way.
fn waiting(state: &State) -> Answer {
    match state.world.attempt() {
        Attempt::UnderWay => Answer::end(End::Selection),
        Attempt::Settled | Attempt::Denied(_) | Attempt::NotFound => Answer::ok(),
    }
}

fn access(number: u32) -> Option<Access> {
    match number {
        0 | 1 | 3 => Some(Access::Gsm),
        2 | 4..=6 => Some(Access::Umts),
        7 => Some(Access::Lte),
        11 | 12 => Some(Access::Nr),
        13 => Some(Access::NrNsa),
        _ => None,
    }
}

/// The network that a selection names, by code or by name.
fn wanted(command: &Command, state: &State) -> Option<Plmn> {
    let charset = state.settings.charset;
    let text = command.text(2)?;
    let text = plain(text, charset);
    match command.number(1)? {
        2 => text.parse().ok().filter(|_| !text.contains(['-', ' '])),
        format @ (0 | 1) => state
            .world
            .carriers()
            .iter()
            .find(|c| text == if format == 0 { &*c.name } else { &*c.short })
            .and_then(|c| c.plmns.first().copied()),
        _ => None,
    }
}

/// The answer to `AT+COPS=?`: every network in reach, once per technology.
pub fn network_list(persona: &dyn Persona, state: &State) -> Answer {
    let charset = state.settings.charset;
    let here = state.world.registration().camp;
    let mut entries = Vec::new();
    for carrier in state.world.carriers() {
        if carrier.availability == Availability::Absent {
            continue;
        }
        let mut accesses: Vec<Access> = carrier.cells.iter().map(|cell| cell.access).collect();
        accesses.sort_unstable();
        accesses.dedup();
        for plmn in &carrier.plmns {
            for access in &accesses {
                let current =
                    here.is_some_and(|c| c.plmn == *plmn && state.world.cell(c).access == *access);
                let stat = match (current, state.forbidden.contains(plmn)) {
                    (true, _) => 2,
                    (false, true) => 3,
                    (false, false) => 1,
                };
                entries.push(format!(
                    "({stat},\"{}\",\"{}\",\"{}\",{})",
                    worded(&carrier.name, charset),
                    worded(&carrier.short, charset),
                    worded(plmn.as_str(), charset),
                    access_number(*access)
                ));
            }
        }
    }
    Answer::line(format!(
        "+COPS: {}{}",
        entries.join(","),
        persona.network_list_tail()
    ))
}

fn last_error(state: &State) -> String {
    match state.world.attempt() {
        Attempt::Denied(cause) => format!("EMM cause {cause}, {}", emm_text(cause)),
        Attempt::NotFound => "No suitable cells".to_owned(),
        Attempt::Settled | Attempt::UnderWay => "No cause information available".to_owned(),
    }
}

/// TS 24.301 9.9.3.9.
fn emm_text(cause: u16) -> &'static str {
    match cause {
        7 => "EPS services not allowed",
        8 => "EPS services and non-EPS services not allowed",
        11 => "PLMN not allowed",
        12 => "tracking area not allowed",
        13 => "roaming not allowed in this tracking area",
        14 => "EPS services not allowed in this PLMN",
        15 => "no suitable cells in tracking area",
        22 => "congestion",
        33 => "requested service option not subscribed",
        _ => "protocol error, unspecified",
    }
}
