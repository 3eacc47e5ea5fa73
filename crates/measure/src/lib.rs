//! Throughput and voice over one named link: does it carry what is needed, how sure is that, and what did it cost.
//!
//! Measuring here answers a question with a threshold, it does not estimate a maximum: it stops as soon as the
//! answer is known, in seconds and tens of kilobytes, for the link is metered. Every packet leaves by the interface
//! that was named or is not sent at all ([`Via`]).
//!
//! What decides is pure and stands beside the sockets that feed it: [`throughput`] (ticks in, verdict out) and
//! [`voice`] (packets in, rating out). This room knows neither AT nor a modem: it is given an interface.

mod error;
#[doc(hidden)]
pub mod fuzzing;
mod measurement;
pub mod net;
mod number;
mod random;
pub mod reach;
pub mod serve;
pub mod servers;
#[cfg(test)]
mod tests;
pub mod throughput;
pub mod voice;

pub use error::MeasureError;
pub use measurement::plan::{
    Allowance, Because, Measured, MeasurementCost, Missing, Part, Plan, VoicePlan,
};
pub use measurement::transfer::UploadCount;
pub use measurement::{Meter, contact, measure};
pub use net::bill::Bill;
pub use net::bind::Via;
pub use servers::{ReflectorAddress, Server, SpecError};
