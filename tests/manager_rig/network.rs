//! A `NetworkManager` of the test's own on the private bus: a device for the modem, and one mobile connection with a
//! secret.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use zbus::Connection;
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value};

type Settings = HashMap<String, HashMap<String, OwnedValue>>;

const ROOT: &str = "/org/freedesktop/NetworkManager";
const DEVICE: &str = "/org/freedesktop/NetworkManager/Devices/1";
const PROFILE: &str = "/org/freedesktop/NetworkManager/Settings/1";

/// What the connection holds, secrets among it, and how often it was written.
#[derive(Default)]
pub(crate) struct Kept {
    pub(crate) settings: Settings,
    pub(crate) written: Vec<Option<String>>,
}

pub(crate) type Profile = Arc<(Mutex<Kept>, Condvar)>;

fn lock(profile: &Profile) -> std::sync::MutexGuard<'_, Kept> {
    profile.0.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn text(profile: &Profile, section: &str, name: &str) -> Option<String> {
    let kept = lock(profile);
    let value = kept.settings.get(section)?.get(name)?;
    value.downcast_ref::<&str>().ok().map(str::to_owned)
}

/// Returns once it was written.
pub(crate) fn until_written(profile: &Profile) {
    let never = |kept: &mut Kept| kept.written.is_empty();
    let waited = profile.1.wait_while(lock(profile), never);
    drop(waited.unwrap_or_else(PoisonError::into_inner));
}

pub(crate) fn written(profile: &Profile) -> Vec<Option<String>> {
    lock(profile).written.clone()
}

fn path(text: &str) -> OwnedObjectPath {
    ObjectPath::try_from(text).expect("a path").into()
}

struct Root;

#[zbus::interface(name = "org.freedesktop.NetworkManager")]
impl Root {
    fn get_devices(&self) -> Vec<OwnedObjectPath> {
        vec![path(DEVICE)]
    }
}

struct Device;

#[zbus::interface(name = "org.freedesktop.NetworkManager.Device")]
impl Device {
    #[zbus(property)]
    fn udi(&self) -> String {
        "/org/freedesktop/ModemManager1/Modem/0".to_owned()
    }

    #[zbus(property)]
    fn active_connection(&self) -> OwnedObjectPath {
        path("/")
    }

    #[zbus(property)]
    fn available_connections(&self) -> Vec<OwnedObjectPath> {
        vec![path(PROFILE)]
    }
}

struct List;

#[zbus::interface(name = "org.freedesktop.NetworkManager.Settings")]
impl List {
    fn list_connections(&self) -> Vec<OwnedObjectPath> {
        vec![path(PROFILE)]
    }
}

struct Mobile(Profile);

fn is_secret(name: &str) -> bool {
    name == "password"
}

#[zbus::interface(name = "org.freedesktop.NetworkManager.Settings.Connection")]
impl Mobile {
    fn get_settings(&self) -> Settings {
        let mut settings = copy(&lock(&self.0).settings);
        for section in settings.values_mut() {
            section.retain(|name, _| !is_secret(name));
        }
        settings
    }

    fn get_secrets(&self, of: &str) -> Settings {
        let mut settings = copy(&lock(&self.0).settings);
        settings.retain(|section, _| section == of);
        for section in settings.values_mut() {
            section.retain(|name, _| is_secret(name));
        }
        settings
    }

    fn update(&self, settings: Settings) {
        let named = settings.get("gsm").and_then(|gsm| gsm.get("network-id"));
        let named = named.and_then(|v| v.downcast_ref::<&str>().ok().map(str::to_owned));
        let mut kept = lock(&self.0);
        kept.written.push(named);
        kept.settings = settings;
        self.0.1.notify_all();
    }
}

fn copy(settings: &Settings) -> Settings {
    let values = |section: &HashMap<String, OwnedValue>| {
        let pairs = section.iter();
        let pairs = pairs.map(|(name, value)| (name.clone(), value.try_clone().expect("a value")));
        pairs.collect()
    };
    let sections = settings.iter();
    sections
        .map(|(name, section)| (name.clone(), values(section)))
        .collect()
}

fn section(pairs: &[(&str, &str)]) -> HashMap<String, OwnedValue> {
    let owned = |text: &str| OwnedValue::try_from(Value::from(text.to_owned())).expect("a value");
    let pairs = pairs.iter();
    pairs
        .map(|(name, text)| ((*name).to_owned(), owned(text)))
        .collect()
}

/// A profile that names this network, or none.
pub(crate) fn profile(network: Option<&str>) -> Profile {
    let connection = section(&[
        ("id", "Mobile"),
        ("uuid", "2f3d0c1e-5b0c-4e1c-9d63-0c7d3f1d2a10"),
        ("type", "gsm"),
    ]);
    let mut gsm = section(&[("apn", "internet"), ("password", "secret")]);
    if let Some(code) = network {
        gsm.extend(section(&[("network-id", code)]));
    }
    let settings = HashMap::from([
        ("connection".to_owned(), connection),
        ("gsm".to_owned(), gsm),
    ]);
    let kept = Kept {
        settings,
        written: Vec::new(),
    };
    Arc::new((Mutex::new(kept), Condvar::new()))
}

/// Puts it on the bus.
pub(crate) async fn serve(address: &str, profile: Profile) -> Connection {
    let builder = zbus::connection::Builder::address(address).expect("an address");
    let builder = builder.serve_at(ROOT, Root).expect("an object");
    let builder = builder.serve_at(DEVICE, Device).expect("an object");
    let builder = builder
        .serve_at(format!("{ROOT}/Settings"), List)
        .expect("an object");
    let builder = builder
        .serve_at(PROFILE, Mobile(profile))
        .expect("an object");
    let builder = builder
        .name("org.freedesktop.NetworkManager")
        .expect("a name");
    builder.build().await.expect("the bus")
}
