//! The files that a person names: read up to a bound, written beside and renamed.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{self as files, Links, system};

/// A text of at most `most` bytes, with what is known of its file. A plain file, or what is open already (`/dev/stdin`,
/// a shell's `<(...)`): nobody else can have put a pipe there.
///
/// # Errors
/// When it is something else, larger, no text, or cannot be read.
pub fn read(path: &Path, most: u64) -> io::Result<(String, Metadata)> {
    let Some(file) = system::open_already(path) else {
        return files::read(path, most, Links::Followed);
    };
    let file = file?;
    let found = file.metadata()?;
    Ok((files::bounded(file, most)?, found))
}

/// Whether a file can be written, before anything is done for it. Changes nothing: what stands there stays.
///
/// # Errors
/// When it cannot.
pub fn check(path: &Path) -> io::Result<()> {
    let Target::Plain { path, found } = Target::of(path)? else {
        // Not opened: whoever reads a pipe would take its closing for the end.
        return system::may_write(path);
    };
    if found.is_some() {
        files::open(&path, OpenOptions::new().append(true), Links::Followed)?;
    }
    match fresh(&path, &mut OpenOptions::new()) {
        Ok(fresh) => fresh.discard(),
        // It is then written over where it stands.
        Err(error) if found.is_some() && is_refusal(&error) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Writes a whole file. What stood there stands there until the new one is complete, and stays where that fails. A pipe,
/// a terminal or a device is written to.
///
/// # Errors
/// When the disk or its rights refuse.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    put(path, bytes, &mut OpenOptions::new())
}

/// The same, where a file that is new is its owner's alone.
///
/// # Errors
/// When the disk or its rights refuse.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    put(path, bytes, system::of_owner(&mut OpenOptions::new()))
}

fn put(path: &Path, bytes: &[u8], options: &mut OpenOptions) -> io::Result<()> {
    let (path, found) = match Target::of(path)? {
        Target::Plain { path, found } => (path, found),
        Target::Stream => return system::stream(path)?.write_all(bytes),
    };
    if let Some(found) = &found {
        // Whoever may write in the folder may replace a file there; one that was made read-only is not meant to be.
        files::open(&path, OpenOptions::new().append(true), Links::Followed)?;
        if system::has_other_names(found) {
            return over(&path, bytes);
        }
    }
    let mut fresh = match fresh(&path, options) {
        Ok(fresh) => fresh,
        Err(error) if found.is_some() && is_refusal(&error) => return over(&path, bytes),
        Err(error) => return Err(error),
    };
    let done = fresh.fill(bytes, found.as_ref());
    let done = done.and_then(|()| std::fs::rename(&fresh.path, &path));
    if done.is_err() {
        fresh.discard()?;
    }
    done
}

/// Where a name leads.
enum Target {
    /// To a plain file, or to none yet.
    Plain {
        path: PathBuf,
        found: Option<Metadata>,
    },
    /// To a pipe, a terminal, a device, or what is open already.
    Stream,
}

impl Target {
    fn of(path: &Path) -> io::Result<Self> {
        if system::is_device_name(path) {
            return Ok(Self::Stream);
        }
        let found = match std::fs::metadata(path) {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let path = led_to(path);
                return Ok(Self::Plain { path, found: None });
            }
            Err(error) => return Err(error),
        };
        let kind = found.file_type();
        if kind.is_dir() || system::is_socket(&found) {
            return Err(io::Error::other(files::NOT_PLAIN));
        }
        if kind.is_file() && !system::is_systems(path) {
            let path = path.canonicalize()?;
            let found = Some(found);
            return Ok(Self::Plain { path, found });
        }
        Ok(Self::Stream)
    }
}

/// Where a link to a file that is not there yet leads.
fn led_to(path: &Path) -> PathBuf {
    let folder = path.parent().unwrap_or_else(|| Path::new(""));
    std::fs::read_link(path).map_or_else(|_| path.to_owned(), |target| folder.join(target))
}

/// Whether the folder takes no file, which says nothing of those that it has.
fn is_refusal(error: &io::Error) -> bool {
    let refusals = [
        io::ErrorKind::PermissionDenied,
        io::ErrorKind::ReadOnlyFilesystem,
    ];
    refusals.contains(&error.kind())
}

/// A file under way, beside the one that it is to be.
struct Fresh {
    path: PathBuf,
    file: File,
}

fn fresh(path: &Path, options: &mut OpenOptions) -> io::Result<Fresh> {
    let folder = path.parent().unwrap_or_else(|| Path::new(""));
    let mut last = io::ErrorKind::AlreadyExists.into();
    // In a folder that is everybody's, somebody may have taken a name.
    for at in 0..16 {
        let path = folder.join(format!(".opensim-{}-{at}.new", std::process::id()));
        match options.write(true).create_new(true).open(&path) {
            Ok(file) => return Ok(Fresh { path, file }),
            Err(error) => last = error,
        }
        if last.kind() != io::ErrorKind::AlreadyExists {
            break;
        }
    }
    Err(last)
}

impl Fresh {
    /// Writes it to the disk, its owner and rights those of the file that it replaces, as far as this user may.
    fn fill(&mut self, bytes: &[u8], found: Option<&Metadata>) -> io::Result<()> {
        if let Some(found) = found {
            system::take_rights(&self.file, found)?;
        }
        self.file.write_all(bytes)?;
        self.file.sync_all()
    }

    fn discard(self) -> io::Result<()> {
        std::fs::remove_file(&self.path)
    }
}

/// Writes over a file where it stands: its folder takes no other, or it has several names. What stood there is put back
/// where that fails.
fn over(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let former = std::fs::read(path)?;
    let put = |bytes: &[u8]| {
        let mut options = OpenOptions::new();
        let mut file = files::open(path, options.write(true), Links::Followed)?;
        file.write_all(bytes)?;
        file.set_len(bytes.len() as u64)?;
        file.sync_all()
    };
    put(bytes).inspect_err(|_| {
        if let Err(error) = put(&former) {
            tracing::debug!(%error, "what stood there is not put back");
        }
    })
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    fn text(path: &Path) -> String {
        std::fs::read_to_string(path).unwrap()
    }

    fn names(folder: &Path) -> usize {
        std::fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn a_report_replaces_another_with_its_rights_and_through_a_link() {
        let dir = tempfile::tempdir().unwrap();
        let (file, link) = (dir.path().join("report"), dir.path().join("link"));
        std::fs::write(&file, "old").unwrap();
        std::fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
        symlink("report", &link).unwrap();
        check(&link).unwrap();
        assert_eq!(text(&file), "old");
        write(&link, b"new").unwrap();
        assert_eq!((text(&file).as_str(), names(dir.path())), ("new", 2));
        assert!(link.is_symlink());
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn a_name_that_leads_nowhere_yet_and_one_of_several_names_are_written_to() {
        let dir = tempfile::tempdir().unwrap();
        let (first, second) = (dir.path().join("first"), dir.path().join("second"));
        symlink("first", &second).unwrap();
        check(&second).unwrap();
        assert!(!first.exists(), "looking makes nothing");
        write(&second, b"text").unwrap();
        assert_eq!(text(&first), "text");
        std::fs::remove_file(&second).unwrap();
        std::fs::hard_link(&first, &second).unwrap();
        write(&second, b"a").unwrap();
        assert_eq!((text(&first).as_str(), names(dir.path())), ("a", 2));
    }

    #[test]
    fn a_pipe_that_nobody_reads_is_an_error_and_no_wait() {
        let dir = tempfile::tempdir().unwrap();
        let pipe = dir.path().join("pipe");
        let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
        rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, mode).unwrap();
        let refused = write(&pipe, b"text").unwrap_err();
        assert_eq!(refused.to_string(), files::NOT_READ);
        let refused = read(&pipe, 8).unwrap_err();
        assert_eq!(refused.to_string(), files::NOT_PLAIN);
        let folder = check(dir.path()).unwrap_err();
        assert_eq!(folder.to_string(), files::NOT_PLAIN);
    }
}
