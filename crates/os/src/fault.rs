//! What the system means by an error, of a socket, a port or a file.

use std::io;

use opensim_domain::codes::Detail;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "windows")]
use windows as system;

/// A meaning that the standard library does not tell apart, or not on every system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SystemFault {
    /// There is no such interface.
    NoInterface,
    /// This user may not.
    NotPermitted,
    /// The interface is down.
    Down,
    /// There is no way to the address.
    NoRoute,
    /// The other end took nothing, or broke off.
    Refused,
    /// The other end did not answer.
    Silent,
    /// The process or the system has no descriptor left.
    Descriptors,
}

impl SystemFault {
    /// What an error means, where it is one of these.
    pub fn of(error: &io::Error) -> Option<Self> {
        system::meaning(error)
    }
}

/// An error as the `detail` of one of ours: a code where it is known what it means, else what the system says.
pub fn detail(error: &io::Error) -> String {
    match known(error) {
        Some(detail) => detail.into(),
        None => error.to_string(),
    }
}

fn known(error: &io::Error) -> Option<Detail> {
    use io::ErrorKind as Kind;
    if SystemFault::of(error) == Some(SystemFault::Descriptors) {
        return Some(Detail::OS_DESCRIPTORS);
    }
    // What wraps another's words has these, and its kind says less.
    if error.get_ref().is_some() {
        return None;
    }
    Some(match error.kind() {
        Kind::NotFound => Detail::OS_NOT_FOUND,
        Kind::PermissionDenied => Detail::OS_DENIED,
        Kind::AlreadyExists => Detail::OS_EXISTS,
        Kind::IsADirectory => Detail::OS_IS_FOLDER,
        Kind::NotADirectory => Detail::OS_NOT_FOLDER,
        Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => Detail::OS_FULL,
        Kind::ReadOnlyFilesystem => Detail::OS_READ_ONLY,
        Kind::AddrInUse => Detail::OS_IN_USE,
        Kind::AddrNotAvailable => Detail::OS_NO_ADDRESS,
        Kind::ResourceBusy => Detail::OS_BUSY,
        Kind::ConnectionReset | Kind::ConnectionAborted | Kind::BrokenPipe => Detail::OS_BROKEN_OFF,
        Kind::Unsupported => Detail::OS_UNSUPPORTED,
        Kind::UnexpectedEof => Detail::OS_ENDED,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_is_a_code_where_it_is_known_and_else_its_words() {
        let missing = std::fs::File::open("/nonexistent").unwrap_err();
        assert_eq!(detail(&missing), "os.not_found");
        let unsupported = io::ErrorKind::Unsupported.into();
        assert_eq!(detail(&unsupported), "os.unsupported");
        #[cfg(target_os = "linux")]
        {
            let folder = std::fs::read("/").unwrap_err();
            assert_eq!(detail(&folder), "os.is_folder");
        }
        let words = io::Error::other("what a library says");
        assert_eq!(detail(&words), "what a library says");
        let wrapped = io::Error::new(io::ErrorKind::NotFound, "no such device here");
        assert_eq!(detail(&wrapped), "no such device here");
        let plain = io::Error::other(Detail::FILE_TOO_BIG.as_str());
        assert_eq!(detail(&plain), "file.too_big");
        assert_eq!(detail(&io::ErrorKind::UnexpectedEof.into()), "os.ended");
    }
}
