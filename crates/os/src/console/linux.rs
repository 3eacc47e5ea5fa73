//! Terminals of Linux (`termios`), and `poll`.

use std::io;
use std::os::fd::AsFd;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{
    self, InputModes, LocalModes, OptionalActions, QueueSelector, SpecialCodeIndex,
};

pub(super) use rustix::termios::Termios as Settings;

/// A standard stream.
pub trait Stream: AsFd {}

impl<S: AsFd> Stream for S {}

pub(super) fn width(stream: &impl Stream) -> Option<u16> {
    termios::tcgetwinsize(stream).ok().map(|size| size.ws_col)
}

pub(super) fn size(stream: &impl Stream) -> Option<(u16, u16)> {
    let size = termios::tcgetwinsize(stream).ok()?;
    Some((size.ws_col, size.ws_row))
}

/// It understands without being told.
pub(super) fn prepare(_: &impl Stream) {}

/// It has to name itself.
pub(super) fn moves(term: Option<&str>) -> bool {
    term.is_some_and(|term| !term.is_empty() && term != "dumb")
}

pub(super) fn is_foreground(terminal: &impl Stream) -> bool {
    let shown = termios::tcgetpgrp(terminal);
    shown.map_or(true, |group| group == rustix::process::getpgrp())
}

pub(super) fn take_keys(terminal: &impl Stream, settings: &Settings) -> io::Result<()> {
    let mut single = settings.clone();
    single
        .local_modes
        .remove(LocalModes::ICANON | LocalModes::ECHO);
    single.input_modes.remove(InputModes::IXON);
    single.special_codes[SpecialCodeIndex::VMIN] = 1;
    single.special_codes[SpecialCodeIndex::VTIME] = 0;
    Ok(termios::tcsetattr(terminal, OptionalActions::Now, &single)?)
}

pub(super) fn give_keys_back(terminal: &impl Stream, settings: &Settings) -> io::Result<()> {
    // At once: what a slow line has still to show is not waited for.
    termios::tcsetattr(terminal, OptionalActions::Now, settings)?;
    Ok(termios::tcflush(terminal, QueueSelector::IFlush)?)
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
