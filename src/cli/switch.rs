//! `opensim switch CARRIER`.

use std::process::ExitCode;

use clap::Args;

use super::consent;
use super::measure_options::MeasureOptions;
use super::open_modem::OpenModem;
use super::output::{Output, stopped};
use super::settings::Settings;
use crate::document::{self, Endpoint};
use crate::domain::policy::{Order, Purpose};
use crate::domain::verdict::Requirement;
use crate::error::Error;
use crate::ops::{self, Consent, Finished, MeasureRequest, SwitchRequest};

/// Bytes that looking whether data flows may use.
const BUDGET: u64 = 20_000;

#[derive(Debug, Args)]
pub(super) struct Switch {
    /// orange, sfr, bouygues, a network code, or a name of the profile
    #[arg(value_name = "CARRIER")]
    carrier: String,
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Stay where it ends up if the change fails
    #[arg(long)]
    no_rollback: bool,
    /// Do not check that data flows afterwards
    #[arg(long)]
    no_verify_data: bool,
}

impl Switch {
    pub(super) async fn run(self, settings: &Settings, output: &Output) -> ExitCode {
        let finished = match self.request(settings) {
            Ok((request, consent)) => move_to(&request, consent, settings, output).await,
            Err(error) => stopped(document::Switch::default(), &error),
        };
        output.show(finished)
    }

    /// What is to be done, where somebody agreed or can be asked.
    fn request(&self, settings: &Settings) -> Result<(SwitchRequest, Consent), Error> {
        let carrier = settings.carrier(&self.carrier)?;
        let consent = consent::of(settings, self.yes)?;
        let request = SwitchRequest {
            carrier,
            reason: self.reason.clone(),
            rollback: !self.no_rollback,
            verify: self.verify(settings)?,
        };
        Ok((request, consent))
    }

    /// How it is seen that data flows, unless the person does not want to know.
    fn verify(&self, settings: &Settings) -> Result<Option<MeasureRequest>, Error> {
        if self.no_verify_data {
            return Ok(None);
        }
        // It has no option of its own for this: the environment's server, or the configuration's.
        let options = MeasureOptions::default();
        let verify = options.request(settings, Requirement::default(), BUDGET)?;
        Ok(Some(verify))
    }
}

/// The modem opened, the switch made, the modem closed.
async fn move_to(
    request: &SwitchRequest,
    consent: Consent,
    settings: &Settings,
    output: &Output,
) -> Finished<document::Switch> {
    let mut opened = match OpenModem::open(settings, output).await {
        Ok(opened) => opened,
        Err(error) => return stopped(unchanged(request), &error),
    };
    let finished = match ready(&mut opened, request, consent, output).await {
        Ok(()) => {
            // The person named this carrier: that is the order, and it covers this carrier's networks alone.
            let covers = request.carrier.plmns.iter().copied();
            let order = Order::from_person(Purpose::Switch, covers);
            let (modem, context) = opened.parts();
            ops::switch(modem, &context, &order, request).await
        }
        Err(error) => stopped(unchanged(request), &error),
    };
    opened.close(finished).await
}

/// The SIM unlocked and the person asked.
async fn ready(
    opened: &mut OpenModem<'_>,
    request: &SwitchRequest,
    consent: Consent,
    output: &Output,
) -> Result<(), Error> {
    opened.unlock().await?;
    if consent == Consent::Given {
        return Ok(());
    }
    let (modem, context) = opened.parts();
    let question = request.question(modem, &context).await?;
    consent::switch(&question, &opened.terminal(), output).await
}

/// The document of a switch that was not begun.
fn unchanged(request: &SwitchRequest) -> document::Switch {
    let to = Endpoint {
        carrier: Some(request.carrier.id.clone()),
        name: Some(request.carrier.name.clone()),
        plmn: request.carrier.plmns.first().copied(),
    };
    document::Switch {
        to: Some(to),
        ..document::Switch::default()
    }
}
