//! `opensim doctor`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use tokio_util::sync::CancellationToken;

use super::interrupt;
use super::open_modem::OpenModem;
use super::output::{Output, Saving, stopped};
use super::progress::Spinner;
use super::settings::Settings;
use crate::document::{self, Modems};
use crate::domain::doctor::DoctorCheck;
use crate::error::Error;
use crate::modem::connect::{self, Machine, OpenError};
use crate::ops::{self, Context, DoctorRequest, Finished, Patient};
use crate::os::clock::Clock;
use crate::report::Format;
use crate::store::Store;

#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// Only these checks, and what stands in their way
    #[arg(long, value_name = "CHECKS", value_delimiter = ',', value_parser = checks())]
    only: Vec<DoctorCheck>,
    /// All but these checks
    #[arg(long, value_name = "CHECKS", value_delimiter = ',', value_parser = checks())]
    skip: Vec<DoctorCheck>,
    /// Write to FILE, by its ending: json, csv, html, txt
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// How to show it
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
}

/// The checks by their words. clap names the nearest where one is none.
fn checks() -> impl clap::builder::TypedValueParser<Value = DoctorCheck> {
    let words = PossibleValuesParser::new(DoctorCheck::ALL.map(DoctorCheck::as_str));
    words.try_map(|word| {
        let known = DoctorCheck::ALL
            .into_iter()
            .find(|check| check.as_str() == word);
        known.ok_or("no check")
    })
}

impl Doctor {
    pub(super) async fn run(self, settings: &Settings, output: &Output) -> ExitCode {
        let asked = output
            .one_form(self.format, self.out.as_deref())
            .and_then(|()| Output::can_keep(self.format, self.out.as_deref()));
        let request = DoctorRequest::new(&self.only, &self.skip);
        let finished = match asked {
            Ok(()) => examine(settings, output, &request).await,
            Err(error) => Err(error),
        };
        let saving = Saving {
            format: self.format,
            file: self.out.as_deref(),
            is_spoilt: matches!(finished, Err(Error::File { .. } | Error::Ending { .. })),
        };
        let unbegun = |error| stopped(document::Doctor::default(), &error);
        output.kept(finished.unwrap_or_else(unbegun), saving)
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
) -> Result<Finished<document::Doctor>, Error> {
    let cancel = interrupt::listen(output)?;
    let without = WithoutModem {
        settings,
        output,
        cancel: cancel.clone(),
    };
    if !request.needs_modem() {
        return Ok(without
            .examine(Patient::Unasked, &Modems::default(), request)
            .await);
    }
    let machine = Machine::default();
    let managed = connect::modems().await;
    let plugged = ops::modems(&machine.sysfs, &machine.proc, managed);
    let plugged = plugged.document.body;
    match OpenModem::open_until(settings, output, cancel).await {
        Ok(mut opened) => {
            let (modem, context) = opened.parts();
            let finished = ops::doctor(Patient::Open(modem), &plugged, &context, request).await;
            Ok(opened.close(finished).await)
        }
        Err(Error::Open(OpenError::Modem(error))) => Ok(without
            .examine(Patient::Closed(error), &plugged, request)
            .await),
        Err(error) => Err(error),
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
        let clock = Clock::system();
        let store = Store::of_user();
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
