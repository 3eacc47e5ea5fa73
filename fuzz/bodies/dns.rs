//! Answers of name servers, given any bytes. `tests/fuzz_standin.rs` runs the same on a stable toolchain.

use opensim::measure::fuzzing::{dns_addresses, dns_query};

/// Reads the bytes as they are, and behind the question that they might answer.
///
/// # Panics
/// When the reader does, or where it finds what cannot be there.
pub(crate) fn dns(data: &[u8]) {
    let ipv6 = data.len().is_multiple_of(2);
    let query = dns_query(0x1234, "host.example", ipv6).expect("a name");
    read(data, &query, ipv6);
    let (head, records) = data.split_at(data.len().min(10));
    let mut packet = query.clone();
    // Flags and counts are the stranger's; the number and the question are those that were asked.
    packet[2..2 + head.len()].copy_from_slice(head);
    packet[2] |= 0x80;
    packet.extend(records);
    read(&packet, &query, ipv6);
}

fn read(packet: &[u8], query: &[u8], ipv6: bool) {
    let Some(found) = dns_addresses(packet, query, ipv6) else {
        return;
    };
    assert_eq!(packet[..2], query[..2], "another's answer");
    assert!(found.iter().all(|address| address.is_ipv6() == ipv6));
    // A record is eleven bytes and its address at the least.
    assert!(found.len() * 15 <= packet.len(), "{found:?}");
}
