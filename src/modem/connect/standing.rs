//! A virtual modem that stays plugged in: whoever opens it next finds it as it was left.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::DuplexStream;

use crate::os::clock::Clock;
use crate::sim::plane::Connected;
use crate::sim::{self, Scenario};

/// A virtual modem that stays plugged in. Clones are the same one.
#[derive(Clone)]
pub struct Standing {
    name: String,
    device: Arc<Mutex<Connected>>,
    server: Option<SocketAddr>,
    clock: Clock,
}

impl Standing {
    /// Plugs one in. Call it inside a tokio runtime.
    pub(super) async fn new(name: &str, scenario: &Scenario) -> io::Result<Self> {
        let clock = Clock::paced(scenario.pace);
        let device = Connected::new(sim::VirtualModem::new(scenario), scenario.seed).await?;
        Ok(Self {
            name: name.to_owned(),
            server: device.address(),
            device: Arc::new(Mutex::new(device)),
            clock,
        })
    }

    /// What `--modem` says for it.
    pub fn spec(&self) -> String {
        format!("sim:{}", self.name)
    }

    pub(super) fn is_named(&self, name: &str) -> bool {
        self.name == name
    }

    /// The server at the end of its data path; `None` where it has none.
    pub(super) fn server(&self) -> Option<SocketAddr> {
        self.server
    }

    /// The clock that it lives by.
    pub(super) fn clock(&self) -> Clock {
        self.clock.clone()
    }

    /// A line to it, until that is dropped.
    pub(super) fn link(&self) -> DuplexStream {
        sim::spawn(self.device.clone(), self.clock.clone())
    }
}

impl std::fmt::Debug for Standing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Standing")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
