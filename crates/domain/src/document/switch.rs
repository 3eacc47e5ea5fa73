//! `opensim.switch/1` and `opensim.recover/1`: a change of carrier, and the way back.

use serde::{Deserialize, Serialize};

use super::word::or_unknown;
use super::{Body, Note, Radio, Word};
use crate::{Access, Plmn, SelectionMode};

/// What `opensim switch` gives.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Switch {
    /// The carrier in use before.
    pub from: Option<Endpoint>,
    /// The carrier that was named.
    pub to: Option<Endpoint>,
    /// How it ended; `null` where it failed before anything was changed.
    #[serde(default, deserialize_with = "or_unknown")]
    #[cfg_attr(test, schemars(!default))]
    pub outcome: Option<Outcome>,
    /// From the request to the confirmed registration.
    pub registered_in_s: Option<f64>,
    /// Whether the operator was confirmed twice.
    pub confirmed: bool,
    /// Whether data was seen to flow; `null` where it was not tried.
    pub data_verified: Option<bool>,
    /// The technology of the new carrier.
    #[serde(default, deserialize_with = "or_unknown")]
    #[cfg_attr(test, schemars(!default))]
    pub access: Option<Access>,
    /// Levels and cell on the new carrier.
    pub radio: Option<Radio>,
    /// The selection that was found.
    pub selection: Option<Found>,
    /// The way back, where it was taken.
    pub rollback: Rollback,
    /// The journal's file; `null` where nothing was sent.
    pub journal: Option<String>,
    /// What a user should know.
    pub warnings: Vec<Note>,
}

impl Body for Switch {
    const SCHEMA: &'static str = "opensim.switch/1";

    fn warnings(&mut self) -> Option<&mut Vec<Note>> {
        Some(&mut self.warnings)
    }

    fn notes(&mut self) -> Vec<&mut Note> {
        self.warnings.iter_mut().collect()
    }
}

/// A carrier and its network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Endpoint {
    /// The carrier's id, where the network is one of a known carrier.
    pub carrier: Option<String>,
    /// As a person reads it.
    pub name: Option<String>,
    /// The network.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub plmn: Option<Plmn>,
}

/// The selection that was found before a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Found {
    /// The mode.
    pub mode: SelectionMode,
    /// The network in use.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub plmn: Option<Plmn>,
    /// Whether the modem was choosing by itself; it is left in manual selection.
    pub was_automatic: bool,
}

/// A command that changes the network in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeCommand {
    /// A survey.
    Scan,
    /// A change of carrier.
    Switch,
    /// The way back of an interrupted one.
    Recover,
}

/// How a switch ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// On the carrier that was named.
    Switched,
    /// It was there before.
    AlreadyThere,
    /// It failed, and the former carrier is back.
    RolledBack,
    /// It failed, and the former carrier is not back.
    NotRestored,
}

/// The way back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Rollback {
    /// Whether it was tried.
    pub attempted: bool,
    /// Whether the former carrier is in use again; `null` where it was not tried.
    pub ok: Option<bool>,
}

/// What `opensim recover` gives.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Recover {
    /// Whether an interrupted change was found; `null` where one was, and the modem does not tell whether it was its
    /// own.
    pub needed: Option<bool>,
    /// Since when, RFC 3339.
    pub interrupted_at: Option<String>,
    /// The command that was interrupted.
    pub command: Option<Word<ChangeCommand>>,
    /// The carrier to put back.
    pub to: Option<Endpoint>,
    /// The carrier found in use.
    pub found: Option<Endpoint>,
    /// Whether the former carrier is in use; `null` where nothing was needed.
    pub restored: Option<bool>,
    /// From the request to the confirmed registration; `null` where it was already there.
    pub registered_in_s: Option<f64>,
    /// The journal's file.
    pub journal: Option<String>,
    /// What a user should know.
    pub warnings: Vec<Note>,
}

impl Body for Recover {
    const SCHEMA: &'static str = "opensim.recover/1";

    fn warnings(&mut self) -> Option<&mut Vec<Note>> {
        Some(&mut self.warnings)
    }

    fn notes(&mut self) -> Vec<&mut Note> {
        self.warnings.iter_mut().collect()
    }
}
