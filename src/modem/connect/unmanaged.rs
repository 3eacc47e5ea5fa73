//! In the place of `managed` where opensim is built without D-Bus: nobody is asked who has a modem. One that another
//! program holds is then told as busy.

use std::convert::Infallible;

use super::{ConnectionSeen, ManagerSeen, OpenError, OpenOptions, Opened, VpnSeen};
use crate::domain::codes::Detail;
use crate::link::discover::FoundModem;
use crate::modem::managed::Managed;
use crate::modem::{Error, ManagerFault};

/// A daemon that is never reached.
pub(super) struct ManagerDaemon {
    pub(super) modems: Vec<Managed>,
    never: Infallible,
}

impl ManagerDaemon {
    pub(super) async fn reach() -> Result<Self, Error> {
        Err(Error::Manager(ManagerFault::Absent {
            detail: Detail::BUS_NOT_BUILT.into(),
        }))
    }

    pub(super) async fn seek() -> (Option<Self>, Option<Error>) {
        (None, None)
    }

    pub(super) fn numbered(&self, _: u32) -> Result<&Managed, Error> {
        match self.never {}
    }

    pub(super) fn named(&self, _: &[FoundModem], _: &str) -> Option<&Managed> {
        match self.never {}
    }

    pub(super) fn of_imei(&self, _: &str) -> Option<&Managed> {
        match self.never {}
    }

    pub(super) fn ids(&self) -> Vec<String> {
        match self.never {}
    }

    pub(super) fn has(&self, _: &FoundModem) -> bool {
        match self.never {}
    }

    pub(super) async fn open(self, _: &Managed, _: &OpenOptions) -> Result<Opened, OpenError> {
        match self.never {}
    }
}

/// Whether both are one device.
pub(super) fn is(_: &Managed, _: &FoundModem) -> bool {
    false
}

/// What keeps `ModemManager` off a modem: nothing, since it is not asked to let go.
#[derive(Debug)]
pub struct Hold(Infallible);

impl Hold {
    /// There is none to give back.
    ///
    /// # Errors
    /// Never.
    pub async fn give_back(self) -> Result<(), Error> {
        match self.0 {}
    }
}

/// The modems that the daemon has: none that is known of.
///
/// # Errors
/// Never.
pub async fn modems() -> Result<Vec<Managed>, Error> {
    Ok(Vec::new())
}

/// It cannot be seen without a bus.
pub async fn manager_seen() -> ManagerSeen {
    ManagerSeen::NotBuilt
}

/// It cannot be seen without a bus.
pub async fn connection_seen(_: Option<&str>) -> ConnectionSeen {
    ConnectionSeen::NotBuilt
}

/// They cannot be seen without a bus.
pub async fn vpn_connections() -> Vec<VpnSeen> {
    Vec::new()
}
