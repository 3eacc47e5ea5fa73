//! What a carrier has to carry, and what is concluded about it.

use serde::{Deserialize, Serialize};

/// What the user's day needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Requirement {
    /// Downlink goodput, bit/s.
    pub down_bps: u64,
    /// Uplink goodput, bit/s.
    pub up_bps: u64,
    /// Mean opinion score of a voice call (ITU-T G.107), 1 to 4.5.
    pub voice_mos: f64,
}

impl Default for Requirement {
    /// A teleworker's 200 kbit/s each way, and a call that G.109 calls "medium" (R = 70).
    fn default() -> Self {
        Self {
            down_bps: 200_000,
            up_bps: 200_000,
            voice_mos: 3.6,
        }
    }
}

/// What is concluded about a carrier, best first: this order is the rank's first rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Measured, and it carries the day.
    Suitable,
    /// Measured, and within the noise of the threshold.
    Uncertain,
    /// Registered, but throughput was not measured.
    #[default]
    NotMeasured,
    /// Measured, and it falls short.
    Unsuitable,
    /// It could not be registered on.
    Unavailable,
}
