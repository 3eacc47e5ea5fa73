//! This computer, as a person would describe it: its system, its processor, its memory; and what keeps its clock.
//!
//! - [`devices`]: what is plugged into it
//! - [`names`]: its own names and its people's, which leave the house with nothing

use std::path::Path;

pub mod devices;
pub mod names;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "windows")]
use windows as system;

/// A computer. What is not known is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostFacts {
    /// The system's name and version: `Debian GNU/Linux 12 (bookworm)`.
    pub system: Option<String>,
    /// The kernel's version.
    pub kernel: Option<String>,
    /// The processor's kind: `x86_64`, `aarch64`.
    pub architecture: Option<String>,
    /// The processor's name.
    pub processor: Option<String>,
    /// How many processors the system counts.
    pub processors: Option<u32>,
    /// The memory that programs can have.
    pub memory_bytes: Option<u64>,
}

/// This computer.
pub fn host() -> HostFacts {
    system::host(Path::new("/"))
}

/// A computer whose tables are below another root.
#[cfg(any(test, feature = "fixture"))]
pub fn below(root: &Path) -> HostFacts {
    system::host(root)
}

/// Whether something keeps the system's clock to the right time; `None` where the system does not tell.
pub fn is_clock_kept() -> Option<bool> {
    system::is_clock_kept()
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    fn computer(files: &[(&str, &str)]) -> HostFacts {
        let root = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let file = root.path().join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
        below(root.path())
    }

    #[test]
    fn a_computer_is_told_by_its_tables() {
        let host = computer(&[
            (
                "etc/os-release",
                "NAME=\"Debian\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n",
            ),
            (
                "proc/cpuinfo",
                "processor\t: 0\nmodel name\t: Intel(R) Core(TM) i5\n\nprocessor\t: 1\nmodel name\t: Intel(R) Core(TM) i5\n",
            ),
            (
                "proc/meminfo",
                "MemTotal:        8035220 kB\nMemFree: 1 kB\n",
            ),
            ("proc/sys/kernel/osrelease", "6.1.0-18-amd64\n"),
        ]);
        assert_eq!(
            host.system.as_deref(),
            Some("Debian GNU/Linux 12 (bookworm)")
        );
        assert_eq!(host.processor.as_deref(), Some("Intel(R) Core(TM) i5"));
        assert_eq!(host.processors, Some(2));
        assert_eq!(host.memory_bytes, Some(8_035_220 * 1024));
        assert_eq!(host.kernel.as_deref(), Some("6.1.0-18-amd64"));
    }

    #[test]
    fn a_board_is_told_by_its_model() {
        let host = computer(&[
            ("usr/lib/os-release", "PRETTY_NAME=Raspbian\n"),
            (
                "proc/cpuinfo",
                "processor\t: 0\nBogoMIPS\t: 108.00\n\nHardware\t: BCM2835\nModel\t\t: Raspberry Pi 4 Model B\n",
            ),
        ]);
        assert_eq!(host.system.as_deref(), Some("Raspbian"));
        assert_eq!(host.processor.as_deref(), Some("Raspberry Pi 4 Model B"));
        assert_eq!(host.memory_bytes, None);
    }

    #[test]
    fn a_computer_that_tells_nothing_is_unknown() {
        let mut host = computer(&[
            ("proc/meminfo", "MemTotal: many kB\n"),
            ("proc/cpuinfo", ""),
        ]);
        host.architecture = None;
        assert_eq!(host, HostFacts::default());
    }
}
