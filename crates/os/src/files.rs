//! Files that others may have put there: opened without waiting for anybody, plain ones only, read up to a bound.
//!
//! - [`private`]: files for their owner alone, written so that a crash leaves the old one or the new one
//! - [`named`]: the files that a person names
//! - [`scratch`]: a folder for a while
//! - [`folders`]: where a program keeps what is its own
//!
//! A pipe in the place of a file would be waited for without an end, a device may do something when it is opened, and a
//! file of any size would fill the memory. What is wrong is a code in the error's text ([`NOT_PLAIN`], [`TOO_BIG`],
//! [`NOT_TEXT`]), which the catalogues put into words.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

use opensim_domain::codes::Detail;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "windows")]
use windows as system;
pub mod folders;
pub mod named;
pub mod private;
pub mod scratch;

pub use system::{read_exact_at, write_all_at};

/// A folder, a pipe, a device, a socket, or a link where none is followed.
pub const NOT_PLAIN: &str = Detail::FILE_NOT_PLAIN.as_str();
/// Larger than what is read of such a file.
pub const TOO_BIG: &str = Detail::FILE_TOO_BIG.as_str();
/// Somebody else's.
pub const NOT_OWN: &str = Detail::FILE_NOT_OWN.as_str();
/// A pipe without a reader.
pub const NOT_READ: &str = Detail::FILE_NOT_READ.as_str();
/// Not UTF-8.
pub const NOT_TEXT: &str = Detail::FILE_NOT_TEXT.as_str();

/// Whether a link in the place of the file is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    /// To a plain file: what a person names may be a link.
    Followed,
    /// Never: opensim's own files, which root may write in somebody else's folder.
    Refused,
}

/// Opens a plain file as `options` say, at once.
///
/// # Errors
/// [`NOT_PLAIN`], or what the system says.
pub fn open(path: &Path, options: &mut OpenOptions, links: Links) -> io::Result<File> {
    let look = || match links {
        Links::Followed => std::fs::metadata(path),
        Links::Refused => std::fs::symlink_metadata(path),
    };
    if system::is_device_name(path) {
        return Err(not_plain());
    }
    // Looked at before it is opened, since opening alone may do something to a device.
    if look().is_ok_and(|found| !found.is_file()) {
        return Err(not_plain());
    }
    let opened = system::open_at_once(path, options, links == Links::Followed)?;
    if opened.metadata()?.is_file() {
        Ok(opened)
    } else {
        Err(not_plain())
    }
}

/// Reads a text of at most `most` bytes from a plain file, with what is known of the file.
///
/// # Errors
/// [`NOT_PLAIN`], [`TOO_BIG`], [`NOT_TEXT`], or what the system says.
pub fn read(path: &Path, most: u64, links: Links) -> io::Result<(String, Metadata)> {
    let (bytes, found) = bytes(path, most, links)?;
    Ok((text(bytes)?, found))
}

/// Reads at most `most` bytes from a plain file, with what is known of the file.
///
/// # Errors
/// [`NOT_PLAIN`], [`TOO_BIG`], or what the system says.
pub fn bytes(path: &Path, most: u64, links: Links) -> io::Result<(Vec<u8>, Metadata)> {
    let file = open(path, OpenOptions::new().read(true), links)?;
    let found = file.metadata()?;
    if found.len() > most {
        return Err(too_big());
    }
    Ok((up_to(file, most)?, found))
}

/// Reads a text of at most `most` bytes from whatever gives it.
///
/// # Errors
/// [`TOO_BIG`], [`NOT_TEXT`], or what the reader says.
pub fn bounded(from: impl Read, most: u64) -> io::Result<String> {
    text(up_to(from, most)?)
}

fn up_to(from: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // A file may grow, and some tell no size: one byte more than what is taken shows it.
    from.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > most {
        return Err(too_big());
    }
    Ok(bytes)
}

fn text(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes).map_err(|_| io::Error::other(NOT_TEXT))
}

fn too_big() -> io::Error {
    io::Error::other(TOO_BIG)
}

fn not_plain() -> io::Error {
    io::Error::other(NOT_PLAIN)
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn said(path: &Path, links: Links) -> String {
        read(path, 8, links).unwrap_err().to_string()
    }

    #[test]
    fn what_is_not_a_plain_file_is_refused_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let pipe = dir.path().join("pipe");
        rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RUSR).unwrap();
        for path in [&pipe, dir.path(), Path::new("/dev/zero")] {
            assert_eq!(said(path, Links::Followed), NOT_PLAIN, "{path:?}");
            assert_eq!(said(path, Links::Refused), NOT_PLAIN, "{path:?}");
            let write = open(path, OpenOptions::new().append(true), Links::Refused);
            assert_eq!(write.unwrap_err().to_string(), NOT_PLAIN, "{path:?}");
        }
    }

    #[test]
    fn a_link_is_followed_where_a_person_named_it_and_nowhere_else() {
        let dir = tempfile::tempdir().unwrap();
        let (file, link) = (dir.path().join("file"), dir.path().join("link"));
        std::fs::write(&file, "text").unwrap();
        symlink(&file, &link).unwrap();
        assert_eq!(read(&link, 8, Links::Followed).unwrap().0, "text");
        assert_eq!(said(&link, Links::Refused), NOT_PLAIN);
        let dangling = dir.path().join("dangling");
        symlink("/nonexistent/file", &dangling).unwrap();
        let made = open(
            &dangling,
            OpenOptions::new().write(true).create(true),
            Links::Refused,
        );
        assert_eq!(made.unwrap_err().to_string(), NOT_PLAIN);
    }

    #[test]
    fn the_bound_is_held_before_anything_is_read_and_also_for_a_file_that_tells_no_size() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        std::fs::write(&file, "12345678").unwrap();
        assert_eq!(read(&file, 8, Links::Followed).unwrap().0, "12345678");
        std::fs::write(&file, "123456789").unwrap();
        assert_eq!(said(&file, Links::Followed), TOO_BIG);
        assert_eq!(said(Path::new("/proc/self/stat"), Links::Followed), TOO_BIG);
        assert_eq!(bounded(&b"\xff"[..], 8).unwrap_err().to_string(), NOT_TEXT);
    }
}
