//! The commands of V.250 and 27.007 that every modem here has, by clause.

use std::fmt::Write as _;

use super::{Answer, Charset, End, Persona, Settings, State};
use crate::line::{AtCommand, Form};

mod data;
mod network;
mod signal;
mod sim;

pub(crate) use network::{access_number, network_list, oper, registration_urcs, wanted};
pub(crate) use signal::{csq, power_index, quality_index};
pub(crate) use sim::{needs_sim, pin_state};

/// The answer to a command that the persona left.
pub(crate) fn answer(
    command: &AtCommand,
    persona: &dyn Persona,
    state: &mut State,
) -> Option<Answer> {
    basic(command, persona, state)
        .or_else(|| identity(command, state))
        .or_else(|| control(command, state))
        .or_else(|| sim::answer(command, state))
        .or_else(|| network::answer(command, persona, state))
        .or_else(|| signal::answer(command, state))
        .or_else(|| data::answer(command, state))
}

/// V.250: one letter.
fn basic(command: &AtCommand, persona: &dyn Persona, state: &mut State) -> Option<Answer> {
    let value = command.number(0).unwrap_or(0);
    let settings = &mut state.settings;
    match command.name.as_str() {
        "E" => settings.echo = value != 0,
        "V" => settings.verbose = value != 0,
        "Q" => settings.quiet = value != 0,
        "Z" | "&F" => {
            let contexts = std::mem::take(&mut settings.contexts);
            *settings = Settings {
                contexts,
                ..persona.settings()
            };
        }
        "X" | "&C" | "&D" | "&W" | "&S" | "&K" | "H" | "L" | "M" => {}
        "D" => return Some(Answer::end(End::NoCarrier)),
        "I" => return Some(labelled(state)),
        name if name.starts_with('S') => {
            if command.form == Form::Read {
                let value = if name == "S3" { "013" } else { "000" };
                return Some(Answer::line(value));
            }
        }
        _ => return None,
    }
    Some(Answer::ok())
}

/// `ATI` with labels, as most families but Quectel have it.
fn labelled(state: &State) -> Answer {
    let id = &state.identity;
    Answer::lines(vec![
        format!("Manufacturer: {}", id.manufacturer),
        format!("Model: {}", id.model),
        format!("Revision: {}", id.revision),
        format!("IMEI: {}", id.imei),
        "+GCAP: +CGSM".to_owned(),
    ])
}

/// 27.007 clause 5: who the modem is.
fn identity(command: &AtCommand, state: &State) -> Option<Answer> {
    let id = &state.identity;
    let text = match command.name.as_str() {
        "+CGMI" | "+GMI" => &id.manufacturer,
        "+CGMM" | "+GMM" => &id.model,
        "+CGMR" | "+GMR" => &id.revision,
        "+CGSN" | "+GSN" => &id.imei,
        "+GCAP" => return Some(Answer::line("+GCAP: +CGSM")),
        _ => return None,
    };
    Some(match command.form {
        Form::Exec => Answer::line(text.clone()),
        // 27.007 5.4: 1 asks for the number with its prefix.
        Form::Set(_) if command.name == "+CGSN" && command.number(0) == Some(1) => {
            Answer::line(format!("+CGSN: \"{text}\""))
        }
        Form::Test => Answer::ok(),
        Form::Read | Form::Set(_) => Answer::error(),
    })
}

/// 27.007 clauses 5, 8 and 9: how the modem speaks, and its radio.
fn control(command: &AtCommand, state: &mut State) -> Option<Answer> {
    Some(match command.name.as_str() {
        "+CMEE" => match command.form {
            Form::Read => Answer::line(format!("+CMEE: {}", state.settings.errors)),
            Form::Test => Answer::line("+CMEE: (0-2)"),
            Form::Exec => Answer::ok(),
            Form::Set(_) => match command.number(0) {
                Some(level @ 0..=2) => {
                    state.settings.errors = u8::try_from(level).unwrap_or(0);
                    Answer::ok()
                }
                _ => Answer::cme(50),
            },
        },
        "+CSCS" => charset(command, state),
        "+CFUN" => functionality(command, state),
        _ => return None,
    })
}

fn charset(command: &AtCommand, state: &mut State) -> Answer {
    const NAMES: [(&str, Charset); 3] = [
        ("IRA", Charset::Ira),
        ("GSM", Charset::Gsm),
        ("UCS2", Charset::Ucs2),
    ];
    let own = state.settings.charset;
    match command.form {
        Form::Read => {
            let name = NAMES.iter().find(|(_, set)| *set == own);
            Answer::line(format!("+CSCS: \"{}\"", name.map_or("IRA", |(n, _)| n)))
        }
        Form::Test => Answer::line(r#"+CSCS: ("IRA","GSM","UCS2")"#),
        Form::Exec => Answer::error(),
        Form::Set(_) => {
            // The name of the set itself may come in the set that is in use.
            let wanted = plain(command.text(0).unwrap_or(""), own).to_ascii_uppercase();
            match NAMES.iter().find(|(name, _)| *name == wanted) {
                Some((_, set)) => {
                    state.settings.charset = *set;
                    Answer::ok()
                }
                None => Answer::cme(50),
            }
        }
    }
}

fn functionality(command: &AtCommand, state: &mut State) -> Answer {
    match command.form {
        Form::Read => Answer::line(format!(
            "+CFUN: {}",
            if state.world.radio() { 1 } else { 4 }
        )),
        Form::Test => Answer::line("+CFUN: (0,1,4),(0,1)"),
        Form::Exec => Answer::ok(),
        Form::Set(_) => match (command.number(0), command.number(1)) {
            (Some(1), Some(1)) => Answer::end(End::Restart),
            (Some(level @ (0 | 1 | 4)), _) => {
                state.world.set_radio(state.now, level == 1);
                Answer::ok()
            }
            _ => Answer::cme(50),
        },
    }
}

/// A text in the character set in use.
fn worded(text: &str, charset: Charset) -> String {
    match charset {
        Charset::Ucs2 => text.encode_utf16().fold(String::new(), |mut hex, unit| {
            // Writing into a text cannot fail.
            let _ = write!(hex, "{unit:04X}");
            hex
        }),
        Charset::Ira => text
            .chars()
            .map(|c| if c.is_ascii() { c } else { '?' })
            .collect(),
        Charset::Gsm => text.chars().map(gsm).collect(),
    }
}

/// The letters of French names in GSM 7 bit (TS 23.038 6.2.1); others become a question mark.
fn gsm(c: char) -> char {
    match c {
        '@' => '\0',
        'è' => '\u{04}',
        'é' => '\u{05}',
        'ù' => '\u{06}',
        'Ç' | 'ç' => '\u{09}',
        'É' => '\u{1F}',
        'à' => '\u{7F}',
        c if c.is_ascii() => c,
        _ => '?',
    }
}

/// A parameter out of the character set in use; a text that is not in it is taken as it stands.
fn plain(text: &str, charset: Charset) -> String {
    if charset != Charset::Ucs2 || !text.is_ascii() {
        return text.to_owned();
    }
    let units: Option<Vec<u16>> = text
        .as_bytes()
        .chunks(4)
        .map(|four| u16::from_str_radix(std::str::from_utf8(four).ok()?, 16).ok())
        .collect();
    units
        .filter(|_| text.len().is_multiple_of(4))
        .and_then(|units| String::from_utf16(&units).ok())
        .unwrap_or_else(|| text.to_owned())
}

/// The texts of 27.007 9.2 that the modems here use.
pub(crate) fn error_text(code: u16) -> &'static str {
    match code {
        3 => "operation not allowed",
        4 => "operation not supported",
        5 => "PH-SIM PIN required",
        10 => "SIM not inserted",
        11 => "SIM PIN required",
        12 => "SIM PUK required",
        13 => "SIM failure",
        14 => "SIM busy",
        15 => "SIM wrong",
        16 => "incorrect password",
        17 => "SIM PIN2 required",
        18 => "SIM PUK2 required",
        22 => "not found",
        30 => "no network service",
        31 => "network timeout",
        32 => "network not allowed - emergency calls only",
        40 => "network personalization PIN required",
        41 => "network personalization PUK required",
        50 => "incorrect parameters",
        262 => "SIM blocked",
        _ => "unknown",
    }
}
