//! The names of a Windows computer and its people.

use std::collections::BTreeSet;

use windows_sys::Win32::System::SystemInformation::{
    COMPUTER_NAME_FORMAT, ComputerNameDnsFullyQualified, ComputerNameDnsHostname,
    ComputerNameNetBIOS, GetComputerNameExW,
};

use super::Names;
use crate::net::adapters::adapters;
use crate::process::who;
use crate::registry::narrow;

pub(super) fn names() -> Names {
    let formats = [
        ComputerNameNetBIOS,
        ComputerNameDnsHostname,
        ComputerNameDnsFullyQualified,
    ];
    let mut hosts: BTreeSet<String> = formats.into_iter().filter_map(computer).collect();
    hosts.extend(std::env::var("COMPUTERNAME"));
    let mut users: BTreeSet<String> = BTreeSet::new();
    users.extend(std::env::var("USERNAME"));
    // `PC\marie (S-1-5-21-...-1001)`: the name, and what it is numbered by.
    let own = who();
    let (account, number) = own.split_once(" (").unwrap_or((&own, ""));
    users.extend(account.rsplit('\\').next().map(str::to_owned));
    users.insert(number.trim_end_matches(')').to_owned());
    let mut homes: BTreeSet<String> = BTreeSet::new();
    homes.extend(std::env::var("USERPROFILE"));
    // The folder of a user's files may have another name than they.
    let folders = homes.iter().filter_map(|home| home.rsplit('\\').next());
    users.extend(folders.map(str::to_owned).collect::<Vec<_>>());
    // As they stand in JSON, and as some programs write them.
    let spelled = homes
        .iter()
        .flat_map(|home| [home.replace('\\', r"\\"), home.replace('\\', "/")]);
    homes.extend(spelled.collect::<Vec<_>>());
    let list = |names: BTreeSet<String>| names.into_iter().filter(|n| !n.is_empty()).collect();
    let (mut addresses, mut stations) = (Vec::new(), Vec::new());
    for adapter in adapters() {
        addresses.extend(adapter.addresses);
        stations.extend(adapter.station);
    }
    stations.retain(|station| station != &[0; 6]);
    addresses.sort_unstable();
    addresses.dedup();
    stations.sort_unstable();
    stations.dedup();
    Names {
        hosts: list(hosts),
        users: list(users),
        homes: list(homes),
        addresses,
        stations,
    }
}

#[expect(unsafe_code, reason = "no crate at hand asks for the computer's name")]
fn computer(format: COMPUTER_NAME_FORMAT) -> Option<String> {
    let mut name = [0_u16; 512];
    let mut length = 512;
    // SAFETY: the buffer is writable for the length that is told.
    let known = unsafe { GetComputerNameExW(format, name.as_mut_ptr(), &raw mut length) } != 0;
    known.then(|| narrow(&name))
}
