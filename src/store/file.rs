//! Writing so that a crash at any moment leaves the old file or the new one, and nobody else can read it.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use super::Error;

/// Makes a directory of mode 0700, its parents too.
pub(super) fn directory(path: &Path) -> Result<(), Error> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(|source| write_error(path, source))
}

/// Replaces a file as a whole: on disk, its name included, when this returns.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let directory_of = path.parent().unwrap_or_else(|| Path::new("."));
    directory(directory_of)?;
    let fresh = path.with_extension(format!("new.{}", std::process::id()));
    let put = || {
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&fresh, path)?;
        File::open(directory_of)?.sync_all()
    };
    put().map_err(|source| write_error(path, source))
}

/// Removes a file that may be gone already; the removal is on disk when this returns.
pub(super) fn remove(path: &Path) -> Result<(), Error> {
    let drop = || {
        match std::fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        path.parent()
            .map_or(Ok(()), |directory| File::open(directory)?.sync_all())
    };
    drop().map_err(|source| write_error(path, source))
}

/// Adds a line to a file; on disk when this returns.
pub(super) fn append(path: &Path, line: &[u8]) -> Result<(), Error> {
    directory(path.parent().unwrap_or_else(|| Path::new(".")))?;
    let put = || {
        let mut file = OpenOptions::new()
            .append(true)
            .create(true)
            .mode(0o600)
            .open(path)?;
        file.write_all(line)?;
        file.sync_all()
    };
    put().map_err(|source| write_error(path, source))
}

pub(super) fn write_error(path: &Path, source: std::io::Error) -> Error {
    Error::Write {
        path: path.to_owned(),
        source,
    }
}
