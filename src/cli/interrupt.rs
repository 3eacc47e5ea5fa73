//! Ctrl-C. The first one stops and puts back; a second one leaves at once and says what is left to recover.

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::output::Output;

/// Listens from now on; the token is cancelled by the first signal. A second one may leave the modem somewhere else.
pub(super) fn listen(output: &Output) -> CancellationToken {
    listen_and_say(output, "progress-left_at_once")
}

/// The same, where a second signal leaves something else undone: the sentence that says so.
pub(super) fn listen_and_say(output: &Output, left: &'static str) -> CancellationToken {
    let token = CancellationToken::new();
    let told = token.clone();
    let output = output.clone();
    tokio::spawn(async move {
        let mut seen = 0_u32;
        let Ok(mut interrupt) = signal(SignalKind::interrupt()) else {
            return;
        };
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            return;
        };
        let Ok(mut hangup) = signal(SignalKind::hangup()) else {
            return;
        };
        loop {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
                _ = hangup.recv() => {}
            }
            seen += 1;
            if seen == 1 {
                output.say("progress-stopping_plain");
                told.cancel();
            } else {
                output.say(left);
                output.leave(130);
            }
        }
    });
    token
}
