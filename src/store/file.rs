//! The files of the store: what the disk refuses is an error of the store's.

use std::fs::File;
use std::path::Path;

use super::Error;
use crate::os::files::private;

/// Makes a directory of mode 0700, its parents too.
pub(super) fn directory(path: &Path) -> Result<(), Error> {
    private::directory(path).map_err(|source| write_error(path, source))
}

/// Replaces a file as a whole, and gives it, open for what is added later.
pub(super) fn replace(path: &Path, bytes: &[u8], former: Option<&[u8]>) -> Result<File, Error> {
    private::replace(path, bytes, former).map_err(|source| write_error(path, source))
}

/// Removes a file that may be gone already.
pub(super) fn remove(path: &Path) -> Result<(), Error> {
    private::remove(path).map_err(|source| write_error(path, source))
}

/// Adds a line to a file: whole and on disk when this returns, or not there.
pub(super) fn append(path: &Path, line: &[u8]) -> Result<(), Error> {
    private::append(path, line).map_err(|source| write_error(path, source))
}

pub(super) fn write_error(path: &Path, source: std::io::Error) -> Error {
    Error::Write {
        path: path.to_owned(),
        source,
    }
}
