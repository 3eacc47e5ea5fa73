//! A modem that `ModemManager` has, as far as it shows it to everybody.

use crate::domain::Imei;

/// A modem that the daemon has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Managed {
    /// Its number there: `mm:0`.
    pub index: u32,
    /// Its object.
    pub path: String,
    /// What it is plugged in as: a folder of sysfs, or a name of the daemon's own.
    pub device: String,
    /// As it says.
    pub manufacturer: Option<String>,
    /// As it says.
    pub model: Option<String>,
    /// Its number.
    pub imei: Option<Imei>,
    /// Its AT ports, the one in use first.
    pub at_ports: Vec<String>,
    /// Its network interface.
    pub net_interface: Option<String>,
}

impl Managed {
    /// What `--modem` takes.
    pub fn id(&self) -> String {
        format!("mm:{}", self.index)
    }

    /// Whether it is the device at this place on the bus (`usb:1-1.4`), or has this port.
    pub fn is(&self, word: &str) -> bool {
        let place = self.device.rsplit('/').next().unwrap_or_default();
        let port = word.strip_prefix("/dev/").unwrap_or(word);
        let at = word.strip_prefix("usb:").or(word.strip_prefix("pci:"));
        word == self.id()
            || at.is_some_and(|at| at == place)
            || word == self.device
            || self.at_ports.iter().any(|own| own == port)
    }
}
