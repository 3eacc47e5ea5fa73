//! The modem's network interface on this computer: up, with an address, with a route that leads out by it, and with
//! nothing that keeps answers from coming in.

use super::{Facts, Found, fail, of_error, pass, skip, warn};
use crate::document::Note;
use crate::domain::codes::Code;
use crate::modem::{DataFault, Error as ModemError};
use crate::os::net::interface::Interfaces;

impl Facts<'_> {
    /// The modem's network interface, as it says or as it is plugged in.
    pub(super) fn interface(&self) -> Option<String> {
        let data = self.status.data.as_ref();
        let told = data.and_then(|data| data.interface.clone());
        let port = self.status.modem.as_ref().map(|modem| &modem.port);
        let plugged = || {
            let mut rows = self.plugged.modems.iter();
            let own = rows.find(|row| {
                Some(&row.id) == port || row.ports.iter().any(|p| Some(&p.path) == port)
            });
            own.and_then(|row| row.net_interface.clone())
        };
        told.or_else(plugged)
    }

    /// The interface to look at, or why there is none to look at.
    fn own_interface(&self) -> Result<String, Found> {
        if self.is_virtual() {
            return Err(skip(Note::new(Code::DOCTOR_VIRTUAL)));
        }
        self.interface()
            .ok_or_else(|| skip(Note::new(Code::DOCTOR_INTERFACE_NONE)))
    }
}

pub(super) fn interface(facts: &Facts<'_>) -> Found {
    let interface = match facts.own_interface() {
        Ok(interface) => interface,
        Err(found) => return found,
    };
    match Interfaces::system().check(&interface) {
        Ok(_) => pass(Note::new(Code::DOCTOR_INTERFACE_UP).with("interface", interface)),
        Err(fault) => fail(of_data(fault.into())),
    }
}

pub(super) fn address(facts: &Facts<'_>) -> Found {
    let interface = match facts.own_interface() {
        Ok(interface) => interface,
        Err(found) => return found,
    };
    let state = Interfaces::system().look(&interface);
    match state.addresses.first() {
        Some(address) => {
            let note = Note::new(Code::DOCTOR_ADDRESS).with("interface", interface);
            pass(note.with("address", address.to_string()))
        }
        None => fail(of_data(DataFault::NoAddress { interface })),
    }
}

pub(super) fn routes(facts: &Facts<'_>) -> Found {
    match facts.own_interface() {
        Ok(interface) => routed(&Interfaces::system(), interface),
        Err(found) => found,
    }
}

fn routed(interfaces: &Interfaces, interface: String) -> Found {
    let routes = interfaces.default_routes();
    let Some(own) = routes.iter().find(|route| route.interface == interface) else {
        return warn(Note::new(Code::DOCTOR_ROUTE_NONE).with("interface", interface));
    };
    let usual = routes.first().map(|route| route.interface.clone());
    let note = Note::new(Code::DOCTOR_ROUTE).with("metric", own.metric);
    let usual = usual.filter(|usual| *usual != interface);
    pass(note.with("interface", interface).with("usual", usual))
}

pub(super) fn rp_filter(facts: &Facts<'_>) -> Found {
    match facts.own_interface() {
        Ok(interface) => filtered(&Interfaces::system(), interface),
        Err(found) => found,
    }
}

fn filtered(interfaces: &Interfaces, interface: String) -> Found {
    let is_usual = interfaces.default_interface().as_ref() == Some(&interface);
    match interfaces.strict(&interface) {
        Some(file) if !is_usual => {
            let note = Note::new(Code::MEASURE_REVERSE_PATH).with("file", file);
            fail(note.with("interface", interface))
        }
        _ => pass(Note::new(Code::DOCTOR_FILTER_OPEN).with("interface", interface)),
    }
}

fn of_data(fault: DataFault) -> Note {
    of_error(&ModemError::Data(fault).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::doctor::CheckOutcome::{self, Fail, Pass, Warn};
    use crate::os::net::interface::fixture::FakeInterfaces;

    /// A computer with a box and a modem, and default routes by these interfaces with these metrics.
    fn computer(routes: &[(&str, u32)], filter: &str) -> FakeInterfaces {
        let computer = FakeInterfaces::new();
        for name in ["eth0", "wwan0"] {
            computer.interface(name, ["0x1003", "up", "1"]);
        }
        let line = |(name, metric): &(&str, u32)| {
            format!("{name}\t00000000\t0100A8C0\t0003\t0\t0\t{metric}\t00000000\t0\t0\t0\n")
        };
        let lines: String = routes.iter().map(line).collect();
        computer.put("proc/net/route", &format!("Iface\tDestination\n{lines}"));
        computer.put("proc/sys/net/ipv4/conf/wwan0/rp_filter", filter);
        computer
    }

    fn told((outcome, note): Found) -> (CheckOutcome, Code, Option<String>) {
        let usual = note.values.get("usual").and_then(|value| value.as_str());
        let usual = usual.map(str::to_owned);
        (outcome, note.code.known().expect("a code of ours"), usual)
    }

    #[test]
    fn a_route_is_told_with_the_one_that_is_used_before_it() {
        let route = |routes: &[(&str, u32)]| {
            let computer = computer(routes, "0");
            told(routed(&computer.interfaces(), "wwan0".to_owned()))
        };
        let own = (Pass, Code::DOCTOR_ROUTE, None);
        assert_eq!(route(&[("wwan0", 700)]), own);
        assert_eq!(route(&[("wwan0", 50), ("eth0", 100)]), own);
        let second = (Pass, Code::DOCTOR_ROUTE, Some("eth0".to_owned()));
        assert_eq!(route(&[("wwan0", 700), ("eth0", 100)]), second);
        assert_eq!(
            route(&[("eth0", 100)]),
            (Warn, Code::DOCTOR_ROUTE_NONE, None)
        );
        assert_eq!(route(&[]), (Warn, Code::DOCTOR_ROUTE_NONE, None));
    }

    #[test]
    fn a_strict_filter_is_a_fault_where_another_line_is_used_first() {
        let filter = |routes: &[(&str, u32)], filter: &str| {
            let computer = computer(routes, filter);
            let (outcome, code, _) = told(filtered(&computer.interfaces(), "wwan0".to_owned()));
            (outcome, code)
        };
        let both = [("wwan0", 700), ("eth0", 100)];
        assert_eq!(filter(&both, "1"), (Fail, Code::MEASURE_REVERSE_PATH));
        for loose in ["0", "2"] {
            assert_eq!(filter(&both, loose), (Pass, Code::DOCTOR_FILTER_OPEN));
        }
        assert_eq!(filter(&both[..1], "1"), (Pass, Code::DOCTOR_FILTER_OPEN));
    }
}
