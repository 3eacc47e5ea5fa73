//! `opensim sim`: the virtual modem on a pseudo-terminal or a port, for other programs and for trying this one.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use tokio_util::sync::CancellationToken;

use super::interrupt;
use super::output::Output;
use crate::document::Values;
use crate::domain::codes::Detail;
use crate::error::Error;
use crate::modem::connect::{self, OpenError};
use crate::os::clock::Clock;
use crate::os::fault;
use crate::sim::pty::{self, PtyError};
use crate::sim::{Device, Replay, Served, Watched, socket};
use crate::store::bundle::{self, BundleError, Member, MemberKind, MemberName};

#[derive(Debug, Args)]
pub(super) struct Sim {
    /// A link to the terminal, made anew and removed at the end
    #[arg(long, value_name = "PATH")]
    link: Option<PathBuf>,
    /// A serial port to serve on instead of a new terminal
    #[arg(long, value_name = "DEVICE", conflicts_with = "link")]
    port: Option<PathBuf>,
    /// Serve on the abstract unix socket of this name instead of a terminal
    #[arg(long, value_name = "NAME", conflicts_with_all = ["link", "port"])]
    socket: Option<String>,
    /// A built-in scenario or a TOML file
    #[arg(
        long,
        value_name = "NAME|FILE",
        default_value = "home",
        conflicts_with = "replay"
    )]
    scenario: String,
    /// An oddity of the modem over the scenario's, such as joined=refused
    #[arg(long, value_name = "KEY=VALUE", conflicts_with = "replay")]
    quirk: Vec<String>,
    /// Serve a recorded conversation back, or those of a support bundle
    #[arg(long, value_name = "TRACE|BUNDLE")]
    replay: Option<PathBuf>,
    /// A file that holds the code of the network the modem is on
    #[arg(long, value_name = "FILE", conflicts_with = "replay")]
    state: Option<PathBuf>,
    /// A file that gets a line for each command
    #[arg(long, value_name = "FILE", conflicts_with = "replay")]
    log: Option<PathBuf>,
    /// How many times as fast as real life
    #[arg(long, value_name = "FACTOR", default_value_t = 1.0)]
    pace: f64,
}

impl Sim {
    pub(super) async fn run(self, output: &Output) -> ExitCode {
        let cancel = match interrupt::listen_and_say(output, "progress-left_at_once") {
            Ok(cancel) => cancel,
            Err(error) => return output.failure(&error),
        };
        let device = match &self.replay {
            Some(path) => replayed(path),
            None => self.modem().map_err(Error::Open),
        };
        let device = match device {
            Ok(device) => device,
            Err(error) => return output.failure(&error),
        };
        let ready = |port: &str| {
            let scenario = self
                .replay
                .as_ref()
                .map_or_else(|| self.scenario.clone(), |path| path.display().to_string());
            let values = Values::from([
                ("port".to_owned(), port.into()),
                ("scenario".to_owned(), scenario.into()),
            ]);
            output.say_with("say-sim_ready", &values);
        };
        match self.serve(device, ready, cancel).await {
            Ok(_) => ExitCode::SUCCESS,
            Err(detail) if detail == Detail::OS_UNSUPPORTED.as_str() => {
                output.failure(&Error::NoTerminal)
            }
            Err(error) => {
                let file = self.port.as_ref().or(self.link.as_ref());
                let file = file.map_or_else(|| "/dev/ptmx".to_owned(), |f| f.display().to_string());
                output.failure(&Error::File {
                    file: self.socket.clone().unwrap_or(file),
                    detail: error,
                })
            }
        }
    }

    /// Where the options say.
    async fn serve(
        &self,
        device: Box<dyn Device>,
        ready: impl FnOnce(&str),
        cancel: CancellationToken,
    ) -> Result<Served, String> {
        let clock = Clock::paced(self.pace);
        if let Some(name) = &self.socket {
            let served = socket::run_socket(name, device, clock, || ready(name), cancel).await;
            return served.map_err(|error| fault::detail(&error));
        }
        let say_ready = |path: &Path| ready(&path.display().to_string());
        let served = match &self.port {
            Some(port) => pty::run_port(port, || device, clock, say_ready, cancel).await,
            None => pty::run_pty(self.link.as_deref(), || device, clock, say_ready, cancel).await,
        };
        served.map_err(|error| match error {
            PtyError::Terminal(source)
            | PtyError::Link { source, .. }
            | PtyError::Port { source, .. } => fault::detail(&source),
            PtyError::Occupied(_) => Detail::LINK_OCCUPIED.into(),
        })
    }

    /// The modem of the scenario, watched where that is asked for.
    fn modem(&self) -> Result<Box<dyn Device>, OpenError> {
        let modem = connect::virtual_modem(&self.scenario, &self.quirk)?;
        if self.state.is_none() && self.log.is_none() {
            return Ok(Box::new(modem));
        }
        let (state, log) = (self.state.as_deref(), self.log.as_deref());
        let watched = Watched::new(modem, state, log).map_err(|error| OpenError::File {
            file: state.or(log).unwrap_or(Path::new("")).display().to_string(),
            detail: fault::detail(&error),
        })?;
        Ok(Box::new(watched))
    }
}

/// A trace, or the conversations of a bundle, as a modem.
fn replayed(path: &Path) -> Result<Box<dyn Device>, Error> {
    if !bundle::is_one(path) {
        return connect::replay(path).map_err(Error::Open);
    }
    let fault = |source| Error::Bundle {
        file: path.display().to_string(),
        source,
    };
    let read = bundle::read(path).map_err(fault)?;
    let traces: Vec<&Member> = read.texts(MemberKind::Trace).collect();
    let replay = Replay::from_traces(traces.iter().map(|member| member.text.as_str()));
    match replay {
        Ok(_) if traces.is_empty() => Err(fault(BundleError::NoTrace)),
        Ok(replay) => Ok(Box::new(replay)),
        Err(_) => Err(fault(BundleError::Damaged {
            member: MemberName::trace("status")
                .map_or("", MemberName::as_str)
                .to_owned(),
        })),
    }
}
