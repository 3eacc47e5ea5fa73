//! Throughput and voice over the modem's own link: the places where measuring plugs in.
//!
//! Nothing measures yet. The survey gives each carrier `throughput: null`, `voice: null` and the verdict
//! `not_measured`, and ranks by radio alone. What is to come keeps to this: a pure sequential test beside its socket
//! driver, a packet stream with the E-model, and every packet bound to the modem's interface or none sent at all.
