//! The names of a Linux computer and its people: the kernel's, `/etc`, the environment, the table of interfaces.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::path::Path;

use nix::ifaddrs::getifaddrs;

use super::Names;
use crate::files::{self, Links};

/// The most that the file of its name has.
const LONGEST: u64 = 4096;

pub(super) fn names() -> Names {
    let mut hosts = BTreeSet::new();
    hosts.insert(
        rustix::system::uname()
            .nodename()
            .to_string_lossy()
            .into_owned(),
    );
    let own = files::read(Path::new("/etc/hostname"), LONGEST, Links::Followed);
    hosts.extend(own.map(|(name, _)| name.trim().to_owned()));
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
