//! A host's hands for the tests: types lines and steps time to each deadline, so that minutes take no time.

use std::time::Duration;

use super::VirtualModem;
use crate::Scenario;
use opensim_domain::time::Instant;

pub(crate) struct Bench {
    pub(crate) modem: VirtualModem,
    pub(crate) now: Instant,
    /// Everything that came.
    pub(crate) received: Vec<u8>,
}

impl Bench {
    pub(crate) fn named(scenario: &str) -> Self {
        Self::new(&Scenario::named(scenario).unwrap())
    }

    /// `home` under another persona or with faults: TOML that follows `base = "home"`.
    pub(crate) fn home_with(toml: &str) -> Self {
        let text = format!("base = \"home\"\n{toml}");
        Self::new(&Scenario::from_toml(&text, "test").unwrap())
    }

    pub(crate) fn new(scenario: &Scenario) -> Self {
        Self {
            modem: VirtualModem::new(scenario),
            now: Instant::ZERO,
            received: Vec::new(),
        }
    }

    /// Types bytes now.
    pub(crate) fn type_in(&mut self, bytes: &[u8]) {
        self.modem.handle_input(self.now, bytes);
        self.listen();
    }

    /// Lets time pass, deadline by deadline.
    pub(crate) fn wait(&mut self, span: Duration) {
        let end = self.now + span;
        while let Some(next) = self.modem.poll_timeout().filter(|next| *next <= end) {
            self.now = self.now.max(next);
            self.modem.handle_timeout(self.now);
            self.listen();
        }
        self.now = end;
        self.modem.handle_timeout(end);
        self.listen();
    }

    /// What comes within `span`, as text.
    pub(crate) fn receive_for(&mut self, span: Duration) -> String {
        let start = self.received.len();
        self.wait(span);
        String::from_utf8_lossy(&self.received[start..]).into_owned()
    }

    /// Types a line and gives the lines that come within a second, without blank ones and without the echo.
    pub(crate) fn ask(&mut self, line: &str) -> Vec<String> {
        self.ask_for(line, Duration::from_secs(1))
    }

    pub(crate) fn ask_for(&mut self, line: &str, span: Duration) -> Vec<String> {
        let start = self.received.len();
        self.type_in(format!("{line}\r").as_bytes());
        self.wait(span);
        String::from_utf8_lossy(&self.received[start..])
            .split(['\r', '\n'])
            .filter(|text| !text.is_empty() && *text != line)
            .map(str::to_owned)
            .collect()
    }

    fn listen(&mut self) {
        while let Some(bytes) = self.modem.poll_transmit(self.now) {
            self.received.extend_from_slice(&bytes);
        }
    }
}
