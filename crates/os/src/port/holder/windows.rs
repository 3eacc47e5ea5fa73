//! Windows opens a COM port for one program alone and does not tell for which; so nobody is seen here, and whoever is in
//! the way is met on opening.

use std::path::Path;

use super::Holder;

/// Where processes are looked up.
#[derive(Debug, Clone)]
pub struct ProcRoot;

impl ProcRoot {
    /// The system's own.
    pub fn system() -> Self {
        Self
    }

    /// Looks once at every process.
    pub fn look(&self) -> Occupancy {
        Occupancy::default()
    }
}

/// What one look at the processes saw.
#[derive(Debug, Clone, Default)]
pub struct Occupancy;

impl Occupancy {
    /// The processes that hold this port.
    pub fn holders_of(&self, _: &Path) -> Vec<Holder> {
        Vec::new()
    }

    /// An opensim that has this port and changes something; it would have the port alone.
    pub fn changer_on(&self, _: &Path) -> Option<Holder> {
        None
    }

    /// Whether processes were there whose open files could not be seen: all of them.
    pub fn blind(&self) -> bool {
        true
    }

    /// Whether the system tells who has a port at all.
    pub fn tells(&self) -> bool {
        false
    }

    /// Whether the open files of this process could be seen.
    pub fn sees(&self, _: &Holder) -> bool {
        false
    }

    /// `ModemManager`, which Windows has not.
    pub fn modem_manager(&self) -> Option<Holder> {
        None
    }
}
