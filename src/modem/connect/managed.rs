//! The modems that `ModemManager` has, and the choice between it and their ports.
//!
//! A port that the daemon holds is never written to: its modem is asked over the bus, or the daemon is made to let go
//! of it first.

use std::path::PathBuf;

use super::attach::{LinkFacts, attach};
use super::error::pick_error;
use super::ports::{none_answers, open_choice, open_port};
use super::{ConnectionSeen, ManagerSeen, OpenError, OpenOptions, Opened, VpnSeen};
use crate::bus::Gate;
use crate::link::discover::{self, FoundModem};
use crate::link::tap::TraceFault;
use crate::modem::managed::Managed;
pub use crate::modem::manager::Hold;
use crate::modem::manager::{self, ManagerModem};
use crate::modem::{Error, ManagerFault, Tried};
use crate::os::clock::Clock;
use crate::os::port::local_socket;
use crate::session::network_manager::overview;

/// The daemon and the modems it has.
pub(super) struct ManagerDaemon {
    gate: Gate,
    pub(super) modems: Vec<Managed>,
}

impl ManagerDaemon {
    /// The daemon; a fault where there is none.
    pub(super) async fn reach() -> Result<Self, Error> {
        let gate = manager::reach().await?;
        let modems = manager::list(&gate).await?;
        Ok(Self { gate, modems })
    }

    /// The daemon, where there is one; where there is and it does not tell what it has, its fault.
    pub(super) async fn seek() -> (Option<Self>, Option<Error>) {
        match Self::reach().await {
            Ok(daemon) => (Some(daemon), None),
            Err(error @ Error::Manager(ManagerFault::Absent { .. })) => {
                tracing::debug!(%error, "no ModemManager");
                (None, None)
            }
            Err(error) => {
                tracing::warn!(%error, "ModemManager does not tell which modems it has");
                (None, Some(error))
            }
        }
    }

    /// The modem with this number.
    pub(super) fn numbered(&self, index: u32) -> Result<&Managed, Error> {
        let modem = self.modems.iter().find(|modem| modem.index == index);
        modem.ok_or_else(|| Error::Absent {
            wanted: format!("mm:{index}"),
            found: self.ids(),
            unusable: Vec::new(),
        })
    }

    /// The modem that a word names: by the daemon's own names, by its place on the bus, or by any of its ports.
    pub(super) fn named(&self, found: &[FoundModem], word: &str) -> Option<&Managed> {
        let real = std::fs::canonicalize(word).ok();
        let has = |modem: &&FoundModem| modem.ports.iter().any(|p| Some(&p.path) == real.as_ref());
        let plugged = found.iter().find(has);
        self.modems
            .iter()
            .find(|modem| modem.is(word) || plugged.is_some_and(|found| is(modem, found)))
    }

    /// The modem whose number ends so.
    pub(super) fn of_imei(&self, tail: &str) -> Option<&Managed> {
        let ends = |modem: &&Managed| {
            let imei = modem.imei.as_ref();
            imei.is_some_and(|imei| imei.reveal().ends_with(tail))
        };
        self.modems.iter().find(ends)
    }

    pub(super) fn ids(&self) -> Vec<String> {
        self.modems.iter().map(Managed::id).collect()
    }

    pub(super) fn has(&self, found: &FoundModem) -> bool {
        self.modems.iter().any(|modem| is(modem, found))
    }

    /// Opens a modem over the bus, or on its ports where a person asked for that.
    pub(super) async fn open(
        self,
        modem: &Managed,
        options: &OpenOptions,
    ) -> Result<Opened, OpenError> {
        if !options.direct {
            let opened = ManagerModem::open(self.gate, modem).await?;
            return Ok(Opened {
                modem: Box::new(opened),
                clock: Clock::system(),
                hold: None,
                trace: TraceFault::default(),
            });
        }
        let hold = Hold::take(self.gate, modem).await?;
        match open_ports(modem, options).await {
            Ok(opened) => Ok(Opened {
                hold: Some(hold),
                ..opened
            }),
            Err(error) => {
                if let Err(error) = hold.give_back().await {
                    tracing::info!(%error, "ModemManager takes the modem back by itself");
                }
                Err(error)
            }
        }
    }
}

/// Whether both are one device, by its place or by a port.
pub(super) fn is(modem: &Managed, found: &FoundModem) -> bool {
    let has = |path: &std::path::Path| modem.is(&path.display().to_string());
    modem.is(&found.id) || found.ports.iter().any(|port| has(&port.path))
}

/// Opens a modem that the daemon let go of.
async fn open_ports(modem: &Managed, options: &OpenOptions) -> Result<Opened, OpenError> {
    let survey = options.machine.survey();
    if let Some(found) = survey.modems.iter().find(|found| is(modem, found)) {
        let one = std::slice::from_ref(found);
        let choice = discover::pick(one, None).map_err(|error| pick_error(error, &survey))?;
        return open_choice(&choice, options).await;
    }
    let mut tried = Vec::new();
    for (at, port) in modem.at_ports.iter().enumerate() {
        let opened = if port.starts_with(ABSTRACT) {
            open_socket(port, options).await
        } else {
            let path = PathBuf::from("/dev").join(port);
            let facts = LinkFacts {
                port: path.display().to_string(),
                was_found: true,
                is_further: at > 0,
                ..LinkFacts::default()
            };
            open_port(&path, facts, None, options).await
        };
        match opened {
            Err(OpenError::Modem(error)) => tried.push(Tried {
                port: port.clone(),
                error,
            }),
            opened => return opened,
        }
    }
    Err(none_answers(tried, modem.id()).into())
}

/// What the names of the ports of the daemon's own tests begin with.
const ABSTRACT: &str = "abstract:";

/// A port of the daemon's own tests: an abstract socket.
async fn open_socket(name: &str, options: &OpenOptions) -> Result<Opened, OpenError> {
    let link = local_socket::connect(name).map_err(|error| {
        tracing::info!(%error, name, "the socket");
        Error::Gone {
            port: name.to_owned(),
        }
    })?;
    let facts = LinkFacts {
        port: name.to_owned(),
        ..LinkFacts::default()
    };
    attach(link, facts, Clock::system(), options).await
}

/// The modems that the daemon has; none where there is no daemon.
///
/// # Errors
/// When there is one and it does not tell.
pub async fn modems() -> Result<Vec<Managed>, Error> {
    match ManagerDaemon::reach().await {
        Ok(daemon) => Ok(daemon.modems),
        Err(Error::Manager(ManagerFault::Absent { .. })) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// `ModemManager`, as it is seen on the bus.
pub async fn manager_seen() -> ManagerSeen {
    let gate = match manager::reach().await {
        Ok(gate) => gate,
        Err(Error::Manager(ManagerFault::Absent { .. })) => return ManagerSeen::Absent,
        Err(error) => return ManagerSeen::Unwell(error),
    };
    match manager::list(&gate).await {
        Ok(modems) => ManagerSeen::Present {
            version: manager::version(&gate).await,
            modems: modems.len(),
        },
        Err(error) => ManagerSeen::Unwell(error),
    }
}

/// `NetworkManager`, as it is seen on the bus, and what it has of an interface.
pub async fn connection_seen(interface: Option<&str>) -> ConnectionSeen {
    match overview::of(interface).await {
        Ok(None) => ConnectionSeen::Absent,
        Ok(Some(None)) => ConnectionSeen::NoDevice,
        Ok(Some(Some(device))) => ConnectionSeen::Device {
            managed: device.managed,
            connection: device.connection,
            automatic: device.automatic,
            metric: device.metric,
        },
        Err(fault) => ConnectionSeen::Unwell(fault.into()),
    }
}

/// The connections of `NetworkManager`'s that lead to a company; none where it does not tell.
pub async fn vpn_connections() -> Vec<VpnSeen> {
    let connections = overview::vpns().await.unwrap_or_else(|fault| {
        tracing::info!(?fault, "NetworkManager does not tell its connections");
        Vec::new()
    });
    let seen = connections.into_iter().map(|connection| VpnSeen {
        name: connection.name,
        kind: connection.kind,
    });
    seen.collect()
}
