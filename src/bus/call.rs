//! A call as it is about to be sent.

use std::collections::HashMap;

use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

/// The bus itself.
pub(super) const BUS: &str = "org.freedesktop.DBus";
pub(super) const BUS_PATH: &str = "/org/freedesktop/DBus";

/// The interfaces that every daemon has.
pub(super) const PROPERTIES: &str = "org.freedesktop.DBus.Properties";
pub(super) const OBJECTS: &str = "org.freedesktop.DBus.ObjectManager";

/// Settings by section and name, as a connection's profile has them.
pub(crate) type Sections = HashMap<String, HashMap<String, OwnedValue>>;

/// What a call is given.
#[derive(Debug)]
pub(crate) enum Args {
    None,
    Flag(bool),
    Number(u32),
    Text(String),
    /// A device and whether it is to be left alone.
    Device(String, bool),
    Object(OwnedObjectPath),
    Settings(HashMap<&'static str, Value<'static>>),
    Profile(Sections),
    /// A connection of `NetworkManager`'s, the device that is to have it, and the network that it names.
    Activation(OwnedObjectPath, OwnedObjectPath, String),
}

/// A call as it is about to be sent.
#[derive(Debug)]
pub(crate) struct MethodCall {
    pub(crate) path: String,
    pub(crate) interface: &'static str,
    pub(crate) member: &'static str,
    pub(crate) args: Args,
}

impl MethodCall {
    pub(crate) fn new(
        path: &str,
        interface: &'static str,
        member: &'static str,
        args: Args,
    ) -> Self {
        Self {
            path: path.to_owned(),
            interface,
            member,
            args,
        }
    }

    /// Every property of an interface.
    pub(crate) fn properties(path: &str, of: &str) -> Self {
        Self::new(path, PROPERTIES, "GetAll", Args::Text(of.to_owned()))
    }

    /// Every object that a daemon has, by its own first one.
    pub(super) fn objects(root: &str) -> Self {
        Self::new(root, OBJECTS, "GetManagedObjects", Args::None)
    }

    /// Whether every object that is there answers it.
    pub(super) fn is_of_any_object(&self) -> bool {
        self.interface == PROPERTIES
    }

    /// The bus's own question for who has a name; it is asked before there is a gate.
    pub(crate) fn name_owner() -> Self {
        Self::new(BUS_PATH, BUS, "GetNameOwner", Args::None)
    }

    /// The bus's own order for what is to be heard.
    pub(crate) fn add_match() -> Self {
        Self::new(BUS_PATH, BUS, "AddMatch", Args::None)
    }

    /// For messages: `Modem3gpp.Register`.
    pub(crate) fn name(&self) -> String {
        let interface = self.interface.rsplit('.').next().unwrap_or_default();
        format!("{interface}.{}", self.member)
    }
}
