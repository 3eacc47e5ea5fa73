//! What is seen of `ModemManager` and `NetworkManager` without asking anything of them.

use crate::modem::Error;

/// `ModemManager`, as it is seen on the bus.
#[derive(Debug)]
pub enum ManagerSeen {
    /// It is not running, or there is no bus.
    Absent,
    /// It answers.
    Present {
        /// Its version, where it tells.
        version: Option<String>,
        /// How many modems it has.
        modems: usize,
    },
    /// It is there and does not answer as it should.
    Unwell(Error),
    /// opensim was built without D-Bus.
    NotBuilt,
}

/// `NetworkManager`, as it is seen on the bus, and what it has of one interface.
#[derive(Debug)]
pub enum ConnectionSeen {
    /// It is not running, or there is no bus.
    Absent,
    /// It is there and does not answer as it should.
    Unwell(Error),
    /// It has no device of that name.
    NoDevice,
    /// It has the device.
    Device {
        /// Whether it acts on it.
        managed: bool,
        /// The name of the connection in use, where there is one.
        connection: Option<String>,
        /// Whether that connection comes up by itself.
        automatic: bool,
        /// The metric of its routes, where one is set.
        metric: Option<i64>,
    },
    /// opensim was built without D-Bus.
    NotBuilt,
}

/// A connection of `NetworkManager`'s that leads to a company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VpnSeen {
    /// As a person named it.
    pub name: String,
    /// Its kind: `openvpn`, `wireguard`.
    pub kind: String,
}
