//! Windows's table of network adapters.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ptr;

use windows_sys::Win32::Foundation::{ERROR_BUFFER_OVERFLOW, ERROR_SUCCESS};
use windows_sys::Win32::NetworkManagement::IpHelper::{
    GAA_FLAG_INCLUDE_GATEWAYS, GAA_FLAG_SKIP_ANYCAST, GAA_FLAG_SKIP_MULTICAST,
    GetAdaptersAddresses, GetIfEntry2, IP_ADAPTER_ADDRESSES_LH, MIB_IF_ROW2,
};
use windows_sys::Win32::NetworkManagement::Ndis::IfOperStatusUp;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, AF_INET6, AF_UNSPEC, SOCKADDR_IN, SOCKADDR_IN6, SOCKET_ADDRESS,
};

/// Kinds of adapters (`ipifcons.h`, by IANA's numbers).
pub(crate) mod kind {
    pub(crate) const ETHERNET: u32 = 6;
    pub(crate) const PPP: u32 = 23;
    pub(crate) const LOOPBACK: u32 = 24;
    /// What virtual adapters of VPN programs have.
    pub(crate) const VIRTUAL: u32 = 53;
    pub(crate) const WIFI: u32 = 71;
    pub(crate) const TUNNEL: u32 = 131;
    /// Mobile broadband, GSM's and CDMA's.
    pub(crate) const MOBILE: [u32; 2] = [243, 244];
}

/// An adapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Adapter {
    /// As the user sees it: `Wi-Fi`, `Ethernet 2`.
    pub(crate) name: String,
    /// What it says that it is.
    pub(crate) description: String,
    /// One of [`kind`], or another.
    pub(crate) kind: u32,
    /// Whether it is up and carries.
    pub(crate) is_up: bool,
    /// Its addresses.
    pub(crate) addresses: Vec<IpAddr>,
    /// The name servers that were given for it.
    pub(crate) servers: Vec<IpAddr>,
    /// Whether a way to everywhere leads by it (IPv4).
    pub(crate) has_gateway: bool,
    /// The rank of that way: the least is used.
    pub(crate) metric: u32,
    /// The longest packet.
    pub(crate) mtu: u32,
    /// Its hardware address.
    pub(crate) station: Option<[u8; 6]>,
    /// Its number (IPv4's, or else IPv6's).
    index: u32,
}

impl Adapter {
    /// Whether it leads nowhere but here.
    pub(crate) fn is_loopback(&self) -> bool {
        self.kind == kind::LOOPBACK
    }

    /// Bytes that it has carried, both ways.
    #[expect(unsafe_code, reason = "the table of adapters has no safe interface")]
    pub(crate) fn carried(&self) -> Option<u64> {
        // SAFETY: a row of zeroes is one that names no interface yet.
        let mut row: MIB_IF_ROW2 = unsafe { std::mem::zeroed() };
        row.InterfaceIndex = self.index;
        // SAFETY: the row is our own and outlives the call.
        let code = unsafe { GetIfEntry2(&raw mut row) };
        (code == ERROR_SUCCESS).then(|| row.InOctets.saturating_add(row.OutOctets))
    }
}

/// The adapters of this computer.
pub(crate) fn adapters() -> Vec<Adapter> {
    let table = table();
    let mut adapters = Vec::new();
    let mut next = table.as_ptr().cast::<IP_ADAPTER_ADDRESSES_LH>();
    if table.is_empty() {
        return adapters;
    }
    while !next.is_null() {
        #[expect(unsafe_code, reason = "the table of adapters has no safe interface")]
        // SAFETY: the system wrote a list of such rows into the table, which is aligned for them and outlives this loop;
        // each names the next, and the last one none.
        let row = unsafe { &*next };
        adapters.push(adapter(row));
        next = row.Next;
    }
    adapters
}

/// The system's table, in words that are aligned for its rows; empty where it gives none.
#[expect(unsafe_code, reason = "the table of adapters has no safe interface")]
fn table() -> Vec<u64> {
    let flags = GAA_FLAG_INCLUDE_GATEWAYS | GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST;
    // What is recommended to begin with.
    let mut length: u32 = 15_000;
    // Adapters may come between the question and the answer.
    for _ in 0..5 {
        let words = usize::try_from(length).unwrap_or(0).div_ceil(8);
        let mut table = vec![0_u64; words];
        // SAFETY: the table is writable for `length` bytes, which the system is told and does not pass.
        let code = unsafe {
            GetAdaptersAddresses(
                u32::from(AF_UNSPEC),
                flags,
                ptr::null(),
                table.as_mut_ptr().cast(),
                &raw mut length,
            )
        };
        match code {
            ERROR_SUCCESS => return table,
            ERROR_BUFFER_OVERFLOW => {}
            _ => break,
        }
    }
    Vec::new()
}

#[expect(unsafe_code, reason = "the table of adapters has no safe interface")]
fn adapter(row: &IP_ADAPTER_ADDRESSES_LH) -> Adapter {
    // SAFETY: the union is of a number and of its two halves; any bytes are one.
    let index = unsafe { row.Anonymous1.Anonymous.IfIndex };
    let index = if index == 0 { row.Ipv6IfIndex } else { index };
    let mut addresses = Vec::new();
    let mut at = row.FirstUnicastAddress;
    while !at.is_null() {
        // SAFETY: the lists of a row lie in the same table; each entry names the next, and the last one none.
        let one = unsafe { &*at };
        addresses.extend(address(&one.Address));
        at = one.Next;
    }
    let mut servers = Vec::new();
    let mut at = row.FirstDnsServerAddress;
    while !at.is_null() {
        // SAFETY: as above.
        let one = unsafe { &*at };
        servers.extend(address(&one.Address));
        at = one.Next;
    }
    let mut has_gateway = false;
    let mut at = row.FirstGatewayAddress;
    while !at.is_null() {
        // SAFETY: as above.
        let one = unsafe { &*at };
        has_gateway |= address(&one.Address).is_some_and(|address| address.is_ipv4());
        at = one.Next;
    }
    let station = usize::try_from(row.PhysicalAddressLength)
        .ok()
        .filter(|length| *length == 6)
        .and_then(|_| row.PhysicalAddress.first_chunk().copied());
    Adapter {
        name: text(row.FriendlyName),
        description: text(row.Description),
        kind: row.IfType,
        is_up: row.OperStatus == IfOperStatusUp,
        addresses,
        servers,
        has_gateway,
        metric: row.Ipv4Metric,
        mtu: row.Mtu,
        station,
        index,
    }
}

/// A text of the table's, up to a bound, without what could disturb a terminal.
#[expect(unsafe_code, reason = "the table of adapters has no safe interface")]
fn text(at: *const u16) -> String {
    let mut units = Vec::new();
    if !at.is_null() {
        for place in 0..512 {
            // SAFETY: the texts of a row lie in the same table and end with a zero, behind which nothing is read.
            let unit = unsafe { *at.add(place) };
            if unit == 0 {
                break;
            }
            units.push(unit);
        }
    }
    let text = String::from_utf16_lossy(&units);
    text.chars().filter(|c| !c.is_control()).collect()
}

#[expect(unsafe_code, reason = "the table of adapters has no safe interface")]
fn address(of: &SOCKET_ADDRESS) -> Option<IpAddr> {
    let length = usize::try_from(of.iSockaddrLength).ok()?;
    if of.lpSockaddr.is_null() || length < size_of::<SOCKADDR_IN>() {
        return None;
    }
    // SAFETY: the address lies in the table and is as long as it says, which is at least its family's field.
    let family = unsafe { (*of.lpSockaddr).sa_family };
    if family == AF_INET {
        // SAFETY: an address of this family is of this type; the system aligns it, and it is read as if it did not.
        let address = unsafe { of.lpSockaddr.cast::<SOCKADDR_IN>().read_unaligned() };
        // SAFETY: the union is of the same four bytes in several forms.
        let bytes = unsafe { address.sin_addr.S_un.S_addr }.to_ne_bytes();
        return Some(Ipv4Addr::from(bytes).into());
    }
    if family == AF_INET6 && length >= size_of::<SOCKADDR_IN6>() {
        // SAFETY: as above.
        let address = unsafe { of.lpSockaddr.cast::<SOCKADDR_IN6>().read_unaligned() };
        // SAFETY: the union is of the same sixteen bytes in two forms.
        let bytes = unsafe { address.sin6_addr.u.Byte };
        return Some(Ipv6Addr::from(bytes).into());
    }
    None
}
