//! What Linux has beside the standard library's files: opening without waiting, modes, owners, special files.

use std::fs::{DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{
    DirBuilderExt as _, FileExt as _, FileTypeExt as _, MetadataExt as _, OpenOptionsExt as _,
    PermissionsExt as _,
};
use std::path::Path;

use rustix::fs::OFlags;
use rustix::io::Errno;

use super::{NOT_READ, not_plain};

/// Opens a file without waiting for whoever else has it, and without it becoming this process's terminal.
pub(super) fn open_at_once(
    path: &Path,
    options: &mut OpenOptions,
    follows_links: bool,
) -> io::Result<File> {
    let mut flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    if !follows_links {
        flags |= OFlags::NOFOLLOW;
    }
    options
        .custom_flags(flags.bits().cast_signed())
        .open(path)
        .map_err(|error| match Errno::from_io_error(&error) {
            Some(Errno::LOOP | Errno::NXIO) => not_plain(),
            _ => error,
        })
}

/// Has what is made be its owner's alone.
pub(super) fn of_owner(options: &mut OpenOptions) -> &mut OpenOptions {
    options.mode(0o600)
}

/// Has a folder that is made be its owner's alone.
pub(super) fn folder_of_owner(builder: &mut DirBuilder) -> &mut DirBuilder {
    builder.mode(0o700)
}

/// Takes everybody else's rights to a file away.
pub(super) fn close_to_others(file: &File) -> io::Result<()> {
    file.set_permissions(Permissions::from_mode(0o600))
}

/// Whether a file is this user's.
pub(super) fn is_own(found: &Metadata) -> bool {
    found.uid() == rustix::process::geteuid().as_raw()
}

/// Whether others than its owner may read or write a file.
pub(super) fn is_exposed(found: &Metadata) -> bool {
    found.permissions().mode() & 0o077 != 0
}

/// Whether a path is one of the system's own files, which are written to and never replaced.
pub(super) fn is_systems(path: &Path) -> bool {
    ["/dev", "/proc"].iter().any(|base| path.starts_with(base))
}

/// Whether this is a socket.
pub(super) fn is_socket(found: &Metadata) -> bool {
    found.file_type().is_socket()
}

/// Whether a file has several names.
pub(super) fn has_other_names(found: &Metadata) -> bool {
    found.nlink() > 1
}

/// Whether this user may write, without opening.
pub(super) fn may_write(path: &Path) -> io::Result<()> {
    Ok(rustix::fs::access(path, rustix::fs::Access::WRITE_OK)?)
}

/// A pipe that nobody reads gives an error at once; one that is read is then written to like any other.
pub(super) fn stream(path: &Path) -> io::Result<File> {
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    let stream = OpenOptions::new()
        .append(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path)
        .map_err(|error| match Errno::from_io_error(&error) {
            Some(Errno::NXIO) => io::Error::other(NOT_READ),
            _ => error,
        })?;
    let waiting = rustix::fs::fcntl_getfl(&stream)?.difference(OFlags::NONBLOCK);
    rustix::fs::fcntl_setfl(&stream, waiting)?;
    Ok(stream)
}

/// Gives a file the owner and the rights of another, as far as this user may.
pub(super) fn take_rights(file: &File, found: &Metadata) -> io::Result<()> {
    let (uid, gid) = (found.uid(), found.gid());
    if let Err(error) = std::os::unix::fs::fchown(file, Some(uid), Some(gid)) {
        tracing::debug!(%error, "the owner is not kept");
    }
    let mode = found.permissions().mode() & 0o777;
    file.set_permissions(Permissions::from_mode(mode))
}

/// Brings the names in a folder to the disk.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// What is open already under this path, where it is one of these (`/dev/stdin`, a shell's `<(...)`).
pub(super) fn open_already(path: &Path) -> Option<io::Result<File>> {
    let is_open = path == Path::new("/dev/stdin")
        || path.starts_with("/dev/fd")
        || path.starts_with("/proc/self/fd");
    is_open.then(|| File::open(path))
}

/// Whether a name is a device's wherever it stands, which no look at it tells.
pub(super) fn is_device_name(_: &Path) -> bool {
    false
}

/// Writes at a place, wherever the file stands.
///
/// # Errors
/// What the system says.
pub fn write_all_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    file.write_all_at(bytes, at)
}

/// Reads from a place, wherever the file stands.
///
/// # Errors
/// What the system says; that the file ends before.
pub fn read_exact_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    file.read_exact_at(bytes, at)
}
