//! The way to the system bus.
//!
//! The bus's library connects in a thread of its own and falls over where none may be started (`ulimit -u`), and a
//! thread that waits for a bus which accepts nobody cannot be given up. So its socket, which is what every system has,
//! is connected here.

use tokio::net::UnixStream;
use zbus::Address;
use zbus::address::Transport;
use zbus::address::transport::UnixSocket;
use zbus::connection::{Builder, Connection};

use super::Trouble;

/// Connects to the system bus and is greeted by it.
pub(super) async fn connect() -> Result<Connection, Trouble> {
    let address = Address::system().map_err(|error| Trouble::NoBus(error.to_string()))?;
    let builder = match address.transport() {
        Transport::Unix(unix) => {
            let stream = UnixStream::connect(path(unix.path())?).await;
            Builder::unix_stream(stream.map_err(|error| Trouble::NoBus(error.to_string()))?)
        }
        _ => by_thread(address)?,
    };
    builder.build().await.map_err(Trouble::Bus)
}

/// Where a socket is; one without a file begins with a zero.
fn path(socket: &UnixSocket) -> Result<std::path::PathBuf, Trouble> {
    match socket {
        UnixSocket::File(path) => Ok(path.into()),
        UnixSocket::Abstract(name) => {
            let mut path = std::ffi::OsString::from("\0");
            path.push(name);
            Ok(path.into())
        }
        other => Err(Trouble::NoBus(format!("{other:?}"))),
    }
}

/// A bus elsewhere, which its library connects to in a thread.
fn by_thread(address: Address) -> Result<Builder<'static>, Trouble> {
    let thread = std::thread::Builder::new().spawn(|| ());
    thread.map_err(|error| Trouble::NoBus(error.to_string()))?;
    Builder::address(address).map_err(Trouble::Bus)
}
