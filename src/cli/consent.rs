//! The questions that a person is asked before their carrier is left, in words.

use super::output::Output;
use super::settings::Settings;
use super::terminal::Terminal;
use crate::document::Values;
use crate::error::Error;
use crate::ops::{Consent, ScanQuestion, StartingPoint, SwitchQuestion, Unfinished};

/// How the person's consent is had.
///
/// # Errors
/// When they gave none and cannot be asked: then the modem is not touched.
pub(super) fn of(settings: &Settings) -> Result<Consent, Error> {
    Consent::of(settings.yes, settings.interactive).ok_or(Error::ConsentNeeded)
}

/// Asks about a survey: which carriers, where it comes back to, how long the link may be down, what data it may use, and
/// what becomes of a change that was interrupted.
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
    let unfinished = question
        .unfinished
        .as_ref()
        .filter(|_| !question.radio_only);
    if let Some(unfinished) = unfinished {
        tell_of(unfinished, output);
    }
    output.say_with(key, &values);
    if let Some(unfinished) = unfinished {
        let key = if question.back == Some(unfinished.from) {
            "question-unfinished_ends"
        } else {
            "question-unfinished_stays"
        };
        output.say_with(key, &owed(unfinished, output));
    }
    if question.was_automatic && question.back.is_some() && !question.radio_only {
        output.say_with("question-scan_automatic", &values);
    }
    if let Some(bytes) = question.bytes {
        let bytes = output.catalogue().bytes(bytes);
        values.insert("bytes".to_owned(), bytes.into());
        output.say_with("question-scan_data", &values);
    }
    let answer = yes_or_no(terminal, output, &output.text("question-scan_go")).await;
    if answer.is_err() && !question.radio_only {
        let on = question
            .on
            .map(|plmn| output.catalogue().carrier(plmn.as_str()));
        still(on, output);
    }
    answer
}

/// Asks about a switch: from where to where, how long the link may be down, what if it fails, and what is lost by it.
/// Where nothing would be changed nothing is asked.
///
/// # Errors
/// When the answer is no.
pub(super) async fn switch(
    question: &SwitchQuestion,
    terminal: &Terminal,
    output: &Output,
) -> Result<(), Error> {
    if !question.is_one() {
        return Ok(());
    }
    let mut values = Values::new();
    values.insert("to".to_owned(), question.to.id.clone().into());
    let offline = output.duration(question.offline.as_secs());
    values.insert("offline".to_owned(), offline.into());
    if let StartingPoint::On(plmn) = question.standing {
        values.insert("from".to_owned(), plmn.as_str().into());
    }
    if let Some(unfinished) = &question.unfinished {
        tell_of(unfinished, output);
    }
    let key = match (question.standing, question.rollback) {
        (StartingPoint::Nowhere, _) => "question-switch_from_nothing",
        (StartingPoint::On(_), true) => "question-switch",
        (StartingPoint::On(_), false) => "question-switch_no_rollback",
        (StartingPoint::ThereByItself, _) => "question-switch_hold",
        (StartingPoint::Named, _) => "question-switch_again",
        (StartingPoint::There, _) => "question-switch_there",
    };
    output.say_with(key, &values);
    if question.was_automatic {
        output.say("question-switch_automatic");
    }
    if let Some(connection) = &question.connection {
        values.insert("connection".to_owned(), connection.clone().into());
        output.say_with("question-switch_lasting", &values);
    }
    if let Some(unfinished) = &question.unfinished
        && !question.to.plmns.contains(&unfinished.from)
    {
        let mut values = owed(unfinished, output);
        values.insert("to".to_owned(), question.to.id.clone().into());
        output.say_with("question-unfinished_given_up", &values);
    }
    let go = match question.standing {
        StartingPoint::There | StartingPoint::ThereByItself => output.text("question-go_on"),
        _ => output.text_with("question-switch_go", &values),
    };
    let answer = yes_or_no(terminal, output, &go).await;
    if answer.is_err() {
        let carrier = |id: &str| output.catalogue().carrier(id);
        still(
            match question.standing {
                StartingPoint::On(plmn) => Some(carrier(plmn.as_str())),
                StartingPoint::Nowhere | StartingPoint::Named => None,
                StartingPoint::ThereByItself | StartingPoint::There => {
                    Some(carrier(&question.to.id))
                }
            },
            output,
        );
    }
    answer
}

/// Asks whether documents are to be removed from the history for good.
///
/// # Errors
/// When the answer is no.
pub(super) async fn forget(
    terminal: &Terminal,
    output: &Output,
    values: &Values,
) -> Result<(), Error> {
    output.say_with("question-forget", values);
    yes_or_no(terminal, output, &output.text("question-forget_go")).await
}

/// Where the modem is when nothing was agreed to.
fn still(on: Option<String>, output: &Output) {
    if let Some(carrier) = on {
        let values = Values::from([("carrier".to_owned(), carrier.into())]);
        output.say_with("question-still_on", &values);
    }
}

/// What was interrupted, before what is about to be done.
fn tell_of(unfinished: &Unfinished, output: &Output) {
    output.say_with("question-unfinished", &owed(unfinished, output));
}

fn owed(unfinished: &Unfinished, output: &Output) -> Values {
    let former = output.catalogue().carrier(unfinished.from.as_str());
    Values::from([
        ("since".to_owned(), unfinished.since.clone().into()),
        ("former".to_owned(), former.into()),
    ])
}

async fn yes_or_no(terminal: &Terminal, output: &Output, question: &str) -> Result<(), Error> {
    let prompt = output.question(&format!("{question} {}", output.text("question-yes_no")));
    loop {
        let answer = terminal.ask(&prompt).await?.trim().to_lowercase();
        let is_among = |key| output.text(key).split(' ').any(|word| word == answer);
        // An end of input is not a yes, and neither is an empty line.
        if answer.is_empty() || is_among("question-no_words") {
            return Err(Error::Declined);
        }
        if is_among("question-yes_words") {
            return Ok(());
        }
        output.say("question-yes_or_no");
    }
}
