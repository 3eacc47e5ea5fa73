//! An HTTP response's head against any bytes.
#![no_main]

#[path = "../bodies/http.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::response(data));
