//! The terminal that a person sits at: how wide it is, whether it takes anything, a line that is not shown, and what
//! asks this process to stop ([`signals`]).

use std::io;
use std::time::Duration;

#[cfg(target_os = "linux")]
mod linux;
pub mod signals;
#[cfg(target_os = "linux")]
use linux as system;

pub use system::Stream;

/// How many columns the terminal behind a stream has; `None` where it is no terminal.
pub fn width(stream: &impl Stream) -> Option<u16> {
    system::width(stream)
}

/// Whether a stream takes bytes now, or within the time given. One that cannot be asked is taken to.
pub fn takes(stream: &impl Stream, within: Duration) -> bool {
    system::takes(stream, within)
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
