//! The log on standard error, which `-v` asks for.

use std::io::Write as _;

use super::super::screen;
use super::super::settings::Settings;
use crate::trace::mask;

/// Logs on standard error: warnings, and more with each `-v`.
pub(in crate::cli) fn to_stderr(settings: &Settings) {
    use tracing::level_filters::LevelFilter;
    let level = match (settings.quiet, settings.verbose) {
        (true, _) => LevelFilter::ERROR,
        (false, 0) => LevelFilter::WARN,
        (false, 1) => LevelFilter::INFO,
        (false, 2) => LevelFilter::DEBUG,
        (false, _) => LevelFilter::TRACE,
    };
    // Of warnings alone the level says nothing: they are marked as a page marks them.
    let is_marked = level <= LevelFilter::WARN;
    let logs = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(move || Masked {
            line: Vec::new(),
            is_marked,
        })
        .with_level(!is_marked)
        .with_ansi(false)
        // It would tell standard error that standard error is gone, and panic in the middle of a way back.
        .log_internal_errors(false);
    // A second subscriber in one process (tests) is refused; the first stays.
    let _ = logs.with_target(false).without_time().try_init();
}

/// Standard error for logs: each line without the modem's numbers, in whatever spelling.
#[derive(Debug)]
struct Masked {
    line: Vec<u8>,
    is_marked: bool,
}

impl std::io::Write for Masked {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.line.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        let line = std::mem::take(&mut self.line);
        let text = mask::text(&String::from_utf8_lossy(&line));
        let mark = if self.is_marked && !text.is_empty() {
            "! "
        } else {
            ""
        };
        screen::say(format!("{mark}{}", text.trim_start_matches(' ')).as_bytes());
        Ok(())
    }
}

impl Drop for Masked {
    /// A line is written in one piece; its writer is made for it alone.
    fn drop(&mut self) {
        // A standard error that is gone is no fault of a log line.
        let _ = self.flush();
    }
}
