//! The reader of traces, and the modem of one, against any text.
#![no_main]

#[path = "../bodies/trace.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::trace(data));
