//! The one place that prints. Results go to standard output, everything else to standard error.
//!
//! A reader that went away (`| head`) is no fault: what is left is not written, and the modem is put back all the
//! same, because nothing here ends the process but [`Output::leave`].

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use super::files;
use super::scan::Format;
use super::screen;
use super::settings::Settings;
use crate::document::{self, Body, Document, Note, Scan, Values};
use crate::error::{Error, exit_of};
use crate::i18n::Catalogue;
use crate::os::clock;
use crate::report::{self, Style, View};
use crate::trace::mask;

/// Measured, and below what is needed.
pub(super) const BELOW: u8 = 9;

/// How and in which language things are shown.
#[derive(Clone)]
pub(super) struct Output {
    catalogue: Arc<Catalogue>,
    json: bool,
    quiet: bool,
    /// Whether identifiers are shown in full.
    reveal: bool,
    style: Style,
    /// Warnings that the next document takes.
    notices: Arc<Mutex<Vec<Note>>>,
}

impl Output {
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            catalogue: Arc::new(
                Catalogue::new(settings.lang).with_profile(settings.profile.clone()),
            ),
            json: settings.json,
            quiet: settings.quiet,
            reveal: settings.reveal,
            style: style(settings.color.as_deref()),
            notices: Arc::default(),
        }
    }

    /// Before anything is resolved.
    pub(super) fn plain(catalogue: Catalogue, json: bool) -> Self {
        Self {
            catalogue: Arc::new(catalogue),
            json,
            quiet: false,
            reveal: false,
            style: style(None),
            notices: Arc::default(),
        }
    }

    pub(super) fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    pub(super) fn text(&self, key: &str) -> String {
        self.catalogue.text(key)
    }

    pub(super) fn text_with(&self, key: &str, values: &Values) -> String {
        self.catalogue.text_with(key, values)
    }

    pub(super) fn is_unicode(&self) -> bool {
        !self.style.ascii
    }

    /// Whether somebody watches standard error and wants to.
    pub(super) fn shows_progress(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// Shows a result, and what went wrong on the way to it; gives the exit status.
    pub(super) fn document<B: Shown>(&self, body: B, error: Option<&Error>) -> ExitCode {
        let format = if self.json {
            Format::Json
        } else {
            Format::Text
        };
        self.show(self.dated(body, error), format, None)
    }

    /// Shows what was measured; `short` where it falls short of what is needed, and nothing else went wrong.
    pub(super) fn judged<B: Shown>(&self, body: B, error: Option<&Error>, short: bool) -> ExitCode {
        let shown = self.document(body, error);
        if short && error.is_none() {
            return ExitCode::from(BELOW);
        }
        shown
    }

    /// Shows a survey in the format asked for, on standard output or in a file.
    pub(super) fn survey(
        &self,
        body: Scan,
        error: Option<&Error>,
        format: Option<Format>,
        file: Option<&Path>,
    ) -> ExitCode {
        let mut document = self.dated(body, error);
        let shown = if self.json {
            Format::Json
        } else {
            Format::Text
        };
        let Some(file) = file else {
            return self.show(document, self.format(format), None);
        };
        if error.is_none_or(|error| !matches!(error, Error::File { .. }))
            && let Err(fault) =
                self.save(&document, format.unwrap_or_else(|| by_ending(file)), file)
            && document.error.is_none()
        {
            // The survey is not lost with the file: it is shown, with what became of the file.
            document.error = Some(fault.fault());
        }
        self.show(document, shown, None)
    }

    /// Whether a file can be written, before anything is done for it.
    ///
    /// # Errors
    /// When it cannot.
    pub(super) fn writable(file: Option<&Path>) -> Result<(), Error> {
        let Some(file) = file else { return Ok(()) };
        files::check(file).map_err(|error| file_fault(file, &error))
    }

    /// Shows a saved document again.
    pub(super) fn again<B: Shown>(
        &self,
        mut document: Document<B>,
        format: Option<Format>,
        file: Option<&Path>,
    ) -> ExitCode {
        let format = match (format, file) {
            (None, Some(file)) => by_ending(file),
            (format, _) => self.format(format),
        };
        report::fill(&mut document, &self.catalogue);
        let done = match file {
            Some(file) => self.save(&document, format, file),
            None => self
                .render(&document, format, true)
                .map(|text| to_stdout(text.as_bytes())),
        };
        match done {
            // What the document tells of went wrong then, not now.
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => self.failure(&error),
        }
    }

    /// Has the next document warn of this.
    pub(super) fn warn(&self, note: Note) {
        if let Ok(mut notices) = self.notices.lock() {
            notices.push(note);
        }
    }

    /// A failure before any document was begun.
    pub(super) fn failure(&self, error: &Error) -> ExitCode {
        let mut document = Document::failed(Nothing {}, clock::wall(), error.fault());
        report::fill(&mut document, &self.catalogue);
        match &document.error {
            Some(_) if self.json => to_stdout(report::json(&document).as_bytes()),
            Some(fault) => self.tell(fault),
            None => {}
        }
        ExitCode::from(error.exit())
    }

    /// A sentence on standard error.
    pub(super) fn say(&self, key: &str) {
        self.say_with(key, &Values::new());
    }

    /// A sentence with values on standard error.
    pub(super) fn say_with(&self, key: &str, values: &Values) {
        screen::offer(format!("{}\n", self.text_with(key, values)).as_bytes());
    }

    /// A span in words.
    pub(super) fn duration(&self, seconds: u64) -> String {
        self.catalogue.duration(seconds as f64)
    }

    /// Ends the process at once, with nothing put back. For a person's second Ctrl-C alone.
    pub(super) fn leave(&self, code: i32) -> ! {
        if self.json {
            // A program that reads still gets its one document.
            let _ = self.failure(&Error::Ops(crate::ops::Error::Interrupted));
        }
        std::process::exit(code)
    }

    fn dated<B: Body>(&self, mut body: B, error: Option<&Error>) -> Document<B> {
        if let (Ok(mut notices), Some(warnings)) = (self.notices.lock(), body.warnings()) {
            warnings.append(&mut notices);
        }
        let mut document = match error {
            Some(error) => Document::failed(body, clock::wall(), error.fault()),
            None => Document::new(body, clock::wall()),
        };
        report::fill(&mut document, &self.catalogue);
        document
    }

    /// What went wrong, on standard error.
    fn tell(&self, fault: &document::Fault) {
        let said = report::fault(fault, &self.catalogue, self.style);
        let said = if self.reveal {
            said
        } else {
            mask::hide_own(&said)
        };
        to_stderr(said.trim_end());
    }

    fn format(&self, format: Option<Format>) -> Format {
        if self.json {
            // Whoever asks for it reads one document, whatever else is said.
            return Format::Json;
        }
        format.unwrap_or(Format::Text)
    }

    fn render<B: Shown>(
        &self,
        document: &Document<B>,
        format: Format,
        kept: bool,
    ) -> Result<String, Error> {
        let style = if kept {
            Style {
                color: false,
                ..self.style
            }
        } else {
            self.style
        };
        let rendered = self.rendered(document, format, style, kept)?;
        // Whatever a name, a cause or an error's line has in it.
        Ok(if self.reveal {
            rendered
        } else {
            mask::hide_own(&rendered)
        })
    }

    fn rendered<B: Shown>(
        &self,
        document: &Document<B>,
        format: Format,
        style: Style,
        kept: bool,
    ) -> Result<String, Error> {
        match format {
            Format::Json => Ok(report::json(document)),
            Format::Text => Ok(whole(document, &self.catalogue, style, kept)),
            Format::Csv | Format::Html => B::other(document, format, &self.catalogue)
                .ok_or_else(|| Error::Usage(format!("--format {format:?}").to_lowercase())),
        }
    }

    fn save<B: Shown>(
        &self,
        document: &Document<B>,
        format: Format,
        file: &Path,
    ) -> Result<(), Error> {
        let rendered = self.render(document, format, true)?;
        files::write(file, rendered.as_bytes()).map_err(|error| file_fault(file, &error))
    }

    fn show<B: Shown>(
        &self,
        mut document: Document<B>,
        format: Format,
        file: Option<&Path>,
    ) -> ExitCode {
        report::fill(&mut document, &self.catalogue);
        let code = document
            .error
            .as_ref()
            .map_or(0, |fault| exit_of(&fault.code));
        if let Some(file) = file {
            return match self.save(&document, format, file) {
                Ok(()) => ExitCode::from(code),
                Err(error) => self.failure(&error),
            };
        }
        match self.render(&document, format, false) {
            Ok(rendered) => to_stdout(rendered.as_bytes()),
            Err(error) => return self.failure(&error),
        }
        if format != Format::Json
            && let Some(fault) = &document.error
        {
            self.tell(fault);
        }
        ExitCode::from(code)
    }
}

fn file_fault(file: &Path, error: &std::io::Error) -> Error {
    Error::File {
        file: file.display().to_string(),
        detail: error.to_string(),
    }
}

/// A document that says nothing but what went wrong.
#[derive(Debug, Clone, Default, serde::Serialize)]
struct Nothing {}

impl Body for Nothing {
    const SCHEMA: &'static str = "opensim.error/1";
}

/// A body that can be shown, and in which forms beside text and JSON.
pub(super) trait Shown: View + Clone {
    /// The document as CSV or HTML; `None` where it has no such form.
    fn other(document: &Document<Self>, format: Format, words: &Catalogue) -> Option<String> {
        let _ = (document, format, words);
        None
    }
}

impl Shown for document::Scan {
    fn other(document: &Document<Self>, format: Format, words: &Catalogue) -> Option<String> {
        match format {
            Format::Csv => Some(report::csv(document)),
            Format::Html => Some(report::html(document, words)),
            Format::Text | Format::Json => None,
        }
    }
}

impl Shown for document::Status {
    fn other(document: &Document<Self>, format: Format, _: &Catalogue) -> Option<String> {
        (format == Format::Csv).then(|| report::csv(document))
    }
}

impl Shown for document::At {}
impl Shown for document::Carriers {}
impl Shown for document::Measure {}
impl Shown for document::Modems {}
impl Shown for document::Recover {}
impl Shown for document::Switch {}

/// A page; with its error where it goes to a file, since nobody sees standard error there later.
fn whole<B: Shown>(document: &Document<B>, words: &Catalogue, style: Style, kept: bool) -> String {
    let mut page = report::text(document, words, style);
    if let Some(fault) = document.error.as_ref().filter(|_| kept) {
        page.push_str(&report::fault(fault, words, style));
    }
    page
}

/// Shows clap's own messages: help and version as results, the rest as a fault of usage.
pub(super) fn usage(error: &clap::Error, catalogue: Catalogue, json: bool) -> ExitCode {
    let text = super::help::error_text(error, &catalogue);
    if !error.use_stderr() {
        to_stdout(text.as_bytes());
        return ExitCode::SUCCESS;
    }
    if json {
        let detail = super::help::error_sentence(error, &catalogue);
        return Output::plain(catalogue, json).failure(&Error::Usage(detail));
    }
    to_stderr(text.trim_end());
    ExitCode::from(2)
}

/// Shows bytes that are a result as they are.
pub(super) fn bytes(bytes: &[u8]) -> ExitCode {
    to_stdout(bytes);
    ExitCode::SUCCESS
}

/// Logs on standard error: warnings, and more with each `-v`.
pub(super) fn log_to_stderr(settings: &Settings) {
    use tracing::level_filters::LevelFilter;
    let level = match (settings.quiet, settings.verbose) {
        (true, _) => LevelFilter::ERROR,
        (false, 0) => LevelFilter::WARN,
        (false, 1) => LevelFilter::INFO,
        (false, 2) => LevelFilter::DEBUG,
        (false, _) => LevelFilter::TRACE,
    };
    let logs = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(Masked::default)
        .with_ansi(false)
        // It would tell standard error that standard error is gone, and panic in the middle of a way back.
        .log_internal_errors(false);
    // A second subscriber in one process (tests) is refused; the first stays.
    let _ = logs.with_target(false).without_time().try_init();
}

/// Standard error for logs: each line without the modem's numbers, in whatever spelling.
#[derive(Debug, Default)]
struct Masked(Vec<u8>);

impl std::io::Write for Masked {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        let text = mask::text(&String::from_utf8_lossy(&std::mem::take(&mut self.0)));
        screen::Offered.write_all(text.as_bytes())
    }
}

impl Drop for Masked {
    /// A line is written in one piece; its writer is made for it alone.
    fn drop(&mut self) {
        // A standard error that is gone is no fault of a log line.
        let _ = self.flush();
    }
}

fn by_ending(file: &Path) -> Format {
    match file.extension().and_then(std::ffi::OsStr::to_str) {
        Some("csv") => Format::Csv,
        Some("html" | "htm") => Format::Html,
        Some("txt") => Format::Text,
        _ => Format::Json,
    }
}

fn style(color: Option<&str>) -> Style {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    let terminal = std::io::stdout().is_terminal();
    let dumb = std::env::var("TERM").is_ok_and(|t| t == "dumb");
    let color = match color {
        Some("always") => true,
        Some("never") => false,
        _ => terminal && !set("NO_COLOR") && !dumb,
    };
    let columns = rustix::termios::tcgetwinsize(std::io::stdout())
        .map_or(80, |size| usize::from(size.ws_col));
    let width = if terminal { columns.clamp(40, 100) } else { 80 };
    Style {
        color,
        width,
        ascii: !unicode(),
    }
}

/// Whether the locale can show more than ASCII.
fn unicode() -> bool {
    let first = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    first.is_none_or(|v| v.to_lowercase().replace('-', "").contains("utf8"))
}

fn to_stdout(bytes: &[u8]) {
    let mut stdout = std::io::stdout().lock();
    let _ = stdout.write_all(bytes).and_then(|()| stdout.flush());
}

fn to_stderr(text: &str) {
    let mut stderr = std::io::stderr().lock();
    let _ = writeln!(stderr, "{text}");
}
