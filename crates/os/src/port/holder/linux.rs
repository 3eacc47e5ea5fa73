//! By the open files, the locks and the names of processes, as `/proc` has them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io::Read;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};

use super::{Holder, MODEM_MANAGER};

/// Where processes, devices and lock files are looked up.
#[derive(Debug, Clone)]
pub struct ProcRoot {
    proc: PathBuf,
    dev: PathBuf,
    locks: PathBuf,
    own: u32,
}

impl ProcRoot {
    /// The system's own.
    pub fn system() -> Self {
        Self::under(Path::new("/"))
    }

    /// A tree that holds `proc`, `dev` and `run/lock`, for fixtures.
    pub fn under(base: &Path) -> Self {
        Self {
            proc: base.join("proc"),
            dev: base.join("dev"),
            locks: base.join("run/lock"),
            own: std::process::id(),
        }
    }

    /// The kernel's list of its terminals' drivers; `None` where it may not be read.
    pub(in crate::port) fn terminal_drivers(&self) -> Option<String> {
        text(&self.proc.join("tty/drivers"), 1 << 16)
    }

    /// Looks once at every process.
    pub fn look(&self) -> Occupancy {
        let mut seen = Occupancy {
            locks: self.locks.clone(),
            own: self.own,
            ..Occupancy::default()
        };
        for (pid, dir) in self.processes() {
            let name = word(&dir.join("comm"), 64);
            if name.as_deref() == Some(MODEM_MANAGER) {
                seen.modem_manager.get_or_insert(pid);
            }
            if let Some(name) = name {
                seen.names.insert(pid, name);
            }
            match fs::read_dir(dir.join("fd")) {
                Ok(files) => seen.files.extend(
                    files
                        .flatten()
                        .filter_map(|file| self.device_file(pid, &file.path())),
                ),
                Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
                    seen.unseen.insert(pid);
                }
                // It ended meanwhile.
                Err(_) => {}
            }
        }
        seen.flocks = flocks(&text(&self.proc.join("locks"), 1 << 20).unwrap_or_default());
        seen
    }

    /// Every process with its directory, in order of their numbers.
    fn processes(&self) -> BTreeMap<u32, PathBuf> {
        let entries = fs::read_dir(&self.proc).into_iter().flatten().flatten();
        let process = |entry: fs::DirEntry| {
            let pid = entry.file_name().to_str()?.parse().ok()?;
            Some((pid, entry.path()))
        };
        entries.filter_map(process).collect()
    }

    /// An open file that is a device. Others are not even looked at: `stat` on a dead network mount would hang.
    fn device_file(&self, pid: u32, link: &Path) -> Option<OpenFile> {
        let target = fs::read_link(link).ok()?;
        target.starts_with(&self.dev).then(|| OpenFile {
            pid,
            node: fs::metadata(link).ok().and_then(|m| Node::of(&m)),
            target,
        })
    }
}

/// What one look at the processes saw.
#[derive(Debug, Clone, Default)]
pub struct Occupancy {
    files: Vec<OpenFile>,
    flocks: Vec<Flock>,
    names: BTreeMap<u32, String>,
    locks: PathBuf,
    own: u32,
    modem_manager: Option<u32>,
    /// The processes whose open files may not be seen.
    unseen: BTreeSet<u32>,
}

impl Occupancy {
    /// The processes that hold this port by an open file, a lock on it, or a lock file. Left out are this one, and
    /// for a pseudo terminal the one at its far end: a virtual modem may keep the near end open.
    pub fn holders_of(&self, port: &Path) -> Vec<Holder> {
        let real = fs::canonicalize(port).unwrap_or_else(|_| port.to_owned());
        let metadata = fs::metadata(&real).ok();
        let node = metadata.as_ref().and_then(Node::of);
        let open = self
            .files
            .iter()
            .filter(|file| file.target == real || node.is_some() && file.node == node)
            .map(|file| file.pid);
        let flock = self
            .flocks
            .iter()
            .filter(|flock| metadata.as_ref().is_some_and(|m| flock.is_on(m)))
            .map(|flock| flock.pid);
        let mut pids = Vec::new();
        for pid in open.chain(flock).chain(self.lock_file(&real)) {
            let far_end = node.is_some_and(|n| n.mount.is_some()) && self.has_far_ends(pid);
            if pid != self.own && !far_end && !pids.contains(&pid) {
                pids.push(pid);
            }
        }
        pids.into_iter().map(|pid| self.holder(pid)).collect()
    }

    /// An opensim that has this port locked and another file too, as whoever changes something has. Everybody may see
    /// that of every process; only those who may open the port can bring it about.
    pub fn changer_on(&self, port: &Path) -> Option<Holder> {
        let node = fs::metadata(port).ok()?;
        let own = self.names.get(&self.own).map_or(OPENSIM, String::as_str);
        let on_it = self.flocks.iter().filter(|flock| flock.is_on(&node));
        let elsewhere = |pid: u32| {
            let mut others = self.flocks.iter().filter(|flock| flock.pid == pid);
            others.any(|flock| !flock.is_on(&node))
        };
        on_it
            .filter(|flock| flock.pid != self.own && elsewhere(flock.pid))
            .map(|flock| self.holder(flock.pid))
            .find(|holder| holder.name.as_deref() == Some(own))
    }

    /// Whether processes were there whose open files could not be seen: then nobody found does not mean nobody.
    pub fn blind(&self) -> bool {
        !self.unseen.is_empty()
    }

    /// Whether the system tells who has a port at all.
    #[expect(clippy::unused_self, reason = "not every system does")]
    pub fn tells(&self) -> bool {
        true
    }

    /// Whether the open files of this process could be seen.
    pub fn sees(&self, process: &Holder) -> bool {
        !self.unseen.contains(&process.pid)
    }

    /// `ModemManager`, where it runs.
    pub fn modem_manager(&self) -> Option<Holder> {
        self.modem_manager.map(|pid| self.holder(pid))
    }

    /// Whether the process has far ends of pseudo terminals open, as whoever plays a modem has.
    fn has_far_ends(&self, pid: u32) -> bool {
        let ptmx = rustix::fs::makedev(5, 2);
        let is =
            |file: &OpenFile| file.pid == pid && file.node.is_some_and(|node| node.number == ptmx);
        self.files.iter().any(is)
    }

    /// As if a process's open files could not be seen: root, which tests may run as, sees them all.
    #[cfg(any(test, feature = "fixture"))]
    pub fn unseeing(mut self, pid: u32) -> Self {
        self.files.retain(|file| file.pid != pid);
        self.unseen.insert(pid);
        self
    }

    /// The living process that a lock file names. It is a hint: nothing removes the file of one that crashed.
    fn lock_file(&self, port: &Path) -> Option<u32> {
        let name = port.file_name()?.to_str()?;
        let text = word(&self.locks.join(format!("LCK..{name}")), 64)?;
        let pid = text.split_whitespace().next()?.parse().ok()?;
        self.names.contains_key(&pid).then_some(pid)
    }

    fn holder(&self, pid: u32) -> Holder {
        Holder {
            name: self.names.get(&pid).cloned(),
            pid,
        }
    }
}

/// This program's own name, where the kernel does not say it.
const OPENSIM: &str = "opensim";

#[derive(Debug, Clone)]
struct OpenFile {
    pid: u32,
    target: PathBuf,
    node: Option<Node>,
}

/// A character device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Node {
    number: u64,
    /// The file system it was found on, for pseudo terminals alone: their numbers are counted anew in every container.
    mount: Option<u64>,
}

impl Node {
    fn of(metadata: &Metadata) -> Option<Self> {
        let number = metadata.rdev();
        let pseudo = (136..=143).contains(&rustix::fs::major(number));
        metadata.file_type().is_char_device().then(|| Self {
            number,
            mount: pseudo.then(|| metadata.dev()),
        })
    }
}

/// A line of `/proc/locks` about a whole file, which every user may read.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Flock {
    pid: u32,
    major: u32,
    minor: u32,
    inode: u64,
}

impl Flock {
    fn is_on(&self, file: &Metadata) -> bool {
        let dev = file.dev();
        let on = (rustix::fs::major(dev), rustix::fs::minor(dev), file.ino());
        (self.major, self.minor, self.inode) == on
    }
}

/// `3: FLOCK  ADVISORY  WRITE 812 00:05:414 0 EOF`; waiting ones (`->`) hold nothing.
fn flocks(text: &str) -> Vec<Flock> {
    let flock = |line: &str| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [_, "FLOCK", _, _, pid, file, ..] = fields[..] else {
            return None;
        };
        let mut file = file.split(':');
        Some(Flock {
            pid: pid.parse().ok()?,
            major: u32::from_str_radix(file.next()?, 16).ok()?,
            minor: u32::from_str_radix(file.next()?, 16).ok()?,
            inode: file.next()?.parse().ok()?,
        })
    };
    text.lines().filter_map(flock).collect()
}

fn word(path: &Path, most: u64) -> Option<String> {
    let text = text(path, most)?;
    let word: String = text.trim().chars().filter(|c| !c.is_control()).collect();
    (!word.is_empty()).then_some(word)
}

fn text(path: &Path, most: u64) -> Option<String> {
    // A pipe in the place of a lock file would wait for its writer.
    if !fs::metadata(path).ok()?.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).ok()?;
    file.take(most).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::port::fixture::{Computer as Fixture, pty};

    fn holders(base: &Path, port: &str) -> Vec<String> {
        let seen = ProcRoot::under(base).look();
        let holders = seen.holders_of(&base.join("dev").join(port));
        holders.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_program_with_the_port_open_is_named() {
        let base = Fixture::new(
            "proc 1 systemd
             proc 812 minicom ttyUSB2
             proc 900 ModemManager ttyUSB0 ttyUSB1",
        );
        assert_eq!(holders(base.base(), "ttyUSB2"), ["minicom (pid 812)"]);
        assert_eq!(holders(base.base(), "ttyUSB0"), ["ModemManager (pid 900)"]);
        assert_eq!(holders(base.base(), "ttyUSB9"), [""; 0]);
        let seen = ProcRoot::under(base.base()).look();
        assert_eq!(
            seen.modem_manager().unwrap().to_string(),
            "ModemManager (pid 900)"
        );
        assert!(!seen.blind());
    }

    #[test]
    fn a_link_to_the_port_finds_the_same_holder() {
        let base = Fixture::new("proc 812 minicom ttyUSB2");
        symlink("ttyUSB2", base.path("dev/modem")).unwrap();
        assert_eq!(holders(base.base(), "modem"), ["minicom (pid 812)"]);
    }

    #[test]
    fn this_process_is_not_in_its_own_way() {
        let base = Fixture::new(&format!("proc {} opensim ttyUSB2", std::process::id()));
        assert_eq!(holders(base.base(), "ttyUSB2"), [""; 0]);
    }

    #[test]
    fn a_lock_file_counts_while_its_process_lives() {
        let base = Fixture::new("proc 812 pppd");
        let lock = base.path("run/lock/LCK..ttyUSB2");
        fs::write(&lock, "       812\n").unwrap();
        assert_eq!(holders(base.base(), "ttyUSB2"), ["pppd (pid 812)"]);
        fs::write(&lock, "       813\n").unwrap();
        assert_eq!(holders(base.base(), "ttyUSB2"), [""; 0]);
        fs::write(&lock, [0xff, 0xfe, 0x00]).unwrap();
        assert_eq!(holders(base.base(), "ttyUSB2"), [""; 0]);
    }

    #[test]
    fn a_lock_on_the_device_names_its_process() {
        let base = Fixture::new("proc 812 pppd");
        fs::write(base.path("dev/ttyUSB1"), "").unwrap();
        fs::write(base.path("dev/ttyUSB2"), "").unwrap();
        let port = fs::metadata(base.path("dev/ttyUSB2")).unwrap();
        let (major, minor) = (rustix::fs::major(port.dev()), rustix::fs::minor(port.dev()));
        let lines = format!(
            "1: POSIX  ADVISORY  WRITE 7 {major:02x}:{minor:02x}:{0} 0 EOF\n\
             2: FLOCK  ADVISORY  WRITE 812 {major:02x}:{minor:02x}:{0} 0 EOF\n\
             2: -> FLOCK  ADVISORY  WRITE 9 {major:02x}:{minor:02x}:{0} 0 EOF\n\
             garbage\n",
            port.ino()
        );
        fs::write(base.path("proc/locks"), lines).unwrap();
        assert_eq!(holders(base.base(), "ttyUSB2"), ["pppd (pid 812)"]);
        assert_eq!(holders(base.base(), "ttyUSB1"), [""; 0]);
    }

    #[test]
    fn a_broken_tree_is_no_reason_to_fall_over() {
        let base = Fixture::new("proc 812 minicom ttyUSB2");
        let proc = base.path("proc");
        fs::create_dir_all(proc.join("5")).unwrap();
        fs::write(proc.join("6"), "not a directory").unwrap();
        fs::create_dir_all(proc.join("99999999999999")).unwrap();
        fs::create_dir_all(proc.join("7/fd")).unwrap();
        fs::write(proc.join("7/comm"), [0x1b, b'[', b'2', b'J', 0xff]).unwrap();
        symlink(base.path("dev/ttyUSB2"), proc.join("7/fd/0")).unwrap();
        let found = holders(base.base(), "ttyUSB2");
        assert_eq!(found, ["[2J\u{fffd} (pid 7)", "minicom (pid 812)"]);
        assert_eq!(holders(Path::new("/nowhere"), "ttyUSB2"), [""; 0]);
    }

    #[test]
    fn a_living_process_is_found_by_the_device_it_has_open() {
        let _held = fs::File::open("/dev/full").unwrap();
        let mut seen = ProcRoot::system().look();
        let own = |seen: &Occupancy| {
            let holders = seen.holders_of(Path::new("/dev/full"));
            holders.into_iter().find(|h| h.pid == std::process::id())
        };
        assert_eq!(own(&seen), None);
        seen.own = 0;
        assert!(own(&seen).unwrap().name.is_some());
    }

    #[test]
    fn a_virtual_modem_is_not_in_the_way_of_its_own_terminal() {
        let (_master, path) = pty::pair();
        let _slave = fs::File::open(&path).unwrap();
        let mut seen = ProcRoot::system().look();
        seen.own = 0;
        assert_eq!(seen.holders_of(&path), []);
        seen.files.retain(|file| !file.target.ends_with("ptmx"));
        assert_eq!(seen.holders_of(&path)[0].pid, std::process::id());
    }

    #[test]
    fn a_process_whose_files_are_hidden_is_told_from_one_without_the_port() {
        let base = Fixture::new("proc 900 ModemManager");
        let mut seen = base.proc().look();
        let manager = seen.modem_manager().unwrap();
        assert!(seen.sees(&manager) && !seen.blind());
        seen = seen.unseeing(900);
        assert!(!seen.sees(&manager) && seen.blind());
    }
}
