//! 27.007 clause 7: registration and the selection of a network.

use super::{Answer, End, Persona, State, plain, worded};
use crate::line::{AtCommand, Form};
use crate::quirks::{
    Fields, Location, NetworkListAnswer, OperatorName, RegistrationDomain, ReportedStat, Stuck,
};
use crate::world::{Attempt, Availability, Registration, Selection};
use opensim_domain::{Access, Plmn, RegistrationState};

/// The commands that report registration, in the order of [`super::Settings::reports`].
const REPORTS: [(&str, RegistrationDomain); 4] = [
    ("+CREG", RegistrationDomain::Cs),
    ("+CGREG", RegistrationDomain::Ps),
    ("+CEREG", RegistrationDomain::Eps),
    ("+C5GREG", RegistrationDomain::FiveGs),
];

pub(super) fn answer(
    command: &AtCommand,
    persona: &dyn Persona,
    state: &mut State,
) -> Option<Answer> {
    if let Some(which) = REPORTS.iter().position(|(name, _)| *name == command.name) {
        return Some(registration(which, command, state));
    }
    Some(match (command.name.as_str(), &command.form) {
        ("+COPS", Form::Read) => operator(state),
        ("+COPS", Form::Test) if !state.world.radio() => Answer::end(persona.no_radio()),
        ("+COPS", Form::Test) => Answer::end(End::NetworkList),
        ("+COPS", Form::Set(_)) => select(command, persona, state),
        ("+COPN" | "+CPOL", _) => Answer::cme(4),
        ("+CEER", Form::Exec) => Answer::line(format!("+CEER: {}", last_error(state))),
        ("+CEER", Form::Test) => Answer::ok(),
        _ => return None,
    })
}

/// `<AcT>` of 27.007 7.3.
pub(crate) fn access_number(access: Access) -> u8 {
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

/// What a domain says: the truth as far as it is its own, or what the modem's quirks have it say.
fn stat_in(domain: RegistrationDomain, registered: Registration, state: &State) -> u8 {
    let Some(camp) = registered.camp else {
        return stat(registered.state);
    };
    let roaming = u8::from(registered.state == RegistrationState::Roaming);
    match state.quirks.reported_stat(domain) {
        ReportedStat::AsIs if serves(domain, state.world.cell(camp).access, state) => {
            stat(registered.state)
        }
        ReportedStat::AsIs | ReportedStat::NotRegistered => 0,
        ReportedStat::Home => 1,
        ReportedStat::Searching => 2,
        ReportedStat::Denied => 3,
        ReportedStat::Unknown => 4,
        ReportedStat::Roaming => 5,
        ReportedStat::SmsOnly => 6 + roaming,
        ReportedStat::EmergencyOnly => 8,
        ReportedStat::CsfbNotPreferred => 9 + roaming,
    }
}

/// Whether a domain is what a technology registers in. A modem without `+C5GREG` tells 5G as its 4G.
fn serves(domain: RegistrationDomain, access: Access, state: &State) -> bool {
    let tells_5g = state.domains.contains(&RegistrationDomain::FiveGs);
    match (domain, access) {
        (RegistrationDomain::FiveGs, access) => access == Access::Nr,
        (_, Access::Nr) => !tells_5g,
        (RegistrationDomain::Cs | RegistrationDomain::Ps, _) => true,
        (RegistrationDomain::Eps, access) => matches!(access, Access::Lte | Access::NrNsa),
    }
}

fn registration(which: usize, command: &AtCommand, state: &mut State) -> Answer {
    let (name, domain) = REPORTS[which];
    match command.form {
        Form::Read => {
            let n = state.settings.reports[which];
            let registered = state.world.reported();
            let report = as_quoted(report(domain, registered, n, state), state);
            Answer::line(match state.quirks.creg_fields {
                Fields::Usual => format!("{name}: {n},{report}"),
                Fields::Extra => format!("{name}: {n},{report},1"),
                Fields::Fewer => format!("{name}: {report}"),
            })
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

/// With its quotes, or without.
fn as_quoted(report: String, state: &State) -> String {
    if state.quirks.creg_unquoted {
        return report.replace('"', "");
    }
    report
}

/// What follows `<n>,` in an answer and the prefix in an unasked line.
fn report(domain: RegistrationDomain, registered: Registration, n: u8, state: &State) -> String {
    let stat = stat_in(domain, registered, state);
    let located = match state.quirks.location {
        Location::All => true,
        Location::CregOnly => domain == RegistrationDomain::Cs,
        Location::None => false,
    };
    // Neither idle, searching nor refused: such a domain is on a cell.
    let placed = located && !matches!(stat, 0 | 2 | 3);
    match (registered.camp, registered.cause) {
        (Some(camp), _) if n >= 2 && placed => {
            let cell = state.world.cell(camp);
            let nothing = [
                "\"0000\",\"00000000\"",
                "\"FFFF\",\"FFFFFFFF\"",
                "\"\",\"\"",
                "\"0000\",\"0\"",
            ];
            if let Some(place) = state.empty(nothing) {
                return format!("{stat},{place},{}", access_number(cell.access));
            }
            if domain == RegistrationDomain::FiveGs {
                return format!(
                    "{stat},\"{:06X}\",\"{:X}\",{},1,\"01\"",
                    cell.tac,
                    cell.cell_id,
                    access_number(cell.access)
                );
            }
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
pub(crate) fn registration_urcs(
    before: Registration,
    after: Registration,
    state: &State,
) -> Vec<String> {
    let moved = before.camp != after.camp;
    REPORTS
        .iter()
        .zip(state.settings.reports)
        .filter(|((_, domain), n)| {
            let stat = |at| stat_in(*domain, at, state);
            let known = state.domains.contains(domain);
            known && *n > 0 && (stat(before) != stat(after) || (moved && *n > 1))
        })
        .map(|((name, domain), n)| {
            let report = as_quoted(report(*domain, after, n, state), state);
            format!("{name}: {report}")
        })
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
    let name = match state.quirks.operator_name {
        OperatorName::Empty if format < 2 => "",
        OperatorName::Unknown if format < 2 => "Unknown",
        OperatorName::Missing if format < 2 => {
            return Answer::line(format!("+COPS: {mode},{format},"));
        }
        _ => name,
    };
    let name = worded(name, state.settings.charset);
    if state.quirks.operator_without_access {
        return Answer::line(format!("+COPS: {mode},{format},\"{name}\""));
    }
    Answer::line(format!("+COPS: {mode},{format},\"{name}\",{access}"))
}

/// The code of the network in use, or nothing.
pub(crate) fn oper(state: &State) -> Option<Plmn> {
    state.world.reported().camp.map(|camp| camp.plmn)
}

fn select(command: &AtCommand, persona: &dyn Persona, state: &mut State) -> Answer {
    match command.number(0) {
        Some(3) => match command.number(1) {
            Some(0..=2) if state.quirks.operator_format_stuck == Stuck::Silently => Answer::ok(),
            Some(0..=2) if state.quirks.operator_format_stuck == Stuck::Refused => Answer::cme(50),
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
            let Some((plmn, access)) = wanted(command, state) else {
                return Answer::cme(50);
            };
            if !state.world.radio() {
                return Answer::end(persona.no_radio());
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

/// The network that a selection names, and the technology where it names one.
pub(crate) fn wanted(command: &AtCommand, state: &State) -> Option<(Plmn, Option<Access>)> {
    let plmn = named(command, state)?;
    if command.text(3).is_none() {
        return Some((plmn, None));
    }
    let access = command.number(3).and_then(access)?;
    Some((plmn, Some(access)))
}

/// The network that a selection names, by code or by name.
fn named(command: &AtCommand, state: &State) -> Option<Plmn> {
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
pub(crate) fn network_list(persona: &dyn Persona, state: &State) -> Answer {
    match state.quirks.network_list {
        NetworkListAnswer::Empty => return Answer::line("+COPS: "),
        NetworkListAnswer::BareOk => return Answer::ok(),
        NetworkListAnswer::Networks | NetworkListAnswer::Error => {}
    }
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
