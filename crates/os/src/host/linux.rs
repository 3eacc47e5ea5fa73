//! Linux's tables of the computer: `os-release`, `/proc/cpuinfo`, `/proc/meminfo`, and the kernel's word on its clock.

use std::path::Path;

use super::HostFacts;
use crate::files::{self, Links};

/// The longest of these tables: some thousand processors.
const LONGEST: u64 = 4_000_000;

pub(super) fn host(root: &Path) -> HostFacts {
    let read = |path: &str| {
        let read = files::read(&root.join(path), LONGEST, Links::Followed);
        Some(read.ok()?.0)
    };
    let cpuinfo = read("proc/cpuinfo").unwrap_or_default();
    let release = read("etc/os-release");
    let release = release.or_else(|| read("usr/lib/os-release"));
    let processors = cpuinfo.lines().filter(|line| line.starts_with("processor"));
    let processors = u32::try_from(processors.count()).ok();
    let kernel = read("proc/sys/kernel/osrelease");
    HostFacts {
        system: release.and_then(|text| pretty_name(&text)),
        kernel: kernel.map(|text| text.trim().to_owned()),
        architecture: Some(std::env::consts::ARCH.to_owned()),
        processor: processor(&cpuinfo),
        processors: processors.filter(|count| *count > 0),
        memory_bytes: read("proc/meminfo").and_then(|text| memory(&text)),
    }
}

/// `PRETTY_NAME` of os-release(5), without its quotes.
fn pretty_name(text: &str) -> Option<String> {
    let mut lines = text.lines();
    let value = lines.find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
    let value = value.trim().trim_matches(['"', '\'']);
    (!value.is_empty()).then(|| value.to_owned())
}

/// What the processor is called; a board that does not name its processor names itself.
fn processor(cpuinfo: &str) -> Option<String> {
    let named = |wanted: &str| {
        cpuinfo.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            let value = value.trim();
            (name.trim() == wanted && !value.is_empty()).then(|| value.to_owned())
        })
    };
    ["model name", "Model", "Hardware"]
        .into_iter()
        .find_map(named)
}

fn memory(meminfo: &str) -> Option<u64> {
    let mut lines = meminfo.lines();
    let value = lines.find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kibibytes: u64 = value.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kibibytes.checked_mul(1024)
}

/// The kernel's own word: whether a time service keeps its clock (`STA_UNSYNC` of adjtimex(2)).
#[expect(
    unsafe_code,
    reason = "no crate at hand asks the kernel how its clock is kept"
)]
pub(super) fn is_clock_kept() -> Option<bool> {
    // SAFETY: a `timex` of zeroes is one that asks for nothing to be changed.
    let mut asked: libc::timex = unsafe { std::mem::zeroed() };
    // SAFETY: the pointer is to a `timex` of our own, which outlives the call.
    let state = unsafe { libc::adjtimex(&raw mut asked) };
    (state >= 0).then_some(asked.status & libc::STA_UNSYNC == 0)
}
