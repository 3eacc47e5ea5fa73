//! The home's inventory: this computer, its lines, what telephones and VPNs there are, and what guards it.
//!
//! What is seen is what any program may see: names and versions. No address, no password, no content of a configuration.

use crate::document::{GuardRow, Home, HomeLine, HostRow, Modems, VpnRow};
use crate::domain::doctor::{LineKind, VpnState};
use crate::modem::connect::VpnSeen;
use crate::os::clock;
use crate::os::host::{self, HostFacts};
use crate::os::net::interface::{InterfaceKind, Interfaces};
use crate::os::software::{self, GuardProgram, VpnProgram};

/// The home as it is now. `connections` are those that `NetworkManager` knows.
pub(super) fn home(plugged: &Modems, connections: &[VpnSeen]) -> Home {
    let interfaces = Interfaces::system();
    Home {
        host: Some(host_row(host::host())),
        lines: lines(&interfaces, plugged),
        telephone: Vec::new(),
        vpn: vpns(&interfaces, &software::vpns(), connections),
        vpn_servers: Vec::new(),
        protection: software::guards().into_iter().map(guard_row).collect(),
    }
}

fn host_row(host: HostFacts) -> HostRow {
    HostRow {
        system: host.system,
        kernel: host.kernel,
        architecture: host.architecture,
        processor: host.processor,
        processors: host.processors,
        memory_bytes: host.memory_bytes,
    }
}

/// The lines that lead or could lead out, the one in use first.
fn lines(interfaces: &Interfaces, plugged: &Modems) -> Vec<HomeLine> {
    let routes = interfaces.default_routes();
    let usual = routes.first().map(|route| route.interface.as_str());
    let of_modem = |name: &str| {
        let mut modems = plugged.modems.iter();
        modems.any(|modem| modem.net_interface.as_deref() == Some(name))
    };
    let line = |name: String| {
        let kind = match interfaces.kind(&name) {
            _ if of_modem(&name) => LineKind::Modem,
            InterfaceKind::Cable => LineKind::Cable,
            InterfaceKind::Wifi => LineKind::Wifi,
            InterfaceKind::Modem => LineKind::Modem,
            // A container's only line has no device behind it.
            InterfaceKind::Other if usual == Some(&name) => LineKind::Cable,
            InterfaceKind::Tunnel | InterfaceKind::Other => return None,
        };
        let state = interfaces.look(&name);
        Some(HomeLine {
            kind: kind.into(),
            is_up: state.usable && !state.addresses.is_empty(),
            is_usual: usual == Some(&name),
            interface: name,
            down_bps: None,
            up_bps: None,
            voice_mos: None,
        })
    };
    let mut lines: Vec<HomeLine> = interfaces.names().into_iter().filter_map(line).collect();
    lines.sort_by_key(|line| (!line.is_usual, !line.is_up));
    lines
}

/// VPN programs and connections, each with how far it is.
fn vpns(interfaces: &Interfaces, programs: &[VpnProgram], connections: &[VpnSeen]) -> Vec<VpnRow> {
    let row = |product: Option<&String>, name: Option<String>, state: VpnState| VpnRow {
        product: product.cloned(),
        name,
        state: state.into(),
    };
    let mut rows = Vec::new();
    for program in programs {
        if program.connections.is_empty() {
            rows.push(row(Some(&program.product), None, VpnState::Installed));
        }
        let named = program.connections.iter();
        rows.extend(named.map(|name| {
            row(
                Some(&program.product),
                Some(name.clone()),
                VpnState::Configured,
            )
        }));
    }
    let kept = connections.iter();
    rows.extend(kept.map(|seen| {
        row(
            Some(&seen.kind),
            Some(seen.name.clone()),
            VpnState::Configured,
        )
    }));
    let tunnels = interfaces.names().into_iter().filter(|name| {
        interfaces.kind(name) == InterfaceKind::Tunnel && interfaces.look(name).usable
    });
    rows.extend(tunnels.map(|name| row(None, Some(name), VpnState::Connected)));
    rows
}

fn guard_row(program: GuardProgram) -> GuardRow {
    let age = program
        .signatures_at
        .map(|at| clock::wall().as_second() - at.as_second());
    GuardRow {
        product: program.product,
        is_running: program.running,
        signatures: program.signatures,
        signatures_at: program.signatures_at.map(crate::document::stamp),
        signatures_age_days: age.and_then(|age| u32::try_from(age.max(0) / 86_400).ok()),
    }
}
