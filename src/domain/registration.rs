//! Where a modem stands with its network: registration, access technology, selection mode.
//!
//! The numbers are those of 3GPP TS 27.007 (7.2 for registration, 7.3 for selection and access technology).

use serde::{Deserialize, Serialize};

/// Registration as `+CEREG` and its kin state it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RegistrationState {
    /// Registered with the SIM's own network.
    Home,
    /// Registered with another one: the normal state of a multi-operator SIM.
    Roaming,
    /// Looking for a network.
    Searching,
    /// The network refused.
    Denied,
    /// Neither registered nor looking.
    NotRegistered,
    /// Emergency calls only: no data.
    EmergencyOnly,
    /// Text messages only: no data.
    SmsOnly,
    /// The modem does not know, or said something unheard of.
    Unknown,
}

impl RegistrationState {
    /// From the `<stat>` of `+CREG`, `+CGREG`, `+CEREG` or `+C5GREG`.
    pub fn from_stat(stat: u8) -> Self {
        match stat {
            0 => Self::NotRegistered,
            // 9 and 10 say "CSFB not preferred", which changes nothing for data.
            1 | 9 => Self::Home,
            2 => Self::Searching,
            3 => Self::Denied,
            5 | 10 => Self::Roaming,
            6 | 7 => Self::SmsOnly,
            // 11 is access to restricted local operator services: as good as emergency only.
            8 | 11 => Self::EmergencyOnly,
            _ => Self::Unknown,
        }
    }

    /// Whether data can flow.
    pub fn is_registered(self) -> bool {
        matches!(self, Self::Home | Self::Roaming)
    }
}

/// Radio access technology in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// 2G.
    Gsm,
    /// 3G.
    Umts,
    /// 4G, its narrow forms included.
    Lte,
    /// 4G anchor with a 5G leg.
    NrNsa,
    /// 5G alone.
    Nr,
}

impl Access {
    /// From the `<AcT>` of `+COPS` and `+CEREG`; `None` for a number that no table names.
    pub fn from_act(act: u8) -> Option<Self> {
        match act {
            0 | 1 | 3 => Some(Self::Gsm),
            2 | 4..=6 => Some(Self::Umts),
            // 8 and 9 are the narrow-band forms; u-blox prints 8 for LTE-M where 27.007 says EC-GSM-IoT.
            7..=9 => Some(Self::Lte),
            10..=12 => Some(Self::Nr),
            13 => Some(Self::NrNsa),
            _ => None,
        }
    }
}

/// Who chooses the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SelectionMode {
    /// A person did: the mode opensim works in.
    Manual,
    /// The modem does.
    Automatic,
    /// Nobody: the modem was told to leave the network.
    Deregistered,
    /// Not known.
    Unknown,
}

impl SelectionMode {
    /// From the `<mode>` of `+COPS?`.
    pub fn from_mode(mode: u8) -> Self {
        match mode {
            // Mode 4 falls back to automatic by itself, so that is what it is to a user.
            0 | 4 => Self::Automatic,
            1 => Self::Manual,
            2 => Self::Deregistered,
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_home_and_roaming_carry_data() {
        let carrying: Vec<u8> = (0..=255)
            .filter(|s| RegistrationState::from_stat(*s).is_registered())
            .collect();
        assert_eq!(carrying, [1, 5, 9, 10]);
    }

    #[test]
    fn manual_then_automatic_is_automatic() {
        assert_eq!(SelectionMode::from_mode(4), SelectionMode::Automatic);
    }
}
