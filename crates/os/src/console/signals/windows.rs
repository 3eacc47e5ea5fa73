//! Windows calls a handler, on a thread of its own: for a Ctrl-C or Ctrl-Break that was typed, and where the window is
//! closed, the user logs off or the computer is shut down. What closes ends the process as soon as the handler returns,
//! or after some seconds, whatever it does: so it does not return, and what has to be put back is put back meanwhile. What
//! that time is too short for, the journal keeps for `recover`.

use std::io;
use std::sync::Mutex;
use std::sync::mpsc::{Sender, channel};

use windows_sys::Win32::System::Console::{CTRL_BREAK_EVENT, CTRL_C_EVENT, SetConsoleCtrlHandler};
use windows_sys::core::BOOL;

use super::Interrupt;

mod session;

/// Where the handler, which gets no argument of ours, leaves what it was called for.
static HEARD: Mutex<Option<Sender<Interrupt>>> = Mutex::new(None);

pub(super) fn listen(
    caught: impl Fn() + Clone + Send + 'static,
    mut read_one: impl FnMut(Interrupt) + Send + 'static,
) -> io::Result<()> {
    let (told, heard) = channel();
    let thread = std::thread::Builder::new().name("signals".to_owned());
    let thread = thread.spawn(move || {
        while let Ok(interrupt) = heard.recv() {
            read_one(interrupt);
        }
    });
    if let Err(error) = thread {
        // Nobody would read them, and there is no other way to be told of one.
        drop(caught);
        return Err(error);
    }
    if let Ok(mut heard) = HEARD.lock() {
        *heard = Some(told);
    }
    session::watch();
    handle()
}

/// Leaves it where it is read from.
fn tell(interrupt: Interrupt) {
    if let Ok(heard) = HEARD.lock()
        && let Some(heard) = heard.as_ref()
    {
        let _ = heard.send(interrupt);
    }
}

/// Waits for the end of the process, which another thread brings about.
fn wait_for_the_end() -> ! {
    loop {
        std::thread::park();
    }
}

#[expect(unsafe_code, reason = "the console has no safe interface")]
fn handle() -> io::Result<()> {
    // A program that was started without a console's Ctrl-C (`start /b`) would not hear it.
    // SAFETY: no handler but the absence of one is named.
    unsafe { SetConsoleCtrlHandler(None, 0) };
    // SAFETY: the handler is a function of the type that is asked for, and is there as long as the process.
    if unsafe { SetConsoleCtrlHandler(Some(handler), 1) } == 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

#[expect(unsafe_code, reason = "the type that Windows calls")]
unsafe extern "system" fn handler(event: u32) -> BOOL {
    let is_key = matches!(event, CTRL_C_EVENT | CTRL_BREAK_EVENT);
    let typed = event == CTRL_C_EVENT;
    tell(Interrupt::Stop { typed });
    if !is_key {
        // Returning would end the process now; it ends by itself, or is ended when its time is over.
        wait_for_the_end();
    }
    1
}

/// There is no pausing on Windows, and nothing that asks for it.
pub(super) fn pause() {}

/// A full file is an error like any other on Windows.
pub(super) fn outlive_full_files() {}
