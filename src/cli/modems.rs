//! `opensim modems`.

use std::process::ExitCode;

use clap::Args;

use super::output::Output;
use crate::error::Error;
use crate::modem::connect::{self, Machine};
use crate::ops;

#[derive(Debug, Args)]
pub(super) struct Modems {}

impl Modems {
    pub(super) async fn run(self, output: &Output) -> ExitCode {
        let told = connect::modems().await;
        let machine = Machine::default();
        let ended = ops::modems::modems(&machine.sysfs, &machine.proc, told);
        output.document(ended.body, ended.fault.map(Error::Ops).as_ref())
    }
}
