//! What the binary's tests share: running it, and running the virtual modem beside it on a pseudo-terminal.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

#[path = "../support/schema.rs"]
pub(crate) mod schema;

/// The binary, with a state directory of its own and nothing of the user's environment.
pub(crate) struct Opensim {
    pub(crate) state: tempfile::TempDir,
}

impl Opensim {
    pub(crate) fn new() -> Self {
        Self {
            state: tempfile::tempdir().expect("a directory for the test"),
        }
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_opensim"));
        command
            .args(args)
            .env_clear()
            .env("LANG", "C.UTF-8")
            // No daemon of the machine that the tests run on is ever spoken to.
            .env("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent")
            .env("HOME", self.state.path())
            .env("XDG_STATE_HOME", self.state.path().join("state"))
            .env("XDG_CONFIG_HOME", self.state.path().join("config"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        Ran(self.command(args).output().expect("the binary runs"))
    }

    /// A virtual modem on a pseudo-terminal, ready when this returns, gone when dropped.
    pub(crate) fn modem(&self, scenario: &str, pace: &str) -> PtyModem {
        self.modem_at("modem", scenario, pace)
    }

    /// The same, under a name of its own: a second modem.
    pub(crate) fn modem_at(&self, name: &str, scenario: &str, pace: &str) -> PtyModem {
        self.pty(name, &["--scenario", scenario, "--pace", pace])
    }

    /// A recorded conversation on a pseudo-terminal: what was never asked in it gets `ERROR`.
    pub(crate) fn recorded(&self, trace: &str) -> PtyModem {
        self.pty("modem", &["--replay", trace])
    }

    /// What `opensim sim` is told, on a pseudo-terminal under a name of its own.
    pub(crate) fn pty(&self, name: &str, what: &[&str]) -> PtyModem {
        let link = self.state.path().join(name);
        let link_text = link.display().to_string();
        let line = [&["sim", "--link", &link_text], what].concat();
        let mut child = self
            .command(&line)
            .spawn()
            .expect("the virtual modem starts");
        // It says on standard error that it is ready; nothing here waits by the clock.
        let stderr = child.stderr.take().expect("standard error is a pipe");
        let mut lines = BufReader::new(stderr).lines();
        let first = lines.next().expect("a line").expect("text");
        assert!(link.exists(), "not ready: {first}");
        // What it says later has to go somewhere.
        std::thread::spawn(move || lines.for_each(drop));
        PtyModem { child, link }
    }

    /// A file of this test's own; its path.
    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        let path = self.state.path().join(name);
        std::fs::write(&path, text).expect("a file can be written");
        path.display().to_string()
    }

    pub(crate) fn journal(&self) -> Vec<PathBuf> {
        let dir = self.state.path().join("state/opensim/changes");
        let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
        entries
            .map(|e| e.path())
            .filter(|p| p.extension().is_some_and(|e| e == "json"))
            .collect()
    }

    pub(crate) fn audit(&self) -> Vec<serde_json::Value> {
        let file = self.state.path().join("state/opensim/audit.jsonl");
        let text = std::fs::read_to_string(file).unwrap_or_default();
        text.lines()
            .map(|line| serde_json::from_str(line).expect("JSON lines"))
            .collect()
    }
}

pub(crate) struct PtyModem {
    child: Child,
    pub(crate) link: PathBuf,
}

impl PtyModem {
    pub(crate) fn path(&self) -> &str {
        self.link.to_str().expect("a plain path")
    }

    /// Pulls the plug.
    pub(crate) fn unplug(&mut self) {
        self.child.kill().expect("it was running");
        self.child.wait().expect("it ends");
    }
}

impl Drop for PtyModem {
    fn drop(&mut self) {
        // It may be unplugged already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) struct Ran(pub(crate) Output);

impl Ran {
    pub(crate) fn code(&self) -> i32 {
        self.0.status.code().expect("it exits by itself")
    }

    pub(crate) fn stdout(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).expect("UTF-8")
    }

    pub(crate) fn stderr(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).expect("UTF-8")
    }

    /// Standard output as the one document it must be, valid under its schema.
    pub(crate) fn json(&self) -> serde_json::Value {
        let value = serde_json::from_slice(&self.0.stdout).unwrap_or_else(|error| {
            panic!(
                "not one document: {error}\n{}\n{}",
                self.stdout(),
                self.stderr()
            )
        });
        schema::assert_valid(&value);
        value
    }
}

/// Where the modem is now.
pub(crate) fn plmn_in_use(opensim: &Opensim, modem: &str) -> String {
    let status = opensim.run(&["--json", "--modem", modem, "status"]).json();
    status["registration"]["plmn"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// Whether a document warns of this.
pub(crate) fn warns(document: &serde_json::Value, code: &str) -> bool {
    let warnings = document["warnings"].as_array().expect("warnings");
    warnings.iter().any(|note| note["code"] == code)
}

/// Waits until a file holds a text, woken by the kernel and not by the clock.
pub(crate) fn wait_for_line(reader: &mut impl std::io::BufRead, wanted: &str) -> String {
    let mut line = String::new();
    loop {
        line.clear();
        let read = reader.read_line(&mut line).expect("text");
        assert!(read > 0, "ended before {wanted:?} was said");
        if line.contains(wanted) {
            return line;
        }
    }
}
