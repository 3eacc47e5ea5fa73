//! A SIP server's answers against any bytes.
#![no_main]

#[path = "../bodies/sip.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::sip(data));
