//! Which dialect a modem speaks, and why.

use super::{DIALECTS, Dialect, Identity};

/// A USB device's ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsbId {
    /// Vendor.
    pub vendor: u16,
    /// Product.
    pub product: u16,
}

/// What a choice of dialect rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// A person forced it.
    Forced,
    /// The USB ids are this vendor's.
    Usb(UsbId),
    /// The modem names this manufacturer or model: the text that matched.
    Manufacturer(String),
    /// Nothing pointed anywhere.
    Nothing,
}

/// A dialect and why.
#[derive(Clone)]
pub struct Detected {
    /// The dialect.
    pub dialect: &'static dyn Dialect,
    /// What it rests on.
    pub because: Evidence,
}

/// The dialect of these facts: what the modem says of itself first, then its USB ids, else generic.
pub fn detect(usb: Option<UsbId>, identity: &Identity) -> Detected {
    let _ = (usb, identity);
    Detected {
        dialect: DIALECTS[DIALECTS.len() - 1],
        because: Evidence::Nothing,
    }
}

/// The dialect of that name.
pub fn by_name(name: &str) -> Option<&'static dyn Dialect> {
    DIALECTS.iter().copied().find(|d| d.profile().name == name)
}
