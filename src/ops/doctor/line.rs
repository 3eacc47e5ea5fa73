//! The line that what is asked over the network goes by: the modem's, or this computer's usual one where there is no modem.

use std::net::IpAddr;

use super::{Facts, Found, fail, of_error, pass, skip};
use crate::document::Note;
use crate::domain::codes::Code;
use crate::measure::reach::{self, Terms};
use crate::measure::{self, Bill, Via};
use crate::ops::{Context, Error};
use crate::os::clock::Clock;
use crate::os::net::interface::Interfaces;

/// A name that is always there, and means nothing (RFC 2606).
const NAME: &str = "example.org";

/// A line that is up, and its own name servers.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) interface: String,
    name_servers: Vec<IpAddr>,
}

impl Line {
    fn of(interfaces: &Interfaces, interface: String) -> Self {
        Self {
            name_servers: interfaces.name_servers(&interface),
            interface,
        }
    }
}

impl Facts<'_> {
    /// The line to ask by, or why there is none.
    pub(super) fn line(&self) -> Result<Line, Found> {
        let interfaces = Interfaces::system();
        if self.is_virtual() {
            return Err(skip(Note::new(Code::DOCTOR_VIRTUAL)));
        }
        if self.status.modem.is_none() {
            let usual = interfaces.default_interface();
            let usual = usual.map(|interface| Line::of(&interfaces, interface));
            return usual.ok_or_else(|| fail(Note::new(Code::DOCTOR_NO_LINE)));
        }
        let own = self.interface().filter(|interface| {
            let state = interfaces.look(interface);
            state.usable && !state.addresses.is_empty()
        });
        let own = own.map(|interface| Line::of(&interfaces, interface));
        own.ok_or_else(|| skip(Note::new(Code::DOCTOR_LINE_DOWN)))
    }
}

/// Whether a name is found over the line, for some hundred bytes.
pub(super) async fn dns(facts: &Facts<'_>, context: &Context<'_>, bill: &Bill) -> Found {
    if let Err(error) = measure::possible() {
        return skip(of_error(&Error::from(error)));
    }
    let line = match facts.line() {
        Ok(line) => line,
        Err(found) => return found,
    };
    let clock = Clock::system();
    let terms = Terms {
        via: Via::Interface(line.interface.clone()),
        name_servers: line.name_servers,
        authorities: Vec::new(),
        budget: u64::MAX,
        bill: bill.clone(),
        clock: clock.clone(),
    };
    let began = clock.now();
    match reach::look_up(NAME, &terms, &context.cancel).await {
        Ok(()) => {
            let took = (clock.now() - began).as_millis();
            let note = Note::new(Code::DOCTOR_NAMES_FOUND).with("name", NAME);
            let note = note.with("interface", line.interface);
            pass(note.with("latency_ms", u64::try_from(took).unwrap_or(u64::MAX)))
        }
        Err(error) => fail(of_error(&Error::from(error))),
    }
}
