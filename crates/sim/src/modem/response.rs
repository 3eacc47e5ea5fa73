//! How what is said becomes bytes: line ends, result codes, lines said unasked.

use super::{Power, VirtualModem};
use crate::persona::{End, common};
use crate::world::Registration;
use opensim_domain::RegistrationState;

impl VirtualModem {
    /// Sends a line unasked.
    pub(super) fn send_unsolicited(&mut self, line: &str) {
        if self.power != Power::On
            || self.is_dead()
            || (self.is_mute() && self.faults.silence.loses)
        {
            return;
        }
        let text = format!("{}{line}\r\n", self.persona.urc_lead());
        self.output.lines(self.state.now, text.as_bytes());
    }

    pub(super) fn information(&mut self, lines: &[String]) -> Vec<u8> {
        let mut text = String::new();
        for (at, line) in lines.iter().enumerate() {
            if at == 0 && self.state.settings.verbose {
                text.push_str("\r\n");
            }
            text.push_str(line);
            text.push_str("\r\n");
            if at == 0 && self.faults.wire.urc_mid_reply {
                text.push_str(&self.interjection());
            }
        }
        text.into_bytes()
    }

    /// An unasked line for the middle of an answer; every other one looks like an answer to `AT+CREG?`.
    fn interjection(&mut self) -> String {
        self.reported.interjections = self.reported.interjections.wrapping_add(1);
        let here = self.state.world.reported();
        let idle = Registration {
            state: RegistrationState::Unknown,
            camp: None,
            cause: None,
        };
        let reports = common::registration_urcs(idle, here, &self.state);
        let line = reports
            .into_iter()
            .next()
            .filter(|_| self.reported.interjections.is_multiple_of(2))
            .unwrap_or_else(|| self.persona.interjection(&self.state));
        format!("{}{line}\r\n", self.persona.urc_lead())
    }

    /// The result code, by number where `ATV0` asked for that.
    pub(super) fn result(&self, end: End) -> String {
        let settings = &self.state.settings;
        let (number, text) = match end {
            End::Ok | End::Restart | End::NetworkList | End::Survey | End::Selection => (0, "OK"),
            End::NoCarrier => (3, "NO CARRIER"),
            End::Unknown => (4, self.persona.unknown()),
            End::Cme(code) if settings.errors == 1 => {
                return format!("\r\n+CME ERROR: {code}\r\n");
            }
            End::Cme(code) if settings.errors == 2 => {
                return format!("\r\n+CME ERROR: {}\r\n", common::error_text(code));
            }
            End::Error | End::Cme(_) => (4, "ERROR"),
        };
        if settings.verbose {
            format!("\r\n{text}\r\n")
        } else {
            format!("{number}\r")
        }
    }
}
