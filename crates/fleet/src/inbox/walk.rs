//! Which files there are, by site, the oldest first.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::sites::is_number;

/// What a file holds, by its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A document.
    Json,
    /// A document a line.
    Lines,
    /// An archive of documents.
    Zip,
    /// A link, whatever it leads to.
    Link,
}

/// A file that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxFile {
    /// Its name.
    pub name: String,
    /// The site that it came from, by its number in the certificate.
    pub site: String,
    /// Where it is.
    pub path: PathBuf,
    /// What it holds.
    pub shape: Shape,
}

/// What there is.
#[derive(Debug, Default)]
pub struct Haul {
    /// The files.
    pub files: Vec<InboxFile>,
    /// How many things are none of ours.
    pub left: u64,
    /// The folders of sites that cannot be read.
    pub unread: Vec<Error>,
}

/// The files of an inbox: a folder a site, named by its number, and in it the site's documents. The oldest first, as their
/// names say, so that a day comes together.
///
/// # Errors
/// When the folder cannot be read.
pub fn walk(inbox: &Path) -> Result<Haul, Error> {
    let mut haul = Haul::default();
    if inbox.is_file() {
        return Err(Error::File {
            file: inbox.to_owned(),
            detail: "file.no_inbox".to_owned(),
        });
    }
    for entry in listed(inbox)? {
        let (name, path, kind) = entry?;
        match name.as_deref() {
            Some(name) if name.starts_with('.') => {}
            Some(site) if kind.is_dir() && is_number(site) => {
                // One site's folder does not keep the others out.
                match in_folder(&path, site, &mut haul.files) {
                    Ok(left) => haul.left += left,
                    Err(error) => haul.unread.push(error),
                }
            }
            _ => haul.left += 1,
        }
    }
    haul.files
        .sort_by(|a, b| (&a.name, &a.site).cmp(&(&b.name, &b.site)));
    Ok(haul)
}

/// The files of one site: a file, or those of a folder.
///
/// # Errors
/// When it cannot be read, or is no file of documents.
pub fn of_site(path: &Path, site: &str) -> Result<Haul, Error> {
    let found = std::fs::metadata(path).map_err(|error| Error::file(path, &error))?;
    let mut haul = Haul::default();
    if found.is_dir() {
        haul.left = in_folder(path, site, &mut haul.files)?;
        haul.files.sort_by(|a, b| a.name.cmp(&b.name));
        return Ok(haul);
    }
    let name = path.file_name().and_then(OsStr::to_str);
    match name.and_then(|name| Some((name, shape(name)?))) {
        Some((name, shape)) if found.is_file() => haul.files.push(InboxFile {
            name: name.to_owned(),
            site: site.to_owned(),
            path: path.to_owned(),
            shape,
        }),
        _ => {
            return Err(Error::File {
                file: path.to_owned(),
                detail: if found.is_file() {
                    "file.no_documents"
                } else {
                    "file.not_plain"
                }
                .to_owned(),
            });
        }
    }
    Ok(haul)
}

fn in_folder(folder: &Path, site: &str, found: &mut Vec<InboxFile>) -> Result<u64, Error> {
    let mut left = 0;
    for entry in listed(folder)? {
        let (name, path, kind) = entry?;
        // What begins with a dot is on its way in.
        let Some(name) = name.filter(|name| !name.starts_with('.')) else {
            continue;
        };
        let shape = match shape(&name) {
            Some(_) if kind.is_symlink() => Shape::Link,
            Some(shape) if kind.is_file() => shape,
            _ => {
                left += 1;
                continue;
            }
        };
        found.push(InboxFile {
            name,
            site: site.to_owned(),
            path,
            shape,
        });
    }
    Ok(left)
}

/// What a name says its file holds.
pub(super) fn shape(name: &str) -> Option<Shape> {
    let (_, ending) = name.rsplit_once('.')?;
    match ending {
        "json" => Some(Shape::Json),
        "ndjson" | "jsonl" => Some(Shape::Lines),
        "zip" => Some(Shape::Zip),
        _ => None,
    }
}

type Entry = (Option<String>, PathBuf, std::fs::FileType);

/// What is in a folder, which is no link. A name that is no text is `None`.
fn listed(folder: &Path) -> Result<impl Iterator<Item = Result<Entry, Error>>, Error> {
    let wrong = |error: std::io::Error| Error::file(folder, &error);
    let entries = std::fs::read_dir(folder).map_err(wrong)?;
    let folder = folder.to_owned();
    Ok(entries.map(move |entry| {
        let wrong = |error: std::io::Error| Error::file(&folder, &error);
        let entry = entry.map_err(wrong)?;
        let kind = entry.file_type().map_err(wrong)?;
        Ok((entry.file_name().into_string().ok(), entry.path(), kind))
    }))
}
