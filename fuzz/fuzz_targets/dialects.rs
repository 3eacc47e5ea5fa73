//! Every dialect's readers against any lines.
#![no_main]

#[path = "../bodies/dialects.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::dialects(data));
