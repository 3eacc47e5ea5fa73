//! `opensim doctor`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use tokio_util::sync::CancellationToken;

use super::bundle;
use super::interrupt;
use super::measure_options::{MeasureOptions, NeedOptions};
use super::open_modem::OpenModem;
use super::output::{Output, Saving, stopped};
use super::progress::Spinner;
use super::settings::{self, Settings};
use super::targets;
use super::units;
use crate::document::{self, Modems, Values};
use crate::domain::doctor::DoctorCheck;
use crate::error::Error;
use crate::modem::connect::{self, Machine, OpenError};
use crate::ops::{self, Context, DoctorRequest, Finished, Patient};
use crate::os::clock::Clock;
use crate::report::Format;

/// Bytes that measuring and asking may take where nothing else was said.
const BUDGET: u64 = 1_000_000;

#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// Only these checks, and what stands in their way
    #[arg(long, value_name = "CHECKS", value_delimiter = ',', value_parser = parts())]
    only: Vec<Part>,
    /// All but these checks
    #[arg(long, value_name = "CHECKS", value_delimiter = ',', value_parser = parts())]
    skip: Vec<Part>,
    /// Also see whether this is reached; again for more
    #[arg(long, value_name = "TARGET")]
    check: Vec<String>,
    /// Measure against this server
    #[arg(long, value_name = "SERVER", env = settings::SERVER)]
    server: Option<String>,
    /// The most data that measuring and asking may use
    #[arg(long, value_name = "BYTES", value_parser = units::bytes)]
    budget: Option<u64>,
    /// Write all that support needs to FILE, an archive, without what is private
    #[arg(long, value_name = "FILE")]
    bundle: Option<PathBuf>,
    /// Write to FILE, by its ending: json, csv, html, txt
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// How to show it
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
}

/// A part of a check-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The home's inventory.
    Home,
    Check(DoctorCheck),
}

/// The inventory's word on the command line.
const HOME: &str = "home";

/// The parts by their words. clap names the nearest where one is none.
fn parts() -> impl TypedValueParser<Value = Part> {
    let checks = DoctorCheck::ALL.map(DoctorCheck::as_str);
    PossibleValuesParser::new([HOME].into_iter().chain(checks)).try_map(|word| {
        let known = DoctorCheck::ALL
            .into_iter()
            .find(|check| check.as_str() == word);
        let known = known
            .map(Part::Check)
            .or((word == HOME).then_some(Part::Home));
        known.ok_or("no check")
    })
}

impl Doctor {
    pub(super) async fn run(self, settings: &Settings, output: &Output) -> ExitCode {
        let asked = output
            .one_form(self.format, self.out.as_deref())
            .and_then(|()| Output::can_keep(self.format, self.out.as_deref()))
            .and_then(|()| self.bundle.as_deref().map_or(Ok(()), bundle::check))
            .and_then(|()| Ok((self.request(settings)?, interrupt::listen(output)?)));
        let mut bundled = false;
        let finished = match asked {
            Ok((request, cancel)) => {
                let examined = examine(settings, output, &request, cancel.clone()).await;
                match (&self.bundle, examined) {
                    (Some(file), Ok(mut finished)) if !cancel.is_cancelled() => {
                        bundled = bundle::add(file, &mut finished, settings, output, cancel).await;
                        Ok(finished)
                    }
                    (_, examined) => examined,
                }
            }
            Err(error) => Err(error),
        };
        let saving = Saving {
            format: self.format,
            file: self.out.as_deref(),
            is_spoilt: matches!(finished, Err(Error::File { .. } | Error::Ending { .. })),
        };
        let unbegun = |error| stopped(document::Doctor::default(), &error);
        let exit = output.kept(finished.unwrap_or_else(unbegun), saving);
        if let Some(file) = self.bundle.as_deref().filter(|_| bundled) {
            output.tell_bundled(file);
        }
        exit
    }

    /// Whether all is gathered that support needs.
    pub(super) fn is_for_support(&self) -> bool {
        self.bundle.is_some()
    }

    fn request(&self, settings: &Settings) -> Result<DoctorRequest, Error> {
        let wants = |part: &Part| {
            (self.only.is_empty() || self.only.contains(part)) && !self.skip.contains(part)
        };
        let configured = &settings.measure_modem;
        let options = MeasureOptions {
            server: self.server.clone(),
            ..MeasureOptions::default()
        };
        let need = NeedOptions::default().requirement();
        let budget = self.budget.unwrap_or(BUDGET);
        let measure = options.request(settings, configured, need, budget)?;
        let checks = if self.check.is_empty() {
            configured.checks.clone()
        } else {
            targets::read(&self.check)?
        };
        let wanted = DoctorCheck::ALL
            .into_iter()
            .filter(|check| wants(&Part::Check(*check)));
        Ok(DoctorRequest {
            checks: wanted.collect(),
            home: wants(&Part::Home),
            measure: ops::MeasureRequest { checks, ..measure },
        })
    }
}

/// Makes the checks on the modem that was named, or the only one; without one where there is none.
///
/// # Errors
/// When what was named can be no modem.
async fn examine(
    settings: &Settings,
    output: &Output,
    request: &DoctorRequest,
    cancel: CancellationToken,
) -> Result<Finished<document::Doctor>, Error> {
    let without = WithoutModem {
        settings,
        output,
        cancel: cancel.clone(),
    };
    let machine = Machine::default();
    let managed = connect::modems().await;
    let plugged = ops::modems(&machine.sysfs, &machine.proc, managed);
    let plugged = plugged.document.body;
    if !request.needs_modem() {
        return Ok(without.examine(Patient::Unasked, &plugged, request).await);
    }
    match OpenModem::open_until(settings, output, cancel).await {
        Ok(mut opened) => {
            say_cost(output, request.most_bytes(opened.is_virtual()));
            let (modem, context) = opened.parts();
            let finished = ops::doctor(Patient::Open(modem), &plugged, &context, request).await;
            Ok(opened.close(finished).await)
        }
        Err(Error::Open(OpenError::Modem(error))) => {
            let patient = Patient::Closed(error);
            Ok(without.examine(patient, &plugged, request).await)
        }
        Err(error) => Err(error),
    }
}

/// What it may cost, before anything is sent.
fn say_cost(output: &Output, bytes: u64) {
    if bytes > 0 && !output.is_quiet() {
        let values = Values::from([("bytes".to_owned(), bytes.into())]);
        output.say_with("doctor-cost_said", &values);
    }
}

/// What the checks take where there is no modem to ask.
struct WithoutModem<'a> {
    settings: &'a Settings,
    output: &'a Output,
    cancel: CancellationToken,
}

impl WithoutModem<'_> {
    async fn examine(
        self,
        patient: Patient<'_>,
        plugged: &Modems,
        request: &DoctorRequest,
    ) -> Finished<document::Doctor> {
        say_cost(self.output, request.most_bytes(false));
        let clock = Clock::system();
        let store = self.settings.store.clone();
        let spinner = Spinner::new(self.output, clock.clone());
        let context = Context {
            clock: &clock,
            store: &store,
            profile: &self.settings.profile,
            listener: &spinner,
            cancel: self.cancel,
            reveal: self.settings.reveal,
            limit: self.settings.timeout,
        };
        let finished = ops::doctor(patient, plugged, &context, request).await;
        spinner.finish();
        finished
    }
}
