//! COM ports of Windows by their names, and what their errors mean.

#[cfg(target_os = "windows")]
use std::io;

/// How a device's name begins where it is not looked for in a folder.
const DEVICE: &str = r"\\.\";

/// The name of the port that a word means: `COM5` for `com5`, `\\.\COM5` and `//./com5`; `None` for anything else.
pub(crate) fn name(word: &str) -> Option<String> {
    let word = word.replace('/', r"\");
    let word = word.strip_prefix(DEVICE).unwrap_or(&word);
    let name = word.strip_suffix(':').unwrap_or(word).to_ascii_uppercase();
    let number = name.strip_prefix("COM")?;
    let is_number = (1..=5).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && !number.starts_with('0');
    is_number.then_some(name)
}

/// What the system opens under this name; from COM10 on the name alone is not enough.
#[cfg(any(test, target_os = "windows"))]
pub(crate) fn device(name: &str) -> String {
    format!("{DEVICE}{name}")
}

/// Whether the system lists a port.
#[cfg(target_os = "windows")]
pub(crate) fn is_listed(name: &str) -> bool {
    use crate::registry::Key;

    let key = Key::machine(r"HARDWARE\DEVICEMAP\SERIALCOMM");
    let listed = key.map(|key| key.all_texts()).unwrap_or_default();
    listed.iter().any(|port| port.eq_ignore_ascii_case(name))
}

/// What Windows answers about a port whose device was plugged out.
#[cfg(target_os = "windows")]
pub(crate) fn hung_up(error: &io::Error) -> bool {
    use windows_sys::Win32::Foundation::{
        ERROR_ACCESS_DENIED, ERROR_BAD_COMMAND, ERROR_BROKEN_PIPE, ERROR_DEVICE_NOT_CONNECTED,
        ERROR_DEVICE_REMOVED, ERROR_FILE_NOT_FOUND, ERROR_GEN_FAILURE, ERROR_INVALID_HANDLE,
        ERROR_NO_SUCH_DEVICE, ERROR_OPERATION_ABORTED,
    };

    let gone = [
        ERROR_ACCESS_DENIED,
        ERROR_BAD_COMMAND,
        ERROR_BROKEN_PIPE,
        ERROR_DEVICE_NOT_CONNECTED,
        ERROR_DEVICE_REMOVED,
        ERROR_FILE_NOT_FOUND,
        ERROR_GEN_FAILURE,
        ERROR_INVALID_HANDLE,
        ERROR_NO_SUCH_DEVICE,
        ERROR_OPERATION_ABORTED,
    ];
    let code = error
        .raw_os_error()
        .and_then(|code| u32::try_from(code).ok());
    code.is_some_and(|code| gone.contains(&code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_known_however_its_name_is_written() {
        for word in ["COM5", "com5", r"\\.\COM5", "//./com5", "Com5:"] {
            assert_eq!(name(word).as_deref(), Some("COM5"), "{word}");
        }
        assert_eq!(
            name("COM12").map(|name| device(&name)),
            Some(r"\\.\COM12".to_owned())
        );
        let others = [
            "",
            "COM",
            "COM0",
            "COM05",
            "COM123456",
            "COM5x",
            "COMé",
            "LPT1",
            "usb:1-4",
            "sim:home",
            r"C:\COM5",
            r"\\.\PhysicalDrive0",
            "/dev/ttyUSB2",
        ];
        for word in others {
            assert_eq!(name(word), None, "{word}");
        }
    }
}
