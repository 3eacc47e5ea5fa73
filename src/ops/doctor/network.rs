//! Who chooses the carrier, whether the modem is on a network, how well it is received, and which access point is set.

use serde_json::json;

use super::{Facts, Found, fail, pass, skip, unread, warn};
use crate::document::{Note, Radio};
use crate::domain::codes::Code;
use crate::domain::radio::Quality;
use crate::domain::{Access, Profile, RegistrationState, SelectionMode};

pub(super) fn selection(facts: &Facts<'_>) -> Found {
    let Some(selection) = &facts.status.selection else {
        return unread();
    };
    match selection.mode {
        SelectionMode::Manual => {
            let plmn = selection.plmn.map(|plmn| plmn.to_string());
            pass(Note::new(Code::DOCTOR_SELECTION_MANUAL).with("carrier", plmn))
        }
        SelectionMode::Automatic => warn(Note::new(Code::SELECTION_AUTOMATIC_NOW)),
        SelectionMode::Deregistered => fail(Note::new(Code::DOCTOR_SELECTION_NONE)),
        SelectionMode::Unknown if facts.warned(Code::SELECTION_MODE_UNKNOWN) => {
            skip(Note::new(Code::SELECTION_MODE_UNKNOWN))
        }
        SelectionMode::Unknown => unread(),
    }
}

pub(super) fn registration(facts: &Facts<'_>) -> Found {
    for switched_off in [Code::MODEM_RADIO_OFF, Code::MANAGER_DISABLED] {
        if facts.warned(switched_off) {
            return fail(Note::new(switched_off));
        }
    }
    let Some(registration) = &facts.status.registration else {
        return unread();
    };
    let state = registration.state;
    if state == RegistrationState::Unknown {
        return unread();
    }
    if !state.is_registered() {
        let note = Note::new(Code::DOCTOR_UNREGISTERED).with("state", json!(state));
        return fail(note.with("refusal", facts.refusal.clone()));
    }
    if let Some(access @ (Access::Gsm | Access::Umts)) = registration.access {
        return warn(Note::new(Code::ACCESS_LEGACY).with("access", json!(access)));
    }
    let plmn = registration.plmn.map(|plmn| plmn.to_string());
    let carrier = registration.carrier.clone().or(plmn);
    let carrier = carrier.or_else(|| registration.operator_name.clone());
    let note = Note::new(Code::DOCTOR_REGISTERED).with("carrier", carrier);
    let note = note.with("access", json!(registration.access));
    pass(note.with("state", json!(state)))
}

pub(super) fn radio(facts: &Facts<'_>) -> Found {
    let read = facts.status.radio.as_ref();
    let Some((radio, quality)) = read.and_then(|radio| Some((radio, radio.quality?))) else {
        return unread();
    };
    match quality {
        Quality::Excellent | Quality::Good | Quality::Fair => {
            pass(levels(Code::DOCTOR_RADIO_GOOD, radio))
        }
        Quality::Poor => warn(levels(Code::DOCTOR_RADIO_POOR, radio)),
        Quality::Unusable => fail(levels(Code::DOCTOR_RADIO_POOR, radio)),
    }
}

fn levels(code: Code, radio: &Radio) -> Note {
    Note::new(code)
        .with("quality", json!(radio.quality))
        .with("rsrp_dbm", json!(radio.rsrp_dbm))
        .with("sinr_db", json!(radio.sinr_db))
}

pub(super) fn apn(facts: &Facts<'_>) -> Found {
    let Some(data) = &facts.status.data else {
        return unread();
    };
    match &data.apn {
        Some(apn) => pass(Note::new(Code::DOCTOR_APN).with("apn", apn.clone())),
        None => warn(Note::new(Code::DOCTOR_APN_NONE)),
    }
}

/// Whether the band in use is one that the carrier is known to use; what is not known is no fault.
pub(super) fn bands(facts: &Facts<'_>, profile: &Profile) -> Found {
    let band = facts.status.radio.as_ref().and_then(|radio| radio.band);
    let registration = facts.status.registration.as_ref();
    let carrier = registration.and_then(|r| profile.owner(r.plmn?));
    let (Some(band), Some(carrier)) = (band.map(|band| band.to_string()), carrier) else {
        return unread();
    };
    let note = |code| {
        Note::new(code)
            .with("band", band.clone())
            .with("carrier", carrier.id.clone())
    };
    if carrier.bands.is_empty() || carrier.bands.contains(&band) {
        pass(note(Code::DOCTOR_BAND))
    } else {
        warn(note(Code::DOCTOR_BAND_ODD))
    }
}
