//! A virtual modem at the far end of a pseudo-terminal, in this process, so that the truth about it can be asked for.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use opensim::os::clock::Clock;
use opensim::sim::pty::run_pty;
use opensim::sim::world::Carrier;
use opensim::sim::{Device, Scenario, VirtualModem};
use opensim::time::Instant;
use tokio_util::sync::CancellationToken;

use super::run::Place;

/// How much faster than real life it lives. The program's own time is real.
const PACE: f64 = 100.0;

/// How long a person lets it alone before anything is asked.
const MINUTE: Duration = Duration::from_mins(1);

/// The modem, and how far its time is ahead of the clock's: what nobody waits for is skipped.
struct Inside {
    modem: VirtualModem,
    ahead: Duration,
    /// Called once, when so many command lines have arrived.
    due: Option<(usize, Box<dyn FnOnce() + Send>)>,
}

#[derive(Clone)]
struct Shared(Arc<Mutex<Inside>>);

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().expect("no test panicked with it")
    }
}

impl Device for Shared {
    fn handle_input(&mut self, now: Instant, bytes: &[u8]) {
        let due = {
            let mut inside = self.lock();
            let now = now + inside.ahead;
            inside.modem.handle_input(now, bytes);
            let arrived = inside.modem.command_count();
            inside.due.take_if(|(count, _)| arrived >= *count)
        };
        if let Some((_, act)) = due {
            act();
        }
    }

    fn handle_timeout(&mut self, now: Instant) {
        let mut inside = self.lock();
        let now = now + inside.ahead;
        inside.modem.handle_timeout(now);
    }

    fn poll_transmit(&mut self, now: Instant) -> Option<Vec<u8>> {
        let mut inside = self.lock();
        let now = now + inside.ahead;
        inside.modem.poll_transmit(now)
    }

    fn poll_timeout(&self) -> Option<Instant> {
        let inside = self.lock();
        let when = inside.modem.poll_timeout()?.since_start();
        Some(Instant::at(when.saturating_sub(inside.ahead)))
    }

    fn is_unplugged(&self) -> bool {
        self.lock().modem.is_unplugged()
    }
}

/// The modem on its terminal, until it is dropped.
pub(crate) struct Modem {
    shared: Shared,
    clock: Clock,
    cancel: CancellationToken,
    served: Option<JoinHandle<()>>,
    link: PathBuf,
    runtime: tokio::runtime::Runtime,
}

impl Modem {
    /// A scenario's modem, which has been there for a minute, behind a link in the folder.
    pub(crate) fn new(scenario: &Scenario, folder: &Path) -> Self {
        let inside = Inside {
            modem: VirtualModem::new(scenario),
            ahead: MINUTE,
            due: None,
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let clock = runtime.block_on(async { Clock::paced(PACE) });
        let mut modem = Self {
            shared: Shared(Arc::new(Mutex::new(inside))),
            clock,
            cancel: CancellationToken::new(),
            served: None,
            link: folder.join("modem"),
            runtime,
        };
        modem.plug();
        modem
    }

    /// Serves it from now on.
    pub(crate) fn plug(&mut self) {
        let (ready, is_ready) = mpsc::channel();
        self.cancel = CancellationToken::new();
        let (device, clock) = (self.shared.clone(), self.clock.clone());
        let (link, cancel) = (self.link.clone(), self.cancel.clone());
        self.served = Some(std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            let on_ready = |_: &Path| ready.send(()).unwrap();
            let serve = run_pty(Some(&link), || Box::new(device), clock, on_ready, cancel);
            runtime.block_on(serve).expect("a pseudo-terminal");
        }));
        is_ready.recv().expect("it is served");
    }

    /// The terminal hangs up; the world goes on.
    pub(crate) fn unplug(&mut self) {
        self.cancel.cancel();
        if let Some(served) = self.served.take() {
            served.join().expect("it ends");
        }
    }

    /// What a client opens.
    pub(crate) fn link(&self) -> &Path {
        &self.link
    }

    /// Calls this once so many command lines have arrived.
    pub(crate) fn at(&self, count: usize, act: impl FnOnce() + Send + 'static) {
        self.shared.lock().due = Some((count, Box::new(act)));
    }

    /// No longer.
    pub(crate) fn forget(&self) {
        self.shared.lock().due = None;
    }

    /// Where it is once what is under way has come to its end, without waiting for that.
    pub(crate) fn settled(&self) -> Place {
        let _inside = self.runtime.enter();
        let mut inside = self.shared.lock();
        inside.ahead += 4 * MINUTE;
        let now = self.clock.now() + inside.ahead;
        inside.modem.handle_timeout(now);
        place(&inside.modem)
    }

    /// The carriers of its world.
    pub(crate) fn carriers(&self) -> Vec<Carrier> {
        self.shared.lock().modem.world().carriers().to_vec()
    }

    /// Every command line that reached it.
    pub(crate) fn wire(&self) -> Vec<String> {
        let inside = self.shared.lock();
        inside.modem.commands().map(str::to_owned).collect()
    }
}

impl Drop for Modem {
    fn drop(&mut self) {
        self.unplug();
    }
}

/// Where the same modem is when nobody asks it anything for a minute.
pub(crate) fn left_alone(scenario: &Scenario) -> Place {
    let mut modem = VirtualModem::new(scenario);
    modem.handle_timeout(Instant::at(MINUTE));
    place(&modem)
}

fn place(modem: &VirtualModem) -> Place {
    Place {
        selection: modem.world().selection(),
        on: modem.world().plmn(),
    }
}
