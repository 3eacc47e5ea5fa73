//! What `NetworkManager` would have a modem select at its next connection, and how a person's choice is made to last.
//!
//! Its mobile connections carry a network's code (`gsm.network-id`) or none. With none, `ModemManager` is asked to
//! connect anywhere, and hands a choice that a person made back to the modem. So the connection of a modem is found
//! (by the modem's object, which is what `NetworkManager` calls its device), shown, and set under a person's order.
//!
//! A connection is written as a whole: what it holds is read first, its secrets too, and where these cannot be read
//! nothing is written.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

use super::manager::gate::{
    Args, Call, Gate, NETWORK, NETWORK_ACTIVE, NETWORK_DEVICE, PROFILE, SETTINGS,
};
use super::manager::{Properties, SOON, optional, properties, read};
use super::{Error, Result};
use crate::domain::Plmn;
use crate::link::guard::Leave;

const ROOT: &str = "/org/freedesktop/NetworkManager";
const SETTINGS_ROOT: &str = "/org/freedesktop/NetworkManager/Settings";

/// A setting by which another program selects a network when it connects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The connection, for ever.
    pub uuid: String,
    /// The connection, as a person reads it.
    pub name: String,
    /// The network that it names.
    pub network: Option<String>,
}

impl Standing {
    /// The same connection, naming this network.
    pub fn naming(&self, plmn: Plmn) -> Self {
        Self {
            network: Some(plmn.to_string()),
            ..self.clone()
        }
    }

    /// The network that it names, where it is one.
    pub fn plmn(&self) -> Option<Plmn> {
        self.network.as_deref()?.parse().ok()
    }
}

type Profile = HashMap<String, HashMap<String, OwnedValue>>;

/// The way to the daemon; `None` where there is none.
async fn reach() -> Option<Gate> {
    Gate::to(NETWORK).await.ok().flatten()
}

/// The setting of the connection that belongs to a modem of `ModemManager`; `None` where there is none.
pub(super) async fn standing(modem: &str) -> Result<Option<Standing>> {
    let Some(gate) = reach().await else {
        return Ok(None);
    };
    let mut best: Option<(Rank, Standing)> = None;
    for (path, active) in of_modem(&gate, modem).await? {
        let Some(profile) = optional(settings(&gate, &path).await)? else {
            continue;
        };
        let Some((rank, standing)) = describe(&profile, active) else {
            continue;
        };
        if best.as_ref().is_none_or(|(other, _)| *other < rank) {
            best = Some((rank, standing));
        }
    }
    Ok(best.map(|(_, standing)| standing))
}

/// Writes a setting, under a person's order where it names a network.
///
/// # Errors
/// When the connection is gone, its secrets cannot be read, or this user may not.
pub(super) async fn set(standing: &Standing, leave: &Leave) -> Result<()> {
    let gone = || Error::Gone {
        port: standing.name.clone(),
    };
    let gate = reach().await.ok_or_else(gone)?;
    let list = Call::new(SETTINGS_ROOT, SETTINGS, "ListConnections", Args::None);
    let paths: Vec<OwnedObjectPath> = read(&ask(&gate, &list, &Leave::NONE).await?, &list)?;
    for path in paths {
        let Some(mut profile) = optional(settings(&gate, &path).await)? else {
            continue;
        };
        if text(&profile, "connection", "uuid").as_deref() != Some(&standing.uuid) {
            continue;
        }
        secrets(&gate, &path, &mut profile).await?;
        let gsm = profile.entry("gsm".to_owned()).or_default();
        match &standing.network {
            Some(code) => {
                let value = OwnedValue::try_from(Value::from(code.clone()));
                gsm.insert("network-id".to_owned(), value.map_err(|_| gone())?);
            }
            None => drop(gsm.remove("network-id")),
        }
        let update = Call::new(&path, PROFILE, "Update", Args::Profile(profile));
        return ask(&gate, &update, leave).await.map(drop);
    }
    Err(gone())
}

/// The interface over which `NetworkManager` has a modem's data flow: where `ModemManager` has dialled on a port, that is
/// one that no property of the modem's tells. `None` where there is none.
pub(super) async fn interface(modem: &str) -> Result<Option<String>> {
    let Some(gate) = reach().await else {
        return Ok(None);
    };
    let device = device(&gate, modem).await?;
    Ok(device.and_then(|device| device.text("IpInterface")))
}

/// What `NetworkManager` has of a modem.
async fn device(gate: &Gate, modem: &str) -> Result<Option<Properties>> {
    let list = Call::new(ROOT, NETWORK, "GetDevices", Args::None);
    let devices: Vec<OwnedObjectPath> = read(&ask(gate, &list, &Leave::NONE).await?, &list)?;
    for path in devices {
        let told = properties(gate, &path, NETWORK_DEVICE, NETWORK).await;
        let Some(device) = optional(told)? else {
            continue;
        };
        if device.text("Udi").as_deref() == Some(modem) {
            return Ok(Some(device));
        }
    }
    Ok(None)
}

/// The connections that the modem's device may use, and whether one is in use.
async fn of_modem(gate: &Gate, modem: &str) -> Result<Vec<(String, bool)>> {
    let Some(device) = device(gate, modem).await? else {
        return Ok(Vec::new());
    };
    let in_use = match device.object("ActiveConnection") {
        Some(active) => {
            let told = properties(gate, &active, NETWORK_ACTIVE, NETWORK).await;
            optional(told)?.unwrap_or_default().object("Connection")
        }
        None => None,
    };
    let mut paths = device.objects("AvailableConnections");
    paths.extend(in_use.clone().filter(|path| !paths.contains(path)));
    let marked = paths.into_iter().map(|path| {
        let active = in_use.as_ref() == Some(&path);
        (path.to_string(), active)
    });
    Ok(marked.collect())
}

/// Which of several connections is used next: the one in use, then by priority, then the last one used.
type Rank = (bool, bool, i32, u64);

fn describe(profile: &Profile, active: bool) -> Option<(Rank, Standing)> {
    if text(profile, "connection", "type").as_deref() != Some("gsm") {
        return None;
    }
    let of = |name: &str| profile.get("connection")?.get(name);
    let automatic = of("autoconnect").and_then(|v| v.downcast_ref::<bool>().ok());
    let priority = of("autoconnect-priority").and_then(|v| v.downcast_ref::<i32>().ok());
    let last = of("timestamp").and_then(|v| v.downcast_ref::<u64>().ok());
    let rank = (
        active,
        automatic.unwrap_or(true),
        priority.unwrap_or_default(),
        last.unwrap_or_default(),
    );
    let standing = Standing {
        uuid: text(profile, "connection", "uuid")?,
        name: text(profile, "connection", "id").unwrap_or_default(),
        network: text(profile, "gsm", "network-id"),
    };
    Some((rank, standing))
}

fn text(profile: &Profile, section: &str, name: &str) -> Option<String> {
    let text: &str = profile.get(section)?.get(name)?.downcast_ref().ok()?;
    (!text.is_empty()).then(|| text.to_owned())
}

async fn settings(gate: &Gate, path: &str) -> Result<Profile> {
    let call = Call::new(path, PROFILE, "GetSettings", Args::None);
    read(&ask(gate, &call, &Leave::NONE).await?, &call)
}

/// Adds the secrets that the daemon keeps: an update without them would lose them.
async fn secrets(gate: &Gate, path: &str, profile: &mut Profile) -> Result<()> {
    let call = Call::new(path, PROFILE, "GetSecrets", Args::Text("gsm".to_owned()));
    let answer = match gate.call(&call, &Leave::NONE, SOON).await {
        Ok(answer) => answer,
        Err(trouble) if trouble.is_named("NoSecrets") => return Ok(()),
        Err(trouble) => return Err(super::manager::bus_fault(trouble, &call, NETWORK)),
    };
    let kept: Profile = read(&answer, &call)?;
    for (section, values) in kept {
        profile.entry(section).or_default().extend(values);
    }
    Ok(())
}

async fn ask(gate: &Gate, call: &Call, leave: &Leave) -> Result<zbus::message::Message> {
    let answer = gate.call(call, leave, SOON).await;
    answer.map_err(|trouble| super::manager::bus_fault(trouble, call, NETWORK))
}
