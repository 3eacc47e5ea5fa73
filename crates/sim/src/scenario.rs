//! Scenarios: what a virtual modem is, where it stands and what goes wrong, in TOML (docs/scenarios.md).
//!
//! Unknown keys are refused with their line, so that a misspelt fault is not a test that passes. A scenario can say
//! `base = "home"` and change only some keys of another one.

mod error;
mod file;
mod keys;

use std::time::Duration;

use serde::Deserialize;

use super::faults::Faults;
use super::identity::DeviceIdentity;
use super::persona::{self, Persona};
use super::quirks::Quirks;
use super::world::{Card, Carrier, Event, Selection, Timing, World};
use opensim_domain::time::Instant;

pub use error::{Problem, ScenarioError};

/// The built-in scenarios, by name.
const BUILT_IN: &[(&str, &str)] = &[
    ("home", include_str!("scenarios/home.toml")),
    ("rural", include_str!("scenarios/rural.toml")),
    ("indoor", include_str!("scenarios/indoor.toml")),
    ("zone-blanche", include_str!("scenarios/zone-blanche.toml")),
    ("denied", include_str!("scenarios/denied.toml")),
    ("wedged", include_str!("scenarios/wedged.toml")),
    ("automatic", include_str!("scenarios/automatic.toml")),
    ("legacy", include_str!("scenarios/legacy.toml")),
    ("pin", include_str!("scenarios/pin.toml")),
    ("puk", include_str!("scenarios/puk.toml")),
    ("no-sim", include_str!("scenarios/no-sim.toml")),
    ("simcom-home", include_str!("scenarios/simcom-home.toml")),
    ("huawei-home", include_str!("scenarios/huawei-home.toml")),
    ("generic-home", include_str!("scenarios/generic-home.toml")),
    ("ec200-home", include_str!("scenarios/ec200-home.toml")),
    ("fibocom-home", include_str!("scenarios/fibocom-home.toml")),
    ("fm350-home", include_str!("scenarios/fm350-home.toml")),
    (
        "quectel-5g-home",
        include_str!("scenarios/quectel-5g-home.toml"),
    ),
    ("meig-home", include_str!("scenarios/meig-home.toml")),
    ("zte-home", include_str!("scenarios/zte-home.toml")),
    (
        "cinterion-home",
        include_str!("scenarios/cinterion-home.toml"),
    ),
    ("sierra-home", include_str!("scenarios/sierra-home.toml")),
    ("telit-home", include_str!("scenarios/telit-home.toml")),
    ("ublox-home", include_str!("scenarios/ublox-home.toml")),
];

/// A scenario that was read and found sound.
#[derive(Clone)]
pub struct Scenario {
    /// How the modem words things.
    pub(crate) persona: &'static dyn Persona,
    /// The pace of the in-process demonstration: how many times as fast as real.
    pub pace: f64,
    /// What every chance in it follows from.
    pub seed: u64,
    /// Who the modem says it is.
    pub(crate) identity: DeviceIdentity,
    /// What goes wrong.
    pub(crate) faults: Faults,
    /// How the modem is odd.
    pub(crate) quirks: Quirks,
    /// How long the modem's own doings take.
    pub(crate) delays: Delays,
    card: Card,
    carriers: Vec<Carrier>,
    events: Vec<Event>,
    timing: Timing,
    start: Selection,
    registered: bool,
}

/// How long the modem's own doings take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Delays {
    /// Until the answer to a command that touches no network.
    pub(crate) reply: Duration,
    /// Of `AT+COPS=?`.
    pub(crate) network_list: Duration,
    /// After which the modem itself gives up a selection.
    pub(crate) selection_limit: Duration,
    /// From power to the first line.
    pub(crate) boot: Duration,
}

impl Scenario {
    /// A built-in scenario.
    pub fn named(name: &str) -> Option<Self> {
        let text = text_of(name)?;
        // The test over every built-in one holds this to be `Some`.
        Self::from_toml(text, name).ok()
    }

    /// The names of the personas that a scenario can name.
    pub fn personas() -> impl Iterator<Item = &'static str> {
        persona::names()
    }

    /// The name of its persona.
    pub fn persona(&self) -> &'static str {
        self.persona.name()
    }

    /// The names of the built-in scenarios.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// Reads a scenario; `origin` (a file, a name) is kept for its errors.
    ///
    /// # Errors
    /// At the first key that is unknown, missing or does not fit.
    pub fn from_toml(text: &str, origin: &str) -> Result<Self, ScenarioError> {
        file::read(text, origin, &toml::Table::new())
    }

    /// The same with quirks over its own, each as `KEY=VALUE`; a value that is no TOML is taken as a word.
    ///
    /// # Errors
    /// At the first quirk, or else key, that is unknown or does not fit.
    pub fn with_quirks(text: &str, origin: &str, quirks: &[String]) -> Result<Self, ScenarioError> {
        let mut table = toml::Table::new();
        for quirk in quirks {
            let fault = |problem| ScenarioError {
                origin: format!("--quirk {quirk}"),
                line: None,
                problem,
            };
            table.extend(single(quirk).map_err(fault)?);
        }
        file::read(text, origin, &table)
    }

    /// Whether a quirk, as `KEY=VALUE`, is sound.
    ///
    /// # Errors
    /// When the key is unknown, with those that are known, or the value does not fit.
    pub fn check_quirk(quirk: &str) -> Result<(), Problem> {
        single(quirk).map(drop)
    }

    /// The text of a built-in scenario.
    pub fn text(name: &str) -> Option<&'static str> {
        text_of(name)
    }

    /// The world at its start.
    pub fn world(&self) -> World {
        let mut world = World::new(
            self.card.clone(),
            self.carriers.clone(),
            self.timing.clone(),
            self.seed,
        );
        world.schedule(self.events.clone());
        world.start(self.start, self.registered);
        world.set_radio(Instant::ZERO, !self.quirks.radio_off);
        if self.quirks.sim_words.is_some() {
            let until = self.quirks.sim_busy().map(Instant::at);
            world.hold_card(Instant::ZERO, until);
        }
        world
    }
}

impl std::fmt::Debug for Scenario {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scenario")
            .field("persona", &self.persona.name())
            .field("pace", &self.pace)
            .field("seed", &self.seed)
            .field("faults", &self.faults)
            .finish_non_exhaustive()
    }
}

/// One quirk as a table, alone sound.
fn single(quirk: &str) -> Result<toml::Table, Problem> {
    let (key, value) = quirk.split_once('=').unwrap_or((quirk, ""));
    let (key, value) = (key.trim(), value.trim());
    if !Quirks::keys().any(|known| known == key) {
        return Err(Problem::UnknownValue {
            key: "quirk",
            value: key.to_owned(),
            known: Quirks::keys().collect::<Vec<_>>().join(", "),
        });
    }
    let mut table: toml::Table = toml::from_str(&format!("{key} = {value}"))
        .ok()
        .filter(|table: &toml::Table| table.len() == 1)
        .unwrap_or_default();
    if table.is_empty() {
        table.insert(key.to_owned(), toml::Value::String(value.to_owned()));
    }
    let quirks = Quirks::deserialize(table.clone())
        .map_err(|error| Problem::Malformed(format!("`{key}`: {}", error.message().trim_end())))?;
    file::check_quirks(&quirks).map_err(|(_, problem)| problem)?;
    Ok(table)
}

fn text_of(name: &str) -> Option<&'static str> {
    BUILT_IN
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
}

#[cfg(test)]
mod tests;
