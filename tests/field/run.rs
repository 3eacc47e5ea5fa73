//! Lets a person do something with an odd modem, in virtual time, and writes down what came of it.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use opensim::document::{Recover, Scan, Status, Switch};
use opensim::domain::Plmn;
use opensim::domain::policy::{Order, Purpose};
use opensim::domain::verdict::Requirement;
use opensim::modem::{self, Modem};
use opensim::ops::{self, Finished, ScanRequest, SwitchRequest};
use opensim::sim::world::{Carrier, Selection};
use serde::Serialize;
use serde_json::Value;
use tokio::sync::Notify;

use super::case::Act;
use super::desk::Desk;

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

/// A modem, whatever carries the words to it, and the truth about it.
#[async_trait]
pub(crate) trait Rig: Send + Sync {
    /// Opens it for a command. From then on `told`, if any, hears when so many words in all have reached it.
    async fn open(&self, desk: &Desk, told: Option<&Told>) -> modem::Result<Box<dyn Modem>>;

    /// Where it is now.
    fn place(&self, desk: &Desk) -> Place;

    /// Where the same modem is after a minute in which nobody asks it anything: where a person finds it, or finds it on
    /// its way to, once its SIM has woken.
    fn left_alone(&self) -> Place;

    /// The carriers of its world, which do not change.
    fn carriers(&self) -> Vec<Carrier>;

    /// Every word that reached it: a command line, or a call of the daemon.
    fn wire(&self) -> Vec<String>;

    /// How many of them.
    fn heard(&self) -> usize;
}

/// Hears when so many words have arrived.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    at: usize,
    reached: Arc<Notify>,
}

impl Told {
    fn new(at: usize) -> Self {
        let reached = Arc::new(Notify::new());
        Self { at, reached }
    }

    /// So many have arrived.
    pub(crate) fn count(&self, heard: usize) {
        if heard >= self.at {
            self.reached.notify_one();
        }
    }
}

/// Plays an act from plug to recovery.
pub(crate) async fn play(desk: &mut Desk, rig: &dyn Rig, act: Act) -> Round {
    let before = rig.left_alone();
    let done = perform(desk, rig, act).await;
    let of_act = rig.heard();
    let after_act = settled(desk, rig).await;
    desk.cancel = tokio_util::sync::CancellationToken::new();
    let recover = recover(desk, rig).await;
    let after_recover = settled(desk, rig).await;
    Round {
        carriers: rig.carriers(),
        before,
        act: done,
        after_act,
        recover,
        after_recover,
        wire: rig.wire(),
        of_act,
        trace: desk.trace.text(),
    }
}

/// The place once what is under way has come to its end.
async fn settled(desk: &Desk, rig: &dyn Rig) -> Place {
    tokio::time::sleep(Duration::from_mins(4)).await;
    rig.place(desk)
}

/// `None` where it was killed.
async fn perform(desk: &Desk, rig: &dyn Rig, act: Act) -> Option<Gave> {
    match act {
        Act::Status => Some(session(desk, rig, None, Status::default, Task::Status).await),
        Act::Scan => Some(scan(desk, rig, None, false).await),
        Act::RadioOnly => Some(scan(desk, rig, None, true).await),
        Act::Switch | Act::SwitchRefused | Act::SwitchAbsent => Some(switch(desk, rig, None).await),
        Act::Recover => Some(recover(desk, rig).await),
        Act::KilledScan(at) => {
            let told = Told::new(at);
            until(scan(desk, rig, Some(&told), false), &told.reached).await
        }
        Act::KilledSwitch(at) => {
            let told = Told::new(at);
            until(switch(desk, rig, Some(&told)), &told.reached).await
        }
        Act::StoppedScan(at) => {
            let told = Told::new(at);
            let work = scan(desk, rig, Some(&told), false);
            Some(stopped(desk, work, &told.reached).await)
        }
        Act::StoppedSwitch(at) => {
            let told = Told::new(at);
            Some(stopped(desk, switch(desk, rig, Some(&told)), &told.reached).await)
        }
    }
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

async fn scan(desk: &Desk, rig: &dyn Rig, told: Option<&Told>, radio_only: bool) -> Gave {
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
    session(desk, rig, told, Scan::default, task).await
}

async fn switch(desk: &Desk, rig: &dyn Rig, told: Option<&Told>) -> Gave {
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
    session(desk, rig, told, Switch::default, task).await
}

async fn recover(desk: &Desk, rig: &dyn Rig) -> Gave {
    let order = Order::from_person(Purpose::Recover, []);
    let task = Task::Recover(order);
    session(desk, rig, None, Recover::default, task).await
}

/// One command from opening to closing, in the time that is promised.
async fn session<B: Serialize>(
    desk: &Desk,
    rig: &dyn Rig,
    told: Option<&Told>,
    nothing: impl FnOnce() -> B,
    task: Task,
) -> Gave {
    let start = desk.clock.now();
    let work = async {
        match rig.open(desk, told).await {
            Ok(mut modem) => run(desk, modem.as_mut(), task).await,
            Err(error) => (json(&nothing()), Some(error.code().to_string())),
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

async fn run(desk: &Desk, modem: &mut dyn Modem, task: Task) -> (Value, Option<String>) {
    let context = desk.context();
    let gave = match task {
        Task::Status => of(ops::status(modem, &context).await),
        Task::Scan(request, order) => of(ops::scan(modem, &context, &order, &request).await),
        Task::Switch(request, order) => of(ops::switch(modem, &context, &order, &request).await),
        Task::Recover(order) => of(ops::recover(modem, &context, &order).await),
    };
    // A modem that does not answer any more cannot be put right, and that is said by then.
    let _ = modem.close().await;
    gave
}

fn of<B: Serialize>(ended: Finished<B>) -> (Value, Option<String>) {
    let fault = ended.fault.map(|fault| fault.code().to_string());
    (json(&ended.document.body), fault)
}

fn json<B: Serialize>(body: &B) -> Value {
    serde_json::to_value(body).expect("a document is JSON")
}
