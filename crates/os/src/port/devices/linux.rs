//! The devices of a sysfs tree.
//!
//! The tree is not trusted: files may be missing, links may dangle or lead out of it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt};
use std::path::{Path, PathBuf};

use opensim_domain::{PortRole, UsbId};

use super::{Bus, PluggedDevice, PortNode, UsbDescription, UsbDevice, UsbInterface};

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
    pub(in crate::port) fn of_number(&self, major: u32, minor: u32) -> PathBuf {
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

    /// Looks at what is plugged in.
    pub fn look(&self) -> Bus {
        let Some(tree) = Tree::of(&self.sys) else {
            return Bus::default();
        };
        Bus {
            devices: tree.devices(),
            usb: tree.plugged(),
        }
    }

    /// Where a port of this name is.
    pub fn node(&self, name: &str) -> PathBuf {
        self.dev.join(name)
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

/// Whether a device that is talked to is there, whatever it is.
pub fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| found.file_type().is_char_device())
}

/// The kernel has most of them.
pub(super) const LOADS_DRIVERS: bool = true;

/// A port is known by its path.
pub(super) fn port_name(word: &str) -> Option<String> {
    word.starts_with('/').then(|| word.to_owned())
}

/// Where a port's node is: behind the links that lead to it.
pub(super) fn real(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

fn group_name(file: &Path, gid: u32) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    text.lines().find_map(|line| {
        let mut fields = line.split(':');
        let (name, number) = (fields.next()?, fields.nth(1)?);
        (number.parse() == Ok(gid)).then(|| name.to_owned())
    })
}

/// A sysfs tree that exists.
struct Tree {
    root: PathBuf,
}

impl Tree {
    fn of(root: &Path) -> Option<Self> {
        let root = fs::canonicalize(root).ok()?;
        Some(Self { root })
    }

    /// Every device that has a serial port, a `wwan` port, a control channel or a network interface, in the order of
    /// their places.
    fn devices(&self) -> Vec<PluggedDevice> {
        let mut devices = BTreeMap::new();
        for (name, path) in self.members("tty") {
            if name.starts_with("ttyUSB") || name.starts_with("ttyACM") {
                self.put(&mut devices, &name, &path, |device, node| {
                    device.serial.push(node);
                });
            }
        }
        for (name, path) in self.members("wwan") {
            let Some(kind) = text(&path.join("type")) else {
                continue; // The device itself, not a port of it.
            };
            self.put(&mut devices, &name, &path, |device, node| {
                match wwan_role(&kind) {
                    Some(role) => device.wwan.push((node, role)),
                    None => device.controls.push(node),
                }
            });
        }
        for (name, path) in self.members("usbmisc") {
            if name.starts_with("cdc-wdm") {
                self.put(&mut devices, &name, &path, |device, node| {
                    device.controls.push(node);
                });
            }
        }
        for (name, path) in self.members("net") {
            self.put(&mut devices, &name, &path, |device, node| {
                device.nets.push(node);
            });
        }
        devices.into_values().map(in_order).collect()
    }

    /// Every USB device, in the order of their places; hubs are among them.
    fn plugged(&self) -> Vec<UsbDescription> {
        let mut devices: Vec<(Place, UsbDescription)> = Vec::new();
        for (name, path) in Self::entries(&self.root.join("bus/usb/devices")) {
            // With a colon it is an interface.
            let inside = path.starts_with(&self.root);
            let Some(usb) = usb_device(&path).filter(|_| inside && !name.contains(':')) else {
                continue;
            };
            let interfaces = Self::entries(&path).into_iter();
            let interfaces = interfaces.filter(|(name, _)| name.contains(':'));
            let place = Place::new("usb", &name);
            let plugged = UsbDescription {
                id: place.id(),
                usb,
                interfaces: interfaces
                    .filter_map(|(_, path)| interface(&path))
                    .collect(),
            };
            devices.push((place, plugged));
        }
        devices.sort_by(|(one, _), (other, _)| one.cmp(other));
        devices.into_iter().map(|(_, device)| device).collect()
    }

    /// The members of a class and where they really are.
    fn members(&self, class: &str) -> Vec<(String, PathBuf)> {
        Self::entries(&self.root.join("class").join(class))
    }

    /// What a folder holds and where it really is.
    fn entries(folder: &Path) -> Vec<(String, PathBuf)> {
        let entries = fs::read_dir(folder);
        let member = |entry: fs::DirEntry| {
            let name = entry.file_name().into_string().ok()?;
            let path = fs::canonicalize(entry.path()).ok()?;
            plain(&name).then_some((name, path))
        };
        let entries = entries.into_iter().flatten().flatten();
        entries.filter_map(member).collect()
    }

    fn put(
        &self,
        devices: &mut BTreeMap<Place, PluggedDevice>,
        name: &str,
        path: &Path,
        add: impl FnOnce(&mut PluggedDevice, PortNode),
    ) {
        let Some((place, owner)) = self.owner(path) else {
            return;
        };
        let interface = self.above(path, "bInterfaceNumber");
        let node = PortNode {
            name: name.to_owned(),
            interface: interface.and_then(|dir| hex(&dir.join("bInterfaceNumber"))),
            class: interface.and_then(class_triple),
            driver: interface.and_then(driver),
        };
        let id = place.id();
        let device = devices.entry(place).or_insert_with(|| PluggedDevice {
            id,
            usb: usb_device(owner),
            serial: Vec::new(),
            wwan: Vec::new(),
            controls: Vec::new(),
            nets: Vec::new(),
        });
        add(device, node);
    }

    /// The USB device whose interface a member belongs to, else the PCI device.
    fn owner<'a>(&self, path: &'a Path) -> Option<(Place, &'a Path)> {
        let place = |bus: &'static str, dir: &'a Path| {
            let name = dir.file_name()?.to_str()?;
            plain(name).then(|| (Place::new(bus, name), dir))
        };
        match self.above(path, "bInterfaceNumber") {
            // Any further up would be a hub.
            Some(interface) => place("usb", interface.parent()?),
            None => place("pci", self.above(path, "subsystem_vendor")?),
        }
    }

    /// The nearest directory from `path` upwards that has such a file, inside the tree.
    fn above<'a>(&self, path: &'a Path, file: &str) -> Option<&'a Path> {
        path.ancestors()
            .take_while(|dir| dir.starts_with(&self.root))
            .find(|dir| dir.join(file).is_file())
    }
}

/// A place on a bus, ordered as a person counts: port 2 before port 10.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    bus: std::cmp::Reverse<&'static str>,
    numbers: Vec<u64>,
    name: String,
}

impl Place {
    fn new(bus: &'static str, name: &str) -> Self {
        Self {
            // USB before PCI.
            bus: std::cmp::Reverse(bus),
            numbers: numbers(name),
            name: name.to_owned(),
        }
    }

    fn id(&self) -> String {
        format!("{}:{}", self.bus.0, self.name)
    }
}

fn in_order(mut device: PluggedDevice) -> PluggedDevice {
    let key = |node: &PortNode| (node.interface, numbers(&node.name), node.name.clone());
    device.serial.sort_by_cached_key(key);
    device.wwan.sort_by_cached_key(|(node, _)| key(node));
    device.nets.sort_by_cached_key(key);
    device
}

/// The use of a `wwan` port by its type; `None` for a control channel that is not a terminal.
fn wwan_role(kind: &str) -> Option<PortRole> {
    match kind {
        "AT" => Some(PortRole::At),
        "QCDM" => Some(PortRole::Diag),
        "NMEA" => Some(PortRole::Nmea),
        _ => None,
    }
}

fn usb_device(dir: &Path) -> Option<UsbDevice> {
    let id = UsbId {
        vendor: hex16(&dir.join("idVendor"))?,
        product: hex16(&dir.join("idProduct"))?,
    };
    Some(UsbDevice {
        id,
        manufacturer: text(&dir.join("manufacturer")),
        product: text(&dir.join("product")),
    })
}

fn interface(dir: &Path) -> Option<UsbInterface> {
    Some(UsbInterface {
        class: class_triple(dir)?,
        driver: driver(dir),
    })
}

fn class_triple(dir: &Path) -> Option<(u8, u8, u8)> {
    let part = |file| hex(&dir.join(file));
    Some((
        part("bInterfaceClass")?,
        part("bInterfaceSubClass")?,
        part("bInterfaceProtocol")?,
    ))
}

fn driver(dir: &Path) -> Option<String> {
    let target = fs::read_link(dir.join("driver")).ok()?;
    let name = target.file_name()?.to_str()?;
    plain(name).then(|| name.to_owned())
}

fn hex(file: &Path) -> Option<u8> {
    u8::from_str_radix(&text(file)?, 16).ok()
}

fn hex16(file: &Path) -> Option<u16> {
    u16::from_str_radix(&text(file)?, 16).ok()
}

/// The text of an attribute on one line, without what could disturb a terminal; `None` where there is none.
fn text(file: &Path) -> Option<String> {
    // A USB string has at most 126 characters.
    const MOST: u64 = 512;
    if !fs::metadata(file).ok()?.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    fs::File::open(file)
        .ok()?
        .take(MOST)
        .read_to_end(&mut bytes)
        .ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let text: String = text.trim().chars().filter(|c| !disturbs(*c)).collect();
    (!text.is_empty()).then_some(text)
}

/// Control characters, and those that turn the direction of writing.
fn disturbs(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a name is one that the kernel gives.
fn plain(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_.:".contains(&b))
}

fn numbers(name: &str) -> Vec<u64> {
    name.split(|c: char| !c.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_helps_where_it_may_read_and_write_and_is_not_root_s() {
        assert!(may_help(20, 0o660));
        assert!(may_help(20, 0o100_666));
        for (gid, mode) in [(0, 0o660), (20, 0o600), (20, 0o620), (20, 0o640)] {
            assert!(!may_help(gid, mode), "{gid} {mode:o}");
        }
    }
}
