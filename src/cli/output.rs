//! The one place that prints. Results go to standard output, everything else to standard error.
//!
//! A reader that went away (`| head`) is no fault: what is left is not written, and the modem is put back all the
//! same, because nothing here ends the process but [`Output::leave`].

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use super::screen;
use super::settings::Settings;
use super::written::When;
use crate::document::{self, Body, Document, Unbegun, Values};
use crate::error::Error;
use crate::i18n::{Catalogue, ascii};
use crate::ops::{self, Finished};
use crate::os::console;
use crate::os::fault;
use crate::os::files::named as files;
use crate::report::{self, Format, Saved, Shown, Style};
use crate::trace::mask;

/// How and in which language things are shown.
#[derive(Clone)]
pub(super) struct Output {
    catalogue: Arc<Catalogue>,
    json: bool,
    quiet: bool,
    /// Whether identifiers are shown in full.
    reveal: bool,
    style: Style,
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
                Catalogue::new(settings.lang).with_profile(settings.profile.clone()),
            ),
            json: settings.json,
            quiet: settings.quiet,
            reveal: settings.reveal,
            style: style(settings.color),
        }
    }

    /// Before anything is resolved.
    pub(super) fn plain(catalogue: Catalogue, json: bool) -> Self {
        Self {
            catalogue: Arc::new(catalogue),
            json,
            quiet: false,
            reveal: false,
            style: style(When::Auto),
        }
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
        !self.style.ascii
    }

    /// Whether somebody watches standard error and wants to.
    pub(super) fn shows_progress(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
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
        let saved = form(saving.format, file)
            .and_then(|format| self.save(&finished.document, format, file));
        if !saving.is_spoilt
            && let Err(fault) = saved
            && finished.document.error.is_none()
        {
            // What was found is not lost with the file: it is shown, with what became of the file.
            finished.document.error = Some(fault.fault());
            if finished.exit == 0 {
                finished.exit = fault.exit();
            }
            finished = self.worded(finished);
        }
        self.shown(&finished, self.format(None))
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
        let rendered = |format| {
            let style = self.style.kept();
            self.masked(saved.render(format, &self.catalogue, style))
        };
        let done = match file {
            Some(file) => form(format, file).and_then(|format| save(&rendered(format), file)),
            None => {
                to_stdout(rendered(self.format(format)).as_bytes());
                Ok(())
            }
        };
        match done {
            // What the document tells of went wrong then, not now.
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => self.failure(&error),
        }
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
        match format {
            Some(format) if self.json && file.is_none() && format != Format::Json => {
                let values = Values::from([
                    ("arg".to_owned(), "--json".into()),
                    (
                        "other".to_owned(),
                        format!("--format {}", format.as_str()).into(),
                    ),
                ]);
                let detail = self.catalogue.text_with("usage-conflict", &values);
                Err(Error::Usage(detail))
            }
            _ => Ok(()),
        }
    }

    /// clap's own messages: help and version as results, the rest as a fault of usage.
    pub(super) fn clap(&self, error: &clap::Error) -> ExitCode {
        let text = self.shaped(super::help::error_text(error, &self.catalogue));
        if !error.use_stderr() {
            to_stdout(text.as_bytes());
            return ExitCode::SUCCESS;
        }
        if self.json {
            let detail = super::help::error_sentence(error, &self.catalogue);
            return self.failure(&Error::Usage(detail));
        }
        to_stderr(text.trim_end());
        ExitCode::from(2)
    }

    /// A failure before any document was begun.
    pub(super) fn failure(&self, error: &Error) -> ExitCode {
        let failed = self.worded(stopped(Unbegun {}, error));
        match &failed.document.error {
            Some(_) if self.json => to_stdout(report::json(&failed.document).as_bytes()),
            Some(fault) => self.tell(fault),
            None => {}
        }
        ExitCode::from(failed.exit)
    }

    /// A sentence on standard error.
    pub(super) fn say(&self, key: &str) {
        self.say_with(key, &Values::new());
    }

    /// A sentence with values on standard error.
    pub(super) fn say_with(&self, key: &str, values: &Values) {
        screen::offer(format!("{}\n", self.text_with(key, values)).as_bytes());
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
        to_stdout(
            self.render(&finished.document, format, self.style)
                .as_bytes(),
        );
        if format != Format::Json
            && let Some(fault) = &finished.document.error
        {
            self.tell(fault);
        }
        ExitCode::from(finished.exit)
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

fn style(color: When) -> Style {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    let terminal = std::io::stdout().is_terminal();
    let dumb = std::env::var("TERM").is_ok_and(|t| t == "dumb");
    let color = match color {
        When::Always => true,
        When::Never => false,
        When::Auto => terminal && !set("NO_COLOR") && !dumb,
    };
    let columns = console::width(&std::io::stdout()).map_or(80, usize::from);
    let width = if terminal { columns.clamp(40, 100) } else { 80 };
    Style {
        color,
        width,
        ascii: !unicode(),
        with_error: false,
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
