//! The modems plugged in: their ports with what each is for, their network interface, and who holds what.
//!
//! Read from sysfs alone: nothing is opened, nothing is asked, so looking never disturbs a modem or the program that
//! uses it. The roots of `/sys` and `/dev` are parameters, and a whole bench of modems fits in a test's directory.
//! What is asked of a port whose use is not known ([`FoundModem::candidates`]) is the caller's to ask.
//!
//! A modem is named by the place it is plugged in (`usb:1-1.4`), since port numbers move at every reset and many
//! modems have no serial number of their own.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::dialect::modes::{self, Mode};
use crate::dialect::ports::{self, ClassTriple, Fact, Standing};
use crate::dialect::{Evidence, UsbId, detect};
use crate::domain::{Identity, PortRole};
use crate::link::holder::{Holder, Occupancy};

#[cfg(test)]
pub(crate) mod fixture;
mod pick;
mod tree;
mod unusable;

pub use pick::{Choice, PickError, pick};
use tree::{Device, Node, Tree};
pub use unusable::Stick;

/// Where devices are looked up.
#[derive(Debug, Clone)]
pub struct Sysfs {
    sys: PathBuf,
    dev: PathBuf,
    groups: PathBuf,
}

impl Sysfs {
    /// The system's own.
    pub fn system() -> Self {
        Self::under(Path::new("/"))
    }

    /// Where the kernel shows a character device, by its number.
    pub(super) fn of_number(&self, major: u32, minor: u32) -> PathBuf {
        self.sys.join(format!("dev/char/{major}:{minor}"))
    }

    /// A tree that holds `sys`, `dev` and `etc/group`, for fixtures.
    pub fn under(base: &Path) -> Self {
        Self {
            sys: base.join("sys"),
            dev: base.join("dev"),
            groups: base.join("etc/group"),
        }
    }

    /// The group that whoever may not open a device node could join to be let in; `None` where that would not help:
    /// the group may not read and write it, is root's, or is one that this process is in already.
    pub fn group_to_join(&self, device: &Path) -> Option<String> {
        let metadata = fs::metadata(device).ok()?;
        let mine = rustix::process::getgroups().unwrap_or_default();
        let own = rustix::process::getegid();
        let mut mine = mine
            .into_iter()
            .chain([own])
            .map(rustix::process::Gid::as_raw);
        let is_mine = mine.any(|gid| gid == metadata.gid());
        let helps = !is_mine && may_help(metadata.gid(), metadata.mode());
        helps.then(|| self.group_of(device)).flatten()
    }

    /// The name of the group that owns a device node; its number where it has no name.
    pub fn group_of(&self, device: &Path) -> Option<String> {
        let gid = fs::metadata(device).ok()?.gid();
        Some(group_name(&self.groups, gid).unwrap_or_else(|| gid.to_string()))
    }
}

/// Whether a file of this group and mode is open to who joins the group; root's is nobody's to join.
fn may_help(gid: u32, mode: u32) -> bool {
    const READ_AND_WRITE: u32 = 0o060;
    gid != 0 && mode & READ_AND_WRITE == READ_AND_WRITE
}

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

/// A USB device's facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsbDevice {
    /// Its ids.
    pub id: UsbId,
    /// As it says, without control characters.
    pub manufacturer: Option<String>,
    /// As it says, without control characters.
    pub product: Option<String>,
}

impl UsbDevice {
    /// Maker and product, as far as it says them.
    pub fn name(&self) -> Option<String> {
        let words = [self.manufacturer.as_deref(), self.product.as_deref()];
        let words: Vec<&str> = words.into_iter().flatten().collect();
        (!words.is_empty()).then(|| words.join(" "))
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
    let Some(tree) = Tree::of(&sysfs.sys) else {
        return Survey::default();
    };
    let devices = tree.devices();
    let modems: Vec<FoundModem> = devices
        .iter()
        .filter(|device| is_modem(device))
        .map(|device| found(sysfs, seen, device))
        .collect();
    Survey {
        unusable: unusable::sticks(&tree.plugged(), &devices, &modems),
        modems,
    }
}

/// Drivers of serial ports that bind to modems only.
const MODEM_SERIAL: &[&str] = &["option", "qcserial", "sierra", "hso", "ipw"];

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
];

fn is_modem(device: &Device) -> bool {
    if !device.wwan.is_empty() {
        return true;
    }
    let Some(usb) = &device.usb else {
        return false;
    };
    match ports::standing(usb.id) {
        Some(Standing::NoModem) => return false,
        Some(Standing::Modem) => return true,
        None => {}
    }
    if modes::mode(usb.id) == Some(Mode::Bootloader) {
        // Known, so that nobody talks to it.
        return !device.serial.is_empty();
    }
    let driven_by = |nodes: &[Node], drivers: &[&str]| {
        let is = |node: &&Node| node.driver.as_deref().is_some_and(|d| drivers.contains(&d));
        nodes.iter().filter(is).count()
    };
    driven_by(&device.serial, MODEM_SERIAL) > 0
        || device.nets.iter().any(is_own_net)
        || driven_by(&device.serial, BOUND_BY_HAND) > 1
        || !device.serial.is_empty() && claimed_by_a_dialect(usb.id)
}

/// Whether this is an interface on a modem's own driver.
fn is_own_net(node: &Node) -> bool {
    let driver = node.driver.as_deref();
    driver.is_some_and(|driver| MODEM_NET.contains(&driver))
}

fn claimed_by_a_dialect(usb: UsbId) -> bool {
    let detected = detect(Some(usb), &Identity::default());
    matches!(detected.because, Evidence::Usb(_))
}

fn found(sysfs: &Sysfs, seen: &Occupancy, device: &Device) -> FoundModem {
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

fn role_of(device: &Device, node: &Node) -> (PortRole, bool) {
    let (Some(usb), Some(interface)) = (&device.usb, node.interface) else {
        return (PortRole::Unknown, false);
    };
    if modes::mode(usb.id) == Some(Mode::Bootloader) {
        return (PortRole::Diag, false);
    }
    let class = node.class.unwrap_or_default();
    match ports::fact(usb.id, interface, class) {
        Some(Fact::Role(role)) => (role, false),
        Some(Fact::LeaveAlone) => (PortRole::Unknown, true),
        None => (PortRole::Unknown, false),
    }
}

fn port(sysfs: &Sysfs, seen: &Occupancy, node: &Node, role: PortRole, leave_alone: bool) -> Port {
    let path = sysfs.dev.join(&node.name);
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
fn net_interface(device: &Device) -> Option<String> {
    let mut nets = device.nets.iter();
    let best = nets
        .find(|node| is_own_net(node))
        .or_else(|| device.nets.first());
    best.map(|node| node.name.clone())
}

/// `ModemManager` by a serial port or a control channel that it or its proxy holds.
fn manager(sysfs: &Sysfs, seen: &Occupancy, device: &Device, ports: &[Port]) -> Option<Holder> {
    let manager = seen.modem_manager()?;
    let controls = device
        .controls
        .iter()
        .flat_map(|node| seen.holders_of(&sysfs.dev.join(&node.name)));
    let serial = ports.iter().flat_map(|port| seen.holders_of(&port.path));
    let holds = serial
        .chain(controls)
        .any(|holder| holder.is_modem_manager() || holder.is_proxy());
    holds.then_some(manager)
}

fn group_name(file: &Path, gid: u32) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    text.lines().find_map(|line| {
        let mut fields = line.split(':');
        let (name, number) = (fields.next()?, fields.nth(1)?);
        (number.parse() == Ok(gid)).then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests;
