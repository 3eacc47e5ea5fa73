//! What `NetworkManager` may be asked: every call of its connections passes here before the bus.
//!
//! A connection that is brought up has the modem register where it says, and anywhere if it names nothing; so one is
//! brought up, and a profile is written, only under a person's live order that names the network.

use crate::bus::{Args, Daemon, MethodCall, Sections, selects};
use crate::domain::policy::Order;
use crate::guard::{Leave, Rule};

pub(super) const NETWORK: &str = "org.freedesktop.NetworkManager";
pub(super) const DEVICE: &str = "org.freedesktop.NetworkManager.Device";
pub(super) const ACTIVE: &str = "org.freedesktop.NetworkManager.Connection.Active";
pub(super) const IP4: &str = "org.freedesktop.NetworkManager.IP4Config";
pub(super) const SETTINGS: &str = "org.freedesktop.NetworkManager.Settings";
pub(super) const PROFILE: &str = "org.freedesktop.NetworkManager.Settings.Connection";

/// The daemon.
pub(super) static NETWORK_MANAGER: Daemon = Daemon {
    name: NETWORK,
    label: NETWORK,
    allows,
};

fn allows(call: &MethodCall, leave: &Leave) -> Result<(), Rule> {
    match (call.interface, call.member, &call.args) {
        (NETWORK, "GetDevices", Args::None)
        | (DEVICE, "Disconnect", Args::None)
        | (SETTINGS, "ListConnections", Args::None)
        | (PROFILE, "GetSettings", Args::None)
        | (PROFILE, "GetSecrets", Args::Text(_)) => Ok(()),
        (NETWORK, "ActivateConnection", Args::Activation(_, _, code)) => selects(code, leave),
        (PROFILE, "Update", Args::Profile(profile)) => update(profile, leave),
        _ => Err(Rule::Unreadable),
    }
}

/// A profile may name a network that the person's order names, the one that it had named before, or none: taking the
/// name away selects nothing.
fn update(profile: &Sections, leave: &Leave) -> Result<(), Rule> {
    let order = leave.order.as_ref();
    let named = profile.get("gsm").and_then(|gsm| gsm.get("network-id"));
    match named.map(|value| value.downcast_ref::<&str>()) {
        Some(Ok(code)) if !code.is_empty() => {
            if order.is_some_and(|order| order.permits_setting(code)) {
                return Ok(());
            }
            selects(code, leave)
        }
        Some(Err(_)) => Err(Rule::Unreadable),
        _ if order.is_some_and(Order::is_live) => Ok(()),
        _ => Err(Rule::NoOrder),
    }
}

#[cfg(test)]
mod tests {
    use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

    use super::*;
    use crate::domain::policy::Purpose;

    const AT: &str = "/org/freedesktop/NetworkManager/Settings/1";

    fn order() -> Order {
        Order::from_person(Purpose::Switch, ["20810".parse().unwrap()])
    }

    fn verdict(interface: &'static str, member: &'static str, args: Args) -> Result<(), Rule> {
        let order = order();
        allows(
            &MethodCall::new(AT, interface, member, args),
            &Leave::under(&order),
        )
    }

    #[test]
    fn a_profile_is_not_deleted() {
        let text = Args::Text("AT+COPS=0".to_owned());
        let verdict = verdict(PROFILE, "Delete", text);
        assert_eq!(verdict, Err(Rule::Unreadable));
    }

    #[test]
    fn a_profile_names_only_a_network_that_the_person_named() {
        let profile = |code: Option<&str>| {
            let gsm = code.map(|code| {
                let value = OwnedValue::try_from(Value::from(code)).unwrap();
                ("network-id".to_owned(), value)
            });
            let sections = [("gsm".to_owned(), gsm.into_iter().collect())];
            MethodCall::new(AT, PROFILE, "Update", Args::Profile(sections.into()))
        };
        let order = order();
        let leave = Leave::under(&order);
        assert_eq!(allows(&profile(Some("20810")), &leave), Ok(()));
        assert_eq!(allows(&profile(None), &leave), Ok(()));
        assert_eq!(allows(&profile(Some("20801")), &leave), Err(Rule::NoOrder));
        assert_eq!(allows(&profile(None), &Leave::NONE), Err(Rule::NoOrder));
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
