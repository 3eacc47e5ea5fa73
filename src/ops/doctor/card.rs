//! Whether there is a SIM card that works, and whether it waits for its PIN.

use super::{Facts, Found, fail, of_error, pass, unread, warn};
use crate::document::Note;
use crate::domain::SimState;
use crate::domain::codes::Code;
use crate::modem::Error as ModemError;
use crate::ops::change::usable;

pub(super) fn sim(facts: &Facts<'_>) -> Found {
    let Some(sim) = &facts.status.sim else {
        return unread();
    };
    match sim.state {
        SimState::Ready => pass(Note::new(Code::DOCTOR_SIM_READY)),
        SimState::PinRequired | SimState::PukRequired => pass(Note::new(Code::DOCTOR_SIM_PRESENT)),
        SimState::Unknown => unread(),
        // It may be ready in a moment.
        SimState::Busy => warn(fault(sim.state)),
        SimState::Absent | SimState::Locked | SimState::Failed => fail(fault(sim.state)),
    }
}

pub(super) fn pin(facts: &Facts<'_>) -> Found {
    let Some(sim) = &facts.status.sim else {
        return unread();
    };
    let asked = matches!(sim.state, SimState::PinRequired | SimState::PukRequired);
    if asked {
        return fail(fault(sim.state).with("tries", sim.pin_tries_left));
    }
    if facts.warned(Code::SIM_PIN_TRIES_LOW) {
        let tries = Note::new(Code::SIM_PIN_TRIES_LOW).with("tries", sim.pin_tries_left);
        return warn(tries);
    }
    pass(Note::new(Code::DOCTOR_PIN_UNASKED).with("tries", sim.pin_tries_left))
}

/// Why a card in this state cannot be used.
fn fault(state: SimState) -> Note {
    let unknown = ModemError::Sim(crate::modem::SimFault::Failed);
    of_error(&usable(state).err().unwrap_or(unknown).into())
}
