//! The names that support must not learn: this computer's own and its people's. Nothing is asked of a network.

use std::net::IpAddr;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "windows")]
use windows as system;

/// Who this computer is, and who uses it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// The computer's names.
    pub hosts: Vec<String>,
    /// The user's names: to log in by, and in full.
    pub users: Vec<String>,
    /// The user's folders.
    pub homes: Vec<String>,
    /// Addresses of its network interfaces, also those that lead nowhere.
    pub addresses: Vec<IpAddr>,
    /// Hardware addresses of its network interfaces.
    pub stations: Vec<[u8; 6]>,
}

/// The names of this computer and of who uses it.
pub fn names() -> Names {
    system::names()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_computer_has_an_address_and_its_people_names_or_none() {
        let names = names();
        assert!(names.hosts.iter().all(|name| !name.is_empty()));
        assert!(names.addresses.iter().any(IpAddr::is_loopback), "{names:?}");
    }
}
