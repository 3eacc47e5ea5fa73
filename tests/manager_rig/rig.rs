//! A private bus with the real `ModemManager` on it and the virtual modem behind its test interface.
//!
//! Nothing of the machine is touched: the bus is the test's own, no device is probed, nothing needs root. A polkit of
//! the test's own says yes or no, since the daemon asks one.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use futures_util::StreamExt as _;
use tokio::runtime::Runtime;
use zbus::zvariant::{OwnedObjectPath, OwnedValue};
use zbus::{Connection, MatchRule, MessageStream};

use super::support::{Opensim, Ran};

const MANAGER: &str = "org.freedesktop.ModemManager1";
const ROOT: &str = "/org/freedesktop/ModemManager1";
const MODEM: &str = "/org/freedesktop/ModemManager1/Modem/0";

/// A child that does not outlive its test.
struct Daemon(Child);

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Says yes or no to whatever the daemon asks.
struct Polkit(Arc<AtomicBool>);

/// How many there were: each has a name of its own.
static RIGS: AtomicU32 = AtomicU32::new(0);

/// What `GetManagedObjects` gives.
type Objects = HashMap<OwnedObjectPath, HashMap<String, HashMap<String, OwnedValue>>>;

type Verdict = (bool, bool, HashMap<String, String>);

#[expect(clippy::unused_self, reason = "a property is asked of an object")]
#[zbus::interface(name = "org.freedesktop.PolicyKit1.Authority")]
impl Polkit {
    fn check_authorization(
        &self,
        subject: (String, HashMap<String, OwnedValue>),
        action: String,
        details: HashMap<String, String>,
        flags: u32,
        cancellation: String,
    ) -> (Verdict,) {
        let _ = (subject, action, details, flags, cancellation);
        ((self.0.load(Ordering::SeqCst), false, HashMap::new()),)
    }

    #[zbus(property)]
    fn backend_name(&self) -> String {
        "test".to_owned()
    }

    #[zbus(property)]
    fn backend_version(&self) -> String {
        "0".to_owned()
    }

    #[zbus(property)]
    fn backend_features(&self) -> u32 {
        0
    }
}

/// The whole bench.
pub(crate) struct Rig {
    pub(crate) opensim: Opensim,
    runtime: Runtime,
    connection: Connection,
    manager: Option<Daemon>,
    network: Option<Connection>,
    name: String,
    address: String,
    log: PathBuf,
    allowed: Arc<AtomicBool>,
    _modem: Daemon,
    _bus: Daemon,
}

/// What the rig takes; the first that is missing, if any is.
fn missing() -> Option<&'static str> {
    ["dbus-daemon", "ModemManager"].into_iter().find(|program| {
        let found = |folder: &str| std::path::Path::new(folder).join(program).exists();
        !["/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/local/bin"]
            .into_iter()
            .any(found)
    })
}

impl Rig {
    #[expect(clippy::print_stdout, reason = "a test that did not run says so")]
    /// The rig with a modem that the daemon shows; `None`, said in one line, where a program is missing.
    pub(crate) fn new(scenario: &str, pace: &str) -> Option<Self> {
        if let Some(program) = missing() {
            println!("skipped: {program} is not installed (packages modemmanager, dbus)");
            return None;
        }
        let number = RIGS.fetch_add(1, Ordering::SeqCst);
        let name = format!("rig{}n{number}", std::process::id());
        let opensim = Opensim::new();
        let log = opensim.state.path().join("at.log");
        let (modem, first) = modem(&opensim, &name, scenario, pace);
        assert!(first.contains(&name), "{first}");
        let (bus, address) = bus(&opensim);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let allowed = Arc::new(AtomicBool::new(true));
        let connection = runtime.block_on(authority(&address, Arc::clone(&allowed)));
        let mut rig = Self {
            opensim,
            runtime,
            connection,
            manager: None,
            network: None,
            name,
            address,
            log,
            allowed,
            _modem: modem,
            _bus: bus,
        };
        rig.start_manager();
        Some(rig)
    }

    /// Starts the daemon and returns when it shows the modem.
    pub(crate) fn start_manager(&mut self) {
        let mut daemon = Command::new("ModemManager");
        daemon
            .args(["--test-session", "--test-enable", "--test-no-udev"])
            .args([
                "--test-no-qrtr",
                "--test-no-suspend-resume",
                "--no-auto-scan",
            ])
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .env("DBUS_SYSTEM_BUS_ADDRESS", &self.address)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let connection = self.connection.clone();
        let name = self.name.clone();
        self.manager = Some(self.runtime.block_on(async move {
            let mut owned = listen(&connection, "org.freedesktop.DBus", "NameOwnerChanged").await;
            let mut shown = listen_to_all(&connection, "InterfacesAdded").await;
            let started = Daemon(daemon.spawn().expect("the daemon starts"));
            loop {
                let message = next(&mut owned, "a new owner of a name").await;
                let body = message.body();
                let (who, _, owner): (String, String, String) = body.deserialize().expect("names");
                if who == MANAGER && !owner.is_empty() {
                    break;
                }
            }
            let ports = vec![format!("abstract:{name}")];
            let profile = (name.as_str(), "generic", ports);
            let test = "org.freedesktop.ModemManager1.Test";
            let set =
                connection.call_method(Some(MANAGER), ROOT, Some(test), "SetProfile", &profile);
            set.await.expect("the test interface");
            next(&mut shown, "a modem that the daemon shows").await;
            started
        }));
    }

    /// Puts a `NetworkManager` beside the daemon.
    pub(crate) fn with_network(&mut self, profile: super::network::Profile) {
        let served = super::network::serve(&self.address, profile);
        self.network = Some(self.runtime.block_on(served));
    }

    /// As when the daemon crashes.
    pub(crate) fn kill_manager(&mut self) {
        self.manager = None;
    }

    /// What polkit says from now on.
    pub(crate) fn allow(&self, yes: bool) {
        self.allowed.store(yes, Ordering::SeqCst);
    }

    /// The binary on this bus.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = self.opensim.command(args);
        command.env("DBUS_SYSTEM_BUS_ADDRESS", &self.address);
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        Ran(self.command(args).output().expect("the binary runs"))
    }

    /// Has the daemon switch the modem on, and waits until it shows where that is; each look is a process of its own.
    pub(crate) fn enable(&self) {
        self.mmcli(&["-m", "0", "-e"]);
        let start = std::time::Instant::now();
        while !self.mmcli(&["-m", "0"]).contains("operator id") {
            assert!(start.elapsed().as_secs() < 30, "not registered");
        }
    }

    /// Another client of the daemon's.
    pub(crate) fn mmcli(&self, args: &[&str]) -> String {
        let output = Command::new("mmcli")
            .arg("--test-session")
            .args(args)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .output()
            .expect("mmcli runs");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// The network that the daemon shows.
    pub(crate) fn operator(&self) -> String {
        let asked = self.runtime.block_on(self.connection.call_method(
            Some(MANAGER),
            MODEM,
            Some("org.freedesktop.DBus.Properties"),
            "Get",
            &(
                "org.freedesktop.ModemManager1.Modem.Modem3gpp",
                "OperatorCode",
            ),
        ));
        let answer = asked.expect("a modem");
        let value: OwnedValue = answer.body().deserialize().expect("a value");
        String::try_from(value).expect("a text")
    }

    /// Returns when the daemon shows a modem that it does not show now.
    pub(crate) fn until_shown(&self, act: impl FnOnce()) {
        self.runtime.block_on(async {
            let mut shown = listen_to_all(&self.connection, "InterfacesAdded").await;
            act();
            next(&mut shown, "a modem that the daemon shows").await;
        });
    }

    pub(crate) fn modems(&self) -> usize {
        let objects = "org.freedesktop.DBus.ObjectManager";
        let asked = self.connection.call_method(
            Some(MANAGER),
            ROOT,
            Some(objects),
            "GetManagedObjects",
            &(),
        );
        let answer = self.runtime.block_on(asked).expect("objects");
        let body = answer.body();
        body.deserialize::<Objects>().expect("objects").len()
    }

    /// The command lines that reached the modem, as typed.
    pub(crate) fn commands(&self) -> Vec<String> {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let command = |line: &str| Some(line.split_once('\t')?.1.to_owned());
        text.lines().filter_map(command).collect()
    }

    /// The network that the modem is truly on.
    pub(crate) fn truth(&self) -> String {
        let state = self.opensim.state.path().join("on");
        let text = std::fs::read_to_string(state).expect("the modem's own word");
        text.trim().to_owned()
    }

    /// Nothing that hands the choice to the modem, whoever sent it.
    pub(crate) fn assert_never_automatic(&self) {
        let commands = self.commands();
        assert!(commands.len() > 20, "{commands:?}");
        for command in commands {
            let folded = command.to_uppercase().replace(' ', "");
            let chosen =
                folded.contains("COPS=0") || folded.contains("COPS=4") || folded.contains("COPS=2");
            assert!(!chosen, "{command}");
        }
    }
}

fn modem(opensim: &Opensim, name: &str, scenario: &str, pace: &str) -> (Daemon, String) {
    let log = opensim.state.path().join("at.log").display().to_string();
    let state = opensim.state.path().join("on").display().to_string();
    // The daemon takes the prefix for a part of the name.
    let socket = format!("abstract:{name}");
    let mut child = opensim
        .command(&["sim", "--socket", &socket, "--scenario", scenario])
        .args(["--pace", pace, "--log", &log, "--state", &state])
        .spawn()
        .expect("the virtual modem starts");
    let stderr = child.stderr.take().expect("standard error is a pipe");
    let mut lines = BufReader::new(stderr).lines();
    let first = lines.next().expect("a line").expect("text");
    std::thread::spawn(move || lines.for_each(drop));
    (Daemon(child), first)
}

fn bus(opensim: &Opensim) -> (Daemon, String) {
    let address = format!("unix:dir={}", opensim.state.path().display());
    let mut child = Command::new("dbus-daemon")
        .args(["--session", "--nofork", "--print-address=1"])
        .arg(format!("--address={address}"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("dbus-daemon starts");
    let stdout = child.stdout.take().expect("standard output is a pipe");
    let mut lines = BufReader::new(stdout).lines();
    let address = lines.next().expect("a line").expect("text");
    (Daemon(child), address)
}

async fn authority(address: &str, allowed: Arc<AtomicBool>) -> Connection {
    zbus::connection::Builder::address(address)
        .expect("an address")
        .serve_at("/org/freedesktop/PolicyKit1/Authority", Polkit(allowed))
        .expect("an object")
        .name("org.freedesktop.PolicyKit1")
        .expect("a name")
        .build()
        .await
        .expect("the bus")
}

/// The next of these signals. What never comes ends the test, not the run.
async fn next(signals: &mut MessageStream, what: &str) -> zbus::Message {
    let came = tokio::time::timeout(std::time::Duration::from_mins(1), signals.next()).await;
    let signal = came.unwrap_or_else(|_| panic!("a minute without {what}"));
    signal.expect("the bus").expect("a signal")
}

async fn listen(
    connection: &Connection,
    sender: &'static str,
    member: &'static str,
) -> MessageStream {
    let rule = MatchRule::builder()
        .msg_type(zbus::message::Type::Signal)
        .sender(sender)
        .expect("a name")
        .member(member)
        .expect("a member")
        .build();
    MessageStream::for_match_rule(rule, connection, None)
        .await
        .expect("a stream")
}

async fn listen_to_all(connection: &Connection, member: &'static str) -> MessageStream {
    let rule = MatchRule::builder()
        .msg_type(zbus::message::Type::Signal)
        .member(member)
        .expect("a member")
        .path(ROOT)
        .expect("a path")
        .build();
    MessageStream::for_match_rule(rule, connection, None)
        .await
        .expect("a stream")
}
