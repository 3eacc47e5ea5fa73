//! A Quectel EC200A, on ASR's platform: SINR in dB, no survey, the answers to commands in one line in an order of its own,
//! and a few bytes of an old answer before the first echo.

use super::quectel::Quectel;
use super::{Answer, Persona, Settings, State, identity};
use crate::identity::{DeviceIdentity, ModelTraits};
use crate::line::AtCommand;

/// See the module.
#[derive(Debug)]
pub(super) struct QuectelAsr;

impl Persona for QuectelAsr {
    fn name(&self) -> &'static str {
        "quectel-asr"
    }

    fn identity(&self) -> DeviceIdentity {
        let traits = ModelTraits {
            sinr_in_fifths: false,
            cesq: true,
        };
        identity(
            "Quectel",
            "EC200A",
            "EC200AEUHAR01A03M16",
            "867929061234560",
            traits,
        )
    }

    fn settings(&self) -> Settings {
        Quectel.settings()
    }

    fn answer(&self, command: &AtCommand, state: &mut State) -> Option<Answer> {
        match command.name.as_str() {
            // What the other platforms know.
            "+QOPS" | "+QSCAN" | "+QINISTAT" => Some(Answer::error()),
            _ => Quectel.answer(command, state),
        }
    }

    fn card_ready(&self) -> Vec<String> {
        Quectel.card_ready()
    }

    fn cell_rows(&self) -> &'static [&'static str] {
        Quectel.cell_rows()
    }

    /// The levels first, the operator last, whatever was asked first.
    fn in_order(&self, mut lines: Vec<String>) -> Vec<String> {
        let rank = |line: &String| {
            let heads = ["+CSQ:", "+CREG:", "+CGREG:", "+CEREG:", "+CPIN:"];
            let place = heads.iter().position(|head| line.starts_with(head));
            match place {
                Some(place) => place,
                None if line.starts_with("+COPS:") => heads.len() + 1,
                None => heads.len(),
            }
        };
        lines.sort_by_key(rank);
        lines
    }

    fn left_over(&self) -> &'static str {
        "9,99\r\n\r\nRD"
    }

    fn boot(&self, state: &State) -> Vec<String> {
        Quectel.boot(state)
    }

    fn interjection(&self, state: &State) -> String {
        Quectel.interjection(state)
    }
}
