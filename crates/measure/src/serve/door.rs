//! The door: every connection's part in [`Admission`], and its word when it is to go or has a place.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::admission::{Admission, Rules, Standing, Ticket};
use crate::net::source::network;
use opensim_os::clock::Clock;

/// How long a whole request waits for a place: less than a client waits for an answer.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// A place may come free because time has passed; it is looked so often.
const LOOK: Duration = Duration::from_millis(200);

/// The door.
#[derive(Debug, Clone)]
pub(super) struct Door {
    clock: Clock,
    house: Arc<Mutex<House>>,
}

#[derive(Debug)]
struct House {
    admission: Admission,
    words: HashMap<Ticket, Arc<Word>>,
}

/// What a connection is told.
#[derive(Debug, Default)]
struct Word {
    go: CancellationToken,
    turn: Notify,
}

/// One connection; leaves when dropped.
#[derive(Debug)]
pub(super) struct Guest {
    ticket: Ticket,
    door: Door,
    word: Arc<Word>,
}

impl House {
    /// Passes on what another's doing has changed.
    fn tell(&mut self) {
        for ticket in self.admission.turned() {
            if let Some(word) = self.words.get(&ticket) {
                match self.admission.standing(ticket) {
                    Standing::Gone => word.go.cancel(),
                    _ => word.turn.notify_one(),
                }
            }
        }
    }
}

impl Door {
    pub(super) fn new(rules: Rules, clock: &Clock) -> Self {
        Self {
            clock: clock.clone(),
            house: Arc::new(Mutex::new(House {
                admission: Admission::new(rules),
                words: HashMap::new(),
            })),
        }
    }

    /// One more connection. Addresses of one IPv6 network (/64) are one.
    pub(super) fn arrive(&self, address: IpAddr) -> Guest {
        let now = self.clock.now();
        let word = Arc::new(Word::default());
        let mut house = self.house();
        let ticket = house.admission.arrive(network(address), now);
        house.words.insert(ticket, word.clone());
        house.tell();
        drop(house);
        Guest {
            ticket,
            door: self.clone(),
            word,
        }
    }

    /// Sends away one that waits: the process is at its limit.
    pub(super) fn make_room(&self) {
        let mut house = self.house();
        house.admission.make_room(self.clock.now());
        house.tell();
    }

    /// Whether an address was served lately.
    pub(super) fn knows(&self, address: IpAddr) -> bool {
        let now = self.clock.now();
        self.house().admission.was_served(network(address), now)
    }

    fn house(&self) -> MutexGuard<'_, House> {
        self.house.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Guest {
    /// Returns when it is to go.
    pub(super) async fn is_sent_away(&self) {
        self.word.go.cancelled().await;
    }

    /// Waits for a place for a request; whether it has one.
    pub(super) async fn is_placed(&self) -> bool {
        let clock = &self.door.clock;
        let end = clock.now() + PATIENCE;
        let mut standing = self.with(Admission::ask);
        loop {
            match standing {
                Standing::Placed => return true,
                Standing::Waiting | Standing::Gone => return false,
                Standing::Asking => {}
            }
            let now = clock.now();
            if now >= end {
                self.with(Admission::refuse);
                return false;
            }
            tokio::select! {
                () = self.word.turn.notified() => {}
                () = clock.sleep_until(Some(end.min(now + LOOK))) => {}
            }
            standing = self.with(Admission::look);
        }
    }

    /// So many bytes have moved.
    pub(super) fn moved(&self, bytes: u64) {
        self.with(|admission, ticket, now| admission.moved(ticket, bytes, now));
    }

    /// How many have a place by now.
    pub(super) fn placed(&self) -> usize {
        self.with(|admission, _, _| admission.placed())
    }

    /// Its request is answered.
    pub(super) fn is_answered(&self) {
        self.with(Admission::answered);
    }

    /// What it says is no request at all.
    pub(super) fn talks_nonsense(&self) {
        self.with(Admission::talks_nonsense);
    }

    fn with<T>(
        &self,
        act: impl FnOnce(&mut Admission, Ticket, opensim_domain::time::Instant) -> T,
    ) -> T {
        let now = self.door.clock.now();
        let mut house = self.door.house();
        let done = act(&mut house.admission, self.ticket, now);
        house.tell();
        done
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.with(Admission::leave);
        self.door.house().words.remove(&self.ticket);
    }
}
