//! The virtual data path: real sockets on loopback, shaped by the carrier in use.
//!
//! A measurement in the demonstration measures something. Behind it stands a measurement server, in front of it a relay
//! (`relay`) that gives each packet its time on a lane (`lane`): the rate, delay, jitter, loss and bucket of the carrier
//! that the world is registered on, nothing at all while it is on none, and a new lane (connections of the old one are
//! reset) after a change of carrier. It needs no root and no network of its own, and lives at the wall clock's pace
//! whatever the pace of the world.
//!
//! What it is not: a kernel's queue. TCP ends at the relay on either side, so a handshake takes no time, and a lost
//! segment shows as the wait for its repetition.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::device::Device;
use super::modem::VirtualModem;
use super::world::LinkShape;
use opensim_domain::Plmn;
use opensim_domain::time::Instant;
use opensim_measure::possible;
use opensim_measure::serve::{ServeLimits, ServeSettings, Service};
use opensim_os::clock::Clock;

mod lane;
mod relay;

/// The link of the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Link {
    /// What it carries; `None` while the modem is on no network.
    shape: Option<LinkShape>,
    /// One more with each change of network.
    epoch: u64,
}

/// A data path that runs until it is dropped.
#[derive(Debug)]
pub(crate) struct Plane {
    address: SocketAddr,
    _server: DropGuard,
    _relay: JoinSet<()>,
}

impl Plane {
    async fn start(link: watch::Receiver<Link>, seed: u64) -> io::Result<Self> {
        let settings = ServeSettings {
            listen: ([127, 0, 0, 1], 0).into(),
            stamp: None,
            tls: None,
            limits: ServeLimits::default(),
        };
        let service = Service::listen(&settings, &Clock::system())
            .await
            .map_err(io::Error::other)?;
        let server = service.address()?;
        let cancel = CancellationToken::new();
        tokio::spawn(service.serve(cancel.clone()));
        let (address, relay) = relay::start(server, link, seed).await?;
        Ok(Self {
            address,
            _server: cancel.drop_guard(),
            _relay: relay,
        })
    }

    /// Where its server is reached, TCP and UDP.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

/// A virtual modem with a data path.
pub struct Connected {
    modem: VirtualModem,
    link: watch::Sender<Link>,
    on: Option<Plmn>,
    plane: Option<Arc<Plane>>,
}

impl Connected {
    /// Gives a modem its data path, where anything is measured on this system. Call it inside a tokio runtime.
    ///
    /// # Errors
    /// When loopback gives no ports.
    pub async fn new(modem: VirtualModem, seed: u64) -> io::Result<Self> {
        let on = modem.world().plmn();
        let (link, watched) = watch::channel(Link {
            shape: modem.world().link_shape(),
            epoch: 0,
        });
        let plane = match possible() {
            Ok(()) => Some(Arc::new(Plane::start(watched, seed).await?)),
            Err(_) => None,
        };
        Ok(Self {
            modem,
            link,
            on,
            plane,
        })
    }

    /// Where the server at the end of the path is reached; `None` where it has none.
    pub fn address(&self) -> Option<SocketAddr> {
        self.plane.as_ref().map(|plane| plane.address())
    }

    /// Tells the path where the modem stands now.
    fn publish(&mut self) {
        let now = if self.modem.is_unplugged() {
            None
        } else {
            self.modem.world().plmn()
        };
        let shape = now.and_then(|_| self.modem.world().link_shape());
        let moved = now.is_some() && now != self.on;
        if moved {
            self.on = now;
        }
        self.link.send_if_modified(|link| {
            let next = Link {
                shape,
                epoch: link.epoch + u64::from(moved),
            };
            let changed = *link != next;
            *link = next;
            changed
        });
    }
}

impl Device for Connected {
    fn handle_input(&mut self, now: Instant, bytes: &[u8]) {
        self.modem.handle_input(now, bytes);
        self.publish();
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.modem.handle_timeout(now);
        self.publish();
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
}

#[cfg(test)]
mod tests;
