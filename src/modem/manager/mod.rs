//! The backend that asks `ModemManager`, which holds the modem's ports, over D-Bus.
//!
//! Everything goes through the bus's gate by the list in `rules`, which has no call that would hand the choice of network to the modem.
//! The daemon tells less than a modem: not who chose the network (`unknown`, until opensim itself had one registered),
//! and no signal to noise ratio over AT. Nothing is guessed in its place.
//!
//! A call that takes long goes on in the daemon when whoever waited for it gives up; [`Modem::settle`] waits for it.

use std::collections::HashMap;
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::broadcast;
use zbus::message::{Message, Sequence};
use zbus::zvariant::OwnedValue;

use super::managed::Managed;
use super::{
    ConnectionProfile, DataPath, DataSession, Error, ManagerFault, Modem, Network, Pin, RawAnswer,
    Reach, Registration, Result, Selection, Sim, SimFault, SurveyCost,
};
use crate::bus::{Args, CallFault, Gate, MethodCall, Pending, Properties, properties, read};
use crate::domain::Identity;
use crate::domain::codes::Code;
use crate::domain::policy::Order;
use crate::domain::radio::{Cell, Reading};
use crate::domain::{Backend, Iccid, Imei, Imsi, Plmn, RegistrationState, SelectionMode};
use crate::guard::Leave;
use crate::os::clock::Clock;
use crate::os::net::interface::Interfaces;
use crate::session::ppp::Dialler;
use crate::session::{Begun, network_manager};
use crate::time::Instant;

mod breath;
mod choose;
mod daemon;
mod data;
mod events;
mod hold;
mod radio;
mod rules;
mod settled;
mod words;

use breath::Breath;
use daemon::at_first;
pub(super) use daemon::{list, reach, version};
use events::{DaemonEvent, DaemonEvents};
pub use hold::Hold;
use radio::Signal;
use rules::{MODEM, SIM, THREE_GPP};

/// The daemon's own limit for `+COPS=?`, and time for it to say that it was reached.
const LIST: Duration = crate::domain::network::NETWORK_LIST.saturating_add(Duration::from_secs(15));
/// What the daemon asks a modem when it enables it takes half a minute at most.
const ENABLE: Duration = Duration::from_secs(90);

/// A modem of `ModemManager`.
pub struct ManagerModem {
    gate: Gate,
    clock: Clock,
    path: String,
    port: String,
    events: DaemonEvents,
    news: broadcast::Receiver<(DaemonEvent, Sequence)>,
    /// What was said before this is no news.
    since: Sequence,
    pending: Pending,
    signal: Signal,
    tells_cells: bool,
    known: LastShown,
    /// What it showed in this breath.
    breath: Breath,
    /// What was begun for data, until it is ended.
    begun: Begun,
    dialler: Dialler,
    /// Where interfaces are looked up.
    host: Interfaces,
}

/// What the daemon last said.
#[derive(Debug, Default)]
struct LastShown {
    cell: Option<Cell>,
    registration: Option<Registration>,
    /// The network that opensim had it register on, away from another.
    chosen: Option<Plmn>,
    /// The network that it was taken away from, as long as the daemon goes on showing that one.
    stale: Option<Plmn>,
    /// Whether the modem's own list said that it is elsewhere.
    is_confirmed_stale: bool,
    /// The network that an earlier run had taken it away from: showing that, the daemon may show what was.
    doubted: Option<Plmn>,
    /// What the networks' names stand for, as far as lists told.
    names: HashMap<String, Plmn>,
}

impl ManagerModem {
    /// Takes up a modem that the daemon has.
    ///
    /// # Errors
    /// When the daemon or the modem is gone by now.
    pub(super) async fn open(gate: Gate, modem: &Managed) -> Result<Self> {
        let events = DaemonEvents::open(&gate, &modem.path).await;
        let events = events.map_err(|fault| at_first(fault.into()))?;
        let news = events.listen();
        let mut modem = Self {
            gate,
            clock: Clock::system(),
            path: modem.path.clone(),
            port: modem.id(),
            events,
            news,
            since: Sequence::default(),
            pending: Pending::default(),
            signal: Signal::default(),
            tells_cells: true,
            known: LastShown::default(),
            breath: Breath::default(),
            begun: Begun::default(),
            dialler: Dialler::system(),
            host: Interfaces::system(),
        };
        modem.introduced().await.map_err(at_first)?;
        Ok(modem)
    }

    /// Every property of an interface of the modem.
    async fn of(&self, interface: &str) -> Result<Properties> {
        self.of_object(&self.path, interface).await
    }

    /// Every property of an interface of an object that belongs to the modem.
    async fn of_object(&self, path: &str, interface: &str) -> Result<Properties> {
        let told = properties(&self.gate, path, interface).await;
        Ok(told.map_err(|fault| fault.about(&self.port))?)
    }

    /// A call that answers soon.
    async fn ask(&self, call: &MethodCall, leave: &Leave, within: Duration) -> Result<Message> {
        let answer = self.gate.call(call, leave, within).await;
        Ok(answer.map_err(|fault| fault.about(&self.port))?)
    }

    fn call(&self, interface: &'static str, member: &'static str, args: Args) -> MethodCall {
        MethodCall::new(&self.path, interface, member, args)
    }

    /// A call that the daemon goes on with when this future is dropped.
    async fn long(
        &mut self,
        call: MethodCall,
        leave: Leave,
        within: Duration,
    ) -> std::result::Result<Message, CallFault> {
        self.breath = Breath::default();
        let answer = self.pending.call(&self.gate, call, leave, within).await;
        answer.map_err(|fault| fault.about(&self.port))
    }

    /// Waits for news of a kind, until `until` at most; whether it came.
    async fn wait_for(&mut self, wanted: DaemonEvent, until: Instant) -> Result<bool> {
        self.breath = Breath::default();
        loop {
            tokio::select! {
                biased;
                word = self.news.recv() => match word {
                    Ok((DaemonEvent::Gone, _)) => return Err(Error::Gone { port: self.port.clone() }),
                    Ok((DaemonEvent::Lost, _)) | Err(broadcast::error::RecvError::Closed) => {
                        return Err(Error::Manager(ManagerFault::Lost));
                    }
                    Ok((word, at)) if word == wanted && at > self.since => return Ok(true),
                    Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
                },
                () = self.clock.sleep_until(Some(until)) => return Ok(false),
            }
            if self.events.is_lost() {
                return Err(Error::Manager(ManagerFault::Lost));
            }
        }
    }
}

/// What the daemon does not offer, or not to this user, is unknown; anything else is a fault.
pub(super) fn optional<T>(result: Result<T>) -> Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(
            Error::Manager(
                ManagerFault::Denied { .. }
                | ManagerFault::WrongState { .. }
                | ManagerFault::Refused { .. },
            )
            | Error::Unreadable { .. },
        ) => Ok(None),
        Err(error) => Err(error),
    }
}

#[async_trait]
impl Modem for ManagerModem {
    fn reach(&self) -> Reach {
        Reach {
            port: self.port.clone(),
            backend: Backend::Manager,
            dialect: None,
            dialect_because: None,
        }
    }

    async fn identity(&mut self) -> Result<Identity> {
        let modem = self.modem_shown().await?;
        Ok(Identity {
            manufacturer: modem.text("Manufacturer"),
            model: modem.text("Model"),
            revision: modem.text("Revision"),
            imei: modem
                .text("EquipmentIdentifier")
                .and_then(|text| Imei::parse(&text)),
        })
    }

    async fn sim(&mut self, whole: bool) -> Result<Sim> {
        let modem = self.modem_shown().await?;
        let tries = words::tries(&modem, words::PIN);
        let mut sim = Sim {
            state: words::sim_state(&modem),
            iccid: None,
            imsi: None,
            pin_tries_left: tries.and_then(|tries| u8::try_from(tries).ok()),
        };
        let Some(path) = modem.object("Sim").filter(|_| whole) else {
            return Ok(sim);
        };
        let told = self.of_object(&path, SIM).await;
        if let Some(card) = optional(told)? {
            let (iccid, imsi) = (card.text("SimIdentifier"), card.text("Imsi"));
            sim.iccid = iccid.and_then(|text| Iccid::parse(&text));
            sim.imsi = imsi.and_then(|text| Imsi::parse(&text));
        }
        Ok(sim)
    }

    async fn enter_pin(&mut self, pin: &Pin) -> Result<()> {
        let Some(path) = self.of(MODEM).await?.object("Sim") else {
            return Err(Error::Sim(SimFault::Absent));
        };
        let call = MethodCall::new(&path, SIM, "SendPin", Args::Text(pin.expose().to_owned()));
        self.breath = Breath::default();
        match self.ask(&call, &Leave::for_pin(), ENABLE).await {
            Ok(_) => self.unlocked().await,
            Err(Error::Sim(SimFault::PinWrong(_))) => {
                let tries = self.sim(false).await?.pin_tries_left;
                Err(Error::Sim(SimFault::PinWrong(tries)))
            }
            Err(error) => Err(error),
        }
    }

    async fn is_asleep(&mut self) -> Result<bool> {
        let modem = self.modem_shown().await?;
        // A radio that somebody switched off is left off.
        let on = modem.number("PowerState") == Some(words::POWER_ON);
        Ok(on && modem.signed("State") == Some(words::DISABLED))
    }

    async fn is_radio_off(&mut self) -> Result<bool> {
        let power = self.modem_shown().await?.number("PowerState");
        Ok(power.is_some_and(|power| matches!(power, words::POWER_OFF | words::POWER_LOW)))
    }

    async fn wake(&mut self) -> Result<()> {
        if !self.is_asleep().await? {
            return Ok(());
        }
        let call = self.call(MODEM, "Enable", Args::Flag(true));
        self.long(call, Leave::NONE, ENABLE).await?;
        self.registration_known().await
    }

    async fn selection(&mut self) -> Result<Selection> {
        let network = self.network_shown().await?;
        let name = network.text("OperatorName");
        let code = network.text("OperatorCode");
        let plmn = code.and_then(|code| code.parse().ok());
        // Where no code is told, the name may be one that a list has told with its code.
        let named = name.as_ref().and_then(|name| self.known.names.get(name));
        let plmn = plmn.or(named.copied());
        if plmn.is_some() && plmn == self.known.stale {
            // A modem that says nothing unasked leaves the daemon showing the network that it was on before.
            return Ok(Selection {
                mode: SelectionMode::Unknown,
                plmn: None,
                in_use: false,
                operator_name: None,
                access: None,
            });
        }
        self.known.stale = None;
        self.known.is_confirmed_stale = false;
        // The daemon does not tell who chose. It is known only of what opensim itself had it register on just now.
        let chosen = plmn.is_some() && plmn == self.known.chosen;
        Ok(Selection {
            mode: if chosen {
                SelectionMode::Manual
            } else {
                SelectionMode::Unknown
            },
            plmn,
            in_use: plmn.is_some() || name.is_some(),
            operator_name: name,
            access: None,
        })
    }

    fn tells_who_chose(&self) -> bool {
        false
    }

    async fn registration(&mut self) -> Result<Registration> {
        let (modem, network) = self.shown_anew().await?;
        let state = network.number("RegistrationState");
        let state = state.and_then(|state| u8::try_from(state).ok());
        let state = state.map_or(RegistrationState::Unknown, RegistrationState::from_stat);
        let (tac, cell_id) = if state.is_registered() {
            self.place().await?
        } else {
            (None, None)
        };
        let access = modem.number("AccessTechnologies").and_then(words::access);
        let registration = Registration {
            state,
            access: access.filter(|_| state.is_registered()),
            tac,
            cell_id,
        };
        self.known.registration = Some(registration);
        Ok(registration)
    }

    async fn reading(&mut self) -> Result<Reading> {
        self.read_radio().await
    }

    fn levels_withheld(&self) -> Option<Code> {
        self.signal.withheld()
    }

    async fn networks(&mut self) -> Result<Vec<Network>> {
        self.wake().await?;
        let call = self.call(THREE_GPP, "Scan", Args::None);
        let told = self.long(call, Leave::NONE, LIST).await?;
        let call = self.call(THREE_GPP, "Scan", Args::None);
        let list: Vec<HashMap<String, OwnedValue>> = read(&self.gate, &told, &call)?;
        let list = list.into_iter().map(Properties::of);
        let list: Vec<Network> = list.filter_map(|entry| words::network(&entry)).collect();
        for network in &list {
            for name in [&network.long_name, &network.short_name] {
                let name = name.iter().cloned();
                self.known
                    .names
                    .extend(name.map(|name| (name, network.plmn)));
            }
        }
        Ok(list)
    }

    fn doubt(&mut self, plmn: Plmn) {
        self.known.doubted = Some(plmn);
    }

    fn know_name(&mut self, name: &str, plmn: Plmn) {
        self.known.names.insert(name.to_owned(), plmn);
    }

    fn survey_cost(&self) -> Option<SurveyCost> {
        None
    }

    async fn cell_survey(&mut self, _within: Duration) -> Result<Option<Vec<Reading>>> {
        Ok(None)
    }

    async fn neighbours(&mut self) -> Result<Vec<Reading>> {
        let cells = self.cells().await?.into_iter();
        let others = cells.filter(|(serves, _)| !serves);
        Ok(others.map(|(_, reading)| reading).collect())
    }

    async fn select(&mut self, order: &Order, plmn: Plmn, within: Duration) -> Result<()> {
        self.choose(order, plmn, within).await
    }

    async fn standing(&mut self) -> Result<Option<ConnectionProfile>> {
        Ok(network_manager::standing(&self.path).await?)
    }

    async fn set_standing(&mut self, order: &Order, standing: &ConnectionProfile) -> Result<()> {
        let leave = Leave::under(order);
        Ok(network_manager::set(&self.path, standing, &leave).await?)
    }

    async fn settle(&mut self) -> Result<()> {
        self.pending.settle().await;
        self.begun.settle().await;
        Ok(())
    }

    async fn registration_news(&mut self, until: Instant) -> Result<()> {
        self.wait_for(DaemonEvent::Modem, until).await.map(drop)
    }

    async fn refusal(&mut self) -> Result<Option<String>> {
        Ok(None)
    }

    async fn data(&mut self) -> Result<DataPath> {
        self.data_path().await
    }

    async fn data_session(
        &mut self,
        order: Option<(&Order, Plmn)>,
        within: Duration,
    ) -> Result<DataSession> {
        self.open_session(order, within).await
    }

    async fn data_settled(&mut self) {
        self.begun.settle().await;
    }

    fn last_cell(&self) -> Option<Cell> {
        self.known.cell.clone()
    }

    fn last_registration(&self) -> Option<Registration> {
        self.known.registration
    }

    async fn raw(&mut self, _: &str, _: bool, _: Duration) -> Result<RawAnswer> {
        // The daemon passes AT on only where it was started for debugging.
        Err(Error::Busy {
            port: self.port.clone(),
            holder: Some("ModemManager".to_owned()),
        })
    }

    async fn close(&mut self) -> Result<()> {
        let put_down = self.begun.end().await.map_err(Error::from);
        if let Some(rate) = self.signal.restore.take() {
            self.set_rate(rate).await?;
        }
        put_down
    }
}

#[cfg(test)]
mod tests;
