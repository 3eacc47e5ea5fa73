//! From a `--modem` word to a modem that answers.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde_json::{Value, json};

use super::at::AtModem;
use super::manager::Hold;
use super::{Error, Modem, Way};
use crate::dialect::UsbId;
use crate::link::discover::{self, PickError, Survey, Sysfs};
use crate::link::holder::ProcRoot;
use crate::link::tap::{self, Fate, Tap, Told};
use crate::link::{Driver, Link};
use crate::measure::Server;
use crate::os::clock::Clock;
use crate::os::files::{self, Links};
use crate::sim;
use crate::sim::plane::Connected;
use crate::sim::replay::Replay;
use crate::sim::scenario::Problem;
use crate::sim::{Scenario, ScenarioError};

mod managed;
mod ports;

use managed::Daemon;
pub use managed::modems;
use ports::open_choice;

/// What `--modem` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spec {
    /// The only one there is.
    Automatic,
    /// A port or a USB device, as `opensim modems` names them.
    Device(String),
    /// The one whose number ends so.
    Imei(String),
    /// A virtual modem: a built-in scenario or a file.
    Sim(String),
    /// A modem of `ModemManager`, by its number there.
    Manager(u32),
}

impl FromStr for Spec {
    type Err = OpenError;

    fn from_str(text: &str) -> Result<Self, OpenError> {
        let unknown = || OpenError::Spec(text.to_owned());
        if let Some(name) = text.strip_prefix("sim:") {
            return Ok(Self::Sim(name.to_owned()));
        }
        if let Some(index) = text.strip_prefix("mm:") {
            return index.parse().map(Self::Manager).map_err(|_| unknown());
        }
        if let Some(tail) = text.strip_prefix("imei:") {
            let tail = tail.trim_start_matches(|c: char| !c.is_ascii_digit());
            let fits = (4..=16).contains(&tail.len()) && tail.bytes().all(|b| b.is_ascii_digit());
            return if fits {
                Ok(Self::Imei(tail.to_owned()))
            } else {
                Err(unknown())
            };
        }
        match text {
            "" => Err(unknown()),
            "auto" => Ok(Self::Automatic),
            _ => Ok(Self::Device(text.to_owned())),
        }
    }
}

/// How to open.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// A dialect that a person forced.
    pub dialect: Option<String>,
    /// Where the conversation is written.
    pub trace: Option<PathBuf>,
    /// Whether `ModemManager` is made to let go of the modem.
    pub direct: bool,
    /// Where devices and processes are looked up.
    pub machine: Machine,
}

/// Where devices and processes are looked up.
#[derive(Debug, Clone)]
pub struct Machine {
    /// Devices.
    pub sysfs: Sysfs,
    /// Processes.
    pub proc: ProcRoot,
}

impl Default for Machine {
    /// The one that this runs on.
    fn default() -> Self {
        Self {
            sysfs: Sysfs::system(),
            proc: ProcRoot::system(),
        }
    }
}

impl Machine {
    /// What is plugged in, and who holds its ports.
    fn survey(&self) -> Survey {
        discover::survey(&self.sysfs, &self.proc.look())
    }
}

/// A modem that answers, and the clock it lives by.
pub struct Opened {
    /// The modem.
    pub modem: Box<dyn Modem>,
    /// The system's clock, or the virtual modem's.
    pub clock: Clock,
    /// What keeps `ModemManager` off it; to be given back once the modem is closed.
    pub hold: Option<Hold>,
    /// What becomes of the trace that was asked for.
    pub trace: Fate,
}

/// Why there is no modem.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The word is none of the kinds that `--modem` takes.
    #[error("not a modem: {0:?}")]
    Spec(String),
    /// The scenario cannot be played.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// A quirk of a virtual modem is none, or cannot be so.
    #[error("--quirk {quirk}: {problem}")]
    Quirk {
        /// As it was given.
        quirk: String,
        /// What is wrong with it.
        problem: Problem,
    },
    /// No built-in scenario has this name.
    #[error("no scenario {0:?}")]
    NoScenario(String),
    /// A trace cannot be read or written.
    #[error("{file}: {detail}")]
    File {
        /// Which.
        file: String,
        /// Why.
        detail: String,
    },
    /// The modem, or the way to it.
    #[error(transparent)]
    Modem(#[from] Error),
}

impl OpenError {
    /// Stable, in JSON and docs/errors.md.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Spec(_) | Self::Quirk { .. } => "usage.invalid",
            Self::Scenario(_) | Self::NoScenario(_) => "usage.scenario",
            Self::File { .. } => "usage.file",
            Self::Modem(error) => error.code(),
        }
    }

    /// The values its sentence needs.
    pub fn values(&self) -> Vec<(&'static str, Value)> {
        match self {
            Self::Spec(word) => vec![("detail", json!(format!("--modem {word}")))],
            Self::Quirk { .. } => vec![("detail", json!(self.to_string()))],
            Self::Scenario(error) => {
                let names: Vec<&str> = Scenario::names().collect();
                vec![
                    ("file", json!(error.origin)),
                    ("detail", json!(error.to_string())),
                    ("candidates", json!(names)),
                ]
            }
            Self::NoScenario(name) => {
                let names: Vec<&str> = Scenario::names().collect();
                vec![
                    ("file", json!(name)),
                    ("detail", json!(null)),
                    ("candidates", json!(names)),
                ]
            }
            Self::File { file, detail } => vec![("file", json!(file)), ("detail", json!(detail))],
            Self::Modem(error) => error.values(),
        }
    }
}

/// Opens the modem of a spec. Returns once it answered and its dialect is known.
///
/// # Errors
/// When there is none, several and no choice, it is busy, silent, or the word names nothing.
pub async fn open(spec: &Spec, options: &Options) -> Result<Opened, OpenError> {
    match spec {
        Spec::Sim(name) => open_virtual(name, options).await,
        Spec::Manager(index) => {
            let daemon = Daemon::reach().await?;
            let modem = daemon.numbered(*index)?.clone();
            daemon.open(&modem, options).await
        }
        Spec::Automatic => open_device(None, options).await,
        Spec::Device(word) => open_device(Some(word), options).await,
        Spec::Imei(tail) => open_by_imei(tail, options).await,
    }
}

/// A virtual modem of a built-in scenario or a file, with quirks (`KEY=VALUE`) over its own.
///
/// # Errors
/// When the scenario is unknown or cannot be read, or a quirk is none.
pub fn virtual_modem(name: &str, quirks: &[String]) -> Result<sim::VirtualModem, OpenError> {
    for quirk in quirks {
        Scenario::check_quirk(quirk).map_err(|problem| OpenError::Quirk {
            quirk: quirk.clone(),
            problem,
        })?;
    }
    Ok(sim::VirtualModem::new(&scenario(name, quirks)?))
}

/// The longest trace that is played: days of a modem's talk.
const LONGEST_TRACE: u64 = 32_000_000;

/// The longest scenario; those that are built in have some thousand bytes.
const LONGEST_SCENARIO: u64 = 256_000;

/// A recorded conversation, as a modem.
///
/// # Errors
/// When the file cannot be read as a trace.
pub fn replay(path: &Path) -> Result<Box<dyn sim::Device>, OpenError> {
    let fault = |detail: String| OpenError::File {
        file: path.display().to_string(),
        detail,
    };
    let read = files::read(path, LONGEST_TRACE, Links::Followed);
    let (text, _) = read.map_err(|error| fault(error.to_string()))?;
    let replay = Replay::from_trace(&text).map_err(|error| fault(error.to_string()))?;
    Ok(Box::new(replay))
}

fn scenario(name: &str, quirks: &[String]) -> Result<Scenario, OpenError> {
    let is_file = Path::new(name)
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("toml"));
    if !is_file {
        let text = Scenario::text(name).ok_or_else(|| OpenError::NoScenario(name.to_owned()))?;
        return Ok(Scenario::with_quirks(text, name, quirks)?);
    }
    let fault = |error: std::io::Error| OpenError::File {
        file: name.to_owned(),
        detail: error.to_string(),
    };
    let read = files::read(Path::new(name), LONGEST_SCENARIO, Links::Followed);
    let (text, _) = read.map_err(fault)?;
    Ok(Scenario::with_quirks(&text, name, quirks)?)
}

async fn open_virtual(name: &str, options: &Options) -> Result<Opened, OpenError> {
    let scenario = scenario(name, &[])?;
    let clock = Clock::paced(scenario.pace);
    let device = sim::modem::VirtualModem::new(&scenario);
    let device = Connected::new(device, scenario.seed)
        .await
        .map_err(|error| OpenError::File {
            file: "127.0.0.1".to_owned(),
            detail: error.to_string(),
        })?;
    let way = Way::Virtual(Server::here(device.address()));
    let link = sim::spawn(device, clock.clone());
    let facts = Facts {
        port: format!("sim:{name}"),
        way,
        ..Facts::default()
    };
    attach(link, facts, clock, false, options).await
}

/// Opens the modem that was named, or the only one. A port that another program holds is never written to: what
/// `ModemManager` has is reached through it.
async fn open_device(wanted: Option<&str>, options: &Options) -> Result<Opened, OpenError> {
    let survey = options.machine.survey();
    let (daemon, fault) = Daemon::seek().await;
    if let Some(daemon) = daemon {
        let found = || survey.modems.iter().filter(|modem| modem.is_usable());
        let modem = match (wanted, &daemon.modems[..]) {
            (Some(word), _) => daemon.named(&survey.modems, word),
            (None, [only]) if found().all(|found| managed::is(only, found)) => Some(only),
            (None, []) => None,
            (None, _) => {
                let others = found().filter(|modem| !daemon.has(modem));
                let mut ids = daemon.ids();
                ids.extend(others.map(|modem| modem.id.clone()));
                return Err(Error::Several(ids).into());
            }
        };
        if let Some(modem) = modem.cloned() {
            return daemon.open(&modem, options).await;
        }
    }
    let opened = open_plugged(&survey, wanted, options).await;
    opened.map_err(|error| blame(error, fault))
}

/// Opens a modem on its ports.
async fn open_plugged(
    survey: &Survey,
    wanted: Option<&str>,
    options: &Options,
) -> Result<Opened, OpenError> {
    let choice = discover::pick(&survey.modems, wanted);
    let choice = choice.map_err(|error| pick_error(error, survey))?;
    let opened = open_choice(&choice, options).await;
    opened.map_err(|error| match error {
        OpenError::Modem(Error::Absent { wanted, .. }) => {
            let found = survey.modems.iter().map(|modem| modem.id.clone()).collect();
            pick_error(PickError::Absent { wanted, found }, survey).into()
        }
        other => other,
    })
}

/// A modem that is not found, or that `ModemManager` holds, may be one that the daemon would have told of, had it been
/// well: then its fault is what is said.
fn blame(error: OpenError, fault: Option<Error>) -> OpenError {
    let OpenError::Modem(modem) = &error else {
        return error;
    };
    let is_its_own = match modem {
        Error::None { .. } | Error::NoAtPort { .. } => true,
        Error::Absent { wanted, .. } => !wanted.starts_with('/'),
        Error::Busy { holder, .. } => holder.starts_with("ModemManager"),
        _ => false,
    };
    match fault {
        Some(fault) if is_its_own => fault.into(),
        _ => error,
    }
}

/// Asks every modem for its number until one ends as wanted.
async fn open_by_imei(tail: &str, options: &Options) -> Result<Opened, OpenError> {
    let mut survey = options.machine.survey();
    let (daemon, fault) = Daemon::seek().await;
    if let Some(daemon) = daemon {
        if let Some(modem) = daemon.of_imei(tail).cloned() {
            return daemon.open(&modem, options).await;
        }
        survey.modems.retain(|modem| !daemon.has(modem));
    }
    let ids: Vec<String> = survey.modems.iter().map(|modem| modem.id.clone()).collect();
    let mut unheard = None;
    for id in &ids {
        let mut opened = match open_plugged(&survey, Some(id), options).await {
            Ok(opened) => opened,
            // It may be the one.
            Err(error) => {
                unheard.get_or_insert(error);
                continue;
            }
        };
        let imei = opened
            .modem
            .identity()
            .await
            .ok()
            .and_then(|identity| identity.imei);
        if imei.is_some_and(|imei| imei.reveal().ends_with(tail)) {
            return Ok(opened);
        }
        // Another modem: its port is put back as it was.
        if let Err(error) = opened.modem.close().await {
            tracing::info!(%error, %id, "the port's settings could not be put back");
        }
    }
    let absent = || {
        Error::Absent {
            wanted: managed::masked(tail),
            found: ids,
            unusable: survey.unusable,
        }
        .into()
    };
    Err(blame(unheard.unwrap_or_else(absent), fault))
}

/// What is known of a link before anything is said on it.
#[derive(Default)]
struct Facts {
    port: String,
    usb: Option<UsbId>,
    way: Way,
    /// Whether the port was seen on a modem, and not only named.
    was_found: bool,
}

/// Talks to what is at the end of a link. A trace `goes_on` where another port was tried before.
async fn attach(
    link: impl Link + 'static,
    facts: Facts,
    clock: Clock,
    goes_on: bool,
    options: &Options,
) -> Result<Opened, OpenError> {
    let mut trace = Fate::default();
    let driver = match &options.trace {
        Some(path) => {
            let file = tap::create(path, goes_on).map_err(|error| OpenError::File {
                file: path.display().to_string(),
                detail: error.to_string(),
            })?;
            let about = [
                format!("opensim: {}", crate::VERSION),
                format!("Port: {}", facts.port),
            ];
            let about: Vec<&str> = about.iter().map(String::as_str).collect();
            let (file, fate) = Told::new(file);
            trace = fate;
            Driver::spawn(Tap::new(link, clock.clone(), file, &about), clock.clone())
        }
        None => Driver::spawn(link, clock.clone()),
    };
    let forced = options.dialect.as_deref().and_then(crate::dialect::by_name);
    let modem = AtModem::open(
        driver,
        clock.clone(),
        facts.port,
        facts.usb,
        facts.way,
        forced,
    )
    .await?;
    Ok(Opened {
        modem: Box::new(modem),
        clock,
        hold: None,
        trace,
    })
}

fn pick_error(error: PickError, survey: &Survey) -> Error {
    let why = |id: &str| {
        let stick = survey.unusable.iter().find(|stick| stick.id == id);
        stick.cloned().map(Box::new)
    };
    match error {
        PickError::None => Error::None {
            unusable: survey.unusable.clone(),
        },
        PickError::Several(ids) => Error::Several(ids),
        PickError::Absent { wanted, found } => match why(&wanted) {
            Some(stick) => Error::NoAtPort {
                id: wanted,
                why: Some(stick),
            },
            None => Error::Absent {
                wanted,
                found,
                unusable: survey.unusable.clone(),
            },
        },
        PickError::NoAtPort { id } => {
            let why = why(&id);
            Error::NoAtPort { id, why }
        }
        PickError::Diagnostics { port, instead } => Error::Diagnostics { port, instead },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_names_one_kind_of_modem() {
        let spec = |text: &str| text.parse::<Spec>().ok();
        assert_eq!(spec("sim:home"), Some(Spec::Sim("home".into())));
        assert_eq!(spec("mm:0"), Some(Spec::Manager(0)));
        assert_eq!(spec("imei:…1234"), Some(Spec::Imei("1234".into())));
        assert_eq!(
            spec("/dev/ttyUSB2"),
            Some(Spec::Device("/dev/ttyUSB2".into()))
        );
        assert_eq!(spec("auto"), Some(Spec::Automatic));
        for text in ["", "mm:x", "mm:", "imei:", "imei:12", "imei:12x4"] {
            assert_eq!(spec(text), None, "{text}");
        }
    }
}
