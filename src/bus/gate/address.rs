//! The way to the system bus.
//!
//! The bus's library connects in a thread of its own and falls over where none may be started (`ulimit -u`), and a
//! thread that waits for a bus which accepts nobody cannot be given up. So its socket, which is what every system has,
//! is connected here.

use std::ffi::OsString;
use std::path::PathBuf;

use zbus::Address;
use zbus::address::Transport;
use zbus::address::transport::UnixSocket;

use crate::os::fault;
use crate::os::net::local::{self, LocalSocket};

/// The socket of a bus, connected; `None` for a bus elsewhere, which its library has to reach in a thread. Else why
/// there is no bus.
pub(super) async fn connect(address: &Address) -> Result<Option<LocalSocket>, String> {
    let Transport::Unix(unix) = address.transport() else {
        let thread = std::thread::Builder::new().spawn(|| ());
        return thread.map(|_| None).map_err(|error| fault::detail(&error));
    };
    let path: PathBuf = match unix.path() {
        UnixSocket::File(path) => path.into(),
        UnixSocket::Abstract(name) => {
            // One without a file begins with a zero.
            let mut path = OsString::from("\0");
            path.push(name);
            path.into()
        }
        other => return Err(format!("{other:?}")),
    };
    let stream = local::connect(&path).await;
    stream.map(Some).map_err(|error| fault::detail(&error))
}

#[cfg(test)]
mod tests {
    use tokio::net::UnixListener;

    use super::*;

    async fn connected(address: &str) -> bool {
        let address: Address = address.parse().unwrap();
        matches!(connect(&address).await, Ok(Some(_)))
    }

    #[tokio::test]
    async fn a_bus_is_reached_by_its_file_and_by_a_name_without_one() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("bus");
        let _listener = UnixListener::bind(&file).unwrap();
        assert!(connected(&format!("unix:path={}", file.display())).await);
        let name = format!("opensim-test-{}", std::process::id());
        let _listener = UnixListener::bind(format!("\0{name}")).unwrap();
        assert!(connected(&format!("unix:abstract={name}")).await);
        assert!(!connected("unix:path=/nonexistent").await);
        assert!(!connected("unix:dir=/tmp").await);
    }
}
