//! `opensim.doctor/1`: what a check-up found, check by check.

use serde::{Deserialize, Serialize};

use super::{Body, Fault, Home, ModemInfo, Note, Values, Word};
use crate::codes::Code;
use crate::doctor::{CheckOutcome, DoctorCheck};

/// What `opensim doctor` gives.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Doctor {
    /// The home's inventory; `null` where it was not asked for.
    #[serde(default)]
    #[cfg_attr(test, schemars(!default))]
    pub home: Option<Home>,
    /// The modem that was looked at; `null` where none could be asked.
    pub modem: Option<ModemInfo>,
    /// Every check that was asked for, and those that stood in the way of one, in the order in which they were made.
    pub checks: Vec<CheckedRow>,
    /// What it took of a person's data; `null` where nothing was begun.
    #[serde(default)]
    #[cfg_attr(test, schemars(!default))]
    pub cost: Option<DoctorCost>,
    /// What a user should know.
    pub warnings: Vec<Note>,
}

impl Body for Doctor {
    const SCHEMA: &'static str = "opensim.doctor/1";

    fn warnings(&mut self) -> Option<&mut Vec<Note>> {
        Some(&mut self.warnings)
    }

    fn notes(&mut self) -> Vec<&mut Note> {
        let of_home = self.home.iter_mut().flat_map(Home::notes);
        of_home.chain(&mut self.warnings).collect()
    }

    fn faults(&mut self) -> Vec<&mut Fault> {
        self.home.iter_mut().flat_map(Home::faults).collect()
    }

    fn checked(&mut self) -> Vec<&mut CheckedRow> {
        self.checks.iter_mut().collect()
    }
}

/// What a check-up took of a person's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DoctorCost {
    /// The most that measuring and asking might take.
    pub budget_bytes: u64,
    /// What went over the line, headers included.
    pub bytes: u64,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CheckedRow {
    /// Which.
    pub id: Word<DoctorCheck>,
    /// How it ended.
    pub outcome: Word<CheckOutcome>,
    /// What was found, stable: a note's or an error's code.
    #[cfg_attr(test, schemars(with = "String"))]
    pub code: Word<Code>,
    /// The same in the reader's language.
    pub message: String,
    /// What to do next, in the reader's language; `null` where there is nothing to do.
    pub hint: Option<String>,
    /// The values in the message, and what else is known.
    #[serde(default)]
    pub details: Values,
}

impl CheckedRow {
    /// A check with what was found; its words come later.
    pub fn new(id: DoctorCheck, outcome: CheckOutcome, found: Note) -> Self {
        Self {
            id: id.into(),
            outcome: outcome.into(),
            code: found.code,
            message: String::new(),
            hint: None,
            details: found.values,
        }
    }
}
