//! This computer as support has to know it, and the names that support must not learn: its own and its people's.
//!
//! Facts come from a closed list of the system's files; a serial number is in none of them. Nothing is asked of a network.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
use linux as system;

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

/// The computer, or a tree of files in its place.
#[derive(Debug, Clone)]
pub struct SystemTree {
    root: PathBuf,
}

/// What is known of one device or interface, by the names of the system's files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeviceFacts {
    /// `usb:1-1.4`, `net:wwan0`.
    pub id: String,
    /// `idVendor`, `speed`, `driver`...
    pub facts: BTreeMap<String, String>,
}

impl SystemTree {
    /// This one.
    pub fn this() -> Self {
        Self::below(Path::new("/"))
    }

    /// A tree that holds `sys` and `etc`.
    pub fn below(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }

    /// The operating system's name and version, as it calls itself.
    pub fn distribution(&self) -> Option<String> {
        system::distribution(&self.root)
    }

    /// USB devices that are no hubs, and network interfaces, with what the system tells of each.
    pub fn devices(&self) -> Vec<DeviceFacts> {
        system::devices(&self.root)
    }
}

/// The kernel's version and the processor's kind.
pub fn kernel() -> String {
    system::kernel()
}

/// The names of this computer and of who uses it.
pub fn names() -> Names {
    system::names()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_told_by_its_files_but_for_its_serial_number() {
        let dir = tempfile::tempdir().unwrap();
        let usb = dir.path().join("sys/bus/usb/devices");
        for (file, text) in [
            ("1-1/idVendor", "2c7c\n"),
            ("1-1/idProduct", "0125\n"),
            ("1-1/speed", "480\n"),
            ("1-1/serial", "35693803564380\n"),
            ("1-1/bDeviceClass", "ef\n"),
            ("1-1:1.0/bInterfaceClass", "ff\n"),
            ("1-1:1.0/bInterfaceSubClass", "00\n"),
            ("usb1/bDeviceClass", "09\n"),
        ] {
            let path = usb.join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let net = dir.path().join("sys/class/net/wwan0");
        std::fs::create_dir_all(&net).unwrap();
        std::fs::write(net.join("operstate"), "up\n").unwrap();
        std::fs::write(net.join("address"), "3c:6a:a7:11:22:33\n").unwrap();
        std::fs::create_dir_all(dir.path().join("etc")).unwrap();
        let release = "NAME=\"Debian\"\nPRETTY_NAME=\"Debian 13 (trixie)\"\n";
        std::fs::write(dir.path().join("etc/os-release"), release).unwrap();
        let computer = SystemTree::below(dir.path());
        let told = format!("{:?}", computer.devices());
        let ids: Vec<String> = computer.devices().into_iter().map(|d| d.id).collect();
        assert_eq!(ids, ["usb:1-1", "usb:1-1:1.0", "net:wwan0"]);
        assert!(
            told.contains("480") && told.contains("\"operstate\": \"up\""),
            "{told}"
        );
        assert!(
            !told.contains("35693803564380") && !told.contains("3c:6a"),
            "{told}"
        );
        assert_eq!(
            computer.distribution().as_deref(),
            Some("Debian 13 (trixie)")
        );
    }

    #[test]
    fn this_computer_has_a_kernel_and_a_user_with_a_name_or_none() {
        assert!(kernel().contains('.'));
        let names = names();
        assert!(names.hosts.iter().all(|name| !name.is_empty()));
        assert!(names.addresses.iter().any(IpAddr::is_loopback), "{names:?}");
    }
}
