//! What measuring took, as `scan` and `measure` share it.

use serde::{Deserialize, Serialize};

/// What measuring a link took.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LinkCost {
    /// On the wire, both ways, headers included.
    pub bytes: u64,
    /// What the interface carried meanwhile, everybody's; `null` where it does not count.
    pub interface_bytes: Option<u64>,
    /// From the first packet to the last.
    pub seconds: f64,
}
