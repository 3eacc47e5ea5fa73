//! Sockets and network interfaces, as far as every system has its own way.
//!
//! - [`tcp`]: a connection's counters and its window
//! - [`datagram`]: datagrams with their length on the wire, and answers from the address that was asked
//! - [`descriptors`]: how many sockets there may be

pub mod datagram;
pub mod descriptors;
pub mod tcp;
