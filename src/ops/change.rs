//! What every change of carrier has in common: what stood before, the journal, the way back, the log.

use std::path::PathBuf;
use std::time::Duration;

use super::back::Former;
use super::{Context, Error, Step, lasting};
use crate::document::{ChangeCommand, Found, ModemInfo, Note, SelectionInfo, stamp};
use crate::domain::codes::Code;
use crate::domain::{ConnectionProfile, SimState};
use crate::domain::{Plmn, RegistrationState, SelectionMode};
use crate::modem::{self, Modem, Selection, SimFault};
use crate::os::clock;
use crate::store::{self, AuditEntry, Change, Journal, Lock, ModemKey};
use crate::trace::mask;

/// A change that a run left behind, and its journal.
pub(super) type Interrupted = (Change, PathBuf);

/// How the modem was found.
pub(super) struct Before {
    pub(super) modem: ModemInfo,
    pub(super) imei: Option<String>,
    pub(super) selection: Selection,
    tells_who_chose: bool,
    registered: bool,
    /// The network in use, where it is registered.
    pub(super) registered_on: Option<Plmn>,
    /// The network to come back to: the one in use; where there is none the one that an interrupted run had replaced;
    /// else the one that the modem names as selected.
    pub(super) former: Option<Former>,
    /// Whether it is on a network whose code it does not tell, so that it could not be put back.
    pub(super) is_unnamed: bool,
    /// An interrupted change of this modem.
    pub(super) pending: Option<Interrupted>,
    /// An interrupted change that may be this modem's, which does not tell its number.
    pub(super) perhaps: Option<Interrupted>,
    /// What another program would have selected at its next connection, before this or the interrupted run.
    pub(super) standing: Option<ConnectionProfile>,
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
        context.begin(&Step::Reading);
        let identity = modem.identity().await?;
        usable(modem.sim(false).await?.state)?;
        let reach = modem.reach();
        let key = ModemKey::new(identity.imei.as_ref(), &reach.port);
        let lock = Lock::take(context.store, &key)?;
        let pending = lock.interrupted()?;
        let perhaps = perhaps(context.store, &identity, pending.as_ref());
        modem.wake().await?;
        let registered = stands(modem, context).await?;
        let mut selection = modem.selection().await?;
        if registered && selection.plmn.is_none() {
            // A modem that knows the network's name alone, or none, may tell whose cell it is on.
            selection.plmn = modem.reading().await.ok().and_then(|r| r.cell.plmn);
        }
        let standing = match &pending {
            Some((change, _)) => change.standing.clone(),
            None => lasting::read(modem).await,
        };
        let registered_on = selection.plmn.filter(|_| registered);
        Ok(Self {
            modem: modem_info(&identity, &reach, context.reveal),
            imei: identity.imei.map(|imei| imei.masked()),
            former: former(selection.plmn, registered, pending.as_ref()),
            tells_who_chose: modem.tells_who_chose(),
            registered,
            registered_on,
            is_unnamed: selection.plmn.is_none() && (registered || selection.in_use),
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

    /// Whether a person chose the network in use or a network in use is all that can be known. `ModemManager` does not
    /// tell who chose, and asked for the network in use it sends nothing.
    pub(super) fn is_held(&self) -> bool {
        let untold = !self.tells_who_chose && self.selection.mode == SelectionMode::Unknown;
        untold || self.selection.mode == SelectionMode::Manual
    }

    /// Finds the code of the network in use where the modem tells only a name or nothing: its own list does. Minutes, and
    /// the only way to know what to come back to.
    ///
    /// # Errors
    /// Where the list does not tell either: then nothing may be changed.
    pub(super) async fn find_code(
        &mut self,
        modem: &mut dyn Modem,
        context: &Context<'_>,
    ) -> Result<(), Error> {
        if !self.is_unnamed {
            return Ok(());
        }
        context.begin(&Step::NetworkList {
            limit: crate::domain::network::NETWORK_LIST,
        });
        match modem.networks().await {
            Err(error) if error.is_over() => return Err(error.into()),
            _ => {}
        }
        modem.settle().await?;
        // The list teaches what the modem means by a name. That it calls one of its networks the current one is not enough:
        // it would have to be asked for the list again wherever it may have come to be.
        let code = modem.selection().await?.plmn.ok_or(Error::Unnamed)?;
        self.selection.plmn = Some(code);
        self.registered_on = self.registered.then_some(code);
        self.former = former(Some(code), self.registered, self.pending.as_ref());
        self.is_unnamed = false;
        Ok(())
    }

    /// Writes the journal; on disk when this returns. Nothing may be selected before it.
    pub(super) fn begin(
        &mut self,
        command: ChangeCommand,
        to: &[Plmn],
        reason: Option<&str>,
    ) -> Result<Journal, store::Error> {
        let change = Change {
            schema: Change::SCHEMA.to_owned(),
            at: stamp(clock::wall()),
            command: command.into(),
            port: self.modem.port.clone(),
            imei: self.imei.clone(),
            from: self.former.map(|former| former.plmn),
            name: self.name_of_former(),
            registered: self.former.is_none_or(|former| former.registered),
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

    /// What the modem calls the network to come back to, where it is on it.
    fn name_of_former(&self) -> Option<String> {
        let former = self.former?;
        let named = self.selection.plmn == Some(former.plmn);
        self.selection.operator_name.clone().filter(|_| named)
    }

    /// A change that is over, the modem standing on `on`: marked as such at once, before anything else can fail. A journal
    /// that an interrupted run had left stays, unless the modem is where that run had found it: there is still something
    /// to recover.
    pub(super) fn over(&self, journal: Journal, outcome: &str, on: Option<Plmn>) -> Over {
        let owed = self.pending.as_ref().and_then(|(change, _)| change.from);
        if owed.is_some() && owed != on {
            journal.keep();
            return Over::Owed;
        }
        Over::marked(journal, outcome, on)
    }

    /// The log's entry of a change that ended.
    pub(super) fn entry(
        &self,
        command: &str,
        to: &[Plmn],
        after: Option<Plmn>,
        outcome: &str,
    ) -> AuditEntry {
        AuditEntry {
            at: stamp(clock::wall()),
            who: store::who(),
            command: command.to_owned(),
            imei: self.imei.clone(),
            port: self.modem.port.clone(),
            from: self.former.map(|former| former.plmn),
            to: to.to_vec(),
            after,
            reason: None,
            line: None,
            outcome: outcome.to_owned(),
        }
    }
}

/// The journal of a change that is over.
pub(super) enum Over {
    /// Marked, or why it could not be; it goes when the rest is done.
    Marked(Journal, Result<(), store::Error>),
    /// An interrupted run's, which still has something to recover.
    Owed,
}

impl Over {
    /// Marks a change that leaves nothing owed, whatever an earlier run had left.
    pub(super) fn marked(journal: Journal, outcome: &str, on: Option<Plmn>) -> Self {
        let marked = journal.done(outcome, on);
        Self::Marked(journal, marked)
    }

    /// Removes it. One that cannot be removed and says that it is over is a warning; a fault only where a later run would
    /// take the change for an interrupted one.
    pub(super) fn close(self, context: &Context<'_>, warnings: &mut Vec<Note>) -> Option<Error> {
        let Self::Marked(journal, marked) = self else {
            return None;
        };
        let path = journal.path().display().to_string();
        match (journal.close(), marked) {
            (Ok(()), _) => None,
            (Err(error), Ok(())) => {
                tracing::info!(%error, "the journal stays, marked as over");
                let note = Note::new(Code::JOURNAL_LEFT).with("file", path);
                context.note(warnings, [note]);
                None
            }
            (Err(_), Err(error)) => Some(error.into()),
        }
    }
}

/// The network to come back to.
pub(super) fn former(
    named: Option<Plmn>,
    registered: bool,
    pending: Option<&Interrupted>,
) -> Option<Former> {
    let named = named.map(|plmn| Former { plmn, registered });
    let interrupted = pending.and_then(|(change, _)| Former::of(change));
    let in_use = named.filter(|_| registered);
    in_use.or(interrupted).or(named)
}

/// The oldest interrupted change of a modem with a number, where this one does not tell its own: `ModemManager` may not
/// have learnt it from a modem that was being changed when it came to know it.
pub(super) fn perhaps(
    store: &store::Store,
    identity: &crate::domain::Identity,
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

/// A warning for each question that the modem left unanswered.
pub(super) fn unanswered(modem: &dyn Modem) -> impl Iterator<Item = Note> {
    let note =
        |command: &String| Note::new(Code::MODEM_QUERY_UNANSWERED).with("command", command.clone());
    modem.unanswered().iter().map(note)
}

/// Whether the modem is registered; one that was just unlocked or plugged in is given time to get there, so that what
/// it was on is known before it is taken away.
pub(super) async fn stands(modem: &mut dyn Modem, context: &Context<'_>) -> Result<bool, Error> {
    let until = context.clock.now() + context.limit.min(SETTLING);
    let mut wait = Duration::from_millis(500);
    loop {
        let state = modem.registration().await?.state;
        // It looks for nothing then, and nothing is switched on unasked.
        if !state.is_registered() && modem.is_radio_off().await? {
            return Err(Error::RadioOff);
        }
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
    identity: &crate::domain::Identity,
    reach: &modem::Reach,
    reveal: bool,
) -> ModemInfo {
    let shown = |imei: &crate::domain::Imei| {
        mask::learn(imei.reveal(), 8);
        if reveal {
            imei.reveal().to_owned()
        } else {
            imei.masked()
        }
    };
    let imei = identity.imei.as_ref().map(shown);
    // Some makers put the modem's number into its name.
    let named = |name: &Option<String>| {
        let name = name.as_deref()?;
        Some(if reveal {
            name.to_owned()
        } else {
            mask::text(name)
        })
    };
    ModemInfo {
        manufacturer: named(&identity.manufacturer),
        model: named(&identity.model),
        revision: named(&identity.revision),
        imei,
        dialect: reach.dialect.map(str::to_owned),
        port: reach.port.clone(),
        backend: reach.backend.into(),
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

/// A warning that an earlier change was interrupted and what it had replaced.
fn pending_note(context: &Context<'_>, change: &Change) -> Note {
    let to = change.from.map_or_else(String::new, |plmn| {
        context
            .endpoint(plmn)
            .name
            .unwrap_or_else(|| plmn.to_string())
    });
    Note::new(Code::RECOVER_PENDING)
        .with("since", change.at.clone())
        .with("to", to)
}

/// A warning that an interrupted change may be this modem's.
fn perhaps_note(change: &Change) -> Note {
    Note::new(Code::RECOVER_PERHAPS)
        .with("since", change.at.clone())
        .with("modem", change.imei.clone())
}

#[cfg(test)]
impl Before {
    /// A modem that chooses so, names this network and is registered on that one.
    pub(super) fn found_with(mode: SelectionMode, named: Plmn, on: Option<Plmn>) -> Self {
        Self {
            modem: ModemInfo {
                manufacturer: None,
                model: None,
                revision: None,
                imei: None,
                dialect: None,
                port: "sim".to_owned(),
                backend: crate::domain::Backend::At.into(),
            },
            imei: None,
            selection: Selection {
                mode,
                plmn: Some(named),
                in_use: true,
                operator_name: None,
                access: None,
            },
            tells_who_chose: true,
            registered: on.is_some(),
            registered_on: on,
            former: former(Some(named), on.is_some(), None),
            is_unnamed: false,
            pending: None,
            perhaps: None,
            standing: None,
            lock: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_network_to_come_back_to_is_the_one_in_use_then_the_one_owed_then_the_one_named() {
        let code = |text: &str| text.parse::<Plmn>().unwrap();
        let (orange, sfr) = (code("20801"), code("20810"));
        let pending = |from| {
            let change = Change {
                schema: Change::SCHEMA.to_owned(),
                at: String::new(),
                command: ChangeCommand::Scan.into(),
                port: "sim".to_owned(),
                imei: None,
                from,
                name: None,
                registered: true,
                mode: SelectionMode::Manual,
                to: Vec::new(),
                reason: None,
                standing: None,
            };
            (change, PathBuf::new())
        };
        let owed = pending(Some(sfr));
        let plmn = |named, registered, pending| {
            former(named, registered, pending).map(|former| (former.plmn, former.registered))
        };
        // Where it stands, a person may have put it since.
        assert_eq!(plmn(Some(orange), true, Some(&owed)), Some((orange, true)));
        // What it only names may be what the interrupted run was trying.
        assert_eq!(plmn(Some(orange), false, Some(&owed)), Some((sfr, true)));
        assert_eq!(plmn(None, false, Some(&owed)), Some((sfr, true)));
        // A run that had found it nowhere owes nothing.
        let nothing = pending(None);
        assert_eq!(
            plmn(Some(orange), false, Some(&nothing)),
            Some((orange, false))
        );
        assert_eq!(plmn(Some(orange), false, None), Some((orange, false)));
        assert_eq!(plmn(None, true, None), None);
    }
}
