//! A terminal with a device behind it, so that any program can open a virtual modem as a serial port: a new
//! pseudo-terminal, or a port that is there already (the device's side of a USB gadget, a null-modem cable).
//!
//! The modem keeps its state from one client to the next, as a real one does when a program closes its port. What it
//! says while nobody has the pseudo-terminal open is lost, as on a USB modem; an existing port cannot tell whether
//! somebody listens. Nothing here changes what the device says.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::device::{Device, Served};
use opensim_domain::time::Instant;
use opensim_os::clock::Clock;
use opensim_os::port::device_end::DeviceEnd;
use opensim_os::port::pty::{PseudoTerminal, TerminalAlias, TerminalAliasError};

/// What keeps a pseudo-terminal from being served.
#[derive(Debug, thiserror::Error)]
pub enum PtyError {
    /// The system gave no pseudo-terminal.
    #[error("no pseudo-terminal: {0}")]
    Terminal(#[source] std::io::Error),
    /// The link cannot be made.
    #[error("cannot link {} to the pseudo-terminal: {source}", path.display())]
    Link {
        /// The link.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Something else is where the link should be; it is left alone.
    #[error("{} is something else than a link to a pseudo-terminal", .0.display())]
    Occupied(PathBuf),
    /// The existing port cannot be opened.
    #[error("cannot open {}: {source}", path.display())]
    Port {
        /// The port.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// A client that reads nothing for this long loses what was said to it.
const PATIENCE: Duration = Duration::from_secs(1);

/// Serves a device on a new pseudo-terminal until it leaves the bus or `cancel` is called.
///
/// `link`, where given, is a symbolic link that stands for it meanwhile; a link to another pseudo-terminal, as an
/// earlier run that was killed left it, is replaced. `on_ready` is told the path to open.
///
/// # Errors
/// When there is no pseudo-terminal or no link, before anything is served; when the terminal fails later.
pub async fn run_pty(
    link: Option<&Path>,
    make_device: impl FnOnce() -> Box<dyn Device>,
    clock: Clock,
    on_ready: impl FnOnce(&Path),
    cancel: CancellationToken,
) -> Result<Served, PtyError> {
    let mut terminal = PseudoTerminal::open().map_err(PtyError::Terminal)?;
    let link = link.map(|path| alias(path, terminal.path())).transpose()?;
    let mut device = make_device();
    on_ready(
        link.as_ref()
            .map_or_else(|| terminal.path(), TerminalAlias::path),
    );
    let mut now = clock.now();
    match pump(&mut terminal, &mut *device, &clock, &mut now, &cancel).await {
        Ended::Served(served) => Ok(served),
        Ended::HungUp => Err(PtyError::Terminal(io::ErrorKind::UnexpectedEof.into())),
        Ended::Failed(error) => Err(PtyError::Terminal(error)),
    }
}

/// Serves a device on a port that exists until it leaves the bus or `cancel` is called. When the other side is
/// plugged out, the port hangs up: the device loses its power, and the port is opened anew. `on_ready` is told the
/// path once it is open for the first time.
///
/// # Errors
/// When the port cannot be opened at first, or fails later otherwise than by hanging up.
pub async fn run_port(
    path: &Path,
    make_device: impl FnOnce() -> Box<dyn Device>,
    clock: Clock,
    on_ready: impl FnOnce(&Path),
    cancel: CancellationToken,
) -> Result<Served, PtyError> {
    let fault = |source| PtyError::Port {
        path: path.to_owned(),
        source,
    };
    let mut port = DeviceEnd::open(path).map_err(fault)?;
    let mut device = make_device();
    on_ready(path);
    let mut now = clock.now();
    loop {
        match pump(&mut port, &mut *device, &clock, &mut now, &cancel).await {
            Ended::Served(served) => return Ok(served),
            Ended::Failed(error) => return Err(fault(error)),
            Ended::HungUp => {}
        }
        drop(port);
        device.handle_hang_up(now);
        port = loop {
            match DeviceEnd::open(path) {
                Ok(port) => break port,
                Err(error) => tracing::debug!(path = %path.display(), %error, "not back yet"),
            }
            tokio::select! {
                () = cancel.cancelled() => return Ok(Served::Closed),
                () = tokio::time::sleep(REOPEN) => {}
            }
        };
        now = now.max(clock.now());
    }
}

/// How often a port that hung up is tried again.
const REOPEN: Duration = Duration::from_millis(100);

/// A link that stands for a terminal.
fn alias(path: &Path, terminal: &Path) -> Result<TerminalAlias, PtyError> {
    TerminalAlias::make(path, terminal).map_err(|error| match error {
        TerminalAliasError::Occupied => PtyError::Occupied(path.to_owned()),
        TerminalAliasError::System(source) => PtyError::Link {
            path: path.to_owned(),
            source,
        },
    })
}

/// What [`pump`] needs of a terminal.
trait Line {
    /// Reads what the client wrote; nothing means that it hung up. Safe to drop at any time.
    async fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize>;
    /// Writes to the client.
    async fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
}

impl Line for PseudoTerminal {
    async fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.read(buffer).await
    }

    async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes).await
    }
}

impl Line for DeviceEnd {
    async fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.read(buffer).await
    }

    async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes).await
    }
}

/// Why [`pump`] ended.
enum Ended {
    Served(Served),
    HungUp,
    Failed(io::Error),
}

/// Carries bytes between a terminal and a device. `now` is where the device's time has come to.
async fn pump(
    line: &mut impl Line,
    device: &mut dyn Device,
    clock: &Clock,
    now: &mut Instant,
    cancel: &CancellationToken,
) -> Ended {
    let mut buffer = [0; 4096];
    loop {
        device.handle_timeout(*now);
        while let Some(bytes) = device.poll_transmit(*now) {
            // Whoever does not read loses what was said: a modem does not wait for its host.
            let _ = tokio::time::timeout(PATIENCE, line.write(&bytes)).await;
        }
        if device.is_unplugged() {
            return Ended::Served(Served::Unplugged);
        }
        let due = device.poll_timeout();
        tokio::select! {
            () = cancel.cancelled() => return Ended::Served(Served::Closed),
            read = line.read(&mut buffer) => match read {
                Ok(0) => return Ended::HungUp,
                Ok(count) => {
                    *now = (*now).max(clock.now());
                    device.handle_input(*now, &buffer[..count]);
                }
                Err(error) => return Ended::Failed(error),
            },
            // A paced clock rounds: what was waited for has come.
            () = clock.sleep_until(due) => *now = (*now).max(clock.now()).max(due.unwrap_or(*now)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use super::*;
    use crate::{Scenario, VirtualModem};

    /// Serves `home` with faults in a thread, runs `client` on its path, and gives how it ended.
    fn serve(link: Option<&Path>, faults: &str, client: impl FnOnce(&Path)) -> Served {
        let text = format!("base = \"home\"\n[faults]\n{faults}");
        let scenario = Scenario::from_toml(&text, "test").unwrap();
        let (ready, path) = std::sync::mpsc::channel();
        let cancel = CancellationToken::new();
        let (stop, link) = (cancel.clone(), link.map(Path::to_path_buf));
        let server = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async move {
                let make = || Box::new(VirtualModem::new(&scenario)) as Box<dyn Device>;
                let tell = |path: &Path| ready.send(path.to_owned()).unwrap();
                run_pty(link.as_deref(), make, Clock::system(), tell, stop).await
            })
        });
        client(&path.recv().unwrap());
        cancel.cancel();
        server.join().unwrap().unwrap()
    }

    fn open(path: &Path) -> std::fs::File {
        std::fs::File::options()
            .read(true)
            .write(true)
            .open(path)
            .unwrap()
    }

    /// Types a line and reads up to `end`.
    fn ask(port: &mut std::fs::File, line: &str, end: &str) -> String {
        port.write_all(format!("{line}\r").as_bytes()).unwrap();
        let (mut received, mut byte) = (String::new(), [0]);
        while !received.ends_with(end) {
            port.read_exact(&mut byte).unwrap();
            received.push(char::from(byte[0]));
        }
        received
    }

    #[test]
    fn the_modem_keeps_its_state_from_one_client_to_the_next() {
        serve(None, "", |path| {
            let mut first = open(path);
            assert_eq!(ask(&mut first, "ATE0", "OK\r\n"), "ATE0\r\r\nOK\r\n");
            // What is left unread is lost, and no surprise to the next client.
            ask(&mut first, "AT+CGMI", "\r\nQu");
            drop(first);
            let mut second = open(path);
            let unread = || rustix::io::ioctl_fionread(&second).unwrap() > 0;
            let spins = (0..10_000_000).take_while(|_| unread());
            spins.for_each(|_| std::thread::yield_now());
            rustix::termios::ioctl_tiocexcl(&second).unwrap();
            assert_eq!(
                ask(&mut second, "AT+CMEE?", "OK\r\n"),
                "\r\n+CMEE: 1\r\n\r\nOK\r\n"
            );
            drop(second);
            let mut third = open(path);
            assert_eq!(ask(&mut third, "AT", "OK\r\n"), "\r\nOK\r\n");
        });
    }

    #[test]
    fn the_link_stands_as_long_as_the_modem_and_takes_a_stale_one_s_place() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("modem");
        std::os::unix::fs::symlink("/dev/pts/999999", &link).unwrap();
        serve(Some(&link), "", |path| {
            assert_eq!(path, link);
            assert!(ask(&mut open(path), "AT", "OK\r\n").ends_with("OK\r\n"));
        });
        assert!(link.symlink_metadata().is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn nothing_else_is_ever_replaced_by_the_link() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("letter");
        std::fs::write(&file, "dear").unwrap();
        let elsewhere = folder.path().join("elsewhere");
        std::os::unix::fs::symlink(&file, &elsewhere).unwrap();
        for path in [&file, &elsewhere] {
            let made = alias(path, Path::new("/dev/pts/7"));
            assert!(matches!(made, Err(PtyError::Occupied(_))));
        }
        let made = alias(&folder.path().join("none/modem"), Path::new("/dev/pts/7"));
        assert!(matches!(made, Err(PtyError::Link { .. })));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "dear");
    }

    #[test]
    fn a_modem_that_leaves_the_bus_hangs_up() {
        let ended = serve(None, "unplug_on_select = \"20810\"", |path| {
            let mut port = open(path);
            port.write_all(b"AT+COPS=1,2,\"20810\"\r").unwrap();
            let mut rest = Vec::new();
            // A hang-up reads as the end or as an error, depending on what is still unread.
            let _ = port.read_to_end(&mut rest);
        });
        assert_eq!(ended, Served::Unplugged);
    }

    /// A cable: the end that a host would use, and the path of the other, which `link` comes to stand for.
    fn cable(link: &Path) -> std::fs::File {
        use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
        let host = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&host).unwrap();
        unlockpt(&host).unwrap();
        let path = ptsname(&host, Vec::new()).unwrap().into_string().unwrap();
        let _ = std::fs::remove_file(link);
        std::os::unix::fs::symlink(path, link).unwrap();
        host.into()
    }

    #[test]
    fn a_port_that_hung_up_is_served_again_and_the_modem_has_started_anew() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("port");
        let mut host = cable(&link);
        let text = "base = \"home\"\n[timing]\nboot_ms = 1";
        let scenario = Scenario::from_toml(text, "test").unwrap();
        let (ready, open) = std::sync::mpsc::channel();
        let cancel = CancellationToken::new();
        let (stop, port) = (cancel.clone(), link.clone());
        let server = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async move {
                let make = || Box::new(VirtualModem::new(&scenario)) as Box<dyn Device>;
                let tell = |_: &Path| ready.send(()).unwrap();
                run_port(&port, make, Clock::system(), tell, stop).await
            })
        });
        open.recv().unwrap();
        assert!(ask(&mut host, "ATE0", "OK\r\n").ends_with("ATE0\r\r\nOK\r\n"));
        ask(&mut host, "AT+COPS=1,2,\"20801\"", "OK\r\n");
        assert_eq!(ask(&mut host, "AT", "OK\r\n"), "\r\nOK\r\n");
        // The path comes to stand for another cable, then this one is pulled: there is no moment without a port.
        let mut again = cable(&link);
        drop(host);
        ask(&mut again, "", "RDY\r\n");
        let received = ask(&mut again, "AT+COPS?", "OK\r\n");
        assert!(
            received.contains("AT+COPS?\r"),
            "the echo is back: {received}"
        );
        assert!(
            received.contains("+COPS: 1"),
            "the selection stays: {received}"
        );
        cancel.cancel();
        assert_eq!(server.join().unwrap().unwrap(), Served::Closed);
        let gone = folder.path().join("gone");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let make = || -> Box<dyn Device> { unreachable!("nothing is served") };
        let cancel = CancellationToken::new();
        let served = runtime.block_on(run_port(&gone, make, Clock::system(), |_| {}, cancel));
        assert!(matches!(served, Err(PtyError::Port { .. })));
    }
}
