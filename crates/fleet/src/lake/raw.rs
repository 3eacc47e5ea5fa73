//! A day's documents as they came: a line of JSON each, in the order of site and document, compressed.
//!
//! ```text
//! {"site":"…","doc":"…","registered":{"partner":…,"postcode":…,"region":…},"document":{…}}
//! ```
//!
//! From these a month can be made anew, as it was: what the registry said of the site then stands beside the document. The
//! file ends with a frame that decompressors skip, which says how many documents there are and shows that the file is whole.

use std::fs::{File, OpenOptions};
use std::io::{
    self, BufRead as _, BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write as _,
};
use std::path::{Path, PathBuf};

use opensim_os::files::{self, Links};
use serde::{Deserialize, Serialize};

use crate::disk::{self, Draft};
use crate::error::Error;

/// The level of the compression.
const LEVEL: i32 = 3;
/// The longest line: a document, and what stands beside it.
const LONGEST: usize = 2_000_000;
/// A frame that decompressors skip, of eight bytes.
const TRAILER: [u8; 8] = [0x50, 0x2a, 0x4d, 0x18, 8, 0, 0, 0];

/// A document as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawLine {
    /// The site's number in the rows.
    pub site: u64,
    /// The document's number.
    pub doc: u64,
    /// The line, without its end.
    pub line: Box<[u8]>,
}

/// What stands beside the document in a line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptBeside {
    /// Whose the site was then.
    pub partner: Option<String>,
    /// Where it was then.
    pub postcode: Option<String>,
    /// Where it was then.
    pub region: Option<String>,
}

/// What stands before the document in a line. No text of JSON has it inside, since its quotes would be escaped there.
const DOCUMENT: &[u8] = b",\"document\":";

impl RawLine {
    /// A document with what stands beside it. The document is JSON on one line.
    pub fn new(site: u64, doc: u64, beside: &KeptBeside, document: &[u8]) -> Self {
        let beside = serde_json::to_vec(beside).unwrap_or_else(|_| b"null".to_vec());
        let mut line = Vec::with_capacity(document.len() + beside.len() + 80);
        line.extend_from_slice(
            format!("{{\"site\":\"{site:016x}\",\"doc\":\"{doc:016x}\"").as_bytes(),
        );
        line.extend_from_slice(b",\"registered\":");
        line.extend_from_slice(&beside);
        line.extend_from_slice(DOCUMENT);
        line.extend_from_slice(document);
        line.push(b'}');
        let line = line.into();
        Self { site, doc, line }
    }

    /// The document, and what stands beside it; `None` where the line is none of ours.
    pub fn parts(&self) -> Option<(KeptBeside, &str)> {
        let line = std::str::from_utf8(&self.line).ok()?;
        let marker = std::str::from_utf8(DOCUMENT).ok()?;
        let (head, document) = line.split_once(marker)?;
        let (_, beside) = head.split_once("\"registered\":")?;
        Some((
            serde_json::from_str(beside).ok()?,
            document.strip_suffix('}')?,
        ))
    }
}

/// A day's documents, one after the other.
pub struct DayReader {
    file: PathBuf,
    reader: BufReader<zstd::stream::read::Decoder<'static, BufReader<File>>>,
}

/// Puts new documents into a day's file; how many were there already.
///
/// # Errors
/// When the file is damaged, which leaves it as it is, or the disk refuses.
pub fn merge(file: &Path, mut new: Vec<RawLine>) -> Result<u64, Error> {
    let key = |line: &RawLine| (line.site, line.doc);
    new.sort_by_key(key);
    let before = new.len();
    new.dedup_by_key(|line| key(line));
    let mut repeated = (before - new.len()) as u64;
    let mut reader = DayReader::open(file)?;
    let mut writer = DayWriter::begin(file)?;
    let mut new = new.into_iter().peekable();
    while let Some(old) = reader.as_mut().map_or(Ok(None), DayReader::line)? {
        while let Some(line) = new.next_if(|line| key(line) < key(&old)) {
            writer.push(&line)?;
        }
        // What is there stays: beside it stands what the registry said when it came.
        repeated += u64::from(new.next_if(|line| key(line) == key(&old)).is_some());
        writer.push(&old)?;
    }
    for line in new {
        writer.push(&line)?;
    }
    writer.end()?;
    Ok(repeated)
}

/// Takes the documents of a site out of a day's file; the file goes where nothing else is in it. How many there were.
///
/// # Errors
/// When the file is damaged, or the disk refuses.
pub fn without(file: &Path, site: u64) -> Result<u64, Error> {
    let its = holds_site(file, site)?;
    if its == 0 {
        return Ok(0);
    }
    if its == count(file)? {
        disk::erase(file)?;
        file.parent().into_iter().for_each(disk::erase_empty);
        return Ok(its);
    }
    let mut reader = DayReader::open(file)?;
    let mut writer = DayWriter::begin(file)?;
    while let Some(line) = reader.as_mut().map_or(Ok(None), DayReader::line)? {
        if line.site != site {
            writer.push(&line)?;
        }
    }
    writer.end()?;
    Ok(its)
}

/// How many documents of a site a day has.
///
/// # Errors
/// When the file is damaged.
pub fn holds_site(file: &Path, site: u64) -> Result<u64, Error> {
    let mut its = 0;
    let mut reader = DayReader::open(file)?;
    while let Some(line) = reader.as_mut().map_or(Ok(None), DayReader::line)? {
        its += u64::from(line.site == site);
    }
    Ok(its)
}

/// How many documents a day has, as the end of its file says.
///
/// # Errors
/// When the file is damaged.
pub fn count(file: &Path) -> Result<u64, Error> {
    let read = || -> io::Result<[u8; 16]> {
        let mut opened = files::open(file, OpenOptions::new().read(true), Links::Refused)?;
        let mut end = [0; 16];
        opened.seek(SeekFrom::End(-16))?;
        opened.read_exact(&mut end)?;
        Ok(end)
    };
    let end = read().map_err(|_| Error::damaged(file, "os.ended"))?;
    match end.strip_prefix(&TRAILER) {
        Some(count) => {
            let count: [u8; 8] = count.try_into().unwrap_or_default();
            Ok(u64::from_le_bytes(count))
        }
        None => Err(Error::damaged(file, "os.ended")),
    }
}

impl DayReader {
    /// Opens a day; `None` where there is no file.
    ///
    /// # Errors
    /// When it is cut off.
    pub fn open(file: &Path) -> Result<Option<Self>, Error> {
        let opened = match files::open(file, OpenOptions::new().read(true), Links::Refused) {
            Ok(opened) => opened,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Error::read(file, &error)),
        };
        count(file)?;
        let decoder = zstd::stream::read::Decoder::new(opened);
        let decoder = decoder.map_err(|error| Error::read(file, &error))?;
        Ok(Some(Self {
            file: file.to_owned(),
            reader: BufReader::with_capacity(1 << 17, decoder),
        }))
    }

    /// The next document; `None` at the end.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn line(&mut self) -> Result<Option<RawLine>, Error> {
        let torn = |detail: &str| Error::damaged(&self.file, detail);
        let mut line = Vec::new();
        let mut bounded = (&mut self.reader).take(LONGEST as u64);
        let read = bounded.read_until(b'\n', &mut line);
        read.map_err(|error| torn(&error.to_string()))?;
        if line.is_empty() {
            return Ok(None);
        }
        if line.pop() != Some(b'\n') {
            return Err(torn("os.ended"));
        }
        // What was written here begins with the two numbers, each of 16 digits.
        let number = |from: usize| {
            let digits = line.get(from..from + 16)?;
            u64::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
        };
        match (number(9), number(34)) {
            (Some(site), Some(doc)) => Ok(Some(RawLine {
                site,
                doc,
                line: line.into(),
            })),
            _ => Err(torn("file.not_text")),
        }
    }
}

struct DayWriter {
    draft: Draft,
    writer: zstd::stream::write::Encoder<'static, BufWriter<File>>,
    lines: u64,
}

impl DayWriter {
    fn begin(file: &Path) -> Result<Self, Error> {
        let (draft, opened) = Draft::begin(file)?;
        let writer = zstd::stream::write::Encoder::new(BufWriter::new(opened), LEVEL);
        let mut writer = writer.map_err(|error| draft.failed(&error))?;
        // A sum of the whole, so that a damaged file is known for one.
        let summed = writer.include_checksum(true);
        summed.map_err(|error| draft.failed(&error))?;
        Ok(Self {
            draft,
            writer,
            lines: 0,
        })
    }

    fn push(&mut self, line: &RawLine) -> Result<(), Error> {
        self.lines += 1;
        let written = self.writer.write_all(&line.line);
        let written = written.and_then(|()| self.writer.write_all(b"\n"));
        written.map_err(|error| self.draft.failed(&error))
    }

    fn end(self) -> Result<(), Error> {
        let Self {
            draft,
            writer,
            lines,
        } = self;
        let finish = || -> io::Result<File> {
            let mut writer = writer.finish()?;
            writer.write_all(&TRAILER)?;
            writer.write_all(&lines.to_le_bytes())?;
            writer.into_inner().map_err(io::IntoInnerError::into_error)
        };
        let file = finish().map_err(|error| draft.failed(&error))?;
        draft.keep(&file)
    }
}
