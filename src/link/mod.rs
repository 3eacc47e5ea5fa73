//! Ways to a modem: finding the port, opening it, the one task that owns it, and the guard before the wire.
//!
//! Knows bytes and processes, not vendors: what a line means is `at`'s and `dialect`'s affair.

pub mod discover;
pub mod fault;
pub mod guard;
pub mod holder;
pub mod serial;
pub mod tap;
