//! What the system alone knows of a TCP connection: what was acknowledged, what was sent, and how far its window may
//! open.

use std::io;

use socket2::SockRef;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "windows")]
use windows as system;

/// A connection's counters. `None` where the kernel is too old to count (bytes and segments: 4.2, `sent`: 4.19).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TcpInfo {
    /// Bytes that the other end acknowledged; the connection's own start counts for one.
    pub acked: Option<u64>,
    /// Bytes that came in order.
    pub received: Option<u64>,
    /// Bytes that were sent, those sent again included.
    pub sent: Option<u64>,
    /// Segments that went, and that came, bare acknowledgements included.
    pub segments: (Option<u64>, Option<u64>),
    /// Written and not yet sent.
    pub not_sent: Option<u64>,
    /// Segments with payload that came, those that came twice included.
    pub data_segments: Option<u64>,
    /// The longest payload of a segment, out and in.
    pub segment: (Option<u64>, Option<u64>),
    /// As much as the other end may send without a further word (Linux 6.2).
    pub window: Option<u64>,
    /// Smoothed round trip, microseconds.
    pub round_trip_us: Option<u32>,
}

impl TcpInfo {
    /// Segments both ways.
    pub fn all_segments(&self) -> Option<u64> {
        Some(self.segments.0? + self.segments.1?)
    }

    /// The counters now.
    ///
    /// # Errors
    /// Of a socket that is no connection.
    pub fn of<'s>(socket: impl Into<SockRef<'s>>) -> io::Result<Self> {
        system::counters(&socket.into())
    }
}

/// Keeps the receive window from ever being wider than `bytes`. Only before connecting does it hold from the first
/// byte: what was once advertised is not taken back.
///
/// # Errors
/// Of a socket that is no connection.
pub fn clamp_window<'s>(socket: impl Into<SockRef<'s>>, bytes: u32) -> io::Result<()> {
    system::clamp_window(&socket.into(), bytes)
}

/// Has a socket announce segments whose payload is no longer than `bytes`, before it listens or connects.
///
/// # Errors
/// Of a socket that is no connection.
pub fn limit_segment<'s>(socket: impl Into<SockRef<'s>>, bytes: u32) -> io::Result<()> {
    system::limit_segment(&socket.into(), bytes)
}
