//! What a person is asked before their carrier is left, and whether they have to be.
//!
//! Whether anybody can be asked is known before the modem is opened; what exactly is about to happen is known only after
//! its selection was read, so the question is made then, before the first byte that changes anything.

use std::time::Duration;

use super::change::{Interrupted, former, stands, usable};
use super::{Context, Error, ScanRequest, Step, SwitchRequest};
use crate::domain::network::NETWORK_LIST;
use crate::domain::{Carrier, Plmn, SelectionMode};
use crate::modem::{Modem, Selection};
use crate::store::{self, ModemKey};

/// How a person's consent to a change is had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// They gave it with the command.
    Given,
    /// They are to be asked.
    Asked,
}

impl Consent {
    /// `None` where it was not given and nobody is there to ask: then the modem is not touched.
    pub fn of(given: bool, interactive: bool) -> Option<Self> {
        match (given, interactive) {
            (true, _) => Some(Self::Given),
            (false, true) => Some(Self::Asked),
            (false, false) => None,
        }
    }
}

/// What a survey is about to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanQuestion {
    /// The carriers, in the order in which they were asked for.
    pub carriers: Vec<Carrier>,
    /// The network in use now.
    pub on: Option<Plmn>,
    /// The network that it comes back to; `None` where none is in use and none is owed.
    pub back: Option<Plmn>,
    /// A change that a run left unfinished.
    pub unfinished: Option<Unfinished>,
    /// Whether the modem chooses by itself now, which is not put back.
    pub was_automatic: bool,
    /// Whether nothing is registered.
    pub radio_only: bool,
    /// The longest that the link may be down.
    pub offline: Duration,
    /// The most data that it may use; `None` where nothing is measured.
    pub bytes: Option<u64>,
}

/// A change that a run left unfinished: what a person has to know of it before another is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfinished {
    /// When it was begun, as its journal says.
    pub since: String,
    /// The network in use before it, which is still owed.
    pub from: Plmn,
}

/// Where the modem stands to the carrier that it is to move to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartingPoint {
    /// On another network, or told to be.
    On(Plmn),
    /// On none.
    Nowhere,
    /// On that very carrier, which it chose by itself.
    ThereByItself,
    /// Told to be on it, and not registered there.
    Named,
    /// On it, held there.
    There,
}

/// What a switch is about to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SwitchQuestion {
    /// The carrier that was named.
    pub to: Carrier,
    /// Where the modem stands now.
    pub standing: StartingPoint,
    /// Whether the modem chooses by itself now, which is not put back.
    pub was_automatic: bool,
    /// A change that a run left unfinished.
    pub unfinished: Option<Unfinished>,
    /// Whether the former carrier is put back where the change fails.
    pub rollback: bool,
    /// The longest that the link may be down.
    pub offline: Duration,
    /// Another program's connection, whose setting will name the new carrier.
    pub connection: Option<String>,
}

impl SwitchQuestion {
    /// Whether there is anything to agree to: of a modem that is held on that carrier already nothing is changed.
    pub fn is_one(&self) -> bool {
        self.standing != StartingPoint::There
            || self.connection.is_some()
            || self.unfinished.is_some()
    }
}

impl ScanRequest {
    /// What a person has to agree to. Only a modem that `has_server` of its own is measured where no server was named.
    ///
    /// # Errors
    /// When the modem cannot say what is in use, or its SIM cannot register at all.
    pub async fn question(
        &self,
        modem: &mut dyn Modem,
        context: &Context<'_>,
        has_server: bool,
    ) -> Result<ScanQuestion, Error> {
        if !self.radio_only {
            // Nobody is asked to agree to what this card makes impossible.
            usable(modem.sim(false).await?.state)?;
        }
        let listening = modem
            .survey_cost()
            .map_or(Duration::ZERO, |cost| cost.takes);
        let found = Footing::read(modem, context).await?;
        let selection = &found.selection;
        let measure = self.measure.as_ref();
        Ok(ScanQuestion {
            carriers: self.carriers.clone(),
            on: selection.plmn.filter(|_| found.is_registered),
            back: found.back(),
            unfinished: found.unfinished(),
            was_automatic: selection.mode == SelectionMode::Automatic,
            radio_only: self.radio_only,
            offline: self.offline(context.limit, listening),
            bytes: measure
                .filter(|measure| has_server || measure.server.is_some())
                .map(|measure| measure.budget),
        })
    }

    /// The longest that the link may be down: a step for each carrier and one for the way back, and what the modem's list
    /// and a survey of cells, `listening`, take.
    fn offline(&self, limit: Duration, listening: Duration) -> Duration {
        let visits = u32::try_from(self.carriers.len()).unwrap_or(u32::MAX);
        let visits = if self.radio_only {
            0
        } else {
            visits.saturating_add(1)
        };
        let lists = match (self.all_networks, self.radio_only) {
            (true, _) => NETWORK_LIST.saturating_add(listening),
            (false, true) => NETWORK_LIST.max(listening),
            (false, false) => Duration::ZERO,
        };
        limit.saturating_mul(visits).saturating_add(lists)
    }
}

impl SwitchRequest {
    /// What a person has to agree to.
    ///
    /// # Errors
    /// When the modem cannot say what is in use, or its SIM cannot register at all.
    pub async fn question(
        &self,
        modem: &mut dyn Modem,
        context: &Context<'_>,
    ) -> Result<SwitchQuestion, Error> {
        usable(modem.sim(false).await?.state)?;
        let found = Footing::read(modem, context).await?;
        let standing = found.standing(&self.carrier, modem.tells_who_chose());
        // One that cannot be read is said by the switch itself.
        let connection = modem.standing().await.ok().flatten();
        let in_use = found.selection.plmn;
        let named = |code: &str| in_use.is_some_and(|plmn| plmn.as_str() == code);
        // One that names the carrier in use already stays as it is.
        let connection = connection.filter(|connection| {
            let is_named = connection.network.as_deref().is_some_and(named);
            standing != StartingPoint::There || !is_named
        });
        Ok(SwitchQuestion {
            to: self.carrier.clone(),
            standing,
            was_automatic: found.selection.mode == SelectionMode::Automatic,
            unfinished: found.unfinished(),
            rollback: self.rollback,
            // There and, if it fails, back.
            offline: context.limit.saturating_mul(2),
            connection: connection.map(|connection| connection.name),
        })
    }
}

/// How the modem stands as the question is asked, and what an interrupted run left.
struct Footing {
    selection: Selection,
    is_registered: bool,
    pending: Option<Interrupted>,
}

impl Footing {
    async fn read(modem: &mut dyn Modem, context: &Context<'_>) -> Result<Self, Error> {
        context.begin(&Step::Reading);
        let identity = modem.identity().await?;
        let key = ModemKey::new(identity.imei.as_ref(), &modem.reach().port);
        // A journal that cannot be read is a fault of what comes after the question.
        let pending = store::pending(context.store, &key).ok().flatten();
        let is_registered = if pending.is_some() {
            // Where it comes to stand decides what becomes of the unfinished change.
            stands(modem, context).await.unwrap_or(false)
        } else {
            let registration = modem.registration().await;
            registration.is_ok_and(|registration| registration.state.is_registered())
        };
        Ok(Self {
            selection: modem.selection().await?,
            is_registered,
            pending,
        })
    }

    /// The network that is come back to.
    fn back(&self) -> Option<Plmn> {
        let former = former(
            self.selection.plmn,
            self.is_registered,
            self.pending.as_ref(),
        );
        former.map(|former| former.plmn)
    }

    fn unfinished(&self) -> Option<Unfinished> {
        let (change, _) = self.pending.as_ref()?;
        Some(Unfinished {
            since: change.at.clone(),
            from: change.from?,
        })
    }

    fn standing(&self, to: &Carrier, tells_who_chose: bool) -> StartingPoint {
        let Some(plmn) = self.selection.plmn else {
            return StartingPoint::Nowhere;
        };
        if !to.plmns.contains(&plmn) {
            return StartingPoint::On(plmn);
        }
        let untold = !tells_who_chose && self.selection.mode == SelectionMode::Unknown;
        let is_held = untold || self.selection.mode == SelectionMode::Manual;
        match (self.is_registered, is_held) {
            (true, true) => StartingPoint::There,
            (true, false) => StartingPoint::ThereByItself,
            (false, _) => StartingPoint::Named,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Profile;
    use crate::domain::verdict::Requirement;

    #[test]
    fn consent_is_had_by_a_word_or_by_asking_and_else_not_at_all() {
        assert_eq!(Consent::of(true, false), Some(Consent::Given));
        assert_eq!(Consent::of(true, true), Some(Consent::Given));
        assert_eq!(Consent::of(false, true), Some(Consent::Asked));
        assert_eq!(Consent::of(false, false), None);
    }

    #[test]
    fn the_time_off_line_counts_each_step_and_what_is_listed() {
        let scan = |radio_only, all_networks| ScanRequest {
            carriers: Profile::default().carriers,
            samples: 3,
            radio_only,
            all_networks,
            measure: None,
            requirement: Requirement::default(),
            label: None,
        };
        let minute = Duration::from_mins(1);
        let seconds = |scan: ScanRequest, listening| {
            let listening = Duration::from_secs(listening);
            scan.offline(minute, listening).as_secs()
        };
        assert_eq!(scan(false, false).carriers.len(), 3);
        assert_eq!(seconds(scan(false, false), 30), 4 * 60);
        assert_eq!(seconds(scan(false, true), 30), 4 * 60 + 315 + 30);
        assert_eq!(seconds(scan(true, false), 30), 315);
        assert_eq!(seconds(scan(true, false), 400), 400);
        assert_eq!(seconds(scan(true, true), 30), 315 + 30);
    }
}
