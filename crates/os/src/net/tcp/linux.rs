//! The two options of Linux that neither the standard library, socket2 nor rustix has: `TCP_INFO` and
//! `TCP_WINDOW_CLAMP`. The one module with `unsafe`.

use std::io;
use std::os::fd::{AsFd as _, AsRawFd as _};

use socket2::Socket;

use super::TcpInfo;

/// Offsets in `struct tcp_info` (include/uapi/linux/tcp.h); the kernel only ever adds to its end.
mod offset {
    pub(super) const SEGMENT_OUT: usize = 16;
    pub(super) const SEGMENT_IN: usize = 20;
    pub(super) const ROUND_TRIP: usize = 68;
    pub(super) const BYTES_ACKED: usize = 120;
    pub(super) const BYTES_RECEIVED: usize = 128;
    pub(super) const SEGMENTS_OUT: usize = 136;
    pub(super) const SEGMENTS_IN: usize = 140;
    pub(super) const NOT_SENT: usize = 144;
    pub(super) const DATA_SEGMENTS_IN: usize = 152;
    pub(super) const BYTES_SENT: usize = 200;
    pub(super) const WINDOW_IN: usize = 232;
}

/// Bytes that are asked for; a kernel gives as many as it has.
const ASKED: usize = 256;

/// The counters of a connection.
pub(super) fn counters(socket: &Socket) -> io::Result<TcpInfo> {
    let mut bytes = [0_u8; ASKED];
    let length = read(socket, &mut bytes)?;
    Ok(parse(&bytes[..length.min(ASKED)]))
}

fn parse(bytes: &[u8]) -> TcpInfo {
    let count = |at| u32_at(bytes, at).map(u64::from);
    TcpInfo {
        not_sent: count(offset::NOT_SENT),
        data_segments: count(offset::DATA_SEGMENTS_IN),
        segment: (count(offset::SEGMENT_OUT), count(offset::SEGMENT_IN)),
        window: count(offset::WINDOW_IN),
        acked: u64_at(bytes, offset::BYTES_ACKED),
        received: u64_at(bytes, offset::BYTES_RECEIVED),
        sent: u64_at(bytes, offset::BYTES_SENT),
        segments: (count(offset::SEGMENTS_OUT), count(offset::SEGMENTS_IN)),
        round_trip_us: u32_at(bytes, offset::ROUND_TRIP),
    }
}

fn field<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..)?.first_chunk().copied()
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    field(bytes, at).map(u32::from_ne_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    field(bytes, at).map(u64::from_ne_bytes)
}

#[expect(unsafe_code, reason = "getsockopt(TCP_INFO) has no safe wrapper")]
fn read(socket: &Socket, bytes: &mut [u8; ASKED]) -> io::Result<usize> {
    let mut length: libc::socklen_t = 256;
    // SAFETY: the descriptor is borrowed for the call; the buffer is writable for `length` bytes, which the kernel
    // is told and does not pass; every byte pattern is a valid u8.
    let result = unsafe {
        libc::getsockopt(
            socket.as_fd().as_raw_fd(),
            libc::IPPROTO_TCP,
            libc::TCP_INFO,
            bytes.as_mut_ptr().cast(),
            &raw mut length,
        )
    };
    if result == 0 {
        Ok(usize::try_from(length).unwrap_or(0))
    } else {
        Err(io::Error::last_os_error())
    }
}

/// Keeps the receive window from ever being wider than `bytes`. Only before connecting does it hold from the first
/// byte: what was once advertised is not taken back.
#[expect(
    unsafe_code,
    reason = "setsockopt(TCP_WINDOW_CLAMP) has no safe wrapper"
)]
pub(super) fn clamp_window(socket: &Socket, bytes: u32) -> io::Result<()> {
    let value = libc::c_int::try_from(bytes).unwrap_or(libc::c_int::MAX);
    // SAFETY: the descriptor is borrowed for the call; the option is an int, and the pointer and size are of one.
    let result = unsafe {
        libc::setsockopt(
            socket.as_fd().as_raw_fd(),
            libc::IPPROTO_TCP,
            libc::TCP_WINDOW_CLAMP,
            (&raw const value).cast(),
            libc::socklen_t::try_from(size_of::<libc::c_int>()).unwrap_or(4),
        )
    };
    if result == 0 {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}

/// Announces segments no longer than this.
pub(super) fn limit_segment(socket: &Socket, bytes: u32) -> io::Result<()> {
    socket.set_tcp_mss(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{TcpListener, TcpStream, UdpSocket};

    use super::super::clamp_window;

    use super::*;

    #[test]
    fn an_older_kernels_shorter_answer_leaves_the_rest_unknown() {
        let mut bytes = [0_u8; ASKED];
        bytes[120] = 7;
        bytes[136] = 3;
        bytes[140] = 4;
        let old = parse(&bytes[..144]);
        assert_eq!((old.acked, old.segments), (Some(7), (Some(3), Some(4))));
        assert_eq!(old.all_segments(), Some(7));
        assert_eq!((old.sent, old.not_sent, old.window), (None, None, None));
        let older = parse(&bytes[..104]);
        assert_eq!((older.acked, older.all_segments()), (None, None));
        assert_eq!(parse(&[]).round_trip_us, None);
    }

    #[test]
    fn what_the_other_end_has_acknowledged_is_counted_and_its_own_start_is_one() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut ours = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (mut theirs, _) = listener.accept().unwrap();
        assert_eq!(TcpInfo::of(&ours).unwrap().acked, Some(1));
        ours.write_all(&[5; 1000]).unwrap();
        theirs.read_exact(&mut [0; 1000]).unwrap();
        theirs.write_all(b"!").unwrap();
        ours.read_exact(&mut [0]).unwrap();
        let info = TcpInfo::of(&ours).unwrap();
        assert_eq!(
            (info.acked, info.received, info.sent),
            (Some(1001), Some(1), Some(1000))
        );
        assert!(info.all_segments() >= Some(4), "{info:?}");
        assert_eq!((info.not_sent, info.data_segments), (Some(0), Some(1)));
    }

    #[test]
    fn a_socket_without_such_counters_is_an_error() {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        assert!(TcpInfo::of(&socket).is_err());
        assert!(clamp_window(&socket, 16_384).is_err());
    }
}
