//! The home's inventory of a check-up: this computer, its lines, the telephone, the VPN, what guards it.

use serde::{Deserialize, Serialize};

use super::{CheckRow, Fault, Note, Word};
use crate::doctor::{LineKind, VpnState};

/// What a company asks of a home before anybody works from it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Home {
    /// This computer.
    pub host: Option<HostRow>,
    /// The lines that lead out or could, the one in use first.
    pub lines: Vec<HomeLine>,
    /// The telephone servers that were named, and whether they answer.
    pub telephone: Vec<CheckRow>,
    /// The VPN programs, connections and tunnels that are seen.
    pub vpn: Vec<VpnRow>,
    /// The VPN servers that were named, and whether they answer.
    pub vpn_servers: Vec<CheckRow>,
    /// The programs that guard this computer.
    pub protection: Vec<GuardRow>,
}

impl Home {
    fn servers(&mut self) -> impl Iterator<Item = &mut CheckRow> {
        self.telephone.iter_mut().chain(&mut self.vpn_servers)
    }

    pub(super) fn notes(&mut self) -> impl Iterator<Item = &mut Note> {
        self.servers()
            .flat_map(|row| row.found.iter_mut().chain(&mut row.warnings))
    }

    pub(super) fn faults(&mut self) -> impl Iterator<Item = &mut Fault> {
        self.servers().filter_map(|row| row.error.as_mut())
    }
}

/// This computer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HostRow {
    /// The system's name and version.
    pub system: Option<String>,
    /// The kernel's version.
    pub kernel: Option<String>,
    /// The processor's kind: `x86_64`, `aarch64`.
    pub architecture: Option<String>,
    /// The processor's name.
    pub processor: Option<String>,
    /// How many processors the system counts.
    pub processors: Option<u32>,
    /// The memory that programs can have.
    pub memory_bytes: Option<u64>,
}

/// A line that leads out, or could.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HomeLine {
    /// Its interface.
    pub interface: String,
    /// What carries it.
    pub kind: Word<LineKind>,
    /// Whether it is up, with an address.
    pub is_up: bool,
    /// Whether it is the one that this computer uses.
    pub is_usual: bool,
    /// What comes down by it; `null` where it was not measured.
    pub down_bps: Option<u64>,
    /// What goes up by it; `null` where it was not measured.
    pub up_bps: Option<u64>,
    /// How good a call is over it, 1 to 4.5; `null` where it was not measured.
    pub voice_mos: Option<f64>,
}

/// A VPN that is seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct VpnRow {
    /// The program, or the kind of connection; `null` for a tunnel of which it is not known.
    pub product: Option<String>,
    /// The name of the connection or of the tunnel's interface.
    pub name: Option<String>,
    /// How far it is.
    pub state: Word<VpnState>,
}

/// A program that guards this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GuardRow {
    /// Its name.
    pub product: String,
    /// Whether its service is running.
    pub is_running: Option<bool>,
    /// The version of its signatures.
    pub signatures: Option<String>,
    /// When its signatures were made, UTC, RFC 3339.
    pub signatures_at: Option<String>,
    /// How old they are, whole days.
    pub signatures_age_days: Option<u32>,
}
