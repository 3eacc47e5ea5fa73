//! Writing so that a crash at any moment leaves the old file or the new one, and nobody else can read it.

use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use super::{Links, NOT_OWN, open, system};

/// Makes a directory that is its owner's alone, its parents too.
///
/// # Errors
/// When the disk or its rights refuse.
pub fn directory(path: &Path) -> io::Result<()> {
    system::folder_of_owner(DirBuilder::new().recursive(true)).create(path)
}

/// Opens a file that nobody but its owner reads, made where there is none, to write at its end. What it held is gone, but
/// where it `goes_on`.
///
/// # Errors
/// Where it cannot be made, is a link, is no plain file, or belongs to somebody else ([`NOT_OWN`]).
pub fn open_at_end(path: &Path, goes_on: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    // At its end, wherever that is: another may still have a last line to write.
    options.append(true).create(true);
    let file = open(path, system::of_owner(&mut options), Links::Refused)?;
    if !system::is_own(&file.metadata()?) {
        return Err(io::Error::other(NOT_OWN));
    }
    // It may have stood there before, open to others.
    system::close_to_others(&file)?;
    if !goes_on {
        file.set_len(0)?;
    }
    Ok(file)
}

/// Opens a file to be locked, made where there is none.
///
/// # Errors
/// Where it cannot be made, is a link, or is no plain file.
pub fn open_for_lock(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    open(path, system::of_owner(&mut options), Links::Refused)
}

/// Whether others than its owner may read or write a file.
pub fn is_exposed(found: &Metadata) -> bool {
    system::is_exposed(found)
}

/// Replaces a file as a whole: on disk, its name included, when this returns. Gives the file, open for what is added
/// later: whoever holds it can write on also where the folder has become read-only. Where it fails, what was there
/// before (`former`) is there again, and nothing beside it.
///
/// # Errors
/// When the disk or its rights refuse.
pub fn replace(path: &Path, bytes: &[u8], former: Option<&[u8]>) -> io::Result<File> {
    replace_by(path, bytes, former, &sync)
}

/// The same, by another way to bring a folder to the disk.
fn replace_by(
    path: &Path,
    bytes: &[u8],
    former: Option<&[u8]>,
    sync: &dyn Fn(&Path) -> io::Result<()>,
) -> io::Result<File> {
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
            // Not every system lets a file be replaced that somebody has open.
            drop(file);
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
    done
}

fn written(path: &Path, bytes: &[u8]) -> io::Result<File> {
    forget(path)?;
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    let mut file = open(path, system::of_owner(&mut options), Links::Refused)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(file)
}

/// Removes a file that may be gone already; the removal is on disk when this returns.
///
/// # Errors
/// When the disk or its rights refuse.
pub fn remove(path: &Path) -> io::Result<()> {
    let drop = || {
        forget(path)?;
        path.parent().map_or(Ok(()), sync)
    };
    drop()
}

/// Adds a line to a file: whole and on disk when this returns, or not there. A line that a crash had cut short, and
/// that could not be taken back then, does not swallow this one.
///
/// # Errors
/// When the disk or its rights refuse.
pub fn append(path: &Path, line: &[u8]) -> io::Result<()> {
    directory(path.parent().unwrap_or_else(|| Path::new(".")))?;
    let put = || {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        let mut file = open(path, system::of_owner(&mut options), Links::Refused)?;
        // Two opensims on two modems share it. Not waited for: a line is added in one piece all the same, only what
        // failed half-way is then left to the next one to end.
        let alone = file.try_lock().is_ok();
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
    put()
}

fn ends_a_line(file: &mut File, end: u64) -> io::Result<bool> {
    let mut last = [0];
    file.seek(SeekFrom::Start(end.saturating_sub(1)))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

fn forget(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn sync(folder: &Path) -> io::Result<()> {
    system::sync_folder(folder)
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
                    let failed = Err(io::ErrorKind::StorageFull.into());
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
