//! 27.007 clause 8: the SIM card, its PIN and its files.

use super::{Answer, State};
use crate::line::{AtCommand, Form};
use crate::quirks::WordsAs;
use crate::world::CardState;
use crate::world::card::Refused;

pub(super) fn answer(command: &AtCommand, state: &mut State) -> Option<Answer> {
    Some(match (command.name.as_str(), &command.form) {
        ("+CPIN" | "+CIMI" | "+CRSM" | "+CNUM", Form::Test) => Answer::ok(),
        ("+CPIN", Form::Read) if says_held(state) => {
            let words = state.quirks.sim_words.as_deref().unwrap_or("");
            Answer::line(format!("+CPIN: {words}"))
        }
        ("+CPIN", Form::Read) => match pin_state(state) {
            Ok(text) => Answer::line(format!("+CPIN: {text}")),
            Err(refusal) => refusal,
        },
        ("+CPIN", Form::Set(_)) => enter(command, state),
        ("+CIMI", Form::Exec) => {
            needs_sim(state).unwrap_or_else(|| Answer::line(state.world.card.imsi.clone()))
        }
        ("+CLCK", Form::Test) => Answer::line(r#"+CLCK: ("SC","PN","PU","PP","PC")"#),
        ("+CLCK", Form::Set(_)) => lock(command, state),
        ("+CRSM", Form::Set(_)) => needs_sim(state).unwrap_or_else(|| file(command, state)),
        ("+CNUM", Form::Exec) => needs_sim(state).unwrap_or_else(|| number(state)),
        _ => return None,
    })
}

/// What the card asks for in the words of `+CPIN`, or the error where there is no card to ask.
pub(crate) fn pin_state(state: &State) -> Result<&'static str, Answer> {
    match state.world.card.state() {
        CardState::Ready => Ok("READY"),
        CardState::Pin => Ok("SIM PIN"),
        CardState::Puk => Ok("SIM PUK"),
        CardState::Blocked => Err(Answer::cme(13)),
        CardState::Absent => Err(Answer::cme(10)),
        CardState::Held => Err(Answer::cme(held(state))),
    }
}

/// Whether a card that cannot be used is told of in a line.
fn says_held(state: &State) -> bool {
    state.world.card.state() == CardState::Held && state.quirks.sim_words_as == WordsAs::Line
}

/// The number of an error (27.007 9.2) for what the card is said to be.
fn held(state: &State) -> u16 {
    let words = state.quirks.sim_words.as_deref().unwrap_or("");
    let words = words.to_ascii_uppercase();
    let known = [
        ("PH-NET PIN", 40),
        ("PH-NET PUK", 41),
        ("PH-SIM PIN", 5),
        ("NOT INSERTED", 10),
        ("FAILURE", 13),
        ("BUSY", 14),
        ("NOT READY", 14),
        ("WRONG", 15),
        ("PIN2", 17),
        ("PUK2", 18),
        ("BLOCKED", 262),
    ];
    let found = known.iter().find(|(text, _)| words.contains(text));
    found.map_or(100, |(_, code)| *code)
}

/// The error of a command that needs a card that works; `None` where it does.
pub(crate) fn needs_sim(state: &State) -> Option<Answer> {
    match state.world.card.state() {
        CardState::Ready => None,
        CardState::Pin => Some(Answer::cme(11)),
        CardState::Puk => Some(Answer::cme(12)),
        CardState::Blocked => Some(Answer::cme(13)),
        CardState::Absent => Some(Answer::cme(10)),
        CardState::Held => Some(Answer::cme(held(state))),
    }
}

fn enter(command: &AtCommand, state: &mut State) -> Answer {
    if let (CardState::Held, Some(refusal)) = (state.world.card.state(), needs_sim(state)) {
        return refusal;
    }
    let (first, second) = (command.text(0).unwrap_or(""), command.text(1));
    let card = &mut state.world.card;
    let result = match (card.state(), second) {
        (CardState::Absent, _) => return Answer::cme(10),
        (CardState::Blocked, _) => return Answer::cme(13),
        (CardState::Ready | CardState::Held, _) => return Answer::cme(3),
        (CardState::Pin, _) => card.enter_pin(first),
        (CardState::Puk, Some(new)) => card.enter_puk(first, new),
        (CardState::Puk, None) => return Answer::cme(12),
    };
    match result {
        Ok(()) => {
            state.world.attempt_registration(state.now);
            Answer::ok()
        }
        Err(Refused::Wrong) => Answer::cme(16),
        Err(Refused::NotAsked) => Answer::cme(3),
    }
}

/// Asks for a lock (mode 2), or turns the PIN at start on or off.
fn lock(command: &AtCommand, state: &mut State) -> Answer {
    let Some(facility) = command.text(0).map(str::to_ascii_uppercase) else {
        return Answer::cme(50);
    };
    let mode = command.number(1);
    if facility != "SC" {
        return if mode == Some(2) {
            Answer::line("+CLCK: 0")
        } else {
            Answer::cme(4)
        };
    }
    let card = &mut state.world.card;
    match mode {
        Some(_) if card.state() == CardState::Held => Answer::cme(held(state)),
        Some(2) if card.state() == CardState::Absent => Answer::cme(10),
        Some(2) => Answer::line(format!("+CLCK: {}", u8::from(card.locked_at_start))),
        Some(on @ (0 | 1)) => match card.set_lock(on == 1, command.text(2).unwrap_or("")) {
            Ok(()) => Answer::ok(),
            Err(Refused::Wrong) => Answer::cme(16),
            Err(Refused::NotAsked) => needs_sim(state).unwrap_or_else(|| Answer::cme(3)),
        },
        _ => Answer::cme(50),
    }
}

/// `READ BINARY` (176) of the card's number and of its administrative data (TS 31.102 4.2.18 and TS 102.221 13.2).
fn file(command: &AtCommand, state: &State) -> Answer {
    let found = match (command.number(0), command.number(1)) {
        (Some(176), Some(12_258)) => Some(swapped(&state.world.card.iccid)),
        // The last byte is the length of the MNC.
        (Some(176), Some(28_589)) => Some("00000002".to_owned()),
        (Some(176), _) => None,
        _ => return Answer::cme(4),
    };
    Answer::line(match found {
        Some(hex) => format!("+CRSM: 144,0,\"{hex}\""),
        // 6A82: no such file.
        None => "+CRSM: 106,130".to_owned(),
    })
}

/// Digits as the card stores them: two a byte, the first in the low half, filled up with F to ten bytes.
fn swapped(digits: &str) -> String {
    let padded = format!("{digits:F<20}");
    padded
        .as_bytes()
        .chunks_exact(2)
        .flat_map(|pair| [char::from(pair[1]), char::from(pair[0])])
        .collect()
}

fn number(state: &State) -> Answer {
    match &state.world.card.number {
        Some(number) => Answer::line(format!("+CNUM: ,\"{number}\",145")),
        None => Answer::ok(),
    }
}
