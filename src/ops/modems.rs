//! Every modem found, as a document: nothing is opened, and no modem is asked.

use crate::dialect::{Evidence, Identity, detect};
use crate::document::{ModemRow, Modems, Note, PortRow, UsbRow};
use crate::link::discover::{FoundModem, Port, Sysfs, UsbDevice, survey};
use crate::link::holder::{Occupancy, ProcRoot};
use crate::modem::manager::Managed;

/// The modems plugged in. None found is an empty list; what that means to the caller is the caller's to say.
///
/// `managed` are those that `ModemManager` says it has. One that is plugged in too is one row, under its name there.
pub fn modems(sysfs: &Sysfs, proc: &ProcRoot, managed: &[Managed]) -> Modems {
    document(sysfs, &proc.look(), managed)
}

fn document(sysfs: &Sysfs, seen: &Occupancy, managed: &[Managed]) -> Modems {
    let found = survey(sysfs, seen);
    let mut rows: Vec<ModemRow> = found
        .iter()
        .map(|modem| match managed.iter().find(|m| m.is(&modem.id)) {
            Some(managed) => ModemRow {
                id: managed.id(),
                managed_by: Some(MANAGER.to_owned()),
                ..row(modem)
            },
            None => row(modem),
        })
        .collect();
    let elsewhere = |m: &&Managed| !found.iter().any(|modem| m.is(&modem.id));
    rows.extend(managed.iter().filter(elsewhere).map(managed_row));
    Modems {
        warnings: unsure(&found, seen, managed).into_iter().collect(),
        modems: rows,
    }
}

/// A modem that only `ModemManager` knows of.
fn managed_row(modem: &Managed) -> ModemRow {
    ModemRow {
        id: modem.id(),
        usb: None,
        dialect: None,
        dialect_because: None,
        ports: Vec::new(),
        net_interface: modem.net_interface.clone(),
        managed_by: Some(MANAGER.to_owned()),
    }
}

/// What `managed_by` says.
const MANAGER: &str = "modemmanager";

/// `ModemManager` runs and its open files cannot be seen: a modem that it manages looks free.
fn unsure(found: &[FoundModem], seen: &Occupancy, managed: &[Managed]) -> Option<Note> {
    let manager = seen.modem_manager()?;
    let told = |modem: &FoundModem| managed.iter().any(|m| m.is(&modem.id));
    let free = found
        .iter()
        .any(|modem| modem.managed_by.is_none() && !told(modem));
    (free && !seen.sees(&manager))
        .then(|| Note::new("modems.manager_unseen").with("holder", manager.to_string()))
}

fn row(modem: &FoundModem) -> ModemRow {
    let (dialect, dialect_because) = dialect(modem.usb.as_ref()).unzip();
    ModemRow {
        id: modem.id.clone(),
        usb: modem.usb.as_ref().map(usb),
        dialect,
        dialect_because,
        ports: modem.ports.iter().map(port).collect(),
        net_interface: modem.net_interface.clone(),
        managed_by: modem.managed_by.as_ref().map(|_| MANAGER.to_owned()),
    }
}

/// The dialect that the ids point at, and that they do; no ids that point anywhere give none, since only the modem
/// itself can tell.
fn dialect(usb: Option<&UsbDevice>) -> Option<(String, String)> {
    let detected = detect(Some(usb?.id), &Identity::default());
    match detected.because {
        Evidence::Usb(id) => {
            let because = format!("USB ids {:04x}:{:04x}", id.vendor, id.product);
            Some((detected.dialect.profile().name.to_owned(), because))
        }
        Evidence::Forced | Evidence::Manufacturer(_) | Evidence::Nothing => None,
    }
}

fn usb(device: &UsbDevice) -> UsbRow {
    UsbRow {
        vendor_id: format!("{:04x}", device.id.vendor),
        product_id: format!("{:04x}", device.id.product),
        manufacturer: device.manufacturer.clone(),
        product: device.product.clone(),
    }
}

fn port(port: &Port) -> PortRow {
    PortRow {
        path: port.path.display().to_string(),
        role: port.role,
        held_by: port.held_by.as_ref().map(ToString::to_string),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::PortRole;
    use crate::link::discover::fixture::Fixture;

    const BENCH: &str = "
        usb 1-1.4 2c7c:0125 Quectel / EC25-E
        if 00 ff/ff/ff option ttyUSB0
        if 02 ff/00/00 option ttyUSB2
        if 04 ff/ff/ff qmi_wwan net:wwan0 cdc-wdm0
        usb 1-2 beef:0001
        if 00 ff/ff/ff option ttyUSB4
        proc 900 ModemManager ttyUSB2
        proc 901 minicom ttyUSB4
    ";

    #[test]
    fn a_document_says_what_is_plugged_in_and_who_holds_it() {
        let bench = Fixture::new(BENCH);
        let document = modems(&bench.sysfs(), &bench.proc(), &[]);
        let [ec25, unknown] = &document.modems[..] else {
            panic!("{document:#?}");
        };
        let usb = ec25.usb.as_ref().unwrap();
        assert_eq!(
            (usb.vendor_id.as_str(), usb.product_id.as_str()),
            ("2c7c", "0125")
        );
        assert_eq!(ec25.ports[0].role, PortRole::Diag);
        assert_eq!(ec25.dialect.as_deref(), Some("quectel"));
        assert_eq!(ec25.dialect_because.as_deref(), Some("USB ids 2c7c:0125"));
        assert!(ec25.ports[1].path.ends_with("/dev/ttyUSB2"));
        assert_eq!(
            ec25.ports[1].held_by.as_deref(),
            Some("ModemManager (pid 900)")
        );
        assert_eq!(ec25.net_interface.as_deref(), Some("wwan0"));
        assert_eq!(ec25.managed_by.as_deref(), Some("modemmanager"));
        assert_eq!(unknown.dialect, None);
        assert_eq!(unknown.usb.as_ref().unwrap().product, None);
        assert_eq!(unknown.ports[0].role, PortRole::Unknown);
        assert_eq!(
            unknown.ports[0].held_by.as_deref(),
            Some("minicom (pid 901)")
        );
        assert_eq!(unknown.managed_by, None);
        assert_eq!(document.warnings, []);
    }

    #[test]
    fn a_manager_that_hides_what_it_holds_is_warned_of() {
        let bench = Fixture::new(BENCH);
        let seen = bench.proc().look().unseeing(900);
        let document = document(&bench.sysfs(), &seen, &[]);
        assert_eq!(document.modems[0].managed_by, None);
        let [warning] = &document.warnings[..] else {
            panic!("{:?}", document.warnings);
        };
        assert_eq!(warning.code, "modems.manager_unseen");
        assert_eq!(warning.values["holder"], "ModemManager (pid 900)");
        let empty = Fixture::new("proc 900 ModemManager");
        let seen = empty.proc().look().unseeing(900);
        assert_eq!(super::document(&empty.sysfs(), &seen, &[]).warnings, []);
    }

    #[test]
    fn a_modem_that_the_manager_has_is_one_row_under_its_name_there() {
        let bench = Fixture::new(BENCH);
        let managed = |index, device: &str| Managed {
            index,
            device: device.to_owned(),
            ..Managed::default()
        };
        let known = [
            managed(3, "/sys/devices/pci0000:00/usb1/1-1/1-1.4"),
            managed(4, "/virtual/bench"),
        ];
        let document = modems(&bench.sysfs(), &bench.proc(), &known);
        let ids: Vec<&str> = document.modems.iter().map(|m| m.id.as_str()).collect();
        assert_eq!(ids, ["mm:3", "usb:1-2", "mm:4"]);
        let by: Vec<bool> = document
            .modems
            .iter()
            .map(|m| m.managed_by.is_some())
            .collect();
        assert_eq!(by, [true, false, true]);
    }
}
