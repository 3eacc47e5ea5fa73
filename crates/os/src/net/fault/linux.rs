//! By Linux's error numbers.

use std::io;

use rustix::io::Errno;

use super::SocketFault;

pub(super) fn meaning(error: &io::Error) -> Option<SocketFault> {
    match Errno::from_io_error(error)? {
        Errno::NODEV => Some(SocketFault::NoInterface),
        Errno::PERM | Errno::ACCESS => Some(SocketFault::NotPermitted),
        Errno::NETDOWN => Some(SocketFault::Down),
        Errno::NETUNREACH | Errno::HOSTUNREACH | Errno::ADDRNOTAVAIL => Some(SocketFault::NoRoute),
        Errno::CONNREFUSED | Errno::CONNRESET => Some(SocketFault::Refused),
        Errno::TIMEDOUT => Some(SocketFault::Silent),
        Errno::MFILE | Errno::NFILE => Some(SocketFault::Descriptors),
        _ => None,
    }
}
