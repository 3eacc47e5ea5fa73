//! What a stick is that shows no AT port: a disk, a router, a modem that waits for its firmware; and which driver its
//! ports would have.
//!
//! The facts stand in `modes.tsv`. Whether a device is in such a state now is `link::discover`'s to say: the ids alone
//! do not tell, since some firmware keeps them.

use std::sync::LazyLock;

use super::UsbId;

/// What the ids stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A disk with the maker's software, until it is switched.
    Storage,
    /// A router of its own; the address of its page.
    Router(&'static str),
    /// A boot loader or a memory dump: a text would confuse it.
    Bootloader,
}

/// What these ids stand for, where that is not a modem with its ports.
pub fn mode(usb: UsbId) -> Option<Mode> {
    TABLE.iter().find_map(|row| match row.word {
        ModeWord::Mode(mode) if row.is_of(usb) => Some(mode),
        _ => None,
    })
}

/// The driver that the vendor-specific serial ports of this modem take.
pub fn serial_driver(usb: UsbId) -> &'static str {
    let drivers = TABLE.iter().filter_map(|row| match row.word {
        ModeWord::Driver(driver) => Some((row, driver)),
        ModeWord::Mode(_) => None,
    });
    // The row of the product before the row of its vendor.
    let (exact, whole): (Vec<_>, Vec<_>) = drivers
        .filter(|(row, _)| row.is_of(usb))
        .partition(|(row, _)| row.product.is_some());
    let best = exact.first().or(whole.first());
    best.map_or("option", |(_, driver)| driver)
}

const TEXT: &str = include_str!("modes.tsv");

static TABLE: LazyLock<Vec<ModeFact>> =
    LazyLock::new(|| rows(TEXT).filter_map(Result::ok).collect());

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ModeFact {
    vendor: u16,
    /// `None` speaks of every other of the vendor.
    product: Option<u16>,
    word: ModeWord,
}

impl ModeFact {
    fn is_of(&self, usb: UsbId) -> bool {
        self.vendor == usb.vendor && self.product.is_none_or(|product| product == usb.product)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ModeWord {
    Mode(Mode),
    Driver(&'static str),
}

/// Every row, or the line that is none.
fn rows(text: &'static str) -> impl Iterator<Item = Result<ModeFact, &'static str>> {
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| row(line).ok_or(line))
}

fn row(line: &'static str) -> Option<ModeFact> {
    let fields: Vec<&str> = line.split('\t').collect();
    let (vendor, product, word) = match fields[..] {
        [vendor, product, "storage"] => (vendor, product, ModeWord::Mode(Mode::Storage)),
        [vendor, product, "bootloader"] => (vendor, product, ModeWord::Mode(Mode::Bootloader)),
        [vendor, product, "router", page] => (vendor, product, ModeWord::Mode(Mode::Router(page))),
        [vendor, product, "driver", driver] => (vendor, product, ModeWord::Driver(driver)),
        _ => return None,
    };
    Some(ModeFact {
        vendor: u16::from_str_radix(vendor, 16).ok()?,
        product: match product {
            "-" => None,
            number => Some(u16::from_str_radix(number, 16).ok()?),
        },
        word,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::ports;

    fn usb(vendor: u16, product: u16) -> UsbId {
        UsbId { vendor, product }
    }

    #[test]
    fn every_row_of_the_table_reads_and_no_mode_is_also_a_modem_with_ports() {
        let rows: Vec<ModeFact> = rows(TEXT).map(|row| row.unwrap()).collect();
        assert!(rows.len() > 250);
        let mut seen = std::collections::BTreeSet::new();
        for row in rows {
            assert!(seen.insert((row.vendor, row.product)), "{row:?} twice");
            let ModeWord::Mode(_) = row.word else {
                continue;
            };
            let usb = usb(row.vendor, row.product.unwrap());
            assert_eq!(ports::device_kind(usb), None, "{row:?}");
        }
    }

    #[test]
    fn the_states_of_known_sticks_are_told() {
        assert_eq!(mode(usb(0x12d1, 0x1f01)), Some(Mode::Storage));
        assert_eq!(mode(usb(0x19d2, 0x2000)), Some(Mode::Storage));
        let page = Mode::Router("192.168.8.1");
        assert_eq!(mode(usb(0x12d1, 0x14dc)), Some(page));
        assert_eq!(mode(usb(0x05c6, 0x9008)), Some(Mode::Bootloader));
        for modem in [(0x2c7c, 0x0125), (0x12d1, 0x1506), (0x1199, 0x9079)] {
            assert_eq!(mode(usb(modem.0, modem.1)), None);
        }
    }

    #[test]
    fn a_modem_has_the_driver_of_its_maker_or_the_usual_one() {
        assert_eq!(serial_driver(usb(0x2c7c, 0x0125)), "option");
        assert_eq!(serial_driver(usb(0x1199, 0x9079)), "qcserial");
        assert_eq!(serial_driver(usb(0x413c, 0x81b6)), "qcserial");
        assert_eq!(serial_driver(usb(0x413c, 0x81d7)), "option");
    }

    #[test]
    fn a_malformed_row_is_named_and_not_read() {
        for line in [
            "12d1\t1f01",
            "12d1\t1f01\tdisk",
            "12d1\t1f01\trouter",
            "12d1\t1f01\tstorage\tmore",
            "12d1\t11f01\tstorage",
        ] {
            assert_eq!(rows(line).next(), Some(Err(line)));
        }
    }
}
