//! What was begun so that data flows, and the guard that ends it.
//!
//! Ending takes talk with another program, so a guard that is dropped ends it in a task of its own; whoever has the
//! modem waits for that before anything else is asked of it ([`Begun::settle`]), and before it is closed.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::JoinHandle;

#[cfg(feature = "manager")]
use super::bearer::Bearer;
#[cfg(feature = "manager")]
use super::network_manager::BroughtUp;
use super::ppp::PppCall;
use super::{DataLink, Unended};
use crate::os::clock::Clock;

/// A way that is up. It is ended with this, in the background where it is dropped.
#[derive(Debug)]
pub struct DataSession {
    link: DataLink,
    guard: Guard,
}

impl DataSession {
    /// What data takes.
    pub fn link(&self) -> &DataLink {
        &self.link
    }

    /// Ends what was begun for it, and returns when that is done; nothing where nothing was.
    ///
    /// # Errors
    /// When another program that has it does not let go.
    pub async fn end(self) -> Result<(), Unended> {
        self.guard.end().await
    }
}

/// Something that was begun.
#[derive(Debug)]
pub(crate) enum BegunWay {
    /// PPP on a port, by this clock.
    Call(PppCall, Clock),
    /// A bearer of `ModemManager`'s.
    #[cfg(feature = "manager")]
    Bearer(Bearer),
    /// A connection of `NetworkManager`'s.
    #[cfg(feature = "manager")]
    Connection(BroughtUp),
}

impl BegunWay {
    async fn end(self) -> Result<(), Unended> {
        match self {
            Self::Call(call, clock) => {
                call.hang_up(&clock).await;
                Ok(())
            }
            #[cfg(feature = "manager")]
            Self::Bearer(bearer) => bearer.disconnect().await,
            #[cfg(feature = "manager")]
            Self::Connection(connection) => connection.take_down().await,
        }
    }
}

/// All that was begun over one modem and has not ended.
#[derive(Debug, Clone)]
pub(crate) struct Begun(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    state: Mutex<Ledger>,
    /// How many tasks are ending something.
    ending: watch::Sender<usize>,
}

#[derive(Debug, Default)]
struct Ledger {
    steps: Vec<BegunWay>,
    /// How many sessions rest on them.
    guards: usize,
}

impl Default for Begun {
    fn default() -> Self {
        Self(Arc::new(Shared {
            state: Mutex::default(),
            ending: watch::Sender::new(0),
        }))
    }
}

impl Begun {
    /// What ends all that is begun from now on, and was before, once no other session rests on it.
    pub(crate) fn guard(&self) -> Guard {
        self.state().guards += 1;
        Guard(self.clone())
    }

    /// The interface and the name servers of a call that is up. One that has ended by itself is put away first.
    pub(crate) async fn call(&self) -> Option<(String, Vec<IpAddr>)> {
        let over = {
            let mut state = self.state();
            let is_call = |step: &BegunWay| matches!(step, BegunWay::Call(..));
            let at = state.steps.iter().position(is_call)?;
            if let BegunWay::Call(call, _) = &state.steps[at]
                && call.is_up()
            {
                return Some((call.interface.clone(), call.name_servers.clone()));
            }
            state.steps.remove(at)
        };
        // A call ends without a fault.
        let _ = over.end().await;
        None
    }

    /// Whether a bearer was connected.
    #[cfg(feature = "manager")]
    pub(crate) fn has_bearer(&self) -> bool {
        let is_bearer = |step: &BegunWay| matches!(step, BegunWay::Bearer(_));
        self.state().steps.iter().any(is_bearer)
    }

    /// Returns when nothing is being ended any more.
    pub(crate) async fn settle(&self) {
        let mut ending = self.0.ending.subscribe();
        // The sender lives as long as this does.
        let _ = ending.wait_for(|tasks| *tasks == 0).await;
    }

    /// Ends everything, the latest first, and returns when that is done. Dropped, it goes on.
    pub(crate) async fn end(&self) -> Result<(), Unended> {
        let task = self.end_in_background();
        let ended = match task {
            Some(task) => task.await.unwrap_or(Ok(())),
            None => Ok(()),
        };
        self.settle().await;
        ended
    }

    fn end_in_background(&self) -> Option<JoinHandle<Result<(), Unended>>> {
        let steps = std::mem::take(&mut self.state().steps);
        if steps.is_empty() {
            return None;
        }
        // Without a runtime the process is at its end: a call ends by itself then.
        let runtime = Handle::try_current().ok()?;
        let shared = self.0.clone();
        shared.ending.send_modify(|tasks| *tasks += 1);
        Some(runtime.spawn(async move {
            let ended = end_all(steps).await;
            shared.ending.send_modify(|tasks| *tasks -= 1);
            ended
        }))
    }

    fn state(&self) -> MutexGuard<'_, Ledger> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends steps, the latest first; one that fails does not keep the others.
async fn end_all(steps: Vec<BegunWay>) -> Result<(), Unended> {
    let mut all = Ok(());
    for step in steps.into_iter().rev() {
        all = all.and(step.end().await);
    }
    all
}

/// Ends what was begun when it goes, as the last that rests on it.
#[derive(Debug)]
pub(crate) struct Guard(Begun);

impl Guard {
    /// Notes what was begun.
    pub(crate) fn began(&self, step: BegunWay) {
        self.0.state().steps.push(step);
    }

    /// Notes a call that came up, by this clock; gives its interface and its name servers.
    pub(crate) fn began_call(&self, call: PppCall, clock: &Clock) -> (String, Vec<IpAddr>) {
        let found = (call.interface.clone(), call.name_servers.clone());
        self.began(BegunWay::Call(call, clock.clone()));
        found
    }

    /// The way is up.
    pub(crate) fn up(self, link: DataLink) -> DataSession {
        DataSession { link, guard: self }
    }

    pub(crate) async fn end(self) -> Result<(), Unended> {
        if self.0.state().guards > 1 {
            return Ok(());
        }
        self.0.end().await
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        let left = {
            let mut state = self.0.state();
            state.guards -= 1;
            state.guards
        };
        if left == 0 {
            drop(self.0.end_in_background());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Duration;

    use super::super::ppp::fixture::{Fake, UP};
    use super::*;
    use crate::measure::Via;

    /// A session over a call that is up, and the program that was called with.
    async fn session(begun: &Begun) -> (DataSession, Fake) {
        let (pppd, clock) = (Fake::new(UP, true), Clock::system());
        let until = clock.now() + Duration::from_secs(30);
        let guard = begun.guard();
        let dialler = pppd.dialler();
        let call = dialler.dial(Path::new("/dev/x"), &clock, until).await;
        let (interface, name_servers) = guard.began_call(call.unwrap(), &clock);
        pppd.begun().await;
        let link = DataLink {
            via: Via::Interface(interface),
            name_servers,
            server: None,
        };
        (guard.up(link), pppd)
    }

    #[tokio::test]
    async fn a_session_that_is_dropped_is_ended_and_that_can_be_waited_for() {
        let begun = Begun::default();
        let (session, pppd) = session(&begun).await;
        assert!(begun.call().await.is_some());
        drop(session);
        let (ended, ()) = tokio::join!(pppd.ended(), begun.settle());
        assert_eq!(ended, "ended\n");
        assert_eq!(begun.call().await, None);
    }

    #[tokio::test]
    async fn what_two_sessions_rest_on_ends_with_the_last() {
        let begun = Begun::default();
        let (first, pppd) = session(&begun).await;
        let second = begun.guard().up(first.link().clone());
        first.end().await.unwrap();
        assert!(begun.call().await.is_some());
        let (ended, done) = tokio::join!(pppd.ended(), second.end());
        assert_eq!((ended.as_str(), done), ("ended\n", Ok(())));
        // Nothing is left to end.
        begun.end().await.unwrap();
    }
}
