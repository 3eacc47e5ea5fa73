//! `opensim modems`.

use std::process::ExitCode;

use clap::Args;

use super::output::Output;
use crate::modem::connect::{self, Machine};
use crate::ops;

#[derive(Debug, Args)]
pub(super) struct Modems {}

impl Modems {
    pub(super) async fn run(self, output: &Output) -> ExitCode {
        let managed = connect::modems().await;
        let machine = Machine::default();
        output.show(ops::modems(&machine.sysfs, &machine.proc, managed))
    }
}
