//! Windows can hold a socket to an interface (`IP_UNICAST_IF`), but that this carries a measurement as Linux does has not
//! been shown; until then nothing is measured over one.

use std::io;

use socket2::Socket;

pub(super) const DEPENDABLE: bool = false;

pub(super) fn hold(_: &Socket, _: &str) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
