//! Windows's tables of the computer, in the registry.

use std::path::Path;

use windows_sys::Win32::System::SystemInformation::{GlobalMemoryStatusEx, MEMORYSTATUSEX};

use super::HostFacts;
use crate::registry::Key;

const VERSION: &str = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion";
const PROCESSORS: &str = r"HARDWARE\DESCRIPTION\System\CentralProcessor";
const TIME: &str = r"SYSTEM\CurrentControlSet\Services\W32Time";
/// The first build that is called Windows 11; the registry goes on calling it 10.
const ELEVEN: u32 = 22_000;

pub(super) fn host(_: &Path) -> HostFacts {
    let version = Key::machine(VERSION);
    let processors = Key::machine(PROCESSORS);
    let count = processors.as_ref().map(|key| key.keys().len());
    let first = Key::machine(&format!(r"{PROCESSORS}\0"));
    let processor = first.and_then(|key| key.text("ProcessorNameString"));
    HostFacts {
        system: version.as_ref().and_then(system),
        kernel: version.as_ref().and_then(kernel),
        architecture: Some(std::env::consts::ARCH.to_owned()),
        processor: processor.map(|name| name.trim().to_owned()),
        processors: count
            .and_then(|count| u32::try_from(count).ok())
            .filter(|count| *count > 0),
        memory_bytes: memory(),
    }
}

/// `Windows 11 Pro 23H2`.
fn system(version: &Key) -> Option<String> {
    let name = version.text("ProductName")?;
    let build = build(version).unwrap_or(0);
    let name = if build >= ELEVEN {
        name.replacen("Windows 10", "Windows 11", 1)
    } else {
        name
    };
    Some(match version.text("DisplayVersion") {
        Some(display) => format!("{name} {display}"),
        None => name,
    })
}

fn build(version: &Key) -> Option<u32> {
    version.text("CurrentBuildNumber")?.parse().ok()
}

/// `10.0.22631.3007`, as `ver` says it.
fn kernel(version: &Key) -> Option<String> {
    let numbers = [
        version.number("CurrentMajorVersionNumber"),
        version.number("CurrentMinorVersionNumber"),
        build(version),
        version.number("UBR"),
    ];
    let numbers: Vec<String> = numbers.iter().flatten().map(u32::to_string).collect();
    (!numbers.is_empty()).then(|| numbers.join("."))
}

#[expect(unsafe_code, reason = "no crate at hand asks how much memory there is")]
fn memory() -> Option<u64> {
    let mut told = MEMORYSTATUSEX {
        dwLength: u32::try_from(size_of::<MEMORYSTATUSEX>()).unwrap_or(0),
        dwMemoryLoad: 0,
        ullTotalPhys: 0,
        ullAvailPhys: 0,
        ullTotalPageFile: 0,
        ullAvailPageFile: 0,
        ullTotalVirtual: 0,
        ullAvailVirtual: 0,
        ullAvailExtendedVirtual: 0,
    };
    // SAFETY: the answer is of the size that its first field tells, in our own variable.
    let known = unsafe { GlobalMemoryStatusEx(&raw mut told) } != 0;
    known.then_some(told.ullTotalPhys)
}

/// Windows's time service: whether it runs now is not told, since it is started when it is time; one that was turned off,
/// or told to ask nobody, keeps nothing.
pub(super) fn is_clock_kept() -> Option<bool> {
    const DISABLED: u32 = 4;
    let service = Key::machine(TIME)?;
    let asks = Key::machine(&format!(r"{TIME}\Parameters")).and_then(|key| key.text("Type"));
    let is_off = service.number("Start") == Some(DISABLED);
    let asks_nobody = asks.is_some_and(|kind| kind.eq_ignore_ascii_case("NoSync"));
    (is_off || asks_nobody).then_some(false)
}
