//! `opensim sim`: the virtual modem on a pseudo-terminal, for other programs and for trying this one.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::interrupt;
use super::output::Output;
use crate::clock::Clock;
use crate::document::Values;
use crate::error::Error;
use crate::modem::connect;
use crate::sim::minutes::Minutes;
use crate::sim::{Device, pty, socket};

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
    /// Serve on the abstract unix socket of this name instead of a terminal
    #[arg(long, value_name = "NAME", conflicts_with = "link")]
    socket: Option<String>,
    /// Write each command line that arrives to this file
    #[arg(long, value_name = "FILE")]
    minutes: Option<PathBuf>,
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
        let device = match self.written_down(device) {
            Ok(device) => device,
            Err(error) => return output.failure(&error),
        };
        let ready = |port: &str| {
            let scenario = self
                .replay
                .as_ref()
                .map_or_else(|| self.scenario.clone(), |path| path.display().to_string());
            let values = Values::from([
                ("port".to_owned(), port.to_owned().into()),
                ("scenario".to_owned(), scenario.into()),
            ]);
            output.say_with("say-sim_ready", &values);
        };
        let clock = Clock::paced(self.pace);
        let (file, served) = if let Some(name) = &self.socket {
            let served = socket::run_socket(name, device, clock, || ready(name), cancel).await;
            (name.clone(), served.map_err(|error| error.to_string()))
        } else {
            let link = self.link.as_deref();
            let told = |path: &Path| ready(&path.display().to_string());
            let served = pty::run_pty(link, || device, clock, told, cancel).await;
            let file = link.unwrap_or_else(|| Path::new("/dev/ptmx"));
            let served = served.map_err(|error| error.to_string());
            (file.display().to_string(), served)
        };
        match served {
            Ok(_) => ExitCode::SUCCESS,
            Err(detail) => output.failure(&Error::File { file, detail }),
        }
    }

    /// The device with its minutes taken, where they are wanted.
    fn written_down(&self, device: Box<dyn Device>) -> Result<Box<dyn Device>, Error> {
        let Some(path) = &self.minutes else {
            return Ok(device);
        };
        let file = std::fs::File::create(path).map_err(|error| Error::File {
            file: path.display().to_string(),
            detail: error.to_string(),
        })?;
        Ok(Box::new(Minutes::of(device, Box::new(file))))
    }
}
