//! Stub.
pub mod discover;
pub mod fault;
pub mod holder;
pub mod serial;
pub mod tap;
