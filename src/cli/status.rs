//! `opensim status`.

use std::process::ExitCode;

use clap::Args;

use super::output::Output;
use super::session::Session;
use super::settings::Settings;
use crate::document;
use crate::error::Error;
use crate::ops;

#[derive(Debug, Args)]
pub(super) struct Status {}

impl Status {
    pub(super) async fn run(self, settings: &Settings, output: &Output) -> ExitCode {
        let mut session = match Session::open(settings, output).await {
            Ok(session) => session,
            Err(error) => return output.document(document::Status::default(), Some(&error)),
        };
        let (modem, context) = session.parts();
        let cancel = context.cancel.clone();
        let ended = tokio::select! {
            biased;
            () = cancel.cancelled() => ops::Ended { body: document::Status::default(), fault: Some(ops::Error::Interrupted) },
            ended = ops::status(modem, &context) => ended,
        };
        session.close().await;
        output.document(ended.body, ended.fault.map(Error::Ops).as_ref())
    }
}
