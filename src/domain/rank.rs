//! Puts carriers in order, with reasons.
