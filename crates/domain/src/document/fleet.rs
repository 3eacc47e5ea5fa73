//! `opensim.fleet_ingest/1`: what many sites' documents became when they were taken in.

use serde::{Deserialize, Serialize};

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
