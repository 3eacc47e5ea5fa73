//! `opensim help [COMMAND]`: what `--help` says, for those who look for it under that name.

use std::process::ExitCode;

use clap::Args;

use super::output::Output;

#[derive(Debug, Args)]
pub(super) struct Help {
    /// The command to tell of
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

impl Help {
    pub(super) fn run(self, output: &Output) -> ExitCode {
        let words = output.catalogue();
        let line = ["opensim".to_owned()].into_iter().chain(self.command);
        let asked = super::command(words).try_get_matches_from(line.chain(["--help".to_owned()]));
        match asked {
            Err(answer) => output.clap(&answer),
            // A `--help` that is no answer would be another program's.
            Ok(_) => ExitCode::SUCCESS,
        }
    }
}
