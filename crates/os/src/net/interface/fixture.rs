//! Interfaces in a folder, for tests.

#![expect(
    clippy::unwrap_used,
    reason = "a test whose folder cannot be made ends there"
)]

use std::path::Path;

use super::Interfaces;

/// Interfaces in a folder, gone when dropped. Addresses are lines of `addresses/NAME`.
#[derive(Debug)]
pub struct FakeInterfaces {
    root: tempfile::TempDir,
}

impl Default for FakeInterfaces {
    fn default() -> Self {
        Self::new()
    }
}

impl FakeInterfaces {
    /// None yet.
    pub fn new() -> Self {
        Self {
            root: tempfile::tempdir().unwrap(),
        }
    }

    /// What is read of them.
    pub fn interfaces(&self) -> Interfaces {
        Interfaces::below(self.root.path())
    }

    /// Writes a file below the root.
    pub fn put(&self, path: &str, text: &str) {
        put(self.root.path(), path, text);
    }

    /// An interface with its flags, `operstate` and `carrier`.
    pub fn interface(&self, name: &str, state: [&str; 3]) {
        interface(self.root.path(), name, state);
    }

    /// Where they are.
    pub fn root(&self) -> &Path {
        self.root.path()
    }
}

/// Writes a file below a root.
pub fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// Writes an interface with its flags, `operstate` and `carrier` below a root.
pub fn interface(root: &Path, name: &str, state: [&str; 3]) {
    for (file, text) in ["flags", "operstate", "carrier"].iter().zip(state) {
        put(
            root,
            &format!("sys/class/net/{name}/{file}"),
            &format!("{text}\n"),
        );
    }
    put(root, &format!("sys/class/net/{name}/ifindex"), "7\n");
}
