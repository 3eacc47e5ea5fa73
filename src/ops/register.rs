//! Registering on one network and being sure of it.
//!
//! `OK` is not proof, and "registered" may be stale for a quarter of a minute: a modem is taken to be on a network
//! when it is registered, names that network as its operator, and does so again after its radio was read. There is
//! no fixed sleep: an unsolicited line ends a wait at once, and polls grow from a fifth of a second to two.

use std::time::Duration;

use super::{Context, Progress, Step};
use crate::domain::policy::Order;
use crate::domain::radio::{Cell, Reading};
use crate::domain::{Access, Plmn, RegistrationState, SelectionMode};
use crate::modem::{Error, Modem, NetworkFault, Result};
use crate::time::Instant;

/// The first wait between two looks; it doubles up to [`SLOWEST`].
const QUICKEST: Duration = Duration::from_millis(200);

/// The longest wait between two looks.
const SLOWEST: Duration = Duration::from_secs(2);

/// How long a modem that answered `ERROR` to a selection, or whose daemon did, may still come up: some do within half a
/// minute.
const AFTER_ERROR: Duration = Duration::from_secs(30);

/// How long "denied" may be what the former network had said, when the modem already stood denied.
const STALE_DENIAL: Duration = Duration::from_secs(5);

/// Between two looks for a new reading: modems make one about every half second, and what is noticed late is waited for
/// by every carrier and sample.
const LOOK_AGAIN: Duration = Duration::from_millis(40);

/// How long a reading may repeat the one before it before it counts as a new one.
const SAME_READING: Duration = Duration::from_millis(500);

/// When a modem counts as being on a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Goal {
    /// Registered, and naming it.
    Registered,
    /// Naming it as what was selected by hand: all that can be asked of a modem that was not registered before either.
    Named,
}

impl Goal {
    /// Whether a mode says that this network, and no other, was selected. `ModemManager` does not tell the mode.
    fn is_held_by(self, mode: SelectionMode) -> bool {
        self == Self::Named && matches!(mode, SelectionMode::Manual | SelectionMode::Unknown)
    }
}

/// A network, registered and confirmed once.
pub(super) struct Registered {
    /// From the request to the first confirmation.
    pub(super) took: Duration,
}

/// Asks for a network by a person's order and waits until it is in use, for `limit` at most.
pub(super) async fn register(
    modem: &mut dyn Modem,
    context: &Context<'_>,
    order: &Order,
    plmn: Plmn,
    limit: Duration,
    goal: Goal,
) -> Result<Registered> {
    let clock = context.clock;
    let start = clock.now();
    let former = modem.last_cell();
    let was_denied = modem
        .last_registration()
        .is_some_and(|r| r.state == RegistrationState::Denied);
    let mut give_up = start + limit;
    let mut refused = None;
    match modem.select(order, plmn, limit).await {
        Ok(()) => {}
        Err(error) if error.is_vague() => {
            refused = Some(error);
            give_up = give_up.min(clock.now() + AFTER_ERROR);
        }
        Err(error) => return Err(error),
    }
    let mut wait = QUICKEST;
    let mut denied = 0;
    loop {
        let now = clock.now();
        match look(modem, plmn, former.as_ref(), goal).await? {
            Look::There => return Ok(Registered { took: now - start }),
            // Once may be what the former network said; twice is this one's answer.
            Look::Denied if denied > 0 && (!was_denied || now - start >= STALE_DENIAL) => {
                let cause = modem.refusal().await.unwrap_or_default();
                return Err(Error::Network {
                    plmn,
                    fault: NetworkFault::Denied(cause),
                });
            }
            Look::Denied => denied += 1,
            Look::NotYet => {}
        }
        if now >= give_up {
            let timed_out = Error::Network {
                plmn,
                fault: NetworkFault::TimedOut((now - start).as_secs()),
            };
            return Err(refused.unwrap_or(timed_out));
        }
        modem.registration_news(give_up.min(now + wait)).await?;
        wait = (wait * 2).min(SLOWEST);
    }
}

enum Look {
    There,
    Denied,
    NotYet,
}

async fn look(
    modem: &mut dyn Modem,
    plmn: Plmn,
    former: Option<&Cell>,
    goal: Goal,
) -> Result<Look> {
    let registration = modem.registration().await?;
    let registered = registration.state.is_registered();
    if !registered && goal == Goal::Named {
        let selection = modem.selection().await?;
        if selection.plmn == Some(plmn) && goal.is_held_by(selection.mode) {
            return Ok(Look::There);
        }
    }
    if registration.state == RegistrationState::Denied {
        return Ok(Look::Denied);
    }
    if !registered || modem.selection().await?.plmn != Some(plmn) {
        return Ok(Look::NotYet);
    }
    // Some modems name the new operator at once and still stand on the old one's cell.
    let stale = match (former, registration.cell_id) {
        (Some(former), Some(id)) => {
            former.plmn != Some(plmn)
                && former.cell_id == Some(id)
                && is_still_on(modem, plmn).await?
        }
        // A registration that tells no cell may be the former network's, of another domain than the one that moves.
        (_, None) => is_still_on(modem, plmn).await?,
        (None, Some(_)) => false,
    };
    Ok(if stale { Look::NotYet } else { Look::There })
}

/// Whether the serving cell says that it belongs to another network than `plmn`.
async fn is_still_on(modem: &mut dyn Modem, plmn: Plmn) -> Result<bool> {
    Ok(modem
        .reading()
        .await?
        .cell
        .plmn
        .is_some_and(|other| other != plmn))
}

/// Waits, for one step's time at most, until the modem is on a network that it goes back to by itself.
pub(super) async fn wait_for(
    modem: &mut dyn Modem,
    context: &Context<'_>,
    plmn: Plmn,
) -> Result<bool> {
    let until = context.clock.now() + context.limit;
    let mut wait = QUICKEST;
    loop {
        if matches!(
            look(modem, plmn, None, Goal::Registered).await?,
            Look::There
        ) {
            return Ok(true);
        }
        let now = context.clock.now();
        if now >= until {
            return Ok(false);
        }
        modem.registration_news(until.min(now + wait)).await?;
        wait = (wait * 2).min(SLOWEST);
    }
}

/// The technology of the network in use: what the cell says, else the registration. Some tell it there alone.
pub(super) fn access_in_use(modem: &dyn Modem, reading: Option<&Reading>) -> Option<Access> {
    let of_cell = reading.and_then(|reading| reading.cell.access);
    of_cell.or_else(|| modem.last_registration().and_then(|r| r.access))
}

/// Looks again, after the radio was read: still registered, still that operator.
pub(super) async fn confirm(modem: &mut dyn Modem, plmn: Plmn, goal: Goal) -> Result<()> {
    let registered = modem.registration().await?.state.is_registered();
    if registered || goal == Goal::Named {
        let selection = modem.selection().await?;
        let held = registered || goal.is_held_by(selection.mode);
        if held && selection.plmn == Some(plmn) {
            return Ok(());
        }
    }
    Err(Error::Network {
        plmn,
        fault: NetworkFault::Lost,
    })
}

/// Takes `count` readings of the serving cell, each a new one as far as the modem makes new ones.
pub(super) async fn sample(
    modem: &mut dyn Modem,
    context: &Context<'_>,
    carrier: &str,
    count: u32,
) -> Result<Vec<Reading>> {
    let mut readings: Vec<Reading> = Vec::new();
    for at in 1..=count.max(1) {
        context.begin(&Step::Sampling {
            carrier: carrier.to_owned(),
            at,
            of: count,
        });
        let reading = fresh(modem, context, readings.last()).await?;
        context.listener.on(&Progress::Reading(&reading));
        readings.push(reading);
    }
    Ok(readings)
}

/// A reading that differs from the one before, or the same one half a second later: that is then what the modem measures.
async fn fresh(
    modem: &mut dyn Modem,
    context: &Context<'_>,
    before: Option<&Reading>,
) -> Result<Reading> {
    let until: Instant = context.clock.now() + SAME_READING;
    loop {
        if before.is_some() {
            // Asked in the same breath it would be the same.
            let next = until.min(context.clock.now() + LOOK_AGAIN);
            context.clock.sleep_until(Some(next)).await;
        }
        let reading = modem.reading().await?;
        if before != Some(&reading) || context.clock.now() >= until {
            return Ok(reading);
        }
    }
}
