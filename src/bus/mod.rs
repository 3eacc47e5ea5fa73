//! The one way to D-Bus: a gate that looks at every call, objects and their properties, and what a failed call means.
//!
//! Each daemon is described by a `Daemon` beside the code that talks to it: its name, the errors of its own, and what
//! it may be asked. Nothing here knows what a modem or a connection is.

mod call;
mod fault;
mod gate;
mod object;
mod pending;

pub(crate) use call::{Args, MethodCall, Sections};
pub use fault::CallFault;
pub(crate) use fault::{Cause, known};
pub(crate) use gate::{Daemon, Gate, selects};
pub(crate) use object::{Object, Properties, objects, properties, read};
pub(crate) use pending::Pending;

use std::time::Duration;

/// The longest for an answer that takes no talk with the modem.
pub(crate) const SOON: Duration = Duration::from_secs(10);
