//! What a test of one direction concludes.

/// Whether a rate clears the need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clearance {
    /// It does.
    Meets,
    /// It does not.
    Below,
    /// Within the noise of the need, or cut short.
    Uncertain,
}

impl Clearance {
    /// As documents say it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Meets => "meets",
            Self::Below => "below",
            Self::Uncertain => "uncertain",
        }
    }
}

/// Why a test ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The evidence sufficed.
    Decided,
    /// Its time was up.
    MaxTime,
    /// Its bytes were up, as many as the test gives itself.
    MaxBytes,
    /// The user's budget was up.
    Budget,
    /// It looked below the need, but the window that was granted could not have carried more.
    WindowLimited,
    /// Connected, asked, and no byte of payload came.
    NoData,
    /// The server had no more to give or to take.
    Ended,
    /// The connection broke.
    ConnectionLost,
    /// This computer was too busy to count.
    Stalled,
}

impl Stop {
    /// As documents say it (`stopped_because`).
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Decided => "decided",
            Self::MaxTime => "max_time",
            Self::MaxBytes => "max_bytes",
            Self::Budget => "budget",
            Self::WindowLimited => "window_limited",
            Self::NoData => "no_data",
            Self::Ended => "ended",
            Self::ConnectionLost => "connection_lost",
            Self::Stalled => "stalled",
        }
    }
}

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
