//! The computer's facts in sysfs, `/etc` and the table of its interfaces.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::path::Path;

use nix::ifaddrs::getifaddrs;

use super::{DeviceFacts, Names};
use crate::files::{self, Links};

/// What is read of a USB device.
const USB: &[&str] = &[
    "idVendor",
    "idProduct",
    "bcdDevice",
    "bDeviceClass",
    "bConfigurationValue",
    "bNumInterfaces",
    "bMaxPower",
    "manufacturer",
    "product",
    "speed",
    "version",
    "authorized",
    "power/control",
    "power/runtime_status",
];
/// What is read of an interface of one.
const USB_INTERFACE: &[&str] = &[
    "bInterfaceNumber",
    "bInterfaceClass",
    "bInterfaceSubClass",
    "bInterfaceProtocol",
    "bNumEndpoints",
    "interface",
];
/// What is read of a network interface.
const NET: &[&str] = &[
    "operstate",
    "carrier",
    "mtu",
    "type",
    "flags",
    "speed",
    "qmi/raw_ip",
    "statistics/rx_bytes",
    "statistics/tx_bytes",
    "statistics/rx_errors",
    "statistics/tx_errors",
    "statistics/rx_dropped",
    "statistics/tx_dropped",
];
/// The class of a hub.
const HUB: &str = "09";
/// The most that a fact has.
const LONGEST: u64 = 4096;
/// The most devices that are told.
const MOST: usize = 200;

pub(super) fn kernel() -> String {
    let system = rustix::system::uname();
    let word = |text: &std::ffi::CStr| text.to_string_lossy().into_owned();
    format!("{} {}", word(system.release()), word(system.machine()))
}

pub(super) fn distribution(root: &Path) -> Option<String> {
    let text = text(&root.join("etc/os-release"))?;
    let name = text
        .lines()
        .find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
    Some(name.trim_matches('"').to_owned())
}

pub(super) fn devices(root: &Path) -> Vec<DeviceFacts> {
    let usb = root.join("sys/bus/usb/devices");
    let net = root.join("sys/class/net");
    let hubs: Vec<String> = entries(&usb)
        .into_iter()
        .filter(|name| text(&usb.join(name).join("bDeviceClass")).as_deref() == Some(HUB))
        .collect();
    let is_of_hub = |name: &str| {
        let device = name.split(':').next().unwrap_or(name);
        hubs.iter().any(|hub| hub == device)
            || hubs.iter().any(|hub| {
                hub.strip_prefix("usb")
                    .is_some_and(|bus| device == format!("{bus}-0"))
            })
    };
    let plugged = entries(&usb).into_iter().filter(|name| !is_of_hub(name));
    let plugged = plugged.map(|name| {
        let list = if name.contains(':') {
            USB_INTERFACE
        } else {
            USB
        };
        facts(&usb.join(&name), format!("usb:{name}"), list)
    });
    let nets = entries(&net).into_iter().filter(|name| name != "lo");
    let nets = nets.map(|name| facts(&net.join(&name), format!("net:{name}"), NET));
    plugged.chain(nets).take(MOST).collect()
}

fn facts(folder: &Path, id: String, list: &[&str]) -> DeviceFacts {
    let known = |name: &&str| Some(((*name).to_owned(), text(&folder.join(name))?));
    let mut facts: std::collections::BTreeMap<_, _> = list.iter().filter_map(known).collect();
    let drivers = [folder.join("driver"), folder.join("device/driver")];
    let driver = drivers
        .iter()
        .find_map(|link| std::fs::read_link(link).ok());
    if let Some(name) = driver.as_deref().and_then(Path::file_name) {
        facts.insert("driver".to_owned(), name.to_string_lossy().into_owned());
    }
    DeviceFacts { id, facts }
}

fn entries(folder: &Path) -> Vec<String> {
    let found = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = found
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

/// A file's words; `None` where there is none, or it is empty.
fn text(path: &Path) -> Option<String> {
    let (bytes, _) = files::bytes(path, LONGEST, Links::Followed).ok()?;
    let text = String::from_utf8_lossy(&bytes).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

pub(super) fn names() -> Names {
    let mut hosts = BTreeSet::new();
    hosts.insert(
        rustix::system::uname()
            .nodename()
            .to_string_lossy()
            .into_owned(),
    );
    hosts.extend(text(Path::new("/etc/hostname")));
    // Its first part stands alone too.
    let short: Vec<String> = hosts
        .iter()
        .filter_map(|name| Some(name.split_once('.')?.0.to_owned()))
        .collect();
    hosts.extend(short);
    let mut users = BTreeSet::new();
    let mut homes = BTreeSet::new();
    for variable in ["USER", "LOGNAME", "SUDO_USER"] {
        users.extend(std::env::var(variable));
    }
    homes.extend(std::env::var("HOME"));
    let own = rustix::process::getuid().as_raw().to_string();
    let behind = std::env::var("SUDO_UID").unwrap_or_default();
    for line in users_of_machine().lines() {
        let fields: Vec<&str> = line.split(':').collect();
        if let [name, _, uid, _, full, home, ..] = fields.as_slice()
            && (*uid == own || *uid == behind || users.contains(*name))
        {
            users.insert((*name).to_owned());
            let full = full.split(',').next().unwrap_or_default();
            users.insert(full.to_owned());
            users.extend(full.split_whitespace().map(str::to_owned));
            homes.insert((*home).to_owned());
        }
    }
    let list = |names: BTreeSet<String>| names.into_iter().filter(|n| !n.is_empty()).collect();
    let (addresses, stations) = interfaces();
    Names {
        hosts: list(hosts),
        users: list(users),
        homes: list(homes),
        addresses,
        stations,
    }
}

/// The machine's own list of users.
fn users_of_machine() -> String {
    let read = files::read(Path::new("/etc/passwd"), 1 << 20, Links::Followed);
    read.map(|(text, _)| text).unwrap_or_default()
}

fn interfaces() -> (Vec<IpAddr>, Vec<[u8; 6]>) {
    let (mut addresses, mut stations) = (Vec::new(), Vec::new());
    for interface in getifaddrs().into_iter().flatten() {
        let Some(storage) = interface.address else {
            continue;
        };
        if let Some(v4) = storage.as_sockaddr_in() {
            addresses.push(v4.ip().into());
        } else if let Some(v6) = storage.as_sockaddr_in6() {
            addresses.push(v6.ip().into());
        } else if let Some(station) = storage
            .as_link_addr()
            .and_then(nix::sys::socket::LinkAddr::addr)
        {
            stations.push(station);
        }
    }
    stations.retain(|station| station != &[0; 6]);
    addresses.sort_unstable();
    addresses.dedup();
    stations.sort_unstable();
    stations.dedup();
    (addresses, stations)
}
