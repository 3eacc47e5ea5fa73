//! Windows's console.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::os::windows::io::{AsHandle, AsRawHandle as _};
use std::time::Duration;

use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::System::Console::{
    CONSOLE_SCREEN_BUFFER_INFO, COORD, ENABLE_ECHO_INPUT, ENABLE_LINE_INPUT,
    ENABLE_PROCESSED_INPUT, ENABLE_VIRTUAL_TERMINAL_PROCESSING, FlushConsoleInputBuffer,
    GetConsoleMode, GetConsoleScreenBufferInfo, SMALL_RECT, SetConsoleMode,
};

/// The console's mode as it was.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settings(u32);

/// A standard stream.
pub trait Stream: AsHandle {}

impl<S: AsHandle> Stream for S {}

fn handle(stream: &impl Stream) -> HANDLE {
    stream.as_handle().as_raw_handle()
}

pub(super) fn width(stream: &impl Stream) -> Option<u16> {
    size(stream).map(|(columns, _)| columns)
}

/// The window's, not that of the buffer behind it, which may be wider and is much longer.
#[expect(unsafe_code, reason = "the console has no safe interface")]
pub(super) fn size(stream: &impl Stream) -> Option<(u16, u16)> {
    let nowhere = COORD { X: 0, Y: 0 };
    let mut told = CONSOLE_SCREEN_BUFFER_INFO {
        dwSize: nowhere,
        dwCursorPosition: nowhere,
        wAttributes: 0,
        srWindow: SMALL_RECT {
            Left: 0,
            Top: 0,
            Right: 0,
            Bottom: 0,
        },
        dwMaximumWindowSize: nowhere,
    };
    // SAFETY: the handle is borrowed for the call, and the answer is written to our own variable.
    let known = unsafe { GetConsoleScreenBufferInfo(handle(stream), &raw mut told) } != 0;
    let window = told.srWindow;
    let length = |from: i16, to: i16| {
        let length = i32::from(to) - i32::from(from) + 1;
        u16::try_from(length).ok()
    };
    let size = length(window.Left, window.Right).zip(length(window.Top, window.Bottom));
    size.filter(|_| known)
}

/// Whoever has the console has it alone: no job of it is in the background.
pub(super) fn is_foreground(_: &impl Stream) -> bool {
    true
}

/// Whether a console or a pipe takes bytes now cannot be asked.
pub(super) fn takes(_: &impl Stream, _: Duration) -> bool {
    true
}

/// The console has no name, and moves; what stands for one may say otherwise.
pub(super) fn moves(term: Option<&str>) -> bool {
    term != Some("dumb")
}

/// From Windows 10 on a console understands what moves the cursor and colours a text, where it is asked to.
pub(super) fn prepare(stream: &impl Stream) {
    if let Ok(Settings(mode)) = settings(stream)
        && let Err(error) = set(stream, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING)
    {
        tracing::debug!(%error, "the console takes no colours");
    }
}

#[expect(unsafe_code, reason = "the console has no safe interface")]
pub(super) fn settings(terminal: &impl Stream) -> io::Result<Settings> {
    let mut mode = 0;
    // SAFETY: the handle is borrowed for the call, and the answer is written to our own variable.
    if unsafe { GetConsoleMode(handle(terminal), &raw mut mode) } == 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(Settings(mode))
}

#[expect(unsafe_code, reason = "the console has no safe interface")]
fn set(terminal: &impl Stream, mode: u32) -> io::Result<()> {
    // SAFETY: the handle is borrowed for the call.
    if unsafe { SetConsoleMode(handle(terminal), mode) } == 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

/// What was typed and not read is gone.
#[expect(unsafe_code, reason = "the console has no safe interface")]
fn forget_typed(terminal: &impl Stream) -> io::Result<()> {
    // SAFETY: the handle is borrowed for the call.
    if unsafe { FlushConsoleInputBuffer(handle(terminal)) } == 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

pub(super) fn take_keys(terminal: &impl Stream, settings: &Settings) -> io::Result<()> {
    let single = settings.0 & !(ENABLE_LINE_INPUT | ENABLE_ECHO_INPUT);
    set(terminal, single | ENABLE_PROCESSED_INPUT)
}

pub(super) fn give_keys_back(terminal: &impl Stream, settings: &Settings) -> io::Result<()> {
    set(terminal, settings.0)?;
    forget_typed(terminal)
}

pub(super) fn hide(terminal: &impl Stream, shown: &Settings) -> io::Result<()> {
    forget_typed(terminal)?;
    set(terminal, shown.0 & !ENABLE_ECHO_INPUT)
}

pub(super) fn put_back(terminal: &impl Stream, shown: &Settings) -> io::Result<()> {
    set(terminal, shown.0)?;
    // Without the echo the end of the line is not shown either.
    OpenOptions::new()
        .write(true)
        .open("CONOUT$")
        .and_then(|mut console| console.write_all(b"\r\n"))
}
