//! A pseudo-terminal: the end that a test reads and types at, and the path of the one that a program takes for its terminal.

use std::fs::File;

use rustix::pty::OpenptFlags;

pub(crate) struct Pty {
    pub(crate) far: File,
    path: String,
}

impl Pty {
    /// As wide as it is by default, or so many columns.
    pub(crate) fn open(columns: Option<u16>) -> Self {
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
        let far = rustix::pty::openpt(flags).expect("a terminal");
        rustix::pty::unlockpt(&far).expect("unlocked");
        if let Some(columns) = columns {
            let size = rustix::termios::Winsize {
                ws_row: 24,
                ws_col: columns,
                ws_xpixel: 0,
                ws_ypixel: 0,
            };
            rustix::termios::tcsetwinsize(&far, size).expect("a size");
        }
        let name = rustix::pty::ptsname(&far, Vec::new()).expect("a name");
        Self {
            far: File::from(far),
            path: name.into_string().expect("a plain path"),
        }
    }

    /// The near end, opened once more.
    pub(crate) fn near(&self) -> File {
        let open = File::options().read(true).write(true).open(&self.path);
        open.expect("the near end opens")
    }
}
