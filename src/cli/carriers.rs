//! `opensim carriers`.

use std::process::ExitCode;

use clap::Args;

use super::output::Output;
use super::settings::Settings;
use crate::ops;

#[derive(Debug, Args)]
pub(super) struct Carriers {
    /// The whole French table, not the SIM's profile alone
    #[arg(long)]
    all: bool,
}

impl Carriers {
    pub(super) fn run(self, settings: &Settings, output: &Output) -> ExitCode {
        output.show(ops::carriers(&settings.profile, self.all))
    }
}
