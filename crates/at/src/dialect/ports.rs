//! What each port of a USB modem is for, by its ids and its USB interface.
//!
//! The number behind `ttyUSB` says nothing: it moves after a reset or a replug. The interface number and class are
//! the device's own. The facts stand in `ports.tsv`, read from the udev rules of `ModemManager`; a vendor that words them
//! in the interface's class says so in its dialect. Whether a device is a modem at all is `link::discover`'s to say.

use std::sync::LazyLock;

use super::{DIALECTS, Dialect, PortRole, UsbId};

/// The class, subclass and protocol of a USB interface.
pub type ClassTriple = (u8, u8, u8);

/// What is known of one port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortUse {
    /// It is for this.
    Role(PortRole),
    /// It is a serial port by its looks and of no use: voice, debug, a console. Never written to.
    LeaveAlone,
}

/// What is known of a whole device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceKind {
    /// A modem.
    Modem,
    /// It bears a modem vendor's id and is none: a position receiver, another composition.
    NoModem,
}

/// What the port on this interface is for; `None` where nothing is known, and only a probe can tell.
pub fn port_use(usb: UsbId, interface: u8, class: ClassTriple) -> Option<PortUse> {
    find(usb, Some(interface))
        .and_then(PortWord::port_use)
        .or_else(|| by_class(usb, class).map(PortUse::Role))
}

/// The role of the port on this interface; a port to be left alone is [`PortRole::Unknown`].
pub fn role(usb: UsbId, interface: u8, class: ClassTriple) -> Option<PortRole> {
    port_use(usb, interface, class).map(|fact| match fact {
        PortUse::Role(role) => role,
        PortUse::LeaveAlone => PortRole::Unknown,
    })
}

/// Whether these ids are known, and as what.
pub fn device_kind(usb: UsbId) -> Option<DeviceKind> {
    if find(usb, None) == Some(PortWord::Ignore) {
        return Some(DeviceKind::NoModem);
    }
    let start = TABLE.partition_point(|row| (row.vendor, row.product) < (usb.vendor, usb.product));
    let listed = TABLE
        .get(start)
        .is_some_and(|row| (row.vendor, row.product) == (usb.vendor, usb.product));
    listed.then_some(DeviceKind::Modem)
}

const TEXT: &str = include_str!("ports.tsv");

static TABLE: LazyLock<Vec<PortFact>> = LazyLock::new(|| {
    let mut rows: Vec<PortFact> = rows(TEXT).filter_map(Result::ok).collect();
    rows.sort_unstable_by_key(|row| row.key());
    rows
});

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct PortFact {
    vendor: u16,
    product: u16,
    /// `None` speaks of the whole device.
    interface: Option<u8>,
    word: PortWord,
}

impl PortFact {
    fn key(self) -> (u16, u16, Option<u8>) {
        (self.vendor, self.product, self.interface)
    }
}

/// The table's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PortWord {
    Role(PortRole),
    Ignore,
    Modem,
}

impl PortWord {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "at" => Self::Role(PortRole::At),
            "at2" => Self::Role(PortRole::At2),
            "ppp" => Self::Role(PortRole::Ppp),
            "diag" => Self::Role(PortRole::Diag),
            "nmea" => Self::Role(PortRole::Nmea),
            "ignore" => Self::Ignore,
            "modem" => Self::Modem,
            _ => return None,
        })
    }

    fn port_use(self) -> Option<PortUse> {
        match self {
            Self::Role(role) => Some(PortUse::Role(role)),
            Self::Ignore => Some(PortUse::LeaveAlone),
            Self::Modem => None,
        }
    }
}

fn find(usb: UsbId, interface: Option<u8>) -> Option<PortWord> {
    let key = (usb.vendor, usb.product, interface);
    let at = TABLE.binary_search_by_key(&key, |row| row.key()).ok()?;
    TABLE.get(at).map(|row| row.word)
}

/// Every row, or the line that is none.
fn rows(text: &str) -> impl Iterator<Item = Result<PortFact, &str>> {
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| row(line).ok_or(line))
}

fn row(line: &str) -> Option<PortFact> {
    let mut fields = line.split('\t');
    let mut next = || fields.next();
    let (vendor, product, interface, word) = (next()?, next()?, next()?, next()?);
    let row = PortFact {
        vendor: u16::from_str_radix(vendor, 16).ok()?,
        product: u16::from_str_radix(product, 16).ok()?,
        interface: match interface {
            "-" => None,
            number => Some(u8::from_str_radix(number, 16).ok()?),
        },
        word: PortWord::parse(word)?,
    };
    next().is_none().then_some(row)
}

/// What the vendor of this id says of an interface of this class.
fn by_class(usb: UsbId, class: ClassTriple) -> Option<PortRole> {
    let owns = |dialect: &&&dyn Dialect| dialect.profile().usb_vendors.contains(&usb.vendor);
    DIALECTS.iter().find(owns)?.port_role(class)
}

#[cfg(test)]
mod tests {
    use super::*;

    const VENDOR_SPECIFIC: ClassTriple = (0xff, 0xff, 0xff);

    fn usb(vendor: u16, product: u16) -> UsbId {
        UsbId { vendor, product }
    }

    #[test]
    fn every_row_of_the_table_reads_and_no_key_stands_twice() {
        let rows: Vec<PortFact> = rows(TEXT).map(|row| row.unwrap()).collect();
        assert!(rows.len() > 700);
        let mut keys: Vec<_> = rows.iter().map(|row| row.key()).collect();
        keys.sort_unstable();
        for pair in keys.windows(2) {
            assert_ne!(pair[0], pair[1]);
        }
        for row in rows {
            let whole = row.interface.is_none();
            match row.word {
                PortWord::Role(_) => assert!(!whole, "{row:?}"),
                PortWord::Modem => assert!(whole, "{row:?}"),
                PortWord::Ignore => {}
            }
        }
    }

    #[test]
    fn no_device_has_two_first_at_ports() {
        let firsts: Vec<(u16, u16)> = TABLE
            .iter()
            .filter(|row| row.word == PortWord::Role(PortRole::At))
            .map(|row| (row.vendor, row.product))
            .collect();
        for pair in firsts.windows(2) {
            assert_ne!(pair[0], pair[1]);
        }
    }

    #[test]
    fn the_ports_of_known_modems_have_their_roles() {
        let ec25 = |interface| role(usb(0x2c7c, 0x0125), interface, VENDOR_SPECIFIC);
        assert_eq!(ec25(0), Some(PortRole::Diag));
        assert_eq!(ec25(1), Some(PortRole::Nmea));
        assert_eq!(ec25(2), Some(PortRole::At));
        assert_eq!(ec25(3), Some(PortRole::At2));
        assert_eq!(ec25(4), None);
        let sim7600 = |interface| port_use(usb(0x1e0e, 0x9001), interface, VENDOR_SPECIFIC);
        assert_eq!(sim7600(2), Some(PortUse::Role(PortRole::At)));
        assert_eq!(sim7600(4), Some(PortUse::LeaveAlone));
        let em7455 = role(usb(0x1199, 0x9079), 3, VENDOR_SPECIFIC);
        assert_eq!(em7455, Some(PortRole::At));
        // Interface numbers are hexadecimal.
        let f3607gw = role(usb(0x0930, 0x130c), 0x09, (2, 2, 1));
        assert_eq!(f3607gw, Some(PortRole::Nmea));
    }

    #[test]
    fn huawei_tells_by_the_class_of_the_interface() {
        let e3372 = usb(0x12d1, 0x1506);
        assert_eq!(role(e3372, 0, (0xff, 2, 0x12)), Some(PortRole::At));
        assert_eq!(role(e3372, 1, (0xff, 2, 0x10)), Some(PortRole::Ppp));
        assert_eq!(role(e3372, 2, (0xff, 2, 0x16)), None);
        assert_eq!(role(e3372, 2, (0xff, 1, 0x02)), Some(PortRole::At));
        assert_eq!(role(e3372, 2, (0xff, 6, 0x14)), Some(PortRole::Nmea));
        assert_eq!(role(e3372, 2, VENDOR_SPECIFIC), None);
        assert_eq!(role(usb(0x0403, 0x6001), 0, (0xff, 2, 0x12)), None);
    }

    #[test]
    fn a_position_receiver_of_a_modem_vendor_is_no_modem() {
        assert_eq!(device_kind(usb(0x1546, 0x01a8)), Some(DeviceKind::NoModem));
        assert_eq!(device_kind(usb(0x1546, 0x1102)), Some(DeviceKind::Modem));
        assert_eq!(device_kind(usb(0x03f0, 0x261d)), Some(DeviceKind::Modem));
        assert_eq!(device_kind(usb(0x0403, 0x6001)), None);
        assert_eq!(device_kind(usb(0xffff, 0xffff)), None);
    }

    #[test]
    fn a_malformed_row_is_named_and_not_read() {
        for line in [
            "2c7c\t0125\t02",
            "2c7c\t0125\t02\tvoice",
            "2c7c\t0125\t100\tat",
            "12c7c\t0125\t02\tat",
            "2c7c\t0125\t02\tat\tmore",
        ] {
            assert_eq!(rows(line).next(), Some(Err(line)));
        }
    }
}
