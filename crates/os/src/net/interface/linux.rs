//! Linux's tables of interfaces, read as files: `/sys/class/net`, `/proc/net/route`, `/proc/sys/net/ipv4/conf`, and
//! what systemd keeps of name servers.

use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

use super::{Carried, DefaultRoute, InterfaceFault, InterfaceKind, InterfaceState, leads_out};

const UP: u32 = 0x1;
const POINT_TO_POINT: u32 = 0x10;
const NO_ARP: u32 = 0x80;
/// `RTF_UP` of a route.
const ROUTE_UP: u32 = 0x1;
/// The longest interface name, its end not counted (`IFNAMSIZ`).
const NAME: usize = 15;

/// Where the tables are; another root in tests.
#[derive(Debug, Clone)]
pub(super) struct Tables {
    root: PathBuf,
    addresses: fn(&Path, &str) -> Vec<IpAddr>,
}

impl Tables {
    pub(super) fn system() -> Self {
        Self {
            root: PathBuf::from("/"),
            addresses: |_, name| system_addresses(name),
        }
    }

    /// Below another root, where addresses are lines of `addresses/NAME`.
    #[cfg(any(test, feature = "fixture"))]
    pub(super) fn below(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            addresses: |root, name| {
                let text = std::fs::read_to_string(root.join("addresses").join(name));
                let text = text.unwrap_or_default();
                text.lines().filter_map(|line| line.parse().ok()).collect()
            },
        }
    }

    pub(super) fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.root.join("sys/class/net"));
        let entries = entries.into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        // Beside them lies what belongs to them together, such as `bonding_masters`.
        let mut names: Vec<String> = names.filter(|name| self.flags(name).is_some()).collect();
        names.sort();
        names
    }

    pub(super) fn look(&self, name: &str) -> Option<InterfaceState> {
        let flags = self.flags(name)?;
        let state = self.of(name, "operstate").unwrap_or_default();
        // Reading the carrier of an interface that is down is an error, and so not a 0.
        let carrier = self.of(name, "carrier").is_none_or(|c| c != "0");
        let addresses = (self.addresses)(&self.root, name);
        Some(InterfaceState {
            usable: flags & UP != 0 && carrier && matches!(&*state, "" | "up" | "unknown"),
            bare: flags & (POINT_TO_POINT | NO_ARP) != 0,
            addresses: addresses.into_iter().filter(|a| leads_out(*a)).collect(),
        })
    }

    /// What the routes and the filters have against an interface that is up.
    pub(super) fn obstacle(
        &self,
        interface: &str,
        bare: bool,
        address: Ipv4Addr,
    ) -> Result<(), InterfaceFault> {
        let routes = self.routes();
        let by_interface = routes
            .iter()
            .any(|route| route.interface == interface && route.covers(address));
        if !by_interface && !bare {
            return Err(InterfaceFault::NoRoute {
                interface: interface.to_owned(),
                address: address.into(),
            });
        }
        let usual = routes
            .iter()
            .filter(|route| route.covers(address))
            .max_by_key(|route| (route.mask, std::cmp::Reverse(route.metric)));
        let elsewhere = usual.is_none_or(|route| route.interface != interface);
        match self.strict(interface).filter(|_| elsewhere) {
            Some(file) => Err(InterfaceFault::ReversePath {
                interface: interface.to_owned(),
                file,
            }),
            None => Ok(()),
        }
    }

    /// The setting that makes reverse path filtering strict on an interface, if it is: the greater of the
    /// interface's own and that for all holds, and 1 is strict.
    pub(super) fn strict(&self, interface: &str) -> Option<String> {
        let file = |name: &str| format!("proc/sys/net/ipv4/conf/{name}/rp_filter");
        let value = |name: &str| self.read(file(name))?.parse::<u32>().ok();
        let (own, all) = (value(interface).unwrap_or(0), value("all").unwrap_or(0));
        let name = if own >= all { interface } else { "all" };
        (own.max(all) == 1).then(|| format!("/{}", file(name)))
    }

    /// The interface that the usual route to the Internet (IPv4) leads by.
    pub(super) fn default_interface(&self) -> Option<String> {
        let first = self.default_routes().into_iter().next();
        first.map(|route| route.interface)
    }

    /// Every usual route to the Internet (IPv4), the one in use first.
    pub(super) fn default_routes(&self) -> Vec<DefaultRoute> {
        let routes = self.routes().into_iter();
        let default = routes.filter(|route| route.mask == 0 && route.target == 0);
        let mut default: Vec<DefaultRoute> = default
            .map(|route| DefaultRoute {
                interface: route.interface,
                metric: route.metric,
            })
            .collect();
        default.sort_by_key(|route| route.metric);
        default
    }

    /// What an interface is, by the device behind it and by what the kernel calls it.
    pub(super) fn kind(&self, name: &str) -> InterfaceKind {
        const PPP: &str = "512";
        let uevent = self.of(name, "uevent").unwrap_or_default();
        let called = uevent
            .lines()
            .find_map(|line| line.strip_prefix("DEVTYPE="));
        let has = |file: &str| {
            let folder = self.root.join("sys/class/net").join(name);
            is_name(name) && folder.join(file).exists()
        };
        match called {
            Some("wlan") => InterfaceKind::Wifi,
            Some("wwan") => InterfaceKind::Modem,
            Some("wireguard") => InterfaceKind::Tunnel,
            _ if self.of(name, "type").is_some_and(|kind| kind == PPP) => InterfaceKind::Modem,
            _ if has("tun_flags") => InterfaceKind::Tunnel,
            _ if has("wireless") || has("phy80211") => InterfaceKind::Wifi,
            _ if has("device") => InterfaceKind::Cable,
            _ => InterfaceKind::Other,
        }
    }

    /// What an interface has carried.
    pub(super) fn carried(&self, interface: &str) -> Option<Carried> {
        let count = |way: &str| {
            let text = self.of(interface, &format!("statistics/{way}_bytes"))?;
            text.parse::<u64>().ok()
        };
        let bytes = count("rx")?.saturating_add(count("tx")?);
        Some(Carried { bytes })
    }

    /// Bytes of the link's own header that an interface counts with each packet: Ethernet's, or none.
    pub(super) fn link_header(&self, interface: &str) -> u64 {
        const ETHERNET: &str = "1";
        let kind = self.of(interface, "type");
        if kind.is_some_and(|kind| kind == ETHERNET) {
            14
        } else {
            0
        }
    }

    /// The name servers that were given for this interface alone, where systemd keeps them: `systemd-resolved` for
    /// those that another program told it (`NetworkManager` does), `systemd-networkd` for its own.
    pub(super) fn name_servers(&self, name: &str) -> Vec<IpAddr> {
        let Some(index) = self.of(name, "ifindex") else {
            return Vec::new();
        };
        let kept = [
            ("run/systemd/resolve/netif", "SERVERS="),
            ("run/systemd/netif/links", "DNS="),
        ];
        let lists = kept.iter().map(|(folder, key)| {
            let text = std::fs::read_to_string(self.root.join(folder).join(&index));
            listed(&text.unwrap_or_default(), key)
        });
        lists
            .into_iter()
            .find(|list| !list.is_empty())
            .unwrap_or_default()
    }

    fn flags(&self, name: &str) -> Option<u32> {
        let text = self.of(name, "flags")?;
        u32::from_str_radix(text.strip_prefix("0x")?, 16).ok()
    }

    fn routes(&self) -> Vec<Route> {
        let table = self.read("proc/net/route").unwrap_or_default();
        table.lines().skip(1).filter_map(Route::parse).collect()
    }

    /// What sysfs says of an interface, in a file of this name.
    fn of(&self, name: &str, file: &str) -> Option<String> {
        let folder = Path::new("sys/class/net").join(name);
        is_name(name).then(|| self.read(folder.join(file)))?
    }

    fn read(&self, path: impl AsRef<Path>) -> Option<String> {
        let text = std::fs::read_to_string(self.root.join(path)).ok()?;
        Some(text.trim().to_owned())
    }
}

/// Whether a word can be an interface's name (`dev_valid_name` of the kernel).
pub(super) fn is_name(word: &str) -> bool {
    (1..=NAME).contains(&word.len())
        && !matches!(word, "." | "..")
        && !word
            .bytes()
            .any(|byte| matches!(byte, b'/' | b':') || byte.is_ascii_whitespace() || byte == 0)
}

/// A line of the main IPv4 table.
#[derive(Debug, PartialEq, Eq)]
struct Route {
    interface: String,
    target: u32,
    mask: u32,
    metric: u32,
}

impl Route {
    fn parse(line: &str) -> Option<Self> {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let hex = |at: usize| u32::from_str_radix(fields.get(at)?, 16).ok();
        // Addresses are printed as the integer that their bytes make in memory.
        let address = |at| hex(at).map(|value| u32::from_be_bytes(value.to_ne_bytes()));
        let up = hex(3)? & ROUTE_UP != 0;
        let route = Self {
            interface: (*fields.first()?).to_owned(),
            target: address(1)?,
            mask: address(7)?,
            metric: fields.get(6)?.parse().ok()?,
        };
        up.then_some(route)
    }

    fn covers(&self, address: Ipv4Addr) -> bool {
        u32::from(address) & self.mask == self.target
    }
}

/// The servers of a line `KEY=one two`; a port or a name behind an address is left out.
fn listed(text: &str, key: &str) -> Vec<IpAddr> {
    let lines = text.lines().filter_map(|line| line.strip_prefix(key));
    let words = lines.flat_map(str::split_whitespace);
    let bare = |word: &str| {
        let word = word.split(['#', '%']).next()?;
        word.parse().ok()
    };
    words.filter_map(bare).collect()
}

fn system_addresses(name: &str) -> Vec<IpAddr> {
    let Ok(all) = nix::ifaddrs::getifaddrs() else {
        return Vec::new();
    };
    let own = all.filter(|one| one.interface_name == name);
    own.filter_map(|one| {
        let address = one.address?;
        let v4 = address.as_sockaddr_in().map(|a| IpAddr::from(a.ip()));
        v4.or_else(|| address.as_sockaddr_in6().map(|a| IpAddr::from(a.ip())))
    })
    .collect()
}
