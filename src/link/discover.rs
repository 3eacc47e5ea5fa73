//! The modems plugged in: their ports with what each is for, their network interface, and who holds what.
//!
//! Read from sysfs alone: nothing is opened, nothing is asked, so looking never disturbs a modem or the program that
//! uses it. The roots of `/sys` and `/dev` are parameters, and a whole bench of modems fits in a test's directory.
//! What is asked of a port whose use is not known ([`FoundModem::candidates`]) is the caller's to ask.
//!
//! A modem is named by the place it is plugged in (`usb:1-1.4`), since port numbers move at every reset and many
//! modems have no serial number of their own.

use std::path::PathBuf;

use crate::dialect::modes::{self, Mode};
use crate::dialect::ports::{self, ClassTriple, DeviceKind, PortUse};
use crate::dialect::{Evidence, UsbId, detect};
use crate::domain::{Identity, PortRole};
use crate::link::holder::{Holder, Occupancy};
use crate::os::port::devices::{PluggedDevice, PortNode};

pub use crate::os::port::devices::{Sysfs, UsbDevice};

#[cfg(test)]
pub(crate) mod fixture;
mod pick;
mod unusable;

pub use pick::{Choice, PickError, pick};
pub use unusable::Stick;

/// A modem as it is plugged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundModem {
    /// What `--modem` takes: `usb:1-1.4` by its place on the bus, `pci:0000:01:00.0` for a modem that is not on USB.
    pub id: String,
    /// The USB device.
    pub usb: Option<UsbDevice>,
    /// Its serial ports, in the order of their interfaces.
    pub ports: Vec<Port>,
    /// Its network interface.
    pub net_interface: Option<String>,
    /// `ModemManager`, where it holds one of the modem's ports or control channels.
    pub managed_by: Option<Holder>,
}

impl FoundModem {
    /// The port to talk AT on, where the facts name one: the first AT port, else the second.
    pub fn at_port(&self) -> Option<&Port> {
        let of = |role| self.ports.iter().find(move |port| port.role == role);
        of(PortRole::At).or_else(|| of(PortRole::At2))
    }

    /// Whether it has a port to try, or `ModemManager` to ask.
    pub fn is_usable(&self) -> bool {
        self.managed_by.is_some() || !self.candidates().is_empty()
    }

    /// The ports worth a short probe, best first: AT ports, then those of unknown use. Never a diagnostics or position
    /// port, one that is to be left alone, nor the dialling port, which may be in a call.
    pub fn candidates(&self) -> Vec<&Port> {
        let order = |port: &&Port| match port.role {
            PortRole::At => Some(0),
            PortRole::At2 => Some(1),
            PortRole::Unknown if !port.leave_alone => Some(2),
            PortRole::Unknown | PortRole::Diag | PortRole::Nmea | PortRole::Ppp => None,
        };
        let mut ports: Vec<&Port> = self.ports.iter().filter(|p| order(p).is_some()).collect();
        ports.sort_by_key(order);
        ports
    }
}

/// A serial port of a modem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    /// The device, e.g. `/dev/ttyUSB2`.
    pub path: PathBuf,
    /// What it is for.
    pub role: PortRole,
    /// Known to be of no use to anyone here: voice, debug. Its role is [`PortRole::Unknown`].
    pub leave_alone: bool,
    /// Its USB interface.
    pub interface: Option<u8>,
    /// Its USB interface's class.
    pub class: Option<ClassTriple>,
    /// The kernel driver of its interface.
    pub driver: Option<String>,
    /// The group that may open it.
    pub group: Option<String>,
    /// Who holds it, as far as can be seen; this process is left out.
    pub held_by: Option<Holder>,
}

/// What is plugged in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    /// Every modem, in the order of their places on the bus. A lone serial adapter is none: it may be given as
    /// `--modem /dev/ttyUSB0` all the same.
    pub modems: Vec<FoundModem>,
    /// Every stick that cannot be used as it is; a modem without a port for AT is among them and among the modems.
    pub unusable: Vec<Stick>,
}

/// Looks at what is plugged in.
pub fn survey(sysfs: &Sysfs, seen: &Occupancy) -> Survey {
    let bus = sysfs.look();
    let devices = bus.devices;
    let modems: Vec<FoundModem> = devices
        .iter()
        .filter(|device| is_modem(device))
        .map(|device| found(sysfs, seen, device))
        .collect();
    Survey {
        unusable: unusable::sticks(&bus.usb, &devices, &modems),
        modems,
    }
}

/// Drivers of serial ports that bind to modems only; the last is that of ports that Windows dials on.
const MODEM_SERIAL: &[&str] = &["option", "qcserial", "sierra", "hso", "ipw", "modem"];

/// Serial drivers that somebody bound by hand to ids of their choice.
const BOUND_BY_HAND: &[&str] = &["usbserial_generic", "usbserial", "generic"];

/// Drivers of network interfaces that are a modem's. The Ethernet classes (`cdc_ether`, `rndis_host`) are phones',
/// docks' and boards' too.
const MODEM_NET: &[&str] = &[
    "qmi_wwan",
    "cdc_mbim",
    "huawei_cdc_ncm",
    "sierra_net",
    "hso",
    BROADBAND,
];

/// Windows's own driver for mobile broadband adapters (MBIM).
const BROADBAND: &str = "wmbclass";

fn is_modem(device: &PluggedDevice) -> bool {
    if !device.wwan.is_empty() {
        return true;
    }
    let Some(usb) = &device.usb else {
        return false;
    };
    match ports::device_kind(usb.id) {
        Some(DeviceKind::NoModem) => return false,
        Some(DeviceKind::Modem) => return true,
        None => {}
    }
    if modes::mode(usb.id) == Some(Mode::Bootloader) {
        // Known, so that nobody talks to it.
        return !device.serial.is_empty();
    }
    let driven_by = |nodes: &[PortNode], drivers: &[&str]| {
        let is = |node: &&PortNode| node.driver.as_deref().is_some_and(|d| drivers.contains(&d));
        nodes.iter().filter(is).count()
    };
    driven_by(&device.serial, MODEM_SERIAL) > 0
        || device.nets.iter().any(is_own_net)
        || driven_by(&device.serial, BOUND_BY_HAND) > 1
        || !device.serial.is_empty() && claimed_by_a_dialect(usb.id)
}

/// Whether this is an interface on a modem's own driver.
fn is_own_net(node: &PortNode) -> bool {
    let driver = node.driver.as_deref();
    driver.is_some_and(|driver| MODEM_NET.contains(&driver))
}

/// Whether this is an interface that Windows manages by itself.
fn is_broadband(node: &PortNode) -> bool {
    node.driver.as_deref() == Some(BROADBAND)
}

fn claimed_by_a_dialect(usb: UsbId) -> bool {
    let detected = detect(Some(usb), &Identity::default());
    matches!(detected.because, Evidence::Usb(_))
}

fn found(sysfs: &Sysfs, seen: &Occupancy, device: &PluggedDevice) -> FoundModem {
    let serial = device.serial.iter().map(|node| {
        let (role, leave_alone) = role_of(device, node);
        port(sysfs, seen, node, role, leave_alone)
    });
    let wwan = device
        .wwan
        .iter()
        .map(|(node, role)| port(sysfs, seen, node, *role, false));
    let ports: Vec<Port> = serial.chain(wwan).collect();
    FoundModem {
        id: device.id.clone(),
        usb: device.usb.clone(),
        net_interface: net_interface(device),
        managed_by: manager(sysfs, seen, device, &ports),
        ports,
    }
}

fn role_of(device: &PluggedDevice, node: &PortNode) -> (PortRole, bool) {
    let (Some(usb), Some(interface)) = (&device.usb, node.interface) else {
        return (PortRole::Unknown, false);
    };
    if modes::mode(usb.id) == Some(Mode::Bootloader) {
        return (PortRole::Diag, false);
    }
    let class = node.class.unwrap_or_default();
    match ports::port_use(usb.id, interface, class) {
        Some(PortUse::Role(role)) => (role, false),
        Some(PortUse::LeaveAlone) => (PortRole::Unknown, true),
        None => (PortRole::Unknown, false),
    }
}

fn port(
    sysfs: &Sysfs,
    seen: &Occupancy,
    node: &PortNode,
    role: PortRole,
    leave_alone: bool,
) -> Port {
    let path = sysfs.node(&node.name);
    Port {
        role,
        leave_alone,
        interface: node.interface,
        class: node.class,
        driver: node.driver.clone(),
        group: sysfs.group_of(&path),
        held_by: seen.holders_of(&path).into_iter().next(),
        path,
    }
}

/// The interface on a modem's own driver first: a stick may show an Ethernet one for its web page beside it.
fn net_interface(device: &PluggedDevice) -> Option<String> {
    let mut nets = device.nets.iter();
    let best = nets
        .find(|node| is_own_net(node))
        .or_else(|| device.nets.first());
    best.map(|node| node.name.clone())
}

/// `ModemManager` by a serial port or a control channel that it or its proxy holds.
fn manager(
    sysfs: &Sysfs,
    seen: &Occupancy,
    device: &PluggedDevice,
    ports: &[Port],
) -> Option<Holder> {
    let manager = seen.modem_manager()?;
    let controls = device
        .controls
        .iter()
        .flat_map(|node| seen.holders_of(&sysfs.node(&node.name)));
    let serial = ports.iter().flat_map(|port| seen.holders_of(&port.path));
    let holds = serial
        .chain(controls)
        .any(|holder| holder.is_modem_manager() || holder.is_proxy());
    holds.then_some(manager)
}

#[cfg(test)]
mod tests;
