//! The words of a document: messages and hints, put in from the codes and values that it carries.

use crate::document::{Body, CheckedRow, Document, Fault, Note};
use crate::domain::doctor::CheckOutcome;
use crate::i18n::Catalogue;

/// Puts the words into every note and error of a document, in place of those it had. What the catalogue does not
/// know keeps the words it came with, or shows its code: a document of a later version stays readable.
pub fn fill<B: Body>(doc: &mut Document<B>, words: &Catalogue) {
    for note in doc.body.notes() {
        fill_note(note, words);
    }
    for stick in doc.body.sticks() {
        stick.hint = words.unusable(&stick.facts());
    }
    for check in doc.body.checked() {
        fill_check(check, words);
    }
    for fault in doc.body.faults().into_iter().chain(&mut doc.error) {
        fill_fault(fault, words);
    }
}

/// A note may carry the code of an error that stopped nothing: it has the error's words.
fn fill_note(note: &mut Note, words: &Catalogue) {
    let keys = ["note", "error"].map(|family| key(family, note.code.as_str()));
    if let Some(key) = keys.iter().find(|key| words.has(key)) {
        note.message = words.text_with(key, &note.values);
    } else if note.message.is_empty() {
        note.code.as_str().clone_into(&mut note.message);
    }
}

/// A check tells of an error in the error's words, with its hint; else in a note's, with advice where there is any. What
/// is as it should be needs none.
fn fill_check(check: &mut CheckedRow, words: &Catalogue) {
    let families = [("error", "hint"), ("note", "advice")];
    let keys = families.map(|families| {
        let of = |family: &str| key(family, check.code.as_str());
        (of(families.0), of(families.1))
    });
    let Some((message, hint)) = keys.iter().find(|(message, _)| words.has(message)) else {
        if check.message.is_empty() {
            check.code.as_str().clone_into(&mut check.message);
        }
        return;
    };
    check.message = words.text_with(message, &check.details);
    let has_advice = check.outcome != CheckOutcome::Pass && words.has(hint);
    check.hint = has_advice.then(|| words.text_with(hint, &check.details));
}

fn fill_fault(fault: &mut Fault, words: &Catalogue) {
    let message = key("error", fault.code.as_str());
    if words.has(&message) {
        fault.message = words.text_with(&message, &fault.values);
    } else if fault.message.is_empty() {
        fault.code.as_str().clone_into(&mut fault.message);
    }
    let hint = key("hint", fault.code.as_str());
    if words.has(&hint) {
        fault.hint = Some(words.text_with(&hint, &fault.values));
    }
}

fn key(family: &str, code: &str) -> String {
    format!("{family}-{}", code.replace('.', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Word;
    use crate::document::{Scan, Values};
    use crate::domain::codes::Code;
    use crate::i18n::Lang;

    fn filled(note: Note) -> String {
        let body = Scan {
            warnings: vec![note],
            ..Scan::default()
        };
        let mut doc = Document::new(body, jiff::Timestamp::UNIX_EPOCH);
        fill(&mut doc, &Catalogue::new(Lang::Fr));
        doc.body.warnings.remove(0).message
    }

    #[test]
    fn a_code_of_a_later_version_keeps_the_words_it_came_with() {
        let mut note = Note::new(Code::RANK_TIED);
        note.code = Word::Foreign("weather.snow".to_owned());
        assert_eq!(filled(note.clone()), "weather.snow");
        note.message = "Il neige.".to_owned();
        assert_eq!(filled(note), "Il neige.");
    }

    #[test]
    fn the_words_of_another_language_are_replaced() {
        let mut note = Note::new(Code::CARRIER_NOT_AVAILABLE);
        note.message = "There is no signal from this carrier here.".to_owned();
        assert_eq!(filled(note), "Cet opérateur n’est pas capté ici.");
    }

    #[test]
    fn an_error_that_stopped_nothing_has_its_own_words() {
        let note = Note::new(Code::MEASURE_UNKNOWN_NAME).with("name", "pbx.example");
        assert_eq!(filled(note), "Le nom pbx.example n’existe pas.");
    }

    #[test]
    fn a_failure_gets_its_message_and_its_hint() {
        let error = Fault {
            code: Code::MODEM_PERMISSION.into(),
            message: String::new(),
            hint: None,
            values: Values::from([
                ("port".to_owned(), "/dev/ttyUSB2".into()),
                ("group".to_owned(), "dialout".into()),
            ]),
        };
        let mut doc = Document::failed(Scan::default(), jiff::Timestamp::UNIX_EPOCH, error);
        fill(&mut doc, &Catalogue::new(Lang::En));
        let error = doc.error.unwrap();
        assert_eq!(
            error.message,
            "You do not have permission to open /dev/ttyUSB2: it belongs to the group dialout."
        );
        assert!(
            error
                .hint
                .unwrap()
                .contains("sudo usermod -aG dialout $USER")
        );
    }
}
