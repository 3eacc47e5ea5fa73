//! A computer with Windows, as Wine has it: a folder of its own for its disk, its registry and its ports.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::pty::Pty;

/// Debian's; there is none of the name `wine` without 32 bits.
const WINE: &str = "/usr/lib/wine/wine64";

/// What `tests/windows/run` sets: the program, and the prefix that each computer is a copy of.
const PROGRAM: &str = "OPENSIM_WINDOWS_PROGRAM";
const PREFIX: &str = "OPENSIM_WINDOWS_PREFIX";

pub(crate) struct Computer {
    program: PathBuf,
    prefix: PathBuf,
    folder: tempfile::TempDir,
}

impl Computer {
    /// A new one; `None`, said, where there is none to be had.
    pub(crate) fn new() -> Option<Self> {
        let named = |name| std::env::var_os(name).map(PathBuf::from);
        let (Some(program), Some(original)) = (named(PROGRAM), named(PREFIX)) else {
            let _ = writeln!(std::io::stderr(), "skipped: tests/windows/run runs these");
            return None;
        };
        // Beside the original, since a link does not lead into another file system.
        let beside = original.parent().expect("a folder");
        let folder = tempfile::tempdir_in(beside).unwrap();
        let prefix = folder.path().join("prefix");
        // Its programs are never written, so a copy may share them. Its registry is, in place where it is shared.
        let copied = Command::new("sh")
            .args([
                "-c",
                "cp -al \"$1\" \"$2\" && cp --remove-destination \"$1\"/*.reg \"$2\"",
                "sh",
            ])
            .args([&original, &prefix])
            .status();
        assert!(
            copied.unwrap().success(),
            "a copy of {}",
            original.display()
        );
        Some(Self {
            program,
            prefix,
            folder,
        })
    }

    /// A folder for what a test has beside the computer.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A file of its disk, by a path below `C:\`.
    pub(crate) fn disk(&self, path: &str) -> PathBuf {
        self.prefix.join("drive_c").join(path)
    }

    /// Puts what is at the path into a COM port's place.
    pub(crate) fn plug(&self, port: u8, end: &Path) {
        symlink(end, self.port(port)).unwrap();
    }

    /// There is no such port any more.
    pub(crate) fn unplug(&self, port: u8) {
        std::fs::remove_file(self.port(port)).unwrap();
    }

    fn port(&self, port: u8) -> PathBuf {
        self.prefix.join(format!("dosdevices/com{port}"))
    }

    /// Starts the program.
    pub(crate) fn start(&self, args: &[&str]) -> Running {
        let program = self.program.to_str().unwrap().to_owned();
        self.start_as(&[&[program.as_str()], args].concat())
    }

    /// A program of this computer, with what Wine is told and nothing of the user's environment.
    fn wine(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", self.folder.path())
            .env("LANG", "C.UTF-8")
            .env("WINEPREFIX", &self.prefix)
            .env("WINEDEBUG", "-all");
        command
    }

    /// Starts any program of Windows.
    pub(crate) fn start_as(&self, line: &[&str]) -> Running {
        let (said, told) = (self.fresh("out"), self.fresh("err"));
        let child = self
            .wine(Path::new(WINE))
            .args(line)
            .stdin(Stdio::null())
            // Wine waits for what reads a pipe longer than its program lives.
            .stdout(File::create(&said).unwrap())
            .stderr(File::create(&told).unwrap())
            .spawn()
            .expect("Wine is there");
        Running { child, said, told }
    }

    /// Writes values of a key into its registry.
    pub(crate) fn know(&self, key: &str, values: &[(&str, &str)]) {
        for (name, value) in values {
            let line = ["reg", "add", key, "/v", name, "/d", value, "/f"];
            let added = self.start_as(&line).end();
            assert_eq!(added.code, Some(0), "{key} {name}: {}", added.stderr);
        }
    }

    /// Starts the program in a console.
    pub(crate) fn start_in_console(&self, args: &[&str]) -> Console {
        let pty = Pty::open(None);
        let child = self
            .wine(Path::new("setsid"))
            .args(["--ctty", WINE])
            .arg(&self.program)
            .args(args)
            .env("TERM", "xterm")
            .stdin(pty.near())
            .stdout(pty.near())
            .stderr(pty.near())
            .spawn()
            .unwrap();
        let terminal = pty.far;
        Console { child, terminal }
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.start(args).end()
    }

    /// A file's name that nothing else has.
    fn fresh(&self, kind: &str) -> PathBuf {
        let prefix = format!("{kind}-");
        let (_, path) = tempfile::Builder::new()
            .prefix(&prefix)
            .tempfile_in(self.folder.path())
            .unwrap()
            .keep()
            .unwrap();
        path
    }
}

impl Drop for Computer {
    fn drop(&mut self) {
        // What Wine left running would hold the folder.
        let _ = Command::new("/usr/lib/wine/wineserver64")
            .arg("-k")
            .env("WINEPREFIX", &self.prefix)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
    }
}

/// The program in a window of its own.
pub(crate) struct Console {
    child: Child,
    terminal: File,
}

impl Console {
    pub(crate) fn type_(&mut self, keys: &[u8]) {
        self.terminal.write_all(keys).unwrap();
    }

    /// Waits until this stands on the screen, in one piece.
    pub(crate) fn wait_for(&mut self, wanted: &str) {
        let (mut shown, mut bytes) = (Vec::new(), [0; 4096]);
        while !String::from_utf8_lossy(&shown).contains(wanted) {
            let count = self.terminal.read(&mut bytes).unwrap_or_default();
            let seen = String::from_utf8_lossy(&shown);
            assert!(count > 0, "ended before {wanted:?}: {seen}");
            shown.extend(&bytes[..count]);
        }
    }

    /// Waits until it ended.
    pub(crate) fn end(mut self) -> Option<i32> {
        // What it shows has to go somewhere until then.
        let mut rest = Vec::new();
        let _ = self.terminal.read_to_end(&mut rest);
        self.child.wait().unwrap().code()
    }
}

pub(crate) struct Running {
    pub(crate) child: Child,
    said: PathBuf,
    told: PathBuf,
}

impl Running {
    /// Waits until it ended by itself.
    pub(crate) fn end(mut self) -> Ran {
        let status = self.child.wait().unwrap();
        Ran {
            code: status.code(),
            stdout: std::fs::read(&self.said).unwrap(),
            stderr: String::from_utf8(std::fs::read(&self.told).unwrap()).expect("UTF-8"),
        }
    }
}

/// What came of it.
pub(crate) struct Ran {
    /// `None` where it was killed.
    pub(crate) code: Option<i32>,
    stdout: Vec<u8>,
    pub(crate) stderr: String,
}

impl Ran {
    pub(crate) fn stdout(&self) -> String {
        String::from_utf8(self.stdout.clone()).expect("UTF-8")
    }

    /// Standard output as the one document that it must be.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.stdout).unwrap_or_else(|error| {
            panic!(
                "not one document ({:?}): {error}\n{}\n{}",
                self.code,
                String::from_utf8_lossy(&self.stdout),
                self.stderr
            )
        })
    }
}
