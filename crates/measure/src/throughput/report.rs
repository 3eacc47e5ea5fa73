//! What a test of one direction concludes.

pub use opensim_domain::measured::{Clearance, Stop};

/// Goodput one way, as `throughput` of the documents has it. Unknown is `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct Goodput {
    /// The conclusion.
    pub verdict: Clearance,
    /// The estimate, bit/s of payload; of a link that was held back after the evidence sufficed, at that moment.
    pub estimate_bps: Option<u64>,
    /// Its lower bound.
    pub low_bps: Option<u64>,
    /// Its upper bound; unknown where the test held back: the link may carry far more.
    pub high_bps: Option<u64>,
    /// How sure the interval is, 0 to 1.
    pub confidence: Option<f64>,
    /// What it cost on the wire, setting up included.
    pub bytes: u64,
    /// From the first byte of payload to the end.
    pub seconds: f64,
    /// Why it ended.
    pub stopped_because: Stop,
}
