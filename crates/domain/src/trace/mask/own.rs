//! The modem's own numbers, once they were learnt: hidden wherever they stand, in whatever spelling.
//!
//! They are kept for the whole process, which talks to few modems, so that what prints need not know who asked. What
//! is kept only ever makes the mask hide more.

use std::sync::{PoisonError, RwLock};

/// A modem may say anything when it is asked for its number, and as often as it likes.
const MOST: usize = 16;

static LEARNT: RwLock<Vec<Own>> = RwLock::new(Vec::new());

/// Codes and passwords that were sent.
static SECRETS: RwLock<Vec<String>> = RwLock::new(Vec::new());

/// A number and its spellings.
#[derive(Debug)]
struct Own {
    digits: String,
    /// As it is written, and how many of its first and last signs are kept.
    spellings: Vec<(Vec<u8>, usize, usize)>,
}

/// What a command asks for, if it is one of a modem's own numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Imei,
    Imsi,
    Iccid,
    /// The file of the card that holds it (51.011 10.1.1).
    IccidFile,
}

/// From now on this number is hidden everywhere but its first `head` signs and its last two.
pub fn learn(number: &str, head: usize) {
    let digits: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
    let digits = digits.to_ascii_uppercase();
    let varied = digits.bytes().any(|b| Some(b) != digits.bytes().next());
    if !(14..=22).contains(&digits.len())
        || !varied
        || !digits.bytes().all(|b| b.is_ascii_hexdigit())
    {
        return;
    }
    let mut learnt = LEARNT.write().unwrap_or_else(PoisonError::into_inner);
    if learnt.len() < MOST && learnt.iter().all(|own| own.digits != digits) {
        let spellings = spellings(&digits, head);
        learnt.push(Own { digits, spellings });
    }
}

/// Learns the values of a secret command. What is shorter than a PIN, or hidden already, is none.
pub(super) fn learn_secrets(values: &[u8]) {
    let mut learnt = SECRETS.write().unwrap_or_else(PoisonError::into_inner);
    for value in values.split(|b| b"=,;\"".contains(b)) {
        let value = value.trim_ascii();
        let fits = (4..=64).contains(&value.len()) && value.iter().all(u8::is_ascii_graphic);
        if !fits || value.iter().all(|b| *b == b'*') || learnt.len() == MOST {
            continue;
        }
        let value = String::from_utf8_lossy(value).into_owned();
        if !learnt.contains(&value) {
            learnt.push(value);
        }
    }
}

/// The secrets that were learnt.
pub(in super::super) fn secrets() -> Vec<String> {
    let learnt = SECRETS.read().unwrap_or_else(PoisonError::into_inner);
    learnt.clone()
}

/// Learns the numbers in a line that answers a command, if the command asks for one. `imei` are commands that ask for the
/// IMEI though their name does not say so.
pub(super) fn learn_from(command: &[u8], imei: &[&str], line: &[u8]) {
    let Some(kind) = kind_asked(command, imei) else {
        return;
    };
    for run in line.split(|b| !b.is_ascii_hexdigit()) {
        let run = String::from_utf8_lossy(run).to_ascii_uppercase();
        let run = run.trim_end_matches('F');
        let letters = run.bytes().filter(u8::is_ascii_alphabetic).count();
        match kind {
            Kind::Imei if letters == 0 && (14..=16).contains(&run.len()) => learn(run, 8),
            Kind::Imsi if letters == 0 && (14..=15).contains(&run.len()) => learn(run, 5),
            // Some cards have hexadecimal digits.
            Kind::Iccid if letters <= 2 && (18..=22).contains(&run.len()) => learn(run, 5),
            Kind::IccidFile if (18..=20).contains(&run.len()) => {
                learn(swapped(run).trim_end_matches('F'), 5);
            }
            _ => {}
        }
    }
}

/// Whether a command asks for the IMEI and nothing else that long.
pub(super) fn asks_for_imei(command: &[u8], imei: &[&str]) -> bool {
    kind_asked(command, imei) == Some(Kind::Imei)
}

fn kind_asked(command: &[u8], imei: &[&str]) -> Option<Kind> {
    let upper = command.to_ascii_uppercase();
    let holds = |word: &str| super::positions(&upper, word.as_bytes()).next().is_some();
    // Whatever a vendor's sign and first letters are.
    if holds("CIMI") {
        Some(Kind::Imsi)
    } else if holds("CCID") {
        Some(Kind::Iccid)
    } else if holds("+CRSM=176,12258") {
        Some(Kind::IccidFile)
    } else if holds("GSN")
        || holds("IMEI")
        || imei.iter().any(|word| holds(word))
        || upper.trim_ascii().starts_with(b"ATI")
    {
        Some(Kind::Imei)
    } else {
        None
    }
}

/// The same text without this modem's own numbers; nothing else is touched.
pub fn hide_own(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    hide(&mut bytes, b'*');
    String::from_utf8(bytes).unwrap_or_default()
}

/// Hides every spelling of every number that was learnt, whatever signs stand between its digits.
pub(super) fn hide(bytes: &mut [u8], fill: u8) {
    let learnt = LEARNT.read().unwrap_or_else(PoisonError::into_inner);
    if learnt.is_empty() {
        return;
    }
    let places: Vec<usize> = (0..bytes.len())
        .filter(|at| bytes[*at].is_ascii_alphanumeric())
        .collect();
    let mut signs: Vec<u8> = places
        .iter()
        .map(|at| bytes[*at].to_ascii_uppercase())
        .collect();
    for (spelling, head, tail) in learnt.iter().flat_map(|own| &own.spellings) {
        let found: Vec<usize> = super::positions(&signs, spelling).collect();
        for at in found {
            for inner in at + head..at + spelling.len() - tail {
                bytes[places[inner]] = fill;
                // A shorter spelling inside this one is hidden with it.
                signs[inner] = b'*';
            }
        }
    }
}

fn spellings(digits: &str, head: usize) -> Vec<(Vec<u8>, usize, usize)> {
    let hex = |zeros: &str| -> String {
        let letter = |b| [zeros, &format!("{b:02X}")].concat();
        digits.bytes().map(letter).collect()
    };
    let mut all = vec![
        (digits.to_owned(), head, 2),
        (hex(""), 0, 0),
        (hex("00"), 0, 0),
        (swapped(digits), 0, 0),
        // Behind a first half of a byte that says what it is (24.008 10.5.1.4).
        (swapped(&digits[1..]), 0, 0),
        // Without the digit that checks the others.
        (digits[..14].to_owned(), head, 0),
        (swapped(&digits[..14]), 0, 0),
    ];
    if let Ok(number) = digits.parse::<u128>() {
        all.push((format!("{number:X}"), 0, 0));
    }
    all.retain(|(spelling, _, _)| spelling.len() >= 12);
    all.into_iter()
        .map(|(spelling, head, tail)| (spelling.into_bytes(), head, tail))
        .collect()
}

/// The digits of each pair swapped, as a card holds them; a last one alone comes without its filler.
fn swapped(digits: &str) -> String {
    let pairs = digits.as_bytes().chunks(2).filter(|pair| pair.len() == 2);
    pairs
        .flat_map(|pair| [char::from(pair[1]), char::from(pair[0])])
        .collect()
}
