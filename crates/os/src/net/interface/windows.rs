//! Windows's adapters, by the names that the user sees.

use std::net::{IpAddr, Ipv4Addr};
#[cfg(any(test, feature = "fixture"))]
use std::path::Path;

use super::{Carried, DefaultRoute, InterfaceFault, InterfaceKind, InterfaceState, leads_out};
use crate::net::adapters::{Adapter, adapters, kind};

/// The longest name that is taken for one; Windows's own are shorter.
const NAME: usize = 256;

/// Where the tables are: the system's own.
#[derive(Debug, Clone)]
pub(super) struct Tables;

#[expect(clippy::unused_self, reason = "other systems have a root")]
impl Tables {
    pub(super) fn system() -> Self {
        Self
    }

    #[cfg(any(test, feature = "fixture"))]
    pub(super) fn below(_: &Path) -> Self {
        Self
    }

    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = adapters().into_iter().map(|one| one.name).collect();
        names.sort();
        names
    }

    pub(super) fn look(&self, name: &str) -> Option<InterfaceState> {
        let adapter = find(name)?;
        let bare = kind::MOBILE.contains(&adapter.kind) || adapter.kind == kind::PPP;
        let addresses = adapter.addresses.into_iter();
        Some(InterfaceState {
            usable: adapter.is_up,
            bare,
            addresses: addresses.filter(|address| leads_out(*address)).collect(),
        })
    }

    /// Whether a way leads by it; there are no filters of the way back to be seen.
    pub(super) fn obstacle(
        &self,
        interface: &str,
        bare: bool,
        address: Ipv4Addr,
    ) -> Result<(), InterfaceFault> {
        let leads = bare || find(interface).is_some_and(|adapter| adapter.has_gateway);
        if leads {
            return Ok(());
        }
        Err(InterfaceFault::NoRoute {
            interface: interface.to_owned(),
            address: address.into(),
        })
    }

    /// Windows filters no way back.
    pub(super) fn strict(&self, _: &str) -> Option<String> {
        None
    }

    pub(super) fn default_interface(&self) -> Option<String> {
        let first = self.default_routes().into_iter().next();
        first.map(|route| route.interface)
    }

    pub(super) fn default_routes(&self) -> Vec<DefaultRoute> {
        let leading = adapters().into_iter();
        let leading = leading.filter(|adapter| adapter.is_up && adapter.has_gateway);
        let routes = leading.map(|adapter| DefaultRoute {
            interface: adapter.name,
            metric: adapter.metric,
        });
        let mut routes: Vec<DefaultRoute> = routes.collect();
        routes.sort_by_key(|route| route.metric);
        routes
    }

    pub(super) fn kind(&self, name: &str) -> InterfaceKind {
        match find(name).map(|adapter| adapter.kind) {
            Some(kind::ETHERNET) => InterfaceKind::Cable,
            Some(kind::WIFI) => InterfaceKind::Wifi,
            // A call over a modem is PPP too, and rarer than a VPN that is.
            Some(kind::PPP | kind::VIRTUAL | kind::TUNNEL) => InterfaceKind::Tunnel,
            Some(other) if kind::MOBILE.contains(&other) => InterfaceKind::Modem,
            _ => InterfaceKind::Other,
        }
    }

    pub(super) fn carried(&self, interface: &str) -> Option<Carried> {
        let bytes = find(interface)?.carried()?;
        Some(Carried { bytes })
    }

    pub(super) fn link_header(&self, interface: &str) -> u64 {
        let kind = find(interface).map(|adapter| adapter.kind);
        if matches!(kind, Some(kind::ETHERNET | kind::WIFI)) {
            14
        } else {
            0
        }
    }

    pub(super) fn name_servers(&self, name: &str) -> Vec<IpAddr> {
        find(name)
            .map(|adapter| adapter.servers)
            .unwrap_or_default()
    }
}

fn find(name: &str) -> Option<Adapter> {
    adapters().into_iter().find(|adapter| adapter.name == name)
}

/// Whether a word can be an interface's name.
pub(super) fn is_name(word: &str) -> bool {
    (1..=NAME).contains(&word.len()) && !word.chars().any(char::is_control)
}
