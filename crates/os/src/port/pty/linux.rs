//! A pseudo-terminal of Linux's, the device's end of it.
//!
//! The other end is held open here too, so that it never hangs up between two clients; who has it open besides is
//! learnt from inotify. That is needed to lose what nobody reads, and to give back what a client may leave behind: an
//! exclusive lock, which would keep the next one out, and terminal settings.

use std::io;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use rustix::fs::inotify::{self, ReadFlags, WatchFlags};
use rustix::fs::{Mode, OFlags};
use rustix::pty::OpenptFlags;
use rustix::termios::{self, QueueSelector};
use tokio::io::unix::AsyncFd;

use crate::port::descriptor::{make_raw, watched};

/// Makes a link under another name.
pub(super) fn link(target: &Path, name: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, name)
}

/// A pseudo-terminal in raw mode.
#[derive(Debug)]
pub(super) struct Terminal {
    ours: AsyncFd<OwnedFd>,
    theirs: OwnedFd,
    path: PathBuf,
    watch: AsyncFd<OwnedFd>,
    /// How often clients have it open.
    clients: usize,
}

impl Terminal {
    /// Opens a new one. Call it inside a tokio runtime.
    pub(super) fn open() -> io::Result<Self> {
        let ours =
            rustix::pty::openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        rustix::pty::grantpt(&ours)?;
        rustix::pty::unlockpt(&ours)?;
        let name = rustix::pty::ptsname(&ours, Vec::new())?;
        let path = PathBuf::from(
            name.into_string()
                .map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?,
        );
        let theirs = rustix::fs::open(
            &path,
            OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC,
            Mode::empty(),
        )?;
        make_raw(&theirs)?;
        // Watched from here on: our own opening is not counted.
        let watch = inotify::init(inotify::CreateFlags::NONBLOCK | inotify::CreateFlags::CLOEXEC)?;
        inotify::add_watch(
            &watch,
            &path,
            WatchFlags::OPEN | WatchFlags::CLOSE_WRITE | WatchFlags::CLOSE_NOWRITE,
        )?;
        let flags = rustix::fs::fcntl_getfl(&ours)?;
        rustix::fs::fcntl_setfl(&ours, flags | OFlags::NONBLOCK)?;
        Ok(Self {
            ours: watched(ours)?,
            theirs,
            path,
            watch: watched(watch)?,
            clients: 0,
        })
    }

    /// The path of the other end.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Terminal {
    /// Reads what a client wrote; never nothing, since the other end is held open here.
    pub(super) async fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            tokio::select! {
                ready = self.ours.readable() => {
                    let mut ready = ready?;
                    match ready.try_io(|ours| Ok(rustix::io::read(ours, &mut *buffer)?)) {
                        Ok(Ok(count)) if count > 0 => {
                            // Who wrote has opened before, so it is known now at the latest.
                            self.count_clients();
                            return Ok(count);
                        }
                        Ok(Ok(_)) => return Ok(0),
                        Ok(Err(error)) => return Err(error),
                        Err(_) => {}
                    }
                }
                news = self.watch.readable() => {
                    news?.clear_ready();
                    self.count_clients();
                }
            }
        }
    }

    /// Writes to the client; to none, the bytes are lost.
    pub(super) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            self.count_clients();
            if self.clients == 0 {
                return Ok(());
            }
            let mut ready = self.ours.writable().await?;
            match ready.try_io(|ours| Ok(rustix::io::write(ours, rest)?)) {
                Ok(Ok(written)) => rest = rest.get(written..).unwrap_or_default(),
                Ok(Err(error)) => return Err(error),
                Err(_) => {}
            }
        }
        Ok(())
    }
}

impl Terminal {
    /// Counts who opened and closed since the last time, and clears up behind those who left.
    fn count_clients(&mut self) {
        let mut buffer = [MaybeUninit::uninit(); 1024];
        let mut news = inotify::Reader::new(self.watch.get_ref(), &mut buffer);
        let mut left = false;
        while let Ok(event) = news.next() {
            if event.events().contains(ReadFlags::OPEN) {
                self.clients += 1;
            } else if event
                .events()
                .intersects(ReadFlags::CLOSE_WRITE | ReadFlags::CLOSE_NOWRITE)
            {
                self.clients = self.clients.saturating_sub(1);
                left |= self.clients == 0;
            }
        }
        if left {
            // What fails here was not needed.
            let _ = termios::tcflush(&self.theirs, QueueSelector::IFlush);
            if self.clients == 0 {
                let _ = termios::ioctl_tiocnxcl(&self.theirs);
                let _ = make_raw(&self.theirs);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rustix::termios::{LocalModes, OptionalActions};

    use super::*;

    fn client(terminal: &Terminal) -> OwnedFd {
        rustix::fs::open(
            terminal.path(),
            OFlags::RDWR | OFlags::NOCTTY,
            Mode::empty(),
        )
        .unwrap()
    }

    #[tokio::test]
    async fn what_is_said_to_nobody_is_lost() {
        let mut terminal = Terminal::open().unwrap();
        terminal.write(b"RDY").await.unwrap();
        let first = client(&terminal);
        terminal.write(b"OK").await.unwrap();
        let mut received = [0; 16];
        let count = rustix::io::read(&first, &mut received).unwrap();
        assert_eq!(&received[..count], b"OK");
    }

    #[tokio::test]
    async fn the_settings_that_a_client_leaves_behind_are_undone() {
        let mut terminal = Terminal::open().unwrap();
        let first = client(&terminal);
        let mut settings = termios::tcgetattr(&first).unwrap();
        settings.local_modes |= LocalModes::ECHO | LocalModes::ICANON;
        termios::tcsetattr(&first, OptionalActions::Now, &settings).unwrap();
        rustix::io::write(&first, b"AT\n").unwrap();
        assert_eq!(terminal.read(&mut [0; 16]).await.unwrap(), 3);
        drop(first);
        terminal.write(b"OK").await.unwrap();
        let second = termios::tcgetattr(client(&terminal)).unwrap();
        assert!(
            !second
                .local_modes
                .intersects(LocalModes::ECHO | LocalModes::ICANON)
        );
    }
}
