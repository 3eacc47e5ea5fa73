//! By Windows's error numbers, those of its sockets included.

use std::io;

use windows_sys::Win32::Foundation::{ERROR_ACCESS_DENIED, ERROR_TOO_MANY_OPEN_FILES, WIN32_ERROR};
use windows_sys::Win32::Networking::WinSock::{
    WSAEACCES, WSAEADDRNOTAVAIL, WSAECONNREFUSED, WSAECONNRESET, WSAEHOSTUNREACH, WSAEMFILE,
    WSAENETDOWN, WSAENETUNREACH, WSAETIMEDOUT,
};

use super::SystemFault;

pub(super) fn meaning(error: &io::Error) -> Option<SystemFault> {
    let code = error.raw_os_error()?;
    match code {
        WSAEACCES => Some(SystemFault::NotPermitted),
        WSAENETDOWN => Some(SystemFault::Down),
        WSAENETUNREACH | WSAEHOSTUNREACH | WSAEADDRNOTAVAIL => Some(SystemFault::NoRoute),
        WSAECONNREFUSED | WSAECONNRESET => Some(SystemFault::Refused),
        WSAETIMEDOUT => Some(SystemFault::Silent),
        WSAEMFILE => Some(SystemFault::Descriptors),
        _ => match WIN32_ERROR::try_from(code).ok()? {
            ERROR_ACCESS_DENIED => Some(SystemFault::NotPermitted),
            ERROR_TOO_MANY_OPEN_FILES => Some(SystemFault::Descriptors),
            _ => None,
        },
    }
}
