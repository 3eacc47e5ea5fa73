//! By the folders of a user's profile, as the environment names them: what stays on this computer
//! (`%LOCALAPPDATA%`), and what goes with the user to others (`%APPDATA%`).

use std::path::{Path, PathBuf};

pub(super) fn state(program: &str) -> PathBuf {
    let own = folder("LOCALAPPDATA").or_else(|| in_profile("Local"));
    own.unwrap_or_else(machine).join(program)
}

pub(super) fn settings(program: &str) -> Option<PathBuf> {
    let own = folder("APPDATA").or_else(|| in_profile("Roaming"))?;
    Some(own.join(program))
}

pub(super) fn machine_settings(program: &str) -> PathBuf {
    machine().join(program)
}

fn machine() -> PathBuf {
    folder("ProgramData").unwrap_or_else(|| PathBuf::from(r"C:\ProgramData"))
}

fn in_profile(kind: &str) -> Option<PathBuf> {
    Some(folder("USERPROFILE")?.join("AppData").join(kind))
}

/// What the environment names; a place within another folder is none.
fn folder(variable: &str) -> Option<PathBuf> {
    let value = std::env::var_os(variable)?;
    let path = Path::new(&value);
    path.is_absolute().then(|| path.to_owned())
}
