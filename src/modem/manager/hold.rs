//! A device that `ModemManager` lets go of for as long as opensim talks to it directly.
//!
//! The daemon takes it back by itself when whoever asked leaves the bus, so not even SIGKILL leaves it behind.

use std::time::Duration;

use super::daemon::{self, ROOT};
use super::rules::MANAGER;
use crate::bus::{Args, Gate, MethodCall, SOON};
use crate::guard::Leave;
use crate::modem::managed::Managed;
use crate::modem::{Error, Result};
use crate::os::clock::Clock;

/// The longest that the daemon is given to close its ports.
const LETTING_GO: Duration = Duration::from_secs(10);
/// Between two looks whether it did.
const AGAIN: Duration = Duration::from_millis(50);

/// A device that the daemon leaves alone until this is given back, or dropped with the bus.
#[derive(Debug)]
pub struct Hold {
    gate: Gate,
    device: String,
}

impl Hold {
    /// Has the daemon let go of a modem, and waits until it did: its data link drops.
    ///
    /// # Errors
    /// When this user may not, or the daemon does not let go.
    pub(in crate::modem) async fn take(gate: Gate, modem: &Managed) -> Result<Self> {
        let hold = Self {
            gate,
            device: modem.device.clone(),
        };
        hold.inhibit(true).await?;
        let clock = Clock::system();
        let until = clock.now() + LETTING_GO;
        while daemon::list(&hold.gate)
            .await?
            .iter()
            .any(|other| other.device == modem.device)
        {
            if clock.now() >= until {
                hold.give_back().await?;
                return Err(Error::Busy {
                    port: modem.id(),
                    holder: Some("ModemManager".to_owned()),
                });
            }
            clock.sleep_until(Some(clock.now() + AGAIN)).await;
        }
        Ok(hold)
    }

    /// The daemon may have it again.
    ///
    /// # Errors
    /// When the daemon is gone.
    pub async fn give_back(self) -> Result<()> {
        self.inhibit(false).await
    }

    async fn inhibit(&self, inhibit: bool) -> Result<()> {
        let args = Args::Device(self.device.clone(), inhibit);
        let call = MethodCall::new(ROOT, MANAGER, "InhibitDevice", args);
        let done = self.gate.call(&call, &Leave::NONE, SOON).await;
        done.map(drop).map_err(Error::from)
    }
}
