//! What rows need of a document, and nothing else: the rest is not even kept in memory.
//!
//! A key that every document of its schema has is asked for, so that what is cut or changed by hand is found; the types of
//! the documents themselves are in `opensim-domain`, and a test compares the two.

use std::borrow::Cow;

use serde::Deserialize;

type Text<'a> = Cow<'a, str>;

#[derive(Debug, Deserialize)]
pub(super) struct ScanDocument<'a> {
    #[serde(borrow)]
    pub(super) carriers: Vec<CarrierDocument<'a>>,
    #[serde(borrow)]
    pub(super) selection_before: Option<SelectionDocument<'a>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct SelectionDocument<'a> {
    #[serde(borrow)]
    pub(super) mode: Text<'a>,
    #[serde(borrow)]
    pub(super) plmn: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct CarrierDocument<'a> {
    pub(super) rank: i64,
    #[serde(borrow)]
    pub(super) carrier: Text<'a>,
    #[serde(borrow)]
    pub(super) plmn: Text<'a>,
    #[serde(default, borrow)]
    pub(super) access: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) radio: Option<RadioDocument<'a>>,
    pub(super) throughput: Option<ThroughputDocument>,
    pub(super) voice: Option<VoiceDocument>,
    #[serde(borrow)]
    pub(super) verdict: Text<'a>,
    #[serde(borrow)]
    pub(super) why: Vec<CodeDocument<'a>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct CodeDocument<'a> {
    #[serde(borrow)]
    pub(super) code: Text<'a>,
}

#[derive(Debug, Deserialize)]
pub(super) struct FaultDocument<'a> {
    #[serde(borrow)]
    pub(super) code: Text<'a>,
}

#[derive(Debug, Deserialize)]
pub(super) struct RadioDocument<'a> {
    pub(super) rsrp_dbm: Option<f64>,
    pub(super) rsrq_db: Option<f64>,
    pub(super) sinr_db: Option<f64>,
    #[serde(borrow)]
    pub(super) band: Option<Text<'a>>,
    pub(super) pci: Option<i64>,
    pub(super) cell_id: Option<i64>,
    pub(super) enodeb: Option<i64>,
    pub(super) tac: Option<i64>,
    pub(super) spread_db: Option<f64>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ThroughputDocument {
    pub(super) down: Option<WayDocument>,
    pub(super) up: Option<WayDocument>,
}

#[derive(Debug, Deserialize)]
pub(super) struct WayDocument {
    pub(super) estimate_bps: Option<i64>,
    pub(super) low_bps: Option<i64>,
    pub(super) high_bps: Option<i64>,
}

#[derive(Debug, Deserialize)]
pub(super) struct VoiceDocument {
    pub(super) mos: Option<f64>,
    pub(super) rtt_ms: Option<f64>,
    pub(super) loss: Option<f64>,
}

#[derive(Debug, Deserialize)]
pub(super) struct EndDocument<'a> {
    #[serde(borrow)]
    pub(super) carrier: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) plmn: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct SwitchDocument<'a> {
    #[serde(borrow)]
    pub(super) from: Option<EndDocument<'a>>,
    #[serde(borrow)]
    pub(super) to: Option<EndDocument<'a>>,
    #[serde(default, borrow)]
    pub(super) outcome: Option<Text<'a>>,
    pub(super) registered_in_s: Option<f64>,
    pub(super) data_verified: Option<bool>,
    #[serde(default, borrow)]
    pub(super) access: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) radio: Option<RadioDocument<'a>>,
    #[serde(borrow)]
    pub(super) selection: Option<SelectionDocument<'a>>,
    #[serde(default, borrow)]
    pub(super) error: Option<FaultDocument<'a>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct MeasureDocument<'a> {
    pub(super) throughput: Option<ThroughputDocument>,
    pub(super) voice: Option<VoiceDocument>,
    #[serde(borrow)]
    pub(super) verdict: Text<'a>,
    #[serde(default, borrow)]
    pub(super) error: Option<FaultDocument<'a>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct StatusDocument<'a> {
    #[serde(borrow)]
    pub(super) selection: Option<SelectionDocument<'a>>,
    #[serde(borrow)]
    pub(super) registration: Option<RegistrationDocument<'a>>,
    #[serde(borrow)]
    pub(super) radio: Option<RadioDocument<'a>>,
    #[serde(default, borrow)]
    pub(super) error: Option<FaultDocument<'a>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct RegistrationDocument<'a> {
    #[serde(borrow)]
    pub(super) state: Text<'a>,
    #[serde(borrow)]
    pub(super) carrier: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) plmn: Option<Text<'a>>,
    #[serde(default, borrow)]
    pub(super) access: Option<Text<'a>>,
}
