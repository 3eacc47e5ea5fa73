//! The one place that prints. Results go to standard output, everything else to standard error.
//!
//! A reader that went away (`| head`) is no fault: what is left is not written, and the modem is put back all the
//! same, because nothing here ends the process but [`Output::leave`]. A result that could not be written for another
//! reason is said, and ends with a status of its own where nothing worse went wrong.

use std::io::IsTerminal as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use super::live;
use super::relay::Relay;
use super::screen;
use super::settings::Settings;
use super::written::When;
use crate::document::{self, Body, Document, Unbegun, Values};
use crate::error::Error;
use crate::i18n::{Catalogue, ascii};
use crate::ops::{self, Finished};
use crate::os::clock;
use crate::os::fault;
use crate::os::files::named as files;
use crate::report::{self, Format, Saved, Shown, Style};
use crate::store::Store;
use crate::trace::mask;
use crate::tui::Look;

mod log;
mod stream;
mod streams;

pub(super) use log::{kept as kept_log, to_stderr as log_to_stderr};
pub(super) use stream::Lines;

/// How and in which language things are shown.
#[derive(Clone)]
pub(super) struct Output {
    catalogue: Arc<Catalogue>,
    json: bool,
    quiet: bool,
    /// Whether identifiers are shown in full.
    reveal: bool,
    /// Whether the modem that was named is a virtual one.
    is_virtual: bool,
    /// Whether what was found also waits to be sent.
    posts: bool,
    /// Where what was found is kept.
    store: Store,
    /// What hands signals on to the command under way, where commands run one after the other.
    relay: Option<Relay>,
    style: Style,
    /// For standard error, which may be another terminal or none.
    notices: Style,
}

/// Where a document goes beside standard output, and in which form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Saving<'a> {
    pub(super) format: Option<Format>,
    pub(super) file: Option<&'a Path>,
    /// Whether it ended before the file was of use: nothing is written then.
    pub(super) is_spoilt: bool,
}

impl Output {
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            catalogue: Arc::new(
                Catalogue::new(settings.lang)
                    .with_profile(settings.profile.clone())
                    .in_zone(clock::zone()),
            ),
            json: settings.json,
            quiet: settings.quiet,
            reveal: settings.reveal,
            is_virtual: settings.is_virtual(),
            posts: settings.posts(),
            store: settings.store.clone(),
            relay: None,
            style: streams::of_results(settings.color),
            notices: streams::of_notices(settings.color),
        }
    }

    /// Before anything is resolved.
    pub(super) fn plain(catalogue: Catalogue, json: bool) -> Self {
        Self {
            catalogue: Arc::new(catalogue),
            json,
            quiet: false,
            reveal: false,
            is_virtual: false,
            posts: false,
            store: Store::of_user(),
            relay: None,
            style: streams::of_results(When::Auto),
            notices: streams::of_notices(When::Auto),
        }
    }

    /// The same for commands that run one after the other.
    pub(super) fn relayed(self, relay: &Relay) -> Self {
        Self {
            relay: Some(relay.clone()),
            ..self
        }
    }

    pub(super) fn relay(&self) -> Option<&Relay> {
        self.relay.as_ref()
    }

    pub(super) fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    pub(super) fn text(&self, key: &str) -> String {
        self.shaped(self.catalogue.text(key))
    }

    pub(super) fn text_with(&self, key: &str, values: &Values) -> String {
        self.shaped(self.catalogue.text_with(key, values))
    }

    /// In the letters that the locale can show.
    pub(super) fn shaped(&self, text: String) -> String {
        if self.style.ascii { ascii(&text) } else { text }
    }

    pub(super) fn is_unicode(&self) -> bool {
        !self.notices.ascii
    }

    /// Whether nothing but the result is to be said.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Whether somebody watches standard error and wants to.
    pub(super) fn shows_progress(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// Whether standard error is told everything in order, and nothing moves on it.
    pub(super) fn is_read_out(&self) -> bool {
        self.notices.in_order
    }

    /// How a picture is drawn on standard output.
    pub(super) fn look(&self) -> Look {
        Look {
            color: self.style.color,
            ascii: self.style.ascii,
            reveal: self.reveal,
        }
    }

    /// How many columns standard error has.
    pub(super) fn columns(&self) -> usize {
        self.notices.width
    }

    /// Keeps what a use case gave in the history, as it is printed in JSON, its identifiers masked whatever is revealed on
    /// the terminal. What goes wrong with that is a warning of the document.
    pub(super) fn remembered<B: Shown + ops::Past + Clone>(
        &self,
        finished: Finished<B>,
    ) -> Finished<B> {
        if !finished.document.body.has_happened() {
            return finished;
        }
        let mut finished = self.worded(finished);
        let printed = mask::hide_own(&report::json(&finished.document));
        let store = &self.store;
        let mut notes = ops::keep(store, &printed, self.is_virtual);
        if self.posts {
            // What the person calls the place is theirs.
            let mut sent = finished.document.clone();
            sent.body.unnamed();
            notes.extend(ops::post(store, &mask::hide_own(&report::json(&sent))));
        }
        for note in notes {
            finished.warn(note);
        }
        finished
    }

    /// Shows what a use case gave, and what went wrong on the way to it; gives the exit status.
    pub(super) fn show<B: Shown>(&self, finished: Finished<B>) -> ExitCode {
        self.shown(&self.worded(finished), self.format(None))
    }

    /// Shows a document in the form asked for, on standard output or in a file.
    pub(super) fn kept<B: Shown>(&self, finished: Finished<B>, saving: Saving<'_>) -> ExitCode {
        let mut finished = self.worded(finished);
        let Some(file) = saving.file else {
            return self.shown(&finished, self.format(saving.format));
        };
        if saving.is_spoilt {
            return self.shown(&finished, self.format(None));
        }
        let saved = form(saving.format, file)
            .and_then(|format| self.save(&finished.document, format, file));
        let is_saved = saved.is_ok();
        if let Err(fault) = saved
            && finished.document.error.is_none()
        {
            // What was found is not lost with the file: it is shown, with what became of the file.
            finished.document.error = Some(fault.fault());
            if finished.exit == 0 {
                finished.exit = fault.exit();
            }
            finished = self.worded(finished);
        }
        let exit = self.shown(&finished, self.format(None));
        if is_saved {
            self.tell_saved(file);
        }
        exit
    }

    /// Where the file is, to who sits at a terminal: what was shown is all that they saw.
    fn tell_saved(&self, file: &Path) {
        if self.shows_progress() {
            let file = file.display().to_string();
            self.say_with(
                "say-saved",
                &Values::from([("file".to_owned(), file.into())]),
            );
        }
    }

    /// Where the bundle is, and that it is to be looked into, to who sits at a terminal.
    pub(super) fn tell_bundled(&self, file: &Path) {
        if self.shows_progress() {
            let file = file.display().to_string();
            self.say_with(
                "say-bundled",
                &Values::from([("file".to_owned(), file.into())]),
            );
        }
    }

    /// Whether a file can be written in a form that is known, before anything is done for it.
    ///
    /// # Errors
    /// When it cannot.
    pub(super) fn can_keep(format: Option<Format>, file: Option<&Path>) -> Result<(), Error> {
        let Some(file) = file else { return Ok(()) };
        form(format, file)?;
        files::check(file).map_err(|error| file_fault(file, &error))
    }

    /// Shows a saved document again.
    pub(super) fn again(
        &self,
        mut saved: Saved,
        format: Option<Format>,
        file: Option<&Path>,
    ) -> ExitCode {
        saved.fill(&self.catalogue);
        let rendered = |format, style| self.masked(saved.render(format, &self.catalogue, style));
        let done = if let Some(file) = file {
            let saved = form(format, file)
                .and_then(|format| save(&rendered(format, self.style.kept()), file));
            saved.map(|()| {
                self.tell_saved(file);
                Ok(())
            })
        } else {
            let page = rendered(self.format(format), self.style.again());
            Ok(streams::result(page.as_bytes()))
        };
        match done {
            // What the document tells of went wrong then, not now.
            Ok(written) => self.ended(0, written),
            Err(error) => self.failure(&error),
        }
    }

    /// The page of a saved document, among others.
    pub(super) fn page_again(&self, saved: &mut Saved) -> String {
        saved.fill(&self.catalogue);
        self.masked(saved.render(Format::Text, &self.catalogue, self.style.again()))
    }

    /// Whether whoever reads standard output reads one JSON document.
    pub(super) fn is_json(&self) -> bool {
        self.json
    }

    /// Whether standard output is asked for in one form. With a file, a form is the file's.
    ///
    /// # Errors
    /// When it is asked for in two.
    pub(super) fn one_form(
        &self,
        format: Option<Format>,
        file: Option<&Path>,
    ) -> Result<(), Error> {
        let other = format.filter(|format| *format != Format::Json);
        let Some(other) = other.filter(|_| self.json && file.is_none()) else {
            return Ok(());
        };
        let values = [
            ("arg", "--json".to_owned()),
            ("other", format!("--format {}", other.as_str())),
        ];
        let detail = self.catalogue.text_of("usage-conflict", values);
        Err(Error::Usage(detail))
    }

    /// clap's own messages: help and version as results, the rest as a fault of usage.
    pub(super) fn clap(&self, error: &clap::Error) -> ExitCode {
        let text = self.shaped(super::help::error_text(error, &self.catalogue));
        if !error.use_stderr() {
            return self.bytes(text.as_bytes());
        }
        if self.json {
            let detail = super::help::error_sentence(error, &self.catalogue);
            return self.failure(&Error::Usage(detail));
        }
        let lines: Vec<String> = text.lines().map(|line| self.notice(line)).collect();
        let told: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
        streams::last_word(told.join("\n").trim_end());
        ExitCode::from(2)
    }

    /// A failure before any document was begun.
    pub(super) fn failure(&self, error: &Error) -> ExitCode {
        let failed = self.worded(stopped(Unbegun {}, error));
        match &failed.document.error {
            Some(_) if self.json => {
                let written = streams::result(report::json(&failed.document).as_bytes());
                return self.ended(failed.exit, written);
            }
            Some(fault) => self.tell(fault),
            None => {}
        }
        ExitCode::from(failed.exit)
    }

    /// Writes a piece of a result that comes in many. Whoever goes away meanwhile, as `head` does, is no fault.
    ///
    /// # Errors
    /// When it could not be written.
    pub(super) fn piece(bytes: &[u8]) -> Result<(), Error> {
        streams::result(bytes).map_err(Error::Output)
    }

    /// Shows bytes that are a result as they are.
    pub(super) fn bytes(&self, bytes: &[u8]) -> ExitCode {
        self.ended(0, streams::result(bytes))
    }

    /// How the command ends, its result written or not. That it was not is told whatever else is, and decides where
    /// nothing else went wrong.
    fn ended(&self, exit: u8, written: std::io::Result<()>) -> ExitCode {
        let Err(error) = written else {
            return ExitCode::from(exit);
        };
        let unwritten = self.worded(stopped(Unbegun {}, &Error::Output(error)));
        if let Some(fault) = &unwritten.document.error {
            self.tell(fault);
        }
        ExitCode::from(if exit == 0 { unwritten.exit } else { exit })
    }

    /// A sentence on standard error.
    pub(super) fn say(&self, key: &str) {
        self.say_with(key, &Values::new());
    }

    /// A sentence with values on standard error.
    pub(super) fn say_with(&self, key: &str, values: &Values) {
        screen::say(self.notice(&self.text_with(key, values)).as_bytes());
    }

    /// A line on standard error, as wide as the terminal is; whole where there is none, since a program may read it.
    pub(super) fn notice(&self, text: &str) -> String {
        let mut style = self.notices;
        if !std::io::stderr().is_terminal() {
            style.width = usize::MAX;
        }
        report::notice(text, style)
    }

    /// The same for a question, whose answer is typed behind it.
    pub(super) fn question(&self, text: &str) -> String {
        format!("{} ", self.notice(text).trim_end())
    }

    /// A span in words, to the tenth of a second where it is short.
    pub(super) fn span(&self, span: std::time::Duration) -> String {
        self.catalogue.duration(span.as_secs_f64())
    }

    /// A span in words.
    pub(super) fn duration(&self, seconds: u64) -> String {
        self.catalogue.duration(seconds as f64)
    }

    /// Ends the process at once, with nothing put back. For a person's second Ctrl-C alone.
    pub(super) fn leave(&self, code: i32) -> ! {
        live::give_back();
        if self.json {
            // A program that reads still gets its one document.
            let _ = self.failure(&Error::Ops(ops::Error::Interrupted));
        }
        std::process::exit(code)
    }

    /// In the reader's language.
    fn worded<B: Body>(&self, mut finished: Finished<B>) -> Finished<B> {
        report::fill(&mut finished.document, &self.catalogue);
        finished
    }

    fn shown<B: Shown>(&self, finished: &Finished<B>, format: Format) -> ExitCode {
        let rendered = self.render(&finished.document, format, self.style);
        let written = streams::result(rendered.as_bytes());
        if format != Format::Json
            && let Some(fault) = &finished.document.error
        {
            self.tell(fault);
        }
        self.ended(finished.exit, written)
    }

    /// What went wrong, on standard error.
    fn tell(&self, fault: &document::Fault) {
        let said = report::fault(fault, &self.catalogue, self.notices);
        let said = if self.reveal {
            said
        } else {
            mask::hide_own(&said)
        };
        streams::last_word(said.trim_end());
    }

    fn format(&self, format: Option<Format>) -> Format {
        if self.json {
            // Whoever asks for it reads one document, whatever else is said.
            return Format::Json;
        }
        format.unwrap_or(Format::Text)
    }

    fn render<B: Shown>(&self, document: &Document<B>, format: Format, style: Style) -> String {
        self.masked(report::render(document, format, &self.catalogue, style))
    }

    /// Whatever a name, a cause or an error's line has in it.
    fn masked(&self, rendered: String) -> String {
        if self.reveal {
            rendered
        } else {
            mask::hide_own(&rendered)
        }
    }

    fn save<B: Shown>(
        &self,
        document: &Document<B>,
        format: Format,
        file: &Path,
    ) -> Result<(), Error> {
        save(&self.render(document, format, self.style.kept()), file)
    }
}

/// What kept a use case from being begun, as its document tells it.
pub(super) fn stopped<B: Body>(body: B, error: &Error) -> Finished<B> {
    Finished::stopped(body, error.fault(), error.exit())
}

/// The form that was asked for, by its name or by the ending of the file's.
fn form(format: Option<Format>, file: &Path) -> Result<Format, Error> {
    let named = format.map_or_else(|| Format::of_file(file), Ok);
    named.map_err(|ending| Error::Ending {
        file: file.display().to_string(),
        ending: ending.0,
    })
}

fn save(rendered: &str, file: &Path) -> Result<(), Error> {
    files::write(file, rendered.as_bytes()).map_err(|error| file_fault(file, &error))
}

fn file_fault(file: &Path, error: &std::io::Error) -> Error {
    Error::File {
        file: file.display().to_string(),
        detail: fault::detail(error),
    }
}
