//! The archive itself: names and bytes, and nothing of what they mean.

use std::io::{Cursor, Read as _, Write as _};

use jiff::Timestamp;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::{BundleError, Member, MemberName};

/// The most members; opensim has fewer names.
const MOST: usize = 40;
/// The most bytes of all members together, unpacked.
const MOST_BYTES: u64 = 32_000_000;
/// The longest name that is said again.
pub(super) const LONGEST_NAME: usize = 60;

/// Packs texts in their order.
pub(super) fn pack(members: &[Member], at: Timestamp) -> Result<Vec<u8>, BundleError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .unix_permissions(0o600)
        .last_modified_time(date(at));
    for member in members {
        archive
            .start_file(member.name.as_str(), options)
            .map_err(std::io::Error::other)?;
        archive.write_all(member.text.as_bytes())?;
    }
    let packed = archive.finish().map_err(std::io::Error::other)?;
    Ok(packed.into_inner())
}

/// The date as the archive holds it; its first where it cannot.
fn date(at: Timestamp) -> DateTime {
    let at = jiff::tz::Offset::UTC.to_datetime(at);
    let part = |part: i8| u8::try_from(part).unwrap_or_default();
    let year = u16::try_from(at.year()).unwrap_or_default();
    let (month, day) = (part(at.month()), part(at.day()));
    let (hour, minute, second) = (part(at.hour()), part(at.minute()), part(at.second()));
    DateTime::from_date_and_time(year, month, day, hour, minute, second).unwrap_or_default()
}

/// The texts of an archive: each plain, under a name that opensim writes, there once, and all of them bounded.
pub(super) fn unpack(bytes: &[u8]) -> Result<Vec<Member>, BundleError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| BundleError::NotABundle)?;
    if archive.len() > MOST {
        return Err(BundleError::TooBig);
    }
    if archive.has_duplicate_names() {
        let member = archive.file_names_raw().next().unwrap_or_default();
        let member = readable(&String::from_utf8_lossy(member));
        return Err(BundleError::Foreign { member });
    }
    let mut left = MOST_BYTES;
    let mut members = Vec::new();
    for at in 0..archive.len() {
        let raw = archive.file_names_raw().nth(at).unwrap_or_default();
        let name = String::from_utf8_lossy(raw).into_owned();
        let damaged = || BundleError::Damaged {
            member: readable(&name),
        };
        let Some(known) = MemberName::of(&name) else {
            return Err(BundleError::Foreign {
                member: readable(&name),
            });
        };
        let file = archive.by_index(at).map_err(|_| damaged())?;
        let packed = [CompressionMethod::Stored, CompressionMethod::Deflated];
        if !file.is_file() || file.encrypted() || !packed.contains(&file.compression()) {
            return Err(BundleError::Foreign {
                member: readable(&name),
            });
        }
        // What it says of its size is not believed: one byte more than what is left shows that it is too much.
        let mut text = Vec::new();
        file.take(left + 1)
            .read_to_end(&mut text)
            .map_err(|_| damaged())?;
        left = left
            .checked_sub(text.len() as u64)
            .ok_or(BundleError::TooBig)?;
        members.push(Member {
            name: known,
            text: String::from_utf8(text).map_err(|_| damaged())?,
        });
    }
    Ok(members)
}

/// A foreign name as it may be said again.
pub(super) fn readable(name: &str) -> String {
    name.chars().take(LONGEST_NAME).collect()
}
