//! The log on standard error, which `-v` asks for.

use std::collections::VecDeque;
use std::io::Write as _;
use std::sync::{Mutex, PoisonError};

use tracing::Metadata;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;

use super::super::screen;
use super::super::settings::Settings;
use crate::trace::mask;

/// The last lines of the log, where support is to get them.
static KEPT: Mutex<VecDeque<String>> = Mutex::new(VecDeque::new());
/// How many those are.
const MOST_KEPT: usize = 2000;

/// What was kept of the log, oldest first.
pub(in crate::cli) fn kept() -> String {
    let lines = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    lines.iter().map(String::as_str).collect()
}

/// Logs on standard error: warnings, and more with each `-v`. Where it is kept for support, more of it is.
pub(in crate::cli) fn to_stderr(settings: &Settings, is_kept: bool) {
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
        .with_max_level(if is_kept {
            level.max(LevelFilter::DEBUG)
        } else {
            level
        })
        .with_writer(Writers {
            level,
            is_marked,
            is_kept,
        })
        .with_level(!is_marked || is_kept)
        .with_ansi(false)
        // It would tell standard error that standard error is gone, and panic in the middle of a way back.
        .log_internal_errors(false);
    // A second subscriber in one process (tests) is refused; the first stays.
    let _ = logs.with_target(false).without_time().try_init();
}

/// Gives each line its writer.
#[derive(Debug, Clone, Copy)]
struct Writers {
    /// What standard error shows.
    level: LevelFilter,
    is_marked: bool,
    is_kept: bool,
}

impl MakeWriter<'_> for Writers {
    type Writer = Masked;

    fn make_writer(&self) -> Masked {
        Masked {
            line: Vec::new(),
            is_marked: self.is_marked,
            is_shown: true,
            is_kept: self.is_kept,
        }
    }

    fn make_writer_for(&self, about: &Metadata<'_>) -> Masked {
        let mut writer = self.make_writer();
        writer.is_shown = *about.level() <= self.level;
        writer
    }
}

/// Standard error for logs: each line without the modem's numbers, in whatever spelling.
#[derive(Debug)]
struct Masked {
    line: Vec<u8>,
    is_marked: bool,
    is_shown: bool,
    is_kept: bool,
}

impl std::io::Write for Masked {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.line.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        let line = std::mem::take(&mut self.line);
        let text = mask::text(&String::from_utf8_lossy(&line));
        if self.is_kept && !text.is_empty() {
            let mut lines = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
            if lines.len() == MOST_KEPT {
                lines.pop_front();
            }
            lines.push_back(text.clone());
        }
        if !self.is_shown {
            return Ok(());
        }
        let mut text = text.trim_start_matches(' ');
        if self.is_marked && self.is_kept {
            let level = ["WARN ", "ERROR "]
                .into_iter()
                .find_map(|level| text.strip_prefix(level));
            text = level.unwrap_or(text);
        }
        let mark = if self.is_marked && !text.is_empty() {
            "! "
        } else {
            ""
        };
        screen::say(format!("{mark}{text}").as_bytes());
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
