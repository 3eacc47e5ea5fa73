//! By the XDG base directories, and `/etc` and `/var/lib`.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use etcetera::base_strategy::Xdg;

pub(super) fn state(program: &str) -> PathBuf {
    let state = Xdg::new().ok().and_then(|dirs| dirs.state_dir());
    let state = state.unwrap_or_else(|| PathBuf::from("/var/lib"));
    state.join(program)
}

pub(super) fn settings(program: &str) -> Option<PathBuf> {
    let dirs = Xdg::new().ok()?;
    Some(dirs.config_dir().join(program))
}

pub(super) fn machine_settings(program: &str) -> PathBuf {
    Path::new("/etc").join(program)
}
