//! `opensim.measure/1`: what a link carries, against what is needed.

use serde::{Deserialize, Serialize};

use super::word::or_default;
use super::{Body, Fault, LinkCost, Note, RequirementRow, Throughput, Voice, Word};
use crate::measured::{CheckKind, Reachability};
use crate::verdict::Verdict;

/// What `opensim measure` gives. The facts of the first link stand beside the list of all.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Measure {
    /// The first link's interface; `null` where there was none.
    pub interface: Option<String>,
    /// The server, as it is named with `--server`.
    pub server: Option<String>,
    /// What the day needs.
    pub requirement: Option<RequirementRow>,
    /// The first link's goodput; `null` where it was not measured.
    pub throughput: Option<Throughput>,
    /// The first link's call; `null` where it was not measured.
    pub voice: Option<Voice>,
    /// The first link's conclusion.
    #[serde(deserialize_with = "or_default")]
    pub verdict: Verdict,
    /// Every link, in the order in which they were named.
    #[serde(default)]
    pub links: Vec<LinkRow>,
    /// What a user should know.
    #[serde(default)]
    pub warnings: Vec<Note>,
}

impl Body for Measure {
    const SCHEMA: &'static str = "opensim.measure/1";

    fn warnings(&mut self) -> Option<&mut Vec<Note>> {
        Some(&mut self.warnings)
    }

    fn notes(&mut self) -> Vec<&mut Note> {
        self.links
            .iter_mut()
            .flat_map(|link| {
                let checks = link.checks.iter_mut();
                let found = checks.flat_map(|c| c.found.iter_mut().chain(c.warnings.iter_mut()));
                link.why.iter_mut().chain(found)
            })
            .chain(self.warnings.iter_mut())
            .collect()
    }

    fn faults(&mut self) -> Vec<&mut Fault> {
        self.links
            .iter_mut()
            .flat_map(|link| {
                let checks = link.checks.iter_mut().filter_map(|c| c.error.as_mut());
                link.error.iter_mut().chain(checks)
            })
            .collect()
    }
}

/// One link.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LinkRow {
    /// Its interface.
    pub interface: String,
    /// Its goodput; `null` where it was not measured.
    pub throughput: Option<Throughput>,
    /// A call, and what flowed beside it; `null` where it was not measured.
    pub voice: Option<Voice>,
    /// A call while what is needed comes down; `null` where it was not asked for or not measured.
    pub loaded_voice: Option<Voice>,
    /// Without load, of a connection's first exchange.
    pub round_trip_ms: Option<f64>,
    /// The conclusion.
    #[serde(deserialize_with = "or_default")]
    pub verdict: Verdict,
    /// The reasons, in words.
    pub why: Vec<Note>,
    /// What a teleworker needs to reach, as far as it was named.
    #[serde(default)]
    pub checks: Vec<CheckRow>,
    /// What it took, also where it failed; `null` where nothing was sent.
    pub cost: Option<LinkCost>,
    /// What went wrong.
    pub error: Option<Fault>,
}

/// A server that was to be reached over the link.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CheckRow {
    /// The kind of check.
    pub id: Word<CheckKind>,
    /// The target, as it is named with `--check`.
    pub target: String,
    /// Whether it was reached.
    pub outcome: Word<Reachability>,
    /// From the first packet to the answer.
    pub latency_ms: Option<f64>,
    /// What was found; `null` where it failed.
    pub found: Option<Note>,
    /// What a user should know beside it.
    pub warnings: Vec<Note>,
    /// What went wrong.
    pub error: Option<Fault>,
}
