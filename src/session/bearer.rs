//! The way over a bearer of `ModemManager`'s, which a person's order has connected.
//!
//! Asked to connect without the network's code, the daemon goes to automatic selection; so the code is always there, and
//! the list of what the daemon may be asked ([`allows_connect`]) holds that.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;

use zbus::zvariant::Value;

use crate::bus::{Args, CallFault, Gate, MethodCall, Object, Pending, Properties, read, selects};
use crate::domain::Plmn;
use crate::domain::policy::Order;
use crate::guard::{Leave, Rule};

pub(crate) const SIMPLE: &str = "org.freedesktop.ModemManager1.Modem.Simple";
pub(crate) const BEARER: &str = "org.freedesktop.ModemManager1.Bearer";

/// The daemon's own limit for a connection is below 3 minutes.
const CONNECT: Duration = Duration::from_mins(3);

/// The context that is the modem's own to use, and that `ATD*99#` dials.
const FIRST_CONTEXT: i32 = 1;

/// `MM_BEARER_IP_METHOD_PPP`.
const PPP: u32 = 1;

/// Where a modem is on the bus.
#[derive(Debug, Clone)]
pub(crate) struct OnBus {
    pub(crate) gate: Gate,
    /// Its object.
    pub(crate) path: String,
    /// What it is known by.
    pub(crate) name: String,
}

/// A bearer that opensim had connected.
#[derive(Debug)]
pub(crate) struct Bearer {
    modem: OnBus,
    path: Object,
}

impl Bearer {
    /// Has the daemon connect on the network that a person's order names, over this access point or the modem's own.
    pub(crate) async fn connect(
        modem: OnBus,
        pending: &mut Pending,
        (order, plmn): (&Order, Plmn),
        apn: Option<String>,
        within: Duration,
    ) -> Result<Self, CallFault> {
        let mut settings = HashMap::from([("operator-id", Value::from(plmn.to_string()))]);
        // It takes one or the other: where nobody named an access point, the modem's own first context, as in dialling.
        match apn {
            Some(apn) => settings.insert("apn", Value::from(apn)),
            None => settings.insert("profile-id", Value::from(FIRST_CONTEXT)),
        };
        let call = |args| MethodCall::new(&modem.path, SIMPLE, "Connect", args);
        let connect = call(Args::Settings(settings));
        let leave = Leave::under(order);
        let within = CONNECT.min(within);
        let answer = pending.call(&modem.gate, connect, leave, within).await;
        let answer = answer.map_err(|fault| fault.about(&modem.name))?;
        let path = read(&modem.gate, &answer, &call(Args::None))?;
        Ok(Self { modem, path })
    }

    /// Its object.
    pub(crate) fn path(&self) -> &Object {
        &self.path
    }

    pub(super) async fn disconnect(self) -> Result<(), CallFault> {
        let Self { modem, path } = self;
        let call = MethodCall::new(&modem.path, SIMPLE, "Disconnect", Args::Object(path));
        let done = modem.gate.call(&call, &Leave::NONE, CONNECT).await;
        done.map(drop).map_err(|fault| fault.about(&modem.name))
    }
}

/// Whether a connection may be asked for with these settings.
///
/// # Errors
/// With the rule that keeps the call off the bus.
pub(crate) fn allows_connect(
    settings: &HashMap<&'static str, Value<'static>>,
    leave: &Leave,
) -> Result<(), Rule> {
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
        Value::Str(code) => selects(code, leave),
        _ => Err(Rule::Unreadable),
    }
}

/// Whether a bearer is a port on which PPP is spoken, and no interface.
pub(crate) fn is_dialled(bearer: &Properties) -> bool {
    let methods = ["Ip4Config", "Ip6Config"];
    let mut methods = methods
        .iter()
        .map(|name| bearer.inner(name).number("method"));
    methods.any(|method| method == Some(PPP))
}

/// The name servers that a bearer tells.
pub(crate) fn name_servers(bearer: &Properties) -> Vec<IpAddr> {
    let v4 = bearer.inner("Ip4Config");
    let named = ["dns1", "dns2", "dns3"].into_iter();
    named
        .filter_map(|name| v4.text(name)?.parse().ok())
        .collect()
}
