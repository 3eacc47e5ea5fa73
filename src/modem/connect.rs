//! From a `--modem` word to a modem that answers: choose, open, attach.

use super::Modem;
use crate::link::tap::TraceFault;
use crate::os::clock::Clock;

mod attach;
mod choose;
mod daemons;
mod error;
#[cfg(feature = "manager")]
mod managed;
#[cfg(not(feature = "manager"))]
#[path = "connect/unmanaged.rs"]
#[expect(clippy::unused_async, reason = "the shape of what it stands in for")]
mod managed;
mod options;
mod plugged;
mod ports;
mod simulated;
mod standing;

pub use daemons::{ConnectionSeen, ManagerSeen, VpnSeen};
pub use error::OpenError;
pub use managed::{Hold, connection_seen, manager_seen, modems, vpn_connections};
pub use options::{Machine, OpenOptions, Spec};
pub use simulated::{plug_in, replay, virtual_modem};
pub use standing::Standing;

use choose::Chosen;

/// A modem that answers, and the clock it lives by.
pub struct Opened {
    /// The modem.
    pub modem: Box<dyn Modem>,
    /// The system's clock, or the virtual modem's.
    pub clock: Clock,
    /// What keeps `ModemManager` off it; to be given back once the modem is closed.
    pub hold: Option<Hold>,
    /// What becomes of the trace that was asked for.
    pub trace: TraceFault,
}

/// Opens the modem that is wanted. Returns once it answered and its dialect is known.
///
/// # Errors
/// When there is none, several and no choice, it is busy, silent, or the word names nothing.
pub async fn open(options: &OpenOptions) -> Result<Opened, OpenError> {
    match choose::choose(options).await? {
        Chosen::Virtual(name) => simulated::open(&name, options).await,
        Chosen::Managed(daemon, modem) => daemon.open(&modem, options).await,
        Chosen::Plugged(plugged) => plugged.open(options).await,
        Chosen::Numbered(numbered) => numbered.open(options).await,
    }
}
