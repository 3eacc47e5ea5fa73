//! The mask against any line, and what has to hold. `tests/fuzz_standin.rs` runs the same on a stable toolchain.

use opensim::dialect::commands;
use opensim::trace::mask;

/// Masks the bytes as a line, and as what answers one.
///
/// # Panics
/// When a line changes its length, is masked twice, or shows a number that is long enough to identify someone.
pub(crate) fn mask(data: &[u8]) {
    let (after, line) = match data.iter().position(|b| *b == b'\n') {
        Some(at) => (&data[..at], &data[at + 1..]),
        None => (&b""[..], data),
    };
    for after in [after, b"", b"AT+CGSN", b"AT+CMGR=1"] {
        let out = commands::words().line(line, after);
        assert_eq!(out.len(), line.len());
        let ends = |b: &[u8]| b.iter().filter(|b| b.is_ascii_control()).count();
        assert_eq!(ends(&out), ends(line));
        assert_eq!(commands::words().line(&out, after), out, "masked twice");
    }
    let text = String::from_utf8_lossy(line);
    let told = mask::text(&text);
    assert_eq!(mask::text(&told), told);
    for run in told.split(|c: char| !c.is_ascii_digit()) {
        // What is left of an identifier are its first digits and its last two; a text in hexadecimal is longer.
        assert!(
            run.len() < 14 || run.len() >= 28 || run.starts_with("00"),
            "{run} in {told}"
        );
    }
}
