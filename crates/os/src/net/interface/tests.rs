use std::net::Ipv4Addr;
use std::process::Command;
use std::time::Duration;

use super::fixture::{FakeInterfaces, interface, put};
use super::system::is_name;
use super::*;

const ETHERNET: [&str; 3] = ["0x1003", "up", "1"];
const BARE: [&str; 3] = ["0x10d1", "unknown", "1"];

async fn ready(
    host: &Interfaces,
    name: &str,
    within: u64,
) -> Result<InterfaceState, InterfaceFault> {
    let clock = Clock::system();
    let until = clock.now() + Duration::from_secs(within);
    host.ready(name, &mut InterfaceNews::listen(), &clock, until)
        .await
}

#[test]
fn an_interface_is_usable_by_its_flags_its_state_and_its_carrier() {
    let fake = FakeInterfaces::new();
    let usable = |state| {
        fake.interface("wwan0", state);
        fake.interfaces().look("wwan0").usable
    };
    assert!(usable(ETHERNET) && usable(BARE));
    assert!(!usable(["0x1002", "down", ""]));
    assert!(!usable(["0x1003", "down", "0"]));
    assert!(!usable(["0x1003", "unknown", "0"]));
    assert!(!usable(["0x1003", "dormant", "1"]));
    assert!(!usable(["0x1003", "lowerlayerdown", "1"]));
    assert!(!usable(["nonsense", "up", "1"]));
    assert_eq!(fake.interfaces().look("nosuch0"), InterfaceState::default());
    assert!(fake.interfaces().look("wwan0/../wwan0") == fake.interfaces().look("wwan0"));
}

#[test]
fn only_an_address_that_leads_out_counts() {
    let fake = FakeInterfaces::new();
    fake.interface("wwan0", BARE);
    let all = "169.254.3.4\n10.64.12.7\nfe80::1\n2001:db8::7\nfd00::1\n::1\n127.0.0.1\nff02::1\n";
    fake.put("addresses/wwan0", all);
    let seen = fake.interfaces().look("wwan0");
    let shown: Vec<String> = seen.addresses.iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["10.64.12.7", "2001:db8::7"]);
    assert!(seen.bare);
    fake.interface("usb0", ETHERNET);
    assert!(!fake.interfaces().look("usb0").bare);
}

#[tokio::test(start_paused = true)]
async fn what_an_interface_lacks_at_the_end_is_named() {
    let fake = FakeInterfaces::new();
    let interface = "wwan0".to_owned();
    let down = InterfaceFault::Down {
        interface: interface.clone(),
    };
    assert_eq!(
        ready(&fake.interfaces(), "wwan0", 3).await,
        Err(down.clone())
    );
    fake.interface("wwan0", ["0x1003", "down", "0"]);
    fake.put("addresses/wwan0", "10.64.12.7");
    assert_eq!(ready(&fake.interfaces(), "wwan0", 3).await, Err(down));
    fake.interface("wwan0", BARE);
    fake.put("addresses/wwan0", "fe80::1");
    let none = InterfaceFault::NoAddress { interface };
    assert_eq!(ready(&fake.interfaces(), "wwan0", 0).await, Err(none));
}

#[tokio::test(start_paused = true)]
async fn an_address_that_comes_late_is_waited_for_and_not_long_after_it_came() {
    let fake = FakeInterfaces::new();
    fake.interface("wwan0", ["0x1003", "down", "0"]);
    let root = fake.root().to_owned();
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_secs(4)).await;
        interface(&root, "wwan0", ETHERNET);
        tokio::time::sleep(Duration::from_secs(4)).await;
        put(&root, "addresses/wwan0", "192.168.8.100");
    });
    let start = tokio::time::Instant::now();
    let seen = ready(&fake.interfaces(), "wwan0", 30).await.unwrap();
    assert_eq!(seen.addresses, [IpAddr::from([192, 168, 8, 100])]);
    let took = start.elapsed().as_secs_f64();
    assert!((8.0..9.1).contains(&took), "{took}");
}

#[test]
fn name_servers_are_taken_from_where_systemd_keeps_them_for_this_interface() {
    let fake = FakeInterfaces::new();
    fake.interface("wwan0", BARE);
    let servers = || {
        let found = fake.interfaces().name_servers("wwan0");
        found.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert!(servers().is_empty());
    fake.put("run/systemd/netif/links/7", "NAME=x\nDNS=192.0.2.1\n");
    assert_eq!(servers(), ["192.0.2.1"]);
    let resolved = "# private\nSERVERS=192.0.2.53 2001:db8::53#dns.example nonsense\nDOMAINS=x\n";
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
    let own = "net::interface::tests::a_real_interface_is_ready_as_soon_as_the_kernel_says_so";
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
    let host = Interfaces::system();
    ip("link add modem0 type veth peer name far0");
    assert!(!host.look("modem0").usable);
    runtime.block_on(async {
        // A clock that stands nearly still: only word from the kernel can end the waits below in time.
        let clock = Clock::paced(0.001);
        let until = clock.now() + Duration::from_mins(1);
        let mut news = InterfaceNews::listen();
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

const ROUTES: &str =
    "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
wwan0\t00000000\t0100000A\t0003\t0\t0\t700\t00000000\t0\t0\t0
wwan0\t0000000A\t00000000\t0001\t0\t0\t700\t000000FF\t0\t0\t0
eth1\t00000000\t0101A8C0\t0002\t0\t0\t1\t00000000\t0\t0\t0
";

/// Interfaces by name and flags, over those routes.
fn tables(interfaces: &[(&str, &str)], own: &str, all: &str) -> (tempfile::TempDir, Interfaces) {
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
    let tables = Interfaces::below(root.path());
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
    let fault = |interface| tables.obstacle(interface, SERVER).unwrap_err();
    assert_eq!(
        fault("eth9"),
        InterfaceFault::Absent {
            interface: "eth9".into()
        }
    );
    assert_eq!(
        fault("../eth0"),
        InterfaceFault::Absent {
            interface: "../eth0".into()
        }
    );
    assert_eq!(
        fault("wwan0"),
        InterfaceFault::Down {
            interface: "wwan0".into()
        }
    );
    assert_eq!(
        fault("usb0"),
        InterfaceFault::NoRoute {
            interface: "usb0".into(),
            address: SERVER
        }
    );
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
            Err(InterfaceFault::ReversePath { file, .. }) => Some(file),
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
