//! Parses, runs, exits.

use std::process::ExitCode;

fn main() -> ExitCode {
    opensim_fleet::cli::run(&std::env::args_os().collect::<Vec<_>>())
}
