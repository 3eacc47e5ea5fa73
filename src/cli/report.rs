//! `opensim report FILE`.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::output::Output;
use crate::error::Error;
use crate::os::fault;
use crate::os::files::{self as plain, named as files};
use crate::report::{self, Format, Saved, Unreadable};
use crate::store::bundle::{self, BundleError, Member, MemberKind, MemberName};

/// The longest document that is read; a survey of everything has some ten thousand bytes.
const LONGEST: u64 = 4_000_000;

/// What standard input is called in any language.
const STDIN: &str = "/dev/stdin";

#[derive(Debug, Args)]
pub(super) struct Report {
    /// A document that opensim gave with --json or --out, or a support bundle; - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Of a support bundle, only this document: doctor, status, scan...
    #[arg(long, value_name = "NAME")]
    document: Option<String>,
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
        if bundle::is_one(&self.file) {
            return self.of_bundle(output);
        }
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

    /// The documents of a bundle, one after the other under what it says of itself; or the one that was named.
    fn of_bundle(&self, output: &Output) -> Result<ExitCode, Error> {
        let fault = |source| Error::Bundle {
            file: self.file.display().to_string(),
            source,
        };
        let read = bundle::read(&self.file).map_err(fault)?;
        let saved = |member: &Member| {
            Saved::read(&member.text).map_err(|_| {
                fault(BundleError::Damaged {
                    member: member.name.as_str().to_owned(),
                })
            })
        };
        let in_text = self.format.is_none_or(|format| format == Format::Text);
        if self.document.is_none() && in_text && self.out.is_none() && !output.is_json() {
            let names: Vec<MemberName> = read.members.iter().map(|member| member.name).collect();
            let mut page = report::bundle_index(output.catalogue(), &names, &read.at);
            for member in read.texts(MemberKind::Document) {
                let mut document = saved(member)?;
                let _ = write!(page, "\n== {}\n\n", member.name.as_str());
                page.push_str(&output.page_again(&mut document));
            }
            return Ok(output.bytes(output.shaped(page).as_bytes()));
        }
        let wanted = self.document.as_deref().unwrap_or("doctor");
        let name = MemberName::document(wanted);
        let member = read.members.iter().find(|member| Some(member.name) == name);
        let Some(member) = member else {
            let documents = read.texts(MemberKind::Document);
            let names = documents.map(|member| member.name.stem().to_owned());
            return Err(fault(BundleError::NoDocument {
                wanted: wanted.to_owned(),
                documents: names.collect(),
            }));
        };
        Ok(output.again(saved(member)?, self.format, self.out.as_deref()))
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
