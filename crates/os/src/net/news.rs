//! Word from the kernel that something changed about an interface or its addresses.
//!
//! What changed is not read here: whoever waits looks again. Where there is no such word (a kernel that gives no
//! socket for it) a wait that grows does the same, later.

use std::time::Duration;

use opensim_domain::time::Instant;

use crate::clock::Clock;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "windows")]
use windows as system;

/// The first wait without word, and the longest.
const SOON: Duration = Duration::from_millis(50);
const LATER: Duration = Duration::from_secs(1);

/// A listener.
#[derive(Debug)]
pub struct InterfaceNews {
    listener: Option<system::Listener>,
    pause: Duration,
}

impl InterfaceNews {
    /// Begins to listen: what changes from now on is told. To be called inside a tokio runtime.
    pub fn listen() -> Self {
        let listener = system::Listener::open()
            .inspect_err(|error| tracing::debug!(%error, "no word from the kernel of interfaces"))
            .ok();
        Self {
            listener,
            pause: SOON,
        }
    }

    /// Returns when something changed, when it is time to look again anyhow, or at `until`. Safe to drop at any time.
    pub async fn next(&mut self, clock: &Clock, until: Instant) {
        let again = until.min(clock.now() + self.pause);
        self.pause = (self.pause * 2).min(LATER);
        tokio::select! {
            () = clock.sleep_until(Some(again)) => {}
            () = word(self.listener.as_ref()) => {}
        }
    }
}

/// Without a listener there is no word ever.
async fn word(listener: Option<&system::Listener>) {
    match listener {
        Some(listener) => listener.word().await,
        None => std::future::pending().await,
    }
}
