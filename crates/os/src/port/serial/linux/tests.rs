use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use rustix::termios::{InputModes, LocalModes};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;
use crate::port::fixture::{Computer as Fixture, pty};
use crate::port::serial::{self, SerialLink, is_gone};

fn open_here(path: &Path) -> Result<SerialLink, PortError> {
    serial::open(path, &Sysfs::system(), &ProcRoot::system())
}

/// Opens the slave again, as another program would.
fn settings(path: &Path) -> Termios {
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
    let fd = rustix::fs::open(path, flags, Mode::empty()).unwrap();
    rustix::termios::tcgetattr(fd).unwrap()
}

#[tokio::test]
async fn bytes_go_both_ways_untouched() {
    let (mut master, path) = pty::pair();
    let mut link = open_here(&path).unwrap();
    let every: Vec<u8> = (0..=255).collect();
    link.write_all(&every).await.unwrap();
    let mut got = vec![0; every.len()];
    master.read_exact(&mut got).unwrap();
    assert_eq!(got, every);
    master.write_all(&every).unwrap();
    link.read_exact(&mut got).await.unwrap();
    assert_eq!(got, every);
    link.flush().await.unwrap();
    link.shutdown().await.unwrap();
    link.write_all(b"AT\r").await.unwrap();
}

#[tokio::test]
async fn what_had_arrived_for_another_is_thrown_away() {
    let (mut master, path) = pty::pair();
    let slave = fs::File::open(&path).unwrap();
    master.write_all(b"+COPS: 0\r\n").unwrap();
    while rustix::io::ioctl_fionread(&slave).unwrap() == 0 {
        std::thread::yield_now();
    }
    let mut link = open_here(&path).unwrap();
    master.write_all(b"OK\r\n").unwrap();
    let mut got = [0; 4];
    link.read_exact(&mut got).await.unwrap();
    assert_eq!(&got, b"OK\r\n");
}

#[tokio::test]
async fn a_port_that_leaves_the_bus_reads_and_writes_as_gone() {
    let (master, path) = pty::pair();
    let mut link = open_here(&path).unwrap();
    drop(master);
    let mut buf = [0; 16];
    for _ in 0..3 {
        let error = link.read(&mut buf).await.unwrap_err();
        assert!(is_gone(&error), "{error:?}");
        assert_eq!(error.to_string(), format!("{} is gone", path.display()));
    }
    let error = link.write_all(b"AT\r").await.unwrap_err();
    assert!(is_gone(&error), "{error:?}");
    assert_eq!(error.kind(), io::ErrorKind::NotConnected);
}

#[tokio::test]
async fn the_settings_are_put_back_without_the_hang_up() {
    let (master, path) = pty::pair();
    let mut before = settings(&path);
    before.control_modes.insert(ControlModes::HUPCL);
    before.input_modes.insert(InputModes::IUTF8);
    rustix::termios::tcsetattr(&master, OptionalActions::Now, &before).unwrap();
    let link = open_here(&path).unwrap();
    let during = rustix::termios::tcgetattr(&master).unwrap();
    assert!(!during.control_modes.contains(ControlModes::HUPCL));
    assert!(!during.local_modes.contains(LocalModes::ECHO));
    drop(link);
    let after = settings(&path);
    assert_eq!(after.local_modes, before.local_modes);
    assert_eq!(after.input_modes, before.input_modes);
    assert_eq!(after.output_modes, before.output_modes);
    assert!(!after.control_modes.contains(ControlModes::HUPCL));
}

#[tokio::test]
async fn a_port_is_opened_once_at_a_time_and_then_again() {
    let (_master, path) = pty::pair();
    let first = open_here(&path).unwrap();
    let error = open_here(&path).unwrap_err();
    assert!(matches!(error, PortError::Busy { .. }), "{error:?}");
    drop(first);
    open_here(&path).unwrap();
}

#[tokio::test]
async fn a_port_held_by_another_program_is_not_opened_and_its_holder_is_named() {
    let (_master, terminal) = pty::pair();
    let bench = Fixture::new("proc 812 minicom ttyUSB2");
    let path = bench.path("dev/ttyUSB2");
    fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink(&terminal, &path).unwrap();
    let error = open(&path, &bench.sysfs(), &bench.proc()).unwrap_err();
    let expected = format!("{} is in use by minicom (pid 812)", path.display());
    assert_eq!(error.to_string(), expected);
    fs::remove_dir_all(bench.path("proc/812")).unwrap();
    open(&path, &bench.sysfs(), &bench.proc()).unwrap();
}

#[tokio::test]
async fn a_locked_port_is_busy_even_where_nobody_can_be_seen() {
    let (_master, path) = pty::pair();
    let slave = fs::File::open(&path).unwrap();
    rustix::fs::flock(&slave, rustix::fs::FlockOperation::LockExclusive).unwrap();
    let nobody = Fixture::new("");
    let error = open(&path, &Sysfs::system(), &nobody.proc()).unwrap_err();
    assert_eq!(error.to_string(), format!("{} is in use", path.display()));
}

#[tokio::test]
async fn what_is_not_a_port_is_said_so() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("ttyUSB0");
    fs::write(&file, "").unwrap();
    for path in [&file, dir.path(), Path::new("/dev/null")] {
        let nobody = Fixture::new("").proc();
        let error = open(path, &Sysfs::system(), &nobody).unwrap_err();
        assert!(matches!(error, PortError::NotAPort { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn a_name_that_nothing_has_is_absent_and_not_gone() {
    let below = Path::new("/dev/null/nothing");
    // A terminal of nobody: its far end is closed. While its near end is open no other test is given its number.
    let (far, closed) = pty::pair();
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
    let _near = rustix::fs::open(&closed, flags, Mode::empty()).unwrap();
    drop(far);
    for path in [Path::new("/dev/ttyUSB250"), below, &closed] {
        let error = open_here(path).unwrap_err();
        assert!(matches!(error, PortError::Absent { .. }), "{error:?}");
    }
    let dir = tempfile::tempdir().unwrap();
    let dangling = dir.path().join("modem");
    std::os::unix::fs::symlink("ttyUSB7", &dangling).unwrap();
    let error = open_here(&dangling).unwrap_err();
    assert!(matches!(error, PortError::Gone { .. }), "{error:?}");
}

#[tokio::test]
async fn what_only_looks_like_a_port_is_neither_opened_nor_busy() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    rustix::fs::mkfifoat(rustix::fs::CWD, at("fifo"), Mode::RUSR | Mode::WUSR).unwrap();
    std::os::unix::fs::symlink(at("two"), at("one")).unwrap();
    std::os::unix::fs::symlink(at("one"), at("two")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
    // Some program has each of these open at any time, this one for a start.
    let _held = fs::File::open("/dev/null").unwrap();
    let devices = ["/dev/null", "/dev/full", "/dev/urandom", "/dev/ptmx"];
    let paths = ["fifo", "one", "socket"].map(at);
    let paths = paths.into_iter().chain(devices.map(PathBuf::from));
    for path in paths {
        let error = open_here(&path).unwrap_err();
        let told = matches!(error, PortError::NotAPort { .. });
        assert!(told, "{}: {error:?}", path.display());
    }
}

#[test]
fn a_port_of_another_group_is_refused_with_that_group_where_it_has_the_rights() {
    if !rustix::process::geteuid().is_root() {
        eprintln!("skipped: only root may give a file to a group that it is not in");
        return;
    }
    let bench = Fixture::new("");
    fs::write(bench.path("etc/group"), "root:x:0:\ndialout:x:4711:\n").unwrap();
    let path = bench.path("dev/ttyUSB2");
    fs::write(&path, "").unwrap();
    let refused = |gid: u32, mode: u32| {
        std::os::unix::fs::chown(&path, None, Some(gid)).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let opening = Opening {
            path: &path,
            sysfs: &bench.sysfs(),
            proc: &bench.proc(),
        };
        // Root is never refused, so the kernel's answer is given here.
        match opening.refused(Errno::ACCESS) {
            PortError::Permission { group, .. } => group,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(refused(4711, 0o660).as_deref(), Some("dialout"));
    // A group that may only write, or nothing, does not help; root's is nobody's to join.
    assert_eq!(refused(4711, 0o620), None);
    assert_eq!(refused(4711, 0o600), None);
    assert_eq!(refused(0, 0o660), None);
    // Whoever is in it already was refused for another reason.
    let own = rustix::process::getgroups().unwrap();
    for gid in own.into_iter().map(rustix::process::Gid::as_raw) {
        assert_eq!(refused(gid, 0o660), None);
    }
}

#[tokio::test]
async fn a_mode_of_its_own_refuses_whoever_is_not_root() {
    if rustix::process::geteuid().is_root() {
        eprintln!("skipped: root may open anything");
        return;
    }
    let (_master, path): (_, PathBuf) = pty::pair();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    let error = open_here(&path).unwrap_err();
    assert!(matches!(error, PortError::Permission { .. }), "{error:?}");
}

#[test]
fn an_unseen_holder_is_only_likely_to_be_modem_manager() {
    let bench = Fixture::new("proc 900 ModemManager");
    let opening = |proc: ProcRoot| {
        let opening = Opening {
            path: Path::new("/dev/ttyUSB2"),
            sysfs: &bench.sysfs(),
            proc: &proc,
        };
        opening.refused(Errno::BUSY).to_string()
    };
    // Every process could be seen, and it was not that one.
    assert_eq!(opening(bench.proc()), "/dev/ttyUSB2 is in use");
    let likely = PortError::Busy {
        port: "/dev/ttyUSB2".to_owned(),
        holder: None,
        likely: bench.proc().look().modem_manager(),
    };
    let expected = "/dev/ttyUSB2 is in use, probably by ModemManager (pid 900)";
    assert_eq!(likely.to_string(), expected);
}
