//! The backend that speaks AT on a port, in the dialect of the modem at its end.
//!
//! It asks nothing twice, leaves the port's settings as it found them, and selects a network only with a person's
//! order, which goes down to the guard with the command. What a vendor says differently is the dialect's affair.

use std::collections::HashSet;
use std::time::Duration;

use async_trait::async_trait;

use super::{
    DataPath, DataSession, Error, Modem, Network, Pin, RawAnswer, Reach, Registration, Result,
    Selection, Sim, SimFault, SurveyCost, Way,
};
use crate::at::Request;
use crate::at::result::Line;
use crate::at::standard::equipment::Phone;
use crate::at::standard::{self, Command, network_list};
use crate::dialect::{self, Dialect, Evidence, Scales, UsbId};
use crate::domain::Identity;
use crate::domain::policy::Order;
use crate::domain::radio::{Cell, Reading};
use crate::domain::{Backend, Domain, Plmn};
use crate::guard::Leave;
use crate::link::Driver;
use crate::os::clock::Clock;
use crate::time::Instant;

mod about;
mod card;
mod conversation;
mod data;
mod learnt;
mod network;
mod reading;
mod settings;
mod words;

use data::DataWay;
use learnt::Learnt;
use settings::PortSettings;

/// An AT modem.
pub struct AtModem {
    driver: Driver,
    clock: Clock,
    port: String,
    data: DataWay,
    dialect: &'static dyn Dialect,
    because: Evidence,
    identity: Identity,
    scales: Scales,
    unsolicited: tokio::sync::broadcast::Receiver<Line>,
    settings: PortSettings,
    known: LastAnswers,
    learnt: Learnt,
}

/// What the modem last said.
#[derive(Debug, Default)]
struct LastAnswers {
    cell: Option<Cell>,
    registration: Option<Registration>,
    /// A network's name, kept while the modem prints codes.
    name: Option<(Plmn, String)>,
    /// Whether it was asked for the code of a network in use and told none.
    tells_no_code: bool,
    /// What it means by the names of networks, as far as it was told.
    names: Vec<(String, Plmn)>,
    /// Domains whose command it does not know.
    without: Vec<Domain>,
    /// Since when its card is waited for.
    card_awaited: Option<Instant>,
    /// What it said of its card.
    card: Vec<Line>,
    /// Queries of a reading that it refused twice.
    refused: HashSet<&'static str>,
}

impl AtModem {
    /// Gets into step with whatever is at the end of the link and finds its dialect.
    ///
    /// # Errors
    /// When nothing answers AT there.
    pub async fn open(
        driver: Driver,
        clock: Clock,
        port: String,
        usb: Option<UsbId>,
        way: Way,
        forced: Option<&'static dyn Dialect>,
    ) -> Result<Self> {
        let generic = dialect::DIALECTS[dialect::DIALECTS.len() - 1];
        let unsolicited = driver.listen();
        let mut modem = Self {
            driver,
            clock,
            port,
            data: DataWay::new(way),
            dialect: generic,
            because: Evidence::Nothing,
            identity: Identity::default(),
            scales: Scales::default(),
            unsolicited,
            settings: PortSettings::default(),
            known: LastAnswers::default(),
            learnt: Learnt::default(),
        };
        modem.settings.errors = modem.handshake().await?;
        if modem.settings.errors.is_none() {
            modem.find_question().await?;
        }
        let about = modem.inquire(standard::Identify.request()).await?;
        modem.worded_results().await?;
        let mut identity = modem.dialect.identity(&about.lines);
        if identity.manufacturer.is_none() && identity.model.is_none() {
            // Telit says a build number, Fibocom's Intel modems a build's date.
            modem.complete(&mut identity).await?;
        }
        let found = dialect::detect(usb, &identity);
        let (dialect, because) = match forced {
            Some(dialect) => (dialect, Evidence::Forced),
            None => (found.dialect, found.because),
        };
        modem.dialect = dialect;
        modem.because = because;
        let said = dialect.identity(&about.lines);
        modem.identity = Identity {
            model: identity.model,
            manufacturer: identity.manufacturer,
            revision: said.revision.or(identity.revision),
            imei: said.imei.or(identity.imei),
        };
        let profile = dialect.profile();
        modem
            .driver
            .expect_unsolicited(profile.urc_prefixes, profile.urc_lines);
        Ok(modem)
    }
}

#[async_trait]
impl Modem for AtModem {
    fn reach(&self) -> Reach {
        Reach {
            port: self.port.clone(),
            backend: Backend::At,
            dialect: Some(self.dialect.profile().name),
            dialect_because: Some(words::because(&self.because)),
        }
    }

    async fn identity(&mut self) -> Result<Identity> {
        let mut identity = self.identity.clone();
        self.complete(&mut identity).await?;
        self.identity = identity.clone();
        Ok(identity)
    }

    async fn sim(&mut self, whole: bool) -> Result<Sim> {
        self.card(whole).await
    }

    async fn enter_pin(&mut self, pin: &Pin) -> Result<()> {
        self.numbered_errors().await?;
        let Some(command) = standard::EnterPin::new(pin.expose()) else {
            return Err(Error::Sim(SimFault::PinWrong(None)));
        };
        let reply = self.send(command.request(), Leave::for_pin()).await?;
        match reply.end.cme() {
            _ if reply.end.is_ok() => Ok(()),
            Some(16 | 11) | None => {
                let tries = self.pin_tries().await?;
                Err(Error::Sim(SimFault::PinWrong(tries)))
            }
            Some(12) => Err(Error::Sim(SimFault::PukRequired)),
            Some(10) => Err(Error::Sim(SimFault::Absent)),
            Some(14) => Err(Error::Sim(SimFault::Busy)),
            Some(_) => Err(words::refusal("AT+CPIN=".to_owned(), &reply.end)),
        }
    }

    async fn is_radio_off(&mut self) -> Result<bool> {
        let phone = self.ask_optional(&standard::Functionality).await?;
        Ok(matches!(phone, Some(Phone::Minimum | Phone::Flight)))
    }

    async fn selection(&mut self) -> Result<Selection> {
        self.operator().await
    }

    fn know_name(&mut self, name: &str, plmn: Plmn) {
        let known = (name.to_owned(), plmn);
        if !self.known.names.contains(&known) {
            self.known.names.push(known);
        }
    }

    async fn registration(&mut self) -> Result<Registration> {
        let stands = self.ask_domains().await?;
        let found = Registration {
            state: stands.state,
            access: stands.access,
            tac: stands.area,
            cell_id: stands.cell,
        };
        self.known.registration = Some(found);
        Ok(found)
    }

    async fn reading(&mut self) -> Result<Reading> {
        self.read_cell().await
    }

    async fn networks(&mut self) -> Result<Vec<Network>> {
        self.numbered_errors().await?;
        let limit = self.dialect.profile().network_list;
        let request = Request::network_list(limit);
        let reply = self.ask(request, Leave::NONE).await?;
        let entries = network_list::parse(&reply.lines).entries;
        let networks: Vec<Network> = entries.into_iter().map(words::network).collect();
        for network in &networks {
            let names = [&network.long_name, &network.short_name];
            for name in names.into_iter().flatten() {
                self.know_name(name, network.plmn);
            }
        }
        Ok(networks)
    }

    fn survey_cost(&self) -> Option<SurveyCost> {
        let survey = self.dialect.survey(&self.identity)?;
        Some(SurveyCost {
            takes: survey.run.timeout,
            stays_registered: survey.stays_registered,
        })
    }

    async fn cell_survey(&mut self, within: Duration) -> Result<Option<Vec<Reading>>> {
        let Some(survey) = self.dialect.survey(&self.identity) else {
            return Ok(None);
        };
        if let Some(supported) = &survey.supported {
            let known = self.inquire(words::request(supported)).await?;
            if !known.is_answer() {
                return Ok(None);
            }
        }
        let request = words::request(&survey.run);
        let limit = request.timeout.min(within);
        let request = Request {
            abortable: survey.abortable,
            ..request.within(limit)
        };
        let reply = self.ask(request, Leave::NONE).await?;
        Ok(Some(self.dialect.survey_cells(&reply)))
    }

    async fn neighbours(&mut self) -> Result<Vec<Reading>> {
        let Some(query) = self.dialect.neighbours_query() else {
            return Ok(Vec::new());
        };
        let reply = self.inquire(words::request(&query)).await?;
        Ok(if reply.is_answer() {
            self.dialect.neighbours(&reply)
        } else {
            Vec::new()
        })
    }

    async fn select(&mut self, order: &Order, plmn: Plmn, within: Duration) -> Result<()> {
        self.numbered_errors().await?;
        self.watch_registration().await?;
        self.learnt.elsewhere();
        // What was said before the request is not about it.
        self.unsolicited = self.driver.listen();
        self.known.registration = None;
        self.known.cell = None;
        self.known.refused.clear();
        let mut select = standard::SelectOperator::new(plmn, within);
        let mut reply = self.select_once(&select, order).await?;
        // A modem that reads texts as UCS-2 may want the code so too, and says that it does not support it plainly.
        if reply.end.cme() == Some(4) {
            select.ucs2 = true;
            reply = self.select_once(&select, order).await?;
        }
        let command = select.request().line;
        match words::selection_fault(&reply.end) {
            _ if reply.end.is_ok() => Ok(()),
            Some(fault) => Err(Error::Network { plmn, fault }),
            None => Err(words::refusal(command, &reply.end)),
        }
    }

    async fn settle(&mut self) -> Result<()> {
        self.data.begun.settle().await;
        // The engine holds the queue until the modem is in step again, so an answer means that it is.
        self.send(Request::plain("AT"), Leave::NONE).await.map(drop)
    }

    async fn registration_news(&mut self, until: Instant) -> Result<()> {
        loop {
            tokio::select! {
                line = self.unsolicited.recv() => match line {
                    Ok(line) if words::is_registration(&line) => return Ok(()),
                    Ok(_) | Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => {}
                    Err(tokio::sync::broadcast::error::RecvError::Closed) => {
                        return Err(self.over());
                    }
                },
                () = self.clock.sleep_until(Some(until)) => return Ok(()),
            }
        }
    }

    async fn refusal(&mut self) -> Result<Option<String>> {
        Ok(self.ask_optional(&standard::ExtendedError).await?.flatten())
    }

    async fn data(&mut self) -> Result<DataPath> {
        self.data_path().await
    }

    async fn data_session(
        &mut self,
        _: Option<(&Order, Plmn)>,
        within: Duration,
    ) -> Result<DataSession> {
        self.open_session(within).await
    }

    async fn data_settled(&mut self) {
        self.data.begun.settle().await;
    }

    fn last_cell(&self) -> Option<Cell> {
        self.known.cell.clone()
    }

    fn last_registration(&self) -> Option<Registration> {
        self.known.registration
    }

    async fn raw(&mut self, line: &str, forced: bool, within: Duration) -> Result<RawAnswer> {
        let mut request = Request::typed(line).within(within);
        if request.abortable {
            request.timeout = within.max(self.dialect.profile().network_list);
        }
        self.settings.restore_numbers &= !words::sets_results(line);
        let leave = if forced { Leave::forced() } else { Leave::NONE };
        let reply = self.send(request, leave).await?;
        Ok(RawAnswer {
            end: words::ending(&reply.end),
            lines: reply
                .lines
                .iter()
                .map(|line| line.bytes().to_vec())
                .collect(),
        })
    }

    fn unanswered(&self) -> &[String] {
        self.learnt.warned_of()
    }

    async fn close(&mut self) -> Result<()> {
        if let Err(fault) = self.data.begun.end().await {
            tracing::warn!(%fault, "the data session could not be ended");
        }
        let restored = self.restore().await;
        self.driver.close().await;
        restored
    }
}

impl AtModem {
    /// Puts back every setting that was changed.
    async fn restore(&mut self) -> Result<()> {
        self.put_back().await?;
        if std::mem::take(&mut self.settings.restore_numbers) {
            // As it was found; nobody else is let do so unasked, since whoever comes next might not know the modem again.
            let found = Request::plain("ATV0");
            self.exchange(found, Leave::forced()).await?;
        }
        Ok(())
    }
}
