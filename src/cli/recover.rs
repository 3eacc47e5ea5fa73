//! `opensim recover`.

use std::process::ExitCode;

use clap::Args;

use super::output::Output;
use super::session::Session;
use super::settings::Settings;
use crate::document;
use crate::domain::policy::{Order, Purpose};
use crate::error::Error;
use crate::ops;

#[derive(Debug, Args)]
pub(super) struct Recover {}

impl Recover {
    pub(super) async fn run(self, settings: &Settings, output: &Output) -> ExitCode {
        let mut session = match Session::open(settings, output).await {
            Ok(session) => session,
            Err(error) => return output.document(document::Recover::default(), Some(&error)),
        };
        if let Err(error) = session.unlock(output).await {
            session.close().await;
            return output.document(document::Recover::default(), Some(&error));
        }
        // The person asked for what was there before, and nothing else is covered.
        let order = Order::from_person(Purpose::Recover, []);
        let (modem, context) = session.parts();
        let ended = ops::recover(modem, &context, &order).await;
        session.close().await;
        output.document(ended.body, ended.fault.map(Error::Ops).as_ref())
    }
}
