//! `opensim status`.

use std::process::ExitCode;

use clap::Args;

use super::open_modem::OpenModem;
use super::output::{Output, stopped};
use super::settings::Settings;
use crate::document;
use crate::error::Error;
use crate::ops::{self, Finished};

#[derive(Debug, Args)]
pub(super) struct Status {}

impl Status {
    pub(super) async fn run(self, settings: &Settings, output: &Output) -> ExitCode {
        let finished = read(settings, output).await;
        output.show(finished.unwrap_or_else(|error| stopped(document::Status::default(), &error)))
    }
}

async fn read(settings: &Settings, output: &Output) -> Result<Finished<document::Status>, Error> {
    let mut opened = OpenModem::open(settings, output).await?;
    let (modem, context) = opened.parts();
    let finished = ops::status(modem, &context).await;
    Ok(opened.close(finished).await)
}
