//! What many sites' documents became when they were taken in (`opensim.fleet_ingest/1`), and what was asked of them
//! (`fleet_answer`, `fleet_pages`, `fleet_demo`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Body;

/// What `opensim-fleet ingest` gives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FleetIngest {
    /// The fleet's folder.
    pub fleet: String,
    /// How many documents were looked at.
    pub documents: u64,
    /// How many of them are in the fleet now, those that were there before among them.
    pub taken: u64,
    /// How many of those that were taken were there before.
    pub repeated: u64,
    /// How many of those that were taken are of a newer schema: kept as they are, for a newer version to read.
    pub newer: u64,
    /// How many are of a kind that a fleet does not keep.
    pub ignored: u64,
    /// How many could not be used, by reason.
    pub quarantined: Vec<QuarantineRow>,
    /// How many rows the documents taken have.
    pub rows: Vec<FleetRows>,
    /// How many things in the folder are no documents, and were left where they are.
    pub left: u64,
    /// Files of months that are damaged: they were left as they are, and what belongs in them waits.
    pub torn: Vec<String>,
}

impl Body for FleetIngest {
    const SCHEMA: &'static str = "opensim.fleet_ingest/1";
}

/// Documents that could not be used for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct QuarantineRow {
    /// The reason, e.g. `schema.invalid`.
    pub code: String,
    /// How many.
    pub documents: u64,
}

/// Rows of one table and month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FleetRows {
    /// The table.
    pub table: String,
    /// The month, `2026-11`.
    pub month: String,
    /// How many rows.
    pub rows: u64,
}

/// What an engine answered to a question about a fleet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FleetAnswer {
    /// The question's name; `null` for SQL of somebody's own.
    pub question: Option<String>,
    /// The first day that was looked at.
    pub since: Option<String>,
    /// The day after the last.
    pub until: Option<String>,
    /// The place asked about.
    pub place: Option<String>,
    /// The partner asked about.
    pub partner: Option<String>,
    /// The least homes of a group that is told.
    pub min_sites: u32,
    /// The columns' names.
    pub columns: Vec<String>,
    /// The rows, a value a column; `null` is unknown.
    pub rows: Vec<Vec<Value>>,
    /// What was asked, as the engine got it.
    pub sql: String,
    /// Which engine answered.
    pub engine: String,
    /// The files that were read, as paths within the fleet's folder.
    pub files: Vec<String>,
    /// Whether something is missing: a file that cannot be read, or rows beyond the most.
    pub partial: bool,
    /// The files that cannot be read.
    pub torn: Vec<String>,
    /// Whether there were more rows.
    pub truncated: bool,
}

impl Body for FleetAnswer {
    const SCHEMA: &'static str = "opensim.fleet_answer/1";
}

impl FleetAnswer {
    /// A row's value by its column's name; `None` where it is unknown.
    pub fn value<'a>(&self, row: &'a [Value], column: &str) -> Option<&'a Value> {
        let at = self.columns.iter().position(|name| name == column)?;
        row.get(at).filter(|value| !value.is_null())
    }
}

/// What pages were written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FleetPages {
    /// How many pages.
    pub pages: usize,
    /// The folders that they are in, one a partner.
    pub folders: Vec<String>,
}

impl Body for FleetPages {
    const SCHEMA: &'static str = "opensim.fleet_pages/1";
}

/// A fleet of virtual modems: what was made and what was found in it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FleetDemo {
    /// The folder that it was made in.
    pub folder: String,
    /// How many documents were made.
    pub documents: usize,
    /// How many of them have measured speeds.
    pub measured: usize,
    /// How many of them have a rated call.
    pub called: usize,
    /// How many surveys were made again at a slower pace, this computer being too slow for their world.
    pub again: usize,
    /// At how many homes each thing was planted.
    pub planted: BTreeMap<String, usize>,
    /// How many of them each question found.
    pub found: BTreeMap<String, usize>,
    /// The answers.
    pub answers: Vec<FleetAnswer>,
    /// How many pages were written.
    pub pages: usize,
}

impl Body for FleetDemo {
    const SCHEMA: &'static str = "opensim.fleet_demo/1";
}
