//! `opensim report FILE`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::output::Output;
use crate::error::Error;
use crate::os::fault;
use crate::os::files::{self as plain, named as files};
use crate::report::{Format, Saved, Unreadable};

/// The longest document that is read; a survey of everything has some ten thousand bytes.
const LONGEST: u64 = 4_000_000;

/// What standard input is called in any language.
const STDIN: &str = "/dev/stdin";

#[derive(Debug, Args)]
pub(super) struct Report {
    /// A document that opensim gave with --json or --out; - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How to show it
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
    /// Write to FILE, by its ending: json, csv, html, txt
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Report {
    pub(super) fn run(self, output: &Output) -> ExitCode {
        match self.again(output) {
            Ok(code) => code,
            Err(error) => output.failure(&error),
        }
    }

    fn again(&self, output: &Output) -> Result<ExitCode, Error> {
        output.one_form(self.format, self.out.as_deref())?;
        let is_stdin = self.file.as_os_str() == "-";
        // A file called - would be looked for in vain.
        let name = if is_stdin {
            STDIN.to_owned()
        } else {
            self.file.display().to_string()
        };
        let fault = |detail: String| Error::File {
            file: name.clone(),
            detail,
        };
        let text = if is_stdin {
            plain::bounded(std::io::stdin().lock(), LONGEST)
        } else {
            files::read(&self.file, LONGEST).map(|(text, _)| text)
        };
        let text = text.map_err(|error| fault(fault::detail(&error)))?;
        let saved = read_document(&name, &text)?;
        Ok(output.again(saved, self.format, self.out.as_deref()))
    }
}

/// The document of this text, which stands in a file or the history under this name.
///
/// # Errors
/// When it is none.
pub(super) fn read_document(name: &str, text: &str) -> Result<Saved, Error> {
    let file = name.to_owned();
    Saved::read(text).map_err(|error| match error {
        Unreadable::Syntax(error) => Error::NotADocument {
            file,
            line: error.line(),
        },
        Unreadable::Shape { schema, error } => Error::NotOfItsSchema {
            file,
            schema,
            detail: error.to_string(),
        },
        Unreadable::Schema(schema) => Error::UnknownSchema { file, schema },
    })
}
