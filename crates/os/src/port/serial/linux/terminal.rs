//! Whether a device can be a serial port, by its number and without opening it.
//!
//! The kernel lists its terminals with what each is (`/proc/tty/drivers`): a line, a console, one end of a pseudo
//! terminal. A modem on PCI has ports of the `wwan` class instead, which are no terminals.

use std::fs;
use std::fs::Metadata;
use std::os::unix::fs::{FileTypeExt, MetadataExt};

use crate::port::devices::Sysfs;
use crate::port::holder::ProcRoot;

/// Memory (`/dev/null`) and odds and ends (`/dev/watchdog`): never terminals, wherever the kernel's list is hidden.
const NEVER: [u32; 2] = [1, 10];

/// Whether this may be a serial port; where the kernel does not tell, only opening it can.
pub(super) fn may_be(metadata: &Metadata, sysfs: &Sysfs, proc: &ProcRoot) -> bool {
    if !metadata.file_type().is_char_device() {
        return false;
    }
    let number = metadata.rdev();
    let (major, minor) = (rustix::fs::major(number), rustix::fs::minor(number));
    if NEVER.contains(&major) {
        return false;
    }
    let Some(drivers) = proc.terminal_drivers() else {
        return true;
    };
    match kind(&drivers, major, minor) {
        Some(kind) => is_line(kind),
        None => is_wwan(sysfs, major, minor),
    }
}

/// A line to somewhere else. A console, the terminal of this very process and the far end of a pseudo terminal are none.
fn is_line(kind: &str) -> bool {
    let system = kind == "system" || kind.starts_with("system:");
    !system && kind != "console" && kind != "pty:master"
}

/// A port of the `wwan` class; where sysfs is hidden, only opening it can tell.
fn is_wwan(sysfs: &Sysfs, major: u32, minor: u32) -> bool {
    let subsystem = sysfs.of_number(major, minor).join("subsystem");
    fs::read_link(subsystem).map_or(true, |class| class.ends_with("wwan"))
}

/// What the driver of this number is for: `usbserial /dev/ttyUSB 188 0-511 serial`.
fn kind(drivers: &str, major: u32, minor: u32) -> Option<&str> {
    drivers.lines().find_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [.., of, minors, kind] = fields[..] else {
            return None;
        };
        let (first, last) = minors.split_once('-').unwrap_or((minors, minors));
        let within = first.parse::<u32>().ok()? <= minor && minor <= last.parse().ok()?;
        (of.parse() == Ok(major) && within).then_some(kind)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::fixture::Computer as Fixture;

    const DRIVERS: &str = "\
/dev/tty             /dev/tty        5       0 system:/dev/tty
/dev/console         /dev/console    5       1 system:console
/dev/ptmx            /dev/ptmx       5       2 system
/dev/vc/0            /dev/vc/0       4       0 system:vtmaster
rfcomm               /dev/rfcomm   216 0-255 serial
acm                  /dev/ttyACM   166 0-255 serial
usbserial            /dev/ttyUSB   188 0-511 serial
serial               /dev/ttyS       4 64-95 serial
pty_slave            /dev/pts      136 0-1048575 pty:slave
pty_master           /dev/ptm      128 0-1048575 pty:master
unknown              /dev/tty        4 1-63 console
noise
a b c d e
";

    #[test]
    fn the_kernel_s_list_tells_a_line_from_a_console() {
        let line = |major, minor| kind(DRIVERS, major, minor).map(is_line);
        for port in [(188, 2), (166, 0), (4, 64), (216, 1), (136, 4000)] {
            assert_eq!(line(port.0, port.1), Some(true), "{port:?}");
        }
        for other in [(5, 0), (5, 1), (5, 2), (4, 0), (4, 2), (128, 0)] {
            assert_eq!(line(other.0, other.1), Some(false), "{other:?}");
        }
        for none in [(188, 512), (180, 0), (1, 3)] {
            assert_eq!(line(none.0, none.1), None, "{none:?}");
        }
    }

    #[test]
    fn a_port_of_the_wwan_class_is_one_though_no_terminal() {
        let bench = Fixture::new("");
        let class = |number: &str, class: &str| {
            let dir = bench.path("sys/dev/char").join(number);
            fs::create_dir_all(&dir).unwrap();
            let class = bench.path("sys/class").join(class);
            std::os::unix::fs::symlink(class, dir.join("subsystem")).unwrap();
        };
        class("511:0", "wwan");
        class("180:0", "usbmisc");
        assert!(is_wwan(&bench.sysfs(), 511, 0));
        assert!(!is_wwan(&bench.sysfs(), 180, 0));
        assert!(is_wwan(&bench.sysfs(), 240, 0), "it is not known");
    }
}
