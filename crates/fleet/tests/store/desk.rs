//! A fleet in a folder for a while, documents for it, and its program.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

pub(crate) const A: &str = "00000000000000aa";
pub(crate) const B: &str = "00000000000000bb";
pub(crate) const STRANGER: &str = "00000000000000ff";

const LIST: &str = "site,partner,commune,name,region,lat,lon\n\
    00000000000000aa,p1,34172,Montpellier,Occitanie,43.61,3.88\n\
    00000000000000bb,=cmd|'/c calc'!A0,34172,Montpellier,Occitanie,,\n";

pub(crate) struct Desk {
    folder: tempfile::TempDir,
}

/// What a run of the program gave.
pub(crate) struct Ran {
    pub(crate) exit: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn of(output: &Output) -> Self {
        Self {
            exit: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("{}\n{}", self.out, self.err))
    }

    /// How many documents were refused for a reason.
    pub(crate) fn refused(&self, code: &str) -> u64 {
        let json = self.json();
        let rows = json["quarantined"].as_array().expect("a list");
        let row = rows.iter().find(|row| row["code"] == code);
        row.map_or(0, |row| row["documents"].as_u64().expect("a number"))
    }
}

impl Desk {
    /// A fleet with two sites, and an empty inbox.
    pub(crate) fn new() -> Self {
        let desk = Self {
            folder: tempfile::tempdir().expect("a folder"),
        };
        desk.good(&["init"]);
        // The same numbers in every fleet, so that fleets can be compared.
        fs::write(desk.fleet().join("fleet.key"), "5a".repeat(32)).expect("a key");
        fs::write(desk.path("sites.csv"), LIST).expect("a list");
        let list = desk.path("sites.csv");
        desk.good(&["sites", list.to_str().expect("text")]);
        fs::create_dir(desk.inbox()).expect("an inbox");
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn fleet(&self) -> PathBuf {
        self.path("fleet")
    }

    pub(crate) fn inbox(&self) -> PathBuf {
        self.path("inbox")
    }

    /// The program with these arguments, of which `@inbox` is this one's inbox.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_opensim-fleet"));
        let inbox = self.inbox();
        let inbox = inbox.to_str().expect("text");
        let args = args
            .iter()
            .map(|arg| if *arg == "@inbox" { inbox } else { arg });
        command.args(args).env_clear().env("LANG", "en_US.UTF-8");
        command.env("OPENSIM_FLEET", self.fleet());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        Ran::of(&self.command(args).output().expect("it runs"))
    }

    /// A run that must end well.
    pub(crate) fn good(&self, args: &[&str]) -> Ran {
        let ran = self.run(args);
        assert_eq!(ran.exit, Some(0), "{args:?}: {}{}", ran.out, ran.err);
        ran
    }

    pub(crate) fn ingest(&self) -> Ran {
        self.run(&["ingest", "@inbox", "--json"])
    }

    /// Puts something into the inbox.
    pub(crate) fn put(&self, site: &str, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let folder = self.inbox().join(site);
        fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join(name);
        fs::write(&path, bytes).expect("written");
        path
    }

    /// Puts a document into the inbox, named as the outbox names it.
    pub(crate) fn send(&self, site: &str, document: &Value) -> PathBuf {
        let text = document.to_string();
        self.put(site, &name_of(&text), &text)
    }

    /// The rows of a table.
    pub(crate) fn rows(&self, table: &str) -> Vec<Value> {
        let ran = self.good(&["export", "--format", "ndjson", "--table", table]);
        let lines = ran.out.lines();
        lines
            .map(|line| serde_json::from_str(line).expect("a row"))
            .collect()
    }

    /// Every file of the fleet with its bytes, but the lock.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.fleet(), &self.fleet(), &mut files);
        files
    }

    /// All that waits in the inbox.
    pub(crate) fn waiting(&self) -> usize {
        let mut files = BTreeMap::new();
        collect(&self.inbox(), &self.inbox(), &mut files);
        files.len()
    }

    /// The documents that are kept of a day.
    pub(crate) fn raw(&self, day: &str) -> String {
        let file = self
            .fleet()
            .join(format!("raw/day={day}/part-0.ndjson.zst"));
        let mut text = String::new();
        let opened = fs::File::open(file).expect("a day");
        let mut decoder = zstd::stream::read::Decoder::new(opened).expect("zstd");
        decoder.read_to_string(&mut text).expect("text");
        text
    }

    /// The same fleet, inbox and all, in another folder.
    pub(crate) fn copy(&self) -> Self {
        let copy = Self {
            folder: tempfile::tempdir().expect("a folder"),
        };
        let from = self.folder.path().join(".");
        let mut cp = Command::new("cp");
        let status = cp.arg("-a").arg(from).arg(copy.folder.path()).status();
        assert!(status.expect("cp").success());
        copy
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if !path.ends_with(".lock") {
            let bytes = fs::read(&path).unwrap_or_default();
            let below = path.strip_prefix(root).expect("below").to_owned();
            files.insert(below, bytes);
        }
    }
}

/// The name that the outbox gives a text.
pub(crate) fn name_of(text: &str) -> String {
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    let at = value["at"]
        .as_str()
        .unwrap_or_default()
        .replace(['-', ':'], "");
    let digest = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
    let digits = digest.as_ref()[..8].iter();
    let digits = digits.fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    format!("{at}-scan-{digits}.json")
}

/// A survey of the virtual modem's, with measurements and a name of the place, as of a moment.
pub(crate) fn scan(at: &str) -> Value {
    let text = include_str!("scan.json");
    let mut scan: Value = serde_json::from_str(text).expect("a document");
    scan["at"] = at.into();
    scan
}

/// The same with something changed.
pub(crate) fn changed(at: &str, change: impl FnOnce(&mut Value)) -> Value {
    let mut scan = scan(at);
    change(&mut scan);
    scan
}
