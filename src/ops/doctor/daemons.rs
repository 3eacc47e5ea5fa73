//! `ModemManager` and `NetworkManager`: there or not, well or not, and what they are set to do with the modem.

use super::{Facts, Found, fail, of_error, pass, skip, warn};
use crate::document::Note;
use crate::domain::codes::Code;
use crate::modem::connect::{ConnectionSeen, ManagerSeen};
use crate::ops::Error;

pub(super) fn modem_manager(seen: ManagerSeen) -> Found {
    match seen {
        ManagerSeen::Absent => pass(Note::new(Code::DOCTOR_MM_ABSENT)),
        ManagerSeen::Present { version, modems } => {
            let note = Note::new(Code::DOCTOR_MM_PRESENT).with("version", version);
            pass(note.with("n", modems))
        }
        ManagerSeen::Unwell(error) => warn(of_error(&Error::from(error))),
        ManagerSeen::NotBuilt => skip(Note::new(Code::DOCTOR_NO_BUS)),
    }
}

pub(super) fn network_manager(facts: &Facts<'_>, seen: ConnectionSeen) -> Found {
    // What it would do to a person's choice was found when the status was read.
    for code in [Code::NM_WOULD_MOVE, Code::NM_WOULD_UNDO] {
        let told = facts.status.warnings.iter().find(|note| note.code == code);
        if let Some(note) = told {
            return warn(note.clone());
        }
    }
    let interface = facts.interface();
    match seen {
        ConnectionSeen::NotBuilt => skip(Note::new(Code::DOCTOR_NO_BUS)),
        ConnectionSeen::Absent => skip(Note::new(Code::DOCTOR_NM_ABSENT)),
        ConnectionSeen::Unwell(error) => warn(of_error(&Error::from(error))),
        ConnectionSeen::NoDevice => pass(Note::new(Code::DOCTOR_NM_NO_DEVICE)),
        ConnectionSeen::Device { managed: false, .. } => {
            warn(Note::new(Code::DOCTOR_NM_UNMANAGED).with("interface", interface))
        }
        ConnectionSeen::Device {
            connection: None, ..
        } => fail(Note::new(Code::DOCTOR_NM_UNCONNECTED).with("interface", interface)),
        ConnectionSeen::Device {
            connection: Some(connection),
            automatic: false,
            ..
        } => warn(Note::new(Code::DOCTOR_NM_BY_HAND).with("connection", connection)),
        ConnectionSeen::Device {
            connection, metric, ..
        } => {
            let note = Note::new(Code::DOCTOR_NM_CONNECTED).with("connection", connection);
            pass(note.with("metric", metric))
        }
    }
}
