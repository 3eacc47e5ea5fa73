//! Parses, runs, exits.

use std::process::ExitCode;

fn main() -> ExitCode {
    opensim::cli::run(&std::env::args_os().collect::<Vec<_>>())
}
