//! Sockets and network interfaces, as far as every system has its own way.
//!
//! - [`tcp`]: a connection's counters and its window
//! - [`datagram`]: datagrams with their length on the wire, and answers from the address that was asked
//! - [`device`]: a socket held to one interface
//! - [`interface`]: what is known of an interface; [`news`]: word that something about one changed
//! - [`local`]: a stream socket of this computer
//! - [`descriptors`]: how many sockets there may be

pub mod datagram;
pub mod descriptors;
pub mod device;
pub mod interface;
pub mod local;
pub mod news;
pub mod tcp;
