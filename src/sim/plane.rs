//! The place of the virtual data path: real sockets on loopback, shaped by the carrier in use.
//!
//! A measurement in the demonstration is to measure something. What belongs here: each carrier's rate, delay, jitter
//! and loss from its scenario, applied to what flows while [`World::plmn`](super::World::plmn) names it, and nothing
//! at all while the modem is not registered. It needs no root and no network of its own. Nothing is built yet.
