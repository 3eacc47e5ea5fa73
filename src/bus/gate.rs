//! The last step before the bus: every call to a daemon passes here, and what is not known to be harmless does not.
//!
//! A call is looked at as it is about to be sent, as `guard` looks at bytes: a list of the allowed, not of the
//! forbidden. Each daemon brings its own list; what asks nothing of anybody (properties, the objects there are) is on
//! all of them. What changes the network needs a person's live order that names it.
//!
//! Calls go to the daemon that was there when the gate was opened, by its own address on the bus: none starts another,
//! and one that is gone is noticed.

use std::time::Duration;

use serde::Serialize;
use zbus::connection::Builder;
use zbus::message::Message;
use zbus::zvariant::{DynamicType, ObjectPath};
use zbus::{Address, Connection, MatchRule, MessageStream};

use super::call::{Args, BUS, BUS_PATH, MethodCall, OBJECTS, PROPERTIES};
use super::fault::{CallFault, Cause};
use crate::domain::Plmn;
use crate::guard::{Leave, Rule, check_selection};
use crate::os::clock::Clock;

mod address;

/// How long the bus has for each of its own answers.
const FIRST_WORDS: Duration = Duration::from_secs(10);

/// A daemon on the system bus.
#[derive(Debug)]
pub(crate) struct Daemon {
    /// Its name there.
    pub(crate) name: &'static str,
    /// What faults call it.
    pub(crate) label: &'static str,
    /// Whether a call may be sent to it, beside what every daemon may be asked; else the rule that keeps it off the bus.
    pub(crate) allows: fn(&MethodCall, &Leave) -> Result<(), Rule>,
}

/// Whether a call may be sent to a daemon.
///
/// # Errors
/// With the rule that keeps it off the bus.
fn check(daemon: &Daemon, call: &MethodCall, leave: &Leave) -> Result<(), Rule> {
    match (call.interface, call.member, &call.args) {
        (PROPERTIES, "GetAll", Args::Text(_)) | (OBJECTS, "GetManagedObjects", Args::None) => {
            Ok(())
        }
        _ => (daemon.allows)(call, leave),
    }
}

/// Whether a call may have a modem register on the network of this code. None at all would be any network.
///
/// # Errors
/// With the rule that keeps it off the bus.
pub(crate) fn selects(code: &str, leave: &Leave) -> Result<(), Rule> {
    if code.is_empty() {
        return Err(Rule::AutomaticSelection);
    }
    let plmn: Plmn = code.parse().map_err(|_| Rule::Unreadable)?;
    check_selection(plmn, leave)
}

/// The way to one daemon.
#[derive(Debug, Clone)]
pub(crate) struct Gate {
    daemon: &'static Daemon,
    connection: Connection,
    /// The daemon's own address on the bus: `:1.7`.
    owner: String,
    clock: Clock,
}

impl Gate {
    /// The way to a daemon on the system bus; `None` where none has its name.
    pub(crate) async fn to(daemon: &'static Daemon) -> Result<Option<Self>, CallFault> {
        let clock = Clock::system();
        let until = clock.now() + FIRST_WORDS;
        tokio::select! {
            gate = Self::seek(daemon) => gate,
            () = clock.sleep_until(Some(until)) => Err(first_fault(daemon, Cause::Silent(FIRST_WORDS))),
        }
    }

    async fn seek(daemon: &'static Daemon) -> Result<Option<Self>, CallFault> {
        let no_bus = |detail: String| first_fault(daemon, Cause::NoBus(detail));
        let failed = |error| CallFault::of(&MethodCall::name_owner(), daemon.label, error);
        let address = Address::system().map_err(|error| no_bus(error.to_string()))?;
        let builder = match address::connect(&address).await.map_err(no_bus)? {
            Some(stream) => Builder::unix_stream(stream),
            None => Builder::address(address).map_err(failed)?,
        };
        let connection = builder.build().await.map_err(failed)?;
        let bus = Some(BUS);
        let asked = connection.call_method(bus, BUS_PATH, bus, "GetNameOwner", &daemon.name);
        match asked.await {
            Ok(reply) => Ok(Some(Self {
                daemon,
                owner: reply.body().deserialize().map_err(failed)?,
                connection,
                clock: Clock::system(),
            })),
            Err(zbus::Error::MethodError(error, _, _))
                if error.as_str() == "org.freedesktop.DBus.Error.NameHasNoOwner" =>
            {
                Ok(None)
            }
            Err(error) => Err(failed(error)),
        }
    }

    /// A daemon at the far end of a connection.
    #[cfg(test)]
    pub(crate) fn on(daemon: &'static Daemon, connection: Connection, owner: &str) -> Self {
        Self {
            daemon,
            owner: owner.to_owned(),
            connection,
            clock: Clock::system(),
        }
    }

    /// What faults call the daemon.
    pub(super) fn label(&self) -> &'static str {
        self.daemon.label
    }

    /// The daemon's own address on the bus.
    pub(crate) fn owner(&self) -> &str {
        &self.owner
    }

    /// What is said on the bus that a rule describes. The bus itself is handed to nobody: whoever had it could call.
    pub(crate) async fn listen(
        &self,
        rule: zbus::Result<MatchRule<'_>>,
    ) -> Result<MessageStream, CallFault> {
        let call = MethodCall::add_match();
        let failed = |error| CallFault::of(&call, self.daemon.label, error);
        let until = self.clock.now() + FIRST_WORDS;
        tokio::select! {
            stream = MessageStream::for_match_rule(rule.map_err(failed)?, &self.connection, None) => stream.map_err(failed),
            () = self.clock.sleep_until(Some(until)) => {
                Err(CallFault::new(&call, self.daemon.label, Cause::Silent(FIRST_WORDS)))
            }
        }
    }

    /// Sends a call and waits for its answer, `within` at most.
    pub(crate) async fn call(
        &self,
        call: &MethodCall,
        leave: &Leave,
        within: Duration,
    ) -> Result<Message, CallFault> {
        let failed = |cause| CallFault::new(call, self.daemon.label, cause);
        check(self.daemon, call, leave).map_err(|rule| failed(Cause::Guarded(rule)))?;
        tracing::debug!(call = call.name(), path = call.path, "bus");
        let until = self.clock.now() + within;
        tokio::select! {
            answer = self.send(call) => answer.map_err(|error| CallFault::of(call, self.daemon.label, error)),
            () = self.clock.sleep_until(Some(until)) => Err(failed(Cause::Silent(within))),
        }
    }

    async fn send(&self, call: &MethodCall) -> Result<Message, zbus::Error> {
        match &call.args {
            Args::None => self.put(call, &()).await,
            Args::Flag(flag) => self.put(call, flag).await,
            Args::Number(number) => self.put(call, number).await,
            Args::Text(text) => self.put(call, text).await,
            Args::Device(device, flag) => self.put(call, &(device, flag)).await,
            Args::Object(path) => self.put(call, path).await,
            Args::Settings(settings) => self.put(call, settings).await,
            Args::Profile(profile) => self.put(call, profile).await,
            Args::Activation(profile, device, _) => {
                // Of the device's own choice: a modem has no access points.
                let any = ObjectPath::from_static_str_unchecked("/");
                self.put(call, &(profile, device, any)).await
            }
        }
    }

    async fn put(
        &self,
        call: &MethodCall,
        body: &(impl Serialize + DynamicType + Sync),
    ) -> Result<Message, zbus::Error> {
        let MethodCall {
            path,
            interface,
            member,
            ..
        } = call;
        self.connection
            .call_method(
                Some(self.owner.as_str()),
                path.as_str(),
                Some(*interface),
                *member,
                body,
            )
            .await
    }
}

/// A fault of the first words with a daemon.
fn first_fault(daemon: &Daemon, cause: Cause) -> CallFault {
    CallFault::new(&MethodCall::name_owner(), daemon.label, cause)
}
