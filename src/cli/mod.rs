//! The command line.

/// Runs a command line and says how it ended.
pub fn run(args: impl IntoIterator<Item = std::ffi::OsString>) -> std::process::ExitCode {
    let _ = args.into_iter().count();
    std::process::ExitCode::SUCCESS
}
