//! The facts of devices in sysfs.

use std::path::Path;

use super::DeviceFacts;
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
