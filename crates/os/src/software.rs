//! Programs that a company asks about: what guards this computer, and what could connect it to the company.
//!
//! What is installed is looked up, never started: files tell it. No configuration is opened, only its name is read.

use std::path::Path;

use jiff::Timestamp;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "windows")]
use windows as system;

/// A program that guards a computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuardProgram {
    /// Its name, as its maker writes it.
    pub product: String,
    /// The version of its signatures, where it keeps any.
    pub signatures: Option<String>,
    /// When its signatures were made.
    pub signatures_at: Option<Timestamp>,
    /// Whether its service is running; `None` where the system does not tell.
    pub running: Option<bool>,
}

/// A program that connects to a company's network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VpnProgram {
    /// Its name, as its maker writes it.
    pub product: String,
    /// The names of the connections that are set up for it, as far as this user may see them.
    pub connections: Vec<String>,
}

/// What guards this computer, as far as it is known here.
pub fn guards() -> Vec<GuardProgram> {
    system::Tables(Path::new("/")).guards()
}

/// What guards a computer whose files are below another root.
#[cfg(any(test, feature = "fixture"))]
pub fn guards_below(root: &Path) -> Vec<GuardProgram> {
    system::Tables(root).guards()
}

/// What could connect this computer, as far as it is known here.
pub fn vpns() -> Vec<VpnProgram> {
    system::Tables(Path::new("/")).vpns()
}

/// What could connect a computer whose files are below another root.
#[cfg(any(test, feature = "fixture"))]
pub fn vpns_below(root: &Path) -> Vec<VpnProgram> {
    system::Tables(root).vpns()
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    struct Computer(tempfile::TempDir);

    impl Computer {
        fn with(files: &[(&str, &str)]) -> Self {
            let root = tempfile::tempdir().unwrap();
            for (path, text) in files {
                let file = root.path().join(path);
                std::fs::create_dir_all(file.parent().unwrap()).unwrap();
                std::fs::write(file, text).unwrap();
            }
            Self(root)
        }

        fn guards(&self) -> Vec<GuardProgram> {
            guards_below(self.0.path())
        }

        fn vpns(&self) -> Vec<VpnProgram> {
            vpns_below(self.0.path())
        }
    }

    const HEADER: &str = "ClamAV-VDB:27 Nov 2026 08-26 -0000:27834:2077049:90:15d0ec0fa1ea3b4d8a0d1b06ae4c3b8c:sig:raynman:1795767960";

    #[test]
    fn the_age_of_signatures_is_read_from_their_own_header() {
        let seen = |files: &[(&str, &str)]| Computer::with(files).guards();
        let found = seen(&[
            ("usr/bin/clamscan", ""),
            ("var/lib/clamav/daily.cld", HEADER),
        ]);
        let [clamav] = &found[..] else {
            panic!("{found:?}");
        };
        assert_eq!(clamav.product, "ClamAV");
        assert_eq!(clamav.signatures.as_deref(), Some("27834"));
        assert_eq!(
            clamav.signatures_at,
            Some(Timestamp::from_second(1_795_767_960).unwrap())
        );
        assert_eq!(clamav.running, Some(false));
        let both = seen(&[
            ("usr/bin/clamscan", ""),
            (
                "var/lib/clamav/main.cvd",
                &HEADER
                    .replace("1795767960", "1600000000")
                    .replace("27834", "62"),
            ),
            ("var/lib/clamav/daily.cvd", HEADER),
            ("proc/812/comm", "clamd\n"),
        ]);
        assert_eq!(
            both[0].signatures.as_deref(),
            Some("27834"),
            "the newest counts"
        );
        assert_eq!(both[0].running, Some(true));
    }

    #[test]
    fn signatures_that_cannot_be_read_are_unknown_and_the_program_is_seen() {
        for header in [
            "",
            "ClamAV-VDB:",
            "ClamAV-VDB:a:b:c:d:e:f:g:later",
            "=1+1:2:3",
        ] {
            let files = [("usr/sbin/clamd", ""), ("var/lib/clamav/daily.cvd", header)];
            let found = Computer::with(&files).guards();
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].signatures_at, None, "{header:?}");
        }
        assert_eq!(Computer::with(&[]).guards(), []);
    }

    #[test]
    fn a_vpn_is_seen_with_the_names_of_its_connections_and_nothing_of_what_is_in_them() {
        let found = Computer::with(&[
            ("usr/sbin/openvpn", ""),
            ("etc/openvpn/client/office.conf", "remote secret.example\n"),
            ("etc/openvpn/other.ovpn", ""),
            ("etc/openvpn/update-resolv-conf", ""),
            ("usr/bin/wg", ""),
            ("opt/cisco/secureclient/bin/vpn", ""),
        ])
        .vpns();
        let told: Vec<(&str, &[String])> = found
            .iter()
            .map(|v| (&*v.product, &v.connections[..]))
            .collect();
        let named = ["office".to_owned(), "other".to_owned()];
        assert_eq!(
            told,
            [
                ("OpenVPN", &named[..]),
                ("WireGuard", &[]),
                ("Cisco Secure Client", &[])
            ]
        );
        assert!(!format!("{found:?}").contains("secret"));
    }
}
