//! STAMP and its reflector against any packets.
#![no_main]

#[path = "../bodies/stamp.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::stamp(data));
