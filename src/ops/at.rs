//! Raw command lines for support, through the same guard as everything else.

use super::{Context, Ended, Error};
use crate::document::{At, AtAnswer};
use crate::modem::Modem;
use crate::trace::mask;

/// Sends each line in turn; stops at the first that could not be sent or was not answered.
pub async fn at(modem: &mut dyn Modem, context: &Context<'_>, lines: &[String]) -> Ended<At> {
    let mut body = At::default();
    for line in lines {
        let asked = tokio::select! {
            biased;
            () = context.cancel.cancelled() => return Ended { body, fault: Some(Error::Interrupted) },
            asked = modem.raw(line, context.limit) => asked,
        };
        let reply = match asked {
            Ok(reply) => reply,
            Err(error) => return Ended::badly(body, error),
        };
        let shown = |bytes: &[u8], after: &[u8]| {
            let bytes = if context.reveal {
                bytes.to_vec()
            } else {
                mask::line(bytes, after)
            };
            String::from_utf8_lossy(&bytes).into_owned()
        };
        body.answers.push(AtAnswer {
            command: String::from_utf8_lossy(&mask::line(line.as_bytes(), b"")).into_owned(),
            lines: reply
                .lines
                .iter()
                .map(|l| shown(l.bytes(), line.as_bytes()))
                .collect(),
            result: reply.end.to_string(),
            ok: reply.end.is_ok(),
        });
    }
    Ended::well(body)
}
