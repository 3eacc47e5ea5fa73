//! The standard streams: how each is drawn for, and what is written to them.

use std::io::{self, IsTerminal, Write as _};

use super::super::written::When;
use crate::os::console::{self, Stream};
use crate::report::Style;

/// A page for people is never wider, however wide the terminal: longer lines are hard to follow.
const WIDEST: usize = 100;

/// Below this nothing is drawn more narrowly.
const NARROWEST: usize = 40;

/// The width of what is no terminal.
const PLAIN: usize = 80;

/// How a page is drawn on standard output.
pub(super) fn of_results(color: When) -> Style {
    of(&io::stdout(), color)
}

/// How a page is drawn on standard error.
pub(super) fn of_notices(color: When) -> Style {
    of(&io::stderr(), color)
}

fn of(stream: &(impl Stream + IsTerminal), color: When) -> Style {
    let is_terminal = stream.is_terminal();
    if is_terminal {
        console::prepare(stream);
    }
    let color = match color {
        When::Always => true,
        When::Never => false,
        When::Auto => is_terminal && !is_set("NO_COLOR") && !is_dumb(),
    };
    let columns = console::width(stream).filter(|columns| *columns > 0);
    let columns = columns.map_or(PLAIN, usize::from);
    let width = if is_terminal {
        columns.clamp(NARROWEST, WIDEST)
    } else {
        PLAIN
    };
    Style {
        color,
        width,
        ascii: !unicode(),
        in_order: is_dumb(),
        with_error: false,
    }
}

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

/// A terminal that moves nothing, as those are that read aloud or print line by line.
pub(super) fn is_dumb() -> bool {
    std::env::var("TERM").is_ok_and(|term| term == "dumb")
}

/// Whether the locale can show more than ASCII.
fn unicode() -> bool {
    let first = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    first.is_none_or(|v| v.to_lowercase().replace('-', "").contains("utf8"))
}

/// Writes a result. Of a reader that went away, as `head` does, nothing is said: it has what it wanted.
///
/// # Errors
/// When it could not be written.
pub(super) fn result(bytes: &[u8]) -> io::Result<()> {
    line(bytes).map(|_| ())
}

/// Writes a line of a result that goes on; whether somebody still reads it.
///
/// # Errors
/// When it could not be written.
pub(super) fn line(bytes: &[u8]) -> io::Result<bool> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        written => written.map(|()| true),
    }
}

/// Writes a last word, as it is; nobody is left to be told where it cannot be written.
pub(super) fn last_word(text: &str) {
    let mut stderr = io::stderr().lock();
    let _ = writeln!(stderr, "{text}");
}
