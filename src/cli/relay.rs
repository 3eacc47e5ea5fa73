//! Whom a signal is for where commands run one after the other: the command under way, and only then what runs them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio_util::sync::CancellationToken;

/// Hands on what asks to stop. Clones are the same one.
#[derive(Debug, Clone, Default)]
pub(super) struct Relay {
    /// The command under way.
    command: Arc<Mutex<Option<CancellationToken>>>,
    /// What runs them.
    all: CancellationToken,
    /// Whether something else than a typed Ctrl-C ended it all.
    was_killed: Arc<AtomicBool>,
}

impl Relay {
    /// A command begins; the token is cancelled by what asks it to stop.
    pub(super) fn begin(&self) -> CancellationToken {
        let token = self.all.child_token();
        *self.command() = Some(token.clone());
        token
    }

    /// The command is over.
    pub(super) fn end(&self) {
        *self.command() = None;
    }

    /// Ctrl-C was typed. Whether a command has to stop now that had not before.
    pub(super) fn stop(&self) -> bool {
        let under_way = self.command().clone();
        match under_way {
            Some(command) if !command.is_cancelled() => {
                command.cancel();
                true
            }
            _ => {
                self.all.cancel();
                false
            }
        }
    }

    /// Everything is to end. Whether a command has to stop now that had not before.
    pub(super) fn end_all(&self) -> bool {
        let under_way = self.command().clone();
        let was_running = under_way.is_some_and(|command| !command.is_cancelled());
        self.was_killed.store(true, Ordering::Relaxed);
        self.all.cancel();
        was_running
    }

    /// Cancelled once everything is to end.
    pub(super) fn all(&self) -> &CancellationToken {
        &self.all
    }

    /// Whether something else than a typed Ctrl-C ended it all.
    pub(super) fn was_killed(&self) -> bool {
        self.was_killed.load(Ordering::Relaxed)
    }

    fn command(&self) -> std::sync::MutexGuard<'_, Option<CancellationToken>> {
        self.command.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_stop_is_the_commands_and_only_a_second_one_or_another_signal_is_for_all() {
        let relay = Relay::default();
        let first = relay.begin();
        assert!(relay.stop() && first.is_cancelled() && !relay.all().is_cancelled());
        relay.end();
        let second = relay.begin();
        assert!(!second.is_cancelled());
        assert!(relay.stop() && !relay.stop());
        assert!(relay.all().is_cancelled() && !relay.was_killed());

        let idle = Relay::default();
        assert!(!idle.stop() && idle.all().is_cancelled());

        let killed = Relay::default();
        let command = killed.begin();
        assert!(killed.end_all() && command.is_cancelled() && killed.was_killed());
    }
}
