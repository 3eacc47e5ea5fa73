//! A modem that knows 27.007 alone, to the letter.

use super::common::{needs_sim, pin_state};
use super::{Answer, Persona, State, identity};
use crate::identity::{DeviceIdentity, ModelTraits};
use crate::line::{AtCommand, Form};
use crate::world::CardState;

/// See the module.
#[derive(Debug)]
pub(super) struct Generic;

impl Persona for Generic {
    fn name(&self) -> &'static str {
        "generic"
    }

    fn identity(&self) -> DeviceIdentity {
        let traits = ModelTraits {
            sinr_in_fifths: false,
            cesq: true,
        };
        identity("Example", "LTE-1", "LTE1-R02.11", "356938035643809", traits)
    }

    fn answer(&self, command: &AtCommand, state: &mut State) -> Option<Answer> {
        Some(match (command.name.as_str(), &command.form) {
            ("I", _) => Answer::line(format!(
                "{} {}",
                state.identity.manufacturer, state.identity.model
            )),
            ("+CCID", Form::Exec | Form::Read) => needs_card(state)
                .unwrap_or_else(|| Answer::line(format!("+CCID: {}", state.world.card.iccid))),
            ("+CPINR", Form::Exec | Form::Set(_)) => match pin_state(state) {
                Err(refusal) => refusal,
                Ok(_) => Answer::lines(vec![
                    format!("+CPINR: SIM PIN,{},3", state.world.card.pin_tries),
                    format!("+CPINR: SIM PUK,{},10", state.world.card.puk_tries),
                ]),
            },
            ("+CPINR", Form::Test) => Answer::ok(),
            _ => return None,
        })
    }
}

/// The card's number can be read before its PIN is given.
pub(super) fn needs_card(state: &State) -> Option<Answer> {
    match state.world.card.state() {
        CardState::Absent | CardState::Blocked | CardState::Held => needs_sim(state),
        CardState::Ready | CardState::Pin | CardState::Puk => None,
    }
}
