//! The five laws, judged from the world's truth and the wire alone; the second by `values`, over a modem that tells all it knows.
//!
//! 1. Afterwards the modem is where it was, or where it was sent; else the exit is 11 and `recover` puts it there.
//! 2. No value in a document that the world does not have, and none missing that an answer gave.
//! 3. What a document says of mode, place and reason is what the world says.
//! 4. No automatic selection, no carrier outside the order, no secret in trace or document.
//! 5. An end within the promised time.

use opensim::domain::Plmn;
use opensim::sim::world::Selection;
use serde_json::Value;

use super::case::{Act, ICCID, IMEI, IMSI, NUMBER};
use super::run::{Gave, LONGEST, Place, Round};

/// What the laws depend on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terms {
    pub(crate) act: Act,
    /// Whether the modem was found out of its network's reach.
    pub(crate) lost: bool,
    /// Whether the modem would take the way back, once it is asked.
    pub(crate) can_come_back: bool,
    /// Whether it tells where it is. Of one that does not, "not put back" is what is told of "not known".
    pub(crate) tells: bool,
    /// Whether it is `ModemManager`, which does not tell who chose the network and takes calls.
    pub(crate) managed: bool,
}

/// What a round broke; empty where it kept all laws.
pub(crate) fn judge(case: &Terms, round: &Round) -> Vec<String> {
    let mut broken = Vec::new();
    let mut law = |number: u8, holds: bool, what: String| {
        if !holds {
            broken.push(format!("law {number}: {what}"));
        }
    };
    place(case, round, &mut law);
    words(case, round, &mut law);
    if case.managed {
        calls(case, round, &mut law);
    } else {
        wire(case, round, &mut law);
    }
    nothing_changed(round, &mut law);
    secrets(round, &mut law);
    time(round, &mut law);
    broken
}

fn code(text: &str) -> Plmn {
    text.parse().unwrap()
}

/// Whether the modem is on this network, or tries for it, and was told to by hand or was left choosing as it was found.
fn is_at(place: Place, plmn: Plmn, before: Place) -> bool {
    match place.selection {
        Selection::Manual(chosen, _) => {
            chosen == plmn && (place.on == Some(plmn) || before.on.is_none())
        }
        Selection::Automatic => before.selection == Selection::Automatic && place.on == Some(plmn),
        Selection::ManualThenAutomatic(..) | Selection::Deregistered => false,
    }
}

/// Law 1.
fn place(case: &Terms, round: &Round, law: &mut impl FnMut(u8, bool, String)) {
    let sent = is_switch(case.act).then(|| code("20810"));
    // A modem that was on no network and named none can be put back nowhere.
    let Some(former) = round.before.on else {
        return;
    };
    let (fault, is_there) = match &round.act {
        Some(gave) => (
            gave.fault.as_deref(),
            gave.fault
                .is_none()
                .then_some(())
                .and(sent)
                .unwrap_or(former),
        ),
        None => (Some("killed"), former),
    };
    let first = is_at(round.after_act, is_there, round.before);
    let told = matches!(fault, Some("change.not_restored" | "killed"));
    law(
        1,
        first || told,
        format!(
            "{fault:?}, and it is at {:?}, not on {is_there}",
            round.after_act
        ),
    );
    let back = round.recover.fault.as_deref();
    let owed = told.then_some(former);
    let wanted = owed.unwrap_or(is_there);
    let second = is_at(round.after_recover, wanted, round.before)
        // Killed behind its end: what the person named stands, and nothing is owed.
        || (fault == Some("killed")
            && round.recover.body["needed"] == Value::Bool(false)
            && sent.is_some_and(|sent| is_at(round.after_recover, sent, round.before)));
    if told && !case.can_come_back {
        law(
            1,
            second || back == Some("change.not_restored"),
            format!(
                "recover gave {back:?} and it is at {:?}",
                round.after_recover
            ),
        );
        return;
    }
    law(
        1,
        second,
        format!(
            "recover gave {back:?} and it is at {:?}, not on {wanted}",
            round.after_recover
        ),
    );
    if second && back.is_none() && !told {
        law(
            1,
            round.recover.body["needed"] == Value::Bool(false),
            "nothing is owed and the journal is there".to_owned(),
        );
    }
}

fn is_switch(act: Act) -> bool {
    matches!(
        act,
        Act::Switch
            | Act::SwitchRefused
            | Act::SwitchAbsent
            | Act::KilledSwitch(_)
            | Act::StoppedSwitch(_)
    )
}

/// Law 3.
fn words(case: &Terms, round: &Round, law: &mut impl FnMut(u8, bool, String)) {
    if let Some(gave) = &round.act {
        said(case, round, gave, round.after_act, law);
    }
    said(case, round, &round.recover, round.after_recover, law);
}

fn said(
    case: &Terms,
    round: &Round,
    gave: &Gave,
    after: Place,
    law: &mut impl FnMut(u8, bool, String),
) {
    let body = &gave.body;
    let automatic = matches!(after.selection, Selection::Automatic);
    let mode = if automatic { "automatic" } else { "manual" };
    let selection = &body["selection_after"];
    if let Some(told) = selection["mode"].as_str() {
        let holds = told == mode || (case.managed && told == "unknown");
        law(3, holds, format!("mode {told}, is {mode}"));
    }
    if let Some(told) = selection["plmn"].as_str() {
        let is = after.on.map(|plmn| plmn.to_string());
        law(
            3,
            is.as_deref() == Some(told),
            format!("on {told}, is on {is:?}"),
        );
    }
    if let (Some(told), Some(former)) = (body["restored"].as_bool(), round.before.on) {
        let is = is_at(after, former, round.before);
        let is_careful = !told && !case.tells;
        law(
            3,
            told == is || is_careful,
            format!("restored {told}, is {is}: {after:?}"),
        );
    }
    if body["restored"].is_boolean() {
        law(
            3,
            !warns(body, "restore.nothing_before"),
            "both restored and nowhere before".to_owned(),
        );
    }
    let was = matches!(round.before.selection, Selection::Automatic);
    if warns(body, "selection.was_automatic") {
        law(
            3,
            was && !automatic,
            "\"was automatic\" is not so".to_owned(),
        );
    }
    if warns(body, "selection.automatic_now") && case.act != Act::Status {
        law(3, automatic, "\"chooses by itself\" is not so".to_owned());
    }
    if warns(body, "restore.nothing_before") {
        law(
            3,
            round.before.on.is_none(),
            "\"on no carrier before\" is not so".to_owned(),
        );
    }
    match body["outcome"].as_str() {
        Some("switched" | "already_there") => {
            law(
                3,
                is_at(after, code("20810"), round.before),
                format!("outcome {:?}: {after:?}", body["outcome"]),
            );
        }
        Some("rolled_back") => {
            let former = round.before.on.unwrap_or(code("20801"));
            law(
                3,
                is_at(after, former, round.before),
                format!("rolled back: {after:?}"),
            );
        }
        Some("not_restored") => {
            law(
                3,
                gave.fault.as_deref() == Some("change.not_restored"),
                "not restored without its code".to_owned(),
            );
        }
        _ => {}
    }
    if let Some(from) = body["from"]["plmn"].as_str() {
        let is = round.before.on.map(|plmn| plmn.to_string());
        law(
            3,
            case.lost || is.as_deref() == Some(from),
            format!("from {from}, was on {is:?}"),
        );
    }
    registration(round, gave, law);
}

/// What `status` says of place.
fn registration(round: &Round, gave: &Gave, law: &mut impl FnMut(u8, bool, String)) {
    let told = &gave.body["registration"];
    if let Some(plmn) = told["plmn"].as_str() {
        let is = round.before.on.map(|plmn| plmn.to_string());
        law(
            3,
            is.as_deref() == Some(plmn),
            format!("registered on {plmn}, is on {is:?}"),
        );
    }
}

fn warns(body: &Value, code: &str) -> bool {
    let warnings = body["warnings"].as_array();
    warnings.is_some_and(|all| all.iter().any(|note| note["code"] == code))
}

/// The networks that the order of an act covers.
fn covered(act: Act) -> &'static [&'static str] {
    match act {
        Act::Status | Act::RadioOnly | Act::Recover => &[],
        Act::Scan | Act::KilledScan(_) | Act::StoppedScan(_) => {
            &["20801", "20810", "20820", "20809", "20802"]
        }
        _ => &["20810", "20809", "20801"],
    }
}

/// Law 4, on the wire.
fn wire(case: &Terms, round: &Round, law: &mut impl FnMut(u8, bool, String)) {
    let covered = covered(case.act);
    for line in &round.wire {
        let line = line.to_ascii_uppercase().replace(' ', "");
        for (at, _) in line.match_indices("COPS=") {
            let rest = &line[at + 5..];
            let harmless = rest.starts_with('?') || rest.starts_with("3,");
            let named = rest.strip_prefix("1,2,\"").and_then(|rest| rest.get(..5));
            let by_order = named.is_some_and(|plmn| covered.contains(&plmn));
            law(4, harmless || by_order, format!("{line} was sent"));
        }
        law(
            4,
            !line.contains("CFUN=") && !line.contains("CPIN="),
            format!("{line} was sent"),
        );
    }
}

/// Law 4, in the daemon's log of calls.
fn calls(case: &Terms, round: &Round, law: &mut impl FnMut(u8, bool, String)) {
    let covered = covered(case.act);
    for (at, call) in round.wire.iter().enumerate() {
        let (member, argument) = call.split_once(' ').unwrap_or((call, ""));
        let may = match member {
            // An empty code is automatic selection.
            "Register" => covered.contains(&argument),
            "Enable" => argument == "true" && (case.act != Act::Status || at >= round.of_act),
            "GetAll" | "GetCellInfo" | "GetLocation" | "Setup" | "Scan" => true,
            _ => false,
        };
        law(4, may, format!("{call} was asked"));
    }
}

/// Law 3: what is said to have changed nothing asked for nothing.
fn nothing_changed(round: &Round, law: &mut impl FnMut(u8, bool, String)) {
    let nothing = matches!(
        round.act.as_ref().and_then(|gave| gave.fault.as_deref()),
        Some("modem.radio_off" | "network.unnamed")
    );
    let selected = round.wire[..round.of_act.min(round.wire.len())]
        .iter()
        .any(|line| line.contains("COPS=1") || line.starts_with("Register"));
    law(
        4,
        !(nothing && selected),
        "\"nothing was changed\" is not so".to_owned(),
    );
}

/// Law 4, in what is kept.
fn secrets(round: &Round, law: &mut impl FnMut(u8, bool, String)) {
    let secrets = [IMEI, IMSI, ICCID, NUMBER];
    let documents = round.act.iter().chain([&round.recover]);
    let kept = documents
        .map(|gave| gave.body.to_string())
        .chain([round.trace.clone()]);
    for text in kept {
        for secret in secrets {
            law(
                4,
                !text.contains(secret),
                format!("{secret} stands in what is kept"),
            );
        }
    }
}

/// Law 5.
fn time(round: &Round, law: &mut impl FnMut(u8, bool, String)) {
    for gave in round.act.iter().chain([&round.recover]) {
        law(
            5,
            gave.fault.as_deref() != Some("never ended") && gave.took <= LONGEST,
            format!("took {:?}", gave.took),
        );
    }
}
