//! The command line: one file a command. It parses, runs, and is the one place that prints.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Many sites' surveys, collected and questioned.
#[derive(Debug, Parser)]
#[command(name = "opensim-fleet", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {}

/// Runs a command line; its exit status is opensim's (docs/errors.md).
pub fn run(arguments: &[OsString]) -> ExitCode {
    match Cli::try_parse_from(arguments) {
        Ok(cli) => match cli.command {},
        Err(error) => {
            // What clap itself cannot print has nowhere to go.
            let _ = error.print();
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
        }
    }
}
