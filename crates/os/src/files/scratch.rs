//! A folder for a while: its owner's alone, and gone with what made it.

use std::fs::DirBuilder;
use std::io;
use std::path::{Path, PathBuf};

use super::system;

/// How many names are tried; each is taken only where somebody wants to be in the way.
const TRIES: u32 = 100;

/// A new folder, which is removed with all in it when this is dropped.
#[derive(Debug)]
pub struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// Makes one where the system has what is temporary, under a name that begins so.
    ///
    /// # Errors
    /// When the disk or its rights refuse.
    pub fn new(name: &str) -> io::Result<Self> {
        Self::within(&std::env::temp_dir(), name)
    }

    fn within(folder: &Path, name: &str) -> io::Result<Self> {
        let own = std::process::id();
        let mut taken = io::Error::from(io::ErrorKind::AlreadyExists);
        for at in 0..TRIES {
            let path = folder.join(format!("{name}-{own}-{at}"));
            // One that is there already, a link to another too, is refused: it may be somebody else's.
            match system::folder_of_owner(&mut DirBuilder::new()).create(&path) {
                Ok(()) => return Ok(Self { path }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => taken = error,
                Err(error) => return Err(error),
            }
        }
        Err(taken)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.path) {
            tracing::debug!(%error, path = %self.path.display(), "left behind");
        }
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn it_is_new_and_its_owners_alone_and_gone_in_the_end() {
        let dir = tempfile::tempdir().unwrap();
        let own = std::process::id();
        symlink("/nonexistent", dir.path().join(format!("x-{own}-0"))).unwrap();
        std::fs::create_dir(dir.path().join(format!("x-{own}-1"))).unwrap();
        let made = Scratch::within(dir.path(), "x").unwrap();
        assert!(made.path().ends_with(format!("x-{own}-2")));
        let mode = made.path().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
        std::fs::write(made.path().join("file"), "text").unwrap();
        drop(made);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2);
    }
}
