//! The end of the user's session, and the computer's: a console program that uses any of Windows's libraries for windows is
//! not told of it by its console, but as a window is. So there is one that nobody sees.

use std::ptr;

use windows_sys::Win32::Foundation::{HWND, LPARAM, LRESULT, WPARAM};
use windows_sys::Win32::UI::WindowsAndMessaging::{
    CreateWindowExW, DefWindowProcW, DispatchMessageW, GetMessageW, MSG, RegisterClassW,
    WM_ENDSESSION, WM_QUERYENDSESSION, WNDCLASSW,
};

use super::super::Interrupt;
use super::{tell, wait_for_the_end};
use crate::registry::wide;

/// Watches from now on, on a thread of its own. Where there is no desktop to have a window on, there is no such word.
pub(super) fn watch() {
    let thread = std::thread::Builder::new().name("session".to_owned());
    if let Err(error) = thread.spawn(run) {
        tracing::debug!(%error, "the end of the session is not heard");
    }
}

#[expect(unsafe_code, reason = "windows have no safe interface")]
fn run() {
    let name = wide("opensim.session");
    let class = WNDCLASSW {
        style: 0,
        lpfnWndProc: Some(handle),
        cbClsExtra: 0,
        cbWndExtra: 0,
        hInstance: ptr::null_mut(),
        hIcon: ptr::null_mut(),
        hCursor: ptr::null_mut(),
        hbrBackground: ptr::null_mut(),
        lpszMenuName: ptr::null(),
        lpszClassName: name.as_ptr(),
    };
    // SAFETY: the class is whole, its function is there as long as the process, and its name outlives the window.
    let is_known = unsafe { RegisterClassW(&raw const class) } != 0;
    // SAFETY: the names end with a zero and outlive the call; nothing else is named.
    let window = unsafe {
        CreateWindowExW(
            0,
            name.as_ptr(),
            name.as_ptr(),
            0,
            0,
            0,
            0,
            0,
            ptr::null_mut(),
            ptr::null_mut(),
            ptr::null_mut(),
            ptr::null(),
        )
    };
    if !is_known || window.is_null() {
        let error = std::io::Error::last_os_error();
        tracing::debug!(%error, "the end of the session is not heard");
        return;
    }
    // SAFETY: a message of zeroes is one that says nothing.
    let mut message: MSG = unsafe { std::mem::zeroed() };
    // SAFETY: the message is our own and outlives each call.
    while unsafe { GetMessageW(&raw mut message, ptr::null_mut(), 0, 0) } > 0 {
        // SAFETY: as above.
        unsafe { DispatchMessageW(&raw const message) };
    }
}

#[expect(unsafe_code, reason = "the type that Windows calls")]
unsafe extern "system" fn handle(
    window: HWND,
    message: u32,
    first: WPARAM,
    second: LPARAM,
) -> LRESULT {
    match message {
        // Whether it may end: a program without a window to be seen is not asked for long.
        WM_QUERYENDSESSION => 1,
        // That it ends; returning lets the process be ended.
        WM_ENDSESSION if first != 0 => {
            tell(Interrupt::Stop { typed: false });
            wait_for_the_end()
        }
        // SAFETY: what is not meant for this is passed on as it came.
        _ => unsafe { DefWindowProcW(window, message, first, second) },
    }
}
