//! The journal: what a change replaces, on disk before the first byte that changes anything.
//!
//! One file a modem. It is there exactly while a change is under way or was interrupted, so a next run that finds
//! one without its lock held knows that somebody died, and what to put back. A change that ended is marked as such in
//! the file before anything else can fail: one that cannot be removed any more owes nothing.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{CHANGES, Error, ModemKey, Store, file, place};
use crate::document::{ChangeCommand, Word};
use crate::domain::ConnectionProfile;
use crate::domain::{Plmn, SelectionMode};
use crate::link::discover::Sysfs;
use crate::link::holder::ProcRoot;
use crate::os::fault;
use crate::os::files::{self as files, Links, open as open_plain, private, read as read_plain};

/// What is about to be changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The journal's own schema.
    pub schema: String,
    /// When it began, RFC 3339.
    pub at: String,
    /// The command that it is part of.
    pub command: Word<ChangeCommand>,
    /// The port it was reached at.
    pub port: String,
    /// The modem's number, masked.
    pub imei: Option<String>,
    /// The network in use before; what `recover` puts back.
    pub from: Option<Plmn>,
    /// What the modem calls it: some tell a name and no code.
    #[serde(default)]
    pub name: Option<String>,
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
    pub standing: Option<ConnectionProfile>,
}

impl Change {
    /// The journal's schema.
    pub const SCHEMA: &'static str = "opensim.journal/1";
}

/// A journal of before the key was there tells of a network in use.
fn yes() -> bool {
    true
}

/// How a change ended, in the journal of one that owes nothing any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// `switched`, `restored`, `rolled_back`...
    pub done: String,
    /// The network in use then, where it is known.
    pub on: Option<Plmn>,
}

/// Blanks behind a journal, which the mark of its end is written over: no space is needed for it on a full disk.
const ROOM: usize = 160;

/// More than any journal of ours holds.
const MOST: u64 = 64 * 1024;

/// A journal as it is written.
#[derive(Serialize)]
struct Written<'a> {
    #[serde(flatten)]
    change: &'a Change,
    /// Where the modem is plugged in, where that is known.
    place: Option<&'a str>,
}

/// The right to change a modem, held by one process at a time and let go with it.
#[derive(Debug)]
pub struct Lock {
    journal: PathBuf,
    place: Option<String>,
    /// That of this modem, and of the place that its journal was written at.
    held: Vec<File>,
}

impl Lock {
    /// Takes it. Whoever is to change a modem takes it before reading what is selected, so that nobody writes down
    /// what another is only passing through: neither a run of this user nor, over another port of the same modem, one
    /// of another.
    ///
    /// # Errors
    /// When another opensim holds it, or the disk refuses, or a journal is there and cannot be read.
    pub fn take(store: &Store, modem: &ModemKey) -> Result<Self, Error> {
        file::directory(store.root())?;
        file::directory(&store.root().join(CHANGES))?;
        let own = store.lock(modem);
        let mut held = vec![lock(&own, File::try_lock)?];
        let place = modem.place.clone();
        let rival = |place: &String| place::rival(place, &Sysfs::system(), &ProcRoot::system());
        if let Some(rival) = place.as_ref().and_then(rival) {
            tracing::info!(%rival, "it is changing this modem");
            return Err(Error::UnderWay { path: own });
        }
        let left = find(store, modem)?;
        let journal = left.map_or_else(|| store.journal(modem), |(_, path)| path);
        let other = journal.with_extension("lock");
        if other != own {
            held.push(lock(&other, File::try_lock)?);
        }
        Ok(Self {
            journal,
            place,
            held,
        })
    }

    /// The change that an interrupted run left. One that had ended is none, whose journal could only not be removed.
    ///
    /// # Errors
    /// When its journal is there and cannot be read.
    pub fn interrupted(&self) -> Result<Option<(Change, PathBuf)>, Error> {
        let left = read(&self.journal)?.and_then(Kept::owed);
        Ok(left.map(|change| (change, self.journal.clone())))
    }
}

/// A change under way: its file on disk and its lock held.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    /// Open to write since the change began: what happens to its folder later does not matter.
    file: File,
    /// Where the mark of the change's end goes.
    mark: u64,
    _held: Vec<File>,
}

impl Journal {
    /// Writes the change down; on disk when this returns. A journal that an interrupted run left is kept as it is:
    /// what stood before that run is what has to come back.
    ///
    /// # Errors
    /// When the disk refuses: then nothing may be sent, and nothing is left behind.
    pub fn begin(lock: Lock, change: &Change) -> Result<Self, Error> {
        let Lock {
            journal: path,
            place,
            held,
        } = lock;
        let kept = read(&path)?;
        let owes = |kept: &Kept| kept.done.is_none() && kept.change.from.is_some();
        let (file, mark) = if let Some(kept) = kept.as_ref().filter(|kept| owes(kept)) {
            let mut options = OpenOptions::new();
            let file = open_plain(&path, options.read(true).write(true), Links::Refused)
                .map_err(|source| file::write_error(&path, source))?;
            (file, kept.ends)
        } else {
            let place = place.as_deref();
            let mut bytes = serde_json::to_vec_pretty(&Written { change, place })
                .map_err(|e| unreadable(&path, &e.to_string()))?;
            bytes.push(b'\n');
            let mark = bytes.len();
            bytes.resize(mark + ROOM, b' ');
            bytes.push(b'\n');
            let former = kept.map(|kept| kept.text);
            let file = file::replace(&path, &bytes, former.as_ref().map(String::as_bytes))?;
            (file, mark as u64)
        };
        Ok(Self {
            path,
            file,
            mark,
            _held: held,
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Marks the change as ended, the modem standing on `on` and nothing owed: on disk when this returns. To be called
    /// as soon as that is so, before anything else that can fail; then the journal may also stay where it cannot be
    /// removed. Written in place, into room that is there, by the file that is open; where even that fails, by a new
    /// file in its stead.
    ///
    /// # Errors
    /// When the disk refuses all of it: then a later `recover` takes the change for one that was interrupted.
    pub fn done(&self, outcome: &str, on: Option<Plmn>) -> Result<(), Error> {
        let done = Done {
            done: outcome.to_owned(),
            on,
        };
        let mut line =
            serde_json::to_vec(&done).map_err(|e| unreadable(&self.path, &e.to_string()))?;
        line.resize(line.len().max(ROOM), b' ');
        line.push(b'\n');
        let put = files::write_all_at(&self.file, &line, self.mark);
        // Its room is there, so its contents are all that has to reach the disk.
        let Err(refused) = put.and_then(|()| self.file.sync_data()) else {
            return Ok(());
        };
        tracing::debug!(error = %refused, "the journal cannot be marked in place");
        let mut whole = vec![0; usize::try_from(self.mark).unwrap_or_default()];
        files::read_exact_at(&self.file, &mut whole, 0)
            .map_err(|_| file::write_error(&self.path, refused))?;
        let former = whole.clone();
        whole.extend_from_slice(&line);
        file::replace(&self.path, &whole, Some(&former)).map(drop)
    }

    /// The change is over and nothing is left to put back.
    ///
    /// # Errors
    /// When the disk refuses; unless it was marked as done, a next run then warns of a change that is not there.
    pub fn close(self) -> Result<(), Error> {
        file::remove(&self.path)
    }

    /// The change failed and the former carrier is not back: the journal stays for `recover`.
    pub fn keep(self) -> PathBuf {
        self.path
    }
}

/// A journal as it was found.
#[derive(Debug)]
struct Kept {
    change: Change,
    /// Where the modem was plugged in.
    place: Option<String>,
    done: Option<Done>,
    text: String,
    /// Where the change ends in the text, and the mark begins.
    ends: u64,
}

impl Kept {
    fn owed(self) -> Option<Change> {
        self.done.is_none().then_some(self.change)
    }
}

/// A change of this modem that was interrupted; `None` where there is none, or where it is still under way.
///
/// # Errors
/// When the journal is there and cannot be read.
pub fn pending(store: &Store, modem: &ModemKey) -> Result<Option<(Change, PathBuf)>, Error> {
    let Some((_, path)) = find(store, modem)? else {
        return Ok(None);
    };
    if is_held(&store.lock(modem)) {
        return Ok(None);
    }
    let change = left(&path, &path.with_extension("lock"))?;
    Ok(change.map(|change| (change, path)))
}

/// The journal of this modem: that of its place, or else the oldest of its number that is not another's.
fn find(store: &Store, modem: &ModemKey) -> Result<Option<(Kept, PathBuf)>, Error> {
    let own = store.journal(modem);
    // One that ended and could not be removed stands in nobody's way.
    let at_home = read(&own)?.filter(|kept| kept.done.is_none());
    if let Some(kept) = at_home {
        return Ok(Some((kept, own)));
    }
    if !modem.numbered {
        return Ok(None);
    }
    let plugged_in = place::plugged_in();
    let mut found = Vec::new();
    for path in journals(store) {
        let name = path.file_stem().and_then(std::ffi::OsStr::to_str);
        let rest = name.and_then(|name| name.strip_prefix(&modem.stem));
        if !rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-')) {
            continue;
        }
        let Some(kept) = read(&path)? else { continue };
        let anothers = |place: &String| place::is_anothers(place, &modem.port, &plugged_in);
        if kept.done.is_none() && !kept.place.as_ref().is_some_and(anothers) {
            found.push((kept, path));
        }
    }
    found.sort_by(|a, b| (&a.0.change.at, &a.1).cmp(&(&b.0.change.at, &b.1)));
    Ok(found.into_iter().next())
}

fn journals(store: &Store) -> impl Iterator<Item = PathBuf> {
    let files = std::fs::read_dir(store.root().join(CHANGES));
    let paths = files
        .into_iter()
        .flatten()
        .flatten()
        .map(|file| file.path());
    paths.filter(|path| path.extension().is_some_and(|kind| kind == "json"))
}

/// The interrupted changes of modems whose number was known, whichever they are: for a modem that does not tell its
/// own, any of them may be its own. Oldest first; what cannot be read is left out.
pub fn of_numbered(store: &Store) -> Vec<(Change, PathBuf)> {
    let mut found: Vec<(Change, PathBuf)> = journals(store)
        .filter_map(|path| Some((left(&path, &path.with_extension("lock")).ok()??, path)))
        .filter(|(change, _)| change.imei.is_some())
        .collect();
    found.sort_by(|a, b| (&a.0.at, &a.1).cmp(&(&b.0.at, &b.1)));
    found
}

/// The change in this journal, unless somebody is at it.
fn left(journal: &Path, held: &Path) -> Result<Option<Change>, Error> {
    let Some(change) = read(journal)?.and_then(Kept::owed) else {
        return Ok(None);
    };
    Ok(Some(change).filter(|_| !is_held(held)))
}

/// Whether somebody is at it. A reader without the right to lock still has to hear of what is there.
fn is_held(path: &Path) -> bool {
    // A reader's lock: two readers do not stand in each other's way.
    let tried = lock(path, File::try_lock_shared);
    matches!(tried, Err(Error::UnderWay { .. }))
}

fn read(path: &Path) -> Result<Option<Kept>, Error> {
    let text = match read_plain(path, MOST, Links::Refused) {
        Ok((text, _)) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(path, &fault::detail(&error))),
    };
    parse(text).map(Some).map_err(|fault| match fault {
        Fault::Schema(schema) => Error::Schema {
            path: path.to_owned(),
            schema,
        },
        Fault::Syntax(detail) => unreadable(path, &detail),
    })
}

enum Fault {
    /// Of another version: what it means is not known, so it is neither used nor removed.
    Schema(String),
    Syntax(String),
}

fn parse(text: String) -> Result<Kept, Fault> {
    let syntax = |error: serde_json::Error| Fault::Syntax(error.to_string());
    let mut values = serde_json::Deserializer::from_str(&text).into_iter::<serde_json::Value>();
    let first = values.next().transpose().map_err(syntax)?;
    let first = first.unwrap_or_default();
    let ends = values.byte_offset();
    let schema = first.get("schema").and_then(serde_json::Value::as_str);
    if let Some(schema) = schema.filter(|schema| *schema != Change::SCHEMA) {
        return Err(Fault::Schema(schema.chars().take(60).collect()));
    }
    let place = first.get("place").and_then(serde_json::Value::as_str);
    let place = place.map(str::to_owned);
    let change: Change = serde_json::from_value(first).map_err(syntax)?;
    // A mark that a crash cut short is none: the change counts as interrupted, as it did before the mark.
    let rest = text.get(ends..).unwrap_or_default();
    let done = serde_json::from_str(rest.trim()).ok();
    // Behind the line end, where there is one, so that the mark is a line of its own.
    let ends = ends + usize::from(rest.starts_with('\n'));
    Ok(Kept {
        change,
        place,
        done,
        ends: ends as u64,
        text,
    })
}

fn lock(path: &Path, take: fn(&File) -> Result<(), TryLockError>) -> Result<File, Error> {
    let file = private::open_for_lock(path).map_err(|source| file::write_error(path, source))?;
    match take(&file) {
        Ok(()) => Ok(file),
        Err(error) => Err(refused(path, error.into())),
    }
}

/// Another has the lock, or there is none to be had: on some network disks.
fn refused(path: &Path, source: io::Error) -> Error {
    let path = path.to_owned();
    match source.kind() {
        io::ErrorKind::WouldBlock => Error::UnderWay { path },
        _ => Error::Lock { path, source },
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

    #[test]
    fn a_lock_that_another_has_is_told_from_one_that_cannot_be_had() {
        use rustix::io::Errno;
        let code = |errno: Errno| refused(Path::new("/x.lock"), errno.into()).code();
        assert_eq!(code(Errno::WOULDBLOCK), "change.under_way");
        for errno in [Errno::NOLCK, Errno::OPNOTSUPP, Errno::IO] {
            assert_eq!(code(errno), "store.lock");
        }
    }

    fn change(from: &str) -> Change {
        Change {
            schema: Change::SCHEMA.to_owned(),
            at: "2026-11-23T10:00:00Z".to_owned(),
            command: ChangeCommand::Switch.into(),
            port: "/dev/ttyUSB2".to_owned(),
            imei: None,
            from: from.parse().ok(),
            name: None,
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

    fn numbered(port: &str) -> ModemKey {
        let imei = crate::domain::Imei::parse("490154203237518");
        assert!(imei.is_some());
        ModemKey::new(imei.as_ref(), port)
    }

    #[test]
    fn two_modems_of_one_number_have_a_journal_each() {
        let (_dir, store, _) = setup();
        // Two character devices that are there.
        let (one, other) = (numbered("/dev/null"), numbered("/dev/zero"));
        drop(begin(&store, &one, "20801").unwrap());
        assert!(pending(&store, &one).unwrap().is_some());
        assert!(pending(&store, &other).unwrap().is_none());
        let journal = begin(&store, &other, "20820").unwrap();
        assert!(Lock::take(&store, &one).is_ok(), "nobody is at it");
        drop(journal);
        let owed = |key| pending(&store, key).unwrap().unwrap().0.from;
        assert_eq!(owed(&one), "20801".parse().ok());
        assert_eq!(owed(&other), "20820".parse().ok());
    }

    #[test]
    fn a_modem_that_was_moved_finds_its_journal_and_holds_it() {
        let (_dir, store, _) = setup();
        let (before, now) = (numbered("/dev/ttyGONE0"), numbered("/dev/null"));
        let path = begin(&store, &before, "20801").unwrap().keep();
        assert_eq!(pending(&store, &now).unwrap().unwrap().1, path);
        let journal = begin(&store, &now, "20820").unwrap();
        assert_eq!(journal.path(), path);
        assert!(pending(&store, &now).unwrap().is_none(), "it is under way");
        assert!(Lock::take(&store, &before).is_err());
        journal.close().unwrap();
        assert!(pending(&store, &now).unwrap().is_none());
    }

    #[test]
    fn a_journal_by_number_alone_is_still_found() {
        let (_dir, store, _) = setup();
        let modem = numbered("/dev/null");
        let path = begin(&store, &modem, "20801").unwrap().keep();
        let old = path.with_file_name(format!("{}.json", modem.stem));
        std::fs::remove_file(&path).unwrap();
        std::fs::write(&old, serde_json::to_vec(&change("20801")).unwrap()).unwrap();
        assert_eq!(pending(&store, &modem).unwrap().unwrap().1, old);
        begin(&store, &modem, "20820").unwrap().close().unwrap();
        assert!(!old.exists());
    }

    #[test]
    fn a_change_that_ended_owes_nothing_also_where_its_journal_cannot_be_removed() {
        let (_dir, store, modem) = setup();
        let journal = begin(&store, &modem, "20801").unwrap();
        let before = std::fs::metadata(journal.path()).unwrap().len();
        journal.done("switched", "20810".parse().ok()).unwrap();
        let after = std::fs::metadata(journal.path()).unwrap().len();
        assert_eq!(before, after, "no space is needed for it");
        let path = journal.keep();
        assert!(pending(&store, &modem).unwrap().is_none());
        let lock = Lock::take(&store, &modem).unwrap();
        assert!(lock.interrupted().unwrap().is_none());
        let again = Journal::begin(lock, &change("20820")).unwrap();
        assert_eq!(again.keep(), path);
        let owed = pending(&store, &modem).unwrap().unwrap().0.from;
        assert_eq!(owed, "20820".parse().ok());
    }

    #[test]
    fn a_journal_of_before_takes_the_mark_and_one_cut_short_counts_for_nothing() {
        let (_dir, store, modem) = setup();
        let path = begin(&store, &modem, "20801").unwrap().keep();
        let mut old = serde_json::to_vec_pretty(&change("20801")).unwrap();
        old.push(b'\n');
        for mark in [&b"{\"done\":\"swit"[..], b"\0\0\0", b""] {
            std::fs::write(&path, [&old, mark].concat()).unwrap();
            assert!(pending(&store, &modem).unwrap().is_some(), "{mark:?}");
        }
        let journal = begin(&store, &modem, "20820").unwrap();
        journal.done("restored", None).unwrap();
        journal.done("restored", "20801".parse().ok()).unwrap();
        drop(journal);
        assert!(pending(&store, &modem).unwrap().is_none());
    }

    #[test]
    fn a_mark_that_cannot_be_written_in_place_is_written_anew() {
        let (_dir, store, modem) = setup();
        let mut journal = begin(&store, &modem, "20801").unwrap();
        // As where the file that is open takes no more.
        journal.file = File::open(journal.path()).unwrap();
        journal.done("switched", None).unwrap();
        drop(journal);
        assert!(pending(&store, &modem).unwrap().is_none());
    }

    #[test]
    fn a_journal_of_another_schema_is_refused_and_kept() {
        let (_dir, store, modem) = setup();
        let path = begin(&store, &modem, "20801").unwrap().keep();
        let text = std::fs::read_to_string(&path).unwrap();
        for schema in ["opensim.journal/2", "opensim.journal/10", "other/1"] {
            let newer = text.replace(Change::SCHEMA, schema);
            std::fs::write(&path, &newer).unwrap();
            let fault = begin(&store, &modem, "20820").unwrap_err();
            assert_eq!(fault.code(), "store.unknown_schema");
            assert!(matches!(pending(&store, &modem), Err(Error::Schema { .. })));
            assert_eq!(std::fs::read_to_string(&path).unwrap(), newer);
        }
    }

    #[test]
    fn a_pipe_in_the_place_of_a_file_is_an_error_and_no_wait() {
        let (_dir, store, modem) = setup();
        let path = begin(&store, &modem, "20801").unwrap().keep();
        for path in [path.clone(), path.with_extension("lock")] {
            std::fs::remove_file(&path).unwrap();
            rustix::fs::mkfifoat(rustix::fs::CWD, &path, rustix::fs::Mode::RUSR).unwrap();
            let fault = begin(&store, &modem, "20820").unwrap_err();
            let values = fault.values();
            let detail = values.iter().find(|(name, _)| *name == "detail").unwrap();
            assert_eq!(detail.1, crate::os::files::NOT_PLAIN);
            std::fs::remove_file(&path).unwrap();
        }
    }

    #[test]
    fn a_journal_that_cannot_be_put_in_place_leaves_nothing_behind() {
        let (_dir, store, modem) = setup();
        let lock = Lock::take(&store, &modem).unwrap();
        std::fs::create_dir(&lock.journal).unwrap();
        let files = || {
            std::fs::read_dir(lock.journal.parent().unwrap())
                .unwrap()
                .count()
        };
        let before = files();
        assert!(file::replace(&lock.journal, b"{}", None).is_err());
        assert_eq!(files(), before);
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
