//! `opensim.carriers/1` and `opensim.at/1`: the profile's carriers, and what raw commands answered.

use serde::{Deserialize, Serialize};

use super::{Body, Note};
use crate::Plmn;

/// What `opensim carriers` gives.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Carriers {
    /// In the order that a survey visits them.
    pub carriers: Vec<CarrierRow>,
}

impl Body for Carriers {
    const SCHEMA: &'static str = "opensim.carriers/1";
}

/// One carrier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CarrierRow {
    /// What a person types.
    pub id: String,
    /// What a person reads.
    pub name: String,
    /// Its networks, the one to register on first.
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub plmns: Vec<Plmn>,
    /// Its bands in France.
    pub bands: Vec<String>,
    /// Whether the SIM's profile has it.
    pub in_profile: bool,
}

/// What `opensim at` gives.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct At {
    /// One for each command, in order.
    pub answers: Vec<AtAnswer>,
    /// What a user should know.
    pub warnings: Vec<Note>,
}

impl Body for At {
    const SCHEMA: &'static str = "opensim.at/1";

    fn warnings(&mut self) -> Option<&mut Vec<Note>> {
        Some(&mut self.warnings)
    }

    fn notes(&mut self) -> Vec<&mut Note> {
        self.warnings.iter_mut().collect()
    }
}

/// One command and its answer, identifiers masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AtAnswer {
    /// What was sent.
    pub command: String,
    /// The information lines.
    pub lines: Vec<String>,
    /// The final result.
    pub result: String,
    /// Whether it ended well.
    pub ok: bool,
}
