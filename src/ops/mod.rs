//! Stub.
pub mod modems;
