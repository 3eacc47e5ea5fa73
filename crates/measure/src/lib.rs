//! Throughput and voice over one named link: does it carry what is needed, how sure is that, and what did it cost.
//!
//! Measuring here answers a question with a threshold, it does not estimate a maximum: it stops as soon as the
//! answer is known, in seconds and tens of kilobytes, for the link is metered. Every packet leaves by the interface
//! that was named or is not sent at all ([`bind`]).
//!
//! What decides is pure and stands beside the sockets that feed it: [`throughput`] (ticks in, verdict out) and
//! [`voice`] (packets in, rating out). This room knows neither AT nor a modem: it is given an interface.

pub mod bill;
pub mod bind;
mod call;
pub mod checks;
mod datagram;
mod dns;
pub mod error;
mod http;
mod number;
mod plan;
mod random;
mod reports;
pub mod route;
mod run;
pub mod server;
mod source;
pub mod spec;
mod stream;
mod tcp_info;
#[cfg(test)]
mod tests;
pub mod throughput;
mod tls;
mod transfer;
mod trip;
pub mod voice;

pub use bill::Bill;
pub use bind::Via;
pub use error::MeasureError;
pub use plan::{Allowance, Because, Cost, Measured, Missing, Part, Plan, VoicePlan};
pub use run::{Meter, measure, reach};
pub use spec::{Reflector, Server, SpecError};
pub use transfer::UploadCount;
