//! What the daemon's numbers and errors mean: pure, so that each has its test.

use zbus::zvariant::Value;

use crate::bus::{CallFault, Cause, Properties};
use crate::domain::Access;
use crate::domain::radio::{Cell, Reading, Rsrp, Rsrq, Rssi, Sinr};
use crate::domain::{Availability, SimState};
use crate::modem::{Ending, Error, ManagerFault, Network, NetworkFault, SimFault};

/// States of `MMModemState`: not told yet.
pub(super) const UNKNOWN_STATE: i32 = 0;
/// The daemon is getting to know it.
pub(super) const INITIALIZING: i32 = 1;
/// A connection is being ended; then come one that is being made, and one that is up.
pub(super) const DISCONNECTING: i32 = 9;
pub(super) const CONNECTED: i32 = 11;
/// Known, and not switched on.
pub(super) const DISABLED: i32 = 3;
/// Switched on, wherever it stands with its network.
pub(super) const ENABLED: i32 = 6;
/// States of `MMModem3gppRegistrationState` that say nothing yet.
pub(super) const IDLE: u32 = 0;
pub(super) const UNKNOWN: u32 = 4;
/// It is off, and its radio is, in `MMModemPowerState`.
pub(super) const POWER_OFF: u32 = 1;
pub(super) const POWER_LOW: u32 = 2;
/// Its radio is on, in `MMModemPowerState`.
pub(super) const POWER_ON: u32 = 3;
/// A lock of `MMModemLock`: the SIM's PIN.
pub(super) const PIN: u32 = 2;

/// What the names of the daemon's own errors begin with.
const OWN: &str = "org.freedesktop.ModemManager1.Error.";

impl From<CallFault> for Error {
    /// A call that failed, as a person can act on it.
    fn from(fault: CallFault) -> Self {
        let CallFault { call, about, cause } = fault;
        match cause {
            Cause::Guarded(rule) => Self::Guarded {
                command: call,
                rule: rule.code(),
            },
            Cause::Silent(limit) => Self::Silent {
                command: call,
                seconds: limit.as_secs(),
            },
            Cause::Unreadable(line) => Self::Unreadable {
                command: call,
                line,
            },
            Cause::NoBus(detail) => Self::Manager(ManagerFault::Absent { detail }),
            Cause::Lost => Self::Manager(ManagerFault::Lost),
            Cause::Gone => Self::Gone { port: about },
            Cause::Denied => Self::Manager(ManagerFault::Denied { call }),
            Cause::Refused { name, detail } => refused(&name, detail, call),
        }
    }
}

/// One of the daemon's own errors, or one of no kind that is known.
fn refused(name: &str, detail: String, call: String) -> Error {
    let Some(kind) = name.strip_prefix(OWN) else {
        return Error::Manager(ManagerFault::Refused { call, detail });
    };
    // ModemManager has no error of its own for polkit's absence.
    if kind.ends_with("Unauthorized") || detail.contains("PolicyKit authorization") {
        return Error::Manager(ManagerFault::Denied { call });
    }
    match kind {
        "Core.InProgress" => Error::Manager(ManagerFault::InProgress { call }),
        "Core.Cancelled" | "Core.Aborted" => Error::Manager(ManagerFault::Cancelled { call }),
        "Core.WrongState" => Error::Manager(ManagerFault::WrongState { call, detail }),
        "MobileEquipment.SimNotInserted" => Error::Sim(SimFault::Absent),
        "MobileEquipment.SimPin" => Error::Sim(SimFault::PinRequired),
        "MobileEquipment.SimPuk" => Error::Sim(SimFault::PukRequired),
        "MobileEquipment.IncorrectPassword" => Error::Sim(SimFault::PinWrong(None)),
        "MobileEquipment.SimBusy" => Error::Sim(SimFault::Busy),
        "MobileEquipment.SimFailure" | "MobileEquipment.SimWrong" => Error::Sim(SimFault::Failed),
        // A plain error: a modem that answers it to a selection may still come up.
        "MobileEquipment.Unknown" => Error::Refused {
            command: call,
            end: Ending::Refused("ERROR".to_owned()),
        },
        _ => Error::Manager(ManagerFault::Refused { call, detail }),
    }
}

/// What a refused registration says of the network for good; `None` where it says nothing sure.
pub(super) fn network_fault(fault: &CallFault) -> Option<NetworkFault> {
    match &fault.cause {
        Cause::Refused { name, detail } => fault_of_network(name, Some(detail)),
        _ => None,
    }
}

fn fault_of_network(name: &str, detail: Option<&str>) -> Option<NetworkFault> {
    let kind = name.strip_prefix(OWN)?;
    let cause = || NetworkFault::Denied(detail.map(str::to_owned));
    match kind {
        "MobileEquipment.NoNetwork" => Some(NetworkFault::NotAvailable),
        "MobileEquipment.NetworkNotAllowed"
        | "MobileEquipment.GprsImsiUnknownInHlr"
        | "MobileEquipment.GprsIllegalMs"
        | "MobileEquipment.GprsImsiUnknownInVlr"
        | "MobileEquipment.GprsIllegalMe"
        | "MobileEquipment.GprsServiceNotAllowed"
        | "MobileEquipment.GprsPlmnNotAllowed"
        | "MobileEquipment.GprsLocationNotAllowed"
        | "MobileEquipment.GprsRoamingNotAllowed"
        | "MobileEquipment.GprsNoCellsInLocationArea"
        | "MobileEquipment.ImsiUnknownInHss"
        | "MobileEquipment.IllegalUe"
        | "MobileEquipment.IllegalMe"
        | "MobileEquipment.PsServicesNotAllowed"
        | "MobileEquipment.PlmnNotAllowed"
        | "MobileEquipment.AreaNotAllowed"
        | "MobileEquipment.RoamingNotAllowedInArea" => Some(cause()),
        _ => None,
    }
}

/// The tries left of a lock, out of `UnlockRetries`.
pub(super) fn tries(modem: &Properties, lock: u32) -> Option<u32> {
    let Value::Dict(retries) = modem.value("UnlockRetries")? else {
        return None;
    };
    retries.get::<u32, u32>(&lock).ok().flatten()
}

/// `MMModemAccessTechnology`, a set of bits; the newest technology in it.
pub(super) fn access(bits: u32) -> Option<Access> {
    let has = |mask: u32| bits & mask != 0 && bits != u32::MAX;
    let (lte, nr) = (has(1 << 14 | 1 << 16 | 1 << 17), has(1 << 15));
    match (lte, nr) {
        (true, true) => Some(Access::NrNsa),
        (false, true) => Some(Access::Nr),
        (true, false) => Some(Access::Lte),
        (false, false) if has(0x3E0) => Some(Access::Umts),
        (false, false) if has(0x1E) => Some(Access::Gsm),
        (false, false) => None,
    }
}

/// The SIM's state, from the modem's.
pub(super) fn sim_state(modem: &Properties) -> SimState {
    sim_state_of(
        modem.signed("State"),
        modem.number("StateFailedReason"),
        modem.number("UnlockRequired"),
    )
}

/// From `MMModemState`, `MMModemStateFailedReason` and `MMModemLock`.
fn sim_state_of(state: Option<i32>, failed: Option<u32>, lock: Option<u32>) -> SimState {
    if state == Some(-1) {
        return match failed {
            Some(2) => SimState::Absent,
            Some(3) => SimState::Failed,
            _ => SimState::Unknown,
        };
    }
    match lock {
        // Second codes concern a few settings; the network is reachable without them.
        Some(1 | 3 | 5) => SimState::Ready,
        Some(2) => SimState::PinRequired,
        Some(4) => SimState::PukRequired,
        Some(6..) => SimState::Locked,
        Some(0) | None if matches!(state, Some(1)) => SimState::Busy,
        Some(0) | None => SimState::Unknown,
    }
}

/// A network of the daemon's list.
pub(super) fn network(of: &Properties) -> Option<Network> {
    Some(Network {
        plmn: of.text("operator-code")?.parse().ok()?,
        long_name: of.text("operator-long"),
        short_name: of.text("operator-short"),
        availability: match of.number("status") {
            Some(1) => Availability::Available,
            Some(2) => Availability::Current,
            Some(3) => Availability::Forbidden,
            _ => Availability::Unknown,
        },
        access: of.number("access-technology").and_then(access),
    })
}

/// The levels of `Modem.Signal`, of LTE where it has them, else of 5G. Unknown is a number far out of range there.
pub(super) fn reading(signal: &Properties, access: Option<Access>) -> Reading {
    let (lte, nr) = (signal.inner("Lte"), signal.inner("Nr5g"));
    let has_lte = tenths(&lte, "rsrp").and_then(Rsrp::from_tenths).is_some();
    let of = if has_lte && access != Some(Access::Nr) {
        lte
    } else {
        nr
    };
    let rsrp = tenths(&of, "rsrp").and_then(Rsrp::from_tenths);
    Reading {
        rsrp,
        rsrq: tenths(&of, "rsrq").and_then(Rsrq::from_tenths),
        sinr: tenths(&of, "snr").and_then(Sinr::from_tenths),
        rssi: tenths(&of, "rssi").and_then(Rssi::from_tenths),
        cell: Cell::default(),
        source: rsrp.map(|_| "Modem.Signal".to_owned()),
    }
}

/// Whether the daemon tells a level of any technology; 2G and 3G have a strength alone.
pub(super) fn has_levels(signal: &Properties) -> bool {
    let strength = |of: &str| {
        let rssi = tenths(&signal.inner(of), "rssi");
        rssi.and_then(Rssi::from_tenths).is_some()
    };
    reading(signal, None).rsrp.is_some() || ["Umts", "Gsm"].into_iter().any(strength)
}

fn tenths(of: &Properties, name: &str) -> Option<i32> {
    let tenths = (of.float(name)? * 10.0).round();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float outside i32 saturates and is then out of range"
    )]
    tenths.is_finite().then_some(tenths as i32)
}

/// A cell of `GetCellInfo`, and whether it serves.
pub(super) fn cell(of: &Properties) -> (bool, Reading) {
    let hex = |name: &str| u64::from_str_radix(&of.text(name)?, 16).ok();
    let short = |name: &str| hex(name).and_then(|value| u32::try_from(value).ok());
    let access = match of.number("cell-type") {
        Some(2) => Some(Access::Gsm),
        Some(3 | 4) => Some(Access::Umts),
        Some(5) => Some(Access::Lte),
        Some(6) => Some(Access::Nr),
        _ => None,
    };
    let earfcn = ["earfcn", "nrarfcn", "uarfcn"]
        .iter()
        .find_map(|name| of.number(name));
    let cell = Cell {
        plmn: of.text("operator-id").and_then(|code| code.parse().ok()),
        access,
        band: None,
        earfcn,
        bandwidth_tenths_mhz: None,
        pci: short("physical-ci"),
        cell_id: hex("ci"),
        tac: short("tac").or_else(|| short("lac")),
    };
    let reading = Reading {
        rsrp: tenths(of, "rsrp").and_then(Rsrp::from_tenths),
        rsrq: tenths(of, "rsrq").and_then(Rsrq::from_tenths),
        sinr: tenths(of, "sinr").and_then(Sinr::from_tenths),
        rssi: None,
        cell,
        source: Some("Modem.GetCellInfo".to_owned()),
    };
    (of.flag("serving") == Some(true), reading.sound())
}

/// The place that the network gave (`208,01,2F0A,2B51C03,1A2B`): area and cell.
pub(super) fn place(text: &str) -> (Option<u32>, Option<u64>) {
    let fields: Vec<&str> = text.split(',').collect();
    let [_, _, lac, ci, rest @ ..] = &fields[..] else {
        return (None, None);
    };
    // Zero and ones alone stand for "none", and 0xFFFE for an area that was deleted.
    let known = |field: &str| {
        let ones = field.bytes().all(|b| b.eq_ignore_ascii_case(&b'f'));
        let value = u64::from_str_radix(field, 16).ok()?;
        (value != 0 && !ones).then_some(value)
    };
    let tac = rest.first().and_then(|tac| known(tac));
    let area = tac.or_else(|| known(lac).filter(|lac| *lac != 0xFFFE));
    let area = area.and_then(|area| u32::try_from(area).ok());
    (area, known(ci))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use zbus::zvariant::OwnedValue;

    use super::super::rules::MODEM;
    use super::*;
    use crate::bus::{Args, MethodCall};

    fn properties(pairs: &[(&str, Value<'static>)]) -> Properties {
        let owned = |value: &Value<'static>| OwnedValue::try_from(value.try_clone().unwrap());
        let pairs = pairs.iter();
        let values: HashMap<_, _> = pairs
            .map(|(key, value)| ((*key).to_owned(), owned(value).unwrap()))
            .collect();
        Properties::of(values)
    }

    #[test]
    fn an_empty_cell_of_the_daemons_list_is_nothing() {
        let info = properties(&[
            ("serving", true.into()),
            ("cell-type", 5_u32.into()),
            ("operator-id", "00000".into()),
            ("tac", "0".into()),
            ("ci", "0".into()),
            ("physical-ci", "0".into()),
            ("earfcn", 0_u32.into()),
            ("rsrp", (-140.0).into()),
            ("rsrq", 0.0.into()),
        ]);
        assert_eq!(cell(&info), (true, Reading::default()));
        let real = properties(&[
            ("serving", true.into()),
            ("cell-type", 5_u32.into()),
            ("operator-id", "20801".into()),
            ("ci", "2B51C03".into()),
            ("earfcn", 6400_u32.into()),
        ]);
        let real = cell(&real).1.cell;
        assert_eq!(
            real.band.map(|band| band.to_string()).as_deref(),
            Some("B20")
        );
        assert_eq!(place("208,01,FFFE,FFFFFFFF,FFFFFF"), (None, None));
    }

    #[test]
    fn each_error_of_the_daemon_is_one_that_a_person_can_act_on() {
        let code = |name: &str, detail: &str| {
            let cause = Cause::named(&format!("org.freedesktop.{name}"), detail.into());
            let call = MethodCall::new("/", MODEM, "Enable", Args::Flag(true));
            Error::from(CallFault::new(&call, "mm:0", cause)).code()
        };
        let mm = |name: &str| code(&format!("ModemManager1.Error.{name}"), "");
        assert_eq!(mm("Core.Unauthorized"), "manager.denied");
        assert_eq!(mm("Core.InProgress"), "manager.in_progress");
        assert_eq!(mm("Core.Cancelled"), "manager.cancelled");
        assert_eq!(mm("Core.WrongState"), "manager.wrong_state");
        assert_eq!(mm("MobileEquipment.SimNotInserted"), "sim.absent");
        assert_eq!(mm("Core.Failed"), "manager.refused");
        let polkit = "PolicyKit authorization failed: challenge needed for x";
        let denied = code("ModemManager1.Error.Core.Failed", polkit);
        assert_eq!(denied, "manager.denied");
        assert_eq!(code("DBus.Error.AccessDenied", ""), "manager.denied");
        assert_eq!(code("DBus.Error.ServiceUnknown", ""), "manager.lost");
        assert_eq!(code("DBus.Error.NoReply", ""), "manager.lost");
        assert_eq!(code("DBus.Error.UnknownObject", ""), "modem.gone");
        assert_eq!(code("DBus.Error.UnknownMethod", ""), "manager.refused");
    }

    #[test]
    fn a_registration_is_refused_for_good_only_where_the_daemon_says_so() {
        let fault = |name: &str| {
            fault_of_network(
                &format!("org.freedesktop.ModemManager1.Error.{name}"),
                Some("why"),
            )
        };
        let denied = Some(NetworkFault::Denied(Some("why".to_owned())));
        assert_eq!(
            fault("MobileEquipment.NoNetwork"),
            Some(NetworkFault::NotAvailable)
        );
        assert_eq!(fault("MobileEquipment.NetworkNotAllowed"), denied);
        assert_eq!(fault("MobileEquipment.GprsPlmnNotAllowed"), denied);
        assert_eq!(fault("MobileEquipment.Unknown"), None);
        assert_eq!(fault("Core.Cancelled"), None);
    }

    #[test]
    fn levels_that_are_no_measurement_are_unknown() {
        let lte: HashMap<&str, Value<'static>> = HashMap::from([
            ("rsrp", Value::F64(-97.0)),
            ("rsrq", Value::F64(-11.5)),
            ("snr", Value::F64(-f64::MAX)),
            ("rssi", Value::F64(f64::NAN)),
        ]);
        let read = reading(&properties(&[("Lte", Value::from(lte))]), Some(Access::Lte));
        assert_eq!(read.rsrp, Rsrp::new(-97));
        assert_eq!(read.rsrq, Rsrq::from_tenths(-115));
        assert_eq!((read.sinr, read.rssi), (None, None));
        let odd: HashMap<&str, Value<'static>> = HashMap::from([
            ("rsrp", Value::F64(-32768.0)),
            ("snr", Value::F64(-32768.0)),
        ]);
        let read = reading(&properties(&[("Lte", Value::from(odd))]), None);
        assert_eq!((read.rsrp, read.sinr, read.source), (None, None, None));
    }

    #[test]
    fn numbers_mean_what_the_daemon_s_headers_say() {
        assert_eq!(access(1 << 14), Some(Access::Lte));
        assert_eq!(access(1 << 14 | 1 << 15), Some(Access::NrNsa));
        assert_eq!(access(1 << 5), Some(Access::Umts));
        assert_eq!(access(1 << 3), Some(Access::Gsm));
        assert_eq!((access(0), access(u32::MAX)), (None, None));
        assert_eq!(sim_state_of(Some(8), Some(0), Some(1)), SimState::Ready);
        assert_eq!(
            sim_state_of(Some(2), Some(0), Some(2)),
            SimState::PinRequired
        );
        assert_eq!(sim_state_of(Some(-1), Some(2), Some(0)), SimState::Absent);
        assert_eq!(
            place("208,01,2F0A,2B51C03,0"),
            (Some(0x2F0A), Some(0x2B5_1C03))
        );
        assert_eq!(
            place("208,10,FFFE,12D687,C3F0"),
            (Some(0xC3F0), Some(0x12_D687))
        );
        assert_eq!(place("nonsense"), (None, None));
    }
}
