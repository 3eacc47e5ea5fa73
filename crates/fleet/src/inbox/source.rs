//! The documents in a file, one after the other, each read up to a bound.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Read as _};
use std::path::Path;

use opensim_os::files::{self, Links};
use zip::ZipArchive;

use super::refusal::Refusal;
use super::walk::{InboxFile, Shape, shape};
use crate::error::Error;

/// The longest document; a survey of everything has some ten thousand bytes.
pub const LONGEST: usize = 1 << 20;
/// The most that an archive is unpacked to.
const LONGEST_ARCHIVE: u64 = 1 << 28;
/// The most members that are looked at.
const MOST_MEMBERS: usize = 100_000;

/// A document's bytes, as they came.
#[derive(Debug)]
pub struct Bytes {
    /// The name that it came under, where it has one of its own.
    pub name: Option<String>,
    /// The bytes, or why there are none worth looking at, with what was read of them.
    pub bytes: Result<Vec<u8>, (Refusal, Vec<u8>)>,
}

/// Gives each document of a file to `take`, which may break off.
///
/// # Errors
/// When the file cannot be read, or what `take` says.
pub fn each(
    found: &InboxFile,
    take: &mut dyn FnMut(Bytes) -> Result<(), Error>,
) -> Result<(), Error> {
    match found.shape {
        Shape::Link => take(Bytes {
            name: Some(found.name.clone()),
            bytes: Err((Refusal::Name, Vec::new())),
        }),
        Shape::Json => {
            let bytes = match read(&found.path) {
                Ok(bytes) if bytes.len() > LONGEST => Err((Refusal::Size, bytes)),
                Ok(bytes) => Ok(bytes),
                // It went meanwhile, or became something else: the next run sees what it is.
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
                Err(error) => return Err(Error::file(&found.path, &error)),
            };
            let name = Some(found.name.clone());
            take(Bytes { name, bytes })
        }
        Shape::Lines => lines(&found.path, take),
        Shape::Zip => archive(found, take),
    }
}

fn open(path: &Path) -> io::Result<File> {
    files::open(path, OpenOptions::new().read(true), Links::Refused)
}

/// A file's bytes, and one more than the longest where there are more.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    let mut bytes = Vec::with_capacity(16_384);
    file.take(LONGEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn lines(path: &Path, take: &mut dyn FnMut(Bytes) -> Result<(), Error>) -> Result<(), Error> {
    let wrong = |error: io::Error| Error::file(path, &error);
    let mut reader = BufReader::with_capacity(1 << 17, open(path).map_err(wrong)?);
    loop {
        let mut line = Vec::new();
        let mut bounded = (&mut reader).take(LONGEST as u64 + 1);
        if bounded.read_until(b'\n', &mut line).map_err(wrong)? == 0 {
            return Ok(());
        }
        let bytes = if line.len() > LONGEST && line.last() != Some(&b'\n') {
            skip_line(&mut reader).map_err(wrong)?;
            Err((Refusal::Size, line))
        } else if line.trim_ascii().is_empty() {
            continue;
        } else {
            Ok(line)
        };
        take(Bytes { name: None, bytes })?;
    }
}

fn skip_line(reader: &mut BufReader<File>) -> io::Result<()> {
    loop {
        let there = reader.fill_buf()?;
        let end = there.iter().position(|byte| *byte == b'\n');
        let (used, is_over) = match end {
            Some(at) => (at + 1, true),
            None => (there.len(), there.is_empty()),
        };
        reader.consume(used);
        if is_over {
            return Ok(());
        }
    }
}

/// An archive's members, read into memory one at a time and never put on the disk.
fn archive(
    found: &InboxFile,
    take: &mut dyn FnMut(Bytes) -> Result<(), Error>,
) -> Result<(), Error> {
    let file = open(&found.path).map_err(|error| Error::file(&found.path, &error))?;
    let none = || Bytes {
        name: Some(found.name.clone()),
        bytes: Err((Refusal::Json, Vec::new())),
    };
    let Ok(mut archive) = ZipArchive::new(BufReader::new(file)) else {
        return take(none());
    };
    let mut left = LONGEST_ARCHIVE;
    for at in 0..archive.len().min(MOST_MEMBERS) {
        let Ok(member) = archive.by_index(at) else {
            take(none())?;
            continue;
        };
        let name = String::from_utf8_lossy(member.name_raw()).into_owned();
        let shape = if member.is_dir() { None } else { shape(&name) };
        let is_lines = match shape {
            Some(Shape::Lines) => true,
            Some(Shape::Json) => false,
            _ => continue,
        };
        let last = name.rsplit('/').next().unwrap_or_default().to_owned();
        if member.is_symlink() || leads_elsewhere(&name) {
            let name = Some(last);
            let bytes = Err((Refusal::Name, Vec::new()));
            take(Bytes { name, bytes })?;
            continue;
        }
        let most = if is_lines { left } else { LONGEST as u64 };
        let mut bytes = Vec::new();
        let read = member.take(most.saturating_add(1)).read_to_end(&mut bytes);
        left = left.saturating_sub(bytes.len() as u64);
        if read.is_err() || left == 0 {
            take(none())?;
            continue;
        }
        if is_lines {
            for line in bytes.split(|byte| *byte == b'\n') {
                if line.trim_ascii().is_empty() {
                    continue;
                }
                let bytes = bounded(line.to_vec());
                take(Bytes { name: None, bytes })?;
            }
        } else {
            let bytes = bounded(bytes);
            take(Bytes {
                name: Some(last),
                bytes,
            })?;
        }
    }
    Ok(())
}

fn bounded(bytes: Vec<u8>) -> Result<Vec<u8>, (Refusal, Vec<u8>)> {
    if bytes.len() > LONGEST {
        Err((Refusal::Size, bytes))
    } else {
        Ok(bytes)
    }
}

/// Whether a member's name would lead out of the folder that it was unpacked to. It is not unpacked; who writes such a name
/// does not write documents.
fn leads_elsewhere(name: &str) -> bool {
    name.starts_with('/')
        || name.contains(['\\', '\0', ':'])
        || name.split('/').any(|part| part == "..")
}
