//! The readers of answers against any lines.
#![no_main]

#[path = "../bodies/values.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::values(data));
