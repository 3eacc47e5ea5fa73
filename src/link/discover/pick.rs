//! Which modem, and which of its ports: what was named, else the only one there is. Nothing is guessed.

use std::path::{Path, PathBuf};

use super::FoundModem;
use crate::domain::PortRole;
use crate::os::port::devices;

/// A modem's port to open, or several to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<'a> {
    /// The modem, where the port is one of a modem found.
    pub modem: Option<&'a FoundModem>,
    /// The ports, best first; never empty. Each is tried in turn, and the first that answers is taken.
    pub ports: Vec<PathBuf>,
    /// Whether they are for AT, by the facts or by a person's word; otherwise only an answer tells.
    pub certain: bool,
}

/// Why there is no choice.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PickError {
    /// No modem is plugged in.
    #[error("no modem found")]
    None,
    /// Several are, and none was named.
    #[error("several modems: {}", .0.join(", "))]
    Several(
        /// Their ids.
        Vec<String>,
    ),
    /// The one named is not there.
    #[error("no modem {wanted}; found: {}", .found.join(", "))]
    Absent {
        /// What was asked for.
        wanted: String,
        /// The ids of those there are.
        found: Vec<String>,
    },
    /// The modem is there and shows no port that could be for AT.
    #[error("{id} has no AT port")]
    NoAtPort {
        /// The modem.
        id: String,
    },
    /// The port named is the modem's diagnostics port, which a text would confuse.
    #[error("{port} is the diagnostics port")]
    Diagnostics {
        /// The port named.
        port: String,
        /// The AT port of the same modem.
        instead: Option<String>,
    },
}

/// The port to talk on. `wanted` is an id of [`FoundModem::id`] or the path of a port, which need not be one of a
/// modem found; without it there must be exactly one modem.
pub fn pick<'a>(found: &'a [FoundModem], wanted: Option<&str>) -> Result<Choice<'a>, PickError> {
    let ids = || found.iter().map(|modem| modem.id.clone()).collect();
    if let Some(port) = wanted.and_then(devices::port_name) {
        return named_port(found, Path::new(&port));
    }
    match (wanted, found) {
        (Some(wanted), _) => match found.iter().find(|modem| modem.id == wanted) {
            Some(modem) => whole(modem),
            None => Err(PickError::Absent {
                wanted: wanted.to_owned(),
                found: ids(),
            }),
        },
        (None, [modem]) => whole(modem),
        (None, _) => {
            // One that cannot be used is no other choice.
            let mut usable = found.iter().filter(|modem| modem.is_usable());
            match (usable.next(), usable.next()) {
                (None, _) => Err(PickError::None),
                (Some(only), None) => whole(only),
                (Some(_), Some(_)) => Err(PickError::Several(ids())),
            }
        }
    }
}

fn whole(modem: &FoundModem) -> Result<Choice<'_>, PickError> {
    let certain = modem.at_port().is_some();
    let mut candidates = modem.candidates();
    // What a port is for is only tried out where nothing is known.
    candidates.retain(|port| !certain || port.role != PortRole::Unknown);
    let ports: Vec<PathBuf> = candidates.iter().map(|port| port.path.clone()).collect();
    if ports.is_empty() {
        return Err(PickError::NoAtPort {
            id: modem.id.clone(),
        });
    }
    Ok(Choice {
        certain,
        modem: Some(modem),
        ports,
    })
}

/// The port named, also by one of udev's links; the person's word that it is for AT is taken, but for diagnostics.
fn named_port<'a>(found: &'a [FoundModem], wanted: &Path) -> Result<Choice<'a>, PickError> {
    let real = devices::real(wanted).unwrap_or_else(|| wanted.to_owned());
    let is = |path: &Path| path == wanted || path == real;
    let owner = found.iter().find_map(|modem| {
        let port = modem.ports.iter().find(|port| is(&port.path))?;
        Some((modem, port))
    });
    if let Some((modem, port)) = owner
        && port.role == PortRole::Diag
    {
        return Err(PickError::Diagnostics {
            port: wanted.display().to_string(),
            instead: modem.at_port().map(|port| port.path.display().to_string()),
        });
    }
    Ok(Choice {
        modem: owner.map(|(modem, _)| modem),
        ports: vec![wanted.to_owned()],
        certain: true,
    })
}
