//! Command lines that stand on a page, typed as whoever reads the page types them.

use std::fs::Permissions;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use opensim::sim::Scenario;

use super::support::{Opensim, PtyModem, Ran};

/// The program, where a question is answered in advance. Who forbids questions gets none answered either.
const OPENSIM: &str = "#!/bin/sh
case \" $* \" in
    *' --no-input '*) exec PROGRAM \"$@\" ;;
    *) exec PROGRAM --yes \"$@\" ;;
esac
";

/// Other rights make no difference here, and another computer is this one.
const SUDO: &str = "#!/bin/sh\nexec \"$@\"\n";
const SSH: &str = "#!/bin/sh
while :; do
    case $1 in
        -o) shift 2 ;;
        -*) shift ;;
        *) break ;;
    esac
done
shift
exec sh -c \"$*\"
";

/// What a server is called on the pages.
const SERVERS: [&str; 2] = ["mesure.exemple.fr", "measure.example.org"];

/// Where a page is read: a home of its own, a virtual modem that is plugged in, and what was started and goes on.
pub(crate) struct Desk {
    going: Vec<Going>,
    modem: PtyModem,
    lang: &'static str,
    // Removed last.
    pub(crate) opensim: Opensim,
}

/// A program that goes on while other lines are typed, in a terminal of its own.
struct Going {
    child: Child,
    line: String,
    /// Of a server, where it answers.
    port: Option<String>,
}

impl Drop for Going {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether a line goes on until somebody stops it.
fn goes_on(line: &str) -> bool {
    let line = line.strip_prefix("sudo ").unwrap_or(line);
    line.starts_with("opensim serve") || line.starts_with("opensim sim ")
}

/// A line that watches for a while, or until somebody stops it, for a second.
fn shortened(line: &str) -> String {
    if !line.contains("opensim monitor") {
        return line.to_owned();
    }
    let (watching, rest) = match line.split_once(" --for ") {
        Some((watching, rest)) => (watching, rest.split_once(' ').map_or("", |(_, rest)| rest)),
        None => (line, ""),
    };
    format!("{watching} --for 1s {rest}")
}

impl Desk {
    pub(crate) fn new(lang: &'static str) -> Self {
        let opensim = Opensim::new();
        let modem = opensim.modem("home", "500");
        let plain = opensim.command(&[]);
        let program = plain.get_program().to_str().expect("a plain path");
        let folder = opensim.state.path().join("bin");
        std::fs::create_dir(&folder).expect("a folder");
        for (name, text) in [
            ("opensim", OPENSIM.replace("PROGRAM", program)),
            ("sudo", SUDO.to_owned()),
            ("ssh", SSH.to_owned()),
        ] {
            let file = folder.join(name);
            std::fs::write(&file, text).expect("written");
            std::fs::set_permissions(&file, Permissions::from_mode(0o755)).expect("set");
        }
        // The same house for what is measured: every carrier carries enough, which is soon known.
        let house = Scenario::text("home").expect("it is built in");
        let house = house.replace(
            "down_kbit = 140, up_kbit = 90",
            "down_kbit = 6500, up_kbit = 1800",
        );
        opensim.file("house.toml", &house);
        // A line may name a script of the repository.
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
        std::os::unix::fs::symlink(examples, opensim.state.path().join("examples"))
            .expect("a link");
        Self {
            going: Vec::new(),
            modem,
            lang,
            opensim,
        }
    }

    pub(crate) fn modem(&self) -> &str {
        self.modem.path()
    }

    /// What a virtual modem of a page's own is called.
    fn bench(&self) -> PathBuf {
        self.opensim.state.path().join("bench")
    }

    /// The line as it can be run here: what lies outside is the server that was started before, or a port that nobody
    /// listens on.
    pub(crate) fn there(&self, line: &str) -> String {
        let mut there = line
            .replace(".\\opensim.exe", "opensim")
            .replace("COM5", self.modem())
            .replace("eth0", "lo")
            .replace("wwan0", "lo");
        let bench = self.bench();
        there = there.replace("/tmp/modem", bench.to_str().expect("a plain path"));
        let port = self.going.iter().rev().find_map(|going| going.port.clone());
        let server = format!("127.0.0.1:{}", port.as_deref().unwrap_or("1"));
        for name in SERVERS {
            there = there
                .replace(&format!("DNS:{name}"), "IP:127.0.0.1")
                .replace(&format!("CN={name}"), "CN=opensim")
                .replace(&format!("{name}:8620"), &server)
                .replace(name, &server);
        }
        there.replace("//HOST", &format!("//{server}"))
    }

    /// Whether a line speaks of a server, and none was started.
    pub(crate) fn lacks_a_server(&self, line: &str) -> bool {
        let is_one = |name: &&str| line.contains(*name) && !line.starts_with("openssl");
        let is_named = SERVERS.iter().chain(&["//HOST"]).any(is_one);
        is_named && self.going.iter().all(|going| going.port.is_none())
    }

    /// Writes the configuration that a page shows.
    pub(crate) fn configure(&self, text: &str) {
        let folder = self.opensim.state.path().join("config/opensim");
        std::fs::create_dir_all(&folder).expect("a folder");
        let home = self.opensim.state.path().display().to_string();
        let text = self.there(text).replace("/home/marie", &home);
        std::fs::write(folder.join("config.toml"), text).expect("written");
    }

    /// As a person types it, beside the virtual modem that is plugged in. What goes on, goes on.
    pub(crate) fn type_(&mut self, line: &str) -> Ran {
        if goes_on(line) {
            return self.start(line, &self.there(line));
        }
        let there = shortened(&self.there(line));
        Ran(self.shell(&there).output().expect("a shell"))
    }

    fn shell(&self, line: &str) -> Command {
        let plain = self.opensim.command(&[]);
        let home = self.opensim.state.path();
        let path = format!("{}/bin:/usr/bin:/bin", home.display());
        let mut command = Command::new("sh");
        command.env_clear();
        for (name, value) in plain.get_envs() {
            command.env(name, value.expect("set"));
        }
        command
            .env("PATH", path)
            .env("OPENSIM_MODEM", self.modem())
            .env("OPENSIM_LANG", self.lang)
            .current_dir(home)
            .stdin(Stdio::null())
            .args(["-c", line]);
        command
    }

    /// Started, and ready when this returns: it says so itself, and nothing here waits by the clock. The same command
    /// that was started before is stopped first, as in its terminal. One that ends instead of going on is what it did.
    fn start(&mut self, line: &str, there: &str) -> Ran {
        let kind = |line: &str| line.contains("opensim serve");
        self.going.retain(|going| kind(&going.line) != kind(line));
        if !kind(line) {
            // One that was stopped so leaves its link.
            let _ = std::fs::remove_file(self.bench());
        }
        let there = if kind(line) {
            // A port that is free.
            let words: Vec<&str> = there.split(' ').collect();
            let listen = words.iter().position(|word| *word == "--listen");
            let address = listen.map(|at| at + 1);
            let kept = words
                .iter()
                .enumerate()
                .filter(|(at, _)| Some(*at) != listen && Some(*at) != address);
            let kept: Vec<&str> = kept.map(|(_, word)| *word).collect();
            format!("{} --listen 127.0.0.1:0", kept.join(" "))
        } else {
            // As quick as the modem that is plugged in.
            format!("{there} --pace 500")
        };
        let mut command = self.shell(&format!("exec {there}"));
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("a shell");
        let stderr = child.stderr.take().expect("a pipe");
        let mut lines = BufReader::new(stderr).lines();
        let first = lines.next().and_then(Result::ok).unwrap_or_default();
        let ended = |child: Child, more: String| {
            let mut output = child.wait_with_output().expect("a child");
            output.stderr = format!("{first}\n{more}").into_bytes();
            Ran(output)
        };
        let port = first.split("127.0.0.1:").nth(1);
        let port = port.and_then(|rest| rest.split(' ').next());
        let is_there = if kind(line) {
            port.is_some()
        } else {
            self.bench().exists()
        };
        if !is_there {
            let more: Vec<String> = lines.map_while(Result::ok).collect();
            return ended(child, more.join("\n"));
        }
        // What it says later has to go somewhere.
        std::thread::spawn(move || lines.for_each(drop));
        self.going.push(Going {
            child,
            line: line.to_owned(),
            port: port.map(str::to_owned),
        });
        Ran(Command::new("true").output().expect("it runs"))
    }
}

/// What else a line may end with, wherever the page stands: it depends on the computer that it is typed at.
pub(crate) fn at_this_desk(line: &str) -> &'static [i32] {
    let line = line.replace("opensim.exe ", "opensim ");
    let has = |command: &str| line.contains(&format!("opensim {command}"));
    if has("modems") {
        // None is plugged in here.
        &[0, 3]
    } else if has("send") || has("tour") {
        // Nobody is configured who would take it; nobody sits at a terminal.
        &[2]
    } else if has("doctor") {
        // What it finds wrong is of this computer.
        &[0, 9]
    } else {
        &[]
    }
}
