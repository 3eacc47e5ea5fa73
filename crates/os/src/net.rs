//! Sockets and network interfaces, as far as every system has its own way.
//!
//! - [`tcp`]: a connection's counters and its window
//! - [`datagram`]: datagrams with their length on the wire, and answers from the address that was asked
//! - [`device`]: a socket held to one interface
//! - [`interface`]: what is known of an interface; [`news`]: word that something about one changed
//! - `local`: a stream socket of this computer, where D-Bus is
//! - [`descriptors`]: how many sockets there may be

#[cfg(target_os = "windows")]
pub(crate) mod adapters;
pub mod datagram;
pub mod descriptors;
pub mod device;
pub mod interface;
#[cfg(target_os = "linux")]
pub mod local;
pub mod news;
pub mod tcp;
