//! What `NetworkManager` would have a modem select at its next connection, and how a person's choice is made to last.
//!
//! Its mobile connections carry a network's code (`gsm.network-id`) or none. With none, `ModemManager` is asked to
//! connect anywhere, and hands a choice that a person made back to the modem. So the connection of a modem is found
//! (by the modem's object, which is what `NetworkManager` calls its device), shown, and set under a person's order.
//!
//! `ModemManager` registers nowhere while a modem is connected. So a connection of `NetworkManager`'s that is up makes
//! way for a change, and is brought up again after it; each time only where it names the network that the person's
//! order names, since what it connects to is where it has the modem register.
//!
//! A connection is written as a whole: what it holds is read first, its secrets too, and where these cannot be read
//! nothing is written.

use std::net::IpAddr;

use zbus::zvariant::{OwnedValue, Str};

use crate::bus::{
    Args, CallFault, Cause, Gate, MethodCall, Object, Properties, SOON, Sections, known,
    properties, read,
};
use crate::domain::{ConnectionProfile, Plmn};
use crate::guard::Leave;

pub(crate) mod overview;
mod rules;

use rules::{ACTIVE, DEVICE, IP4, NETWORK, NETWORK_MANAGER, PROFILE, SETTINGS};

type Result<T> = std::result::Result<T, CallFault>;

/// States of `NMDeviceState`: on the way up, and up.
const PREPARING: u32 = 40;
const ACTIVATED: u32 = 100;

const ROOT: &str = "/org/freedesktop/NetworkManager";
const SETTINGS_ROOT: &str = "/org/freedesktop/NetworkManager/Settings";

/// The way to the daemon; `None` where there is none.
async fn reach() -> Option<Gate> {
    Gate::to(&NETWORK_MANAGER).await.ok().flatten()
}

/// What `NetworkManager` has of a modem of `ModemManager`'s, as it is now.
struct ManagedDevice {
    gate: Gate,
    path: Object,
    device: Properties,
}

impl ManagedDevice {
    /// `None` where there is no daemon, or it does not have the modem.
    async fn of(modem: &str) -> Result<Option<Self>> {
        let Some(gate) = reach().await else {
            return Ok(None);
        };
        let found = device(&gate, modem).await?;
        Ok(found.map(|(path, device)| Self { gate, path, device }))
    }

    /// The connection that is used next, and its setting.
    async fn next(&self) -> Result<Option<(Object, ConnectionProfile)>> {
        let mut best: Option<(Rank, Object, ConnectionProfile)> = None;
        for (path, active) in connections(&self.gate, &self.device).await? {
            let Some(profile) = known(settings(&self.gate, &path).await)? else {
                continue;
            };
            let Some((rank, standing)) = describe(&profile, active) else {
                continue;
            };
            if best.as_ref().is_none_or(|(other, ..)| *other < rank) {
                best = Some((rank, path, standing));
            }
        }
        Ok(best.map(|(_, path, standing)| (path, standing)))
    }
}

/// The setting of the connection that belongs to a modem of `ModemManager`; `None` where there is none.
pub(crate) async fn standing(modem: &str) -> Result<Option<ConnectionProfile>> {
    match ManagedDevice::of(modem).await? {
        Some(found) => Ok(found.next().await?.map(|(_, standing)| standing)),
        None => Ok(None),
    }
}

/// Writes a setting, under a person's order where it names a network; brings the connection up afterwards where that is
/// wanted and the modem has none.
///
/// # Errors
/// When the connection is gone, its secrets cannot be read, or this user may not.
pub(crate) async fn set(modem: &str, standing: &ConnectionProfile, leave: &Leave) -> Result<()> {
    let gone = || CallFault::gone(&standing.name);
    let gate = reach().await.ok_or_else(gone)?;
    let device = if standing.up {
        Some(device(&gate, modem).await?.ok_or_else(gone)?)
    } else {
        None
    };
    if device.as_ref().is_some_and(|(_, device)| is_up(device)) {
        return Ok(());
    }
    let list = MethodCall::new(SETTINGS_ROOT, SETTINGS, "ListConnections", Args::None);
    let paths: Vec<Object> = read(&gate, &ask(&gate, &list, &Leave::NONE).await?, &list)?;
    for path in paths {
        let Some(profile) = known(settings(&gate, &path).await)? else {
            continue;
        };
        if text(&profile, "connection", "uuid").as_deref() != Some(&standing.uuid) {
            continue;
        }
        if text(&profile, "gsm", "network-id") != standing.network {
            write(&gate, &path, profile, standing, leave).await?;
        }
        if let Some((device, _)) = device {
            let code = standing.network.clone().unwrap_or_default();
            activate(&gate, path, device, code, leave).await?;
        }
        return Ok(());
    }
    Err(gone())
}

async fn write(
    gate: &Gate,
    path: &str,
    mut profile: Sections,
    standing: &ConnectionProfile,
    leave: &Leave,
) -> Result<()> {
    secrets(gate, path, &mut profile).await?;
    let gsm = profile.entry("gsm".to_owned()).or_default();
    match &standing.network {
        Some(code) => {
            let value = OwnedValue::from(Str::from(code.clone()));
            gsm.insert("network-id".to_owned(), value);
        }
        None => drop(gsm.remove("network-id")),
    }
    let update = MethodCall::new(path, PROFILE, "Update", Args::Profile(profile));
    ask(gate, &update, leave).await.map(drop)
}

/// Has a connection brought up that names this network. It goes on by itself.
async fn activate(
    gate: &Gate,
    profile: Object,
    device: Object,
    code: String,
    leave: &Leave,
) -> Result<()> {
    let args = Args::Activation(profile, device, code);
    let call = MethodCall::new(ROOT, NETWORK, "ActivateConnection", args);
    ask(gate, &call, leave).await.map(drop)
}

/// Takes the connection of a modem down that is up and names the network about to be selected; one that names another,
/// or none, could not be brought up again without undoing the selection, and stays. Tells which it was.
pub(crate) async fn make_way(modem: &str, plmn: Plmn) -> Result<bool> {
    let Some(found) = ManagedDevice::of(modem).await? else {
        return Ok(false);
    };
    let gate = &found.gate;
    match in_use(gate, &found.device).await? {
        Some(profile) if names(gate, &profile, plmn).await? => {
            disconnect(gate, &found.path).await?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// Whether a modem has a connection that is up, on its way there, or not ended yet.
pub(crate) async fn is_in_use(modem: &str) -> Result<bool> {
    let found = ManagedDevice::of(modem).await?;
    Ok(found.is_some_and(|found| is_up(&found.device)))
}

/// A connection that opensim had brought up, by the device that has it.
#[derive(Debug)]
pub(crate) struct BroughtUp(Object);

/// Has the connection of a modem brought up that names this network, where there is one and none is up.
pub(crate) async fn bring_up(modem: &str, plmn: Plmn, leave: &Leave) -> Result<Option<BroughtUp>> {
    let Some(found) = ManagedDevice::of(modem).await? else {
        return Ok(None);
    };
    match found.next().await? {
        Some((profile, standing)) if !standing.up && standing.plmn() == Some(plmn) => {
            let (device, code) = (found.path.clone(), plmn.to_string());
            activate(&found.gate, profile, device, code, leave).await?;
            Ok(Some(BroughtUp(found.path)))
        }
        _ => Ok(None),
    }
}

impl BroughtUp {
    pub(super) async fn take_down(self) -> Result<()> {
        match reach().await {
            Some(gate) => known(disconnect(&gate, &self.0).await).map(drop),
            None => Ok(()),
        }
    }
}

/// Ends what a device is connected by. It then connects by nothing until somebody asks for it: another connection, which
/// may name no network, would come up by itself in the middle of a change.
async fn disconnect(gate: &Gate, device: &str) -> Result<()> {
    let call = MethodCall::new(device, DEVICE, "Disconnect", Args::None);
    ask(gate, &call, &Leave::NONE).await.map(drop)
}

/// What `NetworkManager` has of a modem's connection.
#[derive(Debug, Default)]
pub(crate) struct ConnectionState {
    /// Whether it is being brought up.
    pub(crate) is_coming: bool,
    /// Its interface, once it is up: with PPP another than the modem's port.
    pub(crate) interface: Option<String>,
    pub(crate) name_servers: Vec<IpAddr>,
}

/// How a modem's connection stands; `None` where `NetworkManager` does not have the modem.
pub(crate) async fn link(modem: &str) -> Result<Option<ConnectionState>> {
    let Some(ManagedDevice { gate, device, .. }) = ManagedDevice::of(modem).await? else {
        return Ok(None);
    };
    let state = device.number("State").unwrap_or_default();
    if state != ACTIVATED {
        return Ok(Some(ConnectionState {
            is_coming: (PREPARING..ACTIVATED).contains(&state),
            ..ConnectionState::default()
        }));
    }
    let v4 = match device.object("Ip4Config") {
        Some(path) => known(properties(&gate, &path, IP4).await)?,
        None => None,
    };
    let v4 = v4.unwrap_or_default();
    Ok(Some(ConnectionState {
        is_coming: false,
        interface: device.text("IpInterface"),
        name_servers: v4.addresses("NameserverData"),
    }))
}

/// The device that a modem is, and what is told of it.
async fn device(gate: &Gate, modem: &str) -> Result<Option<(Object, Properties)>> {
    let list = MethodCall::new(ROOT, NETWORK, "GetDevices", Args::None);
    let devices: Vec<Object> = read(gate, &ask(gate, &list, &Leave::NONE).await?, &list)?;
    for path in devices {
        let told = properties(gate, &path, DEVICE).await;
        let Some(device) = known(told)? else {
            continue;
        };
        if device.text("Udi").as_deref() == Some(modem) {
            return Ok(Some((path, device)));
        }
    }
    Ok(None)
}

fn is_up(device: &Properties) -> bool {
    device.object("ActiveConnection").is_some()
}

/// The connection that a device uses.
async fn in_use(gate: &Gate, device: &Properties) -> Result<Option<Object>> {
    let Some(active) = device.object("ActiveConnection") else {
        return Ok(None);
    };
    let told = properties(gate, &active, ACTIVE).await;
    Ok(known(told)?.unwrap_or_default().object("Connection"))
}

async fn names(gate: &Gate, path: &str, plmn: Plmn) -> Result<bool> {
    let profile = known(settings(gate, path).await)?.unwrap_or_default();
    Ok(text(&profile, "gsm", "network-id").as_deref() == Some(plmn.as_str()))
}

/// The connections that a device may use, and whether one is in use.
async fn connections(gate: &Gate, device: &Properties) -> Result<Vec<(Object, bool)>> {
    let in_use = in_use(gate, device).await?;
    let mut paths = device.objects("AvailableConnections");
    paths.extend(in_use.clone().filter(|path| !paths.contains(path)));
    let marked = paths.into_iter().map(|path| {
        let active = in_use.as_ref() == Some(&path);
        (path, active)
    });
    Ok(marked.collect())
}

/// Which of several connections is used next: the one in use, then by priority, then the last one used.
type Rank = (bool, bool, i32, u64);

fn describe(profile: &Sections, active: bool) -> Option<(Rank, ConnectionProfile)> {
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
    let standing = ConnectionProfile {
        uuid: text(profile, "connection", "uuid")?,
        name: text(profile, "connection", "id").unwrap_or_default(),
        network: text(profile, "gsm", "network-id"),
        up: active,
    };
    Some((rank, standing))
}

fn text(profile: &Sections, section: &str, name: &str) -> Option<String> {
    let text: &str = profile.get(section)?.get(name)?.downcast_ref().ok()?;
    (!text.is_empty()).then(|| text.to_owned())
}

async fn settings(gate: &Gate, path: &str) -> Result<Sections> {
    let call = MethodCall::new(path, PROFILE, "GetSettings", Args::None);
    read(gate, &ask(gate, &call, &Leave::NONE).await?, &call)
}

/// Adds the secrets that the daemon keeps: an update without them would lose them.
async fn secrets(gate: &Gate, path: &str, profile: &mut Sections) -> Result<()> {
    let call = MethodCall::new(path, PROFILE, "GetSecrets", Args::Text("gsm".to_owned()));
    let answer = match gate.call(&call, &Leave::NONE, SOON).await {
        Ok(answer) => answer,
        Err(fault) if has_none(&fault) => return Ok(()),
        Err(fault) => return Err(fault),
    };
    let kept: Sections = read(gate, &answer, &call)?;
    for (section, values) in kept {
        profile.entry(section).or_default().extend(values);
    }
    Ok(())
}

/// Whether the daemon says that it keeps none.
fn has_none(fault: &CallFault) -> bool {
    matches!(&fault.cause, Cause::Refused { name, .. } if name.rsplit('.').next() == Some("NoSecrets"))
}

async fn ask(gate: &Gate, call: &MethodCall, leave: &Leave) -> Result<zbus::message::Message> {
    gate.call(call, leave, SOON).await
}
