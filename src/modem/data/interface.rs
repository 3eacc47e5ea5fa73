//! What the kernel tells of a modem's network interface, and the wait until it leads somewhere.
//!
//! A modem's interface is ready when it is up, has a carrier where it knows carriers, and has an address that was
//! given to it (no link-local one). Interfaces that pass bare IP (`qmi_wwan` in raw-ip mode, `cdc_mbim`, PPP) know
//! no carrier and say `unknown`; that is no obstacle.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use super::DataFault;
use super::news::News;
use crate::os::clock::Clock;
use crate::time::Instant;

const UP: u32 = 0x1;
const POINT_TO_POINT: u32 = 0x10;
const NO_ARP: u32 = 0x80;

/// Where the kernel's tables are; another root in tests.
#[derive(Debug, Clone)]
pub(in crate::modem) struct Host {
    root: PathBuf,
    addresses: fn(&Path, &str) -> Vec<IpAddr>,
}

/// An interface at a moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::modem) struct Seen {
    /// Up, with a carrier where it knows carriers.
    pub(in crate::modem) usable: bool,
    /// Whether it passes bare IP, so that its address is the network's own and not one of a stick's private net.
    pub(in crate::modem) bare: bool,
    /// Those that lead out.
    pub(in crate::modem) addresses: Vec<IpAddr>,
}

impl Host {
    /// The running system's.
    pub(in crate::modem) fn system() -> Self {
        Self {
            root: PathBuf::from("/"),
            addresses: |_, name| system_addresses(name),
        }
    }

    /// An interface as it is now.
    pub(in crate::modem) fn look(&self, name: &str) -> Seen {
        let Some(flags) = self.flags(name) else {
            return Seen::default();
        };
        let state = self.read(name, "operstate").unwrap_or_default();
        // Reading the carrier of an interface that is down is an error, and so not a 0.
        let carrier = self.read(name, "carrier").is_none_or(|c| c != "0");
        let addresses = (self.addresses)(&self.root, name);
        Seen {
            usable: flags & UP != 0 && carrier && matches!(&*state, "" | "up" | "unknown"),
            bare: flags & (POINT_TO_POINT | NO_ARP) != 0,
            addresses: addresses.into_iter().filter(|a| leads_out(*a)).collect(),
        }
    }

    /// Waits until an interface is ready, and at `until` says what it lacks.
    pub(in crate::modem) async fn ready(
        &self,
        name: &str,
        news: &mut News,
        clock: &Clock,
        until: Instant,
    ) -> Result<Seen, DataFault> {
        loop {
            let seen = self.look(name);
            if seen.usable && !seen.addresses.is_empty() {
                return Ok(seen);
            }
            if clock.now() >= until {
                let interface = name.to_owned();
                return Err(if seen.usable {
                    DataFault::NoAddress { interface }
                } else {
                    DataFault::Down { interface }
                });
            }
            news.next(clock, until).await;
        }
    }

    /// The name servers that were given for this interface alone, where systemd keeps them: `systemd-resolved` for
    /// those that another program told it (`NetworkManager` does), `systemd-networkd` for its own.
    pub(in crate::modem) fn name_servers(&self, name: &str) -> Vec<IpAddr> {
        let Some(index) = self.read(name, "ifindex") else {
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
        let text = self.read(name, "flags")?;
        u32::from_str_radix(text.strip_prefix("0x")?, 16).ok()
    }

    fn read(&self, name: &str, file: &str) -> Option<String> {
        let path = self.root.join("sys/class/net").join(name).join(file);
        let text = std::fs::read_to_string(path).ok()?;
        Some(text.trim().to_owned())
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

#[cfg(test)]
pub(in crate::modem) mod fixture {
    use super::*;

    /// Interfaces in a folder, gone when dropped. Addresses are lines of `addresses/NAME`.
    pub(in crate::modem) struct Fake {
        root: tempfile::TempDir,
    }

    impl Fake {
        pub(in crate::modem) fn new() -> Self {
            Self {
                root: tempfile::tempdir().unwrap(),
            }
        }

        pub(in crate::modem) fn host(&self) -> Host {
            Host {
                root: self.root.path().to_owned(),
                addresses: |root, name| {
                    let text = std::fs::read_to_string(root.join("addresses").join(name));
                    let text = text.unwrap_or_default();
                    text.lines().filter_map(|line| line.parse().ok()).collect()
                },
            }
        }

        pub(in crate::modem) fn put(&self, path: &str, text: &str) {
            put(self.root.path(), path, text);
        }

        /// An interface with its flags, `operstate` and `carrier`.
        pub(in crate::modem) fn interface(&self, name: &str, state: [&str; 3]) {
            interface(self.root.path(), name, state);
        }

        pub(in crate::modem) fn root(&self) -> &Path {
            self.root.path()
        }
    }

    pub(in crate::modem) fn put(root: &Path, path: &str, text: &str) {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(in crate::modem) fn interface(root: &Path, name: &str, state: [&str; 3]) {
        for (file, text) in ["flags", "operstate", "carrier"].iter().zip(state) {
            put(
                root,
                &format!("sys/class/net/{name}/{file}"),
                &format!("{text}\n"),
            );
        }
        put(root, &format!("sys/class/net/{name}/ifindex"), "7\n");
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;
    use std::time::Duration;

    use super::fixture::{Fake, interface, put};
    use super::*;

    const ETHERNET: [&str; 3] = ["0x1003", "up", "1"];
    const BARE: [&str; 3] = ["0x10d1", "unknown", "1"];

    async fn ready(host: &Host, name: &str, within: u64) -> Result<Seen, DataFault> {
        let clock = Clock::system();
        let until = clock.now() + Duration::from_secs(within);
        host.ready(name, &mut News::listen(), &clock, until).await
    }

    #[test]
    fn an_interface_is_usable_by_its_flags_its_state_and_its_carrier() {
        let fake = Fake::new();
        let usable = |state| {
            fake.interface("wwan0", state);
            fake.host().look("wwan0").usable
        };
        assert!(usable(ETHERNET) && usable(BARE));
        assert!(!usable(["0x1002", "down", ""]));
        assert!(!usable(["0x1003", "down", "0"]));
        assert!(!usable(["0x1003", "unknown", "0"]));
        assert!(!usable(["0x1003", "dormant", "1"]));
        assert!(!usable(["0x1003", "lowerlayerdown", "1"]));
        assert!(!usable(["nonsense", "up", "1"]));
        assert_eq!(fake.host().look("nosuch0"), Seen::default());
        assert!(fake.host().look("wwan0/../wwan0") == fake.host().look("wwan0"));
    }

    #[test]
    fn only_an_address_that_leads_out_counts() {
        let fake = Fake::new();
        fake.interface("wwan0", BARE);
        let all =
            "169.254.3.4\n10.64.12.7\nfe80::1\n2001:db8::7\nfd00::1\n::1\n127.0.0.1\nff02::1\n";
        fake.put("addresses/wwan0", all);
        let seen = fake.host().look("wwan0");
        let shown: Vec<String> = seen.addresses.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["10.64.12.7", "2001:db8::7"]);
        assert!(seen.bare);
        fake.interface("usb0", ETHERNET);
        assert!(!fake.host().look("usb0").bare);
    }

    #[tokio::test(start_paused = true)]
    async fn what_an_interface_lacks_at_the_end_is_named() {
        let fake = Fake::new();
        let interface = "wwan0".to_owned();
        let down = DataFault::Down {
            interface: interface.clone(),
        };
        assert_eq!(ready(&fake.host(), "wwan0", 3).await, Err(down.clone()));
        fake.interface("wwan0", ["0x1003", "down", "0"]);
        fake.put("addresses/wwan0", "10.64.12.7");
        assert_eq!(ready(&fake.host(), "wwan0", 3).await, Err(down));
        fake.interface("wwan0", BARE);
        fake.put("addresses/wwan0", "fe80::1");
        let none = DataFault::NoAddress { interface };
        assert_eq!(ready(&fake.host(), "wwan0", 0).await, Err(none));
    }

    #[tokio::test(start_paused = true)]
    async fn an_address_that_comes_late_is_waited_for_and_not_long_after_it_came() {
        let fake = Fake::new();
        fake.interface("wwan0", ["0x1003", "down", "0"]);
        let root = fake.root().to_owned();
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(4)).await;
            interface(&root, "wwan0", ETHERNET);
            tokio::time::sleep(Duration::from_secs(4)).await;
            put(&root, "addresses/wwan0", "192.168.8.100");
        });
        let start = tokio::time::Instant::now();
        let seen = ready(&fake.host(), "wwan0", 30).await.unwrap();
        assert_eq!(seen.addresses, [IpAddr::from([192, 168, 8, 100])]);
        let took = start.elapsed().as_secs_f64();
        assert!((8.0..9.1).contains(&took), "{took}");
    }

    #[test]
    fn name_servers_are_taken_from_where_systemd_keeps_them_for_this_interface() {
        let fake = Fake::new();
        fake.interface("wwan0", BARE);
        let servers = || {
            let found = fake.host().name_servers("wwan0");
            found.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert!(servers().is_empty());
        fake.put("run/systemd/netif/links/7", "NAME=x\nDNS=192.0.2.1\n");
        assert_eq!(servers(), ["192.0.2.1"]);
        let resolved =
            "# private\nSERVERS=192.0.2.53 2001:db8::53#dns.example nonsense\nDOMAINS=x\n";
        fake.put("run/systemd/resolve/netif/7", resolved);
        assert_eq!(servers(), ["192.0.2.53", "2001:db8::53"]);
        fake.put("run/systemd/resolve/netif/8", "SERVERS=198.51.100.1\n");
        assert_eq!(servers().len(), 2);
    }

    const INSIDE: &str = "OPENSIM_TEST_NAMESPACE";

    fn ip(arguments: &str) {
        let done = Command::new("ip").args(arguments.split(' ')).status();
        assert!(done.unwrap().success(), "ip {arguments}");
    }

    /// Runs itself again in a network namespace of its own, where it makes a pair of interfaces.
    #[test]
    fn a_real_interface_is_ready_as_soon_as_the_kernel_says_so() {
        if std::env::var_os(INSIDE).is_some() {
            return in_namespace();
        }
        if !rustix::process::geteuid().is_root() {
            eprintln!("skipped: a network namespace takes root");
            return;
        }
        let own = "modem::data::interface::tests::a_real_interface_is_ready_as_soon_as_the_kernel_says_so";
        let script = "mount -t sysfs sysfs /sys && exec \"$0\" --exact \"$1\" --nocapture";
        let ran = Command::new("unshare")
            .args(["--net", "--mount", "sh", "-c", script])
            .arg(std::env::current_exe().unwrap())
            .arg(own)
            .env(INSIDE, "1")
            .output();
        match ran {
            Ok(output) => {
                let said = String::from_utf8_lossy(&output.stdout).into_owned();
                let also = String::from_utf8_lossy(&output.stderr).into_owned();
                assert!(
                    output.status.success() && said.contains("1 passed"),
                    "{said}{also}"
                );
            }
            Err(error) => eprintln!("skipped: unshare: {error}"),
        }
    }

    fn in_namespace() {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_all().build().unwrap();
        let host = Host::system();
        ip("link add modem0 type veth peer name far0");
        assert!(!host.look("modem0").usable);
        runtime.block_on(async {
            // A clock that stands nearly still: only word from the kernel can end the waits below in time.
            let clock = Clock::paced(0.001);
            let until = clock.now() + Duration::from_mins(1);
            let mut news = News::listen();
            let changes = tokio::task::spawn_blocking(|| {
                ip("addr add 198.51.100.7/24 dev modem0");
                ip("link set far0 up");
                ip("link set modem0 up");
            });
            let seen = tokio::time::timeout(
                Duration::from_secs(20),
                host.ready("modem0", &mut news, &clock, until),
            );
            let seen = seen.await.expect("no word from the kernel").unwrap();
            changes.await.unwrap();
            assert_eq!(seen.addresses, [IpAddr::from([198, 51, 100, 7])]);
            assert!(seen.usable && !seen.bare);
        });
        ip("link set far0 down");
        assert!(!host.look("modem0").usable);
    }
}
