//! A symbolic link that stands for the pseudo-terminal under a name that does not change.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::system::link;

/// Why there is no link.
#[derive(Debug, thiserror::Error)]
pub enum TerminalAliasError {
    /// Something else is where the link should be; it is left alone.
    #[error("something else than a link to a pseudo-terminal is there")]
    Occupied,
    /// The system refused.
    #[error(transparent)]
    System(#[from] io::Error),
}

/// The link; dropping it removes it, unless somebody else's stands there by then.
#[derive(Debug)]
pub struct TerminalAlias {
    path: PathBuf,
    target: PathBuf,
}

impl TerminalAlias {
    /// Makes the link at one stroke: whoever opens it finds the old one or the new one. One to another pseudo-terminal, as
    /// a program that was killed leaves it, is replaced.
    ///
    /// # Errors
    /// When something else is there, or the system refuses.
    pub fn make(path: &Path, target: &Path) -> Result<Self, TerminalAliasError> {
        match fs::symlink_metadata(path) {
            Ok(_) => {
                let old = fs::read_link(path).unwrap_or_default();
                if !old.starts_with("/dev/pts") {
                    return Err(TerminalAliasError::Occupied);
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
        let mut beside = OsString::from(path);
        beside.push(format!(".{}", std::process::id()));
        link(target, Path::new(&beside))?;
        if let Err(error) = fs::rename(&beside, path) {
            let _ = fs::remove_file(&beside);
            return Err(error.into());
        }
        Ok(Self {
            path: path.to_owned(),
            target: target.to_owned(),
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for TerminalAlias {
    fn drop(&mut self) {
        if fs::read_link(&self.path).is_ok_and(|target| target == self.target) {
            let _ = fs::remove_file(&self.path);
        }
    }
}
