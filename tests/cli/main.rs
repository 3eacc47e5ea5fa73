//! The binary as its users run it: what it prints, how it exits, what it leaves behind.

mod arguments;
mod at;
mod budget;
mod bundle;
mod change;
mod collector;
mod completion;
mod configuration;
mod desk;
mod doctor;
mod exit_codes;
mod field;
mod files;
mod forged;
mod forms;
mod guides;
mod history;
mod history_commands;
mod live;
#[cfg(feature = "manager")]
mod manager_faults;
mod measuring;
mod monitor;
mod pages;
mod pictures;
#[path = "../support/pty.rs"]
mod pty;
mod ranking;
mod replayed;
mod screen;
mod send;
mod signals;
mod support;
mod tour;
mod typed;
mod view;
mod vpn;
mod window;
