//! `opensim modems`.

use std::process::ExitCode;

use clap::Args;

use super::output::Output;
use crate::error::Error;
use crate::link::discover::Sysfs;
use crate::link::holder::ProcRoot;
use crate::modem::{self, connect};
use crate::ops;

#[derive(Debug, Args)]
pub(super) struct Modems {}

impl Modems {
    pub(super) async fn run(self, output: &Output) -> ExitCode {
        let managed = connect::modems().await.unwrap_or_else(|error| {
            tracing::info!(%error, "ModemManager does not tell which modems it has");
            Vec::new()
        });
        let body = ops::modems::modems(&Sysfs::system(), &ProcRoot::system(), &managed);
        let none = body
            .modems
            .is_empty()
            .then(|| Error::from(modem::Error::None));
        output.document(body, none.as_ref())
    }
}
