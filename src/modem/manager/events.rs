//! What the daemon says unasked of one modem, and of its leaving the bus.

use std::collections::HashMap;

use futures_util::StreamExt as _;
use tokio::sync::broadcast;
use tokio::task::JoinHandle;
use zbus::MatchRule;
use zbus::message::{Message, Sequence, Type};
use zbus::zvariant::{OwnedValue, Value};

use super::rules::{MODEM, SIGNAL, THREE_GPP};
use crate::bus::{CallFault, Gate, Object};

/// Something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DaemonEvent {
    /// About the modem or its registration.
    Modem,
    /// About its signal.
    Signal,
    /// The daemon has it no more.
    Gone,
    /// The daemon left the bus.
    Lost,
}

/// Listens to what the daemon says of one modem, for as long as it lives.
#[derive(Debug)]
pub(super) struct DaemonEvents {
    events: broadcast::Sender<(DaemonEvent, Sequence)>,
    task: JoinHandle<()>,
}

impl DaemonEvents {
    pub(super) async fn open(gate: &Gate, path: &str) -> Result<Self, CallFault> {
        let [of_daemon, of_bus] = rules(gate.owner());
        let mut spoken = gate.listen(of_daemon).await?;
        let mut left = gate.listen(of_bus).await?;
        let (events, _) = broadcast::channel(64);
        let (tell, path) = (events.clone(), path.to_owned());
        // A task of its own takes everything off the bus's queue, which holds all else back when it is full.
        let task = tokio::spawn(async move {
            loop {
                let (word, at) = tokio::select! {
                    message = spoken.next() => match message {
                        Some(Ok(message)) => (understand(&message, &path), message.recv_position()),
                        Some(Err(_)) => continue,
                        None => (Some(DaemonEvent::Lost), Sequence::default()),
                    },
                    _ = left.next() => (Some(DaemonEvent::Lost), Sequence::default()),
                };
                if let Some(word) = word {
                    let _ = tell.send((word, at));
                    if word == DaemonEvent::Lost {
                        return;
                    }
                }
            }
        });
        Ok(Self { events, task })
    }

    /// Events, each with its place among all that the bus brought.
    pub(super) fn listen(&self) -> broadcast::Receiver<(DaemonEvent, Sequence)> {
        self.events.subscribe()
    }

    /// Whether the daemon left.
    pub(super) fn is_lost(&self) -> bool {
        self.task.is_finished()
    }
}

impl Drop for DaemonEvents {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What the daemon at this address says, and what the bus says of its leaving.
fn rules(owner: &str) -> [zbus::Result<MatchRule<'_>>; 2] {
    let signals = || MatchRule::builder().msg_type(Type::Signal);
    let spoken = || Ok(signals().sender(owner)?.build());
    let left = || {
        let bus = signals().sender("org.freedesktop.DBus")?;
        Ok(bus.member("NameOwnerChanged")?.add_arg(owner)?.build())
    };
    [spoken(), left()]
}

/// Whether a reading came, and not only another rate or the end of the one before.
fn has_levels(changed: &HashMap<String, OwnedValue>) -> bool {
    let levels = ["Lte", "Nr5g", "Umts", "Gsm"].iter();
    levels
        .filter_map(|name| changed.get(*name))
        .any(|value| matches!(&**value, Value::Dict(levels) if levels.iter().next().is_some()))
}

fn understand(message: &Message, path: &str) -> Option<DaemonEvent> {
    let header = message.header();
    let body = message.body();
    match header.member()?.as_str() {
        "PropertiesChanged" if header.path()?.as_str() == path => {
            let (interface, changed, _): (String, HashMap<String, OwnedValue>, Vec<String>) =
                body.deserialize().ok()?;
            match interface.as_str() {
                MODEM | THREE_GPP => Some(DaemonEvent::Modem),
                SIGNAL => has_levels(&changed).then_some(DaemonEvent::Signal),
                _ => None,
            }
        }
        "InterfacesRemoved" => {
            let (gone, _): (Object, Vec<String>) = body.deserialize().ok()?;
            (gone.as_str() == path).then_some(DaemonEvent::Gone)
        }
        _ => None,
    }
}
