//! What AT's answers mean to a person: pure, so that each has its test.

use super::super::{Availability, Ending, Error, Network, NetworkFault, SimState};
use crate::at::Request;
use crate::at::result::{ErrorCode, Final, Line, Reply};
use crate::at::standard::registration::{RegistrationEvents, RegistrationStatus};
use crate::at::standard::sim::PinStatus;
use crate::at::standard::{Command as _, ParseError, SimStatus, network_list};
use crate::at::value::fields;
use crate::dialect::{Evidence, Query};
use crate::domain::registration::DomainReport;
use crate::domain::{Access, Domain};

/// An answer that cannot be read.
pub(super) fn unreadable(error: ParseError) -> Error {
    Error::Unreadable {
        command: error.command,
        line: error.line,
    }
}

/// Which news of its registration a modem tells unasked, out of `+CEREG?`.
pub(super) fn news(reply: &Reply) -> Option<RegistrationEvents> {
    news_of(reply, "+CEREG:")
}

/// The same out of the answer of any domain.
pub(super) fn news_of(reply: &Reply, prefix: &str) -> Option<RegistrationEvents> {
    match fields(reply.after(prefix)?).first()?.int()? {
        0 => Some(RegistrationEvents::Off),
        1 => Some(RegistrationEvents::State),
        2 => Some(RegistrationEvents::Cell),
        3 => Some(RegistrationEvents::Cause),
        _ => None,
    }
}

/// The format to put back after `+COPS?` was asked for the code; `None` where it is the code's already. One that is not
/// told is the long name, as after a restart (27.007 7.3).
pub(super) fn name_format(reply: &Reply) -> Option<i64> {
    match fields(reply.after("+COPS:")?).get(1) {
        Some(format) => format.int().filter(|format| (0..=1).contains(format)),
        None => Some(0),
    }
}

/// Whether `+COPS?` tells a format, behind which a network stands; `+COPS: 0` alone says that there is none.
pub(super) fn tells_format(reply: &Reply) -> bool {
    let values = reply.after("+COPS:").map(fields).unwrap_or_default();
    values.get(1).is_some_and(|format| format.int().is_some())
}

/// A dialect's query as the engine takes it.
pub(super) fn request(query: &Query) -> Request {
    let request = if query.bare {
        Request::bare(query.line)
    } else {
        Request::new(query.line, "")
    };
    Request {
        prefixes: query.prefixes.iter().map(|p| (*p).into()).collect(),
        ..request.within(query.timeout)
    }
}

/// A command that did not end well.
pub(super) fn refusal(command: String, end: &Final) -> Error {
    let end = ending(end);
    Error::Refused { command, end }
}

/// How a command ended, in the modem's words.
pub(super) fn ending(end: &Final) -> Ending {
    match end {
        Final::Missing => Ending::Untold,
        end if end.is_ok() => Ending::Done(end.to_string()),
        end => Ending::Refused(end.to_string()),
    }
}

/// Why a dialect was taken, for support.
pub(super) fn because(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Forced => "--dialect".to_owned(),
        Evidence::Usb(id) => format!("USB {:04x}:{:04x}", id.vendor, id.product),
        Evidence::Manufacturer(text) => format!("ATI: {text}"),
        Evidence::Nothing => "27.007".to_owned(),
    }
}

/// The SIM's state out of `+CPIN?`, its errors included (27.007 9.2.1, and 27.005 3.2.5 where a modem answers with the
/// errors of messages).
pub(super) fn sim_state(reply: &Reply) -> SimState {
    let in_words = match &reply.end {
        _ if reply.is_answer() => {
            return SimStatus
                .parse(reply)
                .map_or(SimState::Unknown, |l| lock(&l));
        }
        Final::Cms(ErrorCode::Number(n)) => return message_error(*n),
        Final::Cme(ErrorCode::Text(text)) | Final::Cms(ErrorCode::Text(text)) => Some(text),
        _ => None,
    };
    match reply.end.cme() {
        Some(10) => SimState::Absent,
        Some(11) => SimState::PinRequired,
        Some(12) => SimState::PukRequired,
        Some(13 | 15) => SimState::Failed,
        Some(14) => SimState::Busy,
        Some(5..=7 | 40..=47) => SimState::Locked,
        // The second PIN guards a few settings.
        Some(17 | 18) => SimState::Ready,
        Some(_) => SimState::Unknown,
        None => in_words.map_or(SimState::Unknown, |text| lock(&PinStatus::of_words(text))),
    }
}

fn lock(lock: &PinStatus) -> SimState {
    match lock {
        // The second PIN guards a few settings; the network is reachable without it.
        PinStatus::Ready | PinStatus::Pin2 | PinStatus::Puk2 => SimState::Ready,
        PinStatus::Pin => SimState::PinRequired,
        PinStatus::Puk => SimState::PukRequired,
        PinStatus::NotReady => SimState::Busy,
        PinStatus::Absent => SimState::Absent,
        PinStatus::Failed => SimState::Failed,
        // Blocked for good: no code opens it, and only its supplier helps.
        blocked if blocked.is_blocked() => SimState::Failed,
        locked if locked.is_locked() => SimState::Locked,
        PinStatus::Device(_) | PinStatus::Other(_) => SimState::Unknown,
    }
}

fn message_error(number: u16) -> SimState {
    match number {
        310 => SimState::Absent,
        311 => SimState::PinRequired,
        312 => SimState::Locked,
        313 | 315 => SimState::Failed,
        314 => SimState::Busy,
        316 => SimState::PukRequired,
        317 | 318 => SimState::Ready,
        _ => SimState::Unknown,
    }
}

/// What a selection's error says of the network; `None` where it says nothing sure and the modem may still come up.
pub(super) fn selection_fault(end: &Final) -> Option<NetworkFault> {
    let cause = match end {
        Final::Cme(ErrorCode::Text(text)) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    match end.cme()? {
        30 => Some(NetworkFault::NotAvailable),
        32 | 103 | 106 | 107 | 111..=114 => Some(NetworkFault::Denied(cause)),
        _ => None,
    }
}

/// One network of the modem's list.
pub(super) fn network(entry: network_list::ListedNetwork) -> Network {
    let availability = match entry.stat {
        Some(1) => Availability::Available,
        Some(2) => Availability::Current,
        Some(3) => Availability::Forbidden,
        _ => Availability::Unknown,
    };
    Network {
        plmn: entry.plmn,
        long_name: entry.long,
        short_name: entry.short,
        availability,
        access: entry.act.and_then(Access::from_act),
    }
}

/// Whether an unsolicited line is about registration.
pub(super) fn is_registration(line: &Line) -> bool {
    ["+CREG:", "+CGREG:", "+CEREG:", "+C5GREG:"]
        .iter()
        .any(|prefix| line.after(prefix).is_some())
}

/// What one domain says, as the rule over all of them takes it.
pub(super) fn domain_report(domain: Domain, status: &RegistrationStatus) -> DomainReport {
    DomainReport {
        domain,
        state: status.state,
        access: status.access,
        area: status.area,
        cell: status.cell,
    }
}

/// Whether a line that a person typed says how result codes are to be said, so that it is not put back over them.
pub(super) fn sets_results(line: &str) -> bool {
    let basic = line.split(['+', '^', '$', '#', '!', '%', '*']).next();
    basic.is_some_and(|letters| letters.to_ascii_uppercase().replace("&V", "").contains('V'))
}

/// What stands for an answer that did not come.
pub(super) fn refused() -> Reply {
    Reply {
        lines: Vec::new(),
        end: Final::Error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(lines: &[&str], end: Final) -> Reply {
        Reply {
            lines: lines.iter().map(|l| Line::from(*l)).collect(),
            end,
        }
    }

    #[test]
    fn a_sim_is_what_its_answer_or_its_error_says() {
        let text = |line: &str| sim_state(&reply(&[line], Final::Ok));
        assert_eq!(text("+CPIN: READY"), SimState::Ready);
        assert_eq!(text("+CPIN: SIM PIN"), SimState::PinRequired);
        assert_eq!(text("+CPIN: SIM PUK"), SimState::PukRequired);
        assert_eq!(text("+CPIN: SIM PIN2"), SimState::Ready);
        assert_eq!(text("+CPIN: PH-NET PIN"), SimState::Locked);
        let error = |end| sim_state(&reply(&[], end));
        assert_eq!(error(Final::Cme(ErrorCode::Number(10))), SimState::Absent);
        assert_eq!(
            error(Final::Cme(ErrorCode::Text("SIM failure".into()))),
            SimState::Failed
        );
        assert_eq!(error(Final::Error), SimState::Unknown);
    }

    #[test]
    fn a_sim_in_the_words_of_many_makers() {
        use SimState::{Absent, Busy, Failed, Locked, PinRequired, Ready, Unknown};
        for (text, state) in [
            ("SIM BUSY", Busy),
            ("NOT READY", Busy),
            ("SIM NOT READY", Busy),
            ("INITIALIZING", Busy),
            ("SIM FAILURE", Failed),
            ("SIM CRASH", Failed),
            ("BLOCKED", Failed),
            ("SIM BLOCKED", Failed),
            ("PUK BLOCKED", Failed),
            ("NOT INSERTED", Absent),
            ("SIM REMOVED", Absent),
            ("SIM PIN2", Ready),
            ("PH-CORP PIN", Locked),
            ("NETWORK LOCK", Locked),
            ("SIM LOCKED", Locked),
            // A word that nobody knows is no lock, and some modems say one of a card that works.
            ("PERHAPS", Unknown),
        ] {
            let line = format!("+CPIN: {text}");
            assert_eq!(sim_state(&reply(&[&line], Final::Ok)), state, "{text}");
            let end = Final::Cme(ErrorCode::Text(text.to_ascii_lowercase()));
            assert_eq!(sim_state(&reply(&[], end)), state, "+CME ERROR: {text}");
        }
        for (number, state) in [
            (5, Locked),
            (11, PinRequired),
            (13, Failed),
            (14, Busy),
            (17, Ready),
            (40, Locked),
            (47, Locked),
            (100, Unknown),
        ] {
            let end = Final::Cme(ErrorCode::Number(number));
            assert_eq!(sim_state(&reply(&[], end)), state, "{number}");
        }
        for (number, state) in [
            (310, Absent),
            (311, PinRequired),
            (313, Failed),
            (314, Busy),
        ] {
            let end = Final::Cms(ErrorCode::Number(number));
            assert_eq!(sim_state(&reply(&[], end)), state, "{number}");
        }
    }

    #[test]
    fn only_a_line_that_sets_them_is_about_result_codes() {
        assert!(sets_results("atv1") && sets_results("ATE0V0") && sets_results("ATV1+CSQ"));
        assert!(!sets_results("AT+CVER?") && !sets_results("AT&V") && !sets_results("ATI"));
    }

    #[test]
    fn a_selection_is_refused_for_good_only_where_the_modem_says_so() {
        let fault = |n| selection_fault(&Final::Cme(ErrorCode::Number(n)));
        assert_eq!(fault(30), Some(NetworkFault::NotAvailable));
        assert!(matches!(fault(32), Some(NetworkFault::Denied(_))));
        assert!(matches!(fault(111), Some(NetworkFault::Denied(_))));
        assert_eq!(fault(3), None);
        assert_eq!(selection_fault(&Final::Error), None);
    }
}
