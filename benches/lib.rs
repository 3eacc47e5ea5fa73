//! What the benches of this folder share: where the program is that they measure.

use std::path::PathBuf;

/// The program: `OPENSIM`, or the one that `cargo build --release` left in the target folder that this bench is run from.
pub fn opensim() -> PathBuf {
    if let Some(named) = std::env::var_os("OPENSIM") {
        return named.into();
    }
    // A bench lies in `deps`, beside what was built for it.
    let bench = std::env::current_exe().expect("this program has a file");
    let mut built = bench
        .ancestors()
        .skip(2)
        .map(|folder| folder.join("opensim"));
    let found = built.find(|program| program.is_file());
    found.expect("no opensim: `cargo build --release` first, or name it in OPENSIM")
}

/// The project's folder.
pub fn project() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
