//! The journal: what a change replaces, on disk before the first byte that changes anything.
//!
//! One file a modem. It is there exactly while a change is under way or was interrupted, so a next run that finds
//! one without its lock held knows that somebody died, and what to put back.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::FlockOperation;
use serde::{Deserialize, Serialize};

use super::{CHANGES, Error, ModemKey, Store, file};
use crate::domain::{Plmn, SelectionMode};
use crate::modem::Standing;

/// What is about to be changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The journal's own schema.
    pub schema: String,
    /// When it began, RFC 3339.
    pub at: String,
    /// `scan`, `switch` or `recover`.
    pub command: String,
    /// The port it was reached at.
    pub port: String,
    /// The modem's number, masked.
    pub imei: Option<String>,
    /// The network in use before; what `recover` puts back.
    pub from: Option<Plmn>,
    /// Whether the modem was registered there; one that was not is only asked to name it again.
    #[serde(default = "yes")]
    pub registered: bool,
    /// Who chose it.
    pub mode: SelectionMode,
    /// The networks that the person named.
    pub to: Vec<Plmn>,
    /// Why, in the person's words.
    pub reason: Option<String>,
    /// What another program would have selected at its next connection; `recover` puts that back too.
    #[serde(default)]
    pub standing: Option<Standing>,
}

impl Change {
    /// The journal's schema.
    pub const SCHEMA: &'static str = "opensim.journal/1";
}

/// A journal of before the key was there tells of a network in use.
fn yes() -> bool {
    true
}

/// The right to change a modem, held by one process at a time and let go with it.
#[derive(Debug)]
pub struct Lock {
    journal: PathBuf,
    file: File,
}

impl Lock {
    /// Takes it. Whoever is to change a modem takes it before reading what is selected, so that nobody writes down
    /// what another is only passing through.
    ///
    /// # Errors
    /// When another opensim holds it, or the disk refuses.
    pub fn take(store: &Store, modem: &ModemKey) -> Result<Self, Error> {
        let journal = store.journal(modem);
        file::directory(store.root())?;
        file::directory(journal.parent().unwrap_or_else(|| Path::new(".")))?;
        let file = lock(&store.lock(modem), FlockOperation::NonBlockingLockExclusive)?;
        Ok(Self { journal, file })
    }

    /// The change that an interrupted run left.
    ///
    /// # Errors
    /// When its journal is there and cannot be read.
    pub fn interrupted(&self) -> Result<Option<(Change, PathBuf)>, Error> {
        Ok(read(&self.journal)?.map(|change| (change, self.journal.clone())))
    }
}

/// A change under way: its file on disk and its lock held.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    _lock: File,
}

impl Journal {
    /// Writes the change down; on disk when this returns. A journal that an interrupted run left is kept as it is:
    /// what stood before that run is what has to come back.
    ///
    /// # Errors
    /// When the disk refuses: then nothing may be sent.
    pub fn begin(lock: Lock, change: &Change) -> Result<Self, Error> {
        let Lock {
            journal: path,
            file: held,
        } = lock;
        let interrupted = read(&path)?;
        if interrupted.is_none_or(|left| left.from.is_none()) {
            let mut bytes =
                serde_json::to_vec_pretty(change).map_err(|e| unreadable(&path, &e.to_string()))?;
            bytes.push(b'\n');
            file::replace(&path, &bytes)?;
        }
        Ok(Self { path, _lock: held })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The change is over and nothing is left to put back.
    ///
    /// # Errors
    /// When the disk refuses; a next run then warns of a change that is not there.
    pub fn close(self) -> Result<(), Error> {
        file::remove(&self.path)
    }

    /// The change failed and the former carrier is not back: the journal stays for `recover`.
    pub fn keep(self) -> PathBuf {
        self.path
    }
}

/// A change of this modem that was interrupted; `None` where there is none, or where it is still under way.
///
/// # Errors
/// When the journal is there and cannot be read.
pub fn pending(store: &Store, modem: &ModemKey) -> Result<Option<(Change, PathBuf)>, Error> {
    let path = store.journal(modem);
    let change = left(&path, &store.lock(modem))?;
    Ok(change.map(|change| (change, path)))
}

/// The interrupted changes of modems whose number was known, whichever they are: for a modem that does not tell its
/// own, any of them may be its own. Oldest first; what cannot be read is left out.
pub fn of_numbered(store: &Store) -> Vec<(Change, PathBuf)> {
    let Ok(files) = std::fs::read_dir(store.root().join(CHANGES)) else {
        return Vec::new();
    };
    let mut found: Vec<(Change, PathBuf)> = files
        .filter_map(|file| Some(file.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|kind| kind == "json"))
        .filter_map(|path| Some((left(&path, &path.with_extension("lock")).ok()??, path)))
        .filter(|(change, _)| change.imei.is_some())
        .collect();
    found.sort_by(|a, b| (&a.0.at, &a.1).cmp(&(&b.0.at, &b.1)));
    found
}

/// The change in this journal, unless somebody is at it.
fn left(journal: &Path, held: &Path) -> Result<Option<Change>, Error> {
    let Some(change) = read(journal)? else {
        return Ok(None);
    };
    // A reader's lock: two readers do not stand in each other's way.
    match lock(held, FlockOperation::NonBlockingLockShared) {
        Err(Error::UnderWay { .. }) => Ok(None),
        // A reader without the right to lock still has to hear of it.
        Ok(_) | Err(_) => Ok(Some(change)),
    }
}

fn read(path: &Path) -> Result<Option<Change>, Error> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(path, &error.to_string())),
    };
    serde_json::from_str(&text)
        .map(Some)
        .map_err(|error| unreadable(path, &error.to_string()))
}

fn lock(path: &Path, how: FlockOperation) -> Result<File, Error> {
    let open = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path);
    let file = open.map_err(|source| file::write_error(path, source))?;
    match rustix::fs::flock(&file, how) {
        Ok(()) => Ok(file),
        Err(rustix::io::Errno::WOULDBLOCK) => Err(Error::UnderWay {
            path: path.to_owned(),
        }),
        Err(errno) => Err(file::write_error(path, errno.into())),
    }
}

fn unreadable(path: &Path, detail: &str) -> Error {
    Error::Read {
        path: path.to_owned(),
        detail: detail.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn change(from: &str) -> Change {
        Change {
            schema: Change::SCHEMA.to_owned(),
            at: "2026-11-23T10:00:00Z".to_owned(),
            command: "switch".to_owned(),
            port: "/dev/ttyUSB2".to_owned(),
            imei: None,
            from: from.parse().ok(),
            registered: true,
            mode: SelectionMode::Manual,
            to: vec!["20810".parse().unwrap()],
            reason: None,
            standing: None,
        }
    }

    fn begin(store: &Store, modem: &ModemKey, from: &str) -> Result<Journal, Error> {
        Journal::begin(Lock::take(store, modem)?, &change(from))
    }

    fn setup() -> (tempfile::TempDir, Store, ModemKey) {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::at(dir.path().join("state"));
        (dir, store, ModemKey::new(None, "/dev/ttyUSB2"))
    }

    #[test]
    fn an_interrupted_change_is_found_and_a_finished_one_is_not() {
        let (_dir, store, modem) = setup();
        let journal = begin(&store, &modem, "20801").unwrap();
        assert!(
            pending(&store, &modem).unwrap().is_none(),
            "it is still under way"
        );
        drop(journal);
        assert_eq!(pending(&store, &modem).unwrap().unwrap().0, change("20801"));
        begin(&store, &modem, "20801").unwrap().close().unwrap();
        assert!(pending(&store, &modem).unwrap().is_none());
    }

    #[test]
    fn what_stood_before_the_interrupted_run_is_what_comes_back() {
        let (_dir, store, modem) = setup();
        drop(begin(&store, &modem, "20801").unwrap());
        drop(begin(&store, &modem, "20820").unwrap());
        assert_eq!(
            pending(&store, &modem).unwrap().unwrap().0.from,
            "20801".parse().ok()
        );
    }

    #[test]
    fn two_runs_do_not_change_one_modem_at_a_time() {
        let (_dir, store, modem) = setup();
        let _journal = begin(&store, &modem, "20801").unwrap();
        let second = begin(&store, &modem, "20801");
        assert!(matches!(second, Err(Error::UnderWay { .. })));
    }

    #[test]
    fn nobody_else_reads_it_and_nonsense_is_said() {
        let (_dir, store, modem) = setup();
        let path = begin(&store, &modem, "20801").unwrap().keep();
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        std::fs::write(&path, b"{\"schema\":").unwrap();
        assert!(matches!(pending(&store, &modem), Err(Error::Read { .. })));
    }
}
