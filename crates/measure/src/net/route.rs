//! What the kernel's tables say of an interface: there, up, with a way to an address, and let answer.
//!
//! Asked after something failed, to say why, or beforehand by a check-up; nothing is decided here about sending.

use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

use crate::error::MeasureError;

const UP: u32 = 0x1;
const POINT_TO_POINT: u32 = 0x10;
const NO_ARP: u32 = 0x80;
/// `RTF_UP` of a route.
const ROUTE_UP: u32 = 0x1;
/// The longest interface name, its end not counted (`IFNAMSIZ`).
const NAME: usize = 15;

/// Where the kernel's tables are; another root in tests.
#[derive(Debug, Clone)]
pub struct Tables {
    root: PathBuf,
}

impl Default for Tables {
    fn default() -> Self {
        Self {
            root: PathBuf::from("/"),
        }
    }
}

/// Bytes that an interface has carried since it came up, both ways, everybody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carried {
    /// In and out.
    pub bytes: u64,
}

impl Tables {
    /// Tables below another root.
    pub fn below(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }

    /// Whether an interface is there and up.
    pub fn check(&self, interface: &str) -> Result<(), MeasureError> {
        let flags = self.flags(interface);
        let Some(flags) = flags.filter(|_| is_name(interface)) else {
            return Err(MeasureError::NoInterface {
                interface: interface.to_owned(),
            });
        };
        let carrier = self.read(&format!("sys/class/net/{interface}/carrier"));
        if flags & UP == 0 || carrier.is_some_and(|carrier| carrier.trim() == "0") {
            return Err(MeasureError::InterfaceDown {
                interface: interface.to_owned(),
            });
        }
        Ok(())
    }

    /// What would keep answers from this address from coming in by this interface, if anything is seen to. Policy
    /// rules are not read: where they route by the source address there may be no obstacle after all.
    pub fn obstacle(&self, interface: &str, address: IpAddr) -> Result<(), MeasureError> {
        self.check(interface)?;
        let IpAddr::V4(address) = address else {
            return Ok(());
        };
        let routes = self.routes();
        let flags = self.flags(interface).unwrap_or(0);
        let asks_nobody = flags & (POINT_TO_POINT | NO_ARP) != 0;
        let by_interface = routes
            .iter()
            .any(|route| route.interface == interface && route.covers(address));
        if !by_interface && !asks_nobody {
            return Err(MeasureError::NoRoute {
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
            Some(file) => Err(MeasureError::ReversePath {
                interface: interface.to_owned(),
                file,
            }),
            None => Ok(()),
        }
    }

    /// The setting that makes reverse path filtering strict on an interface, if it is: the greater of the
    /// interface's own and that for all holds, and 1 is strict.
    pub fn strict(&self, interface: &str) -> Option<String> {
        let file = |name: &str| format!("proc/sys/net/ipv4/conf/{name}/rp_filter");
        let value = |name: &str| self.read(&file(name))?.trim().parse::<u32>().ok();
        let (own, all) = (value(interface).unwrap_or(0), value("all").unwrap_or(0));
        let name = if own >= all { interface } else { "all" };
        (own.max(all) == 1).then(|| format!("/{}", file(name)))
    }

    /// The interface that the usual route to the Internet (IPv4) leads by.
    pub fn default_interface(&self) -> Option<String> {
        let routes = self.routes();
        let default = routes
            .into_iter()
            .filter(|route| route.mask == 0 && route.target == 0);
        default
            .min_by_key(|route| route.metric)
            .map(|r| r.interface)
    }

    /// What an interface has carried.
    pub fn carried(&self, interface: &str) -> Option<Carried> {
        let count = |way: &str| {
            let file = format!("sys/class/net/{interface}/statistics/{way}_bytes");
            self.read(&file)?.trim().parse::<u64>().ok()
        };
        let bytes = count("rx")?.saturating_add(count("tx")?);
        is_name(interface).then_some(Carried { bytes })
    }

    /// Bytes of the link's own header that an interface counts with each packet: Ethernet's, or none.
    pub(crate) fn link_header(&self, interface: &str) -> u64 {
        const ETHERNET: &str = "1";
        let kind = self.read(&format!("sys/class/net/{interface}/type"));
        if is_name(interface) && kind.is_some_and(|kind| kind.trim() == ETHERNET) {
            14
        } else {
            0
        }
    }

    fn flags(&self, interface: &str) -> Option<u32> {
        let text = self.read(&format!("sys/class/net/{interface}/flags"))?;
        u32::from_str_radix(text.trim().strip_prefix("0x")?, 16).ok()
    }

    fn routes(&self) -> Vec<Route> {
        let table = self.read("proc/net/route").unwrap_or_default();
        table.lines().skip(1).filter_map(Route::parse).collect()
    }

    fn read(&self, path: &str) -> Option<String> {
        std::fs::read_to_string(self.root.join(path)).ok()
    }
}

/// Whether a word can be an interface's name (`dev_valid_name` of the kernel).
pub(crate) fn is_name(word: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    const ROUTES: &str =
        "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
wwan0\t00000000\t0100000A\t0003\t0\t0\t700\t00000000\t0\t0\t0
wwan0\t0000000A\t00000000\t0001\t0\t0\t700\t000000FF\t0\t0\t0
eth1\t00000000\t0101A8C0\t0002\t0\t0\t1\t00000000\t0\t0\t0
";

    /// Interfaces by name and flags, over those routes.
    fn tables(interfaces: &[(&str, &str)], own: &str, all: &str) -> (tempfile::TempDir, Tables) {
        let root = tempfile::tempdir().unwrap();
        let write = |path: String, text: &str| {
            let path = root.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("proc/net/route".into(), ROUTES);
        write("proc/sys/net/ipv4/conf/all/rp_filter".into(), all);
        for (name, flags) in interfaces {
            write(format!("sys/class/net/{name}/flags"), flags);
            write(
                format!("sys/class/net/{name}/statistics/rx_bytes"),
                "1000\n",
            );
            write(format!("sys/class/net/{name}/statistics/tx_bytes"), "234\n");
            write(format!("sys/class/net/{name}/type"), "1\n");
            write(format!("proc/sys/net/ipv4/conf/{name}/rp_filter"), own);
        }
        let tables = Tables::below(root.path());
        (root, tables)
    }

    const SERVER: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 9));

    #[test]
    fn what_is_wrong_with_an_interface_is_named() {
        let interfaces = [
            ("eth0", "0x1003\n"),
            ("wwan0", "0x1002\n"),
            ("usb0", "0x1003\n"),
        ];
        let (_root, tables) = tables(&interfaces, "0\n", "0\n");
        assert_eq!(tables.obstacle("eth0", SERVER), Ok(()));
        let code = |interface| tables.obstacle(interface, SERVER).unwrap_err().code();
        assert_eq!(code("eth9"), "measure.no_interface");
        assert_eq!(code("../eth0"), "measure.no_interface");
        assert_eq!(code("wwan0"), "measure.interface_down");
        assert_eq!(code("usb0"), "measure.no_route");
        assert_eq!(tables.default_interface().as_deref(), Some("eth0"));
        assert_eq!(tables.carried("eth0"), Some(Carried { bytes: 1234 }));
        assert_eq!(tables.carried("ppp0"), None);
        assert_eq!(
            (tables.link_header("eth0"), tables.link_header("usb0")),
            (14, 14)
        );
        assert_eq!(
            (tables.link_header("ppp0"), tables.link_header("../eth0")),
            (0, 0)
        );
    }

    #[test]
    fn strict_filtering_is_an_obstacle_only_where_the_usual_route_leads_elsewhere() {
        let interfaces = [("eth0", "0x1003"), ("wwan0", "0x1003")];
        let strict = |own, all| {
            let (_root, tables) = tables(&interfaces, own, all);
            let of = |name, address| match tables.obstacle(name, address) {
                Err(MeasureError::ReversePath { file, .. }) => Some(file),
                Ok(()) => None,
                Err(error) => panic!("{error}"),
            };
            assert_eq!(of("eth0", SERVER), None);
            assert_eq!(of("wwan0", [10, 0, 0, 7].into()), None);
            of("wwan0", SERVER)
        };
        let own = "/proc/sys/net/ipv4/conf/wwan0/rp_filter";
        assert_eq!(strict("1\n", "0\n").as_deref(), Some(own));
        let all = "/proc/sys/net/ipv4/conf/all/rp_filter";
        assert_eq!(strict("0\n", "1\n").as_deref(), Some(all));
        assert_eq!(strict("2\n", "1\n"), None);
        assert_eq!(strict("1\n", "2\n"), None);
        assert_eq!(strict("0\n", "0\n"), None);
        assert_eq!(strict("x", ""), None);
    }

    #[test]
    fn a_raw_ip_link_needs_no_route() {
        let (_root, tables) = tables(&[("wwan1", "0x10d1")], "0", "0");
        assert_eq!(tables.obstacle("wwan1", SERVER), Ok(()));
    }

    #[test]
    fn only_what_the_kernel_takes_is_a_name() {
        assert!(is_name("wwan0") && is_name("eth0.100") && is_name("fifteen-letters"));
        for word in [
            "",
            ".",
            "..",
            "a/b",
            "a b",
            "sixteen-letters-",
            "e\0",
            "a:1",
        ] {
            assert!(!is_name(word), "{word:?}");
        }
    }
}
