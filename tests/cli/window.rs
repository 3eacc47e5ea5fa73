//! The binary in a terminal's window of its own, where it can be typed to.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::process::{Child, Command, Stdio};

use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::process::{Pid, Signal, kill_process};

use super::pty::Pty;
use super::support::Opensim;

/// How long the binary may say nothing at all. Nothing takes nearly as long; a test that waits for what never comes then
/// fails with what was said so far, instead of holding up all the others.
const SILENCE: Timespec = Timespec {
    tv_sec: 120,
    tv_nsec: 0,
};

/// The far end of a terminal, read with patience but not for ever.
struct Screen(File);

impl Read for Screen {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut wait = [PollFd::new(&self.0, PollFlags::IN)];
        if rustix::event::poll(&mut wait, Some(&SILENCE))? == 0 {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.0.read(buffer)
    }
}

/// The binary as the leader of a terminal's session, as the last thing in a window is.
pub(crate) struct Window {
    terminal: Option<BufReader<Screen>>,
    pub(crate) child: Child,
}

impl Window {
    pub(crate) fn open(opensim: &Opensim, args: &[&str]) -> Self {
        Self::sized(opensim, args, None)
    }

    /// The same, so many columns wide.
    pub(crate) fn wide(opensim: &Opensim, args: &[&str], columns: u16) -> Self {
        Self::sized(opensim, args, Some(columns))
    }

    fn sized(opensim: &Opensim, args: &[&str], columns: Option<u16>) -> Self {
        let pty = Pty::open(columns);
        let plain = opensim.command(args);
        let mut command = Command::new("setsid");
        command
            .arg("--ctty")
            .arg(plain.get_program())
            .args(plain.get_args());
        command.env_clear().env("PATH", "/usr/bin:/bin");
        for (name, value) in plain.get_envs() {
            command.env(name, value.expect("set"));
        }
        let child = command
            .stdin(Stdio::from(pty.near()))
            .stdout(Stdio::from(pty.near()))
            .stderr(Stdio::from(pty.near()))
            .spawn()
            .expect("the binary starts");
        Self {
            terminal: Some(BufReader::new(Screen(pty.far))),
            child,
        }
    }

    pub(crate) fn wait_for(&mut self, wanted: &str) {
        let terminal = self.terminal.as_mut().expect("an open window");
        let mut seen = Vec::new();
        loop {
            let mut line = Vec::new();
            let read = terminal.read_until(b'\n', &mut line).unwrap_or_default();
            let text = String::from_utf8_lossy(&line).into_owned();
            if text.contains(wanted) {
                return;
            }
            assert!(
                read > 0,
                "ended, or fell silent, before {wanted:?}: {seen:?}"
            );
            seen.push(text);
        }
    }

    pub(crate) fn type_(&mut self, keys: &[u8]) {
        let terminal = self.terminal.as_mut().expect("an open window");
        terminal.get_mut().0.write_all(keys).expect("typed");
    }

    pub(crate) fn close(&mut self) {
        self.terminal = None;
    }

    /// Sends these over and over until it has ended; gives its exit status.
    pub(crate) fn hammer(mut self, signals: &[Signal]) -> Option<i32> {
        // What it says goes somewhere, as in a window that somebody looks at.
        let reader = self.terminal.take().map(|mut terminal| {
            std::thread::spawn(move || {
                let mut line = Vec::new();
                while terminal.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
                    line.clear();
                }
            })
        });
        let pid = Pid::from_child(&self.child);
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                break status;
            }
            for signal in signals {
                // Not reaped yet, so it is nobody else's number.
                kill_process(pid, *signal).expect("it is there");
            }
            std::thread::yield_now();
        };
        if let Some(reader) = reader {
            reader.join().expect("the reader ends");
        }
        status.code()
    }

    /// Waits for a question, which no line end follows; gives what was shown since the last wait.
    pub(crate) fn wait_for_question(&mut self, wanted: &str) -> String {
        let terminal = self.terminal.as_mut().expect("an open window");
        let mut seen = Vec::new();
        loop {
            let mut byte = [0];
            let read = terminal.read(&mut byte).unwrap_or_default();
            seen.extend(&byte[..read]);
            let text = String::from_utf8_lossy(&seen).into_owned();
            if text.ends_with(wanted) {
                return text;
            }
            assert!(
                read > 0,
                "ended, or fell silent, before {wanted:?}: {text:?}"
            );
        }
    }

    /// Waits until it ended; what it showed since the last wait, and its exit status.
    pub(crate) fn end(self) -> (String, Option<i32>) {
        self.end_unasked(None)
    }

    /// The same of what must not put a question, for whose answer it would wait.
    pub(crate) fn end_unasked(mut self, question: Option<&str>) -> (String, Option<i32>) {
        let mut seen = Vec::new();
        if let Some(mut terminal) = self.terminal.take() {
            let mut bytes = [0; 256];
            // A terminal whose other end is closed is an error, and its end.
            while let Ok(read) = terminal.read(&mut bytes).and_then(|read| match read {
                0 => Err(io::Error::from(io::ErrorKind::UnexpectedEof)),
                read => Ok(read),
            }) {
                seen.extend(&bytes[..read]);
                let text = String::from_utf8_lossy(&seen);
                let is_asked = question.is_some_and(|question| text.contains(question));
                assert!(!is_asked, "asked: {text}");
            }
        }
        let status = self.child.wait().expect("a child");
        (String::from_utf8_lossy(&seen).into_owned(), status.code())
    }
}
