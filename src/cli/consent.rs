//! The questions that a person is asked before their carrier is left, in words.

use super::output::Output;
use super::settings::Settings;
use super::terminal::Terminal;
use crate::document::Values;
use crate::error::Error;
use crate::ops::{Consent, ScanQuestion, SwitchQuestion};

/// How the person's consent is had.
///
/// # Errors
/// When they gave none and cannot be asked: then the modem is not touched.
pub(super) fn of(settings: &Settings) -> Result<Consent, Error> {
    Consent::of(settings.yes, settings.interactive).ok_or(Error::ConsentNeeded)
}

/// Asks about a survey: which carriers, where it comes back to, how long the link may be down, what data it may use.
///
/// # Errors
/// When the answer is no.
pub(super) async fn scan(
    question: &ScanQuestion,
    terminal: &Terminal,
    output: &Output,
) -> Result<(), Error> {
    let mut values = Values::new();
    let names: Vec<&str> = question.carriers.iter().map(|c| c.name.as_str()).collect();
    values.insert("carriers".to_owned(), names.into());
    let offline = output.duration(question.offline.as_secs());
    values.insert("offline".to_owned(), offline.into());
    let key = match question.back {
        _ if question.radio_only => "question-scan_radio",
        Some(plmn) => {
            let back = output.catalogue().carrier(plmn.as_str());
            values.insert("back".to_owned(), back.into());
            "question-scan"
        }
        None => "question-scan_nothing_back",
    };
    output.say_with(key, &values);
    if question.was_automatic && question.back.is_some() && !question.radio_only {
        output.say_with("question-scan_automatic", &values);
    }
    if let Some(bytes) = question.bytes {
        let bytes = output.catalogue().bytes(bytes);
        values.insert("bytes".to_owned(), bytes.into());
        output.say_with("question-scan_data", &values);
    }
    yes_or_no(terminal, output, &output.text("question-scan_go")).await
}

/// Asks about a switch: from where to where, how long the link may be down, what if it fails.
///
/// # Errors
/// When the answer is no.
pub(super) async fn switch(
    question: &SwitchQuestion,
    terminal: &Terminal,
    output: &Output,
) -> Result<(), Error> {
    let mut values = Values::new();
    values.insert("to".to_owned(), question.to.id.clone().into());
    let offline = output.duration(question.offline.as_secs());
    values.insert("offline".to_owned(), offline.into());
    if let Some(plmn) = question.from {
        values.insert("from".to_owned(), plmn.as_str().into());
    }
    let key = match (question.from, question.rollback) {
        (None, _) => "question-switch_from_nothing",
        (Some(_), true) => "question-switch",
        (Some(_), false) => "question-switch_no_rollback",
    };
    output.say_with(key, &values);
    if let Some(connection) = &question.connection {
        values.insert("connection".to_owned(), connection.clone().into());
        output.say_with("question-switch_lasting", &values);
    }
    let go = output.text_with("question-switch_go", &values);
    yes_or_no(terminal, output, &go).await
}

async fn yes_or_no(terminal: &Terminal, output: &Output, question: &str) -> Result<(), Error> {
    let question = format!("{question} {} ", output.text("question-yes_no"));
    let answer = terminal.ask(&question).await?.trim().to_lowercase();
    let words = output.text("question-yes_words");
    // An end of input is not a yes, and neither is an empty line.
    let agreed = !answer.is_empty() && words.split(' ').any(|word| word == answer);
    if agreed { Ok(()) } else { Err(Error::Declined) }
}
