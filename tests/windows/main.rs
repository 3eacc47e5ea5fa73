//! The program for Windows, run under Wine, its modem on a COM port that is this computer's pseudo-terminal.
//!
//! `tests/windows/run` builds the program, prepares Wine and runs these; alone they say that they are skipped. [`day`] is what a
//! person does with it, [`wrong`] what goes wrong, [`matrix`] a sample of the matrix of quirks, judged by the same laws as on
//! Linux. Wine is not Windows: what it does not enforce (a port that another program has) or has no driver for (a modem on USB)
//! is not seen here, and no test says so.

#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    reason = "the helpers of a test may fail it; clippy knows only functions marked as tests"
)]

#[path = "../field/case.rs"]
#[expect(dead_code, reason = "the matrix of the field uses the rest")]
mod case;
mod computer;
mod day;
#[path = "../field/desk.rs"]
#[expect(dead_code, reason = "the matrix of the field uses the rest")]
mod desk;
#[path = "../field/judge.rs"]
mod judge;
mod matrix;
mod modem;
#[path = "../support/pty.rs"]
mod pty;
#[path = "../field/run.rs"]
#[expect(dead_code, reason = "the matrix of the field uses the rest")]
mod run;
#[path = "../field/values.rs"]
mod values;
mod wrong;
