//! `opensim.history/1` and `opensim.compare/1`: what was found and changed in the past, and what became of it since.

use serde::{Deserialize, Serialize};

use super::word::{or_default, or_unknown};
use super::{
    Body, CarrierResult, Direction, Note, Outcome, Radio, RequirementRow, Scan, Throughput, Voice,
    Word,
};
use crate::Availability;
use crate::compare::Trend;
use crate::measured::{Clearance, Codec, Stop};
use crate::radio::Quality;
use crate::radio::{Reading, Rsrp, Sinr};
use crate::verdict::Verdict;

/// What `opensim history` gives.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct History {
    /// What was kept, the newest first.
    pub entries: Vec<HistoryEntry>,
    /// How many there are, with those that were not asked for.
    pub total: u64,
    /// What the newest survey of these says that the day needs; `null` where none is among them.
    pub requirement: Option<RequirementRow>,
    /// What was done to the history; `null` where it was only read.
    pub done: Option<HistoryWork>,
    /// What a user should know.
    pub warnings: Vec<Note>,
}

impl Body for History {
    const SCHEMA: &'static str = "opensim.history/1";

    fn warnings(&mut self) -> Option<&mut Vec<Note>> {
        Some(&mut self.warnings)
    }

    fn notes(&mut self) -> Vec<&mut Note> {
        self.warnings.iter_mut().collect()
    }
}

/// What `import`, `forget` and `rebuild` did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HistoryWork {
    /// Documents that were added.
    pub added: u64,
    /// Documents that were there already.
    pub known: u64,
    /// Documents that were removed.
    pub removed: u64,
    /// Documents whose columns were made anew.
    pub rebuilt: u64,
}

/// The kinds of documents that are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum HistoryKind {
    /// A survey.
    Scan,
    /// A change of carrier.
    Switch,
    /// A measurement of the link in use.
    Measure,
}

/// A document that was kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HistoryEntry {
    /// Its number in this history.
    pub id: u64,
    /// What it is.
    pub kind: Word<HistoryKind>,
    /// When, UTC, RFC 3339.
    pub at: String,
    /// The place, as the person called it.
    pub label: Option<String>,
    /// The modem by its number, masked, or its port; `null` where the document does not tell it.
    pub modem: Option<String>,
    /// Whether it is of a virtual modem.
    pub demonstration: bool,
    /// A switch's: the carrier that was named, by its id, or its network.
    pub carrier: Option<String>,
    /// A switch's: how it ended.
    #[serde(default, deserialize_with = "or_unknown")]
    #[cfg_attr(test, schemars(!default))]
    pub outcome: Option<Outcome>,
    /// A measurement's: the interface.
    pub interface: Option<String>,
    /// A measurement's: what it came to.
    #[serde(default, deserialize_with = "or_unknown")]
    #[cfg_attr(test, schemars(!default))]
    pub verdict: Option<Verdict>,
    /// A survey's: its carriers in rank order.
    pub carriers: Vec<PastCarrier>,
}

impl HistoryEntry {
    /// A survey again, as far as its columns tell it: what its pictures are drawn from.
    pub fn as_survey(&self, requirement: Option<&RequirementRow>) -> Scan {
        let carriers = self.carriers.iter();
        Scan {
            label: self.label.clone(),
            requirement: requirement.cloned(),
            carriers: carriers.filter_map(|c| c.as_result(requirement)).collect(),
            ..Scan::default()
        }
    }
}

/// What a survey gave of a carrier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PastCarrier {
    /// Its place in the survey.
    pub rank: u32,
    /// The carrier's id.
    pub carrier: String,
    /// As a person reads it.
    pub name: String,
    /// Its network.
    pub plmn: String,
    /// The conclusion.
    #[serde(deserialize_with = "or_default")]
    pub verdict: Verdict,
    /// Reference signal received power.
    pub rsrp_dbm: Option<f64>,
    /// Signal to interference and noise.
    pub sinr_db: Option<f64>,
    /// Between the survey's highest and lowest reading.
    pub spread_db: Option<f64>,
    /// The lesser of the RSRP and SINR classes.
    #[serde(default, deserialize_with = "or_unknown")]
    #[cfg_attr(test, schemars(!default))]
    pub quality: Option<Quality>,
    /// The band.
    pub band: Option<String>,
    /// Cell identity.
    pub cell_id: Option<u64>,
    /// Downlink goodput.
    pub down_bps: Option<u64>,
    /// Its lower bound.
    pub down_low_bps: Option<u64>,
    /// Its upper bound; `null` where no more was asked for.
    pub down_high_bps: Option<u64>,
    /// Uplink goodput.
    pub up_bps: Option<u64>,
    /// Its lower bound.
    pub up_low_bps: Option<u64>,
    /// Its upper bound; `null` where no more was asked for.
    pub up_high_bps: Option<u64>,
    /// Mean opinion score of a call.
    pub mos: Option<f64>,
    /// Whether it was in use when the survey began.
    pub in_use: bool,
}

impl PastCarrier {
    fn as_result(&self, requirement: Option<&RequirementRow>) -> Option<CarrierResult> {
        let down = way(
            [self.down_bps, self.down_low_bps, self.down_high_bps],
            requirement.map(|need| need.down_bps),
        );
        let up = way(
            [self.up_bps, self.up_low_bps, self.up_high_bps],
            requirement.map(|need| need.up_bps),
        );
        let is_measured = down.is_some() || up.is_some();
        let reading = Reading {
            rsrp: self.rsrp_dbm.and_then(tenths).and_then(Rsrp::from_tenths),
            sinr: self.sinr_db.and_then(tenths).and_then(Sinr::from_tenths),
            ..Reading::default()
        };
        Some(CarrierResult {
            rank: self.rank,
            carrier: self.carrier.clone(),
            name: self.name.clone(),
            plmn: self.plmn.parse().ok()?,
            availability: Availability::Unknown,
            access: None,
            registered_in_s: None,
            radio: Some(Radio::of(&reading)),
            throughput: is_measured.then_some(Throughput { down, up }),
            voice: self.mos.map(called),
            loaded_voice: None,
            cost: None,
            verdict: self.verdict,
            tied_with: Vec::new(),
            same_cell_as: None,
            why: Vec::new(),
            error: None,
        })
    }
}

/// A way as its columns tell it: the estimate and its bounds, against what is needed.
fn way([estimate, low, high]: [Option<u64>; 3], need: Option<u64>) -> Option<Direction> {
    let estimate_bps = Some(estimate?);
    let verdict = match need {
        Some(need) if low.is_some_and(|low| low >= need) => Clearance::Meets,
        Some(need) if high.is_some_and(|high| high < need) => Clearance::Below,
        _ => Clearance::Uncertain,
    };
    Some(Direction {
        verdict: verdict.into(),
        estimate_bps,
        low_bps: low,
        high_bps: high,
        confidence: None,
        bytes: 0,
        seconds: 0.0,
        stopped_because: Stop::Decided.into(),
    })
}

/// A call of which only the rating is known.
fn called(mos: f64) -> Voice {
    Voice {
        mos: Some(mos),
        r_factor: None,
        rtt_ms: None,
        jitter_ms: None,
        loss: None,
        packets: 0,
        doubled: None,
        codec: Codec::default().into(),
        method: None,
        beside: None,
        at_best: None,
    }
}

/// A level in tenths; `None` where it is none that there can be.
fn tenths(level: f64) -> Option<i32> {
    let tenths = (level * 10.0).round();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be within some thousands"
    )]
    (-10_000.0..10_000.0)
        .contains(&tenths)
        .then_some(tenths as i32)
}

/// What `opensim history compare` gives.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Compare {
    /// What is compared with.
    pub before: Option<ComparedSide>,
    /// What is compared.
    pub after: Option<ComparedSide>,
    /// A row for each carrier, and each place where those are compared with themselves.
    pub rows: Vec<ComparedRow>,
    /// What a user should know.
    pub warnings: Vec<Note>,
}

impl Body for Compare {
    const SCHEMA: &'static str = "opensim.compare/1";

    fn warnings(&mut self) -> Option<&mut Vec<Note>> {
        Some(&mut self.warnings)
    }

    fn notes(&mut self) -> Vec<&mut Note> {
        self.warnings.iter_mut().collect()
    }
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ComparedSide {
    /// As it was named: `last`, `12`, `7d`, a place; a time of day always as `night`, `morning`, `afternoon`, `evening`.
    pub named: String,
    /// How it was understood.
    pub by: Word<ComparedBy>,
    /// How many surveys it has.
    pub surveys: u64,
    /// When the first of them was, RFC 3339; `null` where there is none.
    pub from: Option<String>,
    /// When the last of them was.
    pub to: Option<String>,
}

/// How a side of a comparison was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ComparedBy {
    /// One survey.
    Survey,
    /// A span of days.
    Period,
    /// All that is earlier than the other side.
    Before,
    /// A time of day.
    TimeOfDay,
    /// A place.
    Place,
}

/// A carrier on both sides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ComparedRow {
    /// The place; `null` where places are compared with one another, or it has no name.
    pub label: Option<String>,
    /// The carrier's id.
    pub carrier: String,
    /// As a person reads it.
    pub name: String,
    /// What it was.
    pub before: ComparedValues,
    /// What it is.
    pub after: ComparedValues,
    /// The signal: RSRP.
    pub signal: Word<Trend>,
    /// The medians' difference, after less before.
    pub signal_delta_db: Option<f64>,
    /// What the difference has to exceed to be more than chance; `null` for too few surveys.
    pub signal_noise_db: Option<f64>,
    /// The lower bound of the downlink goodput.
    pub download: Word<Trend>,
    /// The lower bound of the uplink goodput.
    pub upload: Word<Trend>,
    /// What most surveys came to.
    pub verdict: Word<Trend>,
}

/// A carrier on one side.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ComparedValues {
    /// How many surveys tried it.
    pub surveys: u64,
    /// In how many of them its signal was read.
    pub read: u64,
    /// The median of the signal.
    pub rsrp_dbm: Option<f64>,
    /// How much the readings differ among themselves: their standard deviation; `null` for fewer than two.
    pub spread_db: Option<f64>,
    /// The median of the downlink's lower bound.
    pub down_low_bps: Option<u64>,
    /// The median of the uplink's lower bound.
    pub up_low_bps: Option<u64>,
    /// What most surveys came to; the worse of two that as many came to.
    #[serde(default, deserialize_with = "or_unknown")]
    #[cfg_attr(test, schemars(!default))]
    pub verdict: Option<Verdict>,
    /// How many came to that.
    pub verdicts: u64,
}
