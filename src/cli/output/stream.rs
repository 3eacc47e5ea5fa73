//! A result that comes line after line, each shown as it comes, until nobody reads it any more.

use std::io;
use std::process::ExitCode;

use super::{Output, streams};
use crate::document::{Body, Document};
use crate::ops::Finished;
use crate::report::{self, Shown};

/// Lines on standard output.
pub(in crate::cli) struct Lines {
    output: Output,
    /// Whether any was written.
    has_any: bool,
    written: io::Result<bool>,
}

impl Lines {
    pub(in crate::cli) fn new(output: &Output) -> Self {
        Self {
            output: output.clone(),
            has_any: false,
            written: Ok(true),
        }
    }

    /// Whether what is shown from now on is still taken.
    pub(in crate::cli) fn is_taken(&self) -> bool {
        matches!(self.written, Ok(true))
    }

    /// A document in a line of its own.
    pub(in crate::cli) fn document<B: Body>(&mut self, mut document: Document<B>) {
        report::fill(&mut document, &self.output.catalogue);
        let line = self.output.masked(report::json_line(&document));
        self.write(&line);
    }

    /// A sentence, as wide as the terminal is; whole where there is none.
    pub(in crate::cli) fn sentence(&mut self, text: &str) {
        let mut style = self.output.style;
        if !io::IsTerminal::is_terminal(&io::stdout()) {
            style.width = usize::MAX;
        }
        let line = self.output.masked(report::notice(text, style));
        self.write(&line);
    }

    /// How the command ends: what went wrong is a line among the others where they are documents, else the page of what
    /// was found in the end.
    pub(in crate::cli) fn end<B: Shown>(mut self, finished: Finished<B>) -> ExitCode {
        let exit = finished.exit;
        if self.output.json {
            if finished.document.error.is_some() && self.is_taken() {
                self.document(finished.document);
            }
        } else if self.is_taken() {
            if self.has_any {
                // What is left of it is a matter of its own.
                self.write("\n");
            }
            return self.output.show(finished);
        }
        self.output.ended(exit, self.written.map(|_| ()))
    }

    fn write(&mut self, text: &str) {
        if self.is_taken() {
            self.has_any = true;
            self.written = streams::line(text.as_bytes());
        }
    }
}
