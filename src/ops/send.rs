//! What waits in the outbox, sent to the operator's collector: a document at a time, each deleted only once it is there.

use tokio_util::sync::CancellationToken;

use super::{Error, Finished};
use crate::document::{Document, Fault, HistoryKind, SendOutcome, Sending, SentRow, Values, Word};
use crate::domain::codes::Code;
use crate::measure::collector::{Collector, CollectorAnswer};
use crate::store::outbox::{Outbox, Waiting};
use crate::store::{self, Store};
use crate::trace::mask;

/// What would be sent, and to whom; nothing is.
///
/// # Errors
/// When the outbox cannot be read.
pub fn would_send(store: &Store, collector: &str) -> Result<Finished<Sending>, Error> {
    let outbox = Outbox::open(store)?;
    let rows = outbox
        .names()?
        .into_iter()
        .map(|name| match outbox.read(&name) {
            Ok(Some(waiting)) => row(&waiting, SendOutcome::Waiting),
            Ok(None) => SentRow {
                file: name,
                ..bare(SendOutcome::Left)
            },
            Err(error) => failed(name, &error),
        });
    Ok(Finished::well(Sending {
        collector: Some(collector.to_owned()),
        dry_run: true,
        documents: rows.collect(),
        warnings: Vec::new(),
    }))
}

/// Sends what waits. What the collector has is deleted, what it refuses for good is put aside with the reason, and all else
/// waits for the next time; where the collector is not reached, the rest is not tried.
///
/// # Errors
/// When the outbox cannot be read.
pub async fn send(
    store: &Store,
    collector: (&str, &Collector),
    cancel: &CancellationToken,
) -> Result<Finished<Sending>, Error> {
    let (address, collector) = collector;
    let outbox = Outbox::open(store)?;
    let mut documents = Vec::new();
    let mut unreached: Option<Error> = None;
    for name in outbox.names()? {
        if unreached.is_some() {
            documents.push(SentRow {
                file: name,
                ..bare(SendOutcome::Left)
            });
            continue;
        }
        let (row, error) = tokio::select! {
            biased;
            () = cancel.cancelled() => (
                SentRow { file: name, ..bare(SendOutcome::Left) },
                Some(Error::Interrupted),
            ),
            sent = one(&outbox, &name, collector) => sent,
        };
        documents.push(row);
        unreached = error;
    }
    let count = |outcome: SendOutcome| {
        documents
            .iter()
            .filter(|row| row.outcome == outcome)
            .count()
    };
    let fault = match unreached {
        Some(error) => Some(error),
        None if count(SendOutcome::Refused) > 0 => Some(Error::SendRefused {
            count: count(SendOutcome::Refused),
            folder: store.outbox().join("refused"),
        }),
        None if count(SendOutcome::Left) > 0 => Some(Error::SendLeft {
            count: count(SendOutcome::Left),
        }),
        None => None,
    };
    Ok(Finished::of(
        Sending {
            collector: Some(address.to_owned()),
            dry_run: false,
            documents,
            warnings: Vec::new(),
        },
        fault,
    ))
}

/// One document, and what keeps the collector from being reached at all.
async fn one(outbox: &Outbox, name: &str, collector: &Collector) -> (SentRow, Option<Error>) {
    let waiting = match outbox.read(name) {
        Ok(Some(waiting)) => waiting,
        Ok(None) => {
            return (
                SentRow {
                    file: name.to_owned(),
                    ..bare(SendOutcome::Left)
                },
                None,
            );
        }
        Err(error) => return (failed(name.to_owned(), &error), None),
    };
    match collector.put(name, &waiting.bytes).await {
        Ok(answer) => (answered(outbox, &waiting, answer), None),
        Err(error) => {
            let left = row(&waiting, SendOutcome::Left);
            let fault = fault_of(error.code(), error.values());
            (
                SentRow {
                    error: Some(fault),
                    ..left
                },
                Some(Error::Measure(error)),
            )
        }
    }
}

/// What becomes of a document after an answer.
fn answered(outbox: &Outbox, waiting: &Waiting, answer: CollectorAnswer) -> SentRow {
    let CollectorAnswer { status, said } = answer;
    let outcome = outcome(status);
    let done = match outcome {
        SendOutcome::Sent => outbox.sent(&waiting.name),
        SendOutcome::Refused => {
            let status = status.to_string();
            let reason = if said.starts_with(&status) {
                said.clone()
            } else {
                format!("{status} {said}")
            };
            outbox.refused(&waiting.name, reason.trim()).map(drop)
        }
        SendOutcome::Left | SendOutcome::Waiting => Ok(()),
    };
    SentRow {
        status: Some(status),
        reason: Some(said).filter(|said| outcome != SendOutcome::Sent && !said.is_empty()),
        error: done
            .err()
            .map(|error| fault_of(error.code(), error.values())),
        ..row(waiting, outcome)
    }
}

/// What an answer means for a document. A collector that is too busy, or asks for another time, refuses nothing.
fn outcome(status: u16) -> SendOutcome {
    match status {
        200..300 => SendOutcome::Sent,
        408 | 425 | 429 => SendOutcome::Left,
        400..500 => SendOutcome::Refused,
        _ => SendOutcome::Left,
    }
}

fn row(waiting: &Waiting, outcome: SendOutcome) -> SentRow {
    let text = std::str::from_utf8(&waiting.bytes).unwrap_or_default();
    let head: Option<Document<Head>> = serde_json::from_str(text).ok();
    let kind = head.as_ref().and_then(|head| {
        let (_, name) = head.schema.split_once('.')?;
        let name = name.split('/').next()?;
        serde_json::from_value(name.into()).ok()
    });
    SentRow {
        file: waiting.name.clone(),
        kind: kind.map(|kind: HistoryKind| Word::Known(kind)),
        at: head.map(|head| head.at),
        bytes: u64::try_from(waiting.bytes.len()).unwrap_or(u64::MAX),
        ..bare(outcome)
    }
}

/// What is read of a document to tell which it is.
#[derive(Debug, Default, serde::Deserialize)]
struct Head {}

fn bare(outcome: SendOutcome) -> SentRow {
    SentRow {
        file: String::new(),
        kind: None,
        at: None,
        bytes: 0,
        outcome: outcome.into(),
        status: None,
        reason: None,
        error: None,
    }
}

fn failed(file: String, error: &store::Error) -> SentRow {
    SentRow {
        file,
        error: Some(fault_of(error.code(), error.values())),
        ..bare(SendOutcome::Left)
    }
}

fn fault_of(code: Code, values: Vec<(&'static str, serde_json::Value)>) -> Fault {
    let values = values
        .into_iter()
        .map(|(name, value)| (name.to_owned(), mask::error_value(name, value)));
    Fault::new(code, values.collect::<Values>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_collector_has_is_deleted_and_only_what_it_will_never_take_put_aside() {
        use SendOutcome::{Left, Refused, Sent};
        for (status, expected) in [
            (200, Sent),
            (201, Sent),
            (204, Sent),
            (301, Left),
            (400, Refused),
            (403, Refused),
            (408, Left),
            (413, Refused),
            (429, Left),
            (500, Left),
            (503, Left),
            (101, Left),
            (0, Left),
        ] {
            assert_eq!(outcome(status), expected, "{status}");
        }
    }
}
