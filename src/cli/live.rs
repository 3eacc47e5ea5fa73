//! The terminal's other screen and its keys one by one: taken for a picture that changes, and given back whatever happens.
//!
//! What it was is kept in one place of the process, since not only whoever took it gives it back: so does a panic, a second
//! Ctrl-C, and Ctrl-Z for the time of the pause. What is said meanwhile on standard error waits until then.

use std::io::{self, IsTerminal as _, Write};
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};
use std::time::Duration;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::style::{ResetColor, force_color_output};
use crossterm::terminal::{Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use tokio::sync::Notify;

use super::screen;
use crate::os::console::{self, SingleKeys};

/// What is taken, while it is.
static TAKEN: Mutex<Option<Taken>> = Mutex::new(None);

/// A panic gives it back before it says anything.
static HOOKED: Once = Once::new();

/// So much at a time is taken at once by what says that it takes something.
const PIECE: usize = 256;

/// How long a slow line is given for a piece of a picture; then the rest waits for the next picture, which is a whole one.
const PATIENCE: Duration = Duration::from_millis(500);

/// What is drawn for where nobody knows how large the terminal is.
const USUAL: (u16, u16) = (80, 24);

struct Taken {
    keys: SingleKeys,
    /// Whether another program has the terminal for the moment.
    is_away: bool,
    /// Whether what the terminal shows is no longer what was drawn.
    is_lost: bool,
    /// Says that there is to be a new picture.
    again: Arc<Notify>,
}

/// The terminal, as long as this lives.
pub(super) struct Live {
    terminal: Option<Terminal<CrosstermBackend<Frames>>>,
    size: (u16, u16),
    again: Arc<Notify>,
}

impl Live {
    /// Whether there is a terminal to show a picture on and to read keys from.
    pub(super) fn is_possible() -> bool {
        console::moves() && io::stdin().is_terminal() && io::stdout().is_terminal()
    }

    /// Takes the terminal.
    ///
    /// # Errors
    /// When it refuses.
    pub(super) fn take() -> io::Result<Self> {
        HOOKED.call_once(|| {
            let said = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                // Whoever falls over while it holds this gives it back as it is dropped.
                if let Ok(taken) = TAKEN.try_lock() {
                    leave_for_good(taken);
                }
                said(panic);
            }));
        });
        // Whether there is colour is decided elsewhere, and not once more.
        force_color_output(true);
        let again = Arc::new(Notify::new());
        *taken() = Some(Taken {
            keys: SingleKeys::begin(&io::stdin())?,
            is_away: false,
            is_lost: true,
            again: Arc::clone(&again),
        });
        screen::hold();
        offer(&opening());
        Ok(Self {
            terminal: None,
            size: (0, 0),
            again,
        })
    }

    /// Shows a picture; nothing where the terminal is another program's, or takes nothing.
    pub(super) fn draw(&mut self, paint: impl FnOnce(&mut Frame<'_>)) {
        let is_lost = {
            let mut held = taken();
            let Some(taken) = held.as_mut() else { return };
            if !taken.is_shown() {
                return;
            }
            std::mem::replace(&mut taken.is_lost, false)
        };
        let size = console::size(&io::stdout()).unwrap_or(USUAL);
        if is_lost || size != self.size || self.terminal.is_none() {
            self.size = size;
            self.terminal = whole(size);
        }
        if let Some(terminal) = &mut self.terminal
            && let Err(error) = terminal.draw(paint)
        {
            tracing::debug!(%error, "a picture could not be drawn");
        }
    }

    /// Rings the bell.
    pub(super) fn ring() {
        if taken().as_mut().is_some_and(Taken::is_shown) {
            offer(b"\x07");
        }
    }

    /// Waits until there is to be a new picture.
    pub(super) fn again(&self) -> Arc<Notify> {
        Arc::clone(&self.again)
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        // It shows the cursor by itself, which is to come before the rest.
        self.terminal = None;
        give_back();
    }
}

impl Taken {
    /// Whether the terminal is ours now; takes it again where it was another program's meanwhile.
    fn is_shown(&mut self) -> bool {
        let stdin = io::stdin();
        if self.is_away && console::is_foreground(&stdin) && self.keys.again(&stdin).is_ok() {
            self.is_away = false;
            self.is_lost = true;
            screen::hold();
            offer(&opening());
        }
        !self.is_away
    }

    /// The terminal as it was.
    fn leave(&self) {
        if self.is_away {
            return;
        }
        offer(&closing());
        // A terminal that is gone needs nothing back.
        let _ = self.keys.end(&io::stdin());
        screen::release();
    }
}

/// Gives the terminal back, if it is taken; for good.
pub(super) fn give_back() {
    leave_for_good(taken());
}

fn leave_for_good(mut taken: MutexGuard<'_, Option<Taken>>) {
    if let Some(taken) = taken.take() {
        taken.leave();
    }
}

/// Pauses, with the terminal given back for as long.
pub(super) fn away_while(pause: impl FnOnce()) {
    let mut held = taken();
    if let Some(taken) = held.as_mut() {
        taken.leave();
        taken.is_away = true;
    }
    // Nobody draws meanwhile: all of the process stands still.
    pause();
    if let Some(taken) = held.as_mut() {
        taken.is_shown();
        taken.again.notify_one();
    }
}

/// Whether there is a picture that whatever is said would spoil.
pub(super) fn is_taken() -> bool {
    taken().is_some()
}

fn taken() -> MutexGuard<'static, Option<Taken>> {
    TAKEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A terminal of this size of which nothing is known.
fn whole((columns, rows): (u16, u16)) -> Option<Terminal<CrosstermBackend<Frames>>> {
    let options = TerminalOptions {
        viewport: Viewport::Fixed(Rect::new(0, 0, columns, rows)),
    };
    // What the terminal shows goes first.
    let frames = Frames {
        gathered: cleared(),
    };
    let terminal = Terminal::with_options(CrosstermBackend::new(frames), options);
    terminal.ok()
}

/// What begins and ends a picture, and what makes it empty; written into memory, which does not fail.
fn opening() -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = queue!(bytes, EnterAlternateScreen, Hide);
    bytes
}

fn cleared() -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = queue!(bytes, ResetColor, MoveTo(0, 0), Clear(ClearType::All));
    bytes
}

fn closing() -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = queue!(bytes, ResetColor, Show, LeaveAlternateScreen);
    bytes
}

/// Writes as much as is taken; whether that was all.
fn offer(bytes: &[u8]) -> bool {
    let mut stdout = io::stdout().lock();
    for piece in bytes.chunks(PIECE) {
        let is_written = console::takes(&stdout, PATIENCE)
            && stdout
                .write_all(piece)
                .and_then(|()| stdout.flush())
                .is_ok();
        if !is_written {
            return false;
        }
    }
    true
}

/// Gathers a picture and offers it in one go.
#[derive(Debug)]
struct Frames {
    gathered: Vec<u8>,
}

impl Write for Frames {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.gathered.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let bytes = std::mem::take(&mut self.gathered);
        if bytes.is_empty() {
            return Ok(());
        }
        let mut taken = taken();
        if let Some(taken) = taken.as_mut().filter(|taken| !taken.is_away)
            && !offer(&bytes)
        {
            taken.is_lost = true;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::Read as _;
    use std::process::{Command, Stdio};

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::pty::OpenptFlags;
    use rustix::termios::{LocalModes, tcgetattr};

    use super::*;

    #[test]
    #[ignore = "falls over on purpose; the test below runs it in a terminal"]
    fn one_that_falls_over() {
        let mut live = Live::take().expect("a terminal");
        live.draw(|frame| {
            let style = ratatui::style::Style::new();
            frame.buffer_mut().set_string(0, 0, "PICTURE", style);
        });
        panic!("on purpose");
    }

    #[test]
    fn a_panic_gives_the_terminal_back_before_it_says_anything() {
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
        let master = rustix::pty::openpt(flags).expect("a terminal");
        rustix::pty::unlockpt(&master).expect("unlocked");
        let name = rustix::pty::ptsname(&master, Vec::new()).expect("a name");
        let near = || {
            let path = name.to_str().expect("a plain path");
            let flags = rustix::fs::OFlags::RDWR | rustix::fs::OFlags::NOCTTY;
            let opened = rustix::fs::open(path, flags, rustix::fs::Mode::empty());
            File::from(opened.expect("the near end opens"))
        };
        let held = near();
        let before = tcgetattr(&held).expect("a terminal").local_modes;
        assert!(before.contains(LocalModes::ICANON | LocalModes::ECHO));
        let own = std::env::current_exe().expect("this program");
        let mut child = Command::new("setsid")
            .arg("--ctty")
            .arg(own)
            .args(["--ignored", "--exact", "--nocapture"])
            .arg("cli::live::tests::one_that_falls_over")
            .env("TERM", "xterm")
            // What it says fits into what a terminal holds for who does not read yet.
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::from(near()))
            .stdout(Stdio::from(near()))
            .stderr(Stdio::from(near()))
            .spawn()
            .expect("it starts");
        assert_eq!(child.wait().expect("a child").code(), Some(101));
        let after = tcgetattr(&held).expect("a terminal").local_modes;
        assert_eq!(after, before);
        let (mut master, mut said) = (File::from(master), Vec::new());
        loop {
            let mut asked = [PollFd::new(&master, PollFlags::IN)];
            if poll(&mut asked, Some(&Timespec::default())).expect("polled") == 0 {
                break;
            }
            let mut bytes = [0; 4096];
            let read = master.read(&mut bytes).expect("what was said");
            said.extend(&bytes[..read]);
        }
        let said = String::from_utf8_lossy(&said);
        let places = ["\u{1b}[?1049h", "PICTURE", "\u{1b}[?1049l", "on purpose"];
        let places = places.map(|part| said.find(part));
        assert!(places.iter().all(Option::is_some), "{said:?}");
        assert!(places.is_sorted(), "{said:?}");
    }
}
