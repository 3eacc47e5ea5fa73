//! Word from the kernel that something changed about an interface or its addresses.
//!
//! What changed is not read here: whoever waits looks again. Where there is no such word (a kernel that gives no
//! socket for it) a wait that grows does the same, later.

use std::io;
use std::time::Duration;

use rustix::net::netlink::SocketAddrNetlink;
use rustix::net::{AddressFamily, SocketFlags, SocketType};
use tokio::net::UdpSocket;

use crate::os::clock::Clock;

use crate::time::Instant;

/// `RTMGRP_LINK`, `RTMGRP_IPV4_IFADDR` and `RTMGRP_IPV6_IFADDR` of `linux/rtnetlink.h`.
const GROUPS: u32 = 0x1 | 0x10 | 0x100;
/// The first wait without word, and the longest.
const SOON: Duration = Duration::from_millis(50);
const LATER: Duration = Duration::from_secs(1);

/// A listener.
#[derive(Debug)]
pub(in crate::modem) struct News {
    socket: Option<UdpSocket>,
    pause: Duration,
}

impl News {
    /// Begins to listen: what changes from now on is told. To be called inside a tokio runtime.
    pub(in crate::modem) fn listen() -> Self {
        let socket = open()
            .inspect_err(|error| tracing::debug!(%error, "no word from the kernel of interfaces"))
            .ok();
        Self {
            socket,
            pause: SOON,
        }
    }

    /// Returns when something changed, when it is time to look again anyhow, or at `until`. Safe to drop at any time.
    pub(in crate::modem) async fn next(&mut self, clock: &Clock, until: Instant) {
        let again = until.min(clock.now() + self.pause);
        self.pause = (self.pause * 2).min(LATER);
        tokio::select! {
            () = clock.sleep_until(Some(again)) => {}
            () = told(self.socket.as_ref()) => {}
        }
    }
}

/// Waits for word, and takes all there is.
async fn told(socket: Option<&UdpSocket>) {
    let Some(socket) = socket else {
        return std::future::pending().await;
    };
    if socket.readable().await.is_err() {
        return std::future::pending().await;
    }
    let mut buffer = [0_u8; 8192];
    // More may have been told than the socket could hold (`ENOBUFS`): that is word too.
    while let Ok(1..) = socket.try_recv(&mut buffer) {}
}

/// A routing socket, which is read as datagrams are: nothing but reading is done with it, and tokio has no other type
/// for a descriptor that is safe to make.
fn open() -> io::Result<UdpSocket> {
    let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
    // Protocol 0 is `NETLINK_ROUTE`.
    let family = AddressFamily::NETLINK;
    let socket = rustix::net::socket_with(family, SocketType::RAW, flags, None)?;
    rustix::net::bind(&socket, &SocketAddrNetlink::new(0, GROUPS))?;
    UdpSocket::from_std(socket.into())
}
