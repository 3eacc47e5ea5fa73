//! Where Linux programs lie: `bin` folders, `/opt`, the signatures of `ClamAV`, the configurations of VPN programs.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::{GuardProgram, VpnProgram};
use crate::files::{self, Links};

/// Where programs are.
const BIN: &[&str] = &[
    "usr/bin",
    "usr/sbin",
    "usr/local/bin",
    "usr/local/sbin",
    "bin",
    "sbin",
];

/// A VPN program: its name, what shows that it is installed, where its connections are set up.
const VPNS: &[(&str, &[&str], &[&str])] = &[
    (
        "OpenVPN",
        &["openvpn", "openvpn3"],
        &["etc/openvpn", "etc/openvpn/client"],
    ),
    ("WireGuard", &["wg"], &["etc/wireguard"]),
    ("OpenConnect", &["openconnect"], &[]),
    ("strongSwan", &["swanctl", "ipsec"], &[]),
    ("FortiClient", &["forticlient", "/opt/forticlient"], &[]),
    (
        "Cisco Secure Client",
        &["/opt/cisco/secureclient", "/opt/cisco/anyconnect"],
        &[],
    ),
    (
        "GlobalProtect",
        &["globalprotect", "/opt/paloaltonetworks/globalprotect"],
        &[],
    ),
    ("Tailscale", &["tailscale"], &[]),
];

/// Programs that guard a computer beside `ClamAV`: a name and what shows that it is installed.
const GUARDS: &[(&str, &[&str], &str)] = &[
    (
        "Microsoft Defender",
        &["mdatp", "/opt/microsoft/mdatp"],
        "wdavdaemon",
    ),
    ("CrowdStrike Falcon", &["/opt/CrowdStrike"], "falcon-sensor"),
    ("SentinelOne", &["/opt/sentinelone"], "s1-agent"),
    ("ESET", &["/opt/eset"], "oaeventd"),
    ("Sophos", &["/opt/sophos-spl", "/opt/sophos-av"], "savd"),
    (
        "Bitdefender",
        &["/opt/bitdefender-security-tools"],
        "bdsecd",
    ),
];

/// The folder of `ClamAV`'s signatures, and the files of them that are kept up to date.
const CLAMAV: &str = "var/lib/clamav";
const SIGNATURES: &[&str] = &["daily.cvd", "daily.cld", "main.cvd", "main.cld"];
/// The length of their header (`cvd.h`).
const HEADER: u64 = 512;

/// Where the files are; another root than the system's in tests.
pub(super) struct Tables<'r>(pub(super) &'r Path);

impl Tables<'_> {
    pub(super) fn guards(&self) -> Vec<GuardProgram> {
        let running = self.running();
        let runs = |name: &str| {
            let name = &name[..name.len().min(COMM)];
            running
                .as_ref()
                .map(|all| all.iter().any(|one| one == name))
        };
        let others = GUARDS.iter().filter(|(_, shows, _)| self.shows(shows));
        let others = others.map(|(product, _, service)| GuardProgram {
            product: (*product).to_owned(),
            signatures: None,
            signatures_at: None,
            running: runs(service),
        });
        let clamav = self.shows(&["clamscan", "clamdscan", "clamd"]).then(|| {
            let newest = self.signatures().into_iter().max_by_key(|(_, at)| *at);
            let (signatures, signatures_at) = newest.unzip();
            GuardProgram {
                product: "ClamAV".to_owned(),
                signatures,
                signatures_at,
                running: runs("clamd"),
            }
        });
        clamav.into_iter().chain(others).collect()
    }

    pub(super) fn vpns(&self) -> Vec<VpnProgram> {
        let installed = VPNS.iter().filter(|(_, shows, _)| self.shows(shows));
        let seen = installed.map(|(product, _, folders)| VpnProgram {
            product: (*product).to_owned(),
            connections: self.connections(folders),
        });
        seen.collect()
    }

    /// Whether one of these is there: a program, or a folder by its whole path.
    fn shows(&self, names: &[&str]) -> bool {
        names.iter().any(|name| match name.strip_prefix('/') {
            Some(path) => self.0.join(path).exists(),
            None => BIN.iter().any(|bin| self.0.join(bin).join(name).is_file()),
        })
    }

    /// The names of configurations in these folders; what this user may not list is not known.
    fn connections(&self, folders: &[&str]) -> Vec<String> {
        let entries = folders
            .iter()
            .filter_map(|folder| std::fs::read_dir(self.0.join(folder)).ok());
        let paths = entries.flatten().flatten().map(|entry| entry.path());
        let is_configuration = |path: &PathBuf| {
            path.extension()
                .is_some_and(|end| end == "conf" || end == "ovpn")
        };
        let names = paths.filter(is_configuration);
        let mut names: Vec<String> = names
            .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
            .collect();
        names.sort();
        names
    }

    /// The version and the date of each file of signatures that can be read.
    fn signatures(&self) -> Vec<(String, Timestamp)> {
        let folder = self.0.join(CLAMAV);
        let headers = SIGNATURES
            .iter()
            .filter_map(|name| header(&folder.join(name)));
        headers.filter_map(|text| read_header(&text)).collect()
    }

    /// The names of the programs that run; `None` without `/proc`.
    fn running(&self) -> Option<Vec<String>> {
        let entries = std::fs::read_dir(self.0.join("proc")).ok();
        // A computer in a folder has no programs where it has no such folder.
        let entries = match entries {
            Some(entries) => entries,
            None if self.0 != Path::new("/") => return Some(Vec::new()),
            None => return None,
        };
        let is_number = |name: &str| name.bytes().all(|byte| byte.is_ascii_digit());
        let names = entries.flatten().filter_map(|entry| {
            let is_process = entry.file_name().to_str().is_some_and(is_number);
            let comm = std::fs::read_to_string(entry.path().join("comm"));
            is_process.then(|| comm.ok().map(|name| name.trim().to_owned()))?
        });
        Some(names.collect())
    }
}

/// The longest name of a program as the kernel keeps it (`TASK_COMM_LEN`, its end not counted).
const COMM: usize = 15;

fn header(path: &Path) -> Option<String> {
    let mut options = std::fs::OpenOptions::new();
    let file: File = files::open(path, options.read(true), Links::Followed).ok()?;
    let mut bytes = Vec::new();
    file.take(HEADER).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// `ClamAV-VDB:date:version:signatures:level:md5:signature:builder:seconds`.
fn read_header(text: &str) -> Option<(String, Timestamp)> {
    let fields: Vec<&str> = text.trim().split(':').collect();
    let [magic, _, version, _, _, _, _, _, seconds, ..] = fields[..] else {
        return None;
    };
    let is_version = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit());
    if magic != "ClamAV-VDB" || !is_version {
        return None;
    }
    let at = Timestamp::from_second(seconds.trim().parse().ok()?).ok()?;
    Some((version.to_owned(), at))
}
