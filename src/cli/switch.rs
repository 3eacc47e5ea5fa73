//! `opensim switch CARRIER`.

use std::process::ExitCode;

use clap::Args;

use super::consent;
use super::measure_options::MeasureOptions;
use super::open_modem::OpenModem;
use super::output::{Output, stopped};
use super::settings::Settings;
use crate::document::{self, Endpoint};
use crate::domain::Carrier;
use crate::domain::codes::Code;
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
        let finished = match self.named(settings) {
            Ok((carrier, consent)) => self.move_to(carrier, consent, settings, output).await,
            Err(error) => stopped(document::Switch::default(), &error),
        };
        output.show(output.remembered(finished))
    }

    /// The carrier by its name, where somebody agreed or can be asked; one that nothing here knows may be a name that
    /// the modem shows.
    fn named(&self, settings: &Settings) -> Result<(Result<Carrier, Error>, Consent), Error> {
        let carrier = match settings.carrier(&self.carrier) {
            Err(error) if error.code() != Code::USAGE_CARRIER_UNKNOWN => return Err(error),
            Err(error) if self.carrier.trim().is_empty() => return Err(error),
            carrier => carrier,
        };
        match (consent::of(settings), carrier) {
            (Ok(consent), carrier) => Ok((carrier, consent)),
            (Err(_), Err(unknown)) => Err(unknown),
            (Err(error), Ok(_)) => Err(error),
        }
    }

    /// What is to be done.
    fn request(&self, carrier: Carrier, settings: &Settings) -> Result<SwitchRequest, Error> {
        Ok(SwitchRequest {
            carrier,
            reason: self.reason.clone(),
            rollback: !self.no_rollback,
            verify: self.verify(settings)?,
        })
    }

    /// How it is seen that data flows, unless the person does not want to know.
    fn verify(&self, settings: &Settings) -> Result<Option<MeasureRequest>, Error> {
        if self.no_verify_data {
            return Ok(None);
        }
        // It has no option of its own for this: the environment's server, or the configuration's.
        let options = MeasureOptions::default();
        let configured = &settings.measure_modem;
        let verify = options.request(settings, configured, Requirement::default(), BUDGET)?;
        Ok(Some(verify))
    }

    /// The modem opened, the switch made, the modem closed.
    async fn move_to(
        &self,
        carrier: Result<Carrier, Error>,
        consent: Consent,
        settings: &Settings,
        output: &Output,
    ) -> Finished<document::Switch> {
        let opened = OpenModem::open(settings, output).await;
        let (mut opened, carrier) = match (opened, carrier) {
            (Ok(opened), carrier) => (opened, carrier),
            (Err(error), Ok(carrier)) => return stopped(unchanged(&carrier), &error),
            (Err(_), Err(unknown)) => return stopped(document::Switch::default(), &unknown),
        };
        let carrier = match carrier {
            Ok(carrier) => carrier,
            Err(unknown) => {
                let (modem, context) = opened.parts();
                let shown = ops::shown_as(modem, &context, &self.carrier).await;
                let Ok(Some(carrier)) = shown else {
                    // Whatever the modem said, no carrier is known by this name.
                    let finished = stopped(document::Switch::default(), &unknown);
                    return opened.close(finished).await;
                };
                carrier
            }
        };
        let finished = match self.request(carrier.clone(), settings) {
            Ok(request) => move_with(&mut opened, &request, consent, output).await,
            Err(error) => stopped(unchanged(&carrier), &error),
        };
        opened.close(finished).await
    }
}

/// The switch itself, where it may be made.
async fn move_with(
    opened: &mut OpenModem<'_>,
    request: &SwitchRequest,
    consent: Consent,
    output: &Output,
) -> Finished<document::Switch> {
    if let Err(error) = ready(opened, request, consent, output).await {
        return stopped(unchanged(&request.carrier), &error);
    }
    // The person named this carrier: that is the order, and it covers this carrier's networks alone.
    let covers = request.carrier.plmns.iter().copied();
    let order = Order::from_person(Purpose::Switch, covers);
    let (modem, context) = opened.parts();
    ops::switch(modem, &context, &order, request).await
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
fn unchanged(carrier: &Carrier) -> document::Switch {
    let to = Endpoint {
        carrier: Some(carrier.id.clone()),
        name: Some(carrier.name.clone()),
        plmn: carrier.plmns.first().copied(),
    };
    document::Switch {
        to: Some(to),
        ..document::Switch::default()
    }
}
