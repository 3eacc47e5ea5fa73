//! The commands of 27.007, one file a command.

pub mod network_list;
