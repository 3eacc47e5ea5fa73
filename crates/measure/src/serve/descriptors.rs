//! How many connections the process may have.

use opensim_os::net::descriptors;

/// Open besides the clients: the standard streams, the two ports, the runtime's own, and some.
const OWN: u64 = 24;

/// Asks for enough descriptors for so many connections; how many there may be.
pub(super) fn allow(connections: usize) -> usize {
    let needed = u64::try_from(connections).map_or(u64::MAX, |c| c.saturating_add(OWN));
    descriptors::raise(needed).map_or(connections, |may| {
        let may = usize::try_from(may.saturating_sub(OWN)).unwrap_or(usize::MAX);
        may.min(connections)
    })
}
