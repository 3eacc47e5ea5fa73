//! Writing so that a crash at any moment leaves the old file or the new one, and nobody else can read it.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use super::Error;
use crate::os::files::{self, Links};

/// Makes a directory of mode 0700, its parents too.
pub(super) fn directory(path: &Path) -> Result<(), Error> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(|source| write_error(path, source))
}

/// Replaces a file as a whole: on disk, its name included, when this returns. Gives the file, open for what is added
/// later: whoever holds it can write on also where the folder has become read-only. Where it fails, what was there
/// before (`former`) is there again, and nothing beside it.
pub(super) fn replace(path: &Path, bytes: &[u8], former: Option<&[u8]>) -> Result<File, Error> {
    replace_by(path, bytes, former, &sync)
}

/// The same, by another way to bring a folder to the disk.
fn replace_by(
    path: &Path,
    bytes: &[u8],
    former: Option<&[u8]>,
    sync: &dyn Fn(&Path) -> std::io::Result<()>,
) -> Result<File, Error> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    directory(folder)?;
    // Whoever writes it holds the lock of `path`, so that the name is nobody else's, and what a crash left is known.
    let fresh = path.with_extension("new");
    let put = || {
        let file = written(&fresh, bytes)?;
        // A folder that cannot be synced is known before anything in it is replaced.
        sync(folder)?;
        std::fs::rename(&fresh, path)?;
        if let Err(error) = sync(folder) {
            match former {
                Some(former) => {
                    written(&fresh, former)?;
                    std::fs::rename(&fresh, path)?;
                }
                None => forget(path)?,
            }
            return Err(error);
        }
        Ok(file)
    };
    let done = put();
    if done.is_err()
        && let Err(error) = forget(&fresh)
    {
        tracing::debug!(%error, "left behind");
    }
    done.map_err(|source| write_error(path, source))
}

fn written(path: &Path, bytes: &[u8]) -> std::io::Result<File> {
    forget(path)?;
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true).mode(0o600);
    let mut file = files::open(path, &mut options, Links::Refused)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(file)
}

/// Removes a file that may be gone already; the removal is on disk when this returns.
pub(super) fn remove(path: &Path) -> Result<(), Error> {
    let drop = || {
        forget(path)?;
        path.parent().map_or(Ok(()), sync)
    };
    drop().map_err(|source| write_error(path, source))
}

/// Adds a line to a file: whole and on disk when this returns, or not there. A line that a crash had cut short, and
/// that could not be taken back then, does not swallow this one.
pub(super) fn append(path: &Path, line: &[u8]) -> Result<(), Error> {
    directory(path.parent().unwrap_or_else(|| Path::new(".")))?;
    let put = || {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true).mode(0o600);
        let mut file = files::open(path, &mut options, Links::Refused)?;
        // Two opensims on two modems share it. Not waited for: a line is added in one piece all the same, only what
        // failed half-way is then left to the next one to end.
        let alone =
            rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive).is_ok();
        let end = file.seek(SeekFrom::End(0))?;
        let mut whole = Vec::with_capacity(line.len() + 1);
        if end > 0 && !ends_a_line(&mut file, end)? {
            whole.push(b'\n');
        }
        whole.extend_from_slice(line);
        let written = file.write_all(&whole).and_then(|()| file.sync_all());
        if written.is_err()
            && alone
            && let Err(error) = file.set_len(end).and_then(|()| file.sync_all())
        {
            tracing::debug!(%error, "a part of a line could not be taken back");
        }
        written
    };
    put().map_err(|source| write_error(path, source))
}

fn ends_a_line(file: &mut File, end: u64) -> std::io::Result<bool> {
    let mut last = [0];
    file.seek(SeekFrom::Start(end.saturating_sub(1)))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

fn forget(path: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn sync(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

pub(super) fn write_error(path: &Path, source: std::io::Error) -> Error {
    Error::Write {
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn what_cannot_be_brought_to_the_disk_is_taken_back_and_leaves_nothing_behind() {
        for former in [None, Some(&b"before"[..])] {
            for fails_at in [1, 2] {
                let dir = tempfile::tempdir().unwrap();
                let path = dir.path().join("modem.json");
                if let Some(former) = former {
                    std::fs::write(&path, former).unwrap();
                }
                let asked = Cell::new(0);
                let sync = |_: &Path| {
                    asked.set(asked.get() + 1);
                    let failed = Err(std::io::ErrorKind::StorageFull.into());
                    if asked.get() == fails_at {
                        failed
                    } else {
                        Ok(())
                    }
                };
                assert!(replace_by(&path, b"now", former, &sync).is_err());
                assert_eq!(std::fs::read(&path).ok().as_deref(), former);
                let names = std::fs::read_dir(dir.path()).unwrap().count();
                assert_eq!(names, usize::from(former.is_some()), "{fails_at}");
            }
        }
    }
}
