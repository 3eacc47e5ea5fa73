//! The sequential test of a rate against a need: bytes counted on every tick in, a verdict out as soon as it is known.
//!
//! A maximum takes ten seconds and tens of megabytes to estimate; whether a link clears a threshold can be told from
//! the moment the byte count leaves a band around the threshold's line. The band is that of a truncated two-sided
//! sequential probability ratio test (Wald) of 15 % below the need against 15 % above, at 1 % error each, with the
//! link's own dispersion estimated as it goes. It reads no clock and knows no socket.
//!
//! It is not for comparing fast links: what it gives above the need is a lower bound, since it stops reading early.

mod byte_budget;
mod dispersion;
#[cfg(test)]
mod laws;
mod pacer;
mod rate_test;
#[cfg(test)]
mod reference;
mod report;
mod rule;
mod sampler;
mod ticks;
mod way_test;

pub(crate) use byte_budget::ByteBudget;
pub(crate) use pacer::{Drive, Pacer, Rates, SEGMENT};
#[cfg(test)]
pub(crate) use rate_test::{Decision, RateTest, TestStep};
pub use report::{Clearance, Goodput, Stop};
pub(crate) use rule::RateRule;
pub(crate) use sampler::Sampler;
pub(crate) use ticks::{TICK, Ticks};
#[cfg(test)]
pub(crate) use way_test::WayRule;
pub(crate) use way_test::{WayTest, WayTick, WayWord};
