//! What `ModemManager` may be asked: every call of this room passes here before the bus.
//!
//! The daemon turns `Register("")` and a connection without `operator-id` into automatic selection, which opensim never
//! asks for; what changes the network needs a person's live order that names it.

use crate::bus::{Args, Daemon, MethodCall, selects};
use crate::guard::{Leave, Rule};
use crate::session::bearer::{SIMPLE, allows_connect};

pub(super) const MODEM: &str = "org.freedesktop.ModemManager1.Modem";
pub(super) const THREE_GPP: &str = "org.freedesktop.ModemManager1.Modem.Modem3gpp";
pub(super) const SIGNAL: &str = "org.freedesktop.ModemManager1.Modem.Signal";
pub(super) const LOCATION: &str = "org.freedesktop.ModemManager1.Modem.Location";
pub(super) const SIM: &str = "org.freedesktop.ModemManager1.Sim";
pub(super) const MANAGER: &str = "org.freedesktop.ModemManager1";

/// The daemon.
pub(super) static MODEM_MANAGER: Daemon = Daemon {
    name: MANAGER,
    label: "ModemManager",
    allows,
};

fn allows(call: &MethodCall, leave: &Leave) -> Result<(), Rule> {
    match (call.interface, call.member, &call.args) {
        (MODEM, "Enable", Args::Flag(true))
        | (MODEM, "GetCellInfo", Args::None)
        | (LOCATION, "GetLocation", Args::None)
        | (SIGNAL, "Setup", Args::Number(_))
        | (THREE_GPP, "Scan", Args::None)
        | (MANAGER, "InhibitDevice", Args::Device(..)) => Ok(()),
        (MODEM, "Enable", _) => Err(Rule::Deregister),
        (MODEM, "Reset" | "FactoryReset", _) => Err(Rule::Reset),
        (SIM, "SendPin", Args::Text(_)) if leave.pin => Ok(()),
        (SIM, _, _) => Err(Rule::Pin),
        (THREE_GPP, "Register", Args::Text(code)) => selects(code, leave),
        (SIMPLE, "Connect", Args::Settings(settings)) => allows_connect(settings, leave),
        // "/" is every connection of the modem, other programs' among them.
        (SIMPLE, "Disconnect", Args::Object(path)) if path.as_str() != "/" => Ok(()),
        _ => Err(Rule::Unreadable),
    }
}

#[cfg(test)]
mod tests {
    use zbus::zvariant::Value;

    use super::*;
    use crate::domain::policy::{Order, Purpose};

    const AT: &str = "/org/freedesktop/ModemManager1/Modem/0";

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
        for member in ["Command", "SetPowerState"] {
            let verdict = verdict(MODEM, member, text("AT+COPS=0"));
            assert_eq!(verdict, Err(Rule::Unreadable), "{member}");
        }
        let all = Args::Object("/".try_into().unwrap());
        assert_eq!(verdict(SIMPLE, "Disconnect", all), Err(Rule::Unreadable));
        assert_eq!(verdict(SIM, "SendPin", text("1234")), Err(Rule::Pin));
        assert_eq!(verdict(SIM, "EnablePin", text("1234")), Err(Rule::Pin));
    }

    #[test]
    fn a_network_is_selected_only_under_a_live_order_that_names_it() {
        let register =
            |code: &str| MethodCall::new(AT, THREE_GPP, "Register", Args::Text(code.into()));
        let connect = |code: &'static str| {
            MethodCall::new(AT, SIMPLE, "Connect", settings(&[("operator-id", code)]))
        };
        let order = order();
        let leave = Leave::under(&order);
        assert_eq!(allows(&register("20810"), &leave), Ok(()));
        assert_eq!(allows(&connect("20810"), &leave), Ok(()));
        assert_eq!(allows(&register("20801"), &leave), Err(Rule::NoOrder));
        assert_eq!(allows(&connect("20801"), &leave), Err(Rule::NoOrder));
        assert_eq!(allows(&register("2081 0"), &leave), Err(Rule::Unreadable));
        assert_eq!(allows(&register("20810"), &Leave::NONE), Err(Rule::NoOrder));
        order.close();
        assert_eq!(allows(&register("20810"), &leave), Err(Rule::NoOrder));
        assert_eq!(allows(&connect("20810"), &leave), Err(Rule::NoOrder));
    }
}
