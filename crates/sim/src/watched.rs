//! A virtual modem whose doings are told to files, for a bench around it: which network it is on, to shape a link after
//! it, and which commands arrived, to count them.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::device::Device;
use super::modem::VirtualModem;
use opensim_domain::plmn::Plmn;
use opensim_domain::time::Instant;

/// A virtual modem, watched. A file that can no longer be written stops no modem.
pub struct Watched {
    modem: VirtualModem,
    state: Option<State>,
    log: Option<File>,
    logged: usize,
}

/// The file that holds the network's code.
struct State {
    path: PathBuf,
    written: Option<Plmn>,
}

impl Watched {
    /// `state` holds the code of the network that the modem is on, or nothing, and a line end; it is replaced at each
    /// change. `log` gets a line for each command: seconds, a tab, the command line.
    ///
    /// # Errors
    /// When one of the files cannot be written.
    pub fn new(modem: VirtualModem, state: Option<&Path>, log: Option<&Path>) -> io::Result<Self> {
        let plmn = modem.world().plmn();
        let state = state
            .map(|path| -> io::Result<State> {
                write_state(path, plmn)?;
                Ok(State {
                    path: path.to_owned(),
                    written: plmn,
                })
            })
            .transpose()?;
        Ok(Self {
            logged: modem.command_count(),
            modem,
            state,
            log: log.map(File::create).transpose()?,
        })
    }

    fn record(&mut self, now: Instant) {
        if let Some(log) = &mut self.log {
            let fresh = self.modem.command_count() - self.logged;
            let known = self.modem.commands().count();
            let lines = self.modem.commands().skip(known.saturating_sub(fresh));
            let at = now.since_start().as_secs_f64();
            let lines: Vec<String> = lines.map(|line| format!("{at:.3}\t{line}\n")).collect();
            let _ = log.write_all(lines.concat().as_bytes());
        }
        self.logged = self.modem.command_count();
        let plmn = self.modem.world().plmn();
        if let Some(state) = self.state.as_mut().filter(|state| state.written != plmn) {
            state.written = plmn;
            let _ = write_state(&state.path, plmn);
        }
    }
}

/// Whoever reads it finds the old content or the new.
fn write_state(path: &Path, plmn: Option<Plmn>) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let text = plmn.map_or_else(String::new, |plmn| plmn.to_string());
    std::fs::write(&beside, text + "\n")?;
    std::fs::rename(&beside, path)
}

impl Device for Watched {
    fn handle_input(&mut self, now: Instant, bytes: &[u8]) {
        self.modem.handle_input(now, bytes);
        self.record(now);
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.modem.handle_timeout(now);
        self.record(now);
    }

    fn poll_transmit(&mut self, now: Instant) -> Option<Vec<u8>> {
        self.modem.poll_transmit(now)
    }

    fn poll_timeout(&self) -> Option<Instant> {
        self.modem.poll_timeout()
    }

    fn is_unplugged(&self) -> bool {
        self.modem.is_unplugged()
    }

    fn handle_hang_up(&mut self, now: Instant) {
        self.modem.handle_hang_up(now);
        self.record(now);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::Scenario;

    #[test]
    fn the_network_and_the_commands_are_told_as_they_change() {
        let folder = tempfile::tempdir().unwrap();
        let (state, log) = (folder.path().join("state"), folder.path().join("log"));
        let modem = VirtualModem::new(&Scenario::named("home").unwrap());
        let mut watched = Watched::new(modem, Some(&state), Some(&log)).unwrap();
        let read = |path: &Path| std::fs::read_to_string(path).unwrap();
        assert_eq!(read(&state), "20801\n");
        let at = |seconds| Instant::at(Duration::from_secs(seconds));
        watched.handle_input(at(1), b"AT\r");
        watched.handle_timeout(at(2));
        watched.handle_input(at(3), b"AT+COPS=1,2,\"20810\"\r");
        watched.handle_timeout(at(4));
        assert_eq!(read(&state), "\n");
        watched.handle_timeout(at(60));
        assert_eq!(read(&state), "20810\n");
        assert_eq!(read(&log), "1.000\tAT\n3.000\tAT+COPS=1,2,\"20810\"\n");
        let nowhere = folder.path().join("none/state");
        let modem = VirtualModem::new(&Scenario::named("home").unwrap());
        assert!(Watched::new(modem, Some(&nowhere), None).is_err());
    }

    #[test]
    fn a_modem_that_lost_its_power_keeps_its_selection_and_forgets_its_settings() {
        let modem = VirtualModem::new(&Scenario::named("home").unwrap());
        let mut watched = Watched::new(modem, None, None).unwrap();
        let at = |seconds| Instant::at(Duration::from_secs(seconds));
        let mut ask = |seconds, line: &str| {
            watched.handle_input(at(seconds), line.as_bytes());
            watched.handle_timeout(at(seconds + 59));
            let mut received = Vec::new();
            while let Some(bytes) = watched.poll_transmit(at(seconds + 59)) {
                received.extend(bytes);
            }
            if line.contains("COPS=1") {
                watched.handle_hang_up(at(seconds + 59));
            }
            String::from_utf8(received).unwrap()
        };
        ask(0, "ATE0\r");
        ask(60, "AT+COPS=1,2,\"20810\"\r");
        let after = ask(240, "AT+COPS?\r");
        assert!(after.contains("AT+COPS?\r"), "the echo is back: {after}");
        assert!(after.contains("+COPS: 1,"), "{after}");
        assert!(after.contains("SFR"), "{after}");
    }
}
