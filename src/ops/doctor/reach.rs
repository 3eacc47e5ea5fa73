//! Whether a modem is there, answers, and may be used.

use super::{Facts, Found, fail, of_error, pass, unread};
use crate::document::{ModemInfo, Note};
use crate::domain::Backend;
use crate::domain::codes::Code;
use crate::modem::{Error as ModemError, ManagerFault};
use crate::ops::Error;

/// The check at which a fault of the way to a modem belongs.
#[derive(PartialEq, Eq)]
enum Barrier {
    Modem,
    Port,
    Permissions,
}

fn barrier(error: &Error) -> Barrier {
    let Error::Modem(error) = error else {
        return Barrier::Port;
    };
    match error {
        ModemError::None { .. }
        | ModemError::Absent { .. }
        | ModemError::NoAtPort { .. }
        | ModemError::Several(_)
        | ModemError::NotAPort { .. }
        | ModemError::Diagnostics { .. }
        | ModemError::Manager(ManagerFault::Absent { .. }) => Barrier::Modem,
        ModemError::Permission { .. } | ModemError::Manager(ManagerFault::Denied { .. }) => {
            Barrier::Permissions
        }
        _ => Barrier::Port,
    }
}

impl Facts<'_> {
    fn fault_at(&self, at: &Barrier) -> Option<Found> {
        let fault = self.fault.as_ref().filter(|fault| barrier(fault) == *at)?;
        Some(fail(of_error(fault)))
    }

    fn port_of_fault(&self) -> Option<String> {
        match &self.fault {
            Some(Error::Modem(
                ModemError::Permission { port, .. } | ModemError::Busy { port, .. },
            )) => Some(port.clone()),
            _ => None,
        }
    }
}

pub(super) fn modem(facts: &Facts<'_>) -> Found {
    if let Some(found) = facts.fault_at(&Barrier::Modem) {
        return found;
    }
    let found = |modem: Option<String>, port: String| {
        let note = Note::new(Code::DOCTOR_MODEM_FOUND).with("modem", modem);
        pass(note.with("port", port))
    };
    if let Some(modem) = &facts.status.modem {
        return found(name(modem), modem.port.clone());
    }
    // It could not be asked: what is plugged in is all that is known.
    let seen = facts.plugged.modems.first();
    match (facts.port_of_fault(), seen) {
        (Some(port), _) => found(None, port),
        (None, Some(modem)) => found(None, modem.id.clone()),
        (None, None) => match &facts.fault {
            Some(_) => found(None, String::new()),
            None => unread(),
        },
    }
}

fn name(modem: &ModemInfo) -> Option<String> {
    let parts = [&modem.manufacturer, &modem.model];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

pub(super) fn port(facts: &Facts<'_>) -> Found {
    if let Some(found) = facts.fault_at(&Barrier::Port) {
        return found;
    }
    match &facts.status.modem {
        Some(modem) => {
            let code = if modem.backend == Backend::Manager {
                Code::DOCTOR_PORT_MANAGED
            } else {
                Code::DOCTOR_PORT_ANSWERS
            };
            pass(Note::new(code).with("port", modem.port.clone()))
        }
        None => unread(),
    }
}

pub(super) fn permissions(facts: &Facts<'_>) -> Found {
    if let Some(found) = facts.fault_at(&Barrier::Permissions) {
        return found;
    }
    match &facts.status.modem {
        Some(modem) => pass(Note::new(Code::DOCTOR_PERMITTED).with("port", modem.port.clone())),
        None => unread(),
    }
}
