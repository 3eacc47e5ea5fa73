//! Windows's programs and users.

use std::path::{Path, PathBuf};

use tokio::process::ChildStdout;

use super::Surroundings;
use crate::clock::Clock;

mod user;

pub use user::{is_root, who};

/// Nothing that has to be watched is started on Windows: what would be (PPP) is not there.
#[derive(Debug)]
pub(super) enum Leash {}

impl Leash {
    pub(super) fn start(
        _: &str,
        _: &Path,
        _: &[String],
        _: Surroundings,
    ) -> std::io::Result<(Self, ChildStdout)> {
        Err(std::io::ErrorKind::Unsupported.into())
    }

    #[expect(
        clippy::unused_async,
        reason = "as where there is something to wait for"
    )]
    pub(super) async fn end(self, _: &Clock) -> std::io::Result<bool> {
        match self {}
    }
}

pub(super) fn installed(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let file = format!("{name}.exe");
    std::env::split_paths(&path)
        .map(|folder| folder.join(&file))
        .find(|file| file.is_file())
}
