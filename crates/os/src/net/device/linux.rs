//! `SO_BINDTODEVICE`: the kernel holds the socket.

use std::io;

use socket2::Socket;

pub(super) const DEPENDABLE: bool = true;

pub(super) fn hold(socket: &Socket, interface: &str) -> io::Result<()> {
    socket.bind_device(Some(interface.as_bytes()))
}
