//! The modem as it is now. Changes nothing.
//!
//! What cannot be read is `null`; only a modem that is gone or silent to everything ends it.

use serde_json::json;

use super::change::{interrupted_note, modem_info, perhaps, unanswered};
use super::{Context, Error, Finished, Step, lasting};
use crate::document::{Data, Note, Radio, RegistrationInfo, SelectionInfo, SimInfo, Status};
use crate::domain::SelectionMode;
use crate::domain::SimState;
use crate::domain::codes::Code;
use crate::modem::{
    Error as ModemError, ManagerFault, Modem, Registration, Result, Selection, Sim,
};
use crate::store::{self, ModemKey};
use crate::trace::mask;

/// Fewer PIN tries than this are worth a warning: opensim itself tries no PIN with fewer than two.
const FEW_TRIES: u8 = 3;

/// Reads everything once. A person who stops it gets nothing.
pub async fn status(modem: &mut dyn Modem, context: &Context<'_>) -> Finished<Status> {
    tokio::select! {
        biased;
        () = context.cancel.cancelled() => Finished::badly(Status::default(), Error::Interrupted),
        finished = whole(modem, context) => finished,
    }
}

async fn whole(modem: &mut dyn Modem, context: &Context<'_>) -> Finished<Status> {
    let mut body = Status::default();
    let read = read(modem, context, &mut body).await;
    context.note(&mut body.warnings, unanswered(modem));
    Finished::of(body, read.err())
}

async fn read(
    modem: &mut dyn Modem,
    context: &Context<'_>,
    body: &mut Status,
) -> std::result::Result<(), Error> {
    context.begin(&Step::Reading);
    let identity = modem.identity().await?;
    let reach = modem.reach();
    body.modem = Some(modem_info(&identity, &reach, context.reveal));
    let key = ModemKey::new(identity.imei.as_ref(), &reach.port);
    let pending = store::pending(context.store, &key).unwrap_or_else(|error| {
        let mut note = Note::new(match error {
            // It has words of its own: nothing is wrong with the file.
            store::Error::Schema { .. } => error.code(),
            _ => Code::RECOVER_UNREADABLE,
        });
        note.values = error
            .values()
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        context.note(&mut body.warnings, [note]);
        None
    });
    let perhaps = perhaps(context.store, &identity, pending.as_ref());
    let note = interrupted_note(context, pending.as_ref(), perhaps.as_ref());
    context.note(&mut body.warnings, note);
    let sim = modem.sim(true).await?;
    body.sim = Some(sim_info(&sim, context.reveal));
    if sim.pin_tries_left.is_some_and(|tries| tries < FEW_TRIES) {
        let tries = sim.pin_tries_left.unwrap_or_default();
        context.note(
            &mut body.warnings,
            [Note::new(Code::SIM_PIN_TRIES_LOW).with("tries", tries)],
        );
    }
    // It is not switched on for a look: that is a change.
    let asleep = bearable(modem.is_asleep().await)?.unwrap_or(false);
    if asleep {
        context.note(&mut body.warnings, [Note::new(Code::MANAGER_DISABLED)]);
    }
    let registration = bearable(modem.registration().await)?;
    let registered = registration.is_some_and(|r| r.state.is_registered());
    if !registered && bearable(modem.is_radio_off().await)?.unwrap_or(false) {
        context.note(&mut body.warnings, [Note::new(Code::MODEM_RADIO_OFF)]);
    } else if !asleep {
        context.note(&mut body.warnings, no_data(sim.state, registration));
    }
    // A modem without a usable SIM still hears cells, so the radio is read whatever the SIM's state.
    let reading = bearable(modem.reading().await)?;
    context.note(&mut body.warnings, modem.levels_withheld().map(Note::new));
    // Last, since the cell may have named the network already, which spares two commands.
    let selection = bearable(modem.selection().await)?;
    if let Some(selection) = &selection {
        body.selection = Some(SelectionInfo {
            mode: selection.mode,
            plmn: selection.plmn,
        });
        if selection.mode == SelectionMode::Automatic {
            context.note(
                &mut body.warnings,
                [Note::new(Code::SELECTION_AUTOMATIC_NOW)],
            );
        }
        if selection.mode == SelectionMode::Unknown && !modem.tells_who_chose() {
            context.note(
                &mut body.warnings,
                [Note::new(Code::SELECTION_MODE_UNKNOWN)],
            );
        }
    }
    let in_use = selection
        .as_ref()
        .and_then(|s| s.plmn)
        .filter(|_| registered);
    if let (Some(standing), Some(plmn)) = (lasting::read(modem).await, in_use) {
        context.note(&mut body.warnings, lasting::warning(&standing, plmn));
    }
    body.registration = registration.map(|r| registration_info(context, r, selection.as_ref()));
    body.radio = reading.as_ref().map(Radio::of);
    if let Some(info) = &mut body.registration {
        info.access = info
            .access
            .or_else(|| reading.as_ref().and_then(|r| r.cell.access));
    }
    if sim.state == SimState::Ready {
        let data = bearable(modem.data().await)?.unwrap_or_default();
        body.data = Some(Data {
            apn: data.apn,
            interface: data.interface,
            address: data.address,
        });
    }
    super::change::usable(sim.state)?;
    Ok(())
}

/// What a person can do where a card that is ready is given no data.
fn no_data(sim: SimState, registration: Option<Registration>) -> Option<Note> {
    let state = registration?.state;
    let refused = sim == SimState::Ready && !state.is_registered();
    refused.then(|| Note::new(Code::REGISTRATION_NO_DATA).with("state", json!(state)))
}

/// An answer that is refused, unreadable or not given is unknown; a modem that is gone or silent to everything is a fault.
pub(super) fn bearable<T>(result: Result<T>) -> std::result::Result<Option<T>, Error> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(
            error @ (ModemError::Gone { .. }
            | ModemError::Broken { .. }
            | ModemError::Silent { .. }
            | ModemError::Busy { .. }
            | ModemError::Manager(ManagerFault::Lost)),
        ) => Err(error.into()),
        Err(error) => {
            tracing::info!(%error, "left unknown");
            Ok(None)
        }
    }
}

fn sim_info(sim: &Sim, reveal: bool) -> SimInfo {
    let iccid = sim.iccid.as_ref().map(|id| {
        mask::learn(id.reveal(), 5);
        if reveal {
            id.reveal().to_owned()
        } else {
            id.masked()
        }
    });
    let imsi = sim.imsi.as_ref().map(|id| {
        mask::learn(id.reveal(), 5);
        if reveal {
            id.reveal().to_owned()
        } else {
            id.masked()
        }
    });
    SimInfo {
        state: sim.state,
        iccid,
        imsi,
        pin_tries_left: sim.pin_tries_left,
    }
}

pub(super) fn registration_info(
    context: &Context<'_>,
    registration: Registration,
    selection: Option<&Selection>,
) -> RegistrationInfo {
    let plmn = selection.and_then(|s| s.plmn);
    RegistrationInfo {
        state: registration.state,
        carrier: plmn
            .and_then(|plmn| context.profile.owner(plmn))
            .map(|c| c.id),
        plmn,
        operator_name: selection.and_then(|s| s.operator_name.clone()),
        access: registration
            .access
            .or_else(|| selection.and_then(|s| s.access)),
    }
}
