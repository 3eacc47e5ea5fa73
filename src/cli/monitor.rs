//! `opensim monitor`.

use std::cell::RefCell;
use std::collections::HashSet;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use tokio::sync::Notify;
use tokio::sync::mpsc::UnboundedReceiver;

use super::open_modem::OpenModem;
use super::output::{Lines, Output, stopped};
use super::settings::Settings;
use super::terminal::Pressed;
use super::units;
use crate::document::{Document, MonitorReading, Values};
use crate::error::Error;
use crate::ops::{self, Finished, MonitorControls, MonitorRequest};
use crate::os::clock::Clock;
use crate::report;

mod bell;
mod picture;

use bell::Bell;
use picture::Picture;

#[derive(Debug, Args)]
pub(super) struct Monitor {
    /// One sentence a second and nothing that moves
    #[arg(long)]
    plain: bool,
    /// How long
    #[arg(long = "for", value_name = "DURATION", value_parser = units::duration)]
    span: Option<Duration>,
    /// The bell rings, the faster the better
    #[arg(long)]
    tone: bool,
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
        // Without a thread to read keys with, or where the terminal refuses, it is told in sentences.
        let picture = Picture::is_wanted(self.plain || settings.json)
            .then(|| Picture::begin(output, &opened.terminal()))
            .and_then(Result::ok);
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
        let (mut keys, view) = match picture {
            Some((picture, keys)) => (Some(keys), View::Picture(Box::new(picture))),
            None if settings.json => (None, View::Documents(lines)),
            None => (None, View::Sentences(Sentences::default(), lines)),
        };
        let (again, heard) = (view.again(), Arc::new(Notify::new()));
        let view = RefCell::new(Watched {
            view,
            bell: Bell::new(self.tone),
            heard: Arc::clone(&heard),
            output,
        });
        view.borrow_mut().draw();
        let finished = {
            let mut each = |document: Document<MonitorReading>| {
                if !view.borrow_mut().take(document) {
                    controls.stop();
                }
            };
            let watching = ops::monitor(modem, &context, &request, &controls, &mut each);
            let mut watching = std::pin::pin!(watching);
            loop {
                let due = view.borrow().bell.due();
                tokio::select! {
                    biased;
                    finished = &mut watching => break finished,
                    key = pressed(keys.as_mut()) => match key {
                        Some(key) => view.borrow_mut().press(key, &controls),
                        // Nobody can press one any more; a signal ends it.
                        None => keys = None,
                    },
                    // How soon it is to ring is another matter with each reading.
                    () = heard.notified() => {}
                    () = again.notified() => view.borrow_mut().draw(),
                    () = Bell::wait(due) => view.borrow_mut().ring(),
                }
            }
        };
        // The terminal is as it was before anything else is said.
        drop(view);
        Ok(opened.close(finished).await)
    }
}

/// The next key; none ever where none are read.
async fn pressed(keys: Option<&mut UnboundedReceiver<Pressed>>) -> Option<Pressed> {
    match keys {
        Some(keys) => keys.recv().await,
        None => std::future::pending().await,
    }
}

/// How the readings are told.
enum View<'l> {
    Documents(&'l mut Lines),
    Sentences(Sentences, &'l mut Lines),
    Picture(Box<Picture>),
}

impl View<'_> {
    /// What says that the picture is to be drawn again; nothing does for what stays.
    fn again(&self) -> Arc<Notify> {
        match self {
            Self::Picture(picture) => picture.again(),
            _ => Arc::default(),
        }
    }
}

/// The readings as they are told, and heard.
struct Watched<'l> {
    view: View<'l>,
    bell: Bell,
    heard: Arc<Notify>,
    output: &'l Output,
}

impl Watched<'_> {
    /// Takes a reading; whether anybody still wants the next one.
    fn take(&mut self, document: Document<MonitorReading>) -> bool {
        self.bell.take(document.body.points);
        self.heard.notify_one();
        match &mut self.view {
            View::Documents(lines) => {
                lines.document(document);
                lines.is_taken()
            }
            View::Sentences(sentences, lines) => {
                sentences.tell(document, self.output, lines);
                lines.is_taken()
            }
            View::Picture(picture) => {
                picture.take(document);
                true
            }
        }
    }

    fn draw(&mut self) {
        if let View::Picture(picture) = &mut self.view {
            picture.draw(self.bell.is_on());
        }
    }

    fn press(&mut self, key: Pressed, controls: &MonitorControls) {
        let View::Picture(picture) = &mut self.view else {
            return;
        };
        match key {
            Pressed::Escape if picture.explains() => picture.explain(),
            Pressed::Letter('q' | 'Q') | Pressed::Escape => controls.stop(),
            Pressed::Letter('r' | 'R') => controls.forget_best(),
            Pressed::Letter('t' | 'T') => self.bell.toggle(),
            Pressed::Letter('?' | 'h' | 'H') => picture.explain(),
            Pressed::Letter(_) | Pressed::Resized => {}
        }
        self.draw();
    }

    fn ring(&mut self) {
        self.bell.rung();
        match &self.view {
            View::Picture(_) => Picture::ring(),
            _ => super::screen::ring(),
        }
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
        let surveyed = report::surveyed_line(reading, output.catalogue());
        let warnings = reading.warnings.iter().map(|note| note.message.clone());
        for told in warnings.chain(surveyed) {
            if self.told.insert(told.clone()) {
                lines.sentence(&told);
            }
        }
        for line in report::reading_lines(reading, output.catalogue()) {
            lines.sentence(&line);
        }
    }
}
