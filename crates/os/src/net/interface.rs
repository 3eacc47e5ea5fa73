//! What the system tells of a network interface: there, up, with an address, with a way to another, and let answer;
//! and the wait until it leads somewhere.
//!
//! An interface is ready when it is up, has a carrier where it knows carriers, and has an address that was given to it
//! (no link-local one). Interfaces that pass bare IP (`qmi_wwan` in raw-ip mode, `cdc_mbim`, PPP) know no carrier and say
//! `unknown`; that is no obstacle. Nothing is decided here about sending.

use std::net::IpAddr;
#[cfg(any(test, feature = "fixture"))]
use std::path::Path;

use opensim_domain::time::Instant;

use super::news::InterfaceNews;
use crate::clock::Clock;

#[cfg(any(test, feature = "fixture"))]
pub mod fixture;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "windows")]
use windows as system;

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests;

/// What keeps an interface from being of use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InterfaceFault {
    /// There is none of this name.
    #[error("there is no interface {interface}")]
    Absent {
        /// The name.
        interface: String,
    },
    /// It is down, or has no carrier.
    #[error("{interface} is down")]
    Down {
        /// Which.
        interface: String,
    },
    /// No address was given to it in time.
    #[error("{interface} has no address")]
    NoAddress {
        /// Which.
        interface: String,
    },
    /// No route leads there by it.
    #[error("no route to {address} by {interface}")]
    NoRoute {
        /// Which.
        interface: String,
        /// Where to.
        address: IpAddr,
    },
    /// Reverse path filtering would drop the answers.
    #[error("answers that come by {interface} are filtered ({file})")]
    ReversePath {
        /// Which.
        interface: String,
        /// The setting that does it.
        file: String,
    },
}

/// An interface at a moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InterfaceState {
    /// Up, with a carrier where it knows carriers.
    pub usable: bool,
    /// Whether it passes bare IP, so that its address is the network's own and not one of a stick's private net.
    pub bare: bool,
    /// Those that lead out.
    pub addresses: Vec<IpAddr>,
}

/// Bytes that an interface has carried since it came up, both ways, everybody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carried {
    /// In and out.
    pub bytes: u64,
}

/// What an interface is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InterfaceKind {
    /// A network card with a cable.
    Cable,
    /// A radio network card.
    Wifi,
    /// A mobile modem's, or a call over one (PPP).
    Modem,
    /// The end of a tunnel, as a VPN has it.
    Tunnel,
    /// This computer's own: loopback, bridges, those of virtual machines.
    Other,
}

/// A usual route to the Internet (IPv4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefaultRoute {
    /// The interface that it leads by.
    pub interface: String,
    /// Its rank among them: the least is used.
    pub metric: u32,
}

/// The interfaces of this computer.
#[derive(Debug, Clone)]
pub struct Interfaces {
    tables: system::Tables,
}

impl Interfaces {
    /// The running system's.
    pub fn system() -> Self {
        Self {
            tables: system::Tables::system(),
        }
    }

    /// Those of tables below another root.
    #[cfg(any(test, feature = "fixture"))]
    pub fn below(root: &Path) -> Self {
        Self {
            tables: system::Tables::below(root),
        }
    }

    /// The names of them all, in their order.
    pub fn names(&self) -> Vec<String> {
        self.tables.names()
    }

    /// An interface as it is now; one that is not there is of no use.
    pub fn look(&self, name: &str) -> InterfaceState {
        self.tables.look(name).unwrap_or_default()
    }

    /// Whether an interface is there and up.
    ///
    /// # Errors
    /// [`InterfaceFault::Absent`], [`InterfaceFault::Down`].
    pub fn check(&self, name: &str) -> Result<InterfaceState, InterfaceFault> {
        let interface = || name.to_owned();
        match self.tables.look(name) {
            Some(state) if state.usable => Ok(state),
            Some(_) => Err(InterfaceFault::Down {
                interface: interface(),
            }),
            None => Err(InterfaceFault::Absent {
                interface: interface(),
            }),
        }
    }

    /// What would keep answers from this address from coming in by this interface, if anything is seen to. Policy
    /// rules are not read: where they route by the source address there may be no obstacle after all.
    ///
    /// # Errors
    /// Those of [`Self::check`], [`InterfaceFault::NoRoute`], [`InterfaceFault::ReversePath`].
    pub fn obstacle(&self, name: &str, address: IpAddr) -> Result<(), InterfaceFault> {
        let state = self.check(name)?;
        match address {
            IpAddr::V4(address) => self.tables.obstacle(name, state.bare, address),
            IpAddr::V6(_) => Ok(()),
        }
    }

    /// The setting that makes reverse path filtering strict on an interface, if it is.
    pub fn strict(&self, name: &str) -> Option<String> {
        self.tables.strict(name)
    }

    /// The interface that the usual route to the Internet (IPv4) leads by.
    pub fn default_interface(&self) -> Option<String> {
        self.tables.default_interface()
    }

    /// Every usual route to the Internet (IPv4), the one in use first.
    pub fn default_routes(&self) -> Vec<DefaultRoute> {
        self.tables.default_routes()
    }

    /// What an interface is.
    pub fn kind(&self, name: &str) -> InterfaceKind {
        self.tables.kind(name)
    }

    /// What an interface has carried.
    pub fn carried(&self, name: &str) -> Option<Carried> {
        self.tables.carried(name)
    }

    /// Bytes of the link's own header that an interface counts with each packet: Ethernet's, or none.
    pub fn link_header(&self, name: &str) -> u64 {
        self.tables.link_header(name)
    }

    /// The name servers that were given for this interface alone, where the system keeps them.
    pub fn name_servers(&self, name: &str) -> Vec<IpAddr> {
        self.tables.name_servers(name)
    }

    /// Waits until an interface is ready, and at `until` says what it lacks. One that is not there may come yet, and is
    /// down until then.
    ///
    /// # Errors
    /// [`InterfaceFault::Down`], [`InterfaceFault::NoAddress`].
    pub async fn ready(
        &self,
        name: &str,
        news: &mut InterfaceNews,
        clock: &Clock,
        until: Instant,
    ) -> Result<InterfaceState, InterfaceFault> {
        loop {
            let state = self.look(name);
            if state.usable && !state.addresses.is_empty() {
                return Ok(state);
            }
            if clock.now() >= until {
                let interface = name.to_owned();
                return Err(if state.usable {
                    InterfaceFault::NoAddress { interface }
                } else {
                    InterfaceFault::Down { interface }
                });
            }
            news.next(clock, until).await;
        }
    }
}

/// Whether a word can be an interface's name.
pub fn is_name(word: &str) -> bool {
    system::is_name(word)
}

/// Whether an address is one that a network or a stick gave: neither this link's own nor this computer's.
fn leads_out(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(a) => !a.is_link_local() && !a.is_loopback() && !a.is_unspecified(),
        IpAddr::V6(a) => {
            let local = a.is_unicast_link_local() || a.is_unique_local() || a.is_multicast();
            !local && !a.is_loopback() && !a.is_unspecified()
        }
    }
}
