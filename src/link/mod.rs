//! Stub.
pub mod discover;
pub mod holder;
pub mod serial;
