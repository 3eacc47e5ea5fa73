//! `opensim at CMD...`.

use std::process::ExitCode;

use clap::Args;

use super::open_modem::OpenModem;
use super::output::{Output, stopped};
use super::settings::Settings;
use crate::document;
use crate::error::Error;
use crate::ops::{self, Finished};

#[derive(Debug, Args)]
pub(super) struct At {
    /// Command lines, each as one argument: 'AT+CSQ'
    #[arg(value_name = "CMD", required = true)]
    commands: Vec<String>,
    /// Send what is not known to be harmless too; never a selection, a PIN, a lock or an IMEI
    #[arg(long)]
    force: bool,
}

impl At {
    pub(super) async fn run(self, settings: &Settings, output: &Output) -> ExitCode {
        let finished = self.send(settings, output).await;
        output.show(finished.unwrap_or_else(|error| stopped(document::At::default(), &error)))
    }

    async fn send(
        &self,
        settings: &Settings,
        output: &Output,
    ) -> Result<Finished<document::At>, Error> {
        let mut opened = OpenModem::open(settings, output).await?;
        let (modem, context) = opened.parts();
        let finished = ops::at(modem, &context, &self.commands, self.force).await;
        Ok(opened.close(finished).await)
    }
}
