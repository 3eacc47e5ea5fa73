//! The last step before the bus: every call to `ModemManager` and `NetworkManager` passes here, and what is not known
//! to be harmless does not.
//!
//! The daemon turns `Register("")` and a connection without `operator-id` into automatic selection, which opensim never
//! asks for. So a call is looked at as it is about to be sent, as `link::guard` looks at bytes: a list of the allowed,
//! not of the forbidden. What changes the network needs a person's live order that names it.
//!
//! Calls go to the daemon that was there when the modem was opened, by its own address on the bus: none starts another,
//! and one that is gone is noticed.

use std::collections::HashMap;
use std::time::Duration;

use serde::Serialize;
use zbus::connection::Builder;
use zbus::message::Message;
use zbus::zvariant::{DynamicType, ObjectPath, OwnedObjectPath, OwnedValue, Value};
use zbus::{Address, Connection, MatchRule, MessageStream};

use crate::domain::Plmn;
use crate::guard::{Leave, Rule, check_selection};
use crate::os::clock::Clock;

mod line;

/// The bus itself.
const BUS: &str = "org.freedesktop.DBus";
const BUS_PATH: &str = "/org/freedesktop/DBus";

/// How long the bus has for each of its own answers.
const FIRST_WORDS: Duration = Duration::from_secs(10);

/// Interfaces, without what all of them begin with.
pub(in crate::modem) const MODEM: &str = "org.freedesktop.ModemManager1.Modem";
pub(in crate::modem) const THREE_GPP: &str = "org.freedesktop.ModemManager1.Modem.Modem3gpp";
pub(in crate::modem) const SIGNAL: &str = "org.freedesktop.ModemManager1.Modem.Signal";
pub(in crate::modem) const SIMPLE: &str = "org.freedesktop.ModemManager1.Modem.Simple";
pub(in crate::modem) const LOCATION: &str = "org.freedesktop.ModemManager1.Modem.Location";
pub(in crate::modem) const SIM: &str = "org.freedesktop.ModemManager1.Sim";
pub(in crate::modem) const BEARER: &str = "org.freedesktop.ModemManager1.Bearer";
pub(in crate::modem) const MANAGER: &str = "org.freedesktop.ModemManager1";
pub(in crate::modem) const PROPERTIES: &str = "org.freedesktop.DBus.Properties";
pub(in crate::modem) const OBJECTS: &str = "org.freedesktop.DBus.ObjectManager";
pub(in crate::modem) const NETWORK: &str = "org.freedesktop.NetworkManager";
pub(in crate::modem) const NETWORK_DEVICE: &str = "org.freedesktop.NetworkManager.Device";
pub(in crate::modem) const NETWORK_ACTIVE: &str =
    "org.freedesktop.NetworkManager.Connection.Active";
pub(in crate::modem) const NETWORK_IP4: &str = "org.freedesktop.NetworkManager.IP4Config";
pub(in crate::modem) const SETTINGS: &str = "org.freedesktop.NetworkManager.Settings";
pub(in crate::modem) const PROFILE: &str = "org.freedesktop.NetworkManager.Settings.Connection";

/// A connection profile of `NetworkManager`.
pub(in crate::modem) type Profile = HashMap<String, HashMap<String, OwnedValue>>;

/// What a call is given.
#[derive(Debug)]
pub(in crate::modem) enum Args {
    None,
    Flag(bool),
    Number(u32),
    Text(String),
    /// A device and whether it is to be left alone.
    Device(String, bool),
    Object(OwnedObjectPath),
    Settings(HashMap<&'static str, Value<'static>>),
    Profile(Profile),
    /// A connection of `NetworkManager`'s, the device that is to have it, and the network that it names.
    Activation(OwnedObjectPath, OwnedObjectPath, String),
}

/// A call as it is about to be sent.
#[derive(Debug)]
pub(in crate::modem) struct Call {
    pub(in crate::modem) path: String,
    pub(in crate::modem) interface: &'static str,
    pub(in crate::modem) member: &'static str,
    pub(in crate::modem) args: Args,
}

impl Call {
    pub(in crate::modem) fn new(
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
    pub(in crate::modem) fn properties(path: &str, of: &str) -> Self {
        Self::new(path, PROPERTIES, "GetAll", Args::Text(of.to_owned()))
    }

    /// The bus's own question for who has a name; it is asked before there is a gate.
    pub(in crate::modem) fn name_owner() -> Self {
        Self::new(BUS_PATH, BUS, "GetNameOwner", Args::None)
    }

    /// The bus's own order for what is to be heard.
    pub(in crate::modem) fn add_match() -> Self {
        Self::new(BUS_PATH, BUS, "AddMatch", Args::None)
    }

    /// For messages: `Modem3gpp.Register`.
    pub(in crate::modem) fn name(&self) -> String {
        let interface = self.interface.rsplit('.').next().unwrap_or_default();
        format!("{interface}.{}", self.member)
    }
}

/// How a call failed.
#[derive(Debug)]
pub(in crate::modem) enum Trouble {
    /// It was not sent.
    Guarded(Rule),
    /// No answer came in this time.
    Late(Duration),
    /// There is no bus.
    NoBus(String),
    /// The bus or the daemon said no.
    Bus(zbus::Error),
    /// Whoever carried it ended.
    Dropped,
}

impl Trouble {
    /// Whether it is an error of this name, whoever's.
    pub(in crate::modem) fn is_named(&self, last: &str) -> bool {
        match self {
            Self::Bus(zbus::Error::MethodError(name, _, _)) => {
                name.as_str().rsplit('.').next() == Some(last)
            }
            _ => false,
        }
    }
}

/// Whether a call may be sent.
///
/// # Errors
/// With the rule that keeps it off the bus.
pub(in crate::modem) fn check(call: &Call, leave: &Leave) -> Result<(), Rule> {
    match (call.interface, call.member, &call.args) {
        (PROPERTIES, "GetAll", Args::Text(_))
        | (OBJECTS, "GetManagedObjects", Args::None)
        | (MODEM, "Enable", Args::Flag(true))
        | (MODEM, "GetCellInfo", Args::None)
        | (LOCATION, "GetLocation", Args::None)
        | (SIGNAL, "Setup", Args::Number(_))
        | (THREE_GPP, "Scan", Args::None)
        | (MANAGER, "InhibitDevice", Args::Device(..))
        | (NETWORK, "GetDevices", Args::None)
        | (NETWORK_DEVICE, "Disconnect", Args::None)
        | (SETTINGS, "ListConnections", Args::None)
        | (PROFILE, "GetSettings", Args::None)
        | (PROFILE, "GetSecrets", Args::Text(_)) => Ok(()),
        (MODEM, "Enable", _) => Err(Rule::Deregister),
        (MODEM, "Reset" | "FactoryReset", _) => Err(Rule::Reset),
        (SIM, "SendPin", Args::Text(_)) if leave.pin => Ok(()),
        (SIM, _, _) => Err(Rule::Pin),
        // A connection that is brought up has the modem register where it says, and anywhere if it names nothing.
        (THREE_GPP, "Register", Args::Text(code))
        | (NETWORK, "ActivateConnection", Args::Activation(_, _, code)) => selection(code, leave),
        (SIMPLE, "Connect", Args::Settings(settings)) => connection(settings, leave),
        // "/" is every connection of the modem, other programs' among them.
        (SIMPLE, "Disconnect", Args::Object(path)) if path.as_str() != "/" => Ok(()),
        (PROFILE, "Update", Args::Profile(profile)) => profile_rules(profile, leave),
        _ => Err(Rule::Unreadable),
    }
}

fn selection(code: &str, leave: &Leave) -> Result<(), Rule> {
    if code.is_empty() {
        return Err(Rule::AutomaticSelection);
    }
    let plmn: Plmn = code.parse().map_err(|_| Rule::Unreadable)?;
    check_selection(plmn, leave)
}

fn connection(settings: &HashMap<&'static str, Value<'static>>, leave: &Leave) -> Result<(), Rule> {
    let Some(operator) = settings.get("operator-id") else {
        return Err(Rule::AutomaticSelection);
    };
    // A profile is an access point that the modem keeps; it names no network.
    let known = [
        "operator-id",
        "apn",
        "profile-id",
        "ip-type",
        "user",
        "password",
    ];
    if settings.keys().any(|key| !known.contains(key)) {
        return Err(Rule::Unreadable);
    }
    match operator {
        Value::Str(code) => selection(code, leave),
        _ => Err(Rule::Unreadable),
    }
}

/// A profile may name a network that the person's order names, the one that it had named before, or none: taking the name away selects nothing.
fn profile_rules(profile: &Profile, leave: &Leave) -> Result<(), Rule> {
    let named = profile.get("gsm").and_then(|gsm| gsm.get("network-id"));
    match named.map(|value| value.downcast_ref::<&str>()) {
        Some(Ok(code)) if !code.is_empty() => {
            let kept = |order: &crate::domain::policy::Order| order.permits_setting(code);
            if leave.order.as_ref().is_some_and(kept) {
                return Ok(());
            }
            selection(code, leave)
        }
        Some(Err(_)) => Err(Rule::Unreadable),
        _ if leave
            .order
            .as_ref()
            .is_some_and(crate::domain::policy::Order::is_live) =>
        {
            Ok(())
        }
        _ => Err(Rule::NoOrder),
    }
}

/// The way to one daemon.
#[derive(Debug, Clone)]
pub(in crate::modem) struct Gate {
    connection: Connection,
    /// The daemon's own address on the bus: `:1.7`.
    owner: String,
    clock: Clock,
}

impl Gate {
    /// The daemon that has this name on the system bus; `None` where none has.
    pub(in crate::modem) async fn to(name: &str) -> Result<Option<Self>, Trouble> {
        let clock = Clock::system();
        let until = clock.now() + FIRST_WORDS;
        tokio::select! {
            gate = Self::seek(name) => gate,
            () = clock.sleep_until(Some(until)) => Err(Trouble::Late(FIRST_WORDS)),
        }
    }

    async fn seek(name: &str) -> Result<Option<Self>, Trouble> {
        let address = Address::system().map_err(|error| Trouble::NoBus(error.to_string()))?;
        let builder = match line::connect(&address).await? {
            Some(stream) => Builder::unix_stream(stream),
            None => Builder::address(address).map_err(Trouble::Bus)?,
        };
        let connection = builder.build().await.map_err(Trouble::Bus)?;
        let bus = Some(BUS);
        let asked = connection.call_method(bus, BUS_PATH, bus, "GetNameOwner", &name);
        match asked.await {
            Ok(reply) => Ok(Some(Self {
                owner: reply.body().deserialize().map_err(Trouble::Bus)?,
                connection,
                clock: Clock::system(),
            })),
            Err(zbus::Error::MethodError(error, _, _))
                if error.as_str() == "org.freedesktop.DBus.Error.NameHasNoOwner" =>
            {
                Ok(None)
            }
            Err(error) => Err(Trouble::Bus(error)),
        }
    }

    /// A daemon at the far end of a connection.
    #[cfg(test)]
    pub(in crate::modem) fn on(connection: Connection, owner: &str) -> Self {
        Self {
            connection,
            owner: owner.to_owned(),
            clock: Clock::system(),
        }
    }

    /// The daemon's own address on the bus.
    pub(in crate::modem) fn owner(&self) -> &str {
        &self.owner
    }

    /// What is said on the bus that a rule describes. The bus itself is handed to nobody: whoever had it could call.
    pub(in crate::modem) async fn listen(
        &self,
        rule: MatchRule<'_>,
    ) -> Result<MessageStream, Trouble> {
        let until = self.clock.now() + FIRST_WORDS;
        tokio::select! {
            heard = MessageStream::for_match_rule(rule, &self.connection, None) => heard.map_err(Trouble::Bus),
            () = self.clock.sleep_until(Some(until)) => Err(Trouble::Late(FIRST_WORDS)),
        }
    }

    /// Sends a call and waits for its answer, `within` at most.
    pub(in crate::modem) async fn call(
        &self,
        call: &Call,
        leave: &Leave,
        within: Duration,
    ) -> Result<Message, Trouble> {
        check(call, leave).map_err(Trouble::Guarded)?;
        tracing::debug!(call = call.name(), path = call.path, "bus");
        let until = self.clock.now() + within;
        tokio::select! {
            answer = self.send(call) => answer.map_err(Trouble::Bus),
            () = self.clock.sleep_until(Some(until)) => Err(Trouble::Late(within)),
        }
    }

    async fn send(&self, call: &Call) -> Result<Message, zbus::Error> {
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
        call: &Call,
        body: &(impl Serialize + DynamicType + Sync),
    ) -> Result<Message, zbus::Error> {
        let Call {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::policy::{Order, Purpose};

    const AT: &str = "/org/freedesktop/ModemManager1/Modem/0";

    fn order() -> Order {
        Order::from_person(Purpose::Switch, ["20810".parse().unwrap()])
    }

    fn verdict(interface: &'static str, member: &'static str, args: Args) -> Result<(), Rule> {
        let order = order();
        check(
            &Call::new(AT, interface, member, args),
            &Leave::under(&order),
        )
    }

    fn settings(pairs: &[(&'static str, &'static str)]) -> Args {
        Args::Settings(pairs.iter().map(|(k, v)| (*k, Value::from(*v))).collect())
    }

    #[test]
    fn what_would_hand_the_choice_to_the_modem_is_not_sent() {
        let text = |code: &str| Args::Text(code.to_owned());
        assert_eq!(
            verdict(THREE_GPP, "Register", text("")),
            Err(Rule::AutomaticSelection)
        );
        let plain = settings(&[("apn", "internet")]);
        assert_eq!(
            verdict(SIMPLE, "Connect", plain),
            Err(Rule::AutomaticSelection)
        );
        let empty = settings(&[("operator-id", "")]);
        assert_eq!(
            verdict(SIMPLE, "Connect", empty),
            Err(Rule::AutomaticSelection)
        );
        assert_eq!(
            verdict(MODEM, "Enable", Args::Flag(false)),
            Err(Rule::Deregister)
        );
        for member in ["Reset", "FactoryReset"] {
            assert_eq!(verdict(MODEM, member, text("0")), Err(Rule::Reset));
        }
        for (interface, member) in [
            (MODEM, "Command"),
            (MODEM, "SetPowerState"),
            (PROFILE, "Delete"),
        ] {
            let verdict = verdict(interface, member, text("AT+COPS=0"));
            assert_eq!(verdict, Err(Rule::Unreadable), "{member}");
        }
        let all = Args::Object("/".try_into().unwrap());
        assert_eq!(verdict(SIMPLE, "Disconnect", all), Err(Rule::Unreadable));
        assert_eq!(verdict(SIM, "SendPin", text("1234")), Err(Rule::Pin));
        assert_eq!(verdict(SIM, "EnablePin", text("1234")), Err(Rule::Pin));
    }

    #[test]
    fn a_network_is_selected_only_under_a_live_order_that_names_it() {
        let register = |code: &str| Call::new(AT, THREE_GPP, "Register", Args::Text(code.into()));
        let connect = |code: &'static str| {
            Call::new(AT, SIMPLE, "Connect", settings(&[("operator-id", code)]))
        };
        let order = order();
        let leave = Leave::under(&order);
        assert_eq!(check(&register("20810"), &leave), Ok(()));
        assert_eq!(check(&connect("20810"), &leave), Ok(()));
        assert_eq!(check(&register("20801"), &leave), Err(Rule::NoOrder));
        assert_eq!(check(&connect("20801"), &leave), Err(Rule::NoOrder));
        assert_eq!(check(&register("2081 0"), &leave), Err(Rule::Unreadable));
        assert_eq!(check(&register("20810"), &Leave::NONE), Err(Rule::NoOrder));
        order.close();
        assert_eq!(check(&register("20810"), &leave), Err(Rule::NoOrder));
        assert_eq!(check(&connect("20810"), &leave), Err(Rule::NoOrder));
    }

    #[test]
    fn a_profile_names_only_a_network_that_the_person_named() {
        let profile = |code: Option<&str>| {
            let gsm = code.map(|code| {
                let value = OwnedValue::try_from(Value::from(code)).unwrap();
                ("network-id".to_owned(), value)
            });
            let sections = [("gsm".to_owned(), gsm.into_iter().collect())];
            Call::new(AT, PROFILE, "Update", Args::Profile(sections.into()))
        };
        let order = order();
        let leave = Leave::under(&order);
        assert_eq!(check(&profile(Some("20810")), &leave), Ok(()));
        assert_eq!(check(&profile(None), &leave), Ok(()));
        assert_eq!(check(&profile(Some("20801")), &leave), Err(Rule::NoOrder));
        assert_eq!(check(&profile(None), &Leave::NONE), Err(Rule::NoOrder));
    }

    #[test]
    fn a_connection_is_brought_up_only_where_it_names_a_network_that_the_person_named() {
        let up = |code: &str| {
            let path = || OwnedObjectPath::try_from("/1").unwrap();
            let args = Args::Activation(path(), path(), code.to_owned());
            verdict(NETWORK, "ActivateConnection", args)
        };
        assert_eq!(up("20810"), Ok(()));
        assert_eq!(up("20801"), Err(Rule::NoOrder));
        assert_eq!(up(""), Err(Rule::AutomaticSelection));
    }
}
