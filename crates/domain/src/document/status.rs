//! `opensim.status/1`: the modem as it is now.

use serde::{Deserialize, Serialize};

use super::word::or_unknown;
use super::{Body, Note, Radio, Word};
use crate::Backend;
use crate::SimState;
use crate::{Access, Plmn, RegistrationState, SelectionMode};

/// What `opensim status` gives.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Status {
    /// The modem.
    pub modem: Option<ModemInfo>,
    /// The SIM.
    pub sim: Option<SimInfo>,
    /// Who chooses the network.
    pub selection: Option<SelectionInfo>,
    /// Where it stands with its network.
    pub registration: Option<RegistrationInfo>,
    /// Levels and cell.
    pub radio: Option<Radio>,
    /// The data path.
    pub data: Option<Data>,
    /// What a user should know.
    pub warnings: Vec<Note>,
}

impl Body for Status {
    const SCHEMA: &'static str = "opensim.status/1";

    fn warnings(&mut self) -> Option<&mut Vec<Note>> {
        Some(&mut self.warnings)
    }

    fn notes(&mut self) -> Vec<&mut Note> {
        self.warnings.iter_mut().collect()
    }
}

/// Which modem, and how it is reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ModemInfo {
    /// As it says.
    pub manufacturer: Option<String>,
    /// As it says.
    pub model: Option<String>,
    /// Its firmware.
    pub revision: Option<String>,
    /// Masked unless revealed.
    pub imei: Option<String>,
    /// The dialect in use.
    pub dialect: Option<String>,
    /// Where it is reached.
    pub port: String,
    /// The way it is reached.
    pub backend: Word<Backend>,
}

impl ModemInfo {
    /// Whether it is opensim's own virtual modem, which lives by a time of its own.
    pub fn is_virtual(&self) -> bool {
        self.port.starts_with("sim:")
    }
}

/// The SIM.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SimInfo {
    /// Whether it can be used.
    pub state: SimState,
    /// Masked unless revealed.
    pub iccid: Option<String>,
    /// Masked unless revealed.
    pub imsi: Option<String>,
    /// How often a PIN may still be tried.
    pub pin_tries_left: Option<u8>,
}

/// Who chooses the network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SelectionInfo {
    /// The mode.
    pub mode: SelectionMode,
    /// The network in use under it.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub plmn: Option<Plmn>,
}

/// Where the modem stands with its network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RegistrationInfo {
    /// The state.
    pub state: RegistrationState,
    /// The carrier's id (`sfr`), where the network is known.
    pub carrier: Option<String>,
    /// The network.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub plmn: Option<Plmn>,
    /// As the modem prints it.
    pub operator_name: Option<String>,
    /// The technology.
    #[serde(default, deserialize_with = "or_unknown")]
    #[cfg_attr(test, schemars(!default))]
    pub access: Option<Access>,
}

/// The data path.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Data {
    /// The access point name.
    pub apn: Option<String>,
    /// The network interface on the host.
    pub interface: Option<String>,
    /// The address the network gave.
    pub address: Option<String>,
}
