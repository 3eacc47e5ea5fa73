//! The history: past surveys, switches and measurements, each document whole, and a row of each carrier to compare by.
//!
//! One `SQLite` file. A document is deflated and never changed; its columns are an index, which can be made anew from it
//! at any time. The history is beside the work: what is wrong with it is told, and never makes a survey fail. A database
//! that is damaged is moved aside under a name of its own, so that nothing is lost, and a new one is begun. What a document
//! means, and what is worse than before, is not decided here.

mod query;
mod record;
mod schema;
#[cfg(test)]
mod tests;

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension as _, params};

use super::{Error, Store};
use crate::document::{Document, Scan, Word};
use crate::domain::codes::Detail;
use crate::domain::radio::{Rsrp, Sinr};
use crate::os::clock;
use crate::os::fault;
use crate::os::files::private;
pub use query::Filter;
pub use record::{LONGEST, Record, Unfit};
use record::{rate, whole};
use schema::Refusal;

/// The longest that another opensim is waited for, which writes a document in a thousandth of that.
const BUSY: Duration = Duration::from_secs(2);

/// The database, open.
#[derive(Debug)]
pub struct Database {
    db: Connection,
    path: PathBuf,
}

/// What could not be opened.
enum Fault {
    /// It is damaged, or no database at all.
    Damaged,
    /// `SQLite` refuses for another reason.
    Database(rusqlite::Error),
    /// Anything else, as a detail.
    Other(String),
}

impl Database {
    /// Opens it to keep and to read, made where there is none. One that is damaged is set aside: then it is told where it
    /// is now.
    ///
    /// # Errors
    /// When the disk refuses, another opensim does not let go of it, or only a newer version reads it.
    pub fn open(store: &Store) -> Result<(Self, Option<PathBuf>), Error> {
        let path = store.history();
        let refused = |detail: String| Error::History {
            path: path.clone(),
            detail,
        };
        match Self::connect(&path) {
            Ok(history) => Ok((history, None)),
            Err(Fault::Damaged) => {
                let set_aside = set_aside(&path).map_err(|error| refused(fault::detail(&error)))?;
                let fresh = Self::connect(&path).map_err(|fault| refused(fault.told(&path)))?;
                Ok((fresh, set_aside))
            }
            Err(fault) => Err(refused(fault.told(&path))),
        }
    }

    /// Opens it to read; `None` where there is none yet. Where it may not be written it is read as it stands.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_to_read(store: &Store) -> Result<Option<(Self, Option<PathBuf>)>, Error> {
        let path = store.history();
        if std::fs::symlink_metadata(&path).is_err() {
            return Ok(None);
        }
        let refused = match Self::open(store) {
            Ok(opened) => return Ok(Some(opened)),
            Err(refused) => refused,
        };
        let may_not = [
            Detail::OS_READ_ONLY,
            Detail::OS_DENIED,
            Detail::FILE_NOT_OWN,
        ];
        let is_kept_from = |detail: &str| may_not.iter().any(|may_not| detail == may_not.as_str());
        match &refused {
            Error::History { detail, .. } if is_kept_from(detail) => {
                let read = Self::as_it_stands(&path).map_err(|_| refused)?;
                Ok(Some((read, None)))
            }
            _ => Err(refused),
        }
    }

    /// A database that nobody can write: nothing is locked, and nothing looked for in a log beside it.
    fn as_it_stands(path: &Path) -> Result<Self, Fault> {
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        // What is in the log alone would be missing without a word.
        if std::fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
            return Err(Fault::Other(Detail::OS_READ_ONLY.into()));
        }
        let name = path.to_str().ok_or(Fault::Damaged)?;
        let name = name
            .replace('%', "%25")
            .replace('?', "%3f")
            .replace('#', "%23");
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_URI;
        let db = Connection::open_with_flags(format!("file:{name}?immutable=1"), flags)?;
        schema::check(&db)?;
        Ok(Self {
            db,
            path: path.to_owned(),
        })
    }

    fn connect(path: &Path) -> Result<Self, Fault> {
        let folder = path.parent().unwrap_or_else(|| Path::new("."));
        private::directory(folder)?;
        // Made here, so that it is never open to others; what stands beside it is made like it.
        drop(private::open_at_end(path, true)?);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut db = Connection::open_with_flags(path, flags)?;
        db.busy_timeout(BUSY)?;
        db.pragma_update(None, "journal_mode", "WAL")?;
        db.pragma_update(None, "synchronous", "NORMAL")?;
        db.pragma_update(None, "foreign_keys", true)?;
        schema::bring_up(&mut db)?;
        Ok(Self {
            db,
            path: path.to_owned(),
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps documents, all of them or none; gives how many were not there before.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn keep(&mut self, records: &[Record]) -> Result<usize, Error> {
        let kept = self.insert(records);
        kept.map_err(|error| self.refused(&error))
    }

    fn insert(&mut self, records: &[Record]) -> rusqlite::Result<usize> {
        let change = self.db.transaction()?;
        let mut fresh = 0;
        for record in records {
            fresh += usize::from(insert(&change, record)?);
        }
        change.commit()?;
        Ok(fresh)
    }

    fn refused(&self, error: &rusqlite::Error) -> Error {
        Error::History {
            path: self.path.clone(),
            detail: detail(error, &self.path),
        }
    }
}

/// The document of the last survey, of virtual modems or of others, `None` where there is none yet; and where a history that
/// was damaged is now.
///
/// # Errors
/// When the history cannot be read.
pub fn last_scan(
    store: &Store,
    is_virtual: bool,
) -> Result<(Option<Document<Scan>>, Option<PathBuf>), Error> {
    if !store.history().exists() {
        return Ok((None, None));
    }
    let (history, set_aside) = Database::open(store)?;
    let newest = "SELECT body FROM document WHERE kind = 'scan' AND demonstration = ?
         ORDER BY at DESC, id DESC LIMIT 1";
    let body: Option<Vec<u8>> = history
        .db
        .query_row(newest, [is_virtual], |row| row.get(0))
        .optional()
        .map_err(|error| history.refused(&error))?;
    let Some(text) = body.map(|body| inflated(&body)) else {
        return Ok((None, set_aside));
    };
    let read = text.and_then(|text| serde_json::from_str(&text).ok());
    let read = read.map(|survey| (Some(survey), set_aside));
    read.ok_or_else(|| Error::History {
        path: history.path.clone(),
        detail: Detail::HISTORY_DAMAGED.into(),
    })
}

fn insert(db: &Connection, record: &Record) -> rusqlite::Result<bool> {
    let of = &record.columns;
    let body = deflated(&record.text);
    let mut document = db.prepare_cached(
        "INSERT INTO document(hash, kind, schema_no, at, opensim, place, modem, demonstration, subject, outcome, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT(hash) DO NOTHING",
    )?;
    let added = document.execute(params![
        record.hash,
        of.kind,
        of.schema_no,
        of.at.as_second(),
        of.opensim,
        of.place,
        of.modem,
        of.demonstration,
        of.subject,
        of.outcome,
        body,
    ])?;
    if added == 1 {
        carriers(db, db.last_insert_rowid(), of)?;
    }
    Ok(added == 1)
}

/// The rows of a survey's carriers. A carrier that stands in it twice, which only a forged one has, counts once.
fn carriers(db: &Connection, document: i64, of: &record::Columns) -> rusqlite::Result<()> {
    let mut row = db.prepare_cached(
        "INSERT OR IGNORE INTO carrier(document, rank, carrier, name, plmn, verdict, rsrp_dbm, sinr_db, spread_db,
           quality, band, cell_id, down_bps, down_low_bps, down_high_bps, up_bps, up_low_bps, up_high_bps, mos, in_use)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
    )?;
    for carrier in &of.carriers {
        let radio = carrier.radio.as_ref();
        let ways = carrier.throughput.as_ref();
        let (down, up) = (
            ways.and_then(|ways| ways.down.as_ref()),
            ways.and_then(|ways| ways.up.as_ref()),
        );
        row.execute(params![
            document,
            carrier.rank,
            carrier.carrier,
            carrier.name,
            carrier.plmn.to_string(),
            Word::Known(carrier.verdict).to_string(),
            radio.and_then(|r| r.rsrp_dbm).map(Rsrp::value),
            radio.and_then(|r| r.sinr_db).map(Sinr::value),
            radio.and_then(|r| r.spread_db),
            radio
                .and_then(|r| r.quality)
                .map(|q| Word::Known(q).to_string()),
            radio.and_then(|r| r.band).map(|band| band.to_string()),
            radio.and_then(|r| r.cell_id).map(whole),
            rate(down, |way| way.estimate_bps),
            rate(down, |way| way.low_bps),
            rate(down, |way| way.high_bps),
            rate(up, |way| way.estimate_bps),
            rate(up, |way| way.low_bps),
            rate(up, |way| way.high_bps),
            carrier.voice.as_ref().and_then(|voice| voice.mos),
            of.in_use == Some(carrier.plmn),
        ])?;
    }
    Ok(())
}

fn deflated(text: &str) -> Vec<u8> {
    let mut out = DeflateEncoder::new(Vec::new(), Compression::default());
    // Writing to memory cannot fail.
    let written = out.write_all(text.as_bytes());
    written.and_then(|()| out.finish()).unwrap_or_default()
}

/// The text of a body; `None` where it is none, or longer than any that is kept.
fn inflated(body: &[u8]) -> Option<String> {
    let mut text = String::new();
    let most = u64::try_from(LONGEST).unwrap_or(u64::MAX);
    let mut reader = DeflateDecoder::new(body).take(most + 1);
    reader.read_to_string(&mut text).ok()?;
    (text.len() <= LONGEST).then_some(text)
}

/// Moves a damaged database aside, with what stands beside it; `None` where another opensim just did.
fn set_aside(path: &Path) -> std::io::Result<Option<PathBuf>> {
    let lock = private::open_for_lock(&path.with_extension("lock"))?;
    // Who holds it is about to have done the same.
    lock.try_lock()?;
    if !matches!(Database::connect(path), Err(Fault::Damaged)) {
        return Ok(None);
    }
    let name = format!(
        "history.db.bad-{}",
        clock::wall().strftime("%Y%m%dT%H%M%SZ")
    );
    let aside = (1..1000)
        .map(|n| match n {
            1 => path.with_file_name(&name),
            n => path.with_file_name(format!("{name}-{n}")),
        })
        .find(|aside| !aside.exists())
        .unwrap_or_else(|| path.with_file_name(&name));
    for part in ["-wal", "-shm"] {
        let beside = |path: &Path| {
            let mut name = path.as_os_str().to_owned();
            name.push(part);
            PathBuf::from(name)
        };
        match std::fs::rename(beside(path), beside(&aside)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    std::fs::rename(path, &aside)?;
    Ok(Some(aside))
}

/// What `SQLite` says, as a detail.
fn detail(error: &rusqlite::Error, path: &Path) -> String {
    let detail = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Detail::OS_FULL,
        Some(ErrorCode::ReadOnly) => Detail::OS_READ_ONLY,
        Some(ErrorCode::PermissionDenied) => Detail::OS_DENIED,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Detail::HISTORY_BUSY,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Detail::HISTORY_DAMAGED,
        // What the system said stands behind it, and is not to be had: the same is tried without it.
        Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => {
            let refused = tried(path).err();
            return refused.map_or_else(|| error.to_string(), |refused| fault::detail(&refused));
        }
        _ => return error.to_string(),
    };
    detail.into()
}

/// Writes as much beside the database as one takes to begin, and takes it away again.
fn tried(path: &Path) -> std::io::Result<()> {
    let trial = path.with_extension("trial");
    let put = private::open_at_end(&trial, false).and_then(|mut file| {
        file.write_all(&vec![0; 65_536])
            .and_then(|()| file.sync_all())
    });
    put.and(private::remove(&trial))
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged,
            _ => Self::Database(error),
        }
    }
}

impl Fault {
    /// As a detail of the database there.
    fn told(self, path: &Path) -> String {
        match self {
            Self::Damaged => Detail::HISTORY_DAMAGED.into(),
            Self::Database(error) => detail(&error, path),
            Self::Other(detail) => detail,
        }
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        Self::Other(fault::detail(&error))
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Newer => Self::Other(Detail::HISTORY_NEWER.into()),
            Refusal::Database(error) => error.into(),
        }
    }
}
