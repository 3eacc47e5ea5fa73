//! `tokio-serial` opens the port and moves the bytes. Windows opens a COM port for one program alone, and keeps no
//! settings that would have to be put back.

use std::path::Path;

use tokio_serial::{SerialPort as _, SerialPortBuilderExt as _, SerialStream};

use super::PortError;
use crate::port::com;
use crate::port::devices::Sysfs;
use crate::port::holder::ProcRoot;

pub(super) use com::hung_up;

/// Nothing has to be put back.
#[derive(Debug)]
pub(super) struct Kept;

/// Opens a port as the room's own `open` says.
pub(super) fn open(
    path: &Path,
    _: &Sysfs,
    _: &ProcRoot,
) -> Result<(Kept, SerialStream), PortError> {
    let given = path.display().to_string();
    let Some(port) = com::name(&given) else {
        // A file, a pipe or a drive: opening alone may do something to it.
        return Err(match std::fs::symlink_metadata(path) {
            Ok(_) => PortError::NotAPort { port: given },
            Err(_) => PortError::Absent { port: given },
        });
    };
    let builder = tokio_serial::new(com::device(&port), 115_200);
    let mut stream = builder
        .open_native_async()
        .map_err(|error| refused(&port, error))?;
    // Many a modem says nothing to a computer that does not seem ready. A port without these lines refuses them.
    let lines = [
        stream.write_data_terminal_ready(true),
        stream.write_request_to_send(true),
    ];
    for error in lines.into_iter().filter_map(Result::err) {
        tracing::debug!(port, %error, "the line is not set");
    }
    // What had arrived for somebody else went with the port that they closed. Nothing is purged here: that ends the read
    // which is under way since the port is open, with the very error that a port gives whose device is gone.
    Ok((Kept, stream))
}

/// Why a port is not open. The library has one word for a port that is not there and for one that somebody else has; the
/// system's list of ports tells them apart.
fn refused(port: &str, error: tokio_serial::Error) -> PortError {
    let port = port.to_owned();
    match error.kind {
        tokio_serial::ErrorKind::NoDevice if com::is_listed(&port) => PortError::Busy {
            port,
            holder: None,
            likely: None,
        },
        tokio_serial::ErrorKind::NoDevice => PortError::Absent { port },
        _ => PortError::Failed {
            port,
            source: error.into(),
        },
    }
}
