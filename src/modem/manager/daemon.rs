//! The daemon, and the modems that it has.

use zbus::zvariant::Value;

use super::rules::{MANAGER, MODEM, MODEM_MANAGER};
use crate::bus::{Gate, Properties, objects, properties};
use crate::domain::Imei;
use crate::domain::codes::Detail;
use crate::modem::managed::Managed;
use crate::modem::{Error, ManagerFault, Result};

/// The daemon's own object.
pub(super) const ROOT: &str = "/org/freedesktop/ModemManager1";

/// What a modem's port is for, in the daemon's numbers (`MMModemPortType`).
const NET: u32 = 2;
const AT: u32 = 3;

/// A modem as the daemon shows it.
fn managed(path: &str, modem: &Properties) -> Option<Managed> {
    let primary = modem.text("PrimaryPort");
    let mut at_ports = ports(modem, AT);
    at_ports.sort_by_key(|port| Some(port) != primary.as_ref());
    Some(Managed {
        index: path.rsplit('/').next()?.parse().ok()?,
        path: path.to_owned(),
        device: modem.text("Device").unwrap_or_default(),
        manufacturer: modem.text("Manufacturer"),
        model: modem.text("Model"),
        imei: modem
            .text("EquipmentIdentifier")
            .and_then(|text| Imei::parse(&text)),
        at_ports,
        net_interface: ports(modem, NET).into_iter().next(),
    })
}

/// Ports of a kind, by their names in `/dev` or of their interfaces.
fn ports(modem: &Properties, kind: u32) -> Vec<String> {
    let Some(Value::Array(ports)) = modem.value("Ports") else {
        return Vec::new();
    };
    let named = |port: &Value<'_>| {
        let Value::Structure(port) = port else {
            return None;
        };
        match port.fields() {
            [Value::Str(name), Value::U32(of)] if *of == kind => Some(name.to_string()),
            _ => None,
        }
    };
    ports.iter().filter_map(named).collect()
}

/// The way to the daemon; a fault where there is none.
pub(in crate::modem) async fn reach() -> Result<Gate> {
    match Gate::to(&MODEM_MANAGER).await {
        Ok(Some(gate)) => Ok(gate),
        Ok(None) => Err(Error::Manager(ManagerFault::Absent {
            detail: Detail::BUS_NO_OWNER.into(),
        })),
        Err(fault) => Err(at_first(fault.into())),
    }
}

/// A fault of the first words with the daemon: no modem was asked yet, so it is none of a modem's.
pub(super) fn at_first(error: Error) -> Error {
    match error {
        Error::Silent { command, seconds } => Error::Manager(ManagerFault::Silent {
            call: command,
            seconds,
        }),
        Error::Unreadable { command, line } => Error::Manager(ManagerFault::Unreadable {
            call: command,
            detail: line,
        }),
        other => other,
    }
}

/// Every modem that the daemon has, in the order of their numbers.
pub(in crate::modem) async fn list(gate: &Gate) -> Result<Vec<Managed>> {
    let told = objects(gate, ROOT, MODEM).await;
    let mut modems = Vec::new();
    for (path, modem) in told.map_err(|fault| at_first(fault.into()))? {
        let modem = managed(&path, &modem).ok_or_else(|| {
            Error::Manager(ManagerFault::Unreadable {
                call: "ObjectManager.GetManagedObjects".to_owned(),
                detail: path.to_string(),
            })
        })?;
        modems.push(modem);
    }
    modems.sort_by_key(|modem: &Managed| modem.index);
    Ok(modems)
}

/// Its version, where it tells.
pub(in crate::modem) async fn version(gate: &Gate) -> Option<String> {
    let told = properties(gate, ROOT, MANAGER).await.ok()?;
    told.text("Version")
}
