//! A symbolic link that stands for the pseudo-terminal under a name that does not change.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use super::PtyError;

/// The link; dropping it removes it, unless somebody else's stands there by then.
#[derive(Debug)]
pub(super) struct Link {
    path: PathBuf,
    target: PathBuf,
}

impl Link {
    /// Makes the link at one stroke: whoever opens it finds the old one or the new one.
    pub(super) fn make(path: &Path, target: &Path) -> Result<Self, PtyError> {
        let fault = |source| PtyError::Link {
            path: path.to_owned(),
            source,
        };
        match fs::symlink_metadata(path) {
            Ok(_) => {
                let old = fs::read_link(path).unwrap_or_default();
                if !old.starts_with("/dev/pts") {
                    return Err(PtyError::Occupied(path.to_owned()));
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(fault(error)),
        }
        let mut beside = OsString::from(path);
        beside.push(format!(".{}", std::process::id()));
        symlink(target, &beside).map_err(fault)?;
        if let Err(error) = fs::rename(&beside, path) {
            let _ = fs::remove_file(&beside);
            return Err(fault(error));
        }
        Ok(Self {
            path: path.to_owned(),
            target: target.to_owned(),
        })
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        if fs::read_link(&self.path).is_ok_and(|target| target == self.target) {
            let _ = fs::remove_file(&self.path);
        }
    }
}
