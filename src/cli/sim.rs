//! `opensim sim`: the virtual modem on a pseudo-terminal, for other programs and for trying this one.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::interrupt;
use super::output::Output;
use crate::clock::Clock;
use crate::document::Values;
use crate::error::Error;
use crate::modem::connect;
use crate::sim::pty;

#[derive(Debug, Args)]
pub(super) struct Sim {
    /// A link to the terminal, made anew and removed at the end
    #[arg(long, value_name = "PATH")]
    link: Option<PathBuf>,
    /// A built-in scenario or a TOML file
    #[arg(
        long,
        value_name = "NAME|FILE",
        default_value = "home",
        conflicts_with = "replay"
    )]
    scenario: String,
    /// Serve a recorded conversation back
    #[arg(long, value_name = "TRACE")]
    replay: Option<PathBuf>,
    /// How many times as fast as real life
    #[arg(long, value_name = "FACTOR", default_value_t = 1.0)]
    pace: f64,
}

impl Sim {
    pub(super) async fn run(self, output: &Output) -> ExitCode {
        let cancel = interrupt::listen(output);
        let device = match &self.replay {
            Some(path) => connect::replay(path),
            None => connect::virtual_modem(&self.scenario),
        };
        let device = match device {
            Ok(device) => device,
            Err(error) => return output.failure(&Error::Open(error)),
        };
        let ready = |path: &std::path::Path| {
            let scenario = self
                .replay
                .as_ref()
                .map_or_else(|| self.scenario.clone(), |path| path.display().to_string());
            let values = Values::from([
                ("port".to_owned(), path.display().to_string().into()),
                ("scenario".to_owned(), scenario.into()),
            ]);
            output.say_with("say-sim_ready", &values);
        };
        let clock = Clock::paced(self.pace);
        match pty::run_pty(self.link.as_deref(), || device, clock, ready, cancel).await {
            Ok(_) => ExitCode::SUCCESS,
            Err(error) => {
                let file = self
                    .link
                    .clone()
                    .unwrap_or_else(|| "/dev/ptmx".into())
                    .display()
                    .to_string();
                output.failure(&Error::File {
                    file,
                    detail: error.to_string(),
                })
            }
        }
    }
}
