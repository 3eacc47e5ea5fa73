//! The binary as its users run it: what it prints, how it exits, what it leaves behind.

mod at;
mod change;
mod exit_codes;
mod field;
mod files;
mod forged;
mod forms;
#[cfg(feature = "manager")]
mod manager_faults;
mod measuring;
mod ranking;
mod signals;
mod support;
