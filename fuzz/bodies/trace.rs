//! The reader of traces and the modem that a trace makes, given any text. `tests/fuzz_standin.rs` runs the same on a
//! stable toolchain.

use std::time::Duration;

use opensim::sim::{Device as _, Replay};
use opensim::time::Instant;
use opensim::trace::{self, Entry};

/// Reads the bytes as a trace and asks the modem that it makes all that was asked then, twice.
///
/// # Panics
/// When a reader does, when a trace that was read is another one once it was written, or when an answer has no end.
pub(crate) fn trace(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let entries = match trace::parse(&text) {
        Ok(entries) => entries,
        Err(wrong) => {
            assert!((1..=text.lines().count()).contains(&wrong.number));
            return;
        }
    };
    let written = |entries: &[Entry]| {
        let lines: Vec<String> = entries.iter().map(ToString::to_string).collect();
        lines.join("\n")
    };
    let again = trace::parse(&written(&entries)).expect("what was written is a trace");
    assert_eq!(written(&again), written(&entries));
    assert_eq!(trace::exchanges(&again), trace::exchanges(&entries));

    let mut modem = Replay::from_trace(&text).expect("it was read as a trace");
    let mut now = Instant::ZERO;
    let sent = entries.iter().filter_map(|entry| match entry {
        Entry::Sent(command) => Some(command.as_slice()),
        _ => None,
    });
    let sent: Vec<&[u8]> = sent.collect();
    for command in sent.iter().chain(&sent) {
        now = now + Duration::from_millis(100);
        modem.handle_input(now, command);
        modem.handle_input(now, b"\r");
        let _ = modem.poll_transmit(now);
    }
    while let Some(due) = modem.poll_timeout() {
        now = now.max(due);
        assert!(modem.poll_transmit(now).is_some(), "what is due leaves");
    }
}
