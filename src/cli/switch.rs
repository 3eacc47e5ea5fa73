//! `opensim switch CARRIER`.

use std::process::ExitCode;

use clap::Args;

use super::consent;
use super::gauge::How;
use super::output::Output;
use super::session::Session;
use super::settings::Settings;
use crate::document::{self, Endpoint};
use crate::domain::policy::{Order, Purpose};
use crate::domain::verdict::Requirement;
use crate::error::Error;
use crate::ops::{self, Measuring, SwitchRequest};

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
        let carrier = settings.carrier(&self.carrier);
        let carrier = match carrier.and_then(|c| consent::possible(settings, self.yes).map(|()| c))
        {
            Ok(carrier) => carrier,
            Err(error) => return output.document(document::Switch::default(), Some(&error)),
        };
        let verify = match self.verify(settings) {
            Ok(verify) => verify,
            Err(error) => return output.document(document::Switch::default(), Some(&error)),
        };
        // The person named this carrier: that is the order, and it covers this carrier's networks alone.
        let order = Order::from_person(Purpose::Switch, carrier.plmns.iter().copied());
        let request = SwitchRequest {
            carrier,
            reason: self.reason.clone(),
            rollback: !self.no_rollback,
            verify,
        };
        let mut session = match Session::open(settings, output).await {
            Ok(session) => session,
            Err(error) => return output.document(unchanged(&request), Some(&error)),
        };
        if let Err(error) = self.ready(&mut session, settings, output, &request).await {
            session.close().await;
            return output.document(unchanged(&request), Some(&error));
        }
        let (modem, context) = session.parts();
        let ended = ops::switch(modem, &context, &order, &request).await;
        session.close().await;
        output.document(ended.body, ended.fault.map(Error::Ops).as_ref())
    }

    /// How it is seen that data flows, unless the person does not want to know.
    fn verify(&self, settings: &Settings) -> Result<Option<Measuring>, Error> {
        if self.no_verify_data {
            return Ok(None);
        }
        // It has no option of its own for this: the environment's server, or the configuration's.
        let how = How {
            server: std::env::var("OPENSIM_SERVER").ok(),
            ..How::default()
        };
        let measuring = how.measuring(settings, Requirement::default(), BUDGET)?;
        Ok(Some(measuring))
    }

    /// The SIM unlocked and the person asked.
    async fn ready(
        &self,
        session: &mut Session<'_>,
        settings: &Settings,
        output: &Output,
        request: &SwitchRequest,
    ) -> Result<(), Error> {
        session.unlock(output).await?;
        if self.yes {
            return Ok(());
        }
        // There and, if it fails, back.
        let seconds = settings.timeout.as_secs().saturating_mul(2);
        consent::switch(session, output, &request.carrier, request.rollback, seconds).await
    }
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
