//! How a download is paced, as `opensim serve` is asked for it, and how it says that it keeps to it.
//!
//! A server that knows no pace takes no notice of the words and gives as fast as it can; so what it says is looked at before
//! anything is built on it.

use crate::throughput::Rates;

/// A field of the answer, where the pace is kept.
pub(crate) const FIELD: &str = "Opensim-Pace";

/// Whole bytes a second, and a window in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PaceTerms {
    pub(crate) push: u64,
    /// Where the link is slower than the push.
    pub(crate) hard: u64,
    pub(crate) hold: u64,
    pub(crate) window: u64,
}

impl PaceTerms {
    /// As a request has them.
    pub(crate) fn query(&self) -> String {
        let Self {
            push,
            hard,
            hold,
            window,
        } = self;
        format!("pace={push}&hard={hard}&hold={hold}&window={window}")
    }

    /// The same as rates.
    pub(crate) fn rates(&self) -> Rates {
        Rates {
            push: self.push as f64,
            hard: self.hard as f64,
            hold: self.hold as f64,
        }
    }
}
