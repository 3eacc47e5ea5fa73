//! The two transfers that the sequential test is fed from: what comes down is counted as it is read, what goes up as
//! the other end acknowledges it.

mod down;
mod up;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio_rustls::rustls::ClientConfig;

use crate::error::MeasureError;
use crate::net::bill::Bill;
use crate::net::bind::{Buffers, Via};
use crate::net::http;
use crate::net::stream::{Connection, Metered};
use crate::servers::Server;
use crate::throughput::{ByteBudget, Clearance, Goodput, Sampler};
use opensim_domain::codes::Detail;
use opensim_os::clock::Clock;
use opensim_os::net::interface::Interfaces;

/// How long connecting, and then each step of setting up, may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(6);
/// What setting up may cost: handshakes, certificates, heads.
const SETUP: u64 = 3_000;
const SETUP_TLS: u64 = 12_000;

/// What setting up a connection may cost.
pub(super) fn setup(tls: bool) -> u64 {
    if tls { SETUP_TLS } else { SETUP }
}

/// How bytes sent are known to have arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UploadCount {
    /// The kernel's count of acknowledged bytes; the server's report where the kernel does not count.
    #[default]
    Acknowledged,
    /// The server's own report, 20 times a second: where something between acknowledges for it. `opensim serve` alone.
    Reported,
}

/// A server and the way to it.
#[derive(Debug)]
pub(super) struct ServerPath<'a> {
    pub(super) via: &'a Via,
    pub(super) server: &'a Server,
    pub(super) address: SocketAddr,
    /// Without load.
    pub(super) round_trip: Duration,
    /// Whether its reflector was seen to give more than it is sent.
    pub(super) multiplies: bool,
    pub(super) tls: Option<Arc<ClientConfig>>,
    pub(super) clock: &'a Clock,
    pub(super) bill: &'a Bill,
    /// Of everything on the bill.
    pub(super) budget: u64,
}

impl ServerPath<'_> {
    /// A connection to the server; no more than `most` is read of it before another limit is set.
    pub(super) async fn open(
        &self,
        buffers: Buffers,
        most: u64,
    ) -> Result<Connection, MeasureError> {
        let how = (buffers, PATIENCE);
        let connected = Metered::connect(self.via, self.address, how, self.clock, self.bill);
        let mut metered = connected.await?;
        metered.read_limit = most;
        match &self.tls {
            None => Ok(Connection::Plain(metered)),
            Some(config) => {
                let secured = Connection::secured(metered, config.clone(), &self.server.host);
                self.in_time(secured).await
            }
        }
    }

    /// Asks for a byte, and sees that it is the server who answers.
    pub(super) async fn sample(&self) -> Result<(), MeasureError> {
        self.afford(self.setup())?;
        let small = Buffers {
            receive: Some(4096),
            send: None,
        };
        let mut connection = self.open(small, self.setup()).await?;
        let request = self.server.download(1).encode(&self.server.host_header());
        let answered = http::exchange(&mut connection, &self.server.host, &request);
        let (head, _) = self.in_time(answered).await?;
        self.server.check(&head)?;
        connection.metered().drain(self.round_trip).await;
        Ok(())
    }

    /// A step of setting up, once connected: it ends or fails in time.
    pub(super) async fn in_time<T>(
        &self,
        step: impl Future<Output = Result<T, MeasureError>>,
    ) -> Result<T, MeasureError> {
        let deadline = self.clock.now() + PATIENCE;
        tokio::select! {
            result = step => result,
            () = self.clock.sleep_until(Some(deadline)) => Err(self.via.falls_silent(self.address)),
        }
    }

    /// What is left for one transfer with this window.
    fn byte_budget(&self, window: u32) -> Result<ByteBudget, MeasureError> {
        let wire = self.afford(ByteBudget::least(window) + self.setup())?;
        Ok(ByteBudget::of(wire))
    }

    /// What setting up a connection may cost.
    pub(super) fn setup(&self) -> u64 {
        setup(self.tls.is_some())
    }

    /// What is left of the budget, where it is as much as is needed.
    pub(super) fn afford(&self, needed: u64) -> Result<u64, MeasureError> {
        let budget = self.bill.left_of(self.budget);
        if budget < needed {
            return Err(self.bill.too_small(self.budget, needed));
        }
        Ok(budget)
    }

    /// What a transfer that has ended says; its connection is closed, so that its cost is on the bill. An interface
    /// that went down meanwhile says nothing of the link's rate.
    fn conclude(&self, sampler: &Sampler, before: u64) -> Result<Goodput, MeasureError> {
        let bytes = self.bill.total().saturating_sub(before);
        let goodput = sampler.goodput(bytes).ok_or_else(|| MeasureError::Broken {
            server: self.server.host.clone(),
            detail: Detail::CONNECTION_LOST.into(),
        })?;
        match self.via {
            Via::Interface(name) if goodput.verdict != Clearance::Meets => {
                Interfaces::system().check(name)?;
                Ok(goodput)
            }
            _ => Ok(goodput),
        }
    }
}
