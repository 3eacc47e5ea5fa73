//! `opensim modems`.

use std::process::ExitCode;

use clap::Args;

use super::output::Output;
use crate::error::Error;
use crate::link::discover::Sysfs;
use crate::link::holder::ProcRoot;
use crate::modem;
use crate::ops;

#[derive(Debug, Args)]
pub(super) struct Modems {}

impl Modems {
    #[expect(clippy::unused_self, reason = "every command has the same shape")]
    pub(super) fn run(self, output: &Output) -> ExitCode {
        let body = ops::modems::modems(&Sysfs::system(), &ProcRoot::system());
        let none = body
            .modems
            .is_empty()
            .then(|| Error::from(modem::Error::None));
        output.document(body, none.as_ref())
    }
}
