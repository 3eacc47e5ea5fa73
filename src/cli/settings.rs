//! What was typed, resolved: flag, then `OPENSIM_*`, then the user's configuration, then the machine's, then defaults.
//! Each key is layered by itself, and an empty variable of the environment is an unset one.

use std::ffi::{OsStr, OsString};
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Global;
use super::config::{self, ConfigFile, Keys};
use super::written::{self, When};
use crate::domain::{Carrier, Profile};
use crate::error::Error;
use crate::i18n::{Catalogue, Lang};
use crate::measure::reach::Target;
use crate::measure::{ReflectorAddress, Server};
use crate::modem::connect::Standing;
use crate::os::files::folders;
use crate::store::Store;

mod fleet;
mod profile;

pub(super) use fleet::Fleet;

/// The longest that one step may take, unless said otherwise.
const STEP: Duration = Duration::from_mins(1);

/// The name of a configuration.
const FILE: &str = "config.toml";

// The environment's names of what a flag names too.
pub(super) const MODEM: &str = "OPENSIM_MODEM";
pub(super) const LANG: &str = "OPENSIM_LANG";
pub(super) const COLOR: &str = "OPENSIM_COLOR";
pub(super) const TIMEOUT: &str = "OPENSIM_TIMEOUT";
pub(super) const CONFIG: &str = "OPENSIM_CONFIG";
pub(super) const PIN_FILE: &str = "OPENSIM_PIN_FILE";
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
    pub(super) color: When,
    pub(super) interactive: bool,
    /// Whether the person agreed with the command itself.
    pub(super) yes: bool,
    pub(super) trace: Option<PathBuf>,
    pub(super) timeout: Duration,
    pub(super) reveal: bool,
    pub(super) dialect: Option<String>,
    pub(super) direct: bool,
    pub(super) pin_file: Option<PathBuf>,
    pub(super) profile: Profile,
    /// The configuration files, by whose they are, there or not.
    pub(super) configurations: Vec<(&'static str, PathBuf)>,
    /// The environment's server, where it names one.
    pub(super) server: Option<String>,
    /// What is configured for measuring an interface.
    pub(super) measure: Configured,
    /// The same for measuring a modem's link.
    pub(super) measure_modem: Configured,
    /// Where what was found may be sent, where that is configured.
    pub(super) fleet: Option<Fleet>,
    /// Where everything is kept.
    pub(super) store: Store,
    /// The virtual modem that stays plugged in from one command to the next, where there is one.
    pub(super) standing: Option<Standing>,
}

/// What is measured against, and with what, where nothing else was typed.
#[derive(Debug, Clone, Default)]
pub(super) struct Configured {
    pub(super) server: Option<Server>,
    pub(super) reflector: Option<ReflectorAddress>,
    pub(super) authorities: Vec<PathBuf>,
    pub(super) checks: Vec<Target>,
}

impl Settings {
    /// The carrier that a person named.
    pub(super) fn carrier(&self, word: &str) -> Result<Carrier, Error> {
        let known = || self.profile.carriers.iter().map(|c| c.id.clone()).collect();
        self.profile.named(word).map_err(|source| Error::Carrier {
            source,
            known: known(),
            near: self.profile.near(word).map(|c| c.id.clone()),
        })
    }

    /// Whether the modem that was named is a virtual one.
    pub(super) fn is_virtual(&self) -> bool {
        self.modem.as_deref().is_some_and(is_virtual)
    }

    /// Whether what is found also waits to be sent: where a collector is configured, and nothing is pretended.
    pub(super) fn posts(&self) -> bool {
        let fleet = self.fleet.as_ref();
        fleet.is_some_and(|fleet| fleet.demonstration || !self.is_virtual())
    }

    /// Resolves; on failure says too whether JSON was asked for.
    pub(super) fn resolve(global: Global) -> Result<Self, (Error, bool)> {
        let json = global.json;
        Self::layered(global).map_err(|error| (error, json))
    }

    fn layered(global: Global) -> Result<Self, Error> {
        let named = global.config.or_else(|| path(CONFIG));
        let (user, machine) = files(named.as_deref())?;
        let profile = profile::of(&user, &machine)?;
        let fleet = fleet::of(&user, &machine)?;
        let (user, machine) = (user.keys, machine.keys);
        let lang = written::below(global.lang, LANG)?;
        let lang = lang.or_else(|| Some(user.lang.as_ref().or(machine.lang.as_ref())?.0));
        let color = written::below(global.color, COLOR)?;
        let color = color.or_else(|| Some(user.color.as_ref().or(machine.color.as_ref())?.0));
        let timeout = written::below(global.timeout, TIMEOUT)?;
        let timeout =
            timeout.or_else(|| Some(user.timeout.as_ref().or(machine.timeout.as_ref())?.0));
        let modem = global.modem.filter(|modem| !modem.is_empty());
        let modem = modem.or_else(|| written::variable(MODEM));
        let modem = modem.or_else(|| user.modem.clone().or_else(|| machine.modem.clone()));
        let pin_file = global.pin_file.or_else(|| path(PIN_FILE));
        let pin_file = pin_file.or_else(|| user.pin_file.clone().or(machine.pin_file.clone()));
        let measure = measure(user, machine);
        // A virtual modem has its own server on its own network, and a real one is not reached from there.
        let measure_modem = if modem.as_deref().is_some_and(is_virtual) {
            Configured::default()
        } else {
            measure.clone()
        };
        let terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        Ok(Self {
            modem,
            json: global.json,
            lang: lang.unwrap_or_else(Lang::of_system),
            verbose: global.verbose,
            quiet: global.quiet,
            color: color.unwrap_or(When::Auto),
            interactive: terminal && !global.no_input,
            yes: global.yes,
            trace: global.trace,
            timeout: timeout.unwrap_or(STEP),
            reveal: global.reveal && std::io::stdout().is_terminal(),
            dialect: global.dialect,
            direct: global.direct,
            pin_file,
            profile,
            configurations: configurations(named.as_deref()),
            server: written::variable(SERVER),
            measure,
            measure_modem,
            fleet,
            store: Store::of_user(),
            standing: None,
        })
    }

    /// The same person's, for a virtual modem that stands already: nothing of their own configuration goes into it, and
    /// what is found is kept elsewhere.
    pub(super) fn with(self, standing: Standing, store: Store) -> Self {
        Self {
            modem: Some(standing.spec()),
            trace: None,
            dialect: None,
            direct: false,
            pin_file: None,
            profile: Profile::default(),
            configurations: Vec::new(),
            server: None,
            measure: Configured::default(),
            measure_modem: Configured::default(),
            fleet: None,
            store,
            standing: Some(standing),
            ..self
        }
    }

    /// The same with what was typed now, where that is no matter of which modem and of whose configuration.
    pub(super) fn beside(&self, typed: &Global) -> Self {
        Self {
            json: typed.json,
            lang: typed.lang.unwrap_or(self.lang),
            verbose: typed.verbose,
            quiet: typed.quiet,
            color: typed.color.unwrap_or(self.color),
            interactive: self.interactive && !typed.no_input,
            yes: typed.yes,
            timeout: typed.timeout.unwrap_or(STEP),
            reveal: false,
            ..self.clone()
        }
    }
}

/// Whether a `--modem` is that of a virtual modem.
fn is_virtual(modem: &str) -> bool {
    modem.starts_with("sim:")
}

/// What is configured for measuring, each key from the user's file or else from the machine's.
fn measure(user: Keys, machine: Keys) -> Configured {
    let (user, machine) = (user.measure, machine.measure);
    let checks = user.checks.or(machine.checks).unwrap_or_default();
    Configured {
        server: user.server.or(machine.server).map(|server| server.0),
        reflector: user.reflector.or(machine.reflector).map(|echo| echo.0),
        authorities: user.authorities.or(machine.authorities).unwrap_or_default(),
        checks: checks.into_iter().map(|target| target.0).collect(),
    }
}

/// The words before anything is parsed, for help and for errors of usage.
pub(super) fn early(args: &[OsString]) -> Catalogue {
    let named = typed(args, "--config").map(PathBuf::from);
    let named = named.or_else(|| path(CONFIG));
    let of_files = || {
        let user = named.clone().or_else(user_file);
        let mut places = user.into_iter().chain([machine_file()]);
        places.find_map(|place| config::language(&place))
    };
    let flag = typed(args, "--lang").and_then(|text| text.to_str()?.parse().ok());
    let lang = flag
        .or_else(|| written::environment(LANG).ok()?)
        .or_else(of_files)
        .unwrap_or_else(Lang::of_system);
    let profile = files(named.as_deref()).and_then(|(user, machine)| profile::of(&user, &machine));
    Catalogue::new(lang).with_profile(profile.unwrap_or_default())
}

/// The value that an option has on a command line, as `--option VALUE` or `--option=VALUE`; the last counts.
fn typed<'a>(args: &'a [OsString], option: &str) -> Option<&'a OsStr> {
    let mut value = None;
    let mut words = args.iter();
    while let Some(word) = words.next() {
        if word == option {
            value = words.next().map(OsString::as_os_str).or(value);
        } else if let Some(rest) = word.to_str().and_then(|word| word.strip_prefix(option)) {
            value = rest.strip_prefix('=').map(OsStr::new).or(value);
        }
    }
    value
}

/// The user's file (or the one named instead) and the machine's.
fn files(named: Option<&Path>) -> Result<(ConfigFile, ConfigFile), Error> {
    let user = match (named, user_file()) {
        (Some(path), _) => ConfigFile::read(path, true)?,
        (None, Some(path)) => ConfigFile::read(&path, false)?,
        (None, None) => ConfigFile::default(),
    };
    Ok((user, ConfigFile::read(&machine_file(), false)?))
}

/// Where those files are.
fn configurations(named: Option<&Path>) -> Vec<(&'static str, PathBuf)> {
    let user = named.map(Path::to_owned).or_else(user_file);
    let user = user.map(|path| ("user", path));
    user.into_iter()
        .chain([("machine", machine_file())])
        .collect()
}

fn machine_file() -> PathBuf {
    folders::machine_settings("opensim").join(FILE)
}

fn user_file() -> Option<PathBuf> {
    Some(folders::settings("opensim")?.join(FILE))
}

/// A path that the environment names.
fn path(name: &str) -> Option<PathBuf> {
    let value = std::env::var_os(name).filter(|value| !value.is_empty());
    value.map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> ConfigFile {
        ConfigFile::of_text("config.toml".to_owned(), text.to_owned()).expect("a configuration")
    }

    #[test]
    fn each_key_of_a_table_comes_from_the_users_file_or_else_from_the_machines() {
        let machine = file(
            "[measure]\nserver = \"cloudflare\"\nreflector = \"echo.example\"\n\
             authorities = [\"/ca.pem\"]\nchecks = [\"tcp://a.example:1\", \"tcp://b.example:1\"]\n",
        );
        let user = file("[measure]\nserver = \"opensim://own.example\"\nchecks = []\n");
        let merged = measure(user.keys, machine.keys);
        assert_eq!(merged.server, Server::parse("opensim://own.example").ok());
        assert_eq!(
            merged.reflector,
            ReflectorAddress::parse("echo.example").ok()
        );
        assert_eq!(merged.authorities, [PathBuf::from("/ca.pem")]);
        assert_eq!(merged.checks, []);
    }

    #[test]
    fn the_list_of_carriers_and_those_of_ones_own_are_layered_apart() {
        let machine = file(
            "carriers = [\"free\", \"mine\"]\n[[carrier]]\nid = \"theirs\"\nplmns = [\"20898\"]\n",
        );
        let user = file("[[carrier]]\nid = \"mine\"\nplmns = [\"20899\"]\n");
        let profile = profile::of(&user, &machine).expect("carriers");
        let ids: Vec<&str> = profile.carriers.iter().map(|c| c.id.as_str()).collect();
        assert_eq!(ids, ["free", "mine"]);
        assert!(profile::of(&file("carriers = []"), &machine).is_ok());
        assert!(profile::of(&file("carriers = []"), &file("")).is_err());
    }

    #[test]
    fn the_last_value_of_an_option_counts_and_its_like_do_not() {
        let words = ["x", "--lang", "fr", "--language=de", "--lang=en", "--lang"];
        let args: Vec<OsString> = words.iter().map(OsString::from).collect();
        assert_eq!(typed(&args, "--lang"), Some(OsStr::new("en")));
        assert_eq!(typed(&args, "--config"), None);
    }
}
