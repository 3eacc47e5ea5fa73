//! `opensim measure`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use tokio_util::sync::CancellationToken;

use super::interrupt;
use super::measure_options::{MeasureOptions, NeedOptions};
use super::open_modem::OpenModem;
use super::output::{Output, Saving, stopped};
use super::progress::Spinner;
use super::settings::{Configured, Settings};
use super::targets;
use super::units;
use crate::document;
use crate::error::Error;
use crate::measure::reach::Target;
use crate::ops::{self, Context, Finished, MeasureRequest};
use crate::os::clock::Clock;
use crate::report::Format;
use crate::store::Store;

/// Bytes that measuring one link may use where nothing else was said.
const BUDGET: u64 = 1_000_000;

#[derive(Debug, Args)]
pub(super) struct Measure {
    /// This interface instead of the modem's; again for a second link
    #[arg(long, value_name = "IF")]
    interface: Vec<String>,
    #[command(flatten)]
    need: NeedOptions,
    /// The most data that measuring may use
    #[arg(long, value_name = "BYTES", value_parser = units::bytes)]
    budget: Option<u64>,
    #[command(flatten)]
    options: MeasureOptions,
    /// Also see whether this is reached; again for more
    #[arg(long, value_name = "TARGET")]
    check: Vec<String>,
    /// Measure everything, even once something falls short
    #[arg(long)]
    all: bool,
    /// Write to FILE, by its ending: json, csv, html, txt
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// How to show it
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
}

impl Measure {
    pub(super) async fn run(self, settings: &Settings, output: &Output) -> ExitCode {
        let asked = output
            .one_form(self.format, self.out.as_deref())
            .and_then(|()| self.request(settings));
        let measured = match asked {
            Ok(request) if self.interface.is_empty() => modem(settings, output, &request).await,
            Ok(request) => self.interfaces(settings, output, &request).await,
            Err(error) => Err(error),
        };
        let saving = Saving {
            format: self.format,
            file: self.out.as_deref(),
            is_spoilt: matches!(measured, Err(Error::File { .. } | Error::Ending { .. })),
        };
        let finished = match measured {
            Ok(finished) => output.remembered(finished),
            Err(error) => stopped(document::Measure::default(), &error),
        };
        output.kept(finished, saving)
    }

    fn request(&self, settings: &Settings) -> Result<MeasureRequest, Error> {
        let links = u64::try_from(self.interface.len().max(1)).unwrap_or(1);
        let budget = self.budget.unwrap_or(BUDGET.saturating_mul(links));
        let need = self.need.requirement();
        Output::can_keep(self.format, self.out.as_deref())?;
        let configured = if self.interface.is_empty() {
            &settings.measure_modem
        } else {
            &settings.measure
        };
        let request = self.options.request(settings, configured, need, budget)?;
        Ok(MeasureRequest {
            all: self.all,
            checks: self.checks(configured)?,
            ..request
        })
    }

    /// What was named, or else what is configured.
    fn checks(&self, configured: &Configured) -> Result<Vec<Target>, Error> {
        if self.check.is_empty() {
            return Ok(configured.checks.clone());
        }
        targets::read(&self.check)
    }

    /// Interfaces that were named: no modem is looked for.
    async fn interfaces(
        &self,
        settings: &Settings,
        output: &Output,
        request: &MeasureRequest,
    ) -> Result<Finished<document::Measure>, Error> {
        let clock = Clock::system();
        let spinner = Spinner::new(output, clock.clone());
        let (store, cancel) = (settings.store.clone(), interrupt::listen(output)?);
        let context = context(settings, &clock, &store, &spinner, cancel);
        let ended = ops::measure_interfaces(&context, &self.interface, request).await;
        spinner.finish();
        Ok(ended)
    }
}

/// The modem's link on the carrier in use.
async fn modem(
    settings: &Settings,
    output: &Output,
    request: &MeasureRequest,
) -> Result<Finished<document::Measure>, Error> {
    let mut opened = OpenModem::open(settings, output).await?;
    let (modem, context) = opened.parts();
    let finished = ops::measure_modem(modem, &context, request).await;
    Ok(opened.close(finished).await)
}

fn context<'a>(
    settings: &'a Settings,
    clock: &'a Clock,
    store: &'a Store,
    spinner: &'a Spinner,
    cancel: CancellationToken,
) -> Context<'a> {
    Context {
        clock,
        store,
        profile: &settings.profile,
        listener: spinner,
        cancel,
        reveal: settings.reveal,
        limit: settings.timeout,
    }
}
