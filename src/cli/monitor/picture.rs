//! The readings as a picture on the terminal.

use std::sync::Arc;

use tokio::sync::Notify;
use tokio::sync::mpsc::UnboundedReceiver;

use super::super::live::Live;
use super::super::output::Output;
use super::super::terminal::{Pressed, Terminal};
use crate::document::{Document, MonitorReading};
use crate::error::Error;
use crate::report;
use crate::tui::SignalScreen;

pub(super) struct Picture {
    live: Live,
    screen: SignalScreen,
    output: Output,
}

impl Picture {
    /// Whether there is one: on a terminal, unless it is to be told otherwise.
    pub(super) fn is_wanted(is_told: bool) -> bool {
        !is_told && Live::is_possible()
    }

    /// Takes the terminal; gives the keys beside it.
    pub(super) fn begin(
        output: &Output,
        terminal: &Terminal,
    ) -> Result<(Self, UnboundedReceiver<Pressed>), Error> {
        let live = Live::take().map_err(Error::System)?;
        let keys = terminal.keys()?;
        let picture = Self {
            live,
            screen: SignalScreen::default(),
            output: output.clone(),
        };
        Ok((picture, keys))
    }

    /// What says that it is to be drawn again.
    pub(super) fn again(&self) -> Arc<Notify> {
        self.live.again()
    }

    pub(super) fn take(&mut self, mut document: Document<MonitorReading>) {
        let words = self.output.catalogue();
        report::fill(&mut document, words);
        self.screen.take(document.body, words);
        self.draw(self.screen.has_tone);
    }

    pub(super) fn draw(&mut self, has_tone: bool) {
        self.screen.has_tone = has_tone;
        let (screen, output) = (&self.screen, &self.output);
        let paint =
            |frame: &mut ratatui::Frame<'_>| screen.draw(frame, output.catalogue(), output.look());
        self.live.draw(paint);
    }

    /// Whether the names and keys are explained now.
    pub(super) fn explains(&self) -> bool {
        self.screen.explains
    }

    /// Explains them, or shows the signal again.
    pub(super) fn explain(&mut self) {
        self.screen.explains = !self.screen.explains;
    }

    pub(super) fn ring() {
        Live::ring();
    }
}
