//! Windows keeps such counters in a way that is not read here, and has no window that does not open: what needs them is
//! not measured.

use std::io;

use socket2::Socket;

use super::TcpInfo;

pub(super) fn counters(_: &Socket) -> io::Result<TcpInfo> {
    Err(io::ErrorKind::Unsupported.into())
}

pub(super) fn clamp_window(_: &Socket, _: u32) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

pub(super) fn limit_segment(_: &Socket, _: u32) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
