//! The user that this process runs for, by its token: the environment is not asked.

use std::ptr;

use windows_sys::Win32::Foundation::{CloseHandle, HANDLE, LocalFree};
use windows_sys::Win32::Security::Authorization::ConvertSidToStringSidW;
use windows_sys::Win32::Security::{
    GetTokenInformation, LookupAccountSidW, PSID, TOKEN_ELEVATION, TOKEN_QUERY, TOKEN_USER,
    TokenElevation, TokenUser,
};
use windows_sys::Win32::System::Threading::{GetCurrentProcess, OpenProcessToken};

use crate::registry::narrow;

/// Whether it runs with an administrator's rights.
pub fn is_root() -> bool {
    Token::own().is_some_and(|token| token.is_elevated())
}

/// The user as the log names them, by number, since a name can be claimed: `PC\marie (S-1-5-21-...-1001)`.
pub fn who() -> String {
    let user = Token::own().and_then(|token| token.user());
    user.unwrap_or_else(|| "?".to_owned())
}

/// The token of this process.
struct Token(HANDLE);

impl Token {
    #[expect(unsafe_code, reason = "tokens have no safe interface")]
    fn own() -> Option<Self> {
        let mut token: HANDLE = ptr::null_mut();
        // SAFETY: the process is this one, by its pseudo handle; the token's handle is written to our own variable.
        let opened = unsafe { OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &raw mut token) };
        (opened != 0).then_some(Self(token))
    }

    #[expect(unsafe_code, reason = "tokens have no safe interface")]
    fn is_elevated(&self) -> bool {
        let mut told = TOKEN_ELEVATION { TokenIsElevated: 0 };
        let size = u32::try_from(size_of::<TOKEN_ELEVATION>()).unwrap_or(0);
        let mut length = 0;
        // SAFETY: the token is open while `self` lives; the answer is of the size that is told, in our own variable.
        let known = unsafe {
            GetTokenInformation(
                self.0,
                TokenElevation,
                (&raw mut told).cast(),
                size,
                &raw mut length,
            )
        };
        known != 0 && told.TokenIsElevated != 0
    }

    #[expect(unsafe_code, reason = "tokens have no safe interface")]
    fn user(&self) -> Option<String> {
        // A SID has 68 bytes at most; aligned as a `TOKEN_USER` has to be.
        let mut space = [0_u64; 32];
        let size = u32::try_from(size_of_val(&space)).unwrap_or(0);
        let mut length = 0;
        // SAFETY: the token is open while `self` lives; the space is writable for the size that is told.
        let known = unsafe {
            GetTokenInformation(
                self.0,
                TokenUser,
                space.as_mut_ptr().cast(),
                size,
                &raw mut length,
            )
        };
        if known == 0 {
            return None;
        }
        // SAFETY: the system wrote a `TOKEN_USER` at the beginning of the space, which is aligned for it.
        let sid = unsafe { (*space.as_ptr().cast::<TOKEN_USER>()).User.Sid };
        let number = number(sid)?;
        Some(match name(sid) {
            Some(name) => format!("{name} ({number})"),
            None => number,
        })
    }
}

impl Drop for Token {
    #[expect(unsafe_code, reason = "tokens have no safe interface")]
    fn drop(&mut self) {
        // SAFETY: the handle is this token's own and is not used after.
        unsafe { CloseHandle(self.0) };
    }
}

#[expect(unsafe_code, reason = "users' numbers have no safe interface")]
fn number(sid: PSID) -> Option<String> {
    let mut text = ptr::null_mut();
    // SAFETY: the SID is one that the system gave, in space that is still there; the text is the system's, and given
    // back below.
    if unsafe { ConvertSidToStringSidW(sid, &raw mut text) } == 0 {
        return None;
    }
    let mut units = Vec::new();
    // The longest that a SID can be as a text.
    for at in 0..256 {
        // SAFETY: the text ends with a zero, and nothing is read behind that.
        let unit = unsafe { *text.add(at) };
        if unit == 0 {
            break;
        }
        units.push(unit);
    }
    // SAFETY: the text is what the call above allocated, and is not used after.
    unsafe { LocalFree(text.cast()) };
    Some(narrow(&units))
}

#[expect(unsafe_code, reason = "users' names have no safe interface")]
fn name(sid: PSID) -> Option<String> {
    let (mut name, mut domain) = ([0_u16; 256], [0_u16; 256]);
    let (mut name_length, mut domain_length) = (256, 256);
    let mut kind = 0;
    // SAFETY: the SID is one that the system gave; both buffers are writable for the lengths that are told.
    let known = unsafe {
        LookupAccountSidW(
            ptr::null(),
            sid,
            name.as_mut_ptr(),
            &raw mut name_length,
            domain.as_mut_ptr(),
            &raw mut domain_length,
            &raw mut kind,
        )
    };
    if known == 0 {
        return None;
    }
    let (name, domain) = (narrow(&name), narrow(&domain));
    Some(if domain.is_empty() {
        name
    } else {
        format!("{domain}\\{name}")
    })
}
