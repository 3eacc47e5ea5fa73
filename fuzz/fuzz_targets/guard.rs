//! The guard against any command line.
#![no_main]

#[path = "../bodies/guard.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::guard(data));
