//! A `ModemManager` that hangs, dies or lies at the first words, and a system that starts no thread: at the binary.
//!
//! The bus is the test's own: it greets, says who has the daemon's name, and answers as badly as it is told.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use tokio::net::UnixListener;
use tokio::runtime::Runtime;
use zbus::connection::Builder;
use zbus::fdo;
use zbus::zvariant::{OwnedObjectPath, OwnedValue};

use super::support::{Opensim, Ran};

const MANAGER: &str = "/org/freedesktop/ModemManager1";

/// How the daemon answers to what it has.
#[derive(Debug, Clone, Copy)]
enum Daemon {
    Hangs,
    Dies,
    Denies,
    SaysANumber,
    HasAModemWithoutNumber,
    /// The bus takes the connection and says nothing.
    BusHangs,
    /// The bus takes the connection and closes it.
    BusCloses,
}

struct Bus;

#[zbus::interface(name = "org.freedesktop.DBus")]
#[expect(
    clippy::unused_self,
    reason = "methods have the shape that the bus has"
)]
impl Bus {
    fn hello(&self) -> String {
        ":1.1".to_owned()
    }

    fn get_name_owner(&self, name: String) -> fdo::Result<String> {
        if name == "org.freedesktop.ModemManager1" {
            return Ok(":1.7".to_owned());
        }
        Err(fdo::Error::NameHasNoOwner(name))
    }

    fn add_match(&self, rule: String) {
        drop(rule);
    }
}

type Objects = HashMap<OwnedObjectPath, HashMap<String, HashMap<String, OwnedValue>>>;

struct Bad(Daemon);

#[zbus::interface(name = "org.freedesktop.DBus.ObjectManager")]
impl Bad {
    async fn get_managed_objects(&self) -> fdo::Result<Objects> {
        match self.0 {
            Daemon::Dies => Err(fdo::Error::NoReply("it left".to_owned())),
            Daemon::Denies => Err(fdo::Error::AccessDenied("no".to_owned())),
            Daemon::HasAModemWithoutNumber => {
                let path = OwnedObjectPath::try_from(format!("{MANAGER}/Modem/first"));
                let modem = (
                    "org.freedesktop.ModemManager1.Modem".to_owned(),
                    HashMap::new(),
                );
                let path = path.map_err(|error| fdo::Error::Failed(error.to_string()))?;
                Ok([(path, [modem].into())].into())
            }
            _ => std::future::pending().await,
        }
    }
}

struct Liar;

#[zbus::interface(name = "org.freedesktop.DBus.ObjectManager")]
#[expect(
    clippy::unused_self,
    reason = "methods have the shape that the bus has"
)]
impl Liar {
    fn get_managed_objects(&self) -> u32 {
        7
    }
}

/// A bus that lives as long as this does.
struct Bench {
    opensim: Opensim,
    socket: PathBuf,
    _runtime: Runtime,
}

impl Bench {
    fn new(daemon: Daemon) -> Self {
        let opensim = Opensim::new();
        let socket = opensim.state.path().join("bus");
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let listener = {
            let _inside = runtime.enter();
            UnixListener::bind(&socket).expect("a socket")
        };
        runtime.spawn(serve(listener, daemon));
        Self {
            opensim,
            socket,
            _runtime: runtime,
        }
    }

    fn command(&self, args: &[&str]) -> std::process::Command {
        let mut command = self.opensim.command(args);
        command.env("DBUS_SYSTEM_BUS_ADDRESS", address(&self.socket));
        command
    }

    /// The status and the error's code of each command line; they run side by side.
    fn run(&self, lines: &[&[&str]]) -> Vec<(i32, String)> {
        let start = |line: &&[&str]| {
            let mut args = vec!["--json"];
            args.extend(*line);
            self.command(&args).spawn().expect("it starts")
        };
        let children: Vec<_> = lines.iter().map(start).collect();
        let ended = children.into_iter().map(|child| {
            let ran = Ran(child.wait_with_output().expect("it ends"));
            let code = ran.json()["error"]["code"].as_str().map(str::to_owned);
            (ran.code(), code.expect("an error"))
        });
        ended.collect()
    }
}

fn address(socket: &Path) -> String {
    format!("unix:path={}", socket.display())
}

async fn serve(listener: UnixListener, daemon: Daemon) {
    let mut open = Vec::new();
    let mut silent = Vec::new();
    while let Ok((stream, _)) = listener.accept().await {
        match daemon {
            Daemon::BusHangs => {
                silent.push(stream);
                continue;
            }
            Daemon::BusCloses => continue,
            _ => {}
        }
        let builder = Builder::unix_stream(stream)
            .server(zbus::Guid::generate())
            .expect("an identity")
            .p2p()
            .serve_at("/org/freedesktop/DBus", Bus)
            .expect("a path");
        let builder = match daemon {
            Daemon::SaysANumber => builder.serve_at(MANAGER, Liar),
            _ => builder.serve_at(MANAGER, Bad(daemon)),
        };
        let connection = builder.expect("a path").build().await;
        open.push(connection);
    }
}

/// Looking, the only modem, one by its number there, by its own number, and by its place.
const WAYS: &[&[&str]] = &[
    &["modems"],
    &["status"],
    &["--modem", "mm:0", "status"],
    &["--modem", "imei:12345", "switch", "sfr", "--yes"],
    &["--modem", "usb:9-9", "scan", "--yes"],
];

#[test]
fn a_manager_that_hangs_dies_or_lies_is_said_as_what_it_is() {
    for (daemon, status, code) in [
        (Daemon::Dies, 7, "manager.lost"),
        (Daemon::Denies, 4, "manager.denied"),
        (Daemon::SaysANumber, 7, "manager.unreadable"),
        (Daemon::HasAModemWithoutNumber, 7, "manager.unreadable"),
        (Daemon::BusCloses, 7, "manager.lost"),
    ] {
        for (way, ended) in WAYS.iter().zip(Bench::new(daemon).run(WAYS)) {
            assert_eq!(ended, (status, code.to_owned()), "{daemon:?}: {way:?}");
        }
    }
}

#[test]
fn a_manager_or_a_bus_that_never_answers_is_given_up() {
    let benches = [Daemon::Hangs, Daemon::BusHangs].map(Bench::new);
    std::thread::scope(|scope| {
        for bench in &benches {
            scope.spawn(move || {
                for (way, ended) in WAYS.iter().zip(bench.run(WAYS)) {
                    assert_eq!(ended, (7, "manager.silent".to_owned()), "{way:?}");
                }
            });
        }
    });
}

#[test]
fn a_port_that_is_not_there_is_not_the_manager_s_fault() {
    let line: &[&str] = &["--modem", "/dev/ttyNOWHERE", "status"];
    let ended = Bench::new(Daemon::Dies).run(&[line]);
    assert_eq!(ended, [(3, "modem.absent".to_owned())]);
}

#[test]
fn where_no_thread_may_be_started_nothing_falls_over() {
    let bench = Bench::new(Daemon::Dies);
    let home = bench.opensim.state.path();
    let open = <std::fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o777);
    for path in [home, &bench.socket] {
        std::fs::set_permissions(path, open.clone()).expect("its own");
    }
    for (args, status) in [
        (&["status"][..], 7),
        (&["modems"], 7),
        (&["--modem", "sim:home", "status"], 0),
        (&["--modem", "sim:home", "switch", "orange", "--yes"], 0),
    ] {
        let plain = bench.command(args);
        let mut limited = std::process::Command::new("prlimit");
        limited.arg("--nproc=1");
        if rustix::process::geteuid().is_root() {
            // Root may start what it likes.
            limited.args(["setpriv", "--reuid=65534", "--clear-groups"]);
        }
        limited.arg(plain.get_program()).args(plain.get_args());
        limited.env_clear();
        for (name, value) in plain.get_envs() {
            limited.envs(value.map(|value| (name, value)));
        }
        limited.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        let Ok(output) = limited.output() else {
            eprintln!("skipped: prlimit is not installed (package util-linux)");
            return;
        };
        let ran = Ran(output);
        assert_eq!(ran.code(), status, "{args:?}: {}", ran.stderr());
    }
}
