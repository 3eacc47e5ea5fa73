//! Objects on the bus, and what their properties say.

use std::collections::HashMap;
use std::net::IpAddr;

use zbus::message::Message;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

use super::SOON;
use super::call::MethodCall;
use super::fault::{CallFault, Cause};
use super::gate::Gate;
use crate::guard::Leave;

/// An object's name.
pub(crate) type Object = OwnedObjectPath;

/// An interface's properties.
#[derive(Debug, Default)]
pub(crate) struct Properties(HashMap<String, OwnedValue>);

impl Properties {
    pub(crate) fn of(values: HashMap<String, OwnedValue>) -> Self {
        Self(values)
    }

    /// A text that says something.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let text: &str = self.0.get(name)?.downcast_ref().ok()?;
        (!text.is_empty()).then(|| text.to_owned())
    }

    pub(crate) fn number(&self, name: &str) -> Option<u32> {
        self.0.get(name)?.downcast_ref().ok()
    }

    pub(crate) fn signed(&self, name: &str) -> Option<i32> {
        self.0.get(name)?.downcast_ref().ok()
    }

    pub(crate) fn float(&self, name: &str) -> Option<f64> {
        self.0.get(name)?.downcast_ref().ok()
    }

    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        self.0.get(name)?.downcast_ref().ok()
    }

    /// An object; `None` for "/", which stands for none.
    pub(crate) fn object(&self, name: &str) -> Option<Object> {
        let path = Object::try_from(self.0.get(name)?.try_clone().ok()?).ok()?;
        (path.as_str() != "/").then_some(path)
    }

    pub(crate) fn objects(&self, name: &str) -> Vec<Object> {
        let list = || Vec::<Object>::try_from(self.0.get(name)?.try_clone().ok()?).ok();
        list().unwrap_or_default()
    }

    /// A dictionary within.
    pub(crate) fn inner(&self, name: &str) -> Self {
        let inner = || {
            let value = self.0.get(name)?.try_clone().ok()?;
            HashMap::<String, OwnedValue>::try_from(value).ok()
        };
        Self(inner().unwrap_or_default())
    }

    /// The addresses of a list of dictionaries, as `NetworkManager` gives them.
    pub(crate) fn addresses(&self, name: &str) -> Vec<IpAddr> {
        let list = || {
            let value = self.0.get(name)?.try_clone().ok()?;
            Vec::<HashMap<String, OwnedValue>>::try_from(value).ok()
        };
        let list = list().unwrap_or_default().into_iter().map(Self);
        list.filter_map(|entry| entry.text("address")?.parse().ok())
            .collect()
    }

    /// A value as it came.
    pub(crate) fn value(&self, name: &str) -> Option<&Value<'static>> {
        self.0.get(name).map(|value| &**value)
    }
}

/// An object's interfaces, each with its properties.
type Interfaces = HashMap<String, HashMap<String, OwnedValue>>;

/// Every object of a daemon that has an interface, and that interface's properties.
pub(crate) async fn objects(
    gate: &Gate,
    root: &str,
    interface: &str,
) -> Result<Vec<(Object, Properties)>, CallFault> {
    let call = MethodCall::objects(root);
    let told = gate.call(&call, &Leave::NONE, SOON).await?;
    let objects: HashMap<Object, Interfaces> = read(gate, &told, &call)?;
    let having = objects.into_iter().filter_map(|(path, mut interfaces)| {
        let properties = interfaces.remove(interface)?;
        Some((path, Properties(properties)))
    });
    Ok(having.collect())
}

/// Every property of an interface of an object.
pub(crate) async fn properties(gate: &Gate, path: &str, of: &str) -> Result<Properties, CallFault> {
    let call = MethodCall::properties(path, of);
    let told = gate.call(&call, &Leave::NONE, SOON).await?;
    read(gate, &told, &call).map(Properties)
}

/// An answer's content.
pub(crate) fn read<T>(gate: &Gate, answer: &Message, call: &MethodCall) -> Result<T, CallFault>
where
    T: serde::de::DeserializeOwned + zbus::zvariant::Type,
{
    let body = answer.body();
    let read = body.deserialize();
    read.map_err(|error| CallFault::new(call, gate.label(), Cause::Unreadable(error.to_string())))
}
