//! Where a fleet lies on the disk: its folder, settings, key and lock, and the path of each file in it.
//!
//! ```text
//! fleet.toml  fleet.key  sites.csv  sites.parquet  forgotten
//! surveys/month=2026-11/part-0.parquet     switches/…  measures/…  statuses/…
//! raw/day=2026-11-23/part-0.ndjson.zst     quarantine/CODE/SITE/…      aggregates/month=2025-09/part-0.parquet
//! ```
//!
//! The key makes a site's number in the rows from the one in its certificate, so rows that are given to somebody cannot be
//! traced without it. It is never replaced: with another one every site would be a new one.

use std::fmt;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use jiff::civil::Date;
use opensim_os::fault;
use opensim_os::files::{self, Links, private};
use ring::hmac;
use ring::rand::{SecureRandom as _, SystemRandom};
use serde::{Deserialize, Serialize};

use crate::columns::Table;
use crate::error::Error;

/// What this version writes; what it reads is no newer.
const LAYOUT: i64 = 1;
const SETTINGS: &str = "fleet.toml";
const KEY: &str = "fleet.key";
const KEY_BYTES: usize = 32;
/// The most that is read of the settings and the key.
const SMALL: u64 = 64_000;

/// How a fleet is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FleetSettings {
    /// The number of the folder's layout.
    pub layout: i64,
    /// The fewest sites of which something is said together.
    #[serde(default = "min_sites")]
    pub min_sites: u32,
    /// How long documents are kept.
    #[serde(default = "raw_days")]
    pub raw_days: u32,
    /// How long rows are kept, before they become sums by month, commune and carrier.
    #[serde(default = "rows_days")]
    pub rows_days: u32,
}

const fn min_sites() -> u32 {
    5
}

const fn raw_days() -> u32 {
    90
}

const fn rows_days() -> u32 {
    400
}

impl Default for FleetSettings {
    fn default() -> Self {
        Self {
            layout: LAYOUT,
            min_sites: min_sites(),
            raw_days: raw_days(),
            rows_days: rows_days(),
        }
    }
}

/// What every layout says.
#[derive(Deserialize)]
struct Numbered {
    layout: i64,
}

/// A fleet's folder.
#[derive(Debug, Clone)]
pub struct Fleet {
    root: PathBuf,
    settings: FleetSettings,
}

/// The fleet, held by one process at a time for as long as this is there. Reading needs no lock: files are replaced whole.
#[derive(Debug)]
pub struct FleetLock {
    _held: File,
}

/// What makes a site's number in the rows from its number in the certificate.
pub struct FleetKey(hmac::Key);

/// A month by UTC, `2026-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i16,
    month: i8,
}

/// Keeps others from what a file stands for, until it is dropped or the program ends, however that comes.
///
/// # Errors
/// When another one has it, or the disk refuses.
pub fn lock_at(file: PathBuf) -> Result<FleetLock, Error> {
    let held = private::open_for_lock(&file).map_err(|error| Error::write(&file, &error))?;
    match held.try_lock() {
        Ok(()) => Ok(FleetLock { _held: held }),
        Err(TryLockError::WouldBlock) => Err(Error::InUse { file }),
        Err(TryLockError::Error(error)) => Err(Error::write(&file, &error)),
    }
}

impl Fleet {
    /// Opens the fleet that is there.
    ///
    /// # Errors
    /// When there is none, a newer one, or one whose settings cannot be read.
    pub fn open(root: &Path) -> Result<Self, Error> {
        let file = root.join(SETTINGS);
        let text = match files::read(&file, SMALL, Links::Refused) {
            Ok((text, _)) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(Error::NoFleet {
                    folder: root.to_owned(),
                });
            }
            Err(error) => {
                return Err(Error::Settings {
                    detail: fault::detail(&error),
                    file,
                });
            }
        };
        let wrong = |detail: &toml::de::Error| Error::Settings {
            file: file.clone(),
            detail: detail.message().to_owned(),
        };
        // A newer layout may have keys that are unknown here, and is refused for what it is.
        let Numbered { layout } = toml::from_str(&text).map_err(|error| wrong(&error))?;
        if layout != LAYOUT {
            return Err(Error::Layout { file, layout });
        }
        let settings = toml::from_str(&text).map_err(|error| wrong(&error))?;
        Ok(Self {
            root: root.to_owned(),
            settings,
        })
    }

    /// Makes an empty one, or opens the one that is there: then nothing is changed, and the second is false.
    ///
    /// # Errors
    /// When the disk refuses, or a fleet is there that cannot be opened.
    pub fn init(root: &Path) -> Result<(Self, bool), Error> {
        match Self::open(root) {
            Ok(fleet) => {
                fleet.key()?;
                return Ok((fleet, false));
            }
            Err(Error::NoFleet { .. }) => {}
            Err(error) => return Err(error),
        }
        let fleet = Self {
            root: root.to_owned(),
            settings: FleetSettings::default(),
        };
        // The settings come last: a fleet that has them has its key.
        if !fleet.key_file().exists() {
            let mut bytes = [0; KEY_BYTES];
            let drawn = SystemRandom::new().fill(&mut bytes);
            drawn.map_err(|_| Error::Key {
                file: fleet.key_file(),
                detail: "random".to_owned(),
            })?;
            put(&fleet.key_file(), format!("{}\n", hex(&bytes)).as_bytes())?;
        }
        fleet.key()?;
        let settings = toml::to_string(&fleet.settings).map_err(|error| Error::Settings {
            file: root.join(SETTINGS),
            detail: error.to_string(),
        })?;
        put(&root.join(SETTINGS), settings.as_bytes())?;
        Ok((fleet, true))
    }

    /// How it is kept.
    pub fn settings(&self) -> &FleetSettings {
        &self.settings
    }

    /// Where it lies.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Its key.
    ///
    /// # Errors
    /// When it is missing, none, or readable by others.
    pub fn key(&self) -> Result<FleetKey, Error> {
        let file = self.key_file();
        let wrong = |detail: &str| Error::Key {
            file: file.clone(),
            detail: detail.to_owned(),
        };
        let (text, found) = files::read(&file, SMALL, Links::Refused)
            .map_err(|error| wrong(&fault::detail(&error)))?;
        if private::is_exposed(&found) {
            return Err(wrong("file.exposed"));
        }
        let bytes = unhex(text.trim()).filter(|bytes| bytes.len() == KEY_BYTES);
        let bytes = bytes.ok_or_else(|| wrong("fleet.no_key"))?;
        Ok(FleetKey(hmac::Key::new(hmac::HMAC_SHA256, &bytes)))
    }

    /// Holds it, so that two do not write.
    ///
    /// # Errors
    /// When another one writes, or the disk refuses.
    pub fn lock(&self) -> Result<FleetLock, Error> {
        lock_at(self.root.join(".lock"))
    }

    fn key_file(&self) -> PathBuf {
        self.root.join(KEY)
    }

    /// The registry as it was given, with the sites' own numbers.
    pub fn sites_csv(&self) -> PathBuf {
        self.root.join("sites.csv")
    }

    /// The registry as SQL joins it.
    pub fn sites_parquet(&self) -> PathBuf {
        self.root.join("sites.parquet")
    }

    /// The numbers, as in the rows, of sites that are taken in no more.
    pub fn forgotten(&self) -> PathBuf {
        self.root.join("forgotten")
    }

    /// The folder of a table, which holds its months.
    pub fn table(&self, table: Table) -> PathBuf {
        self.root.join(table.name())
    }

    /// A month of a table.
    pub fn month_file(&self, table: Table, month: Month) -> PathBuf {
        let folder = self.table(table).join(format!("month={month}"));
        folder.join("part-0.parquet")
    }

    /// The months of a table that are there, the oldest first, each with its file.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn months(&self, table: Table) -> Result<Vec<(Month, PathBuf)>, Error> {
        parts(&self.table(table), "month=", "part-0.parquet")
    }

    /// The folder of the documents that are kept.
    pub fn raw(&self) -> PathBuf {
        self.root.join("raw")
    }

    /// The documents of a day.
    pub fn raw_file(&self, day: Date) -> PathBuf {
        self.raw()
            .join(format!("day={day}"))
            .join("part-0.ndjson.zst")
    }

    /// The days of which documents are kept, the oldest first, each with its file.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn raw_days(&self) -> Result<Vec<(Date, PathBuf)>, Error> {
        parts(&self.raw(), "day=", "part-0.ndjson.zst")
    }

    /// Where what cannot be used is put aside.
    pub fn quarantine(&self) -> PathBuf {
        self.root.join("quarantine")
    }

    /// Where the sums of what is older than the rows are.
    pub fn aggregates(&self) -> PathBuf {
        self.root.join("aggregates")
    }

    /// The sums of a month.
    pub fn aggregates_file(&self, month: Month) -> PathBuf {
        let folder = self.aggregates().join(format!("month={month}"));
        folder.join("part-0.parquet")
    }
}

impl FleetKey {
    /// A site's number in the rows: the first 64 bits of its number in the certificate under the key.
    pub fn pseudonym(&self, site: &str) -> u64 {
        let tag = hmac::sign(&self.0, site.as_bytes());
        first_eight(tag.as_ref())
    }
}

impl fmt::Debug for FleetKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FleetKey")
    }
}

impl Month {
    /// The month of a day.
    pub fn of(day: Date) -> Self {
        Self {
            year: day.year(),
            month: day.month(),
        }
    }

    /// Its first day.
    pub fn first_day(self) -> Date {
        Date::new(self.year, self.month, 1).unwrap_or(Date::ZERO)
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = || Error::Month {
            month: text.to_owned(),
        };
        let (year, month) = text.split_once('-').ok_or_else(wrong)?;
        let digits = |text: &str, len: usize| {
            text.len() == len && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(year, 4) || !digits(month, 2) {
            return Err(wrong());
        }
        let day = Date::new(
            year.parse().map_err(|_| wrong())?,
            month.parse().map_err(|_| wrong())?,
            1,
        );
        day.map(Self::of).map_err(|_| wrong())
    }
}

/// Replaces a small file as a whole.
///
/// # Errors
/// When the disk refuses.
pub fn put(file: &Path, bytes: &[u8]) -> Result<(), Error> {
    let written = private::replace(file, bytes, None);
    written
        .map(drop)
        .map_err(|error| Error::write(file, &error))
}

/// The folders below one whose names are a head and what is read from the rest, each with the file of this name in it.
fn parts<T: FromStr + Ord>(
    folder: &Path,
    head: &str,
    name: &str,
) -> Result<Vec<(T, PathBuf)>, Error> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::read(folder, &error)),
    };
    let mut parts = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| Error::read(folder, &error))?;
        let part = entry.file_name();
        let part = part.to_str().and_then(|part| part.strip_prefix(head));
        let file = entry.path().join(name);
        if let Some(part) = part.and_then(|part| part.parse().ok())
            && file.symlink_metadata().is_ok_and(|found| found.is_file())
        {
            parts.push((part, file));
        }
    }
    parts.sort();
    Ok(parts)
}

/// The first eight bytes as a number, the first byte the highest.
pub fn first_eight(bytes: &[u8]) -> u64 {
    let eight = bytes.iter().take(8);
    eight.fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a text does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    let pairs = (0..text.len()).step_by(2);
    pairs
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fleet_is_made_once_and_its_key_stays_its_owners_alone() {
        let dir = tempfile::tempdir().expect("a folder");
        let root = dir.path().join("fleet");
        assert!(matches!(Fleet::open(&root), Err(Error::NoFleet { .. })));
        let (fleet, made) = Fleet::init(&root).expect("made");
        assert!(made);
        let key = std::fs::read(fleet.key_file()).expect("a key");
        let (again, made) = Fleet::init(&root).expect("opened");
        assert!(!made && std::fs::read(again.key_file()).expect("a key") == key);
        let number = |fleet: &Fleet| fleet.key().expect("a key").pseudonym("0123456789abcdef");
        assert_eq!(number(&fleet), number(&again));
        std::fs::write(root.join(SETTINGS), "layout = 2\nfuture = 1\n").expect("written");
        assert!(matches!(
            Fleet::init(&root),
            Err(Error::Layout { layout: 2, .. })
        ));
    }

    #[test]
    fn a_key_that_others_may_read_or_that_is_none_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().expect("a folder");
        let (fleet, _) = Fleet::init(dir.path()).expect("made");
        let open = std::fs::Permissions::from_mode(0o644);
        std::fs::set_permissions(fleet.key_file(), open).expect("set");
        assert!(matches!(fleet.key(), Err(Error::Key { .. })));
        std::fs::remove_file(fleet.key_file()).expect("removed");
        for text in ["", "00", "zz", "é"] {
            put(&fleet.key_file(), text.as_bytes()).expect("put");
            assert!(matches!(fleet.key(), Err(Error::Key { .. })), "{text}");
        }
    }

    #[test]
    fn one_at_a_time_writes() {
        let dir = tempfile::tempdir().expect("a folder");
        let (fleet, _) = Fleet::init(dir.path()).expect("made");
        let held = fleet.lock().expect("held");
        assert!(matches!(fleet.lock(), Err(Error::InUse { .. })));
        drop(held);
        fleet.lock().expect("free again");
    }

    #[test]
    fn a_month_is_four_digits_and_two() {
        for text in ["2026-1", "26-11", "2026-13", "+026-01", "2026-11-01", ""] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
        let month: Month = "2026-02".parse().expect("a month");
        assert_eq!(month.to_string(), "2026-02");
        assert_eq!(month.last_day().to_string(), "2026-02-28");
    }
}
