//! Throughput and voice over one named interface: does it carry what is needed, how sure is that, and what did it cost.
//!
//! Measuring here answers a question with a threshold, it does not estimate a maximum: it stops as soon as the
//! answer is known, in seconds and tens of kilobytes, for the link is metered. Every packet leaves by the interface
//! that was named or is not sent at all ([`Via`]). It is not for comparing fast links, and it knows neither AT nor a
//! modem: it is given an interface.
//!
//! What decides is pure and stands beside the sockets that feed it: [`throughput`] (counts in, verdict out) and
//! [`voice`] (packets in, rating out).
//!
//! ```no_run
//! use opensim_domain::verdict::Verdict;
//! use opensim_measure::{Plan, Server, Via, measure};
//! use opensim_os::clock::Clock;
//! use tokio_util::sync::CancellationToken;
//!
//! # async fn carries_the_day() -> Result<bool, Box<dyn std::error::Error>> {
//! let interface = Via::Interface("wwan0".to_owned());
//! let server = Server::parse("opensim://measure.example:8620")?;
//! let plan = Plan::new(interface, server, Clock::system());
//! let measured = measure(&plan, &CancellationToken::new()).await?;
//! println!("{} bytes", measured.cost.bytes);
//! # Ok(
//! measured.verdict(&plan.need) == Verdict::Suitable
//! # )
//! # }
//! ```
//!
//! The rooms, from the ground up; each knows only those above it in this list:
//!
//! - `error`, `number`, `random`: what keeps a measurement from being made, and what everything here computes with
//! - `net`: sockets held to one interface, what is said over them, and what they cost
//! - [`throughput`]: the sequential test of a rate against a need
//! - [`voice`]: a call's packets, the reflector that answers them, and the rating
//! - [`servers`]: the kinds of server that can be measured against, one file a kind
//! - `measurement`: what is to be measured, and the run of it from its first packet to its last
//! - [`reach`]: whether a telephone server, a VPN or a page is reached
//! - [`serve`]: the measurement server
//! - [`collector`]: a document handed to a web server, with a certificate of one's own

pub mod collector;
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

pub use error::{MeasureError, Stranger};
pub use measurement::plan::{
    Allowance, Because, Beside, CallSetting, Measured, MeasurementCost, Missing, Part, Plan,
    VoicePlan,
};
pub use measurement::transfer::UploadCount;
pub use measurement::{Meter, contact, measure};
pub use net::bill::Bill;
pub use net::bind::{Via, possible};
pub use servers::{ReflectorAddress, Server, SpecError};
