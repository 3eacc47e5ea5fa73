//! The last step before the wire: what is never sent, whatever the code above does.
//!
//! A device must not hop between operators by itself, so automatic selection is never sent and a network is
//! selected only under a person's live [`Order`] that names it. The guard is a list of what is allowed: reads, tests,
//! the harmless commands of the standards and those that a dialect declares harmless, and one shape of selection,
//! `+COPS=1,2,"<code>"`. What it does not know a person can force; a selection, a code or lock of the SIM, the modem's
//! number, dialling, and whatever hides a command from it stay off the wire even then.

use crate::dialect::commands;
use opensim_domain::Plmn;
use opensim_domain::codes::Code;
use opensim_domain::policy::Order;

mod line;
#[cfg(test)]
mod tests;

/// Why a command line was not sent. Its code names the sentence in the catalogues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// It would hand the choice of network to the modem.
    AutomaticSelection,
    /// It would leave the network without going to another.
    Deregister,
    /// It selects a network without a live order that names it.
    NoOrder,
    /// It has to do with selection or with control characters in a way the guard cannot read.
    Unreadable,
    /// It would spend a PIN try or change a PIN.
    Pin,
    /// It would write the modem's number.
    Imei,
    /// It would dial.
    Dial,
    /// It would reset settings, the selection among them.
    Reset,
    /// `A/` sends the last line again, unseen.
    Repeat,
    /// It is not known to be harmless.
    Unknown,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 10] = [
        Self::AutomaticSelection,
        Self::Deregister,
        Self::NoOrder,
        Self::Unreadable,
        Self::Pin,
        Self::Imei,
        Self::Dial,
        Self::Reset,
        Self::Repeat,
        Self::Unknown,
    ];

    /// The code of its sentence.
    pub fn code(self) -> Code {
        match self {
            Self::AutomaticSelection => Code::GUARD_AUTOMATIC_SELECTION,
            Self::Deregister => Code::GUARD_DEREGISTER,
            Self::NoOrder => Code::GUARD_NO_ORDER,
            Self::Unreadable => Code::GUARD_UNREADABLE,
            Self::Pin => Code::GUARD_PIN,
            Self::Imei => Code::GUARD_IMEI,
            Self::Dial => Code::GUARD_DIAL,
            Self::Reset => Code::GUARD_RESET,
            Self::Repeat => Code::GUARD_REPEAT,
            Self::Unknown => Code::GUARD_UNKNOWN,
        }
    }
}

/// What a command line comes with.
#[derive(Debug, Clone, Default)]
pub struct Leave {
    /// A person's order, where the command selects a network.
    pub order: Option<Order>,
    /// Whether this is opensim's own entry of a PIN, after reading how many tries are left.
    pub pin: bool,
    /// Whether a person said that it is to be sent although the guard does not know it to be harmless.
    pub forced: bool,
}

impl Leave {
    /// Nothing that changes a network or spends a try.
    pub const NONE: Self = Self {
        order: None,
        pin: false,
        forced: false,
    };

    /// Selection under this order.
    pub fn under(order: &Order) -> Self {
        Self {
            order: Some(order.clone()),
            ..Self::NONE
        }
    }

    /// The entry of a PIN.
    pub fn for_pin() -> Self {
        Self {
            pin: true,
            ..Self::NONE
        }
    }

    /// A person's `--force`.
    pub fn forced() -> Self {
        Self {
            forced: true,
            ..Self::NONE
        }
    }
}

/// A command that is held back, and whether a person may have it sent all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Held {
    rule: Rule,
    never: bool,
}

impl Held {
    fn never(rule: Rule) -> Self {
        Self { rule, never: true }
    }

    fn unless_forced(rule: Rule) -> Self {
        Self { rule, never: false }
    }
}

/// Looks at the exact bytes of one command line as they are about to be written, its end included.
///
/// # Errors
/// With the rule that keeps it off the wire.
pub fn check(bytes: &[u8], leave: &Leave) -> Result<(), Rule> {
    let line = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    // Control characters edit the line in the modem (V.250 5.2.2), so what would run is not what is read here.
    if !line.iter().all(|b| (0x20..0x7F).contains(b)) {
        return Err(Rule::Unreadable);
    }
    let folded = fold(line);
    if folded.starts_with("A/") {
        return Err(Rule::Repeat);
    }
    selections(&folded, leave)?;
    let Some(body) = folded.strip_prefix("AT") else {
        return if folded.is_empty() {
            Ok(())
        } else {
            Err(Rule::Unreadable)
        };
    };
    // Each part counts: what may be forced does not hide what may not.
    let held: Vec<Held> = line::parts(body, leave.pin)
        .filter_map(Result::err)
        .collect();
    let first = held.iter().find(|held| held.never).or(held.first());
    match first {
        Some(held) if held.never || !leave.forced => Err(held.rule),
        Some(_) if line::hides_a_command(body) => Err(Rule::Unreadable),
        _ => Ok(()),
    }
}

/// Whether a backend without AT may select this network now.
///
/// # Errors
/// When no live order names it.
pub fn check_selection(plmn: Plmn, leave: &Leave) -> Result<(), Rule> {
    match &leave.order {
        Some(order) if order.permits(plmn) => Ok(()),
        _ => Err(Rule::NoOrder),
    }
}

/// Upper case, blanks gone outside quotes: how a modem reads a line (V.250 5.2.1).
fn fold(line: &[u8]) -> String {
    let mut quoted = false;
    let keep = |byte: &u8| {
        if *byte == b'"' {
            quoted = !quoted;
        }
        (quoted || *byte != b' ').then(|| char::from(byte.to_ascii_uppercase()))
    };
    line.iter().filter_map(keep).collect()
}

/// Every place with `COPS` in it must be one the guard knows.
fn selections(folded: &str, leave: &Leave) -> Result<(), Rule> {
    for (at, word) in folded.match_indices("COPS") {
        if !folded[..at].ends_with('+') {
            return Err(Rule::Unreadable);
        }
        selection(&folded[at + word.len()..], leave)?;
    }
    Ok(())
}

fn selection(rest: &str, leave: &Leave) -> Result<(), Rule> {
    let (this, next) = match rest.split_once(';') {
        Some((this, next)) => (this, next),
        None => (rest, ""),
    };
    // A quote left open could swallow the semicolon that ends the command for the guard.
    if this.matches('"').count() % 2 != 0 || (rest.contains(';') && next.is_empty()) {
        return Err(Rule::Unreadable);
    }
    let Some(arguments) = this.strip_prefix('=') else {
        return if this == "?" {
            Ok(())
        } else {
            Err(Rule::Unreadable)
        };
    };
    let mut fields = arguments.split(',');
    match fields.next() {
        Some("?") if arguments == "?" => Ok(()),
        Some("3") => match (fields.next(), fields.next()) {
            (Some("0" | "1" | "2"), None) => Ok(()),
            _ => Err(Rule::Unreadable),
        },
        Some("1") => manual(fields, leave),
        Some("2") => Err(Rule::Deregister),
        Some("0" | "4") => Err(Rule::AutomaticSelection),
        _ => Err(Rule::Unreadable),
    }
}

/// `1,2,"20810"` with an access technology at most; the code in digits or as UCS-2, quoted.
fn manual<'a>(mut fields: impl Iterator<Item = &'a str>, leave: &Leave) -> Result<(), Rule> {
    let (Some("2"), Some(code)) = (fields.next(), fields.next()) else {
        return Err(Rule::Unreadable);
    };
    let access = fields.next();
    let digits = access
        .is_none_or(|a| !a.is_empty() && a.len() <= 2 && a.bytes().all(|b| b.is_ascii_digit()));
    if !digits || fields.next().is_some() {
        return Err(Rule::Unreadable);
    }
    let code = code
        .strip_prefix('"')
        .and_then(|c| c.strip_suffix('"'))
        .ok_or(Rule::Unreadable)?;
    let decoded = crate::value::ucs2(code.as_bytes());
    let code = decoded.as_deref().unwrap_or(code);
    // A person may write `208 10`; what a modem makes of that is its own affair.
    if !code.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Rule::Unreadable);
    }
    let plmn: Plmn = code.parse().map_err(|_| Rule::Unreadable)?;
    check_selection(plmn, leave)
}
