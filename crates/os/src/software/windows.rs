//! Where Windows programs lie: the folders of programs, the registry, the list of services.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::{GuardProgram, VpnProgram};
use crate::registry::Key;

mod service;

use service::runs;

/// A VPN program: its name, its folder below those of programs.
const VPNS: &[(&str, &[&str])] = &[
    ("OpenVPN", &["OpenVPN", "OpenVPN Connect"]),
    ("WireGuard", &["WireGuard"]),
    ("OpenConnect", &["OpenConnect", "OpenConnect-GUI"]),
    ("strongSwan", &["strongSwan"]),
    ("FortiClient", &[r"Fortinet\FortiClient"]),
    (
        "Cisco Secure Client",
        &[
            r"Cisco\Cisco Secure Client",
            r"Cisco\Cisco AnyConnect Secure Mobility Client",
        ],
    ),
    ("GlobalProtect", &[r"Palo Alto Networks\GlobalProtect"]),
    ("Tailscale", &["Tailscale"]),
];

/// Programs that guard a computer: a name, the folder below those of programs, the service.
const GUARDS: &[(&str, &str, &str)] = &[
    ("ClamAV", "ClamAV", "clamd"),
    ("CrowdStrike Falcon", "CrowdStrike", "CSFalconService"),
    ("SentinelOne", "SentinelOne", "SentinelAgent"),
    ("ESET", "ESET", "ekrn"),
    ("Sophos", "Sophos", "Sophos MCS Agent"),
    ("Bitdefender", "Bitdefender", "VSSERV"),
];

/// Where Windows's own keeps what it knows of its signatures.
const DEFENDER: &str = r"SOFTWARE\Microsoft\Windows Defender\Signature Updates";
/// 1601, from which Windows counts in steps of 100 ns, to 1970.
const EPOCH_SECONDS: i64 = 11_644_473_600;

/// The computer's tables, wherever they are.
#[expect(dead_code, reason = "other systems have a root")]
pub(super) struct Tables<'r>(pub(super) &'r Path);

impl Tables<'_> {
    #[expect(clippy::unused_self, reason = "other systems have a root")]
    pub(super) fn guards(&self) -> Vec<GuardProgram> {
        let defender = Key::machine(DEFENDER).and_then(|key| {
            Some(GuardProgram {
                product: "Microsoft Defender".to_owned(),
                signatures: Some(key.text("AVSignatureVersion")?),
                signatures_at: key.bytes("SignaturesLastUpdated").and_then(|b| moment(&b)),
                running: runs("WinDefend"),
            })
        });
        let others = GUARDS.iter().filter(|(_, folder, _)| has(folder));
        let others = others.map(|(product, _, service)| GuardProgram {
            product: (*product).to_owned(),
            signatures: None,
            signatures_at: None,
            running: runs(service),
        });
        defender.into_iter().chain(others).collect()
    }

    #[expect(clippy::unused_self, reason = "other systems have a root")]
    pub(super) fn vpns(&self) -> Vec<VpnProgram> {
        let installed = VPNS
            .iter()
            .filter(|(_, folders)| folders.iter().any(|f| has(f)));
        let seen = installed.map(|(product, folders)| VpnProgram {
            product: (*product).to_owned(),
            connections: connections(folders),
        });
        seen.collect()
    }
}

/// The folders of programs.
fn programs() -> Vec<PathBuf> {
    let folders = ["ProgramFiles", "ProgramFiles(x86)"];
    let folders = folders.iter().filter_map(std::env::var_os);
    let folders = folders.filter(|folder| !folder.is_empty());
    folders.map(PathBuf::from).collect()
}

fn has(folder: &str) -> bool {
    programs().iter().any(|base| base.join(folder).is_dir())
}

/// The names of configurations below these folders; what this user may not list is not known.
fn connections(folders: &[&str]) -> Vec<String> {
    let bases = programs().into_iter();
    let places = bases.flat_map(|base| folders.iter().map(move |f| base.join(f).join("config")));
    let entries = places.filter_map(|place| std::fs::read_dir(place).ok());
    let paths = entries.flatten().flatten().map(|entry| entry.path());
    let named = paths.filter(|path| {
        let end = path.extension();
        end.is_some_and(|end| end == "conf" || end == "ovpn")
    });
    let names = named.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()));
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// A point in time as Windows keeps it (`FILETIME`).
fn moment(bytes: &[u8]) -> Option<Timestamp> {
    let ticks = u64::from_le_bytes(bytes.first_chunk().copied()?);
    let seconds = i64::try_from(ticks / 10_000_000).ok()?;
    Timestamp::from_second(seconds.checked_sub(EPOCH_SECONDS)?).ok()
}
