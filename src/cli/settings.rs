//! What was typed, resolved: flag, then `OPENSIM_*`, then the user's configuration, then the machine's, then defaults.

use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use etcetera::BaseStrategy as _;
use serde::Deserialize;

use super::Global;
use crate::domain::{Carrier, Plmn, Profile};
use crate::error::Error;
use crate::i18n::Lang;
use crate::os::files::named as files;

/// The longest that one step may take, unless said otherwise.
const STEP: Duration = Duration::from_mins(1);

/// The longest configuration that is read, with some hundred carriers.
const LONGEST: u64 = 64_000;

/// The environment's server to measure against.
pub(super) const SERVER: &str = "OPENSIM_SERVER";

/// Everything that a command needs to know of how it was called.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub(super) modem: Option<String>,
    pub(super) json: bool,
    pub(super) lang: Lang,
    pub(super) verbose: u8,
    pub(super) quiet: bool,
    pub(super) color: Option<String>,
    pub(super) interactive: bool,
    pub(super) trace: Option<PathBuf>,
    pub(super) timeout: Duration,
    pub(super) reveal: bool,
    pub(super) dialect: Option<String>,
    pub(super) direct: bool,
    pub(super) pin_file: Option<PathBuf>,
    pub(super) profile: Profile,
    /// The environment's server, where it names one.
    pub(super) server: Option<String>,
    pub(super) measure: MeasureTable,
}

/// A configuration file. Unknown keys are refused, so that a slip is not silently without effect.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    modem: Option<String>,
    lang: Option<String>,
    color: Option<String>,
    timeout: Option<String>,
    pin_file: Option<PathBuf>,
    /// The SIM's carriers, by name of the French table; see `[[carrier]]` for others.
    carriers: Option<Vec<String>>,
    #[serde(default)]
    carrier: Vec<CarrierTable>,
    measure: Option<MeasureTable>,
}

/// What is measured against, and with what. Nothing here is contacted unless something is measured.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MeasureTable {
    /// As `--server` takes it.
    pub(super) server: Option<String>,
    /// As `--reflector` takes it.
    pub(super) reflector: Option<String>,
    /// Files of certificates that are trusted besides the public list.
    #[serde(default)]
    pub(super) authorities: Vec<PathBuf>,
    /// What `measure` also looks for, as `--check` takes it.
    #[serde(default)]
    pub(super) checks: Vec<String>,
}

/// A carrier of one's own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct CarrierTable {
    id: String,
    name: Option<String>,
    plmns: Vec<Plmn>,
    #[serde(default)]
    bands: Vec<String>,
}

impl Settings {
    /// The carrier that a person named.
    pub(super) fn carrier(&self, word: &str) -> Result<Carrier, Error> {
        let known = || self.profile.carriers.iter().map(|c| c.id.clone()).collect();
        self.profile.named(word).map_err(|source| Error::Carrier {
            source,
            known: known(),
        })
    }

    /// Resolves; on failure says too whether JSON was asked for.
    pub(super) fn resolve(global: Global) -> Result<Self, (Error, bool)> {
        let json = global.json;
        Self::layered(global).map_err(|error| (error, json))
    }

    fn layered(global: Global) -> Result<Self, Error> {
        let (user, machine) = files(global.config.as_deref())?;
        let pick = |of: fn(&File) -> Option<String>| of(&user).or_else(|| of(&machine));
        let timeout = match global.timeout {
            Some(timeout) => timeout,
            None => match pick(|f| f.timeout.clone()) {
                Some(text) => super::units::duration(&text).map_err(|detail| Error::Config {
                    file: "timeout".into(),
                    detail,
                })?,
                None => STEP,
            },
        };
        let lang = match global.lang.or_else(|| pick(|f| f.lang.clone())) {
            Some(text) => text
                .parse()
                .map_err(|_| Error::Usage(format!("--lang {text}: fr, en")))?,
            None => Lang::choose(None, None, None),
        };
        if let Some(name) = &global.dialect
            && crate::dialect::by_name(name).is_none()
        {
            let known: Vec<&str> = crate::dialect::DIALECTS
                .iter()
                .map(|d| d.profile().name)
                .collect();
            return Err(Error::Usage(format!(
                "--dialect {name}: {}",
                known.join(", ")
            )));
        }
        let terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        Ok(Self {
            modem: global
                .modem
                .filter(|m| !m.is_empty())
                .or_else(|| pick(|f| f.modem.clone())),
            json: global.json,
            lang,
            verbose: global.verbose,
            quiet: global.quiet,
            color: global.color.or_else(|| pick(|f| f.color.clone())),
            interactive: terminal && !global.no_input,
            trace: global.trace,
            timeout,
            reveal: global.reveal && std::io::stdout().is_terminal(),
            dialect: global.dialect,
            direct: global.direct,
            pin_file: global
                .pin_file
                .or_else(|| user.pin_file.clone())
                .or_else(|| machine.pin_file.clone()),
            profile: profile(&user)?.or(profile(&machine)?).unwrap_or_default(),
            server: std::env::var(SERVER).ok(),
            measure: user.measure.or(machine.measure).unwrap_or_default(),
        })
    }
}

/// The language before anything is parsed, for help and for errors of usage.
pub(super) fn early_language(args: &[OsString]) -> Lang {
    let mut words = args.iter().filter_map(|a| a.to_str());
    let mut flag = None;
    while let Some(word) = words.next() {
        match word.strip_prefix("--lang") {
            Some("") => flag = words.next().map(str::to_owned),
            Some(rest) => flag = rest.strip_prefix('=').map(str::to_owned).or(flag),
            None => {}
        }
    }
    let environment = std::env::var("OPENSIM_LANG").ok().filter(|v| !v.is_empty());
    let file = files(None)
        .ok()
        .and_then(|(user, machine)| user.lang.or(machine.lang));
    let parsed = |text: Option<String>| text.and_then(|text| text.parse().ok());
    Lang::choose(parsed(flag), environment.as_deref(), parsed(file))
}

/// The user's file (or the one named instead) and the machine's.
fn files(named: Option<&Path>) -> Result<(File, File), Error> {
    let user = match named {
        Some(path) => read(path, true)?,
        None => match etcetera::base_strategy::Xdg::new() {
            Ok(dirs) => read(&dirs.config_dir().join("opensim/config.toml"), false)?,
            Err(_) => File::default(),
        },
    };
    Ok((user, read(Path::new("/etc/opensim/config.toml"), false)?))
}

fn read(path: &Path, must_exist: bool) -> Result<File, Error> {
    let fault = |detail: String| Error::Config {
        file: path.display().to_string(),
        detail,
    };
    match files::read(path, LONGEST) {
        Ok((text, _)) => toml::from_str(&text).map_err(|error| fault(error.message().to_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !must_exist => {
            Ok(File::default())
        }
        Err(error) => Err(fault(error.to_string())),
    }
}

fn profile(file: &File) -> Result<Option<Profile>, Error> {
    if file.carriers.is_none() && file.carrier.is_empty() {
        return Ok(None);
    }
    let fault = |detail: String| Error::Config {
        file: "carriers".into(),
        detail,
    };
    let mut carriers = Vec::new();
    for word in file.carriers.iter().flatten() {
        carriers.push(
            Profile::france()
                .named(word)
                .map_err(|error| fault(error.to_string()))?,
        );
    }
    for table in &file.carrier {
        if table.plmns.is_empty() {
            return Err(fault(format!("{}: plmns is empty", table.id)));
        }
        carriers.push(Carrier {
            id: table.id.clone(),
            name: table.name.clone().unwrap_or_else(|| table.id.clone()),
            plmns: table.plmns.clone(),
            bands: table.bands.clone(),
        });
    }
    Ok(Some(Profile { carriers }))
}
