//! What every change of carrier has in common: what stood before, the journal, the way back, the log.

use std::path::PathBuf;
use std::time::Duration;

use super::register::{confirm, register};
use super::{Context, Error, Step, lasting};
use crate::clock;
use crate::document::{Endpoint, Found, ModemInfo, Note, SelectionInfo, stamp};
use crate::domain::policy::Order;
use crate::domain::{Plmn, RegistrationState, SelectionMode};
use crate::modem::{self, ManagerFault, Modem, Selection, SimFault, SimState, Standing};
use crate::store::{self, Change, Entry, Journal, Lock, ModemKey};

/// A change that a run left behind, and its journal.
pub(super) type Interrupted = (Change, PathBuf);

/// How the modem was found.
pub(super) struct Before {
    pub(super) modem: ModemInfo,
    pub(super) imei: Option<String>,
    pub(super) selection: Selection,
    /// The network in use, where it is registered.
    pub(super) registered_on: Option<Plmn>,
    /// The network to come back to: the one in use, or where there is none the one that an interrupted run had
    /// replaced.
    pub(super) former: Option<Plmn>,
    /// An interrupted change of this modem.
    pub(super) pending: Option<Interrupted>,
    /// An interrupted change that may be this modem's, which does not tell its number.
    pub(super) perhaps: Option<Interrupted>,
    /// What another program would have selected at its next connection, before this or the interrupted run.
    pub(super) standing: Option<Standing>,
    /// The right to change it, until a journal takes it over.
    lock: Option<Lock>,
}

impl Before {
    /// Reads who the modem is, that its SIM is usable, and what is selected. Nobody else changes it from here on.
    pub(super) async fn read(modem: &mut dyn Modem, context: &Context<'_>) -> Result<Self, Error> {
        tokio::select! {
            biased;
            () = context.cancel.cancelled() => Err(Error::Interrupted),
            read = Self::look(modem, context) => read,
        }
    }

    async fn look(modem: &mut dyn Modem, context: &Context<'_>) -> Result<Self, Error> {
        context.progress.begin(&Step::Reading);
        let identity = modem.identity().await?;
        usable(modem.sim(false).await?.state)?;
        let reach = modem.reach();
        let key = ModemKey::new(identity.imei.as_ref(), &reach.port);
        let lock = Lock::take(context.store, &key)?;
        let pending = lock.interrupted()?;
        let perhaps = perhaps(context.store, &identity, pending.as_ref());
        modem.wake().await?;
        let registered = stands(modem, context).await?;
        let selection = modem.selection().await?;
        let standing = match &pending {
            Some((change, _)) => change.standing.clone(),
            None => lasting::read(modem).await,
        };
        let interrupted = pending.as_ref().and_then(|(change, _)| change.from);
        let registered_on = selection.plmn.filter(|_| registered);
        Ok(Self {
            modem: modem_info(&identity, &reach, context.reveal),
            imei: identity.imei.map(|imei| imei.masked()),
            former: registered_on.or(interrupted),
            registered_on,
            selection,
            pending,
            perhaps,
            standing,
            lock: Some(lock),
        })
    }

    /// What a person is told of changes that were interrupted.
    pub(super) fn interrupted_note(&self, context: &Context<'_>) -> Option<Note> {
        interrupted_note(context, self.pending.as_ref(), self.perhaps.as_ref())
    }

    /// For documents.
    pub(super) fn found(&self) -> Found {
        Found {
            mode: self.selection.mode,
            plmn: self.selection.plmn,
            was_automatic: self.selection.mode == SelectionMode::Automatic,
        }
    }

    /// Whether a person chose the network in use or a network in use is all that can be known. `ModemManager` tells no
    /// more, and asked for the network in use it sends nothing.
    pub(super) fn is_held(&self) -> bool {
        let untold =
            self.modem.backend == "manager" && self.selection.mode == SelectionMode::Unknown;
        untold || self.selection.mode == SelectionMode::Manual
    }

    /// What a person is told whose modem stays on `carrier` and may have been choosing by itself.
    pub(super) fn was_choosing(&self, carrier: &str) -> Option<Note> {
        let code = match self.selection.mode {
            SelectionMode::Automatic => "selection.was_automatic",
            SelectionMode::Unknown if self.modem.backend == "manager" => "selection.was_unknown",
            _ => return None,
        };
        Some(Note::new(code).with("carrier", carrier))
    }

    /// Writes the journal; on disk when this returns. Nothing may be selected before it.
    pub(super) fn begin(
        &mut self,
        command: &str,
        to: &[Plmn],
        reason: Option<&str>,
    ) -> Result<Journal, store::Error> {
        let change = Change {
            schema: Change::SCHEMA.to_owned(),
            at: stamp(clock::wall()),
            command: command.to_owned(),
            port: self.modem.port.clone(),
            imei: self.imei.clone(),
            from: self.former,
            mode: self.selection.mode,
            to: to.to_vec(),
            reason: reason.map(str::to_owned),
            standing: self.standing.clone(),
        };
        let Some(lock) = self.lock.take() else {
            // One run changes a modem once.
            return Err(store::Error::UnderWay {
                path: PathBuf::from(&self.modem.port),
            });
        };
        Journal::begin(lock, &change)
    }

    /// Closes the journal of a change that is over, the modem standing on `on`. A journal that an interrupted run
    /// had left stays, unless the modem is where that run had found it: there is still something to recover.
    pub(super) fn close(&self, journal: Journal, on: Option<Plmn>) -> Result<(), store::Error> {
        let owed = self.pending.as_ref().and_then(|(change, _)| change.from);
        if owed.is_some() && owed != on {
            journal.keep();
            return Ok(());
        }
        journal.close()
    }

    /// The log's entry of a change that ended.
    pub(super) fn entry(
        &self,
        command: &str,
        to: &[Plmn],
        after: Option<Plmn>,
        outcome: &str,
    ) -> Entry {
        Entry {
            at: stamp(clock::wall()),
            who: store::who(),
            command: command.to_owned(),
            imei: self.imei.clone(),
            port: self.modem.port.clone(),
            from: self.former,
            to: to.to_vec(),
            after,
            reason: None,
            outcome: outcome.to_owned(),
        }
    }
}

/// The oldest interrupted change of a modem with a number, where this one does not tell its own: `ModemManager` may not
/// have learnt it from a modem that was being changed when it came to know it.
pub(super) fn perhaps(
    store: &store::Store,
    identity: &crate::dialect::Identity,
    pending: Option<&Interrupted>,
) -> Option<Interrupted> {
    if identity.imei.is_some() || pending.is_some() {
        return None;
    }
    store::of_numbered(store).into_iter().next()
}

/// What a person is told of a change that was interrupted, and of one that may be this modem's.
pub(super) fn interrupted_note(
    context: &Context<'_>,
    pending: Option<&Interrupted>,
    perhaps: Option<&Interrupted>,
) -> Option<Note> {
    let pending = pending.map(|(change, _)| pending_note(context, change));
    pending.or_else(|| perhaps.map(|(change, _)| perhaps_note(change)))
}

/// Whether the modem is registered; one that was just unlocked or plugged in is given time to get there, so that what
/// it was on is known before it is taken away.
async fn stands(modem: &mut dyn Modem, context: &Context<'_>) -> modem::Result<bool> {
    let until = context.clock.now() + context.limit.min(SETTLING);
    let mut wait = Duration::from_millis(500);
    loop {
        let state = modem.registration().await?.state;
        let on_its_way = matches!(
            state,
            RegistrationState::Searching | RegistrationState::NotRegistered
        );
        let now = context.clock.now();
        if !on_its_way || now >= until {
            return Ok(state.is_registered());
        }
        modem.registration_news(until.min(now + wait)).await?;
        wait = (wait * 2).min(Duration::from_secs(2));
    }
}

/// How long a modem that is looking for its network is given before it counts as having none.
const SETTLING: Duration = Duration::from_secs(20);

/// Goes back to the former network and confirms it twice. Not ended by the person's first Ctrl-C: that is when it
/// is needed. A modem that was busy is given a second try.
pub(super) async fn go_back(
    modem: &mut dyn Modem,
    context: &Context<'_>,
    order: &Order,
    former: Plmn,
) -> modem::Result<Duration> {
    let carrier = endpoint(context, former)
        .name
        .unwrap_or_else(|| former.to_string());
    context.progress.begin(&Step::GoingBack {
        carrier,
        limit: context.limit,
    });
    modem.settle().await?;
    let start = context.clock.now();
    let first = once(modem, context, order, former).await;
    match first {
        Ok(()) => {}
        Err(
            error @ (modem::Error::Gone { .. }
            | modem::Error::Guarded { .. }
            | modem::Error::Manager(ManagerFault::Lost)),
        ) => return Err(error),
        Err(_) => {
            modem.settle().await?;
            once(modem, context, order, former).await?;
        }
    }
    Ok(context.clock.now() - start)
}

async fn once(
    modem: &mut dyn Modem,
    context: &Context<'_>,
    order: &Order,
    former: Plmn,
) -> modem::Result<()> {
    register(modem, context, order, former, context.limit).await?;
    confirm(modem, former).await
}

/// Whether the SIM can register at all.
pub(super) fn usable(state: SimState) -> Result<(), modem::Error> {
    let fault = match state {
        // Unknown is not a reason to refuse: some modems answer ERROR to a state that works.
        SimState::Ready | SimState::Unknown => return Ok(()),
        SimState::PinRequired => SimFault::PinRequired,
        SimState::PukRequired => SimFault::PukRequired,
        SimState::Locked => SimFault::Locked,
        SimState::Absent => SimFault::Absent,
        SimState::Busy => SimFault::Busy,
        SimState::Failed => SimFault::Failed,
    };
    Err(modem::Error::Sim(fault))
}

/// Who the modem is, for documents.
pub(super) fn modem_info(
    identity: &crate::dialect::Identity,
    reach: &modem::Reach,
    reveal: bool,
) -> ModemInfo {
    let shown = |imei: &crate::domain::Imei| {
        if reveal {
            imei.reveal().to_owned()
        } else {
            imei.masked()
        }
    };
    ModemInfo {
        manufacturer: identity.manufacturer.clone(),
        model: identity.model.clone(),
        revision: identity.revision.clone(),
        imei: identity.imei.as_ref().map(shown),
        dialect: reach.dialect.map(str::to_owned),
        port: reach.port.clone(),
        backend: reach.backend.to_owned(),
    }
}

/// The selection now, for documents; unknown where the modem does not say.
pub(super) async fn selection_now(modem: &mut dyn Modem) -> Option<SelectionInfo> {
    let selection = modem.selection().await.ok()?;
    Some(SelectionInfo {
        mode: selection.mode,
        plmn: selection.plmn,
    })
}

/// A network and the carrier it belongs to.
pub(super) fn endpoint(context: &Context<'_>, plmn: Plmn) -> Endpoint {
    let owner = context.profile.owner(plmn);
    Endpoint {
        carrier: owner.as_ref().map(|c| c.id.clone()),
        name: owner.map(|c| c.name),
        plmn: Some(plmn),
    }
}

/// A warning that an earlier change was interrupted and what it had replaced.
fn pending_note(context: &Context<'_>, change: &Change) -> Note {
    let to = change.from.map_or_else(String::new, |plmn| {
        endpoint(context, plmn)
            .name
            .unwrap_or_else(|| plmn.to_string())
    });
    Note::new("recover.pending")
        .with("since", change.at.clone())
        .with("to", to)
}

/// A warning that an interrupted change may be this modem's.
fn perhaps_note(change: &Change) -> Note {
    Note::new("recover.perhaps")
        .with("since", change.at.clone())
        .with("modem", change.imei.clone())
}
