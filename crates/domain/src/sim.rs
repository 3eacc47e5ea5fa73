//! The SIM's state, as a person can act on it.

use serde::{Deserialize, Serialize};

/// The SIM's state, in 27.007's words folded to what a person can act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SimState {
    /// Usable.
    Ready,
    /// Its PIN is asked for.
    PinRequired,
    /// Its PIN was wrong too often.
    PukRequired,
    /// The device is locked to another network or asks for another code.
    Locked,
    /// There is none in the slot.
    Absent,
    /// It is there and still waking up.
    Busy,
    /// It is there and does not work.
    Failed,
    /// Not known.
    #[serde(other)]
    Unknown,
}
