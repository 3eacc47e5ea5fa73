//! Terminals of Linux (`termios`), and `poll`.

use std::io;
use std::os::fd::AsFd;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{self, LocalModes, OptionalActions};

pub(super) use rustix::termios::Termios as Settings;

/// A standard stream.
pub trait Stream: AsFd {}

impl<S: AsFd> Stream for S {}

pub(super) fn width(stream: &impl Stream) -> Option<u16> {
    termios::tcgetwinsize(stream).ok().map(|size| size.ws_col)
}

pub(super) fn takes(stream: &impl Stream, within: Duration) -> bool {
    let within = Timespec::try_from(within).unwrap_or_default();
    let mut asked = [PollFd::new(stream, PollFlags::OUT)];
    poll(&mut asked, Some(&within)).map_or(true, |ready| ready > 0)
}

pub(super) fn settings(terminal: &impl Stream) -> io::Result<Settings> {
    Ok(termios::tcgetattr(terminal)?)
}

pub(super) fn hide(terminal: &impl Stream, shown: &Settings) -> io::Result<()> {
    let mut quiet = shown.clone();
    quiet.local_modes.remove(LocalModes::ECHO);
    quiet.local_modes.insert(LocalModes::ECHONL);
    Ok(termios::tcsetattr(
        terminal,
        OptionalActions::Flush,
        &quiet,
    )?)
}

pub(super) fn put_back(terminal: &impl Stream, shown: &Settings) -> io::Result<()> {
    Ok(termios::tcsetattr(terminal, OptionalActions::Flush, shown)?)
}
