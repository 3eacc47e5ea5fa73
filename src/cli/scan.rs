//! `opensim scan`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::consent;
use super::measure_options::{MeasureOptions, NeedOptions};
use super::open_modem::OpenModem;
use super::output::{Output, Saving, stopped};
use super::settings::Settings;
use super::units;
use crate::document;
use crate::domain::Carrier;
use crate::domain::policy::{Order, Purpose};
use crate::error::Error;
use crate::ops::{self, Consent, Finished, ScanRequest};
use crate::report::Format;

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
    need: NeedOptions,
    #[command(flatten)]
    options: MeasureOptions,
    /// The most data that the whole scan may use
    #[arg(long, value_name = "BYTES", value_parser = units::bytes)]
    budget: Option<u64>,
    /// The place
    #[arg(long, value_name = "TEXT")]
    label: Option<String>,
    /// Do not keep it in the history
    #[arg(long)]
    no_history: bool,
    /// Write to FILE, by its ending: json, csv, html, txt
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// How to show it
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
}

/// Bytes that the measurements of a survey may use where nothing else was said.
const BUDGET: u64 = 2_000_000;

impl Scan {
    pub(super) async fn run(self, settings: &Settings, output: &Output) -> ExitCode {
        let asked = output
            .one_form(self.format, self.out.as_deref())
            .and_then(|()| self.request(settings));
        let surveyed = match asked {
            Ok((request, consent)) => survey(&request, consent, settings, output).await,
            Err(error) => Err(unbegun(error)),
        };
        // Who answers no keeps the file of another day.
        let is_spoilt = matches!(
            surveyed,
            Err((
                _,
                Error::File { .. } | Error::Ending { .. } | Error::Declined
            ))
        );
        let saving = Saving {
            format: self.format,
            file: self.out.as_deref(),
            is_spoilt,
        };
        let finished = match surveyed {
            Ok(finished) if !self.no_history => output.remembered(finished),
            Ok(finished) | Err((finished, _)) => finished,
        };
        output.kept(finished, saving)
    }

    /// What is to be done, where somebody agreed or can be asked.
    fn request(&self, settings: &Settings) -> Result<(ScanRequest, Consent), Error> {
        let carriers = self.chosen(settings)?;
        let consent = consent::of(settings)?;
        Output::can_keep(self.format, self.out.as_deref())?;
        let need = self.need.requirement();
        let measure = if self.no_measure || self.radio_only {
            None
        } else {
            let budget = self.budget.unwrap_or(BUDGET);
            Some(
                self.options
                    .request(settings, &settings.measure_modem, need, budget)?,
            )
        };
        let request = ScanRequest {
            samples: self.samples,
            radio_only: self.radio_only,
            all_networks: self.all_networks,
            measure,
            requirement: need,
            label: self.label.clone(),
            carriers,
        };
        Ok((request, consent))
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

/// The modem opened, the survey made, the modem closed; or the document of a survey that was not begun, and why.
async fn survey(
    request: &ScanRequest,
    consent: Consent,
    settings: &Settings,
    output: &Output,
) -> Result<Finished<document::Scan>, (Finished<document::Scan>, Error)> {
    let mut opened = OpenModem::open(settings, output).await.map_err(unbegun)?;
    if let Err(error) = ready(&mut opened, request, consent, output).await {
        let (finished, error) = unbegun(error);
        return Err((opened.close(finished).await, error));
    }
    // The person agreed to leave the carrier in use for these and no other.
    let covers = request.carriers.iter();
    let covers = covers.filter_map(|c| c.plmns.first().copied());
    let order = Order::from_person(Purpose::Survey, covers);
    let (modem, context) = opened.parts();
    let finished = ops::scan(modem, &context, &order, request).await;
    Ok(opened.close(finished).await)
}

fn unbegun(error: Error) -> (Finished<document::Scan>, Error) {
    (stopped(document::Scan::default(), &error), error)
}

/// The SIM unlocked and the person asked.
async fn ready(
    opened: &mut OpenModem<'_>,
    request: &ScanRequest,
    consent: Consent,
    output: &Output,
) -> Result<(), Error> {
    let has_server = opened.is_virtual();
    if let Some(measure) = &request.measure
        && (has_server || measure.server.is_some())
    {
        measure
            .check_budget(request.carriers.len())
            .map_err(Error::Ops)?;
    }
    opened.unlock().await?;
    if consent == Consent::Given {
        return Ok(());
    }
    let (modem, context) = opened.parts();
    let question = request.question(modem, &context, has_server).await?;
    consent::scan(&question, &opened.terminal(), output).await
}
