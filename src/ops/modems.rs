//! Every modem found, as a document: nothing is opened, and no modem is asked.

use super::Finished;
use crate::dialect::{Evidence, detect};
use crate::document::{ModemRow, Modems, Note, PortRow, UnusableRow, UsbRow};
use crate::domain::Identity;
use crate::domain::ManagedBy;
use crate::domain::codes::Code;
use crate::link::discover::{FoundModem, Port, Stick, Survey, Sysfs, UsbDevice, survey};
use crate::link::holder::{Occupancy, ProcRoot};
use crate::modem::Error as ModemError;
use crate::modem::managed::Managed;

/// The modems plugged in, and the sticks that cannot be used.
///
/// `told` is what `ModemManager` says that it has; nothing where there is none. One of its modems that is plugged in too
/// is one row, under its name there. Where nothing can be used, a daemon that does not tell is to blame, if there is one.
pub fn modems(
    sysfs: &Sysfs,
    proc: &ProcRoot,
    told: Result<Vec<Managed>, ModemError>,
) -> Finished<Modems> {
    let (managed, fault) = match told {
        Ok(managed) => (managed, None),
        Err(fault) => (Vec::new(), Some(fault)),
    };
    let seen = proc.look();
    let found = survey(sysfs, &seen);
    let unusable = found.unusable.clone();
    let mut body = document(found, &seen, &managed);
    if body.modems.is_empty() {
        let fault = fault.unwrap_or(ModemError::None { unusable });
        return Finished::badly(body, fault);
    }
    let note =
        fault.map(|fault| Note::new(Code::MODEMS_MANAGER_UNHEARD).with("cause", fault.code()));
    body.warnings.extend(note);
    Finished::well(body)
}

fn document(found: Survey, seen: &Occupancy, managed: &[Managed]) -> Modems {
    let Survey {
        modems: mut found,
        mut unusable,
    } = found;
    // What ModemManager has is used through it.
    unusable.retain(|stick| !managed.iter().any(|modem| modem.is(&stick.id)));
    found.retain(|modem| !unusable.iter().any(|stick| stick.id == modem.id));
    let mut rows: Vec<ModemRow> = found
        .iter()
        .map(|modem| match managed.iter().find(|m| m.is(&modem.id)) {
            Some(managed) => ModemRow {
                id: managed.id(),
                manufacturer: managed.manufacturer.clone(),
                model: managed.model.clone(),
                managed_by: Some(ManagedBy::ModemManager.into()),
                ..row(modem)
            },
            None => row(modem),
        })
        .collect();
    let elsewhere = |m: &&Managed| !found.iter().any(|modem| m.is(&modem.id));
    rows.extend(managed.iter().filter(elsewhere).map(managed_row));
    let holders = !found.is_empty() && !seen.tells();
    let holders = holders.then(|| Note::new(Code::MODEMS_HOLDERS_UNKNOWN));
    let unsure = unsure(&found, seen, managed);
    Modems {
        warnings: unsure.into_iter().chain(holders).collect(),
        modems: rows,
        unusable: unusable.iter().map(stick).collect(),
    }
}

fn stick(stick: &Stick) -> UnusableRow {
    UnusableRow {
        id: stick.id.clone(),
        usb: stick.usb.as_ref().map(usb),
        reason: stick.reason.into(),
        hint: String::new(),
        driver: stick.driver.map(str::to_owned),
        page: stick.page.map(str::to_owned),
    }
}

/// A modem that only `ModemManager` knows of.
fn managed_row(modem: &Managed) -> ModemRow {
    ModemRow {
        id: modem.id(),
        usb: None,
        manufacturer: modem.manufacturer.clone(),
        model: modem.model.clone(),
        dialect: None,
        dialect_because: None,
        ports: Vec::new(),
        net_interface: modem.net_interface.clone(),
        managed_by: Some(ManagedBy::ModemManager.into()),
    }
}

/// `ModemManager` runs and its open files cannot be seen: a modem that it manages looks free.
fn unsure(found: &[FoundModem], seen: &Occupancy, managed: &[Managed]) -> Option<Note> {
    let manager = seen.modem_manager()?;
    let told = |modem: &FoundModem| managed.iter().any(|m| m.is(&modem.id));
    let free = found
        .iter()
        .any(|modem| modem.managed_by.is_none() && !told(modem));
    (free && !seen.sees(&manager))
        .then(|| Note::new(Code::MODEMS_MANAGER_UNSEEN).with("holder", manager.to_string()))
}

fn row(modem: &FoundModem) -> ModemRow {
    let (dialect, dialect_because) = dialect(modem.usb.as_ref()).unzip();
    ModemRow {
        id: modem.id.clone(),
        usb: modem.usb.as_ref().map(usb),
        manufacturer: None,
        model: None,
        dialect,
        dialect_because,
        ports: modem.ports.iter().map(port).collect(),
        net_interface: modem.net_interface.clone(),
        managed_by: modem
            .managed_by
            .as_ref()
            .map(|_| ManagedBy::ModemManager.into()),
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
    use crate::domain::PortRole;
    use crate::domain::Unusable;
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
        let document = modems(&bench.sysfs(), &bench.proc(), Ok(Vec::new()))
            .document
            .body;
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
        assert_eq!(ec25.managed_by, Some(ManagedBy::ModemManager.into()));
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
        let document = document(survey(&bench.sysfs(), &seen), &seen, &[]);
        assert_eq!(document.modems[0].managed_by, None);
        let [warning] = &document.warnings[..] else {
            panic!("{:?}", document.warnings);
        };
        assert_eq!(warning.code, "modems.manager_unseen");
        assert_eq!(warning.values["holder"], "ModemManager (pid 900)");
        let empty = Fixture::new("proc 900 ModemManager");
        let seen = empty.proc().look().unseeing(900);
        let nothing = super::document(survey(&empty.sysfs(), &seen), &seen, &[]);
        assert_eq!(nothing.warnings, []);
    }

    const STICKS: &str = "
        usb 1-2 12d1:1f01 HUAWEI_MOBILE / HUAWEI_MOBILE
        if 00 08/06/50 usb-storage
        usb 1-3 beef:0001
        if 00 02/0e/00 cdc_mbim net:wwan0 cdc-wdm0
    ";

    /// The ids of the modems and the reasons of the sticks.
    fn told(body: &Modems) -> (Vec<&str>, Vec<(&str, Unusable)>) {
        let modems = body.modems.iter().map(|m| m.id.as_str());
        let sticks = body
            .unusable
            .iter()
            .map(|s| (s.id.as_str(), s.reason.known().unwrap()));
        (modems.collect(), sticks.collect())
    }

    #[test]
    fn a_stick_that_cannot_be_used_is_no_modem_and_named_with_its_reason() {
        let bench = Fixture::new(STICKS);
        let look = |told| modems(&bench.sysfs(), &bench.proc(), told);
        let disk = ("usb:1-2", Unusable::StorageMode);
        let mbim = ("usb:1-3", Unusable::MbimOnly);
        let ended = look(Ok(Vec::new()));
        assert_eq!(told(&ended.document.body), (vec![], vec![disk, mbim]));
        let fault = ended.fault.unwrap();
        assert_eq!(fault.code(), "modem.none");
        let values: std::collections::BTreeMap<_, _> = fault.values().into_iter().collect();
        assert_eq!(values["unusable"][0]["usb"], "12d1:1f01");
        assert_eq!(values["unusable"][1]["reason"], "mbim_only");
        // ModemManager can use what speaks MBIM alone.
        let managed = Managed {
            device: "/sys/devices/pci0000:00/usb1/1-3".to_owned(),
            ..Managed::default()
        };
        let ended = look(Ok(vec![managed]));
        assert_eq!(told(&ended.document.body), (vec!["mm:0"], vec![disk]));
        assert!(ended.fault.is_none());
    }

    #[test]
    fn a_manager_that_does_not_tell_is_a_warning_or_where_nothing_is_found_the_fault() {
        let lost = || Err(ModemError::Manager(crate::modem::ManagerFault::Lost));
        let bench = Fixture::new(BENCH);
        let ended = modems(&bench.sysfs(), &bench.proc(), lost());
        let warning = &ended.document.body.warnings[0];
        assert_eq!(warning.code, "modems.manager_unheard");
        assert_eq!(warning.values["cause"], "manager.lost");
        assert!(ended.fault.is_none());
        let bench = Fixture::new(STICKS);
        let ended = modems(&bench.sysfs(), &bench.proc(), lost());
        assert_eq!(ended.fault.unwrap().code(), "manager.lost");
        assert_eq!(ended.document.body.unusable.len(), 2);
    }

    #[test]
    fn a_modem_that_the_manager_has_is_one_row_under_its_name_there() {
        let bench = Fixture::new(BENCH);
        let managed = |index, device: &str| Managed {
            index,
            device: device.to_owned(),
            manufacturer: Some("Quectel".to_owned()),
            model: Some("EC25".to_owned()),
            ..Managed::default()
        };
        let known = [
            managed(3, "/sys/devices/pci0000:00/usb1/1-1/1-1.4"),
            managed(4, "/virtual/bench"),
        ];
        let document = modems(&bench.sysfs(), &bench.proc(), Ok(known.to_vec()))
            .document
            .body;
        let ids: Vec<&str> = document.modems.iter().map(|m| m.id.as_str()).collect();
        assert_eq!(ids, ["mm:3", "usb:1-2", "mm:4"]);
        let by: Vec<bool> = document
            .modems
            .iter()
            .map(|m| m.managed_by.is_some())
            .collect();
        assert_eq!(by, [true, false, true]);
        let models: Vec<Option<&str>> =
            document.modems.iter().map(|m| m.model.as_deref()).collect();
        assert_eq!(models, [Some("EC25"), None, Some("EC25")]);
    }
}
