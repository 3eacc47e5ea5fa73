//! Asking a person before their carrier is left.
//!
//! Whether anybody can be asked is known before the modem is opened; what exactly is about to happen is known only
//! after its selection was read, so the question comes then, before the first byte that changes anything.

use std::io::{BufRead as _, Write as _};

use super::output::Output;
use super::session::Session;
use super::settings::Settings;
use super::threads;
use crate::document::Values;
use crate::domain::{Carrier, Plmn, SelectionMode};
use crate::error::Error;
use crate::modem::Selection;
use crate::ops;

/// Whether the person agreed in advance, or can be asked.
///
/// # Errors
/// When neither: then the modem is not touched.
pub(super) fn possible(settings: &Settings, yes: bool) -> Result<(), Error> {
    if yes || settings.interactive {
        Ok(())
    } else {
        Err(Error::ConsentNeeded)
    }
}

/// Asks about a survey: which carriers, where it comes back to, how long the link may be down, what data it may use.
///
/// # Errors
/// When the modem cannot say what is in use, or the answer is no.
pub(super) async fn survey(
    session: &mut Session<'_>,
    output: &Output,
    carriers: &[Carrier],
    radio_only: bool,
    seconds: u64,
    budget: Option<u64>,
) -> Result<(), Error> {
    let selection = session.modem.selection().await?;
    let mut values = Values::new();
    let names: Vec<&str> = carriers.iter().map(|c| c.name.as_str()).collect();
    values.insert("carriers".to_owned(), names.into());
    values.insert("offline".to_owned(), output.duration(seconds).into());
    let key = match selection.plmn {
        _ if radio_only => "question-scan_radio",
        Some(plmn) => {
            values.insert("back".to_owned(), name(output, plmn).into());
            "question-scan"
        }
        None => "question-scan_nothing_back",
    };
    output.say_with(key, &values);
    if is_automatic(&selection) && selection.plmn.is_some() && !radio_only {
        output.say_with("question-scan_automatic", &values);
    }
    if let Some(budget) = budget {
        let bytes = output.catalogue().bytes(budget);
        values.insert("bytes".to_owned(), bytes.into());
        output.say_with("question-scan_data", &values);
    }
    yes_or_no(session, output, &output.text("question-scan_go")).await
}

/// Asks about a switch: from where to where, how long the link may be down, what if it fails.
///
/// # Errors
/// When the modem cannot say what is in use, or the answer is no.
pub(super) async fn switch(
    session: &mut Session<'_>,
    output: &Output,
    carrier: &Carrier,
    rollback: bool,
    seconds: u64,
) -> Result<(), Error> {
    let selection = session.modem.selection().await?;
    let mut values = Values::new();
    values.insert("to".to_owned(), carrier.id.clone().into());
    values.insert("offline".to_owned(), output.duration(seconds).into());
    if let Some(plmn) = selection.plmn {
        values.insert("from".to_owned(), plmn.as_str().into());
    }
    let key = match (selection.plmn, rollback) {
        (None, _) => "question-switch_from_nothing",
        (Some(_), true) => "question-switch",
        (Some(_), false) => "question-switch_no_rollback",
    };
    output.say_with(key, &values);
    if let Ok(Some(standing)) = session.modem.standing().await {
        values.insert("connection".to_owned(), standing.name.into());
        output.say_with("question-switch_lasting", &values);
    }
    yes_or_no(
        session,
        output,
        &output.text_with("question-switch_go", &values),
    )
    .await
}

fn is_automatic(selection: &Selection) -> bool {
    selection.mode == SelectionMode::Automatic
}

fn name(output: &Output, plmn: Plmn) -> String {
    output.catalogue().carrier(plmn.as_str())
}

async fn yes_or_no(session: &Session<'_>, output: &Output, question: &str) -> Result<(), Error> {
    prompt(&format!("{question} {} ", output.text("question-yes_no")));
    let answer = line(session).await?.trim().to_lowercase();
    let words = output.text("question-yes_words");
    // An end of input is not a yes, and neither is an empty line.
    let agreed = !answer.is_empty() && words.split(' ').any(|word| word == answer);
    if agreed { Ok(()) } else { Err(Error::Declined) }
}

/// A line that the person types; Ctrl-C ends the wait for it.
///
/// # Errors
/// When the person stopped it.
pub(super) async fn line(session: &Session<'_>) -> Result<String, Error> {
    let (answer, typed) = tokio::sync::oneshot::channel();
    // A read of the terminal cannot be taken back, so it has a thread of its own, which the process does not wait for.
    threads::start(move || {
        let mut text = String::new();
        let read = std::io::stdin().lock().read_line(&mut text);
        let _ = answer.send(read.map(|_| text).unwrap_or_default());
    })?;
    tokio::select! {
        biased;
        () = session.stopped() => Err(Error::Ops(ops::Error::Interrupted)),
        typed = typed => Ok(typed.unwrap_or_default()),
    }
}

/// Writes to standard error and shows it at once; what cannot be shown is not worth failing for.
pub(super) fn prompt(text: &str) {
    let mut stderr = std::io::stderr().lock();
    let _ = write!(stderr, "{text}");
    let _ = stderr.flush();
}
