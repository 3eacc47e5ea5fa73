//! A call's quality: a packet stream as the codec would send it, and what a listener would say of it.
//!
//! The stream is STAMP's (RFC 8762), timestamped at both ends, so that delay variation and loss are known each way
//! without synchronised clocks; the rating is the E-model's (ITU-T G.107). What rates is pure; only `probe` and
//! the server's reflector touch a socket.

mod codec;
mod emodel;
mod probe;
mod quality;
mod queues;
pub(crate) mod reflector;
pub(crate) mod stamp;
mod stamper;

pub use codec::Codec;
pub(crate) use codec::{INTERVAL, payload};
pub(crate) use probe::{CallProbe, CallStream, StreamResult, is_multiplied};
#[cfg(test)]
pub(crate) use quality::Duplicates;
pub use quality::{Call, Method, PacketExchange, PacketReply, Stamps};
pub(crate) use queues::Queues;
pub use reflector::ReflectorLimits;
pub(crate) use reflector::{Reflector, Sender};
pub(crate) use stamp::BASE as LEAST_PACKET;
pub use stamp::Ntp;
pub(crate) use stamp::{StampReply, StampRequest};
pub(crate) use stamper::Stamper;
