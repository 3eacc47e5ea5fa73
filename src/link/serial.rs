//! A serial port or a pseudo terminal as a link: opened for this process alone, and left as it was found.
//!
//! `tokio-serial` opens the port and moves the bytes; what a modem needs beside that is done here. A second handle
//! reads the port's settings before they are touched, takes away the hang-up on close (a data session of the same
//! modem would end with it), and puts the settings back. Nothing here ever drains: waiting until a port has sent
//! everything blocks the whole runtime when the modem has stopped taking bytes.
//!
//! Who else has the port is looked up before it is opened, since the kernel's exclusive mode lets root through and
//! a program may hold a port without it.

use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::termios::{ControlModes, OptionalActions, QueueSelector, Termios};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_serial::SerialPortBuilderExt;

use crate::link::discover::Sysfs;
use crate::link::holder::{Holder, ProcRoot};

mod terminal;

/// Why a port could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another program has it.
    #[error("{port} is in use{}", by(.holder.as_ref(), .likely.as_ref()))]
    Busy {
        /// The port.
        port: String,
        /// Who has it, where that can be seen.
        holder: Option<Holder>,
        /// Where it cannot: `ModemManager`, if it runs. It is the usual one, and that is all that is known.
        likely: Option<Holder>,
    },
    /// This user may not open it.
    #[error("no permission to open {port}{}", of(.group.as_deref()))]
    Permission {
        /// The port.
        port: String,
        /// The group whose members may, where joining it would help.
        group: Option<String>,
    },
    /// Nothing has this name.
    #[error("there is no {port}")]
    Absent {
        /// The name.
        port: String,
    },
    /// It was there a moment ago, or its modem has left the bus.
    #[error("{port} is gone")]
    Gone {
        /// The port.
        port: String,
    },
    /// There is something else of that name.
    #[error("{port} is not a serial port")]
    NotAPort {
        /// The name.
        port: String,
    },
    /// The system refused for a reason of its own.
    #[error("cannot open {port}")]
    Failed {
        /// The port.
        port: String,
        /// What it said.
        source: io::Error,
    },
}

/// What reading or writing gives once the modem has left the bus, inside an [`io::Error`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{port} is gone")]
pub struct Gone {
    /// The port.
    pub port: String,
}

/// Whether an error of a link says that its port is gone.
pub fn is_gone(error: &io::Error) -> bool {
    let inner = error.get_ref();
    inner.is_some_and(|inner| inner.downcast_ref::<Gone>().is_some()) || hung_up(error)
}

/// Opens a port: raw, 115200 8N1 without flow control (a USB modem takes any), for this process alone. What had
/// arrived before is thrown away; it answers somebody else. To be called inside a tokio runtime.
pub fn open(path: &Path, sysfs: &Sysfs, proc: &ProcRoot) -> Result<SerialLink, OpenError> {
    let opening = Opening { path, sysfs, proc };
    opening.check()?;
    let handle = opening.handle()?;
    let found = rustix::termios::tcgetattr(&handle).map_err(|e| opening.refused(e))?;
    let builder = tokio_serial::new(opening.port(), 115_200);
    let stream = builder
        .open_native_async()
        .map_err(|error| opening.failed(error))?;
    let link = SerialLink {
        port: opening.port(),
        stream,
        handle,
        found,
    };
    link.keep_session().map_err(|e| opening.refused(e))?;
    Ok(link)
}

/// An open port. Dropping it puts its settings back.
#[derive(Debug)]
pub struct SerialLink {
    port: String,
    stream: tokio_serial::SerialStream,
    handle: OwnedFd,
    /// The settings as they were.
    found: Termios,
}

impl SerialLink {
    /// The port's path, as it was given.
    pub fn port(&self) -> &str {
        &self.port
    }

    /// Takes away the hang-up on close and what had arrived for somebody else.
    fn keep_session(&self) -> Result<(), Errno> {
        let mut settings = rustix::termios::tcgetattr(&self.handle)?;
        settings.control_modes.remove(ControlModes::HUPCL);
        rustix::termios::tcsetattr(&self.handle, OptionalActions::Now, &settings)?;
        rustix::termios::tcflush(&self.handle, QueueSelector::IFlush)
    }

    fn gone(&self) -> io::Error {
        let port = self.port.clone();
        io::Error::new(io::ErrorKind::NotConnected, Gone { port })
    }

    fn told(&self, error: io::Error) -> io::Error {
        if hung_up(&error) { self.gone() } else { error }
    }
}

impl Drop for SerialLink {
    /// Bytes that the modem never took are dropped, or closing would wait for them. The hang-up stays away: put back,
    /// it would act at once.
    fn drop(&mut self) {
        let mut settings = self.found.clone();
        settings.control_modes.remove(ControlModes::HUPCL);
        let flushed = rustix::termios::tcflush(&self.handle, QueueSelector::OFlush);
        let put_back = rustix::termios::tcsetattr(&self.handle, OptionalActions::Now, &settings);
        if let Err(error) = flushed.and(put_back) {
            tracing::debug!(port = self.port, %error, "settings not put back");
        }
    }
}

impl AsyncRead for SerialLink {
    /// A port at its end reads as [`Gone`]: it would read as empty for ever.
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let (before, room) = (buf.filled().len(), buf.remaining());
        let read = ready!(Pin::new(&mut self.stream).poll_read(cx, buf));
        let nothing = room > 0 && buf.filled().len() == before;
        Poll::Ready(match read {
            Ok(()) if nothing => Err(self.gone()),
            Ok(()) => Ok(()),
            Err(error) => Err(self.told(error)),
        })
    }
}

impl AsyncWrite for SerialLink {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.stream).poll_write(cx, bytes));
        Poll::Ready(written.map_err(|error| self.told(error)))
    }

    /// Nothing is held back here, and draining the port would block the runtime.
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    /// The port closes when it is dropped.
    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// A port on its way to being open, with what is needed to say why it is not.
struct Opening<'a> {
    path: &'a Path,
    sysfs: &'a Sysfs,
    proc: &'a ProcRoot,
}

impl Opening<'_> {
    fn port(&self) -> String {
        self.path.display().to_string()
    }

    /// Looks before anything is touched.
    fn check(&self) -> Result<(), OpenError> {
        let port = self.port();
        match fs::metadata(self.path) {
            // Some devices act on being opened (a watchdog restarts the computer), so what it is comes first. So does
            // who has it: every program has `/dev/null`.
            Ok(metadata) if !terminal::may_be(&metadata, self.sysfs, self.proc) => {
                return Err(OpenError::NotAPort { port });
            }
            Ok(_) => {}
            Err(error) => return Err(self.unseen(error)),
        }
        match self.proc.look().holders_of(self.path).into_iter().next() {
            None => Ok(()),
            holder => Err(OpenError::Busy {
                port,
                holder,
                likely: None,
            }),
        }
    }

    /// Why it cannot even be looked at.
    fn unseen(&self, error: io::Error) -> OpenError {
        let port = self.port();
        match error.kind() {
            // A link that leads nowhere is what is left of a modem that was there.
            io::ErrorKind::NotFound if fs::symlink_metadata(self.path).is_ok() => {
                OpenError::Gone { port }
            }
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => OpenError::Absent { port },
            _ if Errno::from_io_error(&error) == Some(Errno::LOOP) => OpenError::NotAPort { port },
            _ => self.unopened(error),
        }
    }

    fn handle(&self) -> Result<OwnedFd, OpenError> {
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        rustix::fs::open(self.path, flags, Mode::empty()).map_err(|errno| self.refused(errno))
    }

    fn refused(&self, errno: Errno) -> OpenError {
        let port = self.port();
        match errno {
            Errno::BUSY => self.busy(),
            Errno::NOTTY | Errno::INVAL | Errno::ISDIR => OpenError::NotAPort { port },
            other => self.unopened(other.into()),
        }
    }

    fn failed(&self, error: tokio_serial::Error) -> OpenError {
        match error.kind {
            // Whoever holds the kernel's exclusive mode or the lock; an absent device is `NotFound`.
            tokio_serial::ErrorKind::NoDevice => self.busy(),
            _ => self.unopened(error.into()),
        }
    }

    fn unopened(&self, error: io::Error) -> OpenError {
        let port = self.port();
        match error.kind() {
            io::ErrorKind::NotFound => OpenError::Gone { port },
            io::ErrorKind::PermissionDenied => OpenError::Permission {
                port,
                group: self.sysfs.group_to_join(self.path),
            },
            _ if hung_up(&error) => OpenError::Gone { port },
            _ => OpenError::Failed {
                port,
                source: error,
            },
        }
    }

    /// Refused by the kernel, so somebody has it, seen or not.
    fn busy(&self) -> OpenError {
        let seen = self.proc.look();
        let holder = seen.holders_of(self.path).into_iter().next();
        let hidden = |manager: &Holder| holder.is_none() && !seen.sees(manager);
        OpenError::Busy {
            port: self.port(),
            likely: seen.modem_manager().filter(hidden),
            holder,
        }
    }
}

/// What the kernel answers about a device that is no longer there.
fn hung_up(error: &io::Error) -> bool {
    let gone = [Errno::IO, Errno::NXIO, Errno::NODEV];
    Errno::from_io_error(error).is_some_and(|errno| gone.contains(&errno))
}

fn by(holder: Option<&Holder>, likely: Option<&Holder>) -> String {
    match (holder, likely) {
        (Some(holder), _) => format!(" by {holder}"),
        (None, Some(likely)) => format!(", probably by {likely}"),
        (None, None) => String::new(),
    }
}

fn of(group: Option<&str>) -> String {
    group.map_or_else(String::new, |group| format!(" (group {group})"))
}

/// Pseudo terminals for tests.
#[cfg(test)]
pub(crate) mod pty {
    use std::fs::File;
    use std::path::PathBuf;

    use rustix::pty::OpenptFlags;

    /// A pseudo terminal's far end, where the modem would be, and the path of the near one.
    pub(crate) fn pair() -> (File, PathBuf) {
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
        let master = rustix::pty::openpt(flags).unwrap();
        rustix::pty::unlockpt(&master).unwrap();
        let name = rustix::pty::ptsname(&master, Vec::new()).unwrap();
        (File::from(master), PathBuf::from(name.to_str().unwrap()))
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::os::unix::fs::PermissionsExt;
    use std::path::PathBuf;

    use rustix::termios::{InputModes, LocalModes};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;
    use crate::link::discover::fixture::Fixture;

    fn open_here(path: &Path) -> Result<SerialLink, OpenError> {
        open(path, &Sysfs::system(), &ProcRoot::system())
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
        let during = rustix::termios::tcgetattr(&link.handle).unwrap();
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
        assert!(matches!(error, OpenError::Busy { .. }), "{error:?}");
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
            assert!(matches!(error, OpenError::NotAPort { .. }), "{error:?}");
        }
    }

    #[tokio::test]
    async fn a_name_that_nothing_has_is_absent_and_not_gone() {
        let below = Path::new("/dev/null/nothing");
        // A terminal of nobody: its far end is closed.
        let (_, closed) = pty::pair();
        for path in [Path::new("/dev/ttyUSB250"), below, &closed] {
            let error = open_here(path).unwrap_err();
            assert!(matches!(error, OpenError::Absent { .. }), "{error:?}");
        }
        let dir = tempfile::tempdir().unwrap();
        let dangling = dir.path().join("modem");
        std::os::unix::fs::symlink("ttyUSB7", &dangling).unwrap();
        let error = open_here(&dangling).unwrap_err();
        assert!(matches!(error, OpenError::Gone { .. }), "{error:?}");
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
            let told = matches!(error, OpenError::NotAPort { .. });
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
                OpenError::Permission { group, .. } => group,
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
        assert!(matches!(error, OpenError::Permission { .. }), "{error:?}");
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
        let likely = OpenError::Busy {
            port: "/dev/ttyUSB2".to_owned(),
            holder: None,
            likely: bench.proc().look().modem_manager(),
        };
        let expected = "/dev/ttyUSB2 is in use, probably by ModemManager (pid 900)";
        assert_eq!(likely.to_string(), expected);
    }
}
