//! Standard error while something is under way. A terminal that was told to wait (Ctrl-S), or a pipe that nobody
//! empties, would hold up whoever writes to it, and with it the way back of the modem; so what is said on the way is
//! offered, and dropped where it is not taken.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, TermLike};

use crate::os::console;

/// So much at a time is taken at once by what says that it takes something.
const PIECE: usize = 256;

/// How long a slow terminal is given for a piece, once.
const PATIENCE: Duration = Duration::from_secs(1);

/// Whether it took nothing the last time: then it is not waited for again.
static STUCK: AtomicBool = AtomicBool::new(false);

/// The line that moves at the bottom, while there is one.
static MOVING: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// What is said while another picture has the terminal, until it is given back.
static HELD: Mutex<Option<Vec<u8>>> = Mutex::new(None);

/// How much of it is kept; what comes later is not.
const MOST_HELD: usize = 64 * 1024;

/// From now on what is said waits: it would be written across a picture. Where standard error is no terminal it spoils none.
pub(super) fn hold() {
    if io::stderr().is_terminal()
        && let Ok(mut held) = HELD.lock()
    {
        held.get_or_insert_default();
    }
}

/// Says what waited, and from now on everything at once.
pub(super) fn release() {
    let held = HELD.lock().ok().and_then(|mut held| held.take());
    if let Some(held) = held {
        offer(&held);
    }
}

/// Rings the bell of the terminal behind standard error, where there is one.
pub(super) fn ring() {
    if io::stderr().is_terminal() {
        offer(b"\x07");
    }
}

/// Keeps it for later; whether it is to be.
fn is_held(bytes: &[u8]) -> bool {
    let Ok(mut held) = HELD.lock() else {
        return false;
    };
    let Some(held) = held.as_mut() else {
        return false;
    };
    if held.len() + bytes.len() <= MOST_HELD {
        held.extend(bytes);
    }
    true
}

/// Puts a line that moves in the place of the one before it; `None` takes that one away.
pub(super) fn set_moving(bar: Option<ProgressBar>) {
    let former = MOVING
        .lock()
        .ok()
        .and_then(|mut moving| std::mem::replace(&mut *moving, bar));
    if let Some(former) = former {
        former.finish_and_clear();
    }
}

/// Says something, above the line that moves where there is one.
pub(super) fn say(bytes: &[u8]) {
    if is_held(bytes) {
        return;
    }
    let moving = MOVING.lock().ok().and_then(|moving| moving.clone());
    match moving {
        Some(bar) => bar.suspend(|| offer(bytes)),
        None => offer(bytes),
    }
}

/// Writes as much as is taken.
fn offer(bytes: &[u8]) {
    let mut stderr = io::stderr().lock();
    for piece in bytes.chunks(PIECE) {
        let takes = is_ready(&stderr);
        STUCK.store(!takes, Ordering::Relaxed);
        // Nobody is left to be told of a terminal that is gone.
        if !takes || stderr.write_all(piece).is_err() {
            return;
        }
    }
}

fn is_ready(stderr: &io::StderrLock<'_>) -> bool {
    let patience = if STUCK.load(Ordering::Relaxed) {
        Duration::ZERO
    } else {
        PATIENCE
    };
    console::takes(stderr, patience)
}

/// A terminal that offers.
#[derive(Debug, Default)]
pub(super) struct Offered {
    /// Whether the line that was written last was to be filled up.
    is_filled: AtomicBool,
}

impl TermLike for Offered {
    fn width(&self) -> u16 {
        let columns = console::width(&io::stderr()).filter(|columns| *columns > 0);
        columns.map_or(80, |columns| columns.max(20))
    }

    fn move_cursor_up(&self, n: usize) -> io::Result<()> {
        // So begins every drawing.
        self.is_filled.store(false, Ordering::Relaxed);
        moved(n, 'A');
        Ok(())
    }

    fn move_cursor_down(&self, n: usize) -> io::Result<()> {
        moved(n, 'B');
        Ok(())
    }

    fn move_cursor_right(&self, n: usize) -> io::Result<()> {
        moved(n, 'C');
        Ok(())
    }

    fn move_cursor_left(&self, n: usize) -> io::Result<()> {
        moved(n, 'D');
        Ok(())
    }

    fn write_line(&self, text: &str) -> io::Result<()> {
        offer(format!("{text}\n").as_bytes());
        Ok(())
    }

    fn write_str(&self, text: &str) -> io::Result<()> {
        // Lines are filled up with blanks. After the last, what the terminal echoes of a Ctrl-C would begin a line of its
        // own, which would be taken for the moving one; after any other, they are all that ends it.
        if text.trim_matches(' ').is_empty() {
            self.is_filled.store(true, Ordering::Relaxed);
            return Ok(());
        }
        if self.is_filled.swap(false, Ordering::Relaxed) {
            offer(b"\n");
        }
        offer(text.as_bytes());
        Ok(())
    }

    fn clear_line(&self) -> io::Result<()> {
        offer(b"\r\x1b[2K");
        Ok(())
    }

    fn flush(&self) -> io::Result<()> {
        Ok(())
    }
}

fn moved(n: usize, direction: char) {
    if n > 0 {
        offer(format!("\x1b[{n}{direction}").as_bytes());
    }
}
