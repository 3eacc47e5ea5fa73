//! `opensim scan`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::consent;
use super::gauge::{How, Need};
use super::output::{self, Output};
use super::session::Session;
use super::settings::Settings;
use super::units;
use crate::document;
use crate::domain::Carrier;
use crate::domain::policy::{Order, Purpose};
use crate::error::Error;
use crate::ops::{self, ScanRequest};

#[derive(Debug, Args)]
pub(super) struct Scan {
    /// Register nowhere: the modem's own list and the cell in use
    #[arg(long)]
    radio_only: bool,
    /// Only these carriers, comma separated
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    carriers: Vec<String>,
    /// Also ask the modem for every network: minutes
    #[arg(long)]
    all_networks: bool,
    /// Radio readings for each carrier
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=100))]
    samples: u32,
    /// Do not measure throughput and voice
    #[arg(long)]
    no_measure: bool,
    #[command(flatten)]
    need: Need,
    #[command(flatten)]
    how: How,
    /// The most data that the whole scan may use
    #[arg(long, value_name = "BYTES", value_parser = units::bytes)]
    budget: Option<u64>,
    /// The place
    #[arg(long, value_name = "TEXT")]
    label: Option<String>,
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
    /// Write to FILE, by its ending: json, csv, html, txt
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// How to show it
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
}

/// How a document is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Text,
    /// One document.
    Json,
    /// One line a carrier.
    Csv,
    /// A page to keep or print.
    Html,
}

/// Bytes that the measurements of a survey may use where nothing else was said.
const BUDGET: u64 = 2_000_000;

/// What the modem's own list may take, seconds.
const NETWORK_LIST: u64 = 315;

impl Scan {
    pub(super) async fn run(self, settings: &Settings, output: &Output) -> ExitCode {
        let show = |body, error: Option<&Error>| {
            output.survey(body, error, self.format, self.out.as_deref())
        };
        let request = match self.request(settings) {
            Ok(request) => request,
            Err(error) => return show(document::Scan::default(), Some(&error)),
        };
        let mut session = match Session::open(settings, output).await {
            Ok(session) => session,
            Err(error) => return show(document::Scan::default(), Some(&error)),
        };
        if let Err(error) = self.ready(&mut session, settings, output, &request).await {
            session.close().await;
            return show(document::Scan::default(), Some(&error));
        }
        // The person agreed to leave the carrier in use for these and no other.
        let covers = request
            .carriers
            .iter()
            .filter_map(|c| c.plmns.first().copied());
        let order = Order::from_person(Purpose::Survey, covers);
        let (modem, context) = session.parts();
        let ended = ops::scan(modem, &context, &order, &request).await;
        session.quiet();
        session.close().await;
        let short = ops::falls_short(ended.body.carriers.iter().map(|row| &row.verdict));
        let fault = ended.fault.map(Error::Ops);
        let shown = show(ended.body, fault.as_ref());
        if short && fault.is_none() {
            return ExitCode::from(output::BELOW);
        }
        shown
    }

    /// What is to be done, where somebody agreed or can be asked.
    fn request(&self, settings: &Settings) -> Result<ScanRequest, Error> {
        let carriers = self.chosen(settings)?;
        consent::possible(settings, self.yes)?;
        Output::writable(self.out.as_deref())?;
        let need = self.need.requirement();
        let measure = if self.no_measure || self.radio_only {
            None
        } else {
            let budget = self.budget.unwrap_or(BUDGET);
            Some(self.how.measuring(settings, need, budget)?)
        };
        Ok(ScanRequest {
            samples: self.samples,
            radio_only: self.radio_only,
            all_networks: self.all_networks,
            measure,
            requirement: need,
            label: self.label.clone(),
            carriers,
        })
    }

    /// The SIM unlocked and the person asked.
    async fn ready(
        &self,
        session: &mut Session<'_>,
        settings: &Settings,
        output: &Output,
        request: &ScanRequest,
    ) -> Result<(), Error> {
        session.unlock(output).await?;
        if self.yes {
            return Ok(());
        }
        let visits = u64::try_from(request.carriers.len())
            .unwrap_or(u64::MAX)
            .saturating_add(1);
        let visits = if self.radio_only { 0 } else { visits };
        let listening = session
            .modem
            .survey_cost()
            .map_or(0, |cost| cost.takes.as_secs());
        let list = match (self.all_networks, self.radio_only) {
            (true, _) => NETWORK_LIST.saturating_add(listening),
            (false, true) => NETWORK_LIST.max(listening),
            (false, false) => 0,
        };
        let seconds = settings
            .timeout
            .as_secs()
            .saturating_mul(visits)
            .saturating_add(list);
        // A virtual modem has a server of its own; any other is measured only against one that was named.
        let is_virtual = settings
            .modem
            .as_ref()
            .is_some_and(|word| word.starts_with("sim:"));
        let measure = request.measure.as_ref();
        let budget = measure
            .filter(|m| is_virtual || m.server.is_some())
            .map(|m| m.budget);
        consent::survey(
            session,
            output,
            &request.carriers,
            self.radio_only,
            seconds,
            budget,
        )
        .await
    }

    /// The carriers that were named, each once; all of the profile's where none was.
    fn chosen(&self, settings: &Settings) -> Result<Vec<Carrier>, Error> {
        if self.carriers.is_empty() {
            return Ok(settings.profile.carriers.clone());
        }
        let mut chosen: Vec<Carrier> = Vec::new();
        for word in &self.carriers {
            let carrier = settings.carrier(word)?;
            if !chosen.iter().any(|c| c.id == carrier.id) {
                chosen.push(carrier);
            }
        }
        Ok(chosen)
    }
}
