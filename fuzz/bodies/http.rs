//! Heads of HTTP, as a server sends them and as a client does, given any bytes. `tests/fuzz_standin.rs` runs the same on a
//! stable toolchain.

use opensim::measure::fuzzing::{request_head, response_head};

/// The longest body that the server gives or takes here.
const MOST: u64 = 1_000;

/// Reads the bytes as an answer's head, alone and behind a status line.
///
/// # Panics
/// When the reader does, or where a head reaches beyond what came.
pub(crate) fn response(data: &[u8]) {
    for bytes in [data, &[b"HTTP/1.1 200 OK\r\n", data].concat()] {
        if let Some((status, size)) = response_head(bytes) {
            assert!((1..=bytes.len()).contains(&size), "{size}");
            // What follows a head says nothing of it.
            assert_eq!(response_head(&bytes[..size]), Some((status, size)));
        }
    }
}

/// Reads the bytes as a request's head, alone and behind the lines that a body is given and taken for.
///
/// # Panics
/// When the reader does, where a limit is passed, or where what follows a head changes it.
pub(crate) fn request(data: &[u8]) {
    let starts: [&[u8]; 3] = [b"", b"GET /down?", b"POST /up HTTP/1.1\r\n"];
    for start in starts {
        let bytes = [start, data].concat();
        let Some(seen) = request_head(&bytes, MOST) else {
            continue;
        };
        assert!(seen.size <= bytes.len() && seen.body <= MOST, "{seen:?}");
        if !seen.refused {
            assert_eq!(
                request_head(&bytes[..seen.size], MOST).as_ref(),
                Some(&seen)
            );
        }
    }
}
