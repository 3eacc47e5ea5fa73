//! Every change of the disk, one function each, so that a test can stop the program before any one of them.
//!
//! A file is written beside its place, brought to the disk, and renamed over the old one: whoever reads finds the old one or
//! the new one, whole. What a stopped run leaves beside is written over by the next.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use opensim_os::files::{self, Links, private};

use crate::error::Error;

/// Makes a folder that is its owner's alone, its parents too.
pub(crate) fn folder(path: &Path) -> Result<(), Error> {
    if path.is_dir() {
        return Ok(());
    }
    step("folder", path);
    private::directory(path).map_err(|error| Error::write(path, &error))
}

/// A file that will stand at a path, once it is whole.
#[derive(Debug)]
pub(crate) struct Draft {
    beside: PathBuf,
    path: PathBuf,
    is_kept: bool,
}

impl Draft {
    /// Opens one to write. Its name begins with a dot, so that no engine takes it for a part of the table.
    pub(crate) fn begin(path: &Path) -> Result<(Self, File), Error> {
        let parent = path.parent().unwrap_or_else(|| Path::new("."));
        folder(parent)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let beside = parent.join(format!(".{name}.new"));
        step("create", &beside);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        let file = files::open(&beside, &mut options, Links::Refused);
        let file = file.map_err(|error| Error::write(path, &error))?;
        let draft = Self {
            beside,
            path: path.to_owned(),
            is_kept: false,
        };
        Ok((draft, file))
    }

    /// Puts it in its place: on disk, its name included, when this returns.
    pub(crate) fn keep(mut self, file: &File) -> Result<(), Error> {
        let path = self.path.clone();
        let wrong = |error: io::Error| Error::write(&path, &error);
        step("sync", &self.beside);
        file.sync_all().map_err(wrong)?;
        step("rename", &self.path);
        std::fs::rename(&self.beside, &self.path).map_err(wrong)?;
        self.is_kept = true;
        // Nothing is there to remove: this brings the folder to the disk.
        private::remove(&self.beside).map_err(wrong)
    }

    /// An error of what was written to it.
    pub(crate) fn failed(&self, error: &io::Error) -> Error {
        Error::write(&self.path, error)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.is_kept {
            // Written over by the next run where it stays.
            let _ = std::fs::remove_file(&self.beside);
        }
    }
}

/// Replaces a small file as a whole.
pub(crate) fn put(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    step("put", path);
    let written = private::replace(path, bytes, None);
    written
        .map(drop)
        .map_err(|error| Error::write(path, &error))
}

/// Removes a file that may be gone already. Not brought to the disk: what comes back is taken in again, to no effect.
pub(crate) fn remove(path: &Path) -> Result<(), Error> {
    step("remove", path);
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::write(path, &error)),
        _ => Ok(()),
    }
}

/// Removes a file that may be gone already, for good when this returns.
pub(crate) fn erase(path: &Path) -> Result<(), Error> {
    step("erase", path);
    private::remove(path).map_err(|error| Error::write(path, &error))
}

/// Removes a folder with all in it, which may be gone already.
pub(crate) fn erase_folder(path: &Path) -> Result<(), Error> {
    step("erase", path);
    match std::fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::write(path, &error)),
        _ => Ok(()),
    }
}

/// Removes the folder of a file that was its only one.
pub(crate) fn erase_empty(folder: &Path) {
    // One that holds something else stays.
    let _ = std::fs::remove_dir(folder);
}

/// Moves a file into a folder, under a name that is in use for the same alone; copied where it cannot be renamed.
pub(crate) fn take_aside(from: &Path, to: &Path, most: u64) -> Result<(), Error> {
    folder(to.parent().unwrap_or_else(|| Path::new(".")))?;
    step("aside", to);
    if std::fs::rename(from, to).is_ok() {
        return Ok(());
    }
    // Another disk, most likely. What is longer than any document is not worth more than its beginning.
    let file = files::open(from, OpenOptions::new().read(true), Links::Refused);
    let file = file.map_err(|error| Error::read(from, &error))?;
    let mut bytes = Vec::new();
    let copied = io::Read::read_to_end(&mut io::Read::take(file, most), &mut bytes);
    copied.map_err(|error| Error::read(from, &error))?;
    put(to, &bytes)?;
    remove(from)
}

/// A test holds the program before its n-th step, and kills it there.
#[cfg(debug_assertions)]
fn step(what: &str, path: &Path) {
    use std::sync::atomic::{AtomicU64, Ordering};
    static STEPS: AtomicU64 = AtomicU64::new(1);
    let Ok(held) = std::env::var("OPENSIM_FLEET_HELD_AT") else {
        return;
    };
    let at = STEPS.fetch_add(1, Ordering::Relaxed);
    if held.parse() == Ok(at) {
        let told = std::env::var_os("OPENSIM_FLEET_HELD").unwrap_or_default();
        let _ = std::fs::write(&told, format!("{what} {}", path.display()));
        loop {
            std::thread::park();
        }
    }
}

#[cfg(not(debug_assertions))]
fn step(_: &str, _: &Path) {}
