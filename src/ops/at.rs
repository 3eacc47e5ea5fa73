//! Raw command lines for support, through the same guard as everything else.

use super::{Context, Error, Finished};
use crate::dialect::commands;
use crate::document::{At, AtAnswer, Note, stamp};
use crate::domain::codes::Code;
use crate::guard::{self, Leave};
use crate::modem::{self, Modem, RawAnswer};
use crate::os::clock;
use crate::store::{self, AuditEntry};

/// Sends each line in turn; stops at the first that could not be sent or was not answered. A line that the modem
/// refuses is an answer too, so the others are still sent, and the first refusal is the fault in the end.
///
/// `forced` is a person's word that a line is to be sent although the guard does not know it to be harmless. It is in
/// the audit log before it is sent.
pub async fn at(
    modem: &mut dyn Modem,
    context: &Context<'_>,
    lines: &[String],
    forced: bool,
) -> Finished<At> {
    let mut body = At::default();
    let (mut refused, mut masked) = (None, false);
    for line in lines {
        let command = commands::masked(line.as_bytes(), b"");
        let asked = tokio::select! {
            biased;
            () = context.cancel.cancelled() => return Finished::badly(body, Error::Interrupted),
            asked = send(modem, context, line, forced) => asked,
        };
        let reply = match asked {
            Ok(reply) => reply,
            Err(error) => return Finished::badly(body, error),
        };
        if !reply.end.is_done() && refused.is_none() {
            refused = Some(modem::Error::Refused {
                command: command.clone(),
                end: reply.end.clone(),
            });
        }
        let answer = shown(context, line, command, &reply);
        masked |= is_masked(&answer, &reply);
        body.answers.push(answer);
    }
    if masked {
        body.warnings.push(Note::new(Code::AT_MASKED));
    }
    Finished::of(body, refused.map(Error::Modem))
}

/// Whether something of what the modem said is hidden: what is shown is then no number of its own.
fn is_masked(answer: &AtAnswer, reply: &RawAnswer) -> bool {
    let said = reply.lines.iter().map(|line| String::from_utf8_lossy(line));
    !said.eq(answer.lines.iter().map(String::as_str))
}

fn shown(context: &Context<'_>, line: &str, command: String, reply: &RawAnswer) -> AtAnswer {
    let shown = |bytes: &[u8]| {
        let bytes = if context.reveal {
            bytes.to_vec()
        } else {
            commands::words().shown(bytes, line.as_bytes())
        };
        String::from_utf8_lossy(&bytes).into_owned()
    };
    AtAnswer {
        command,
        lines: reply.lines.iter().map(|line| shown(line)).collect(),
        result: reply.end.to_string(),
        ok: reply.end.is_done(),
    }
}

/// Sends one line; one that needs force only where a person used it and the log has it.
async fn send(
    modem: &mut dyn Modem,
    context: &Context<'_>,
    line: &str,
    forced: bool,
) -> Result<RawAnswer, Error> {
    let by_force = forced
        && guard::check(line.as_bytes(), &Leave::NONE).is_err()
        && guard::check(line.as_bytes(), &Leave::forced()).is_ok();
    if !by_force {
        return Ok(modem.raw(line, false, context.limit).await?);
    }
    let mut entry = entry(modem, line).await;
    // Who forces something is known before it can do anything.
    store::append(context.store, &entry)?;
    let answer = modem.raw(line, true, context.limit).await;
    entry.at = stamp(clock::wall());
    let outcome = match &answer {
        Ok(reply) if reply.end.is_done() => "ok",
        Ok(_) => "refused",
        Err(_) => "not_answered",
    };
    outcome.clone_into(&mut entry.outcome);
    if let Err(error) = store::append(context.store, &entry) {
        tracing::warn!(%error, "the audit log could not be written");
    }
    Ok(answer?)
}

async fn entry(modem: &mut dyn Modem, line: &str) -> AuditEntry {
    // A modem that does not say who it is can be in need of a forced command all the same.
    let identity = modem.identity().await.ok();
    let imei = identity.and_then(|identity| identity.imei);
    AuditEntry {
        at: stamp(clock::wall()),
        who: store::who(),
        command: "at".to_owned(),
        imei: imei.map(|imei| imei.masked()),
        port: modem.reach().port,
        from: None,
        to: Vec::new(),
        after: None,
        reason: None,
        line: Some(commands::masked(line.as_bytes(), b"")),
        outcome: "sending".to_owned(),
    }
}
