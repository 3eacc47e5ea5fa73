//! The use cases over every family of the virtual modem: well behaved ([`families`]), and as odd as the field
//! ([`matrix`]). What is judged and played there serves `src/modem/manager/tests/matrix` too, whose modems a daemon has.

#![expect(
    clippy::unwrap_used,
    reason = "the helpers of a test may fail it; clippy knows only functions marked as tests"
)]

mod case;
mod desk;
mod families;
mod guard_wire;
mod judge;
mod matrix;
mod rows;
mod run;
mod session_learns;
mod surveys;
mod values;
mod wired;
