//! The facts of devices, as the registry and the table of adapters have them.

use std::collections::BTreeMap;
use std::path::Path;

use super::DeviceFacts;
use crate::net::adapters::adapters;
use crate::port::devices::Sysfs;

/// The most devices that are told.
const MOST: usize = 200;

pub(super) fn devices(_: &Path) -> Vec<DeviceFacts> {
    let usb = Sysfs::system().look().usb.into_iter().map(|device| {
        let mut facts = BTreeMap::from([
            (
                "idVendor".to_owned(),
                format!("{:04x}", device.usb.id.vendor),
            ),
            (
                "idProduct".to_owned(),
                format!("{:04x}", device.usb.id.product),
            ),
        ]);
        let texts = [
            ("manufacturer", device.usb.manufacturer),
            ("product", device.usb.product),
        ];
        for (name, text) in texts {
            facts.extend(text.map(|text| (name.to_owned(), text)));
        }
        let drivers = device.interfaces.iter().filter_map(|i| i.driver.clone());
        let drivers: Vec<String> = drivers.collect();
        if !drivers.is_empty() {
            facts.insert("driver".to_owned(), drivers.join(" "));
        }
        DeviceFacts {
            id: device.id,
            facts,
        }
    });
    let nets = adapters()
        .into_iter()
        .filter(|adapter| !adapter.is_loopback());
    let nets = nets.map(|adapter| {
        let state = if adapter.is_up { "up" } else { "down" };
        DeviceFacts {
            id: format!("net:{}", adapter.name),
            facts: BTreeMap::from([
                ("operstate".to_owned(), state.to_owned()),
                ("type".to_owned(), adapter.kind.to_string()),
                ("mtu".to_owned(), adapter.mtu.to_string()),
                ("driver".to_owned(), adapter.description),
            ]),
        }
    });
    usb.chain(nets).take(MOST).collect()
}
