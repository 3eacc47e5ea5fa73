//! The modem's network interface on this computer, and its address.

use super::{Facts, Found, fail, of_error, pass, skip};
use crate::document::Note;
use crate::domain::codes::Code;
use crate::modem::{DataFault, Error as ModemError};
use crate::os::net::interface::Interfaces;

impl Facts<'_> {
    /// The modem's network interface, as it says or as it is plugged in.
    pub(super) fn interface(&self) -> Option<String> {
        let data = self.status.data.as_ref();
        let told = data.and_then(|data| data.interface.clone());
        let port = self.status.modem.as_ref().map(|modem| &modem.port);
        let plugged = || {
            let mut rows = self.plugged.modems.iter();
            let own = rows.find(|row| {
                Some(&row.id) == port || row.ports.iter().any(|p| Some(&p.path) == port)
            });
            own.and_then(|row| row.net_interface.clone())
        };
        told.or_else(plugged)
    }
}

pub(super) fn interface(facts: &Facts<'_>) -> Found {
    if facts.is_virtual() {
        return skip(Note::new(Code::DOCTOR_VIRTUAL));
    }
    let Some(interface) = facts.interface() else {
        return skip(Note::new(Code::DOCTOR_INTERFACE_NONE));
    };
    match Interfaces::system().check(&interface) {
        Ok(_) => pass(Note::new(Code::DOCTOR_INTERFACE_UP).with("interface", interface)),
        Err(fault) => fail(of_data(fault.into())),
    }
}

pub(super) fn address(facts: &Facts<'_>) -> Found {
    if facts.is_virtual() {
        return skip(Note::new(Code::DOCTOR_VIRTUAL));
    }
    let Some(interface) = facts.interface() else {
        return skip(Note::new(Code::DOCTOR_INTERFACE_NONE));
    };
    let state = Interfaces::system().look(&interface);
    match state.addresses.first() {
        Some(address) => {
            let note = Note::new(Code::DOCTOR_ADDRESS).with("interface", interface);
            pass(note.with("address", address.to_string()))
        }
        None => fail(of_data(DataFault::NoAddress { interface })),
    }
}

fn of_data(fault: DataFault) -> Note {
    of_error(&ModemError::Data(fault).into())
}
