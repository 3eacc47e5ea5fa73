//! Stub.
pub mod discover;
pub mod holder;
