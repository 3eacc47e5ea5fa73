//! By Linux's error numbers.

use std::io;

use rustix::io::Errno;

use super::SystemFault;

pub(super) fn meaning(error: &io::Error) -> Option<SystemFault> {
    match Errno::from_io_error(error)? {
        Errno::NODEV => Some(SystemFault::NoInterface),
        Errno::PERM | Errno::ACCESS => Some(SystemFault::NotPermitted),
        Errno::NETDOWN => Some(SystemFault::Down),
        Errno::NETUNREACH | Errno::HOSTUNREACH | Errno::ADDRNOTAVAIL => Some(SystemFault::NoRoute),
        Errno::CONNREFUSED | Errno::CONNRESET => Some(SystemFault::Refused),
        Errno::TIMEDOUT => Some(SystemFault::Silent),
        Errno::MFILE | Errno::NFILE => Some(SystemFault::Descriptors),
        _ => None,
    }
}
