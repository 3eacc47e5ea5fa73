//! The use cases over every family of the virtual modem: well behaved ([`families`]), and as odd as the field
//! ([`matrix`]).

#![expect(
    clippy::unwrap_used,
    reason = "the helpers of a test may fail it; clippy knows only functions marked as tests"
)]

mod case;
mod desk;
mod families;
mod judge;
mod matrix;
mod run;
mod values;
