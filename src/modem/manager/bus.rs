//! What the daemon shows: the modems it has, their properties, and the news of both.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::sync::broadcast;
use tokio::task::JoinHandle;
use zbus::MatchRule;
use zbus::message::{Message, Sequence, Type};
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

use super::fault::ManagerFault;
use super::gate::{Args, Call, Gate, MANAGER, MODEM, OBJECTS, SIGNAL, THREE_GPP, Trouble};
use super::words;
use crate::guard::Leave;
use crate::modem::{Error, Result};

/// The daemon's own object.
pub(super) const ROOT: &str = "/org/freedesktop/ModemManager1";

/// The longest for an answer that takes no talk with the modem.
pub(in crate::modem) const SOON: Duration = Duration::from_secs(10);

/// What a modem's port is for, in the daemon's numbers (`MMModemPortType`).
const NET: u32 = 2;
const AT: u32 = 3;

/// An interface's properties.
#[derive(Debug, Default)]
pub(in crate::modem) struct Properties(HashMap<String, OwnedValue>);

impl Properties {
    pub(in crate::modem) fn of(values: HashMap<String, OwnedValue>) -> Self {
        Self(values)
    }

    /// A text that says something.
    pub(in crate::modem) fn text(&self, name: &str) -> Option<String> {
        let text: &str = self.0.get(name)?.downcast_ref().ok()?;
        (!text.is_empty()).then(|| text.to_owned())
    }

    pub(in crate::modem) fn number(&self, name: &str) -> Option<u32> {
        self.0.get(name)?.downcast_ref().ok()
    }

    pub(in crate::modem) fn signed(&self, name: &str) -> Option<i32> {
        self.0.get(name)?.downcast_ref().ok()
    }

    pub(in crate::modem) fn float(&self, name: &str) -> Option<f64> {
        self.0.get(name)?.downcast_ref().ok()
    }

    pub(in crate::modem) fn flag(&self, name: &str) -> Option<bool> {
        self.0.get(name)?.downcast_ref().ok()
    }

    /// An object; `None` for "/", which stands for none.
    pub(in crate::modem) fn object(&self, name: &str) -> Option<OwnedObjectPath> {
        let path = OwnedObjectPath::try_from(self.0.get(name)?.try_clone().ok()?).ok()?;
        (path.as_str() != "/").then_some(path)
    }

    pub(in crate::modem) fn objects(&self, name: &str) -> Vec<OwnedObjectPath> {
        let list = || Vec::<OwnedObjectPath>::try_from(self.0.get(name)?.try_clone().ok()?).ok();
        list().unwrap_or_default()
    }

    /// A dictionary within.
    pub(in crate::modem) fn inner(&self, name: &str) -> Self {
        let inner = || {
            let value = self.0.get(name)?.try_clone().ok()?;
            HashMap::<String, OwnedValue>::try_from(value).ok()
        };
        Self(inner().unwrap_or_default())
    }

    /// The addresses of a list of dictionaries, as `NetworkManager` gives them.
    pub(in crate::modem) fn addresses(&self, name: &str) -> Vec<IpAddr> {
        let list = || {
            let value = self.0.get(name)?.try_clone().ok()?;
            Vec::<HashMap<String, OwnedValue>>::try_from(value).ok()
        };
        let list = list().unwrap_or_default().into_iter().map(Self);
        list.filter_map(|entry| entry.text("address")?.parse().ok())
            .collect()
    }

    /// The tries left of a lock, out of `UnlockRetries`.
    pub(super) fn tries(&self, lock: u32) -> Option<u32> {
        let Value::Dict(retries) = &**self.0.get("UnlockRetries")? else {
            return None;
        };
        retries.get::<u32, u32>(&lock).ok().flatten()
    }

    /// Ports of a kind, by their names in `/dev` or of their interfaces.
    fn ports(&self, kind: u32) -> Vec<String> {
        let Some(Value::Array(ports)) = self.0.get("Ports").map(|value| &**value) else {
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
}

/// A modem that the daemon has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Managed {
    /// Its number there: `mm:0`.
    pub index: u32,
    /// Its object.
    pub path: String,
    /// What it is plugged in as: a folder of sysfs, or a name of the daemon's own.
    pub device: String,
    /// As it says.
    pub manufacturer: Option<String>,
    /// As it says.
    pub model: Option<String>,
    /// Its number.
    pub imei: Option<crate::domain::Imei>,
    /// Its AT ports, the one in use first.
    pub at_ports: Vec<String>,
    /// Its network interface.
    pub net_interface: Option<String>,
}

impl Managed {
    /// What `--modem` takes.
    pub fn id(&self) -> String {
        format!("mm:{}", self.index)
    }

    /// Whether it is the device at this place on the bus (`usb:1-1.4`), or has this port.
    pub fn is(&self, word: &str) -> bool {
        let place = self.device.rsplit('/').next().unwrap_or_default();
        let port = word.strip_prefix("/dev/").unwrap_or(word);
        let at = word.strip_prefix("usb:").or(word.strip_prefix("pci:"));
        word == self.id()
            || at.is_some_and(|at| at == place)
            || word == self.device
            || self.at_ports.iter().any(|own| own == port)
    }

    fn of(path: &str, modem: &Properties) -> Option<Self> {
        let primary = modem.text("PrimaryPort");
        let mut at_ports = modem.ports(AT);
        at_ports.sort_by_key(|port| Some(port) != primary.as_ref());
        Some(Self {
            index: path.rsplit('/').next()?.parse().ok()?,
            path: path.to_owned(),
            device: modem.text("Device").unwrap_or_default(),
            manufacturer: modem.text("Manufacturer"),
            model: modem.text("Model"),
            imei: modem
                .text("EquipmentIdentifier")
                .and_then(|text| crate::domain::Imei::parse(&text)),
            at_ports,
            net_interface: modem.ports(NET).into_iter().next(),
        })
    }
}

type Objects = HashMap<OwnedObjectPath, HashMap<String, HashMap<String, OwnedValue>>>;

/// The way to the daemon; a fault where there is none.
pub(in crate::modem) async fn reach() -> Result<Gate> {
    let absent = |detail: String| Error::Manager(ManagerFault::Absent { detail });
    match Gate::to(MANAGER).await {
        Ok(Some(gate)) => Ok(gate),
        Ok(None) => Err(absent(format!("{MANAGER}: NameHasNoOwner"))),
        Err(Trouble::NoBus(detail)) => Err(absent(detail)),
        Err(trouble) => Err(at_first(words::fault(
            trouble,
            &Call::name_owner(),
            "ModemManager",
        ))),
    }
}

/// A fault of the first words with the daemon: no modem was asked yet, so it is none of a modem's.
pub(in crate::modem) fn at_first(error: Error) -> Error {
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
    let call = Call::new(ROOT, OBJECTS, "GetManagedObjects", Args::None);
    let told = gate.call(&call, &Leave::NONE, SOON).await;
    let told = told.map_err(|trouble| at_first(words::fault(trouble, &call, "ModemManager")))?;
    let objects: Objects = read(&told, &call).map_err(at_first)?;
    let mut modems = Vec::new();
    for (path, mut interfaces) in objects {
        let Some(modem) = interfaces.remove(MODEM) else {
            continue;
        };
        let modem = Managed::of(&path, &Properties(modem)).ok_or_else(|| {
            Error::Manager(ManagerFault::Unreadable {
                call: call.name(),
                detail: path.to_string(),
            })
        })?;
        modems.push(modem);
    }
    modems.sort_by_key(|modem: &Managed| modem.index);
    Ok(modems)
}

/// Every property of an interface of an object.
pub(in crate::modem) async fn properties(
    gate: &Gate,
    path: &str,
    of: &str,
    port: &str,
) -> Result<Properties> {
    let call = Call::properties(path, of);
    let told = gate.call(&call, &Leave::NONE, SOON).await;
    let told = told.map_err(|trouble| words::fault(trouble, &call, port))?;
    read(&told, &call).map(Properties)
}

/// An answer's content.
pub(in crate::modem) fn read<T>(answer: &Message, call: &Call) -> Result<T>
where
    T: serde::de::DeserializeOwned + zbus::zvariant::Type,
{
    let body = answer.body();
    body.deserialize().map_err(|error| Error::Unreadable {
        command: call.name(),
        line: error.to_string(),
    })
}

/// Something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum News {
    /// About the modem or its registration.
    Modem,
    /// About its signal.
    Signal,
    /// The daemon has it no more.
    Gone,
    /// The daemon left the bus.
    Lost,
}

/// Hears the daemon speak of one modem, for as long as it lives.
#[derive(Debug)]
pub(super) struct Ear {
    news: broadcast::Sender<(News, Sequence)>,
    task: JoinHandle<()>,
}

impl Ear {
    pub(super) async fn open(gate: &Gate, path: &str) -> Result<Self> {
        let call = Call::add_match();
        let fault = |trouble| words::fault(trouble, &call, "ModemManager");
        let (of_daemon, of_bus) = rules(gate.owner()).map_err(|e| fault(Trouble::Bus(e)))?;
        let mut spoken = gate.listen(of_daemon).await.map_err(fault)?;
        let mut left = gate.listen(of_bus).await.map_err(fault)?;
        let (news, _) = broadcast::channel(64);
        let (tell, path) = (news.clone(), path.to_owned());
        // A task of its own takes everything off the bus's queue, which holds all else back when it is full.
        let task = tokio::spawn(async move {
            loop {
                let (word, at) = tokio::select! {
                    message = spoken.next() => match message {
                        Some(Ok(message)) => (understand(&message, &path), message.recv_position()),
                        Some(Err(_)) => continue,
                        None => (Some(News::Lost), Sequence::default()),
                    },
                    _ = left.next() => (Some(News::Lost), Sequence::default()),
                };
                if let Some(word) = word {
                    let _ = tell.send((word, at));
                    if word == News::Lost {
                        return;
                    }
                }
            }
        });
        Ok(Self { news, task })
    }

    /// News, each with its place among all that the bus brought.
    pub(super) fn listen(&self) -> broadcast::Receiver<(News, Sequence)> {
        self.news.subscribe()
    }

    /// Whether the daemon left.
    pub(super) fn is_lost(&self) -> bool {
        self.task.is_finished()
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What the daemon at this address says, and what the bus says of its leaving.
fn rules(owner: &str) -> zbus::Result<(MatchRule<'_>, MatchRule<'_>)> {
    let signals = || MatchRule::builder().msg_type(Type::Signal);
    let bus = signals().sender("org.freedesktop.DBus")?;
    let left = bus.member("NameOwnerChanged")?.add_arg(owner)?;
    Ok((signals().sender(owner)?.build(), left.build()))
}

/// Whether a reading came, and not only another rate or the end of the one before.
fn has_levels(changed: &HashMap<String, OwnedValue>) -> bool {
    let levels = ["Lte", "Nr5g", "Umts", "Gsm"].iter();
    levels
        .filter_map(|name| changed.get(*name))
        .any(|value| matches!(&**value, Value::Dict(levels) if levels.iter().next().is_some()))
}

fn understand(message: &Message, path: &str) -> Option<News> {
    let header = message.header();
    let body = message.body();
    match header.member()?.as_str() {
        "PropertiesChanged" if header.path()?.as_str() == path => {
            let (interface, changed, _): (String, HashMap<String, OwnedValue>, Vec<String>) =
                body.deserialize().ok()?;
            match interface.as_str() {
                MODEM | THREE_GPP => Some(News::Modem),
                SIGNAL => has_levels(&changed).then_some(News::Signal),
                _ => None,
            }
        }
        "InterfacesRemoved" => {
            let (gone, _): (OwnedObjectPath, Vec<String>) = body.deserialize().ok()?;
            (gone.as_str() == path).then_some(News::Gone)
        }
        _ => None,
    }
}
