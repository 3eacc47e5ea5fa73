//! A call's quality: a packet stream as the codec would send it, and what a listener would say of it.
//!
//! The stream is STAMP's (RFC 8762), timestamped at both ends, so that delay variation and loss are known each way
//! without synchronised clocks; the rating is the E-model's (ITU-T G.107). What rates is pure; only `probe` and
//! the server's reflector touch a socket.

mod codec;
mod emodel;
mod probe;
mod quality;
mod reflector;
mod stamp;
mod stamper;

pub use codec::{Codec, INTERVAL};
pub use emodel::{Conversation, mos};
pub(super) use probe::{Heard, Probe, is_multiplied};
pub use quality::{Call, Doubles, Exchange, Method, Reply, Stamps};
pub use reflector::{Limits as ReflectorLimits, Reflector, Sender};
pub use stamp::{Ntp, Reflected, Request};
pub(super) use stamper::Stamper;
