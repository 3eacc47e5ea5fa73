//! The devices that are plugged in and have serial ports or network interfaces, gathered by device; and who may open a
//! port.
//!
//! Nothing is opened and nothing is asked, so looking never disturbs a device or the program that uses it. What a device
//! tells is not trusted: texts may be anything that it puts in its descriptors.

use std::path::{Path, PathBuf};

use opensim_domain::{PortRole, UsbId};

#[cfg(any(test, target_os = "windows"))]
mod hardware;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "windows")]
use windows as system;

pub use system::{Sysfs, is_device};

/// Whether a driver that a device lacks can be loaded by its name. Where not, its maker's has to be installed.
pub const LOADS_DRIVERS: bool = system::LOADS_DRIVERS;

/// The name of the port that a word means, in the one way in which it is written here; `None` where the word is no
/// port's: a place, a number, a virtual modem.
pub fn port_name(word: &str) -> Option<String> {
    system::port_name(word)
}

/// Where a port really is, whatever name or link it is given by.
pub fn real(port: &Path) -> Option<PathBuf> {
    system::real(port)
}

/// What is plugged in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bus {
    /// Every device that has a serial port, a `wwan` port, a control channel or a network interface, in the order of their
    /// places.
    pub devices: Vec<PluggedDevice>,
    /// Every USB device, in the order of their places; hubs are among them.
    pub usb: Vec<UsbDescription>,
}

/// A device with ports or a network interface, on whatever bus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluggedDevice {
    /// Its place: `usb:1-1.4`, `pci:0000:01:00.0`.
    pub id: String,
    /// What it is on USB.
    pub usb: Option<UsbDevice>,
    /// `ttyUSB*` and `ttyACM*`, in the order of their interfaces.
    pub serial: Vec<PortNode>,
    /// Ports of the `wwan` class that are of use here, with their roles.
    pub wwan: Vec<(PortNode, PortRole)>,
    /// Control channels: `cdc-wdm*`, and `wwan` ports that speak QMI or MBIM.
    pub controls: Vec<PortNode>,
    /// Network interfaces.
    pub nets: Vec<PortNode>,
}

/// A USB device as it is plugged in, whatever it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsbDescription {
    /// Its place: `usb:1-1.4`, `pci:0000:01:00.0`.
    pub id: String,
    /// What it says that it is.
    pub usb: UsbDevice,
    /// Its interfaces.
    pub interfaces: Vec<UsbInterface>,
}

/// An interface of a USB device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsbInterface {
    /// Class, subclass and protocol.
    pub class: (u8, u8, u8),
    /// The driver that serves it.
    pub driver: Option<String>,
}

/// Something with a name in `/dev` or among the network interfaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortNode {
    /// Its name.
    pub name: String,
    /// The number of the USB interface that it belongs to.
    pub interface: Option<u8>,
    /// That interface's class, subclass and protocol.
    pub class: Option<(u8, u8, u8)>,
    /// The driver that serves it.
    pub driver: Option<String>,
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
