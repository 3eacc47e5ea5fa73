//! The outbox: documents that wait to be sent to the operator's collector, a file each, and those that it refused.
//!
//! A file is named by its date, its kind and the digest of its bytes, so that one that is sent twice is the same one there.
//! It is there until the collector has it: whatever is cut off meanwhile, nothing is lost. Sending is not done here.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use ring::digest::{SHA256, digest};

use super::history::Record;
use super::{Error, Store, file, hex};
use crate::os::fault;
use crate::os::files::{self as files, Links, private};

/// The longest document that is sent; a survey of everything has some ten thousand bytes.
const LONGEST: u64 = 1_000_000;

/// The longest name that is taken for a document's.
const LONGEST_NAME: usize = 120;

/// How a document's file ends, and that of the reason why one was refused.
const ENDING: &str = ".json";
const REASON: &str = ".reason.txt";

/// The outbox, held by one process at a time.
#[derive(Debug)]
pub struct Outbox {
    folder: PathBuf,
    _held: File,
}

/// A document that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its file's name, `20261123T183205Z-scan-0123456789abcdef.json`.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Puts a document into the outbox: on disk when this returns. What is there already stays as it is.
///
/// # Errors
/// When the disk refuses, or it is no document that is sent.
pub fn put(store: &Store, document: &str) -> Result<PathBuf, Error> {
    let folder = store.outbox();
    let record = Record::of(document).map_err(|unfit| Error::Read {
        path: folder.clone(),
        detail: unfit.to_string(),
    })?;
    let path = folder.join(name(&record));
    if !path.exists() {
        file::replace(&path, record.text().as_bytes(), None)?;
    }
    Ok(path)
}

fn name(record: &Record) -> String {
    let hash = digest(&SHA256, record.text().as_bytes());
    let hash = hex(&hash.as_ref()[..8]);
    let at = record.at().strftime("%Y%m%dT%H%M%SZ");
    format!("{at}-{}-{hash}{ENDING}", record.kind())
}

impl Outbox {
    /// Takes it, so that two runs do not send the same.
    ///
    /// # Errors
    /// When another opensim has it, or the disk refuses.
    pub fn open(store: &Store) -> Result<Self, Error> {
        let folder = store.outbox();
        file::directory(&folder)?;
        let path = folder.join(".lock");
        let lock = private::open_for_lock(&path).map_err(|e| file::write_error(&path, e))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                folder,
                _held: lock,
            }),
            Err(std::fs::TryLockError::WouldBlock) => Err(Error::OutboxInUse { path }),
            Err(std::fs::TryLockError::Error(source)) => Err(Error::Lock { path, source }),
        }
    }

    /// Whose names wait, the oldest first.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn names(&self) -> Result<Vec<String>, Error> {
        let listed = || -> io::Result<Vec<String>> {
            let mut names = Vec::new();
            for entry in std::fs::read_dir(&self.folder)? {
                let entry = entry?;
                if let Ok(name) = entry.file_name().into_string()
                    && is_name(&name)
                    && entry.file_type()?.is_file()
                {
                    names.push(name);
                }
            }
            names.sort();
            Ok(names)
        };
        listed().map_err(|error| self.unreadable(&error))
    }

    /// A document that waits; `None` where it is gone meanwhile.
    ///
    /// # Errors
    /// When it cannot be read, or is larger than what is sent.
    pub fn read(&self, name: &str) -> Result<Option<Waiting>, Error> {
        let path = self.folder.join(name);
        match files::bytes(&path, LONGEST, Links::Refused) {
            Ok((bytes, _)) => Ok(Some(Waiting {
                name: name.to_owned(),
                bytes,
            })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::Read {
                path,
                detail: fault::detail(&error),
            }),
        }
    }

    /// The collector has it: it waits no more.
    ///
    /// # Errors
    /// When the disk refuses; then it is sent again, which does no harm.
    pub fn sent(&self, name: &str) -> Result<(), Error> {
        file::remove(&self.folder.join(name))
    }

    /// The collector will never have it: it is put aside, with the reason beside it.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn refused(&self, name: &str, reason: &str) -> Result<PathBuf, Error> {
        let aside = self.folder.join("refused");
        file::directory(&aside)?;
        let to = aside.join(name);
        let why = aside.join(format!("{}{REASON}", name.trim_end_matches(ENDING)));
        file::replace(&why, format!("{reason}\n").as_bytes(), None)?;
        let from = self.folder.join(name);
        std::fs::rename(&from, &to).map_err(|source| file::write_error(&from, source))?;
        Ok(to)
    }

    fn unreadable(&self, error: &io::Error) -> Error {
        Error::Read {
            path: self.folder.clone(),
            detail: fault::detail(error),
        }
    }
}

/// Whether a file is a document's, and its name one that a web server takes as it is.
fn is_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    name.len() <= LONGEST_NAME
        && name.ends_with(ENDING)
        && !name.starts_with('.')
        && name.bytes().all(plain)
        && Path::new(name).file_name().is_some()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::report::{json, sample};

    fn desk() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path().join("opensim"));
        (folder, store)
    }

    #[test]
    fn a_document_waits_once_under_the_digest_of_its_bytes_for_its_owner_alone() {
        let (_folder, store) = desk();
        let text = json(&sample::scan());
        let path = put(&store, &text).unwrap();
        assert_eq!(put(&store, &text).unwrap(), path);
        let outbox = Outbox::open(&store).unwrap();
        let names = outbox.names().unwrap();
        let [name] = names.as_slice() else {
            panic!("{names:?}")
        };
        let waiting = outbox.read(name).unwrap().unwrap();
        let hash = digest(&SHA256, &waiting.bytes);
        let bytes = hash.as_ref()[..8].iter();
        let hash = bytes.fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        assert_eq!(*name, format!("20261123T183205Z-scan-{hash}.json"));
        let mode = std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600);
    }

    #[test]
    fn what_is_no_document_of_ours_is_left_alone() {
        let (_folder, store) = desk();
        let outbox = Outbox::open(&store).unwrap();
        std::fs::create_dir(store.outbox().join("folder.json")).unwrap();
        for name in [
            "a b.json",
            ".hidden.json",
            "x.json.new",
            "\u{e9}.json",
            "notes.txt",
        ] {
            std::fs::write(store.outbox().join(name), "{}").unwrap();
        }
        std::os::unix::fs::symlink("/etc/passwd", store.outbox().join("link.json")).unwrap();
        assert_eq!(outbox.names().unwrap(), Vec::<String>::new());
        std::fs::write(store.outbox().join("large.json"), vec![b' '; 1_000_001]).unwrap();
        assert!(outbox.read("large.json").is_err());
        assert_eq!(outbox.read("gone.json").unwrap(), None);
        assert!(put(&store, "{}").is_err());
    }

    #[test]
    fn one_run_at_a_time_has_it_and_what_is_refused_has_its_reason_beside() {
        let (_folder, store) = desk();
        put(&store, &json(&sample::scan())).unwrap();
        let outbox = Outbox::open(&store).unwrap();
        assert!(matches!(
            Outbox::open(&store),
            Err(Error::OutboxInUse { .. })
        ));
        let name = outbox.names().unwrap().remove(0);
        let aside = outbox.refused(&name, "403 Forbidden").unwrap();
        assert!(aside.exists() && outbox.names().unwrap().is_empty());
        let why = name.replace(".json", ".reason.txt");
        let why = std::fs::read_to_string(store.outbox().join("refused").join(why)).unwrap();
        assert_eq!(why, "403 Forbidden\n");
    }
}
