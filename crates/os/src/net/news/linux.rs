//! A routing socket (`rtnetlink`), subscribed to links and addresses.

use std::io;

use rustix::net::netlink::SocketAddrNetlink;
use rustix::net::{AddressFamily, SocketFlags, SocketType};
use tokio::net::UdpSocket;

/// `RTMGRP_LINK`, `RTMGRP_IPV4_IFADDR` and `RTMGRP_IPV6_IFADDR` of `linux/rtnetlink.h`.
const GROUPS: u32 = 0x1 | 0x10 | 0x100;

/// It is read as datagrams are: nothing but reading is done with it, and tokio has no other type for a descriptor that
/// is safe to make.
#[derive(Debug)]
pub(super) struct Listener(UdpSocket);

impl Listener {
    pub(super) fn open() -> io::Result<Self> {
        let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
        // Protocol 0 is `NETLINK_ROUTE`.
        let family = AddressFamily::NETLINK;
        let socket = rustix::net::socket_with(family, SocketType::RAW, flags, None)?;
        rustix::net::bind(&socket, &SocketAddrNetlink::new(0, GROUPS))?;
        UdpSocket::from_std(socket.into()).map(Self)
    }

    /// Waits for word, and takes all there is.
    pub(super) async fn word(&self) {
        if self.0.readable().await.is_err() {
            return std::future::pending().await;
        }
        let mut buffer = [0_u8; 8192];
        // More may have been told than the socket could hold (`ENOBUFS`): that is word too.
        while let Ok(1..) = self.0.try_recv(&mut buffer) {}
    }
}
