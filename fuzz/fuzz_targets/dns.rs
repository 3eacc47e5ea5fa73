//! A name server's answers against any bytes.
#![no_main]

#[path = "../bodies/dns.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::dns(data));
