//! The mask against any line.
#![no_main]

#[path = "../bodies/mask.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::mask(data));
