//! `opensim send`.

use std::process::ExitCode;

use clap::Args;

use super::interrupt;
use super::output::Output;
use super::settings::{Fleet, Settings};
use crate::error::Error;
use crate::measure::collector::Collector;
use crate::ops;
use crate::os::clock::Clock;

#[derive(Debug, Args)]
pub(super) struct Send {
    /// Say what would leave this computer, and send nothing
    #[arg(long)]
    dry_run: bool,
}

impl Send {
    pub(super) async fn run(self, settings: &Settings, output: &Output) -> ExitCode {
        let sent = match &settings.fleet {
            Some(fleet) => self.send(fleet, settings, output).await,
            None => Err(Error::NoCollector),
        };
        sent.unwrap_or_else(|error| output.failure(&error))
    }

    async fn send(
        &self,
        fleet: &Fleet,
        settings: &Settings,
        output: &Output,
    ) -> Result<ExitCode, Error> {
        let store = settings.store.clone();
        let address = fleet.collector.to_string();
        if self.dry_run {
            return Ok(output.show(ops::would_send(&store, &address)?));
        }
        let identity = (fleet.certificate.as_path(), fleet.key.as_path());
        let collector = Collector::new(
            fleet.collector.clone(),
            identity,
            &fleet.authorities,
            Clock::system(),
            settings.timeout,
        );
        let collector = collector.map_err(|error| Error::Ops(ops::Error::Measure(error)))?;
        let cancel = interrupt::listen(output)?;
        let sent = ops::send(&store, (&address, &collector), &cancel).await?;
        Ok(output.show(sent))
    }
}
