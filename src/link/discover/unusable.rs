//! A stick that cannot be used as it is, and why: what a person would otherwise take for "no modem".
//!
//! Judged by what it shows on the bus: the classes of its interfaces and who drives them; its ids say only what these
//! leave open.

use crate::domain::Unusable;
use serde_json::{Value, json};

use super::{FoundModem, UsbDevice, claimed_by_a_dialect, is_broadband, is_own_net};
use crate::dialect::UsbId;
use crate::dialect::modes::{self, Mode};
use crate::dialect::ports::{self, ClassTriple, DeviceKind};
use crate::os::port::devices::{self, PluggedDevice, UsbDescription, UsbInterface};

/// A stick that cannot be used as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stick {
    /// Where it is plugged in: `usb:1-1.4`.
    pub id: String,
    /// The USB device.
    pub usb: Option<UsbDevice>,
    /// Why not.
    pub reason: Unusable,
    /// The driver that it lacks, where drivers are known by their names.
    pub driver: Option<&'static str>,
    /// The address of its page.
    pub page: Option<&'static str>,
}

impl Stick {
    fn new(id: &str, usb: Option<&UsbDevice>, reason: Unusable) -> Self {
        Self {
            id: id.to_owned(),
            usb: usb.cloned(),
            reason,
            driver: None,
            page: None,
        }
    }

    /// What a sentence about it needs. Unknown is null.
    pub fn facts(&self) -> Value {
        let usb = self.usb.as_ref();
        json!({
            "id": self.id,
            "usb": usb.map(|usb| format!("{:04x}:{:04x}", usb.id.vendor, usb.id.product)),
            "name": usb.and_then(UsbDevice::name),
            "reason": self.reason,
            "driver": self.driver,
            "page": self.page,
        })
    }
}

/// Every stick that cannot be used, in the order of their places. One that `ModemManager` has is used through it.
pub(super) fn sticks(
    plugged: &[UsbDescription],
    devices: &[PluggedDevice],
    modems: &[FoundModem],
) -> Vec<Stick> {
    let usable = |id: &str| {
        let mut modems = modems.iter();
        modems.any(|modem| modem.id == id && modem.is_usable())
    };
    let on_usb = plugged
        .iter()
        .filter(|stick| !usable(&stick.id))
        .filter_map(|stick| {
            let device = devices.iter().find(|device| device.id == stick.id);
            judge(stick, device)
        });
    let elsewhere = devices
        .iter()
        .filter(|device| device.usb.is_none() && !usable(&device.id))
        .filter(|device| !device.controls.is_empty())
        .map(|device| Stick::new(&device.id, None, Unusable::MbimOnly));
    on_usb.chain(elsewhere).collect()
}

fn judge(stick: &UsbDescription, device: Option<&PluggedDevice>) -> Option<Stick> {
    let of = |reason| Stick::new(&stick.id, Some(&stick.usb), reason);
    let id = stick.usb.id;
    let standing = ports::device_kind(id);
    if standing == Some(DeviceKind::NoModem) {
        return None;
    }
    let mode = modes::mode(id);
    let shows = |class: u8| stick.interfaces.iter().any(|i| i.class.0 == class);
    match mode {
        Some(Mode::Bootloader) => return Some(of(Unusable::Bootloader)),
        Some(Mode::Storage) if shows(STORAGE) => return Some(of(Unusable::StorageMode)),
        _ => {}
    }
    let is_known = standing.is_some() || mode.is_some() || claimed_by_a_dialect(id);
    if let Some(driver) = missing_driver(id, &stick.interfaces, is_known) {
        let driver = Some(driver).filter(|_| devices::LOADS_DRIVERS);
        return Some(Stick {
            driver,
            ..of(Unusable::NoDriver)
        });
    }
    let nets = device.map_or(&[][..], |device| &device.nets);
    if nets.iter().any(is_broadband) {
        return Some(of(Unusable::Broadband));
    }
    let is_controlled = device.is_some_and(|device| !device.controls.is_empty());
    if is_controlled || nets.iter().any(is_own_net) {
        return Some(of(Unusable::MbimOnly));
    }
    let page = match mode {
        Some(Mode::Router(page)) => Some(page),
        _ => None,
    };
    let is_router = page.is_some() || standing == Some(DeviceKind::Modem) && !nets.is_empty();
    is_router.then(|| Stick {
        page,
        ..of(Unusable::Router)
    })
}

/// Classes of interfaces.
const STORAGE: u8 = 0x08;
const VENDOR_SPECIFIC: u8 = 0xff;
/// A debugger's interface (adb), which phones and modems have beside the others.
const DEBUGGER: ClassTriple = (VENDOR_SPECIFIC, 0x42, 0x01);

/// The driver that an interface of a modem lacks. MBIM is a modem's whoever made it; the others only where the ids are.
fn missing_driver(id: UsbId, interfaces: &[UsbInterface], is_known: bool) -> Option<&'static str> {
    let idle = || interfaces.iter().filter(|i| i.driver.is_none());
    let of_class = |class: ClassTriple| match class {
        (0x02, 0x0e, _) => Some("cdc_mbim"),
        class if !is_known || class == DEBUGGER => None,
        (VENDOR_SPECIFIC, ..) => Some(modes::serial_driver(id)),
        (0xe0, 0x01, 0x03) | (0x02, 0x02, 0xff) | (0xef, 0x04, 0x01) => Some("rndis_host"),
        (0x02, 0x02, _) => Some("cdc_acm"),
        (0x02, 0x06, _) => Some("cdc_ether"),
        (0x02, 0x0d, _) => Some("cdc_ncm"),
        _ => None,
    };
    // Serial ports before what carries data: they are what is missed.
    let serial = |class: &ClassTriple| class.0 == VENDOR_SPECIFIC || (class.0, class.1) == (2, 2);
    let classes: Vec<ClassTriple> = idle().map(|interface| interface.class).collect();
    let (ports, others): (Vec<_>, Vec<_>) = classes.into_iter().partition(serial);
    ports.into_iter().chain(others).find_map(of_class)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::discover::fixture::Fixture;
    use crate::link::discover::{PickError, pick};

    /// `place reason driver page` of each stick.
    fn told(bench: &str) -> Vec<String> {
        let found = Fixture::new(bench).look();
        let told = |stick: &Stick| {
            let facts = stick.facts();
            let text = |name: &str| facts[name].as_str().unwrap_or("-").to_owned();
            [text("id"), text("reason"), text("driver"), text("page")].join(" ")
        };
        found.unusable.iter().map(told).collect()
    }

    const STORAGE_MODE: &str = "
        usb 1-2 12d1:1f01 HUAWEI_MOBILE / HUAWEI_MOBILE
        if 00 08/06/50 usb-storage
    ";

    #[test]
    fn a_stick_that_is_still_a_disk_is_named() {
        assert_eq!(told(STORAGE_MODE), ["usb:1-2 storage_mode - -"]);
        let found = Fixture::new(STORAGE_MODE).look();
        assert_eq!(found.modems, []);
        let name = found.unusable[0].usb.as_ref().unwrap().name();
        assert_eq!(name.as_deref(), Some("HUAWEI_MOBILE HUAWEI_MOBILE"));
        // A disk of nobody's that is a modem, and a stick that was switched and kept its disk.
        let disk = "usb 1-3 0781:5567 SanDisk / Cruzer\nif 00 08/06/50 usb-storage";
        assert_eq!(told(disk), [""; 0]);
        let switched =
            "usb 1-2 12d1:1506\nif 00 ff/02/12 option ttyUSB0\nif 03 08/06/50 usb-storage";
        assert_eq!(told(switched), [""; 0]);
    }

    #[test]
    fn a_router_is_told_with_its_page_where_that_is_known() {
        let hilink = "usb 1-2 12d1:14dc HUAWEI_MOBILE / HUAWEI_MOBILE
            if 00 02/06/00 cdc_ether net:usb0
            if 02 08/06/50 usb-storage";
        assert_eq!(told(hilink), ["usb:1-2 router - 192.168.8.1"]);
        let modem_as_router = "usb 1-2 2c7c:0125\nif 00 02/06/00 cdc_ether net:usb0";
        assert_eq!(told(modem_as_router), ["usb:1-2 router - -"]);
        // A telephone that shares its connection, of a maker of modems, and a network card.
        let telephone = "usb 1-2 12d1:108a\nif 00 e0/01/03 rndis_host net:usb0";
        assert_eq!(told(telephone), [""; 0]);
        let card = "usb 1-7 0bda:8153\nif 00 ff/ff/00 r8152 net:eth1\nif 01 02/06/00 -";
        assert_eq!(told(card), [""; 0]);
    }

    #[test]
    fn a_modem_that_speaks_mbim_or_qmi_alone_takes_modemmanager() {
        let mbim = "usb 2-1 beef:0001\nif 00 02/0e/00 cdc_mbim net:wwan0 cdc-wdm0";
        assert_eq!(told(mbim), ["usb:2-1 mbim_only - -"]);
        let qmi = "usb 2-1 2c7c:0125\nif 04 ff/ff/ff qmi_wwan net:wwan0 cdc-wdm0";
        assert_eq!(told(qmi), ["usb:2-1 mbim_only - -"]);
        let pci = "pci 0000:01:00.0\nwwan wwan0mbim0 MBIM";
        assert_eq!(told(pci), ["pci:0000:01:00.0 mbim_only - -"]);
        let with_at = "pci 0000:01:00.0\nwwan wwan0mbim0 MBIM\nwwan wwan0at0 AT";
        assert_eq!(told(with_at), [""; 0]);
        let managed = format!("{mbim}\nproc 900 ModemManager cdc-wdm0");
        assert_eq!(told(&managed), [""; 0]);
    }

    #[test]
    fn a_modem_whose_ports_nobody_serves_is_told_with_its_driver() {
        let ec25 = "usb 1-4 2c7c:0125
            if 00 ff/ff/ff -
            if 02 ff/00/00 -
            if 04 ff/ff/ff qmi_wwan net:wwan0 cdc-wdm0";
        assert_eq!(told(ec25), ["usb:1-4 no_driver option -"]);
        let em7455 = "usb 1-4 1199:9079\nif 03 ff/00/00 -";
        assert_eq!(told(em7455), ["usb:1-4 no_driver qcserial -"]);
        let acm = "usb 1-4 1546:1102\nif 00 02/02/01 -";
        assert_eq!(told(acm), ["usb:1-4 no_driver cdc_acm -"]);
        let mbim = "usb 1-4 beef:0001\nif 00 02/0e/00 -";
        assert_eq!(told(mbim), ["usb:1-4 no_driver cdc_mbim -"]);
        // Unknown ids with interfaces of their own kind are no modem for that; a debugger's is no port.
        let unknown = "usb 1-4 beef:0001\nif 00 ff/ff/ff -";
        assert_eq!(told(unknown), [""; 0]);
        let debugger = "usb 1-4 2c7c:0125\nif 02 ff/00/00 option ttyUSB0\nif 05 ff/42/01 -";
        assert_eq!(told(debugger), [""; 0]);
    }

    #[test]
    fn nobody_talks_to_a_boot_loader() {
        let loader = "usb 1-1 05c6:9008 Qualcomm CDMA Technologies MSM / QUSB__BULK
            if 00 ff/ff/ff qcserial ttyUSB0";
        assert_eq!(told(loader), ["usb:1-1 bootloader - -"]);
        let bench = Fixture::new(loader);
        let found = bench.survey();
        let id = "usb:1-1".to_owned();
        assert_eq!(pick(&found, None), Err(PickError::NoAtPort { id }));
        let port = bench.path("dev/ttyUSB0").display().to_string();
        let named = pick(&found, Some(&port));
        assert!(matches!(named, Err(PickError::Diagnostics { .. })));
        let bare = "usb 1-1 05c6:900e\nif 00 ff/ff/ff -";
        assert_eq!(told(bare), ["usb:1-1 bootloader - -"]);
    }

    #[test]
    fn a_modem_that_cannot_be_used_is_no_other_choice() {
        let bench = Fixture::new(
            "usb 1-1 2c7c:0125
             if 02 ff/00/00 option ttyUSB0
             usb 1-2 beef:0001
             if 00 02/0e/00 cdc_mbim net:wwan0 cdc-wdm0",
        );
        let found = bench.survey();
        assert_eq!(found.len(), 2);
        assert_eq!(pick(&found, None).unwrap().modem.unwrap().id, "usb:1-1");
    }

    #[test]
    fn descriptors_that_are_noise_are_no_reason_to_fall_over() {
        let bench = Fixture::new(STORAGE_MODE);
        let devices = bench.path("sys/bus/usb/devices");
        std::os::unix::fs::symlink("/etc", devices.join("1-9")).unwrap();
        std::os::unix::fs::symlink(devices.join("1-8"), devices.join("1-8")).unwrap();
        std::fs::write(devices.join("1-7"), "a file").unwrap();
        assert_eq!(bench.look().unusable.len(), 1);
        bench.attribute("product", b"\x1b[31mdisk\xff\n");
        let sticks = bench.look().unusable;
        let product = sticks[0].usb.as_ref().unwrap().product.clone();
        assert_eq!(product.as_deref(), Some("[31mdisk\u{fffd}"));
        bench.attribute("1-2:1.0/bInterfaceClass", b"zz\n");
        assert_eq!(bench.look().unusable, []);
        bench.attribute("idProduct", b"zz\n");
        assert_eq!(bench.look().unusable, []);
    }
}
