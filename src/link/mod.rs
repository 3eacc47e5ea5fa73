//! Ways to a modem: finding the port, opening it, the one task that owns it, and the guard before the wire.
//!
//! Knows bytes and processes, not vendors: what a line means is `at`'s and `dialect`'s affair.

pub mod discover;
pub mod driver;
pub mod fault;
pub mod tap;

pub use crate::os::port::{holder, serial};
pub use driver::{Driver, LinkError};

/// Anything that carries bytes to a modem and back: a serial port, a virtual modem, a replayed trace.
pub trait Link: tokio::io::AsyncRead + tokio::io::AsyncWrite + Send + Unpin {}

impl<T: tokio::io::AsyncRead + tokio::io::AsyncWrite + Send + Unpin> Link for T {}
