//! Where a modem is plugged in, so that two modems of one number are told apart, and who else is at it.
//!
//! A number (IMEI) is what a modem is known by wherever it turns up; but there are modems that share one. So a journal
//! is kept by number and place. One that was written at another place is this modem's, which was moved since, unless
//! something is plugged in there now: then it is that one's.

use std::path::{Path, PathBuf};

use crate::link::discover::{self, FoundModem, Sysfs};
use crate::link::holder::{Holder, Occupancy, ProcRoot};
use crate::os::port::devices;

/// The modems plugged in now.
pub(super) fn plugged_in() -> Vec<FoundModem> {
    discover::survey(&Sysfs::system(), &Occupancy::default()).modems
}

/// The place of the modem with this port: its place on a bus, or the path of a port that is on none. `None` where that
/// is not known: a virtual modem in memory, one of several that `ModemManager` has.
pub(super) fn of(port: &str, found: &[FoundModem]) -> Option<String> {
    if port.starts_with("mm:") {
        return match found {
            [only] => Some(only.id.clone()),
            _ => None,
        };
    }
    devices::port_name(port)?;
    let real = real(port);
    let has = |modem: &&FoundModem| modem.ports.iter().any(|p| Some(&p.path) == real.as_ref());
    let on_a_bus = found.iter().find(has).map(|modem| modem.id.clone());
    on_a_bus.or_else(|| Some(port.to_owned()))
}

/// What a file's name says of a place: the same for a port's path and for a link to it.
pub(super) fn name(place: &str) -> String {
    let real = devices::port_name(place).and_then(|port| real(&port));
    real.map_or_else(
        || place.to_owned(),
        |real| real.to_string_lossy().into_owned(),
    )
}

/// Whether a journal of the place `written` is another modem's than the one at `port`: one that is there now.
pub(super) fn is_anothers(written: &str, port: &str, found: &[FoundModem]) -> bool {
    // Which of them `ModemManager` means is not known.
    if port.starts_with("mm:") || of(port, found).as_deref() == Some(written) {
        return false;
    }
    if devices::port_name(written).is_none() {
        return found.iter().any(|modem| modem.id == written);
    }
    let there = devices::is_device(Path::new(written));
    there && real(written) != real(port)
}

/// An opensim, of whichever user, that is changing the modem at `place` over another of its ports. It is known by its
/// lock on that port, which only those can have who may use it, and by a second one, that of its journal: whoever only
/// reads has none.
pub(super) fn rival(place: &str, sysfs: &Sysfs, proc: &ProcRoot) -> Option<Holder> {
    if devices::port_name(place).is_some() {
        return None;
    }
    let seen = proc.look();
    let modem = discover::survey(sysfs, &seen);
    let modem = modem.modems.into_iter().find(|modem| modem.id == place)?;
    let mut ports = modem.ports.iter();
    ports.find_map(|port| seen.changer_on(&port.path))
}

fn real(path: &str) -> Option<PathBuf> {
    devices::real(Path::new(path))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::MetadataExt as _;

    use super::*;
    use crate::link::discover::fixture::Fixture;

    const TWINS: &str = "
usb 1-1 2c7c:0125 Quectel / EC25-E
if 02 ff/00/00 option ttyUSB2
if 03 ff/00/00 option ttyUSB3
usb 1-2 2c7c:0125 Quectel / EC25-E
if 02 ff/00/00 option ttyUSB6
";

    #[test]
    fn a_modem_has_one_place_by_whichever_port_it_is_named() {
        let bench = Fixture::new(TWINS);
        let found = bench.survey();
        let place = |port: &str| of(bench.path("dev").join(port).to_str().unwrap(), &found);
        assert_eq!(place("ttyUSB2").as_deref(), Some("usb:1-1"));
        assert_eq!(place("ttyUSB3"), place("ttyUSB2"));
        assert_eq!(place("ttyUSB6").as_deref(), Some("usb:1-2"));
        assert_eq!(of("mm:0", &found), None);
        assert_eq!(of("mm:0", &found[..1]).as_deref(), Some("usb:1-1"));
        assert_eq!(of("sim:home", &found), None);
    }

    #[test]
    fn a_journal_of_a_place_where_a_modem_is_now_is_that_modems() {
        let bench = Fixture::new(TWINS);
        let found = bench.survey();
        let port = bench.path("dev/ttyUSB2").display().to_string();
        let anothers = |written: &str| is_anothers(written, &port, &found);
        assert!(!anothers("usb:1-1"), "its own");
        assert!(anothers("usb:1-2"), "its twin is there");
        assert!(!anothers("usb:1-7"), "moved since");
        assert!(!anothers("/dev/pts/nowhere"), "gone since");
        assert!(anothers("/dev/null"), "something is there");
    }

    #[test]
    fn an_opensim_on_another_port_of_the_modem_counts_while_it_changes_something() {
        let bench = Fixture::new(&format!(
            "{TWINS}proc 812 opensim\nproc 813 minicom\nproc 814 opensim"
        ));
        let node = |port: &str| {
            let port = std::fs::metadata(bench.path("dev").join(port)).unwrap();
            let (major, minor) = (rustix::fs::major(port.dev()), rustix::fs::minor(port.dev()));
            format!("{major:02x}:{minor:02x}:{}", port.ino())
        };
        let at = |lines: &[(u32, String)]| {
            let line = |(pid, node): &(u32, String)| {
                format!("1: FLOCK  ADVISORY  WRITE {pid} {node} 0 EOF\n")
            };
            let text: String = lines.iter().map(line).collect();
            std::fs::write(bench.path("proc/locks"), text).unwrap();
            rival("usb:1-1", &bench.sysfs(), &bench.proc()).map(|holder| holder.pid)
        };
        let journal = || "08:01:4711".to_owned();
        assert_eq!(at(&[(812, node("ttyUSB3"))]), None, "it only reads");
        assert_eq!(at(&[(812, node("ttyUSB3")), (812, journal())]), Some(812));
        let other = [(812, node("ttyUSB6")), (812, journal())];
        assert_eq!(at(&other), None, "the twin's");
        let stranger = [(813, node("ttyUSB3")), (813, journal())];
        assert_eq!(at(&stranger), None, "no opensim");
        let apart = [(812, node("ttyUSB3")), (814, journal())];
        assert_eq!(at(&apart), None, "without the port a lock is nothing");
    }
}
