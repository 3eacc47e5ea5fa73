//! `opensim at CMD...`.

use std::process::ExitCode;

use clap::Args;

use super::output::Output;
use super::session::Session;
use super::settings::Settings;
use crate::document;
use crate::error::Error;
use crate::ops;

#[derive(Debug, Args)]
pub(super) struct At {
    /// Command lines, each as one argument: 'AT+CSQ'
    #[arg(value_name = "CMD", required = true)]
    commands: Vec<String>,
    /// Send what is not known to be harmless too; never a selection, a PIN, a lock or an IMEI
    #[arg(long)]
    force: bool,
}

impl At {
    pub(super) async fn run(self, settings: &Settings, output: &Output) -> ExitCode {
        let mut session = match Session::open(settings, output).await {
            Ok(session) => session,
            Err(error) => return output.document(document::At::default(), Some(&error)),
        };
        let (modem, context) = session.parts();
        let ended = ops::at(modem, &context, &self.commands, self.force).await;
        session.close().await;
        output.document(ended.body, ended.fault.map(Error::Ops).as_ref())
    }
}
