//! `opensim monitor`.

use std::collections::HashSet;
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;

use super::open_modem::OpenModem;
use super::output::{Lines, Output, stopped};
use super::settings::Settings;
use super::units;
use crate::document::{Document, MonitorReading, Values};
use crate::error::Error;
use crate::ops::{self, Finished, MonitorControls, MonitorRequest};
use crate::os::clock::Clock;
use crate::report;

#[derive(Debug, Args)]
pub(super) struct Monitor {
    /// One sentence a second and nothing that moves
    #[arg(long)]
    plain: bool,
    /// How long
    #[arg(long = "for", value_name = "DURATION", value_parser = units::duration)]
    span: Option<Duration>,
}

impl Monitor {
    pub(super) async fn run(self, settings: &Settings, output: &Output) -> ExitCode {
        let mut lines = Lines::new(output);
        let finished = self.watch(settings, output, &mut lines).await;
        let mut finished =
            finished.unwrap_or_else(|error| stopped(MonitorReading::default(), &error));
        if settings.json {
            // Its line is no reading: those that there were have theirs.
            finished.document.body.clear_reading();
        }
        lines.end(finished)
    }

    async fn watch(
        &self,
        settings: &Settings,
        output: &Output,
        lines: &mut Lines,
    ) -> Result<Finished<MonitorReading>, Error> {
        let mut opened = OpenModem::open(settings, output).await?;
        let (modem, context) = opened.parts();
        let request = MonitorRequest {
            span: self.span,
            // A program wants the modem's own seconds; whoever reads or listens has the wall's.
            clock: if settings.json {
                context.clock.clone()
            } else {
                Clock::system()
            },
        };
        let controls = MonitorControls::default();
        let mut sentences = Sentences::default();
        let mut each = |document: Document<MonitorReading>| {
            if settings.json {
                lines.document(document);
            } else {
                sentences.tell(document, output, lines);
            }
            if !lines.is_taken() {
                controls.stop();
            }
        };
        let finished = ops::monitor(modem, &context, &request, &controls, &mut each).await;
        Ok(opened.close(finished).await)
    }
}

/// What is told of the readings one by one.
#[derive(Debug, Default)]
struct Sentences {
    has_begun: bool,
    /// The warnings that were told: each is told once.
    told: HashSet<String>,
}

impl Sentences {
    fn tell(&mut self, mut document: Document<MonitorReading>, output: &Output, lines: &mut Lines) {
        report::fill(&mut document, output.catalogue());
        let reading = &document.body;
        if !std::mem::replace(&mut self.has_begun, true) {
            let modem = reading.modem.as_ref().map(report::modem_name);
            let values = Values::from([("modem".to_owned(), modem.into())]);
            lines.sentence(&output.text_with("monitor-begins", &values));
        }
        for warning in &reading.warnings {
            if self.told.insert(warning.message.clone()) {
                lines.sentence(&warning.message);
            }
        }
        for line in report::reading_lines(reading, output.catalogue()) {
            lines.sentence(&line);
        }
    }
}
