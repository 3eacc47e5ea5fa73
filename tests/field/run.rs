//! Lets a person do something with an odd modem, in virtual time, and writes down what came of it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use opensim::clock::Instant;
use opensim::document::{Recover, Scan, Status, Switch};
use opensim::domain::Plmn;
use opensim::domain::policy::{Order, Purpose};
use opensim::domain::verdict::Requirement;
use opensim::modem::Modem;
use opensim::modem::at::AtModem;
use opensim::ops::{self, Ended, ScanRequest, SwitchRequest};
use opensim::sim::world::{Carrier, Selection};
use opensim::sim::{Device, VirtualModem};
use serde::Serialize;
use serde_json::Value;
use tokio::sync::Notify;

use super::case::{Act, Case};
use super::desk::{Desk, Shared};

/// Where the modem is, from its world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) selection: Selection,
    /// The network that it is registered on.
    pub(crate) on: Option<Plmn>,
}

/// What one command gave.
#[derive(Debug)]
pub(crate) struct Gave {
    /// Its document; null where it did not come so far.
    pub(crate) body: Value,
    /// The code of what went wrong.
    pub(crate) fault: Option<String>,
    pub(crate) took: Duration,
}

/// A whole round.
pub(crate) struct Round {
    /// The world's carriers, which do not change.
    pub(crate) carriers: Vec<Carrier>,
    pub(crate) before: Place,
    /// What the person did.
    pub(crate) act: Option<Gave>,
    pub(crate) after_act: Place,
    /// What the `recover` gave that came after it.
    pub(crate) recover: Gave,
    pub(crate) after_recover: Place,
    /// Every command line that reached the modem.
    pub(crate) wire: Vec<String>,
    /// How many of them the act sent.
    pub(crate) of_act: usize,
    pub(crate) trace: String,
}

/// No command may take longer. A survey that asks for the list of networks waits 315 s for it, and each of four
/// registrations may take a step's time and be tried twice.
pub(crate) const LONGEST: Duration = Duration::from_mins(25);

/// Tells when so many command lines have arrived.
struct Counted {
    device: Shared,
    at: usize,
    reached: Arc<Notify>,
}

impl Device for Counted {
    fn handle_input(&mut self, now: Instant, bytes: &[u8]) {
        self.device.handle_input(now, bytes);
        if lock(&self.device).heard() >= self.at {
            self.reached.notify_one();
        }
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.device.handle_timeout(now);
    }

    fn poll_transmit(&mut self, now: Instant) -> Option<Vec<u8>> {
        self.device.poll_transmit(now)
    }

    fn poll_timeout(&self) -> Option<Instant> {
        self.device.poll_timeout()
    }

    fn is_unplugged(&self) -> bool {
        self.device.is_unplugged()
    }
}

pub(crate) fn lock(device: &Shared) -> std::sync::MutexGuard<'_, VirtualModem> {
    device.lock().expect("no test panicked with it")
}

fn place(device: &Shared) -> Place {
    let device = lock(device);
    Place {
        selection: device.world().selection(),
        on: device.world().plmn(),
    }
}

/// Where the same modem is after a minute in which nobody asks it anything: where a person finds it, or finds it on its
/// way to, once its SIM has woken.
fn left_alone(case: &Case) -> Place {
    let twin: Shared = Arc::new(Mutex::new(VirtualModem::new(&case.scenario())));
    Arc::clone(&twin).handle_timeout(Instant::at(Duration::from_mins(1)));
    place(&twin)
}

/// Plays a case from plug to recovery.
pub(crate) async fn play(case: &Case) -> Round {
    let device: Shared = Arc::new(Mutex::new(VirtualModem::new(&case.scenario())));
    let mut desk = Desk::new();
    desk.reveal = false;
    // The world's first events are due.
    Arc::clone(&device).handle_timeout(desk.clock.now());
    let before = left_alone(case);
    let act = perform(&desk, &device, case.act).await;
    let of_act = lock(&device).heard();
    let after_act = settled(&desk, &device).await;
    desk.cancel = tokio_util::sync::CancellationToken::new();
    let recover = recover(&desk, &device).await;
    let after_recover = settled(&desk, &device).await;
    let wire = lock(&device).commands().map(str::to_owned).collect();
    Round {
        carriers: lock(&device).world().carriers().to_vec(),
        before,
        act,
        after_act,
        recover,
        after_recover,
        wire,
        of_act,
        trace: desk.trace.text(),
    }
}

/// The place once what is under way has come to its end.
async fn settled(desk: &Desk, device: &Shared) -> Place {
    tokio::time::sleep(Duration::from_mins(4)).await;
    Arc::clone(device).handle_timeout(desk.clock.now());
    place(device)
}

/// `None` where it was killed.
async fn perform(desk: &Desk, device: &Shared, act: Act) -> Option<Gave> {
    match act {
        Act::Status => Some(session(desk, Arc::clone(device), Status::default, Task::Status).await),
        Act::Scan => Some(scan(desk, Arc::clone(device), false).await),
        Act::RadioOnly => Some(scan(desk, Arc::clone(device), true).await),
        Act::Switch | Act::SwitchRefused | Act::SwitchAbsent => {
            Some(switch(desk, Arc::clone(device)).await)
        }
        Act::Recover => Some(recover(desk, device).await),
        Act::KilledScan(at) => {
            let (counted, reached) = count(device, at);
            until(scan(desk, counted, false), &reached).await
        }
        Act::KilledSwitch(at) => {
            let (counted, reached) = count(device, at);
            until(switch(desk, counted), &reached).await
        }
        Act::StoppedScan(at) => {
            let (counted, reached) = count(device, at);
            Some(stopped(desk, scan(desk, counted, false), &reached).await)
        }
        Act::StoppedSwitch(at) => {
            let (counted, reached) = count(device, at);
            Some(stopped(desk, switch(desk, counted), &reached).await)
        }
    }
}

fn count(device: &Shared, at: usize) -> (Counted, Arc<Notify>) {
    let reached = Arc::new(Notify::new());
    let counted = Counted {
        device: Arc::clone(device),
        at,
        reached: Arc::clone(&reached),
    };
    (counted, reached)
}

/// As if the program were killed: nothing of it runs any more.
async fn until(work: impl Future<Output = Gave>, killed: &Notify) -> Option<Gave> {
    tokio::select! {
        biased;
        () = killed.notified() => None,
        gave = work => Some(gave),
    }
}

/// As if the person typed Ctrl-C.
async fn stopped(desk: &Desk, work: impl Future<Output = Gave>, typed: &Notify) -> Gave {
    tokio::pin!(work);
    tokio::select! {
        biased;
        () = typed.notified() => {}
        gave = &mut work => return gave,
    }
    desk.cancel.cancel();
    work.await
}

enum Task {
    Status,
    Scan(Box<ScanRequest>, Order),
    Switch(Box<SwitchRequest>, Order),
    Recover(Order),
}

async fn scan(desk: &Desk, device: impl Device + 'static, radio_only: bool) -> Gave {
    let carriers: Vec<_> = desk.profile.carriers.iter().take(3).cloned().collect();
    let codes: Vec<Plmn> = carriers.iter().flat_map(|c| c.plmns.clone()).collect();
    let request = ScanRequest {
        carriers,
        samples: 1,
        radio_only,
        all_networks: false,
        measure: None,
        requirement: Requirement::default(),
        label: None,
    };
    let order = Order::from_person(Purpose::Survey, codes);
    let task = Task::Scan(Box::new(request), order);
    session(desk, device, Scan::default, task).await
}

async fn switch(desk: &Desk, device: impl Device + 'static) -> Gave {
    let mut carriers = desk.profile.carriers.iter();
    let sfr = carriers.find(|c| c.id == "sfr").cloned();
    let carrier = sfr.expect("SFR is one of the profile's");
    let order = Order::from_person(Purpose::Switch, carrier.plmns.clone());
    let request = SwitchRequest {
        carrier,
        reason: None,
        rollback: true,
        verify: None,
    };
    let task = Task::Switch(Box::new(request), order);
    session(desk, device, Switch::default, task).await
}

async fn recover(desk: &Desk, device: &Shared) -> Gave {
    let order = Order::from_person(Purpose::Recover, []);
    let task = Task::Recover(order);
    session(desk, Arc::clone(device), Recover::default, task).await
}

/// One command from opening to closing, in the time that is promised.
async fn session<B: Serialize>(
    desk: &Desk,
    device: impl Device + 'static,
    nothing: impl FnOnce() -> B,
    task: Task,
) -> Gave {
    let start = desk.clock.now();
    let work = async {
        match desk.open(device).await {
            Ok(modem) => run(desk, modem, task).await,
            Err(error) => (json(&nothing()), Some(error.code().to_owned())),
        }
    };
    let ended = tokio::time::timeout(LONGEST, work).await;
    let (body, fault) = ended.unwrap_or_else(|_| (Value::Null, Some("never ended".to_owned())));
    Gave {
        body,
        fault,
        took: desk.clock.now() - start,
    }
}

async fn run(desk: &Desk, mut modem: AtModem, task: Task) -> (Value, Option<String>) {
    let context = desk.context();
    let gave = match task {
        Task::Status => of(ops::status(&mut modem, &context).await),
        Task::Scan(request, order) => of(ops::scan(&mut modem, &context, &order, &request).await),
        Task::Switch(request, order) => {
            of(ops::switch(&mut modem, &context, &order, &request).await)
        }
        Task::Recover(order) => of(ops::recover(&mut modem, &context, &order).await),
    };
    // A modem that does not answer any more cannot be put right, and that is said by then.
    let _ = modem.close().await;
    gave
}

fn of<B: Serialize>(ended: Ended<B>) -> (Value, Option<String>) {
    let fault = ended.fault.map(|fault| fault.code().to_owned());
    (json(&ended.body), fault)
}

fn json<B: Serialize>(body: &B) -> Value {
    serde_json::to_value(body).expect("a document is JSON")
}
