//! The terminal that a person sits at: how wide it is, whether it takes anything, a line that is not shown, and what
//! asks this process to stop ([`signals`]).

use std::io;
use std::time::Duration;

#[cfg(target_os = "linux")]
mod linux;
pub mod signals;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "windows")]
use windows as system;

pub use system::Stream;

/// How many columns the terminal behind a stream has; `None` where it is no terminal.
pub fn width(stream: &impl Stream) -> Option<u16> {
    system::width(stream)
}

/// Whether a stream takes bytes now, or within the time given. One that cannot be asked is taken to.
pub fn takes(stream: &impl Stream, within: Duration) -> bool {
    system::takes(stream, within)
}

/// Has the terminal behind a stream understand what moves its cursor and colours a text, where it has to be told to.
pub fn prepare(terminal: &impl Stream) {
    system::prepare(terminal);
}

/// Whether the terminal that this process was started at moves its cursor, as far as it says.
pub fn moves() -> bool {
    system::moves(std::env::var("TERM").ok().as_deref())
}

/// How many columns and rows the terminal behind a stream has; `None` where it is no terminal, or does not know.
pub fn size(stream: &impl Stream) -> Option<(u16, u16)> {
    system::size(stream).filter(|(columns, rows)| *columns > 0 && *rows > 0)
}

/// Whether this program is the one that the terminal behind a stream is for; one in the background writes over another.
/// Where that cannot be asked it is taken to.
pub fn is_foreground(terminal: &impl Stream) -> bool {
    system::is_foreground(terminal)
}

/// Keys one by one, as soon as they are typed and without being shown. Those that stop and pause (Ctrl-C, Ctrl-Z) stay
/// signals; the one that holds the terminal's output (Ctrl-S) is a key.
#[derive(Debug)]
pub struct SingleKeys {
    settings: system::Settings,
}

impl SingleKeys {
    /// From now on at this terminal.
    ///
    /// # Errors
    /// When there is none, or it refuses.
    pub fn begin(terminal: &impl Stream) -> io::Result<Self> {
        let settings = system::settings(terminal)?;
        system::take_keys(terminal, &settings)?;
        Ok(Self { settings })
    }

    /// Again, after [`Self::end`].
    ///
    /// # Errors
    /// When the terminal refuses.
    pub fn again(&mut self, terminal: &impl Stream) -> io::Result<()> {
        *self = Self::begin(terminal)?;
        Ok(())
    }

    /// The terminal is again as it was, and what was typed and not read is gone.
    ///
    /// # Errors
    /// When the terminal refuses.
    pub fn end(&self, terminal: &impl Stream) -> io::Result<()> {
        system::give_keys_back(terminal, &self.settings)
    }
}

/// The entry of a line that is not shown.
#[derive(Debug)]
pub struct HiddenEntry<'a, S: Stream> {
    terminal: &'a S,
    settings: system::Settings,
}

impl<'a, S: Stream> HiddenEntry<'a, S> {
    /// At the terminal behind a stream.
    ///
    /// # Errors
    /// When there is none.
    pub fn new(terminal: &'a S) -> io::Result<Self> {
        let settings = system::settings(terminal)?;
        Ok(Self { terminal, settings })
    }

    /// What is typed from now on is not shown, but for the end of the line.
    ///
    /// # Errors
    /// When the terminal refuses.
    pub fn begin(&self) -> io::Result<()> {
        system::hide(self.terminal, &self.settings)
    }

    /// The terminal is again as it was.
    ///
    /// # Errors
    /// When the terminal refuses.
    pub fn end(&self) -> io::Result<()> {
        system::put_back(self.terminal, &self.settings)
    }
}
