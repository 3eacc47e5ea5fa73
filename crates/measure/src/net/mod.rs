//! Sockets held to one interface, what is said over them, and what they cost.

pub(crate) mod authority;
pub(crate) mod bill;
pub(crate) mod bind;
pub(crate) mod dns;
pub(crate) mod http;
pub(crate) mod source;
pub(crate) mod stream;
pub(crate) mod tls;
mod trust;
