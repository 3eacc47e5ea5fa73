//! Signals. The first one stops and puts back; a second Ctrl-C that a person typed leaves at once and says what is left
//! to recover. Nothing else leaves: a terminal window that is closed, or a session that ends, sends the same signal
//! twice and several together, and nobody has chosen to leave the modem elsewhere then.

use tokio_util::sync::CancellationToken;

use super::live;
use super::output::Output;
use super::relay::Relay;
use crate::error::Error;
use crate::os::console::signals::{self, Interrupt};

/// What leaves at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaving {
    /// A second Ctrl-C that was typed: the modem may be somewhere else then.
    TypedTwice,
    /// Any second signal: nothing is left undone that matters.
    AnySecond,
}

/// Listens from now on; the token is cancelled by the first signal. A second Ctrl-C that is typed may leave the modem
/// somewhere else.
///
/// # Errors
/// When the system gives no way to: then nothing may be begun that has to be put back.
pub(super) fn listen(output: &Output) -> Result<CancellationToken, Error> {
    start(output, "progress-left_at_once", Leaving::TypedTwice)
}

/// The same, where any second signal leaves something else undone: the sentence that says so.
///
/// # Errors
/// When the system gives no way to.
pub(super) fn listen_and_say(
    output: &Output,
    left: &'static str,
) -> Result<CancellationToken, Error> {
    start(output, left, Leaving::AnySecond)
}

fn start(
    output: &Output,
    left: &'static str,
    leaving: Leaving,
) -> Result<CancellationToken, Error> {
    if let Some(relay) = output.relay() {
        return Ok(relay.begin());
    }
    let token = CancellationToken::new();
    let mut listener = Listener {
        output: output.clone(),
        left,
        leaving,
        told: token.clone(),
        seen: 0,
        typed: 0,
    };
    let caught = {
        let (told, output) = (token.clone(), output.clone());
        move || stop(&told, &output)
    };
    let listening = signals::listen(caught, move |interrupt| listener.take(interrupt));
    listening.map(|()| token).map_err(Error::System)
}

/// Listens for commands that run one after the other: a Ctrl-C that is typed is for the command under way, and only where
/// there is none, or it was stopped already, for what runs them. Any other signal is for both. Nothing leaves at once.
///
/// # Errors
/// When the system gives no way to.
pub(super) fn listen_between(output: &Output, relay: &Relay) -> Result<(), Error> {
    let said = |output: &Output| output.say("tour-stopping");
    let caught = {
        let (relay, output) = (relay.clone(), output.clone());
        move || {
            if relay.end_all() {
                said(&output);
            }
        }
    };
    let (relay, output) = (relay.clone(), output.clone());
    let listening = signals::listen(caught, move |interrupt| match interrupt {
        Interrupt::Pause => signals::pause(),
        Interrupt::Stop { typed: true } => {
            if relay.stop() {
                said(&output);
            }
        }
        Interrupt::Stop { typed: false } => {
            if relay.end_all() {
                said(&output);
            }
        }
    });
    listening.map_err(Error::System)
}

/// Begins the way back, once.
fn stop(told: &CancellationToken, output: &Output) {
    if !told.is_cancelled() {
        let has_picture = live::is_taken();
        told.cancel();
        // With a picture it ends before anybody could read that it does.
        if !has_picture {
            output.say("progress-stopping_plain");
        }
    }
}

struct Listener {
    output: Output,
    left: &'static str,
    leaving: Leaving,
    told: CancellationToken,
    /// How many signals asked it to stop.
    seen: u32,
    /// How many of them were typed.
    typed: u32,
}

impl Listener {
    fn take(&mut self, interrupt: Interrupt) {
        let Interrupt::Stop { typed } = interrupt else {
            // In the way back it is not waited for whoever went away; before, it is a pause like any other.
            if !self.told.is_cancelled() {
                live::away_while(signals::pause);
            }
            return;
        };
        self.seen += 1;
        if typed {
            self.typed += 1;
        }
        stop(&self.told, &self.output);
        let leaves = match self.leaving {
            Leaving::TypedTwice => self.typed > 1,
            Leaving::AnySecond => self.seen > 1,
        };
        if leaves {
            self.output.say(self.left);
            self.output.leave(130);
        }
    }
}
