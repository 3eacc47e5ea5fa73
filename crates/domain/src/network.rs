//! A network as others name it: in a modem's list, and in a connection that another program keeps.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Plmn;

/// The longest that a modem is given for its list of networks, where its own dialect says nothing else. 27.007 sets no
/// limit: this is what `ModemManager` waits for `+COPS=?`; manuals say 180 s, and field reports up to 4 minutes.
pub const NETWORK_LIST: Duration = Duration::from_secs(315);

/// What the modem's list says of a network (27.007 7.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    /// It may be selected.
    Available,
    /// It is in use.
    Current,
    /// The SIM may not use it.
    Forbidden,
    /// The modem does not say.
    #[serde(other)]
    Unknown,
}

/// A setting by which another program selects a network when it connects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionProfile {
    /// The connection, for ever.
    pub uuid: String,
    /// The connection, as a person reads it.
    pub name: String,
    /// The network that it names.
    pub network: Option<String>,
    /// Whether it is up, or is to be.
    #[serde(default)]
    pub up: bool,
}

impl ConnectionProfile {
    /// The same connection, naming this network, whether it is up or not.
    pub fn naming(&self, plmn: Plmn) -> Self {
        Self {
            network: Some(plmn.to_string()),
            up: false,
            ..self.clone()
        }
    }

    /// The network that it names, where it is one.
    pub fn plmn(&self) -> Option<Plmn> {
        self.network.as_deref()?.parse().ok()
    }
}
