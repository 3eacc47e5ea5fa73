//! A modem as the use cases see it, whatever carries the words: AT on a port, or another program that holds it.
//!
//! A backend says what the modem said and does what it is told; it decides nothing. Selecting a network takes a
//! person's [`Order`], which the backend hands down to the last step before the wire.

use std::time::Duration;

use async_trait::async_trait;

use crate::domain::codes::Code;
use crate::domain::policy::Order;
use crate::domain::radio::{Cell, Reading};
use crate::domain::{
    Access, Availability, Backend, ConnectionProfile, Iccid, Identity, Imsi, Plmn,
    RegistrationState, SelectionMode, SimState,
};
pub use crate::session::{DataFault, DataLink, DataSession, Way};
use crate::time::Instant;

pub mod at;
pub mod connect;
mod error;
pub mod managed;
#[cfg(feature = "manager")]
pub mod manager;
mod raw;

pub use error::{Error, ManagerFault, NetworkFault, SimFault, Tried};
pub use raw::{Ending, RawAnswer};

/// What a backend gives.
pub type Result<T> = std::result::Result<T, Error>;

/// Where and how a modem is reached; known before anything is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// The port or bus path, e.g. `/dev/ttyUSB2`, `sim:home`.
    pub port: String,
    /// What carries the words.
    pub backend: Backend,
    /// The dialect in use, where the backend has one.
    pub dialect: Option<&'static str>,
    /// Why that dialect, in a few words for support.
    pub dialect_because: Option<String>,
}

/// The SIM, as far as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Sim {
    /// Whether it can be used.
    pub state: SimState,
    /// Its number.
    pub iccid: Option<Iccid>,
    /// Its subscription's number.
    pub imsi: Option<Imsi>,
    /// How often a PIN may still be tried.
    pub pin_tries_left: Option<u8>,
}

/// What `+COPS?` says.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    /// Who chooses.
    pub mode: SelectionMode,
    /// The network in use.
    pub plmn: Option<Plmn>,
    /// Whether the modem tells of a network in use, also where it does not tell its code.
    pub in_use: bool,
    /// Its name, as the modem prints it.
    pub operator_name: Option<String>,
    /// Its technology.
    pub access: Option<Access>,
}

/// Where the modem stands with its network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Registration {
    /// Its state.
    pub state: RegistrationState,
    /// Its technology.
    pub access: Option<Access>,
    /// Its tracking or location area.
    pub tac: Option<u32>,
    /// Its cell.
    pub cell_id: Option<u64>,
}

/// One network of the modem's own list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    /// Its code.
    pub plmn: Plmn,
    /// Its long name, if it has one.
    pub long_name: Option<String>,
    /// Its short name, if it has one.
    pub short_name: Option<String>,
    /// Whether it may be used.
    pub availability: Availability,
    /// Its technology.
    pub access: Option<Access>,
}

/// What a survey of every operator's cells costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SurveyCost {
    /// The longest it takes.
    pub takes: Duration,
    /// Whether the modem stays with its network meanwhile. Where it does not, it goes back by itself afterwards.
    pub stays_registered: bool,
}

/// The data path, as far as the modem tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DataPath {
    /// The access point name of the context in use; where none is, of the first that is set up for data.
    pub apn: Option<String>,
    /// The network interface on the host.
    pub interface: Option<String>,
    /// The address the network gave.
    pub address: Option<String>,
}

/// A modem. Every call has a deadline of its own, and dropping its future cancels it.
#[async_trait]
pub trait Modem: Send {
    /// Where and how it is reached.
    fn reach(&self) -> Reach;

    /// Who it is; asked once, then remembered.
    async fn identity(&mut self) -> Result<Identity>;

    /// The SIM. Identifiers and tries are read too where `whole`; else the state alone.
    async fn sim(&mut self, whole: bool) -> Result<Sim>;

    /// Gives the PIN, once.
    async fn enter_pin(&mut self, pin: &Pin) -> Result<()>;

    /// Whether the program that keeps it has switched it off, so that it is on no network.
    async fn is_asleep(&mut self) -> Result<bool> {
        Ok(false)
    }

    /// Has it look for a network, where the program that keeps it had switched it off. Selects nothing.
    async fn wake(&mut self) -> Result<()> {
        Ok(())
    }

    /// Whether its radio is switched off (flight mode), so that it looks for no network. False where it does not tell.
    async fn is_radio_off(&mut self) -> Result<bool>;

    /// Who chooses the network, and which is in use.
    async fn selection(&mut self) -> Result<Selection>;

    /// Whether it tells who chose the network. Where it does not, [`SelectionMode::Unknown`] is no want of an answer, and a
    /// network in use is all that can be known.
    fn tells_who_chose(&self) -> bool {
        true
    }

    /// Tells it what an earlier run had learnt: which network it means by a name, should it tell that and no code.
    fn know_name(&mut self, name: &str, plmn: Plmn) {
        let _ = (name, plmn);
    }

    /// Tells it that a change was broken off that had taken it away from a network: a backend that shows it to be there
    /// may show what was.
    fn doubt(&mut self, plmn: Plmn) {
        let _ = plmn;
    }

    /// Where it stands with its network.
    async fn registration(&mut self) -> Result<Registration>;

    /// One reading of the serving cell.
    async fn reading(&mut self) -> Result<Reading>;

    /// Why readings so far went without levels, as a warning's code, where something stands between modem and reader.
    fn levels_withheld(&self) -> Option<Code> {
        None
    }

    /// The modem's own list of networks: minutes, and the data link may drop.
    async fn networks(&mut self) -> Result<Vec<Network>>;

    /// What [`Modem::cell_survey`] costs; `None` where the modem has none.
    fn survey_cost(&self) -> Option<SurveyCost>;

    /// Every operator's cells, without registering anywhere; `None` where the modem cannot list them. Whether this
    /// firmware can is asked first.
    async fn cell_survey(&mut self, within: Duration) -> Result<Option<Vec<Reading>>>;

    /// The cells around the one in use, mostly of the same operator; empty where the modem does not tell.
    async fn neighbours(&mut self) -> Result<Vec<Reading>>;

    /// Asks for one network, by a person's order. `Ok` says that the modem took the request, not that it is
    /// registered.
    async fn select(&mut self, order: &Order, plmn: Plmn, within: Duration) -> Result<()>;

    /// What another program would have it select at its next connection; `None` where none has such a setting.
    async fn standing(&mut self) -> Result<Option<ConnectionProfile>> {
        Ok(None)
    }

    /// Writes that setting under a person's order. It selects nothing by itself.
    async fn set_standing(&mut self, order: &Order, standing: &ConnectionProfile) -> Result<()> {
        let _ = (order, standing);
        Ok(())
    }

    /// Ends a selection or list that is still running, and waits until the modem is itself again.
    async fn settle(&mut self) -> Result<()>;

    /// Returns when the modem says unasked that its registration changed, or at `until`.
    async fn registration_news(&mut self, until: Instant) -> Result<()>;

    /// Why the network refused, in the modem's words (`+CEER`), where it tells.
    async fn refusal(&mut self) -> Result<Option<String>>;

    /// The data path.
    async fn data(&mut self) -> Result<DataPath>;

    /// A session over the way that data takes on the network in use: waits until it is up, `within` at most. What cannot
    /// touch the choice of carrier (a PPP call on another port) is brought up where it is down; what can (a bearer of
    /// `ModemManager`) only with a person's order for the network in use. What was brought up ends with the session.
    async fn data_session(
        &mut self,
        order: Option<(&Order, Plmn)>,
        within: Duration,
    ) -> Result<DataSession>;

    /// Returns when what was brought up for sessions that were dropped has ended.
    async fn data_settled(&mut self);

    /// The serving cell's last known facts without asking again.
    fn last_cell(&self) -> Option<Cell>;

    /// The last known registration without asking again.
    fn last_registration(&self) -> Option<Registration>;

    /// The questions that it left unanswered so far, while it answered others; identifiers masked.
    fn unanswered(&self) -> &[String] {
        &[]
    }

    /// A raw command line through the same guard; its information lines and how it ended. `forced` where a person said
    /// that it is to be sent although the guard does not know it to be harmless.
    async fn raw(&mut self, line: &str, forced: bool, within: Duration) -> Result<RawAnswer>;

    /// Puts back the settings that opensim changed on the port, and lets go of it.
    async fn close(&mut self) -> Result<()>;
}

/// A PIN. It shows nothing of itself and is wiped from memory when dropped.
#[derive(Debug, Clone)]
pub struct Pin(secrecy::SecretString);

impl Pin {
    /// Four to eight digits (TS 51.011); `None` for anything else, so that no try is spent on a slip.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = (4..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| Self(text.to_owned().into()))
    }

    /// The digits, for the one command that needs them.
    pub fn expose(&self) -> &str {
        secrecy::ExposeSecret::expose_secret(&self.0)
    }
}
