//! `opensim recover`.

use std::process::ExitCode;

use clap::Args;

use super::open_modem::OpenModem;
use super::output::{Output, stopped};
use super::settings::Settings;
use crate::document;
use crate::domain::policy::{Order, Purpose};
use crate::error::Error;
use crate::ops::{self, Finished};

#[derive(Debug, Args)]
pub(super) struct Recover {}

impl Recover {
    pub(super) async fn run(self, settings: &Settings, output: &Output) -> ExitCode {
        let finished = put_back(settings, output).await;
        output.show(finished.unwrap_or_else(|error| stopped(document::Recover::default(), &error)))
    }
}

async fn put_back(
    settings: &Settings,
    output: &Output,
) -> Result<Finished<document::Recover>, Error> {
    let mut opened = OpenModem::open(settings, output).await?;
    let finished = match opened.unlock().await {
        Ok(()) => {
            // The person asked for what was there before, and nothing else is covered.
            let order = Order::from_person(Purpose::Recover, []);
            let (modem, context) = opened.parts();
            ops::recover(modem, &context, &order).await
        }
        Err(error) => stopped(document::Recover::default(), &error),
    };
    Ok(opened.close(finished).await)
}
