//! A bench of modems in a directory, laid out as Linux does it, from a few words:
//!
//! ```text
//! usb 1-1.4 2c7c:0125 Quectel / EC25-E
//! if 02 ff/ff/ff option ttyUSB2
//! if 04 ff/ff/ff qmi_wwan net:wwan0 cdc-wdm0
//! if 05 08/06/50 -
//! pci 0000:01:00.0
//! wwan wwan0at0 AT
//! proc 900 ModemManager ttyUSB2
//! ```

#![expect(
    clippy::unwrap_used,
    reason = "a test whose folder cannot be made ends there"
)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use super::devices::Sysfs;
use super::holder::ProcRoot;

const CONTROLLER: &str = "sys/devices/pci0000:00/0000:00:14.0/usb1";

/// A directory with `sys`, `dev`, `proc`, `etc/group` and `run/lock`, gone when dropped.
#[derive(Debug)]
pub struct Computer {
    base: tempfile::TempDir,
    /// Of the last `usb` or `pci` line.
    device: PathBuf,
}

impl Computer {
    /// As the text has it.
    pub fn new(text: &str) -> Self {
        let mut fixture = Self {
            base: tempfile::tempdir().unwrap(),
            device: PathBuf::new(),
        };
        for dir in ["sys/class/tty", "dev", "proc", "etc", "run/lock"] {
            fs::create_dir_all(fixture.path(dir)).unwrap();
        }
        fs::write(fixture.path("etc/group"), "root:x:0:\nnonsense\n").unwrap();
        // A machine has terminals and interfaces of its own.
        fixture.put("sys/devices/virtual/tty/tty0", "dev", "4:0");
        fixture.link("tty", "tty0", "sys/devices/virtual/tty/tty0");
        fixture.put("sys/devices/virtual/net/lo", "type", "772");
        fixture.link("net", "lo", "sys/devices/virtual/net/lo");
        for line in text.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            fixture.line(&words);
        }
        fixture
    }

    /// Where it is.
    pub fn base(&self) -> &Path {
        self.base.path()
    }

    /// A path in it.
    pub fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.base.path().join(path)
    }

    /// Its devices.
    pub fn sysfs(&self) -> Sysfs {
        Sysfs::under(self.base())
    }

    /// Its processes.
    pub fn proc(&self) -> ProcRoot {
        ProcRoot::under(self.base())
    }

    /// Writes an attribute of the device of the last `usb` or `pci` line.
    pub fn attribute(&self, file: &str, bytes: &[u8]) {
        fs::write(self.path(&self.device).join(file), bytes).unwrap();
    }

    fn line(&mut self, words: &[&str]) {
        match words {
            [] => {}
            ["usb", place, ids, strings @ ..] => self.usb(place, ids, &strings.join(" ")),
            ["if", number, class, driver, nodes @ ..] => {
                self.interface(number, class, driver, nodes);
            }
            ["pci", place] => {
                let dir = format!("sys/devices/pci0000:00/0000:00:1c.0/{place}");
                self.put(&dir, "vendor", "0x14c3");
                self.put(&dir, "subsystem_vendor", "0x14c3");
                self.device = dir.into();
            }
            ["wwan", port, kind] => {
                let (parent, _) = port.split_at(5);
                let dir = self.device.join("wwan").join(parent).join(port);
                self.put(&dir, "type", kind);
                self.link("wwan", port, &dir);
                self.link("wwan", parent, self.device.join("wwan").join(parent));
                self.node(port);
            }
            ["proc", pid, name, held @ ..] => self.process(pid, name, held),
            other => panic!("no such line: {other:?}"),
        }
    }

    fn usb(&mut self, place: &str, ids: &str, strings: &str) {
        let (bus, _) = place.split_once('.').unwrap_or((place, ""));
        let mut dir = PathBuf::from(CONTROLLER);
        self.put(&dir, "idVendor", "1d6b");
        self.put(&dir, "idProduct", "0002");
        self.put(dir.parent().unwrap(), "subsystem_vendor", "0x8086");
        if bus != place {
            // A hub stands between.
            dir.push(bus);
            self.put(&dir, "idVendor", "05e3");
            self.put(&dir, "idProduct", "0610");
        }
        dir.push(place);
        let (vendor, product) = ids.split_once(':').unwrap();
        self.put(&dir, "idVendor", vendor);
        self.put(&dir, "idProduct", product);
        if let Some((manufacturer, product)) = strings.split_once(" / ") {
            self.put(&dir, "manufacturer", manufacturer);
            self.put(&dir, "product", product);
        }
        let devices = self.path("sys/bus/usb/devices");
        fs::create_dir_all(&devices).unwrap();
        symlink(self.path(&dir), devices.join(place)).unwrap();
        self.device = dir;
    }

    fn interface(&self, number: &str, class: &str, driver: &str, nodes: &[&str]) {
        let place = self.device.file_name().unwrap().to_str().unwrap();
        let at = u8::from_str_radix(number, 16).unwrap();
        let dir = self.device.join(format!("{place}:1.{at}"));
        let mut class = class.split('/');
        self.put(&dir, "bInterfaceNumber", number);
        self.put(&dir, "bInterfaceClass", class.next().unwrap());
        self.put(&dir, "bInterfaceSubClass", class.next().unwrap());
        self.put(&dir, "bInterfaceProtocol", class.next().unwrap());
        if driver != "-" {
            let drivers = self.path("sys/bus/usb/drivers").join(driver);
            fs::create_dir_all(&drivers).unwrap();
            symlink(drivers, self.path(&dir).join("driver")).unwrap();
        }
        for node in nodes {
            let (class, name, under) = match node.split_once(':') {
                Some((class, name)) => (class, name, dir.join(class).join(name)),
                None if node.starts_with("ttyUSB") => {
                    ("tty", *node, dir.join(node).join("tty").join(node))
                }
                None if node.starts_with("tty") => ("tty", *node, dir.join("tty").join(node)),
                None => ("usbmisc", *node, dir.join("usbmisc").join(node)),
            };
            self.put(&under, "uevent", "");
            self.link(class, name, &under);
            if class != "net" {
                self.node(name);
            }
        }
    }

    fn process(&self, pid: &str, name: &str, held: &[&str]) {
        let dir = Path::new("proc").join(pid);
        self.put(&dir, "comm", name);
        let fd = self.path(dir.join("fd"));
        fs::create_dir_all(&fd).unwrap();
        symlink("/nowhere/at/all", fd.join("0")).unwrap();
        symlink("socket:[4711]", fd.join("1")).unwrap();
        for (at, device) in held.iter().enumerate() {
            self.node(device);
            symlink(self.path("dev").join(device), fd.join((at + 3).to_string())).unwrap();
        }
    }

    fn node(&self, name: &str) {
        fs::write(self.path("dev").join(name), "").unwrap();
    }

    fn put(&self, dir: impl AsRef<Path>, file: &str, text: &str) {
        let dir = self.path(dir);
        fs::create_dir_all(&dir).unwrap();
        fs::write(dir.join(file), format!("{text}\n")).unwrap();
    }

    /// A class's link to a device, relative as the kernel makes them.
    fn link(&self, class: &str, name: &str, device: impl AsRef<Path>) {
        let class = self.path("sys/class").join(class);
        fs::create_dir_all(&class).unwrap();
        let inside = device.as_ref().strip_prefix("sys").unwrap();
        let _ = symlink(Path::new("../..").join(inside), class.join(name));
    }
}

/// Pseudo terminals for tests.
pub mod pty {
    use std::fs::File;
    use std::path::PathBuf;

    use rustix::pty::OpenptFlags;

    /// A pseudo terminal's far end, where the modem would be, and the path of the near one.
    pub fn pair() -> (File, PathBuf) {
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
        let master = rustix::pty::openpt(flags).unwrap();
        rustix::pty::unlockpt(&master).unwrap();
        let name = rustix::pty::ptsname(&master, Vec::new()).unwrap();
        (File::from(master), PathBuf::from(name.to_str().unwrap()))
    }
}
