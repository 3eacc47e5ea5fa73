//! Ways that data takes over a modem, one file a way.

pub(crate) mod network_manager;
