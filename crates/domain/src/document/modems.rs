//! `opensim.modems/1`: every modem found.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Body, Note, Word};
use crate::{ManagedBy, PortRole, Unusable};

/// What `opensim modems` gives.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Modems {
    /// In the order of their USB paths.
    pub modems: Vec<ModemRow>,
    /// Sticks that cannot be used as they are, in the same order.
    #[serde(default)]
    pub unusable: Vec<UnusableRow>,
    /// What a user should know.
    pub warnings: Vec<Note>,
}

impl Body for Modems {
    const SCHEMA: &'static str = "opensim.modems/1";

    fn warnings(&mut self) -> Option<&mut Vec<Note>> {
        Some(&mut self.warnings)
    }

    fn notes(&mut self) -> Vec<&mut Note> {
        self.warnings.iter_mut().collect()
    }

    fn sticks(&mut self) -> Vec<&mut UnusableRow> {
        self.unusable.iter_mut().collect()
    }
}

/// A stick that cannot be used as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct UnusableRow {
    /// Where it is plugged in.
    pub id: String,
    /// The USB device; `null` for one that is not on USB.
    pub usb: Option<UsbRow>,
    /// Why it cannot be used.
    pub reason: Word<Unusable>,
    /// What it is and what to do, in the reader's language.
    pub hint: String,
    /// The driver that it lacks.
    pub driver: Option<String>,
    /// The address of its web page.
    pub page: Option<String>,
}

impl UnusableRow {
    /// What its sentence needs.
    pub fn facts(&self) -> Value {
        let usb = self.usb.as_ref();
        let words = usb.map(|usb| [usb.manufacturer.as_deref(), usb.product.as_deref()]);
        let words: Vec<&str> = words.into_iter().flatten().flatten().collect();
        json!({
            "id": self.id,
            "usb": usb.map(|usb| format!("{}:{}", usb.vendor_id, usb.product_id)),
            "name": (!words.is_empty()).then(|| words.join(" ")),
            "reason": self.reason,
            "driver": self.driver,
            "page": self.page,
        })
    }
}

/// One modem.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ModemRow {
    /// What `--modem` takes.
    pub id: String,
    /// The USB device; `null` for a port that is not on USB.
    pub usb: Option<UsbRow>,
    /// Its maker, as whoever manages it says.
    #[serde(default)]
    pub manufacturer: Option<String>,
    /// Its model, as whoever manages it says.
    #[serde(default)]
    pub model: Option<String>,
    /// The dialect its ids point at.
    pub dialect: Option<String>,
    /// Why.
    pub dialect_because: Option<String>,
    /// Its ports.
    pub ports: Vec<PortRow>,
    /// Its network interface.
    pub net_interface: Option<String>,
    /// The program that manages it.
    pub managed_by: Option<Word<ManagedBy>>,
}

/// The USB device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct UsbRow {
    /// Four hex digits.
    pub vendor_id: String,
    /// Four hex digits.
    pub product_id: String,
    /// As it says.
    pub manufacturer: Option<String>,
    /// As it says.
    pub product: Option<String>,
}

/// One port.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PortRow {
    /// The device.
    pub path: String,
    /// What it is for.
    pub role: PortRole,
    /// The program that holds it (`minicom (pid 812)`), `null` where nobody does as far as can be seen.
    pub held_by: Option<String>,
}
