//! Answers of SIP servers, given any bytes. `tests/fuzz_standin.rs` runs the same on a stable toolchain.

use opensim::measure::fuzzing::{sip_answer, sip_question};

const TOKEN: u64 = 0x0123_4567_89ab_cdef;

/// Reads the bytes as they are, behind a status line, and between the headers that make an answer ours.
///
/// # Panics
/// When the reader does, or where what it gives is not safe to print.
pub(crate) fn sip(data: &[u8]) {
    read(data);
    read(&[b"SIP/2.0 ", data].concat());
    let question = sip_question(TOKEN);
    let via = question.lines().nth(1).unwrap_or_default();
    let head = format!("SIP/2.0 200 OK\r\n{via}\r\n");
    let whole = [head.as_bytes(), data, b"\r\n\r\n"].concat();
    read(&whole);
    // Cut anywhere, there is no other answer before there is one.
    for cut in (0..whole.len()).step_by(7) {
        if let Some(early) = sip_answer(TOKEN, &whole[..cut]) {
            assert_eq!(Some(early), sip_answer(TOKEN, &whole), "{cut}");
        }
    }
}

fn read(bytes: &[u8]) {
    if let Some((status, reason, _)) = sip_answer(TOKEN, bytes) {
        assert!((200..700).contains(&status), "{status}");
        assert!(!reason.chars().any(char::is_control), "{reason:?}");
    }
}
