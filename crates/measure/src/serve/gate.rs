//! The gate: every connection's part in [`Admission`], and the signal when it is to go or has a place.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::admission::{Admission, Capacity, ClientId, ClientState};
use crate::net::source::network;
use opensim_os::clock::Clock;

/// How long a whole request waits for a place: less than a client waits for an answer.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// A place may come free because time has passed; it is looked so often.
const LOOK: Duration = Duration::from_millis(200);

/// The gate.
#[derive(Debug, Clone)]
pub(super) struct Gate {
    clock: Clock,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Debug)]
struct Shared {
    admission: Admission,
    signals: HashMap<ClientId, Arc<Signals>>,
}

/// What a connection is signalled.
#[derive(Debug, Default)]
struct Signals {
    go: CancellationToken,
    turn: Notify,
}

/// One connection; leaves when dropped.
#[derive(Debug)]
pub(super) struct Slot {
    id: ClientId,
    gate: Gate,
    signals: Arc<Signals>,
    /// Bytes of bodies, all in all.
    carried: AtomicU64,
    /// Whether a request of its has a place and is not answered yet.
    answering: AtomicBool,
}

impl Shared {
    /// Passes on what another's doing has changed.
    fn notify(&mut self) {
        for id in self.admission.changed() {
            if let Some(signals) = self.signals.get(&id) {
                match self.admission.state(id) {
                    ClientState::Gone => signals.go.cancel(),
                    _ => signals.turn.notify_one(),
                }
            }
        }
    }
}

impl Gate {
    pub(super) fn new(capacity: Capacity, clock: &Clock) -> Self {
        Self {
            clock: clock.clone(),
            shared: Arc::new(Mutex::new(Shared {
                admission: Admission::new(capacity),
                signals: HashMap::new(),
            })),
        }
    }

    /// One more connection. Addresses of one IPv6 network (/64) are one.
    pub(super) fn arrive(&self, address: IpAddr) -> Slot {
        let now = self.clock.now();
        let signals = Arc::new(Signals::default());
        let mut shared = self.shared();
        let id = shared.admission.arrive(network(address), now);
        shared.signals.insert(id, signals.clone());
        shared.notify();
        drop(shared);
        Slot {
            id,
            gate: self.clone(),
            signals,
            carried: AtomicU64::new(0),
            answering: AtomicBool::new(false),
        }
    }

    /// Sends away one that waits: the process is at its limit.
    pub(super) fn make_room(&self) {
        let mut shared = self.shared();
        shared.admission.make_room(self.clock.now());
        shared.notify();
    }

    /// Whether an address was served lately.
    pub(super) fn knows(&self, address: IpAddr) -> bool {
        let now = self.clock.now();
        self.shared().admission.was_served(network(address), now)
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slot {
    /// Which connection it is, in the order of arrival, from 1.
    pub(super) fn number(&self) -> u64 {
        self.id.number() + 1
    }

    /// Bytes of bodies that have moved, all in all.
    pub(super) fn carried(&self) -> u64 {
        self.carried.load(Ordering::Relaxed)
    }

    /// Whether an answer is under way.
    pub(super) fn is_answering(&self) -> bool {
        self.answering.load(Ordering::Relaxed)
    }

    /// Returns when it is to go.
    pub(super) async fn evicted(&self) {
        self.signals.go.cancelled().await;
    }

    /// Waits for a place for a request; whether it has one.
    pub(super) async fn is_placed(&self) -> bool {
        let clock = &self.gate.clock;
        let end = clock.now() + PATIENCE;
        let mut state = self.with(Admission::ask);
        loop {
            match state {
                ClientState::Placed => {
                    self.answering.store(true, Ordering::Relaxed);
                    return true;
                }
                ClientState::Waiting | ClientState::Gone => return false,
                ClientState::Asking => {}
            }
            let now = clock.now();
            if now >= end {
                self.with(Admission::refuse);
                return false;
            }
            tokio::select! {
                () = self.signals.turn.notified() => {}
                () = clock.sleep_until(Some(end.min(now + LOOK))) => {}
            }
            state = self.with(Admission::look);
        }
    }

    /// So many bytes have moved.
    pub(super) fn moved(&self, bytes: u64) {
        self.carried.fetch_add(bytes, Ordering::Relaxed);
        self.with(|admission, id, now| admission.moved(id, bytes, now));
    }

    /// How many have a place by now.
    pub(super) fn placed(&self) -> usize {
        self.with(|admission, _, _| admission.placed())
    }

    /// Its request is answered.
    pub(super) fn is_answered(&self) {
        self.answering.store(false, Ordering::Relaxed);
        self.with(Admission::answered);
    }

    /// What it says is no request at all.
    pub(super) fn report_malformed(&self) {
        self.with(Admission::report_malformed);
    }

    fn with<T>(
        &self,
        act: impl FnOnce(&mut Admission, ClientId, opensim_domain::time::Instant) -> T,
    ) -> T {
        let now = self.gate.clock.now();
        let mut shared = self.gate.shared();
        let done = act(&mut shared.admission, self.id, now);
        shared.notify();
        done
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.with(Admission::leave);
        self.gate.shared().signals.remove(&self.id);
    }
}
