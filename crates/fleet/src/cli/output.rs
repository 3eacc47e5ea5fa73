//! The one place that prints. Results go to standard output, everything else to standard error.
//!
//! With `--json` standard output is exactly one JSON document, also on failure. A reader that went away (`| head`) is no
//! fault.

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use opensim::i18n::Catalogue;
use opensim_domain::document::{Document, Fault, Unbegun, Values, Word};
use opensim_os::clock;
use serde::Serialize;

use crate::error::Error;
use crate::words;

/// How and in which language things are shown.
#[derive(Debug)]
pub struct Output {
    words: Catalogue,
    json: bool,
}

impl Output {
    /// In these words, or for programs.
    pub fn new(words: Catalogue, json: bool) -> Self {
        Self { words, json }
    }

    /// The words of the reader's language.
    pub fn words(&self) -> &Catalogue {
        &self.words
    }

    /// Whether the result is to be one JSON document.
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// A result: text as it is, which ends its own lines.
    pub fn result(&self, text: &str) -> Result<(), Error> {
        self.bytes(text.as_bytes())
    }

    /// A result's bytes.
    #[expect(clippy::unused_self, reason = "what prints has an output")]
    pub fn bytes(&self, bytes: &[u8]) -> Result<(), Error> {
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Error::Output(error)),
            _ => Ok(()),
        }
    }

    /// Where a result that is made bit by bit is written.
    #[expect(clippy::unused_self, reason = "what prints has an output")]
    pub fn stream(&self) -> impl io::Write + use<> {
        io::BufWriter::new(io::stdout().lock())
    }

    /// A result that is one JSON document.
    pub fn document(&self, document: &impl Serialize) -> Result<(), Error> {
        let text = serde_json::to_string_pretty(document);
        let text = text.map_err(|error| Error::Output(error.into()))?;
        self.result(&format!("{text}\n"))
    }

    /// A result that is facts of a command: a document whose schema is named after them.
    pub fn facts(&self, what: &str, facts: serde_json::Value) -> Result<(), Error> {
        let mut document = serde_json::json!({
            "schema": format!("opensim.fleet_{what}/1"),
            "opensim": opensim::VERSION,
            "at": opensim_domain::document::stamp(clock::wall()),
        });
        if let (Some(document), serde_json::Value::Object(facts)) =
            (document.as_object_mut(), facts)
        {
            document.extend(facts);
        }
        self.document(&document)
    }

    /// Something beside the result, for a person: the words under a key. Nothing with `--json`.
    pub fn note(&self, key: &str, values: &Values) {
        if !self.json {
            to_stderr(&self.words.text_with(key, values));
        }
    }

    /// A line that moves, for who waits at a terminal; an empty one takes it away.
    pub fn moving(&self, line: &str) {
        let mut stderr = io::stderr().lock();
        if !self.json && stderr.is_terminal() {
            // Nobody could be told that this failed.
            let _ = write!(stderr, "\r\u{1b}[K{line}").and_then(|()| stderr.flush());
        }
    }

    /// A command that failed; its exit status.
    pub fn failed(&self, error: &Error) -> ExitCode {
        let (sentence, hint) = words::told(error, &self.words);
        if self.json {
            let fault = self.fault(error);
            let document = Document::failed(Unbegun {}, clock::wall(), fault);
            // What cannot be written has nowhere else to go.
            let _ = self.document(&document);
        } else {
            self.said(&sentence, hint.as_deref());
        }
        ExitCode::from(error.exit())
    }

    /// The same, of a result that was given and says itself what failed.
    pub fn ended(&self, error: &Error) -> ExitCode {
        if !self.json {
            let (sentence, hint) = words::told(error, &self.words);
            self.said(&sentence, hint.as_deref());
        }
        ExitCode::from(error.exit())
    }

    /// An error as a document has it.
    pub fn fault(&self, error: &Error) -> Fault {
        let (message, hint) = words::told(error, &self.words);
        Fault {
            code: Word::Foreign(error.code().to_owned()),
            message,
            hint,
            values: error.values(),
        }
    }

    fn said(&self, sentence: &str, hint: Option<&str>) {
        to_stderr(&format!("{} {sentence}", self.words.text("say-error")));
        if let Some(hint) = hint {
            to_stderr(hint);
        }
    }
}

/// A text that clap made, help or a fault of usage.
pub fn of_usage(text: &str, is_result: bool) {
    if is_result {
        // A reader that went away has read enough.
        let _ = io::stdout().write_all(text.as_bytes());
    } else {
        let _ = io::stderr().write_all(text.as_bytes());
    }
}

fn to_stderr(line: &str) {
    // Nobody could be told that this failed.
    let _ = writeln!(io::stderr(), "{line}");
}
