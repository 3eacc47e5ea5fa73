//! Reading a command line as V.250 5.4 has it: basic commands one behind another, then at most one extended command,
//! up to a semicolon; and what each of them may.

use super::{Held, Rule, commands};
use crate::dialect::commands::Effect;

/// What an extended command begins with, vendors' own among them.
const SIGNS: &str = "+^$#!%*@~_-|";

/// What a name means that no dialect knows, by a piece of it: better too much than too little.
const PIECES: &[(&str, Effect)] = &[
    ("COPS", Effect::Selection),
    ("PLMN", Effect::Selection),
    ("APDU", Effect::Pin),
    ("LCK", Effect::Pin),
    ("LOCK", Effect::Pin),
    ("PASSW", Effect::Pin),
    ("PWD", Effect::Pin),
    ("PUK", Effect::Pin),
    ("PIN", Effect::Pin),
    ("IMEI", Effect::Imei),
    ("FACTORY", Effect::Factory),
    ("REBOOT", Effect::Restart),
    ("RESET", Effect::Restart),
    ("SHUTDOWN", Effect::Restart),
    ("POWEROFF", Effect::Restart),
];

/// Each command of a line, and why it is held back where it is. `pin` is opensim's own entry of a PIN.
pub(super) fn parts(body: &str, pin: bool) -> impl Iterator<Item = Result<(), Held>> {
    // Every semicolon ends a command, quotes or not: what a modem takes for the end of a text is its own affair.
    body.split(';').flat_map(move |part| part_of(part, pin))
}

/// The basic commands of a part, and the extended one behind them.
fn part_of(part: &str, pin: bool) -> Vec<Result<(), Held>> {
    let mut verdicts = Vec::new();
    let mut rest = part;
    while let Some(first) = rest.chars().next() {
        if SIGNS.contains(first) {
            verdicts.push(extended(rest, pin));
            break;
        }
        let (verdict, after) = basic(rest);
        verdicts.push(verdict);
        let Some(after) = after else { break };
        rest = after;
    }
    verdicts
}

/// One basic command at the head of `rest`, and what follows it; `None` where that is not to be read as commands.
fn basic(rest: &str) -> (Result<(), Held>, Option<&str>) {
    let never = |rule| (Err(Held::never(rule)), None);
    let prefix = rest.chars().next().filter(|c| matches!(c, '&' | '\\'));
    let named = &rest[prefix.map_or(0, char::len_utf8)..];
    let Some(letter) = named.chars().next().filter(char::is_ascii_alphabetic) else {
        return never(Rule::Unreadable);
    };
    let after = &named[1..];
    let left = after.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = &after[..after.len() - left.len()];
    match (prefix, letter) {
        // Dialling, answering, and going back on line: what follows is not commands any more.
        (None, 'D' | 'A' | 'O') => never(Rule::Dial),
        // The maker's settings, and how networks are selected is one of them; and a number to be kept.
        (None, 'Z') | (Some('&'), 'F' | 'Z') => never(Rule::Reset),
        (Some('&'), 'W' | 'Y') => (Err(Held::unless_forced(Rule::Reset)), Some(left)),
        (None, 'S') => register(number, left),
        _ if is_harmless_basic(prefix, letter, number) => (Ok(()), Some(left)),
        _ => (Err(Held::unless_forced(Rule::Unknown)), Some(left)),
    }
}

/// V.250's commands that tell something, or change how the modem words its answers and nothing else. An answer in
/// numbers or none at all (`V0`, `Q1`) is not among them: whoever comes next does not know the modem again.
fn is_harmless_basic(prefix: Option<char>, letter: char, number: &str) -> bool {
    match (prefix, letter) {
        (None, 'E' | 'I' | 'L' | 'M' | 'X')
        | (Some('&'), 'C' | 'D' | 'S' | 'V')
        | (Some('\\'), 'Q') => true,
        (None, 'V') => number == "1",
        (None, 'Q') => matches!(number, "" | "0"),
        _ => false,
    }
}

/// A register, after its `S` and its number. S3, S4 and S5 move the line end and the editing character, after which a
/// line is not what it looks like.
fn register<'a>(number: &str, left: &'a str) -> (Result<(), Held>, Option<&'a str>) {
    let Some(value) = left.strip_prefix('=') else {
        return match left.strip_prefix('?') {
            Some(after) if !number.is_empty() => (Ok(()), Some(after)),
            _ => (Err(Held::unless_forced(Rule::Unknown)), Some(left)),
        };
    };
    if let Some(after) = value.strip_prefix('?') {
        return (Ok(()), Some(after));
    }
    let after = value.trim_start_matches(|c: char| c.is_ascii_digit());
    let value = &value[..value.len() - after.len()];
    // `S=` writes the register named before, unseen here.
    let verdict = match (number.parse::<u32>(), value.parse::<u32>()) {
        (Ok(3..=5) | Err(_), _) => Err(Held::never(Rule::Reset)),
        // Never answer a call.
        (Ok(0), Ok(0)) => Ok(()),
        _ => Err(Held::unless_forced(Rule::Unknown)),
    };
    (verdict, Some(after))
}

/// One extended command: its name, then `?`, `=?`, `=` with values, or nothing.
fn extended(command: &str, pin: bool) -> Result<(), Held> {
    let (name, form) = command.split_at(name_length(command));
    let is_setting = form.starts_with('=') && form != "=?";
    let readable = command[1..].starts_with(|c: char| c.is_ascii_alphabetic());
    if !readable || !(matches!(form, "" | "?" | "=?") || is_setting) {
        return Err(Held::never(Rule::Unreadable));
    }
    // A text left open could hold anything, and so could one with an escape in it.
    if form.matches('"').count() % 2 != 0 || form.contains('\\') {
        return Err(Held::never(Rule::Unreadable));
    }
    // Selection has been looked at already, wherever it stands.
    if name == "+COPS" || commands::is_harmless(command) || is_card_read(name, form) {
        return Ok(());
    }
    if pin && is_pin_entry(name, form) {
        return Ok(());
    }
    match effect(name) {
        Some(effect) => by_effect(effect, is_setting || form.is_empty()),
        None if matches!(form, "?" | "=?") => Ok(()),
        None => Err(Held::unless_forced(Rule::Unknown)),
    }
}

/// How long the name at the head of a command is, its sign included.
fn name_length(command: &str) -> usize {
    let rest = command.get(1..).unwrap_or_default();
    1 + rest
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || *b == b'_')
        .count()
}

/// What a command of this name does: as a dialect says, or as its name lets fear.
fn effect(name: &str) -> Option<Effect> {
    // `PING` is no code of a card.
    let plain = name.replace("PING", "");
    let feared = PIECES.iter().find(|(piece, _)| plain.contains(piece));
    commands::effect(name).or(feared.map(|(_, effect)| *effect))
}

fn by_effect(effect: Effect, acts: bool) -> Result<(), Held> {
    match effect {
        Effect::Restart => Err(Held::unless_forced(Rule::Reset)),
        Effect::Factory => Err(Held::never(Rule::Reset)),
        _ if !acts => Ok(()),
        Effect::Detach => Err(Held::unless_forced(Rule::Deregister)),
        Effect::Selection => Err(Held::never(Rule::AutomaticSelection)),
        Effect::Pin => Err(Held::never(Rule::Pin)),
        Effect::Imei => Err(Held::never(Rule::Imei)),
        Effect::Dial => Err(Held::never(Rule::Dial)),
    }
}

/// Reading a file of the card, its records or its size (27.007 8.18): nothing else of `+CRSM`.
fn is_card_read(name: &str, form: &str) -> bool {
    let command = form
        .strip_prefix('=')
        .and_then(|values| values.split(',').next());
    name == "+CRSM"
        && matches!(command, Some("176" | "178" | "192" | "242"))
        && form[1..]
            .bytes()
            .all(|b| b.is_ascii_hexdigit() || matches!(b, b',' | b'"'))
}

/// opensim's own entry of a PIN: four to eight digits and no new ones.
fn is_pin_entry(name: &str, form: &str) -> bool {
    let digits = form
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'));
    name == "+CPIN"
        && digits
            .is_some_and(|d| (4..=8).contains(&d.len()) && d.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether the values of a forced line hold the name of a command that is never sent: a modem may read it as one.
pub(super) fn hides_a_command(body: &str) -> bool {
    let never = |effect| !matches!(effect, Effect::Restart | Effect::Detach);
    let inside = |part: &str| -> bool {
        let start = part.find(|c| SIGNS.contains(c)).unwrap_or(part.len());
        let own = name_length(&part[start..]).min(part.len() - start);
        let values = &part[start + own..];
        let mut names = commands::effects().filter(|(_, effect)| never(*effect));
        names.any(|(name, _)| values.contains(name))
    };
    body.split(';').any(inside)
}
