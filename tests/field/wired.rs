//! A virtual modem at the far end of a port, which takes command lines.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use opensim::modem::{self, Modem};
use opensim::sim::world::Carrier;
use opensim::sim::{Device, VirtualModem};
use opensim::time::Instant;

use super::case::Case;
use super::desk::{Desk, Shared};
use super::run::{Place, Rig, Told};

/// Tells of the command lines that have arrived.
struct Counted {
    device: Shared,
    told: Option<Told>,
}

impl Device for Counted {
    fn handle_input(&mut self, now: Instant, bytes: &[u8]) {
        self.device.handle_input(now, bytes);
        if let Some(told) = &self.told {
            told.count(lock(&self.device).command_count());
        }
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.device.handle_timeout(now);
    }

    fn poll_transmit(&mut self, now: Instant) -> Option<Vec<u8>> {
        self.device.poll_transmit(now)
    }

    fn poll_timeout(&self) -> Option<Instant> {
        self.device.poll_timeout()
    }

    fn is_unplugged(&self) -> bool {
        self.device.is_unplugged()
    }
}

fn lock(device: &Shared) -> std::sync::MutexGuard<'_, VirtualModem> {
    device.lock().expect("no test panicked with it")
}

/// A case's modem on a port.
pub(crate) struct Wired {
    device: Shared,
    twin: Shared,
}

impl Wired {
    pub(crate) fn new(case: &Case) -> Self {
        let modem = || Arc::new(Mutex::new(VirtualModem::new(&case.scenario())));
        Self {
            device: modem(),
            twin: modem(),
        }
    }
}

fn place_of(device: &Shared, now: Instant) -> Place {
    Arc::clone(device).handle_timeout(now);
    let device = lock(device);
    Place {
        selection: device.world().selection(),
        on: device.world().plmn(),
    }
}

#[async_trait]
impl Rig for Wired {
    async fn open(&self, desk: &Desk, told: Option<&Told>) -> modem::Result<Box<dyn Modem>> {
        // The world's first events are due.
        Arc::clone(&self.device).handle_timeout(desk.clock.now());
        let counted = Counted {
            device: Arc::clone(&self.device),
            told: told.cloned(),
        };
        Ok(Box::new(desk.open(counted).await?))
    }

    fn place(&self, desk: &Desk) -> Place {
        place_of(&self.device, desk.clock.now())
    }

    fn left_alone(&self) -> Place {
        place_of(&self.twin, Instant::at(Duration::from_mins(1)))
    }

    fn carriers(&self) -> Vec<Carrier> {
        lock(&self.device).world().carriers().to_vec()
    }

    fn wire(&self) -> Vec<String> {
        lock(&self.device).commands().map(str::to_owned).collect()
    }

    fn heard(&self) -> usize {
        lock(&self.device).command_count()
    }
}
