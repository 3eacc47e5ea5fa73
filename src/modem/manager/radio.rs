//! What the daemon tells of the radio: levels that it reads at a rate it is told, the serving cell, and its place.

use std::collections::HashMap;
use std::time::Duration;

use zbus::zvariant::OwnedValue;

use super::events::DaemonEvent;
use super::rules::{LOCATION, MODEM, SIGNAL};
use super::{ManagerModem, optional, words};
use crate::bus::{Args, Properties, SOON, read};
use crate::domain::codes::Code;
use crate::domain::radio::Reading;
use crate::guard::Leave;
use crate::modem::{Error, ManagerFault, Modem as _, Result};
use crate::time::Instant;

/// How often the daemon is told to read the signal, in seconds.
const RATE: u32 = 1;
/// The longest that the first reading of a network's signal takes at a rate that another program has set: the daemon's
/// timers go by whole seconds, so the second that it was told may become two.
const FIRST_READING: Duration = Duration::from_millis(2_500);
/// The longest that any other reading is waited for. Told anew to read them, the daemon does so at once; and one that
/// repeats the last is not announced.
const NEW_READING: Duration = Duration::from_millis(1_200);

/// What was set of the signal.
#[derive(Debug, Default)]
pub(super) struct Signal {
    /// The rate found, once another was set.
    pub(super) restore: Option<u32>,
    /// Whether the daemon was told to read it, or said that it does not.
    settled: bool,
    /// When a new reading was last waited for.
    pub(super) read: Option<Instant>,
    /// Whether the levels at hand may still be those of a network that was left.
    pub(super) former: bool,
    /// Whether the daemon was told to read them just now.
    is_anew: bool,
    /// Why no levels come, once they were wanted and none did.
    withheld: Option<Code>,
    /// Whether a reading went without them.
    pub(super) missed: bool,
}

impl Signal {
    /// Why readings went without levels, where any did.
    pub(super) fn withheld(&self) -> Option<Code> {
        self.withheld.filter(|_| self.missed)
    }
}

/// The daemon, or the modem behind it, has no levels to tell.
const NONE: Code = Code::MANAGER_NO_LEVELS;
/// The daemon does not let this user have it read them.
const DENIED: Code = Code::MANAGER_LEVELS_DENIED;

impl ManagerModem {
    /// One reading of the serving cell.
    pub(super) async fn read_radio(&mut self) -> Result<Reading> {
        let signal = self.levels().await?;
        let registration = self.registration().await?;
        let mut reading = words::reading(&signal, registration.access);
        let serving = self.cells().await?.into_iter().find(|(serves, _)| *serves);
        if let Some((_, cell)) = serving {
            reading.cell = cell.cell;
            reading.rsrp = reading.rsrp.or(cell.rsrp);
            reading.rsrq = reading.rsrq.or(cell.rsrq);
            reading.sinr = reading.sinr.or(cell.sinr);
            reading.source = reading.source.or(cell.source);
        }
        let cell = &mut reading.cell;
        cell.access = cell.access.or(registration.access);
        cell.tac = cell.tac.or(registration.tac);
        cell.cell_id = cell.cell_id.or(registration.cell_id);
        let mut reading = reading.sound();
        // What it is registered on is a fact without a cell too.
        reading.cell.access = reading.cell.access.or(registration.access);
        self.known.cell = Some(reading.cell.clone());
        self.signal.missed |= reading.rsrp.is_none() && reading.rssi.is_none();
        Ok(reading)
    }

    /// The signal as the daemon tells it. What cannot come is not waited for.
    async fn levels(&mut self) -> Result<Properties> {
        let state = self.modem_shown().await?.signed("State");
        if state.is_some_and(|state| state < words::ENABLED) {
            // It reads none of a modem that is not switched on.
            self.signal.withheld.get_or_insert(NONE);
            return Ok(Properties::default());
        }
        let Some(signal) = optional(self.of(SIGNAL).await)? else {
            self.signal.withheld = Some(NONE);
            return Ok(Properties::default());
        };
        if !self
            .signal_on(signal.number("Rate").unwrap_or_default())
            .await?
        {
            // What stands there is from whenever somebody had them read, perhaps on another network.
            let is_old = self.signal.former;
            return Ok(if is_old {
                Properties::default()
            } else {
                signal
            });
        }
        if self.signal.withheld == Some(NONE) && !words::has_levels(&signal) {
            return Ok(signal);
        }
        self.new_levels(signal).await
    }

    /// Has the daemon read the signal; whether it does. A daemon or modem that does not is asked once. The rate of another
    /// program is left, unless the network was changed and it is too slow to tell of the new one.
    async fn signal_on(&mut self, rate: u32) -> Result<bool> {
        let is_ours = self.signal.restore.is_some();
        if is_ours && self.signal.former && rate != 0 {
            // Stopped and begun anew it forgets what it read on the network that was left, and reads at once.
            let stopped = optional(self.set_rate(0).await)?.is_some();
            self.signal.is_anew = stopped && optional(self.set_rate(RATE).await)?.is_some();
            self.signal.read = Some(self.clock.now());
            return Ok(true);
        }
        let suits = rate != 0 && (rate <= RATE || !self.signal.former);
        if suits || std::mem::replace(&mut self.signal.settled, true) {
            return Ok(suits || is_ours);
        }
        let asked = self.set_rate(RATE).await;
        let is_denied = matches!(&asked, Err(Error::Manager(ManagerFault::Denied { .. })));
        if optional(asked)?.is_none() {
            self.signal.withheld = Some(if is_denied { DENIED } else { NONE });
            return Ok(false);
        }
        self.signal.restore = Some(rate);
        self.signal.is_anew = true;
        self.signal.read = Some(self.clock.now());
        Ok(true)
    }

    /// Tells the daemon how often to read the signal, in seconds; 0 for never.
    pub(super) async fn set_rate(&self, rate: u32) -> Result<()> {
        let setup = self.call(SIGNAL, "Setup", Args::Number(rate));
        self.ask(&setup, &Leave::NONE, SOON).await.map(drop)
    }

    /// The signal once it is new, or as it is after a while: a reading that repeats is not announced.
    async fn new_levels(&mut self, before: Properties) -> Result<Properties> {
        let Some(read) = self.signal.read else {
            return Ok(before);
        };
        let first = self.signal.former || !words::has_levels(&before);
        let by_timer = first && !self.signal.is_anew;
        let until = read + if by_timer { FIRST_READING } else { NEW_READING };
        loop {
            let came = self.wait_for(DaemonEvent::Signal, until).await?;
            let signal = optional(self.of(SIGNAL).await)?.unwrap_or_default();
            let tells = words::has_levels(&signal);
            // The rate that was just set is news of the signal too.
            if !came || tells {
                self.signal.read = Some(self.clock.now());
                (self.signal.former, self.signal.is_anew) = (false, false);
                // Waited for once in full and in vain, they are not waited for again until some come.
                self.signal.withheld = (!tells).then_some(NONE);
                return Ok(signal);
            }
        }
    }

    /// The serving cell as the modem lists it, where it does.
    pub(super) async fn cells(&mut self) -> Result<Vec<(bool, Reading)>> {
        if !self.tells_cells {
            return Ok(Vec::new());
        }
        let call = self.call(MODEM, "GetCellInfo", Args::None);
        let Some(told) = optional(self.ask(&call, &Leave::NONE, SOON).await)? else {
            self.tells_cells = false;
            return Ok(Vec::new());
        };
        let list: Vec<HashMap<String, OwnedValue>> = read(&self.gate, &told, &call)?;
        let cells = list.into_iter().map(Properties::of);
        Ok(cells.map(|info| words::cell(&info)).collect())
    }

    /// Tracking area and cell, where the daemon gathers them and this user may know.
    pub(super) async fn place(&self) -> Result<(Option<u32>, Option<u64>)> {
        let call = self.call(LOCATION, "GetLocation", Args::None);
        let Some(told) = optional(self.ask(&call, &Leave::NONE, SOON).await)? else {
            return Ok((None, None));
        };
        let sources: HashMap<u32, OwnedValue> = read(&self.gate, &told, &call)?;
        // `MM_MODEM_LOCATION_SOURCE_3GPP_LAC_CI`.
        let text = sources.get(&1).and_then(|v| v.downcast_ref::<&str>().ok());
        Ok(text.map(words::place).unwrap_or_default())
    }
}
