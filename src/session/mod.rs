//! The ways that data takes over a modem, one file a way, and the guard that ends what a way began.
//!
//! - a network interface of the modem's, which is up or comes up by itself ([`interface`](crate::os::net::interface))
//! - `ppp`: a call with PPP on another port
//! - `bearer`: a bearer that `ModemManager` connects
//! - `network_manager`: a connection that `NetworkManager` has of the modem
//!
//! It is found from the USB device that the modem's ports belong to, or dialled over PPP where there is no interface.
//! A carrier without such a way is not measured, and its reason is one of [`DataFault`].
//!
//! **After a change of carrier** the interface may look ready for a moment with the address of the network that was
//! left. On an interface that passes bare IP this shows: its address is not the one that the modem says it was given
//! (`+CGCONTRDP`), and the new one is waited for. On a stick that is a small router of its own the interface's address
//! never changes, and nothing but data that flows can tell: whoever measures asks its server first
//! (`measure::reach`), and again until the time given is over.

use std::net::IpAddr;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::domain::codes::Code;
use crate::measure::{Server, Via};
use crate::os::net::interface::InterfaceFault;

#[cfg(feature = "manager")]
pub(crate) mod bearer;
mod begun;
#[cfg(feature = "manager")]
pub(crate) mod network_manager;
pub(crate) mod ppp;

#[cfg(feature = "manager")]
pub(crate) use begun::BegunWay;
pub use begun::DataSession;
pub(crate) use begun::{Begun, Guard};

/// Why something that was begun could not be ended.
#[cfg(feature = "manager")]
pub type Unended = crate::bus::CallFault;
/// Why something that was begun could not be ended: what this program does alone ends.
#[cfg(not(feature = "manager"))]
pub type Unended = std::convert::Infallible;

/// What is known of the way when a modem is opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Way {
    /// Neither an interface nor a port to dial on.
    #[default]
    None,
    /// A network interface of the same USB device.
    Interface(String),
    /// A port for PPP, and no interface.
    Ppp(PathBuf),
    /// The demonstration's: a server on this computer, behind the virtual modem's own data path.
    Virtual(Server),
}

/// A way that is up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataLink {
    /// What sockets are held to.
    pub via: Via,
    /// The link's own name servers; none: those that the system is configured with.
    pub name_servers: Vec<IpAddr>,
    /// The one server that this way leads to, in the demonstration.
    pub server: Option<Server>,
}

/// Why there is no way for data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DataFault {
    /// The modem shows no network interface and no port to dial on.
    NoPath,
    /// The modem is on no network.
    NotRegistered,
    /// Its interface is down, or has no carrier.
    Down {
        /// Which.
        interface: String,
    },
    /// Its interface has no address in time.
    NoAddress {
        /// Which.
        interface: String,
    },
    /// Dialling failed.
    Dial {
        /// What was said of it.
        detail: String,
    },
    /// Dialling takes a right or a program that is not there.
    NoDialler {
        /// What is missing.
        detail: String,
    },
}

impl DataFault {
    /// Stable, in JSON and docs/errors.md.
    pub fn code(&self) -> Code {
        match self {
            Self::NoPath => Code::DATA_NO_PATH,
            Self::NotRegistered => Code::DATA_NOT_REGISTERED,
            Self::Down { .. } => Code::MEASURE_INTERFACE_DOWN,
            Self::NoAddress { .. } => Code::DATA_NO_ADDRESS,
            Self::Dial { .. } => Code::DATA_DIAL,
            Self::NoDialler { .. } => Code::DATA_NO_DIALLER,
        }
    }

    /// The values its sentence needs.
    pub fn values(&self) -> Vec<(&'static str, Value)> {
        match self {
            Self::NoPath | Self::NotRegistered => Vec::new(),
            Self::Down { interface } | Self::NoAddress { interface } => {
                vec![("interface", json!(interface))]
            }
            Self::Dial { detail } | Self::NoDialler { detail } => vec![("detail", json!(detail))],
        }
    }
}

impl From<InterfaceFault> for DataFault {
    fn from(fault: InterfaceFault) -> Self {
        match fault {
            InterfaceFault::NoAddress { interface } => Self::NoAddress { interface },
            InterfaceFault::Absent { interface }
            | InterfaceFault::Down { interface }
            | InterfaceFault::NoRoute { interface, .. }
            | InterfaceFault::ReversePath { interface, .. } => Self::Down { interface },
        }
    }
}
