//! The equipment: who a modem is, what its ports are for, and why a stick is no modem yet.

use serde::{Deserialize, Serialize};

use super::Imei;

/// Who the modem is, as far as asked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Identity {
    /// As it says, e.g. `Quectel`.
    pub manufacturer: Option<String>,
    /// As it says, e.g. `EC25`.
    pub model: Option<String>,
    /// Its firmware.
    pub revision: Option<String>,
    /// Its number.
    pub imei: Option<Imei>,
}

/// What carries the words between opensim and a modem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Backend {
    /// AT commands on a port.
    At,
    /// `ModemManager`, which holds the ports.
    Manager,
}

/// A program that manages modems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ManagedBy {
    /// `ModemManager`.
    ModemManager,
}

/// What a port of a USB modem is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PortRole {
    /// The first AT port.
    At,
    /// A second AT port.
    At2,
    /// The port for PPP dialling; it may answer AT too.
    Ppp,
    /// Vendor diagnostics: binary, never written to.
    Diag,
    /// Position sentences.
    Nmea,
    /// Not known.
    #[serde(other)]
    Unknown,
}

/// Why a stick cannot be used as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unusable {
    /// It shows itself as a disk until `usb_modeswitch` switches it.
    StorageMode,
    /// It is a router: its web page, and no AT.
    Router,
    /// It speaks MBIM or QMI alone, which takes `ModemManager`.
    MbimOnly,
    /// Windows has it as a mobile broadband adapter (MBIM), without a port.
    Broadband,
    /// No driver is bound to its ports.
    NoDriver,
    /// It waits for its firmware, or crashed.
    Bootloader,
}

/// A USB device's ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsbId {
    /// Vendor.
    pub vendor: u16,
    /// Product.
    pub product: u16,
}
