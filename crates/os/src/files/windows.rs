//! What Windows has beside the standard library's files: names that are devices, links, access lists.
//!
//! A file is its owner's alone by the list of the folder that it is in: those of a user's profile
//! (`%LOCALAPPDATA%`, `%APPDATA%`, the temporary folder) let in the user, the administrators and the system, and what is
//! made in them inherits that. So nothing is said of each file here.

use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io;
use std::os::windows::fs::{FileExt as _, OpenOptionsExt as _};
use std::os::windows::io::{AsRawHandle as _, BorrowedHandle};
use std::path::Path;

use windows_sys::Win32::Foundation::INVALID_HANDLE_VALUE;
use windows_sys::Win32::Storage::FileSystem::{
    FILE_FLAG_OPEN_REPARSE_POINT, FILE_TYPE_DISK, GetFileType,
};
use windows_sys::Win32::System::Console::{GetStdHandle, STD_INPUT_HANDLE};

use super::not_plain;

/// Names that are devices in whatever folder, and with whatever extension.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
/// Those of them that a text may be written to.
const TEXT: [&str; 3] = ["CON", "NUL", "CONOUT$"];
/// The same as the first with a number behind them.
const NUMBERED: [&str; 2] = ["COM", "LPT"];

/// Opens a file; a link is opened itself where none is followed, and is then no plain file.
pub(super) fn open_at_once(
    path: &Path,
    options: &mut OpenOptions,
    follows_links: bool,
) -> io::Result<File> {
    if !follows_links {
        options.custom_flags(FILE_FLAG_OPEN_REPARSE_POINT);
    }
    let file = options.open(path)?;
    if is_on_disk(&file) {
        Ok(file)
    } else {
        Err(not_plain())
    }
}

#[expect(unsafe_code, reason = "no crate at hand asks what a handle is of")]
fn is_on_disk(file: &File) -> bool {
    // SAFETY: the handle is borrowed from an open file for the call.
    unsafe { GetFileType(file.as_raw_handle()) == FILE_TYPE_DISK }
}

/// Whether a name is a device's wherever it stands: opening it would open the device.
pub(super) fn is_device_name(path: &Path) -> bool {
    let whole = path.as_os_str().to_string_lossy();
    // `\\.\COM5`, `\\.\pipe\x`.
    if whole.starts_with(r"\\.\") || whole.starts_with("//./") {
        return true;
    }
    let name = path.file_name().map(|name| name.to_string_lossy());
    let name = name.unwrap_or_default().to_uppercase();
    let stem = name.split(['.', ':']).next().unwrap_or_default().trim_end();
    // The three raised digits count as such there.
    let numbers = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³"];
    let is_numbered = |kind: &str| {
        let number = stem.strip_prefix(kind);
        number.is_some_and(|number| numbers.contains(&number))
    };
    DEVICES.contains(&stem) || NUMBERED.iter().any(|kind| is_numbered(kind))
}

/// Has what is made be its owner's alone: by the folder that it is in.
pub(super) fn of_owner(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// Has a folder that is made be its owner's alone: by the folder that it is in.
pub(super) fn folder_of_owner(builder: &mut DirBuilder) -> &mut DirBuilder {
    builder
}

/// Takes everybody else's rights to a file away: the folder's list did.
#[expect(clippy::unnecessary_wraps, reason = "as where it can fail")]
pub(super) fn close_to_others(_: &File) -> io::Result<()> {
    Ok(())
}

/// Whether a file is this user's: in a folder of the profile there is no other's.
pub(super) fn is_own(_: &Metadata) -> bool {
    true
}

/// Whether others than its owner may read or write a file: not by what is known of it here.
pub(super) fn is_exposed(_: &Metadata) -> bool {
    false
}

/// What is open already under this path; standard input alone has one, and it is Unix's.
pub(super) fn open_already(path: &Path) -> Option<io::Result<File>> {
    (path == Path::new("/dev/stdin")).then(standard_input)
}

#[expect(
    unsafe_code,
    reason = "the standard library has standard input as a reader, and not as a file"
)]
fn standard_input() -> io::Result<File> {
    // SAFETY: the handle that is asked for is this process's own.
    let input = unsafe { GetStdHandle(STD_INPUT_HANDLE) };
    if input.is_null() || input == INVALID_HANDLE_VALUE {
        return Err(io::ErrorKind::NotFound.into());
    }
    // SAFETY: the handle is open, and stays so for the copy that is made of it here.
    let input = unsafe { BorrowedHandle::borrow_raw(input) };
    Ok(File::from(input.try_clone_to_owned()?))
}

/// Whether a path is one of the system's own files: those are known by their names.
pub(super) fn is_systems(_: &Path) -> bool {
    false
}

/// Whether this is a socket.
pub(super) fn is_socket(_: &Metadata) -> bool {
    false
}

/// Whether a file has several names: the standard library does not tell, so one that has is replaced under one of them.
pub(super) fn has_other_names(_: &Metadata) -> bool {
    false
}

/// Whether this user may write, without opening: only opening tells, but for what no text belongs to.
pub(super) fn may_write(path: &Path) -> io::Result<()> {
    if takes_text(path) {
        Ok(())
    } else {
        Err(not_plain())
    }
}

/// The console, or nothing; behind every other device (a modem's port, a printer's) a text would do something.
fn takes_text(path: &Path) -> bool {
    let name = path.as_os_str().to_string_lossy().to_uppercase();
    TEXT.contains(&name.as_str())
}

/// A device that is written to.
pub(super) fn stream(path: &Path) -> io::Result<File> {
    may_write(path)?;
    OpenOptions::new().write(true).open(path)
}

/// Gives a file the rights of another: it has those of its folder, like that one.
#[expect(clippy::unnecessary_wraps, reason = "as where it can fail")]
pub(super) fn take_rights(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Brings the names in a folder to the disk: NTFS keeps a journal of them, and a folder cannot be synced.
#[expect(clippy::unnecessary_wraps, reason = "as where it can fail")]
pub(super) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Writes at a place, wherever the file stands.
///
/// # Errors
/// What the system says.
pub fn write_all_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    let (mut rest, mut at) = (bytes, at);
    while !rest.is_empty() {
        match file.seek_write(rest, at) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => {
                rest = rest.get(written..).unwrap_or_default();
                at += written as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Reads from a place, wherever the file stands.
///
/// # Errors
/// What the system says; that the file ends before.
pub fn read_exact_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    let mut done = 0;
    while let Some(rest) = bytes.get_mut(done..).filter(|rest| !rest.is_empty()) {
        match file.seek_read(rest, at + done as u64) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => done += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_devices_name_is_known_in_every_folder_and_with_every_ending() {
        let devices = [
            "NUL",
            "con",
            "COM5",
            "com5.json",
            r"C:\Users\x\lpt1.txt",
            "aux ",
            r"\\.\COM12",
            r"\\.\PhysicalDrive0",
            "COM¹",
            "CONOUT$",
            "nul:",
        ];
        for name in devices {
            assert!(is_device_name(Path::new(name)), "{name}");
        }
        for name in [
            "COM",
            "COM0",
            "COM12",
            "comet.json",
            "console.txt",
            r"C:\NUL2\x",
            "a.con",
        ] {
            assert!(!is_device_name(Path::new(name)), "{name}");
        }
        assert!(may_write(Path::new("NUL")).is_ok());
        assert!(
            may_write(Path::new("COM5")).is_err(),
            "a modem's port takes no report"
        );
    }

    #[test]
    fn a_place_in_a_file_is_written_and_read_wherever_the_file_stands() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("Été à Noël.bin");
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(true);
        let file = file.open(&path).unwrap();
        write_all_at(&file, b"abcdef", 0).unwrap();
        write_all_at(&file, b"XY", 2).unwrap();
        let mut bytes = [0; 4];
        read_exact_at(&file, &mut bytes, 1).unwrap();
        assert_eq!(&bytes, b"bXYe");
        assert!(
            read_exact_at(&file, &mut bytes, 3).is_err(),
            "it ends before"
        );
    }
}
