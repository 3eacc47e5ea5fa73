//! `opensim.scan/1`: what each carrier gives here, ranked.

use serde::{Deserialize, Serialize};

use super::word::{or_default, or_unknown};
use super::{Body, Fault, Found, LinkCost, ModemInfo, Note, Radio, SelectionInfo, Word};
use crate::Availability;
use crate::codes::Code;
use crate::measured::{Beside, Clearance, Codec, Method, Stop};
use crate::rank::Known;
use crate::verdict::Verdict;
use crate::{Access, Plmn, SelectionMode};

/// What `opensim scan` gives.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Scan {
    /// The modem.
    pub modem: Option<ModemInfo>,
    /// The place, as the person calls it.
    pub label: Option<String>,
    /// What the day needs.
    pub requirement: Option<RequirementRow>,
    /// How the carriers were looked at.
    pub method: Option<Word<SurveyMethod>>,
    /// In rank order.
    pub carriers: Vec<CarrierResult>,
    /// What the modem's own list said; empty where it was not asked.
    pub networks: Vec<NetworkRow>,
    /// The selection before.
    pub selection_before: Option<Found>,
    /// The selection after.
    pub selection_after: Option<SelectionInfo>,
    /// Whether the network in use before is in use again; `null` where there was none to put back.
    pub restored: Option<bool>,
    /// Whether every carrier asked for was visited.
    pub complete: bool,
    /// What it took.
    pub cost: Option<Cost>,
    /// What a user should know.
    pub warnings: Vec<Note>,
}

impl Scan {
    /// Whether the modem chose by itself before the survey, and still does. Nothing puts that back, so it refused to leave
    /// the carrier in use.
    pub fn never_left(&self) -> bool {
        let before = self.selection_before.as_ref().map(|before| before.mode);
        let after = self.selection_after.as_ref().map(|after| after.mode);
        before == Some(SelectionMode::Automatic) && after == before
    }
}

impl Body for Scan {
    const SCHEMA: &'static str = "opensim.scan/1";

    fn warnings(&mut self) -> Option<&mut Vec<Note>> {
        Some(&mut self.warnings)
    }

    fn notes(&mut self) -> Vec<&mut Note> {
        self.carriers
            .iter_mut()
            .flat_map(|c| c.why.iter_mut())
            .chain(self.warnings.iter_mut())
            .collect()
    }

    fn faults(&mut self) -> Vec<&mut Fault> {
        let errors = self.carriers.iter_mut().filter_map(|c| c.error.as_mut());
        errors.collect()
    }
}

/// How a survey looked at the carriers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SurveyMethod {
    /// The modem told the cells of all of them, and registered on none.
    CellSurvey,
    /// It registered on each in turn.
    RegisterEach,
    /// It gave its list of networks, and registered on none.
    NetworkList,
}

/// What the day needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RequirementRow {
    /// Downlink goodput.
    pub down_bps: u64,
    /// Uplink goodput.
    pub up_bps: u64,
    /// Mean opinion score of a call.
    pub voice_mos: f64,
}

/// What it took.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Cost {
    /// From the first question to the last answer.
    pub seconds: f64,
    /// Data sent and received over the SIM.
    pub bytes: u64,
    /// How long the link was on another carrier than before, or on none.
    pub offline_s: f64,
}

/// One carrier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CarrierResult {
    /// 1 is best; tied carriers share a rank. Of a carrier of which nothing was read it is the place in the list, and
    /// means no more.
    pub rank: u32,
    /// The carrier's id.
    pub carrier: String,
    /// As a person reads it.
    pub name: String,
    /// The network that was asked for.
    #[cfg_attr(test, schemars(with = "String"))]
    pub plmn: Plmn,
    /// What the modem's list or the network's answer said.
    pub availability: Availability,
    /// The technology.
    #[serde(default, deserialize_with = "or_unknown")]
    #[cfg_attr(test, schemars(!default))]
    pub access: Option<Access>,
    /// From the request to the confirmed registration.
    pub registered_in_s: Option<f64>,
    /// Levels and cell.
    pub radio: Option<Radio>,
    /// Measured goodput; `null` where it was not measured.
    pub throughput: Option<Throughput>,
    /// Measured call quality; `null` where it was not measured.
    pub voice: Option<Voice>,
    /// Measured call quality while what is needed comes down; `null` where it was not asked for or not measured.
    #[serde(default)]
    pub loaded_voice: Option<Voice>,
    /// What measuring took, also where it failed; `null` where nothing was sent or how much is not known.
    #[serde(default)]
    pub cost: Option<LinkCost>,
    /// The conclusion.
    #[serde(deserialize_with = "or_default")]
    pub verdict: Verdict,
    /// The carriers that cannot be told from this one, by id.
    pub tied_with: Vec<String>,
    /// The carrier that uses the very same cell, by id.
    pub same_cell_as: Option<String>,
    /// The reasons, in words.
    pub why: Vec<Note>,
    /// What went wrong with this carrier.
    pub error: Option<Fault>,
}

impl CarrierResult {
    /// What is known of it, as far as comparing goes.
    pub fn known(&self) -> Known {
        let quality = self.radio.as_ref().and_then(|radio| radio.quality);
        let known = Known::of(self.verdict, quality);
        let told = |code: Code| self.why.iter().any(|note| note.code == code);
        // One that this version does not know tells nothing of the network.
        let by_the_network = |fault: &Fault| fault.code.known().is_some_and(is_of_the_network);
        match known {
            // All cells were listed, and none was its own.
            Known::Unread if told(Code::SURVEY_NO_CELL) => Known::Away,
            // The modem failed, not the network: whether the carrier is here is not known.
            Known::Away if !self.error.as_ref().is_none_or(by_the_network) => Known::Unread,
            known => known,
        }
    }

    /// Whether it was measured and nothing came.
    pub fn carried_nothing(&self) -> bool {
        let ways = self.throughput.as_ref();
        let ways = ways.map_or([None, None], |ways| [ways.down.as_ref(), ways.up.as_ref()]);
        let came = |way: &Direction| way.estimate_bps.is_some_and(|bps| bps > 0);
        self.verdict == Verdict::Unsuitable && !ways.into_iter().flatten().any(came)
    }
}

/// Whether it was the network, and not the modem, that kept a carrier from being used.
fn is_of_the_network(code: Code) -> bool {
    matches!(
        code,
        Code::NETWORK_NOT_AVAILABLE
            | Code::NETWORK_DENIED
            | Code::NETWORK_TIMEOUT
            | Code::NETWORK_LOST
            | Code::NETWORK_UNNAMED
            | Code::NETWORK_NOBODY
    )
}

/// Goodput both ways.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Throughput {
    /// To the user.
    pub down: Option<Direction>,
    /// From the user.
    pub up: Option<Direction>,
}

/// Goodput one way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Direction {
    /// The conclusion.
    pub verdict: Word<Clearance>,
    /// The estimate.
    pub estimate_bps: Option<u64>,
    /// Its lower bound.
    pub low_bps: Option<u64>,
    /// Its upper bound.
    pub high_bps: Option<u64>,
    /// How sure the interval is, 0 to 1.
    pub confidence: Option<f64>,
    /// What it cost.
    pub bytes: u64,
    /// How long it took.
    pub seconds: f64,
    /// Why it stopped.
    pub stopped_because: Word<Stop>,
}

/// A call's quality.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Voice {
    /// Mean opinion score, 1 to 4.5.
    pub mos: Option<f64>,
    /// Transmission rating, 0 to 100.
    pub r_factor: Option<f64>,
    /// Round trip.
    pub rtt_ms: Option<f64>,
    /// Interarrival jitter.
    pub jitter_ms: Option<f64>,
    /// Share of packets lost, 0 to 1.
    pub loss: Option<f64>,
    /// Packets sent.
    pub packets: u32,
    /// Answers that came more than once: something on the way doubles packets; `null` where that cannot be seen.
    #[serde(default)]
    pub doubled: Option<u32>,
    /// The codec that was imitated.
    pub codec: Word<Codec>,
    /// How it was probed; `null` in a document of an older version.
    #[serde(default)]
    pub method: Option<Word<Method>>,
    /// What flowed meanwhile; `null` in a document of an older version.
    #[serde(default)]
    pub beside: Option<Word<Beside>>,
    /// Whether the link is so near to the need, or so uneven, that a longer call may rate less; `null` in a document of an
    /// older version.
    #[serde(default)]
    pub at_best: Option<bool>,
}

/// One network of the modem's own list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NetworkRow {
    /// Its code.
    #[cfg_attr(test, schemars(with = "String"))]
    pub plmn: Plmn,
    /// Its long name.
    pub long_name: Option<String>,
    /// Its short name.
    pub short_name: Option<String>,
    /// Whether it may be used.
    pub availability: Availability,
    /// Its technology.
    #[serde(default, deserialize_with = "or_unknown")]
    #[cfg_attr(test, schemars(!default))]
    pub access: Option<Access>,
}
