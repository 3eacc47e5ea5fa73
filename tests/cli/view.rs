//! The binary in a terminal whose screen is read, as whoever sits at it sees it.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use rustix::pty::OpenptFlags;
use rustix::termios::{LocalModes, Winsize};

use super::support::Opensim;

/// A terminal, what it shows, and all that was ever written to it.
pub(crate) struct View {
    master: File,
    /// Kept open, so that its modes can be read when the program is gone.
    near: File,
    parser: vt100::Parser,
    bytes: Vec<u8>,
    pub(crate) child: Child,
}

impl View {
    pub(crate) fn open(opensim: &Opensim, args: &[&str], size: (u16, u16)) -> Self {
        Self::with(opensim, args, size, |_| ())
    }

    /// The same, with more said of the command.
    pub(crate) fn with(
        opensim: &Opensim,
        args: &[&str],
        size: (u16, u16),
        more: impl FnOnce(&mut Command),
    ) -> Self {
        let plain = opensim.command(args);
        let mut line = vec![plain.get_program().to_owned()];
        line.extend(plain.get_args().map(ToOwned::to_owned));
        Self::start(&plain, &line, size, more)
    }

    /// A shell that runs the command line as `"$@"`.
    pub(crate) fn of_shell(
        opensim: &Opensim,
        args: &[&str],
        size: (u16, u16),
        script: &str,
    ) -> Self {
        let plain = opensim.command(args);
        let shell = ["/bin/bash", "-c", script, "bash"].map(Into::into);
        let mut line = shell.to_vec();
        line.push(plain.get_program().to_owned());
        line.extend(plain.get_args().map(ToOwned::to_owned));
        Self::start(&plain, &line, size, |_| ())
    }

    fn start(
        plain: &Command,
        line: &[std::ffi::OsString],
        size: (u16, u16),
        more: impl FnOnce(&mut Command),
    ) -> Self {
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
        let master = rustix::pty::openpt(flags).expect("a terminal");
        rustix::pty::unlockpt(&master).expect("unlocked");
        rustix::termios::tcsetwinsize(&master, winsize(size)).expect("a size");
        let name = rustix::pty::ptsname(&master, Vec::new()).expect("a name");
        let near = || {
            let path = name.to_str().expect("a plain path");
            let noctty = i32::try_from(rustix::fs::OFlags::NOCTTY.bits()).expect("a flag");
            let open = File::options()
                .read(true)
                .write(true)
                .custom_flags(noctty)
                .open(path);
            open.expect("the near end opens")
        };
        let mut command = Command::new("setsid");
        command.arg("--ctty").args(line);
        command.env_clear().env("PATH", "/usr/bin:/bin");
        for (name, value) in plain.get_envs() {
            command.env(name, value.expect("set"));
        }
        command.env("TERM", "xterm-256color");
        more(&mut command);
        let child = command
            .stdin(Stdio::from(near()))
            .stdout(Stdio::from(near()))
            .stderr(Stdio::from(near()))
            .spawn()
            .expect("the binary starts");
        Self {
            near: near(),
            master: File::from(master),
            parser: parser(size),
            bytes: Vec::new(),
            child,
        }
    }

    /// What the screen shows, without the blanks that keep French marks at their words.
    pub(crate) fn text(&self) -> String {
        let text = self.parser.screen().contents();
        text.replace(['\u{a0}', '\u{202f}'], " ")
    }

    /// The screen, letter by letter.
    pub(crate) fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn bells(&self) -> usize {
        String::from_utf8_lossy(&self.bytes)
            .matches('\u{7}')
            .count()
    }

    pub(crate) fn is_other_screen(&self) -> bool {
        self.parser.screen().alternate_screen()
    }

    pub(crate) fn hides_cursor(&self) -> bool {
        self.parser.screen().hide_cursor()
    }

    pub(crate) fn modes(&self) -> LocalModes {
        let settings = rustix::termios::tcgetattr(&self.near).expect("a terminal");
        settings.local_modes
    }

    pub(crate) fn assert_as_before(&self, before: LocalModes, case: &str) {
        assert_eq!(self.modes(), before, "{case}");
        let screen = self.parser.screen();
        assert!(
            !screen.alternate_screen() && !screen.hide_cursor(),
            "{case}"
        );
        assert_eq!(screen.fgcolor(), vt100::Color::Default, "{case}");
        assert!(
            !screen.bold() && !screen.inverse() && !screen.underline(),
            "{case}"
        );
    }

    pub(crate) fn type_(&mut self, keys: &[u8]) {
        self.master.write_all(keys).expect("typed");
    }

    pub(crate) fn signal(&mut self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).expect("it is there");
    }

    pub(crate) fn resize(&mut self, size: (u16, u16)) {
        rustix::termios::tcsetwinsize(&self.master, winsize(size)).expect("a size");
        // Whatever comes is for the new size.
        self.parser = parser(size);
        self.parser.process(b"\x1b[?1049h");
    }

    /// Reads on until the screen shows this.
    pub(crate) fn wait_for(&mut self, wanted: &str) {
        self.wait_until(wanted, |text| text.contains(wanted));
    }

    pub(crate) fn wait_until(&mut self, wanted: &str, is_there: impl Fn(&str) -> bool) {
        while !is_there(&self.text()) {
            assert!(self.read(), "ended before {wanted:?}: {}", self.text());
        }
    }

    /// Waits until more is drawn; whether it was, before the program ended.
    pub(crate) fn is_drawn(&mut self) -> bool {
        self.read()
    }

    pub(crate) fn wait_for_bells(&mut self, count: usize) {
        while self.bells() < count {
            assert!(self.read(), "ended before {count} bells");
        }
    }

    /// Waits until it ended; its exit status, and what is left on the screen.
    pub(crate) fn end(mut self) -> (Option<i32>, Self) {
        // The near end that is held here keeps the far one open: the program's end is seen by the program's end.
        let pid = Pid::from_child(&self.child);
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                break status;
            }
            // Woken by bytes or by the end of it, whichever comes first.
            let descriptor = rustix::process::pidfd_open(pid, rustix::process::PidfdFlags::empty());
            let descriptor = descriptor.expect("a child that was not waited for");
            if self.readable_or(&descriptor) {
                self.read();
            }
        };
        while self.is_readable() && self.read() {}
        (status.code(), self)
    }

    fn readable_or(&self, other: &impl std::os::fd::AsFd) -> bool {
        use rustix::event::{PollFd, PollFlags, poll};
        let mut asked = [
            PollFd::new(&self.master, PollFlags::IN),
            PollFd::new(other, PollFlags::IN),
        ];
        poll(&mut asked, None).expect("polled");
        asked[0].revents().contains(PollFlags::IN)
    }

    fn is_readable(&self) -> bool {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        let mut asked = [PollFd::new(&self.master, PollFlags::IN)];
        poll(&mut asked, Some(&Timespec::default())).is_ok_and(|ready| ready > 0)
    }

    fn read(&mut self) -> bool {
        // What is waited for never comes from a program that is gone.
        if !self.is_readable() {
            let pid = Pid::from_child(&self.child);
            let descriptor = rustix::process::pidfd_open(pid, rustix::process::PidfdFlags::empty());
            let Ok(descriptor) = descriptor else {
                return false;
            };
            if !self.readable_or(&descriptor) {
                return false;
            }
        }
        let mut bytes = [0; 4096];
        match self.master.read(&mut bytes) {
            Ok(read) if read > 0 => {
                self.bytes.extend(&bytes[..read]);
                self.parser.process(&bytes[..read]);
                true
            }
            _ => false,
        }
    }
}

impl Drop for View {
    fn drop(&mut self) {
        // Whatever a test that failed left behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn winsize((columns, rows): (u16, u16)) -> Winsize {
    Winsize {
        ws_row: rows,
        ws_col: columns,
        ws_xpixel: 0,
        ws_ypixel: 0,
    }
}

fn parser((columns, rows): (u16, u16)) -> vt100::Parser {
    let of = |count: u16| std::num::NonZeroU16::new(count).expect("not nothing");
    vt100::Parser::new(of(rows), of(columns), 0)
}
