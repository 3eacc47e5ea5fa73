//! The way that data takes over an AT modem: its interface waited for, or its other port dialled on.

use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use super::AtModem;
use crate::at::standard::context::{ActiveContexts, AllDetails, Details, PdpContext, is_for_data};
use crate::at::standard::{self, Command};
use crate::measure::Via;
use crate::modem::{DataFault, DataLink, DataPath, DataSession, Error, Result, Way};
use crate::os::net::interface::{InterfaceState, Interfaces};
use crate::os::net::news::InterfaceNews;
use crate::session::ppp::Dialler;
use crate::session::{Begun, Guard};
use crate::time::Instant;

/// How long the modem is given to say what it was given.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long an address that is not the network's is taken for the former network's. It may be that of another context
/// than the first, and then it leads out all the same.
const STALE: Duration = Duration::from_secs(5);

/// The way of an opened modem.
#[derive(Debug)]
pub(super) struct DataWay {
    pub(super) way: Way,
    pub(super) host: Interfaces,
    dialler: Dialler,
    /// What was begun for data, until it is ended.
    pub(super) begun: Begun,
}

impl DataWay {
    pub(super) fn new(way: Way) -> Self {
        Self {
            way,
            host: Interfaces::system(),
            dialler: Dialler::system(),
            begun: Begun::default(),
        }
    }
}

impl AtModem {
    pub(super) async fn data_path(&mut self) -> Result<DataPath> {
        let ContextsInUse { active, details } = self.context_in_use().await?;
        let mut address = details.addresses.first().copied();
        let mut apn = details.apn;
        if apn.is_none() {
            let contexts = self.ask_optional(&standard::Apn).await?.unwrap_or_default();
            let mut named: Vec<PdpContext> = contexts;
            named.retain(|context| context.apn.is_some() && context.is_for_data());
            // One in use before one that is only set up.
            named.sort_by_key(|context| !active.contains(&context.cid));
            apn = named.into_iter().find_map(|context| context.apn);
        }
        let interface = match &self.data.way {
            Way::Interface(name) => Some(name.clone()),
            Way::None | Way::Ppp(_) | Way::Virtual(_) => None,
        };
        if let Some(name) = interface.as_ref().filter(|_| address.is_none()) {
            // That of a stick's own little net would not be what the network gave.
            let seen = self.data.host.look(name);
            address = seen.addresses.first().copied().filter(|_| seen.bare);
        }
        Ok(DataPath {
            apn,
            interface,
            address: address.map(|address| address.to_string()),
        })
    }

    /// A session over the way of this modem. A call chooses no carrier, so it takes no order; where nobody would wait for
    /// it, none is made.
    pub(super) async fn open_session(&mut self, within: Duration) -> Result<DataSession> {
        let until = self.clock.now() + within;
        let begun = self.data.begun.clone();
        begun.settle().await;
        let guard = begun.guard();
        let link = match self.data.way.clone() {
            Way::Interface(name) => self.interface_link(&name, until).await?,
            Way::Virtual(server) => DataLink {
                via: Via::Loopback,
                name_servers: Vec::new(),
                server: Some(server),
            },
            Way::Ppp(port) if !within.is_zero() => self.dialled_link(&guard, &port, until).await?,
            Way::None | Way::Ppp(_) => return Err(Error::Data(DataFault::NoPath)),
        };
        Ok(guard.up(link))
    }

    /// A connection dialled on the modem's other port, which takes part in no selection: `pppd` says `ATD*99#` there and
    /// nothing else, to the network that is in use.
    async fn dialled_link(
        &mut self,
        guard: &Guard,
        port: &Path,
        until: Instant,
    ) -> Result<DataLink> {
        let (interface, name_servers) = if let Some(found) = self.data.begun.call().await {
            found
        } else {
            let dialled = self.data.dialler.dial(port, &self.clock, until).await;
            guard.began_call(dialled.map_err(Error::Data)?, &self.clock)
        };
        Ok(DataLink {
            via: Via::Interface(interface),
            name_servers,
            server: None,
        })
    }

    /// The interface once it is ready, with the address of the network in use.
    async fn interface_link(&mut self, name: &str, until: Instant) -> Result<DataLink> {
        let mut news = InterfaceNews::listen();
        let stale = until.min(self.clock.now() + STALE);
        loop {
            let ready = self.data.host.ready(name, &mut news, &self.clock, until);
            let seen = ready.await.map_err(|fault| Error::Data(fault.into()))?;
            let details = self.context_in_use().await?.details;
            if !is_former(&seen, &details) || self.clock.now() >= stale {
                let mut name_servers = self.data.host.name_servers(name);
                if name_servers.is_empty() {
                    name_servers = details.name_servers;
                }
                return Ok(DataLink {
                    via: Via::Interface(name.to_owned()),
                    name_servers,
                    server: None,
                });
            }
            news.next(&self.clock, stale).await;
        }
    }

    /// The context that data takes, whatever its number, and what the network gave it; nothing where none is in use or
    /// the modem does not tell.
    async fn context_in_use(&mut self) -> Result<ContextsInUse> {
        let mut all = self.ask_soon(&AllDetails).await?.unwrap_or_default();
        if all.is_empty() {
            // Some modems take the command only with a context's number, and some that of the first alone.
            let active = self.ask_soon(&ActiveContexts).await?.unwrap_or(vec![1]);
            for cid in active {
                let mut details = self
                    .ask_soon(&standard::ContextDetails { cid })
                    .await?
                    .unwrap_or_default();
                if details.addresses.is_empty() {
                    details.addresses = self
                        .ask_soon(&standard::Address { cid })
                        .await?
                        .unwrap_or_default();
                }
                all.push((cid, details));
            }
            self.name_contexts(&mut all).await?;
        }
        let active = all.iter().map(|(cid, _)| *cid).collect();
        all.retain(|(_, details)| is_for_data(details.apn.as_deref()));
        // One with an address before one without.
        all.sort_by_key(|(_, details)| details.addresses.is_empty());
        let first = all.into_iter().next();
        Ok(ContextsInUse {
            active,
            details: first.map(|(_, details)| details).unwrap_or_default(),
        })
    }

    /// Gives contexts whose details name no access point the one that they are set up with.
    async fn name_contexts(&mut self, all: &mut [(u8, Details)]) -> Result<()> {
        if all.iter().all(|(_, details)| details.apn.is_some()) {
            return Ok(());
        }
        let set_up = self.ask_soon(&standard::Apn).await?.unwrap_or_default();
        for (cid, details) in all.iter_mut().filter(|(_, d)| d.apn.is_none()) {
            let own = set_up.iter().find(|context| context.cid == *cid);
            details.apn = own.and_then(|context| context.apn.clone());
        }
        Ok(())
    }

    /// What a command says, soon; `None` where the modem does not tell.
    async fn ask_soon<C: Command>(&mut self, command: &C) -> Result<Option<C::Reply>> {
        let reply = self.inquire(command.request().within(PATIENCE)).await?;
        let answer = reply.is_answer().then(|| command.parse(&reply).ok());
        Ok(answer.flatten())
    }
}

/// The contexts in use, and what the network gave the one that data takes.
struct ContextsInUse {
    active: Vec<u8>,
    details: Details,
}

/// Whether an interface still has the address of a network that was left.
fn is_former(seen: &InterfaceState, details: &Details) -> bool {
    // Of IPv6 the modem tells a part only.
    let of_v4 =
        |list: &[IpAddr]| -> Vec<IpAddr> { list.iter().copied().filter(IpAddr::is_ipv4).collect() };
    let (own, given) = (of_v4(&seen.addresses), of_v4(&details.addresses));
    let differ = !own.is_empty() && !given.is_empty() && !own.iter().any(|a| given.contains(a));
    seen.bare && differ
}
