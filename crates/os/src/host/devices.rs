//! What is plugged into this computer, as support has to know it.
//!
//! Facts come from a closed list of the system's files; a serial number is in none of them.

use std::collections::BTreeMap;
use std::path::Path;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "windows")]
use windows as system;

/// What is known of one device or interface, by the names of the system's files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeviceFacts {
    /// `usb:1-1.4`, `net:wwan0`.
    pub id: String,
    /// `idVendor`, `speed`, `driver`...
    pub facts: BTreeMap<String, String>,
}

/// USB devices that are no hubs, and network interfaces, with what the system tells of each.
pub fn devices() -> Vec<DeviceFacts> {
    system::devices(Path::new("/"))
}

/// Those of a computer whose files are below another root.
#[cfg(any(test, feature = "fixture"))]
pub fn below(root: &Path) -> Vec<DeviceFacts> {
    system::devices(root)
}

#[cfg(test)]
#[cfg(target_os = "linux")]
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
        let devices = below(dir.path());
        let told = format!("{devices:?}");
        let ids: Vec<String> = devices.into_iter().map(|d| d.id).collect();
        assert_eq!(ids, ["usb:1-1", "usb:1-1:1.0", "net:wwan0"]);
        assert!(
            told.contains("480") && told.contains("\"operstate\": \"up\""),
            "{told}"
        );
        assert!(
            !told.contains("35693803564380") && !told.contains("3c:6a"),
            "{told}"
        );
    }
}
