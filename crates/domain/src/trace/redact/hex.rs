//! Texts that are written in hexadecimal: what stands in them is taken out of them.

use std::fmt::Write as _;

use super::view::{Edit, View};

/// The fewest digits that are read as a text.
const SHORTEST: usize = 8;

/// How the letters of a text are written.
#[derive(Debug, Clone, Copy)]
enum Form {
    /// UCS-2, the greater half first.
    Big,
    /// UCS-2, the lesser half first.
    Little,
    /// A byte a letter.
    Bytes,
}

/// Every text in hexadecimal that `redact` changes, with what it becomes.
pub(super) fn find(view: &View, joined: bool, mut redact: impl FnMut(&str) -> String) -> Vec<Edit> {
    let bytes = view.text().as_bytes();
    let mut edits = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let length = bytes[at..]
            .iter()
            .take_while(|b| b.is_ascii_hexdigit())
            .count();
        let range = at..at + length;
        at += length.max(1);
        if length < SHORTEST || joined && !view.is_cut(&range) {
            continue;
        }
        let run = &view.text()[range.clone()];
        let read = [Form::Big, Form::Little, Form::Bytes]
            .into_iter()
            .find_map(|form| Some((form, decode(run, form)?)));
        if let Some((form, text)) = read {
            let clean = redact(&text);
            if clean != text {
                edits.push((range, encode(&clean, form)));
            }
        }
    }
    edits
}

fn decode(run: &str, form: Form) -> Option<String> {
    let width = match form {
        Form::Big | Form::Little => 4,
        Form::Bytes => 2,
    };
    if !run.len().is_multiple_of(width) {
        return None;
    }
    let letter = |at: usize| {
        let code = u16::from_str_radix(run.get(at..at + width)?, 16).ok()?;
        let code = match form {
            Form::Little => code.swap_bytes(),
            Form::Big | Form::Bytes => code,
        };
        let letter = char::from_u32(u32::from(code))?;
        let readable = matches!(letter, '\r' | '\n' | ' '..='~' | '\u{a0}'..='\u{24f}');
        // A byte of a text beyond ASCII is a part of a letter.
        (readable && (width == 4 || letter.is_ascii())).then_some(letter)
    };
    (0..run.len()).step_by(width).map(letter).collect()
}

fn encode(text: &str, form: Form) -> String {
    match form {
        Form::Bytes => of_bytes(text.bytes()),
        Form::Big => of_units(text.encode_utf16()),
        Form::Little => of_units(text.encode_utf16().map(u16::swap_bytes)),
    }
}

/// Two digits a byte.
pub(super) fn of_bytes(bytes: impl Iterator<Item = u8>) -> String {
    bytes.fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02X}");
        text
    })
}

/// Four digits a unit of UCS-2.
pub(super) fn of_units(units: impl Iterator<Item = u16>) -> String {
    units.fold(String::new(), |mut text, unit| {
        let _ = write!(text, "{unit:04X}");
        text
    })
}
