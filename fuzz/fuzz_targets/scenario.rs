//! The reader of scenarios, and the modem of one, against any text.
#![no_main]

#[path = "../bodies/scenario.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::scenario(data));
