//! The documents of the contract: what a use case gives, what is printed, kept and sent.
//!
//! Each is one JSON object with its schema's name. Unknown is `null`, never absent and never 0; units stand in the
//! keys. Documents carry codes and values; the words (`message`, `hint`) are put in by `report/` in the reader's
//! language. The schemas in `docs/schema/` are made from these types and checked by a test.

mod carriers;
mod cost;
mod doctor;
mod fleet;
mod history;
mod home;
mod measure;
mod modems;
mod radio;
mod reading;
mod scan;
#[cfg(test)]
mod schema_test;
mod send;
mod status;
mod switch;
mod word;
#[cfg(test)]
mod word_test;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::codes::Code;

pub use carriers::{At, AtAnswer, CarrierRow, Carriers};
pub use cost::LinkCost;
pub use doctor::{CheckedRow, Doctor, DoctorCost};
pub use fleet::{FleetAnswer, FleetDemo, FleetIngest, FleetPages, FleetRows, QuarantineRow};
pub use history::{
    Compare, ComparedBy, ComparedRow, ComparedSide, ComparedValues, History, HistoryEntry,
    HistoryKind, HistoryWork, PastCarrier,
};
pub use home::{GuardRow, Home, HomeLine, HostRow, VpnRow};
pub use measure::{CheckRow, LinkRow, Measure};
pub use modems::{ModemRow, Modems, PortRow, UnusableRow, UsbRow};
pub use radio::Radio;
pub use reading::{BestRow, CellRow, LevelTrend, MonitorReading, SurveyedRow, TrendRow};
pub use scan::{
    CarrierResult, Cost, Direction, NetworkRow, RequirementRow, Scan, SurveyMethod, Throughput,
    Voice,
};
pub use send::{SendOutcome, Sending, SentRow};
pub use status::{Data, ModemInfo, RegistrationInfo, SelectionInfo, SimInfo, Status};
pub use switch::{ChangeCommand, Endpoint, Found, Outcome, Recover, Rollback, Switch};
pub use word::Word;

/// The body of a document: its name and what in it needs words.
pub trait Body: Serialize + Default {
    /// The schema's name and number, e.g. `opensim.scan/1`.
    const SCHEMA: &'static str;

    /// Everything in it that carries a code and waits for its words.
    fn notes(&mut self) -> Vec<&mut Note> {
        Vec::new()
    }

    /// Where it takes warnings of what came after the work: a file that could not be written.
    fn warnings(&mut self) -> Option<&mut Vec<Note>> {
        None
    }

    /// Every stick in it whose reason waits for its words.
    fn sticks(&mut self) -> Vec<&mut UnusableRow> {
        Vec::new()
    }

    /// Every check of a check-up in it, whose finding and advice wait for their words.
    fn checked(&mut self) -> Vec<&mut CheckedRow> {
        Vec::new()
    }

    /// Every error inside it; the document's own stands beside the body.
    fn faults(&mut self) -> Vec<&mut Fault> {
        Vec::new()
    }
}

/// What is given where not even the command was begun: no facts, an error.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Unbegun {}

impl Body for Unbegun {
    const SCHEMA: &'static str = "opensim.error/1";
}

/// A document: the body with its name, its date, and what went wrong.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Document<B> {
    /// The schema's name and number.
    pub schema: String,
    /// The version of opensim that made it.
    pub opensim: String,
    /// When, UTC, RFC 3339.
    pub at: String,
    /// The facts.
    #[serde(flatten)]
    pub body: B,
    /// On failure only: what went wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Fault>,
}

impl<B: Body> Document<B> {
    /// Dates a body.
    pub fn new(body: B, at: jiff::Timestamp) -> Self {
        Self {
            schema: B::SCHEMA.to_owned(),
            opensim: crate::VERSION.to_owned(),
            at: stamp(at),
            body,
            error: None,
        }
    }

    /// The same, of something that failed.
    pub fn failed(body: B, at: jiff::Timestamp, error: Fault) -> Self {
        Self {
            error: Some(error),
            ..Self::new(body, at)
        }
    }
}

/// A date to the second, as RFC 3339 writes it.
pub fn stamp(at: jiff::Timestamp) -> String {
    jiff::Timestamp::from_second(at.as_second())
        .unwrap_or(at)
        .to_string()
}

/// What went wrong, by a code that never changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Fault {
    /// Stable, e.g. `sim.pin_required`; docs/errors.md has them all.
    #[cfg_attr(test, schemars(with = "String"))]
    pub code: Word<Code>,
    /// What happened, to what, in the reader's language.
    pub message: String,
    /// What to do next, in the reader's language; `null` where there is nothing a user can do.
    pub hint: Option<String>,
    /// The values in the message, for programs and for rendering again in another language.
    #[serde(default)]
    pub values: Values,
}

/// A remark with a code: a reason of the rank, a warning.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Note {
    /// Stable, e.g. `radio.weak`.
    #[cfg_attr(test, schemars(with = "String"))]
    pub code: Word<Code>,
    /// The same in the reader's language.
    pub message: String,
    /// The values in the message.
    #[serde(default)]
    pub values: Values,
}

impl Fault {
    /// A failure with these values; its words come later.
    pub fn new(code: Code, values: Values) -> Self {
        Self {
            code: code.into(),
            message: String::new(),
            hint: None,
            values,
        }
    }
}

/// Named values of a message.
pub type Values = BTreeMap<String, serde_json::Value>;

impl Note {
    /// A remark without values; its words come later.
    pub fn new(code: Code) -> Self {
        Self {
            code: code.into(),
            message: String::new(),
            values: Values::new(),
        }
    }

    /// Adds a value under a name that the message uses.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<serde_json::Value>) -> Self {
        self.values.insert(name.to_owned(), value.into());
        self
    }
}
