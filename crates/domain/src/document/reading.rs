//! `opensim.reading/1`: one reading of `opensim monitor`, which gives one line of them after the other.

use serde::{Deserialize, Serialize};

use super::word::or_unknown;
use super::{Body, ModemInfo, Note, Radio, RegistrationInfo};
use crate::radio::{self, Band, Rsrp, Rsrq, Sinr};
use crate::watch::{self, Tendency};
use crate::{Access, Plmn};

/// One line of `opensim monitor --json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MonitorReading {
    /// The modem.
    pub modem: Option<ModemInfo>,
    /// Which reading it is, counted from 1; `null` where none was taken.
    pub number: Option<u32>,
    /// From the first reading to this one.
    pub elapsed_s: Option<f64>,
    /// Where the modem stands with its network.
    pub registration: Option<RegistrationInfo>,
    /// Levels and cell; `null` where the modem told nothing of them.
    pub radio: Option<Radio>,
    /// How good it is: 0 where `poor` begins, 40 where more brings nothing, less than 0 below (docs/ranking.md).
    pub points: Option<f64>,
    /// How the levels of this cell went; `null` until that can be told.
    pub trend: Option<TrendRow>,
    /// The best so far; `null` while no level was read.
    pub best: Option<Box<BestRow>>,
    /// The cell that was left for this one since the reading before; `null` where it is the same.
    pub cell_left: Option<CellRow>,
    /// How often the cell was another one since the beginning.
    pub cell_changes: u32,
    /// The cells around, mostly of the same carrier, as they were last told; `null` while the modem tells none.
    pub neighbours: Option<Vec<CellRow>>,
    /// The carrier that the last survey of this modem ranks before the one in use; `null` where there is none, or where
    /// that is too long ago. Nothing moves the modem to it.
    #[serde(default)]
    pub better_in_survey: Option<SurveyedRow>,
    /// What a user should know.
    pub warnings: Vec<Note>,
}

impl MonitorReading {
    /// Takes away what was read, and leaves what is known beside it: for the line that tells how it ended.
    pub fn clear_reading(&mut self) {
        *self = Self {
            modem: self.modem.take(),
            best: self.best.take(),
            cell_changes: self.cell_changes,
            ..Self::default()
        };
    }
}

impl Body for MonitorReading {
    const SCHEMA: &'static str = "opensim.reading/1";

    fn warnings(&mut self) -> Option<&mut Vec<Note>> {
        Some(&mut self.warnings)
    }

    fn notes(&mut self) -> Vec<&mut Note> {
        self.warnings.iter_mut().collect()
    }
}

/// A carrier that came before another in a survey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SurveyedRow {
    /// The carrier's id.
    pub carrier: String,
    /// When the survey was made, RFC 3339.
    pub at: String,
    /// The place, as the person called it.
    pub label: Option<String>,
}

/// How the levels went.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TrendRow {
    /// Over how long.
    pub over_s: f64,
    /// Of the power.
    pub rsrp: Option<LevelTrend>,
    /// Of the quality.
    pub rsrq: Option<LevelTrend>,
    /// Of the signal to noise.
    pub sinr: Option<LevelTrend>,
}

/// How one level went.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LevelTrend {
    /// What it is better by, less than 0 where it is worse.
    pub change_db: f64,
    /// The same in a word.
    #[serde(default, deserialize_with = "or_unknown")]
    #[cfg_attr(test, schemars(!default))]
    pub direction: Option<Tendency>,
}

impl TrendRow {
    /// As a document has it.
    pub fn of(trends: &watch::Trends) -> Self {
        let level = |trend: Option<watch::Slope>| {
            trend.map(|trend| LevelTrend {
                change_db: trend.change_db,
                direction: Some(trend.direction),
            })
        };
        Self {
            over_s: (trends.over.as_secs_f64() * 10.0).round() / 10.0,
            rsrp: level(trends.rsrp),
            rsrq: level(trends.rsrq),
            sinr: level(trends.sinr),
        }
    }
}

/// The best so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BestRow {
    /// The reading that made it the best.
    pub number: u32,
    /// When that was, RFC 3339.
    pub at: String,
    /// From the first reading to it.
    pub elapsed_s: f64,
    /// How good it was.
    pub points: f64,
    /// The id of the carrier in use then, where its network is known.
    pub carrier: Option<String>,
    /// Levels and cell.
    pub radio: Radio,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CellRow {
    /// The carrier's id, where the network is known.
    pub carrier: Option<String>,
    /// The network.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub plmn: Option<Plmn>,
    /// The technology.
    #[serde(default, deserialize_with = "or_unknown")]
    #[cfg_attr(test, schemars(!default))]
    pub access: Option<Access>,
    /// `B20`, `n78`.
    pub band: Option<Band>,
    /// Downlink channel number.
    pub earfcn: Option<u32>,
    /// Physical cell identity.
    pub pci: Option<u32>,
    /// Cell identity.
    pub cell_id: Option<u64>,
    /// Reference signal received power.
    pub rsrp_dbm: Option<Rsrp>,
    /// Reference signal received quality.
    pub rsrq_db: Option<Rsrq>,
    /// Signal to interference and noise.
    pub sinr_db: Option<Sinr>,
}

impl CellRow {
    /// A cell with its levels, and the carrier that its network belongs to.
    pub fn of(reading: &radio::Reading, carrier: Option<String>) -> Self {
        let cell = &reading.cell;
        Self {
            carrier,
            plmn: cell.plmn,
            access: cell.access,
            band: cell.band,
            earfcn: cell.earfcn,
            pci: cell.pci,
            cell_id: cell.cell_id,
            rsrp_dbm: reading.rsrp,
            rsrq_db: reading.rsrq,
            sinr_db: reading.sinr,
        }
    }
}
