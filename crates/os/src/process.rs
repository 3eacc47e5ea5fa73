//! Other programs, and the user that this one runs for.

use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};

use tokio::process::ChildStdout;

use crate::clock::Clock;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "windows")]
use windows as system;

pub use system::{is_root, who};

/// What a program is started with beside its arguments.
#[derive(Debug, Default)]
pub struct Surroundings {
    /// Where it works; where this one does, if nothing is said.
    pub folder: Option<PathBuf>,
    /// Variables that are set for it, beside those that it inherits.
    pub variables: Vec<(OsString, OsString)>,
    /// Where it complains; nowhere, if nothing is said.
    pub complaints: Option<File>,
}

/// A program that ends with this one, whatever ends it.
#[derive(Debug)]
pub struct Leashed(system::Leash);

impl Leashed {
    /// Starts it, and gives what it prints; `name` is what whoever watches it is called. A Ctrl-C on the terminal does not
    /// reach it: it is ended in order. Call it inside a tokio runtime.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(
        name: &str,
        program: &Path,
        arguments: &[String],
    ) -> std::io::Result<(Self, ChildStdout)> {
        Self::start_in(name, program, arguments, Surroundings::default())
    }

    /// The same, with what it is to find around it.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start_in(
        name: &str,
        program: &Path,
        arguments: &[String],
        around: Surroundings,
    ) -> std::io::Result<(Self, ChildStdout)> {
        let (leash, output) = system::Leash::start(name, program, arguments, around)?;
        Ok((Self(leash), output))
    }

    /// Ends it, gently and after a while by force; returns when it has ended, or false where it has not in all that time.
    ///
    /// # Errors
    /// When its end cannot be seen.
    pub async fn end(self, clock: &Clock) -> std::io::Result<bool> {
        self.0.end(clock).await
    }
}

/// Where a program is, where it is installed: in the user's path, or where the administrator's are.
pub fn installed(name: &str) -> Option<PathBuf> {
    system::installed(name)
}
