//! Windows's registry, read alone: the facts of the computer and of what is plugged in.
//!
//! What stands there may have been written by anybody who installs a driver: every length is bounded, every text is
//! taken for what it is.

use std::ptr;

use windows_sys::Win32::Foundation::{ERROR_MORE_DATA, ERROR_SUCCESS};
use windows_sys::Win32::System::Registry::{
    HKEY, HKEY_LOCAL_MACHINE, KEY_READ, REG_DWORD, REG_EXPAND_SZ, REG_MULTI_SZ, REG_SZ,
    RegCloseKey, RegEnumKeyExW, RegEnumValueW, RegOpenKeyExW, RegQueryValueExW,
};

/// The most bytes that a value has here, and the most members of a key.
const LONGEST: u32 = 64 * 1024;
const MOST: u32 = 10_000;
/// The longest name of a key (255) or of a value that is of use here, with its end.
const NAME: usize = 1024;

/// A text as Windows takes it: UTF-16, with a zero at its end.
pub(crate) fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

/// A text as Windows gives it, up to its zero.
pub(crate) fn narrow(text: &[u16]) -> String {
    let end = text.iter().position(|unit| *unit == 0);
    String::from_utf16_lossy(&text[..end.unwrap_or(text.len())])
}

/// An open key.
#[derive(Debug)]
pub(crate) struct Key(HKEY);

impl Key {
    /// A key of the machine's, where it is there and this user may read it.
    #[expect(unsafe_code, reason = "the registry has no safe interface")]
    pub(crate) fn machine(path: &str) -> Option<Self> {
        let path = wide(path);
        let mut key: HKEY = ptr::null_mut();
        // SAFETY: the path ends with a zero and the handle is written to our own variable; both outlive the call.
        let code =
            unsafe { RegOpenKeyExW(HKEY_LOCAL_MACHINE, path.as_ptr(), 0, KEY_READ, &raw mut key) };
        (code == ERROR_SUCCESS).then_some(Self(key))
    }

    /// A value that is a text; the first of several.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.texts(name).into_iter().next()
    }

    /// A value of several texts, or of one.
    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        let Some((kind, bytes)) = self.value(name) else {
            return Vec::new();
        };
        texts(kind, &bytes)
    }

    /// A value that is a number.
    pub(crate) fn number(&self, name: &str) -> Option<u32> {
        let (kind, bytes) = self.value(name)?;
        let number = bytes.first_chunk().copied().map(u32::from_le_bytes);
        number.filter(|_| kind == REG_DWORD)
    }

    /// The bytes of a value, whatever it is.
    pub(crate) fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        self.value(name).map(|(_, bytes)| bytes)
    }

    #[expect(unsafe_code, reason = "the registry has no safe interface")]
    fn value(&self, name: &str) -> Option<(u32, Vec<u8>)> {
        let name = wide(name);
        let (mut kind, mut length) = (0, 0);
        // SAFETY: the key is open while `self` lives; the name ends with a zero; with no place to write to only the
        // type and the length are written, to our own variables.
        let code = unsafe {
            RegQueryValueExW(
                self.0,
                name.as_ptr(),
                ptr::null(),
                &raw mut kind,
                ptr::null_mut(),
                &raw mut length,
            )
        };
        if code != ERROR_SUCCESS || length > LONGEST {
            return None;
        }
        let mut bytes = vec![0_u8; usize::try_from(length).ok()?];
        // SAFETY: as above, and the buffer is writable for `length` bytes, which the system is told and does not pass.
        let code = unsafe {
            RegQueryValueExW(
                self.0,
                name.as_ptr(),
                ptr::null(),
                &raw mut kind,
                bytes.as_mut_ptr(),
                &raw mut length,
            )
        };
        bytes.truncate(usize::try_from(length).ok()?);
        (code == ERROR_SUCCESS).then_some((kind, bytes))
    }

    /// The names of the keys below.
    #[expect(unsafe_code, reason = "the registry has no safe interface")]
    pub(crate) fn keys(&self) -> Vec<String> {
        let mut names = Vec::new();
        for at in 0..MOST {
            let mut name = [0_u16; NAME];
            let mut length = u32::try_from(name.len()).unwrap_or(0);
            // SAFETY: the key is open while `self` lives; the buffer is writable for `length` units, which the system
            // is told and does not pass; what is not asked for is null.
            let code = unsafe {
                RegEnumKeyExW(
                    self.0,
                    at,
                    name.as_mut_ptr(),
                    &raw mut length,
                    ptr::null(),
                    ptr::null_mut(),
                    ptr::null_mut(),
                    ptr::null_mut(),
                )
            };
            match code {
                ERROR_SUCCESS => names.push(narrow(&name)),
                ERROR_MORE_DATA => {}
                _ => break,
            }
        }
        names
    }

    /// The texts of the values, whatever they are called.
    #[expect(unsafe_code, reason = "the registry has no safe interface")]
    pub(crate) fn all_texts(&self) -> Vec<String> {
        let mut found = Vec::new();
        for at in 0..MOST {
            let mut name = [0_u16; NAME];
            let mut name_length = u32::try_from(name.len()).unwrap_or(0);
            let mut bytes = [0_u8; 1024];
            let mut length = u32::try_from(bytes.len()).unwrap_or(0);
            let mut kind = 0;
            // SAFETY: the key is open while `self` lives; both buffers are writable for the lengths that the system is
            // told and does not pass.
            let code = unsafe {
                RegEnumValueW(
                    self.0,
                    at,
                    name.as_mut_ptr(),
                    &raw mut name_length,
                    ptr::null(),
                    &raw mut kind,
                    bytes.as_mut_ptr(),
                    &raw mut length,
                )
            };
            match code {
                ERROR_SUCCESS => {
                    let length = usize::try_from(length).unwrap_or(0).min(bytes.len());
                    found.extend(texts(kind, &bytes[..length]));
                }
                ERROR_MORE_DATA => {}
                _ => break,
            }
        }
        found
    }
}

impl Drop for Key {
    #[expect(unsafe_code, reason = "the registry has no safe interface")]
    fn drop(&mut self) {
        // SAFETY: the handle is this key's own and is not used after.
        unsafe { RegCloseKey(self.0) };
    }
}

/// The texts in a value of this type.
fn texts(kind: u32, bytes: &[u8]) -> Vec<String> {
    let units = bytes.chunks_exact(2);
    let units: Vec<u16> = units
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    match kind {
        REG_SZ | REG_EXPAND_SZ => vec![narrow(&units)],
        REG_MULTI_SZ => {
            let parts = units.split(|unit| *unit == 0);
            let parts = parts.filter(|part| !part.is_empty());
            parts.map(String::from_utf16_lossy).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Vec<u8> {
        wide(text).into_iter().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn a_value_is_read_for_what_its_type_says() {
        assert_eq!(texts(REG_SZ, &value("COM5")), ["COM5"]);
        assert_eq!(texts(REG_SZ, &value("COM5")[..7]), ["COM"], "cut short");
        assert_eq!(texts(REG_MULTI_SZ, &value("a\0b\0")), ["a", "b"]);
        assert_eq!(texts(REG_DWORD, &value("COM5")), [""; 0]);
        assert_eq!(texts(REG_SZ, &[]), [""]);
    }

    #[test]
    fn the_machines_own_keys_are_there_and_others_are_not() {
        let system = Key::machine(r"SYSTEM\CurrentControlSet\Control").unwrap();
        assert!(!system.keys().is_empty());
        assert!(Key::machine(r"SOFTWARE\no such key").is_none());
        assert_eq!(system.text("no such value"), None);
    }
}
