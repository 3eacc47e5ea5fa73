//! Waits for the daemon, which knows of a change later than the modem does. They end by its news, never by a poll.

use std::time::Duration;

use super::events::DaemonEvent;
use super::rules::{MODEM, THREE_GPP};
use super::{ENABLE, ManagerModem, optional, words};
use crate::domain::SimState;
use crate::modem::{Error, Result, SimFault};

/// How long it takes to know a modem, or where a modem stands that was just switched on.
const REGISTRATION_KNOWN: Duration = Duration::from_secs(5);

impl ManagerModem {
    /// Waits until the daemon has got to know the modem: one that was just plugged in or given back is shown before its
    /// number is, and without its number what is owed to it is not found.
    pub(super) async fn introduced(&mut self) -> Result<()> {
        let until = self.clock.now() + REGISTRATION_KNOWN;
        loop {
            let state = self.modem_shown().await?.signed("State");
            let known = !matches!(state, Some(words::UNKNOWN_STATE | words::INITIALIZING));
            if known || !self.wait_for(DaemonEvent::Modem, until).await? {
                return Ok(());
            }
        }
    }

    /// Waits until the daemon knows where a modem stands that it has just switched on: for a moment it does not, and the
    /// network in use would be taken for none.
    pub(super) async fn registration_known(&mut self) -> Result<()> {
        let until = self.clock.now() + REGISTRATION_KNOWN;
        loop {
            let network = optional(self.of(THREE_GPP).await)?.unwrap_or_default();
            let state = network.number("RegistrationState");
            let known = !matches!(state, None | Some(words::IDLE | words::UNKNOWN));
            if known || !self.wait_for(DaemonEvent::Modem, until).await? {
                return Ok(());
            }
        }
    }

    /// Waits until the daemon has dealt with a PIN that the SIM took.
    pub(super) async fn unlocked(&mut self) -> Result<()> {
        let until = self.clock.now() + ENABLE;
        loop {
            let state = words::sim_state(&self.of(MODEM).await?);
            if !matches!(state, SimState::PinRequired | SimState::Busy) {
                return Ok(());
            }
            if !self.wait_for(DaemonEvent::Modem, until).await? {
                return Err(Error::Sim(SimFault::Busy));
            }
        }
    }
}
